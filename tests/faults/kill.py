"""Kill the whole run at random moments: `python -m tests.faults.kill --rounds 100 --seed 2026`.

In each round something comes, by folder or by mail, and `ingest` and `summarise` are started and killed
(SIGKILL), alone or with all that they have started. When everything has come, an undisturbed run must put
all right: every received byte is in the originals, and tables and papers are those of an installation that
was never disturbed. Ends with 1 where anything differs.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path

from tests.dovecot import MONDAY, PROGRAM, USERS, ImapServer, imap_server
from tests.extractors.mails import attached, letter, mail
from tests.faults.installation import EXAMPLES, REPORTS, Installation, completes, differences

BY_MAIL = {
    "bogura q2 2024-25.docx": "bogura@example.org",
    "satkhira 2nd quarter.xlsx": "satkhira@example.org",
}
SOMEBODY_KNOWN = "bogura@example.org"
GROUP_ENDS_IN_SECONDS = 30
MOST_OF_WHOLE = 1.3  # some runs end before their moment comes, and tell how long one takes by now


@dataclass
class Tally:
    """How often runs were killed, by how far they had come, and what was wrong afterwards."""

    killed: Counter[str] = field(default_factory=Counter)
    lives: int = 0
    received: int = 0
    failures: list[str] = field(default_factory=list)


class Life:
    """One installation from its first report to its last, under fire all the while."""

    def __init__(self, folder: Path, server: ImapServer | None, user: str) -> None:
        self._server, self._user = server, user
        settings = server.settings(user) if server else {}
        self.installation = Installation(folder, settings | {"PROTIBEDON_MAILBOX_MOVE_TO": "Taken"})
        reference = folder / "reference"
        reference.mkdir()
        lines = [f"{sender},{sender.partition('@')[0]}" for sender in BY_MAIL.values()]
        (reference / "correspondents.csv").write_text("\n".join(["address,office_id", *lines, ""]))

    def arrivals(self) -> list[str]:
        return [*REPORTS, *(BY_MAIL if self._server else ())]

    def comes(self, name: str) -> None:
        """Let one thing arrive."""
        if name in BY_MAIL and self._server:
            self.comes_by_mail(name, self._server)
        else:
            self.installation.drop(name)

    def comes_by_mail(self, name: str, server: ImapServer) -> None:
        """Let one thing arrive by mail; its message must be kept as well as its file."""
        content = (EXAMPLES / name).read_bytes()
        message = mail(letter("সংযুক্ত"), attached(content, name), sender=BY_MAIL.get(name, SOMEBODY_KNOWN))
        server.deliver(self._user, message, at=MONDAY + timedelta(hours=self.arrivals().index(name)))
        self.installation.received |= {name: content, f"the message with {name}": message}

    def stage(self) -> str:
        """Return how far the last run had come, by what it has left behind."""
        home = self.installation
        if not any((home.home / "originals").glob("??/*.json")):
            return "before anything was taken"
        if not home.published.exists():
            return "before the first publication"
        newest_paper = max(_times(home.home / "summaries"), default=0)
        newest_original = max(_times(home.home / "originals"))
        if home.published.stat().st_mtime < newest_original:
            return "taken, not yet published"
        return "published" if newest_paper < home.published.stat().st_mtime else "writing papers, or later"


def _times(folder: Path) -> Iterator[float]:
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):
            yield path.stat().st_mtime


def kill_rounds(rounds: int, seed: int, folder: Path, say: Callable[[str], object] = lambda _: None) -> Tally:
    """Kill as many runs as asked for, over as many installations as that takes."""
    moments, tally = random.Random(seed), Tally()
    with mailboxes() as server:
        users = iter(USERS)
        model = Life(folder / "model", server, next(users))
        for name in model.arrivals():
            model.comes(name)
        started = time.monotonic()
        completes(model.installation)
        whole = time.monotonic() - started
        for number in count():
            if tally.killed.total() >= rounds:
                return tally
            life = Life(folder / str(number), server, next(users))
            arriving = life.arrivals()
            moments.shuffle(arriving)
            for name in arriving:
                life.comes(name)
                if tally.killed.total() < rounds:
                    whole = _killed_once(life, moments, whole, tally)
                    tally.failures += [f"damaged: {one}" for one in life.installation.damaged()]
            completes(life.installation)
            told = differences(life.installation, model.installation)
            tally.failures += [f"seed {seed}, life {number}: {one}" for one in told]
            tally.lives += 1
            tally.received += len(life.installation.received)
            say(
                f"{tally.killed.total():>5} killed, {tally.received} received, {len(tally.failures)} failures"
            )
            shutil.rmtree(life.installation.home)
    return tally


def _killed_once(life: Life, moments: random.Random, whole: float, tally: Tally) -> float:
    """Kill a run at a moment anywhere within the time that one takes; return how long one takes by now."""
    while True:
        run = life.installation.start_both()
        started = time.monotonic()
        try:
            run.wait(timeout=moments.uniform(0, MOST_OF_WHOLE * whole))
        except subprocess.TimeoutExpired:
            alone = moments.random() < 0.5
            _end(run, alone=alone)
            tally.killed[life.stage()] += 1
            if not _has_ended(run.pid):
                tally.failures.append("something that the run had started went on without it")
            return whole
        whole = (whole + time.monotonic() - started) / 2  # done before its moment came: nobody was killed


def _end(run: "subprocess.Popen[str]", *, alone: bool) -> None:
    """Kill a run as the kernel does for want of memory, or with all that it started, as a power cut does."""
    if alone:
        os.kill(run.pid, signal.SIGKILL)
    else:
        os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    if run.stdout:
        run.stdout.close()


def _has_ended(group: int) -> bool:
    """Whether nothing of a process group is left after a while."""
    until = time.monotonic() + GROUP_ENDS_IN_SECONDS
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@contextmanager
def mailboxes() -> Iterator[ImapServer | None]:
    """A real IMAP server where one can be started, else none, and everything comes by folder."""
    with ExitStack() as until_the_end:
        can_start = PROGRAM and shutil.which("openssl")
        yield until_the_end.enter_context(imap_server()) if can_start else None


def main(say: Callable[[str], object] = print) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=2026)
    chosen = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="protibedon-kill-") as folder:
        tally = kill_rounds(chosen.rounds, chosen.seed, Path(folder), say)
    say(f"{tally.killed.total()} runs killed in {time.monotonic() - started:.0f} s: {dict(tally.killed)}")
    say(f"{tally.lives} installations, {tally.received} files and messages received")
    say("\n".join(tally.failures) or "nothing was lost, nothing doubled, nothing differs")
    sys.exit(bool(tally.failures))


if __name__ == "__main__":
    main()
