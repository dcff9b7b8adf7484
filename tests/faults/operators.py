"""Several operators at once: the same home, and whatever commands come to their minds."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

from tests.faults.installation import ended, half_loaded, said_in_a_sentence
from tests.faults.round import Round

COMMANDS = ("ingest", "reprocess", "summarise", "status")


def several_operators(folder: Path, chance: random.Random) -> Iterator[Round]:
    """Start two `ingest` and one other command side by side; some reports are new, and some are known."""
    installation = half_loaded(folder / "home", chance, loaded=2)
    commands = ["ingest", "ingest", chance.choice(COMMANDS)]
    chance.shuffle(commands)
    runs = []
    for command in commands:
        runs.append(installation.start(command))
        time.sleep(chance.uniform(0, 0.5))
    ends = [ended(run) for run in runs]
    failures = [told for end in ends for told in said_in_a_sentence(*end)]
    failures += [f"refused: {said[-500:]}" for code, said in ends if code == 2]
    yield Round(installation, " + ".join(sorted(commands)), failures)
