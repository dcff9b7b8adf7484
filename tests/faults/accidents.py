"""Let accidents happen to a run: `python -m tests.faults.accidents --rounds 20 --only "disk full"`.

After each, an undisturbed run must complete, every received byte must be in the originals, and tables and
papers must be those of an installation that was never disturbed. Prints how the runs that met an accident
ended; ends with 1 where anything differs.
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.clock import clock_jumps
from tests.faults.full_disk import run_on_a_full_disk
from tests.faults.installation import Installation, completes, differences, losses, undisturbed
from tests.faults.operators import several_operators
from tests.faults.round import Accident, Round
from tests.faults.server import server_restarts
from tests.faults.sources_gone import mailbox_goes_away, share_goes_away

ACCIDENTS: dict[str, Accident] = {
    "disk full": contextmanager(run_on_a_full_disk),
    "share gone": contextmanager(share_goes_away),
    "mailbox gone": contextmanager(mailbox_goes_away),
    "clock jumps": contextmanager(clock_jumps),
    "several operators": contextmanager(several_operators),
    "server restarted": contextmanager(server_restarts),
}


@dataclass
class Tally:
    """How runs ended that met an accident, and what was wrong after the next one."""

    outcomes: Counter[str] = field(default_factory=Counter)
    received: int = 0
    lost: int = 0
    failures: list[str] = field(default_factory=list)


def rounds_of(
    name: str, rounds: int, seed: int, folder: Path, say: Callable[[str], object] = lambda _: None
) -> Tally:
    """Let one accident happen as often as asked for, to a new installation each time."""
    tally = Tally()
    usual = undisturbed(folder / "undisturbed")
    for number in range(rounds):
        place = folder / str(number)
        place.mkdir(parents=True)
        with ACCIDENTS[name](place, random.Random(f"{seed} {name} {number}")) as happened:
            told = [*happened.failures, *_put_right(happened, usual)]
            tally.received += len(happened.installation.received)
            tally.lost += len(losses(happened.installation))
        tally.outcomes[happened.outcome] += 1
        tally.failures += [f"{name}, seed {seed}, round {number}: {one}" for one in told]
        say(f"{name:<18} {number + 1:>4} of {rounds}: {happened.outcome}; {len(tally.failures)} failures")
        shutil.rmtree(place, ignore_errors=True)
    return tally


def _put_right(happened: Round, usual: Installation) -> list[str]:
    """Return what an undisturbed run has left wrong, which must put all right."""
    found = happened.installation
    completes(found)
    if happened.is_comparable:
        return differences(found, happened.model or usual)
    found.held()  # the audit finds no fault in it
    return losses(found)


def main(say: Callable[[str], object] = print) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--only", choices=ACCIDENTS)
    chosen = parser.parse_args()
    is_wrong = False
    for name in [chosen.only] if chosen.only else ACCIDENTS:
        started = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="protibedon-faults-") as folder:
            tally = rounds_of(name, chosen.rounds, chosen.seed, Path(folder), say)
        say(f"{name}: {chosen.rounds} rounds in {time.monotonic() - started:.0f} s: {dict(tally.outcomes)}")
        say(f"  {tally.received} received, {tally.lost} lost, {len(tally.failures)} failures")
        say("\n".join(tally.failures))
        is_wrong |= bool(tally.failures)
    sys.exit(is_wrong)


if __name__ == "__main__":
    main()
