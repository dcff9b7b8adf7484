"""The clock jumps in the middle of a run: libfaketime tells the run, and its desks, another time."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

from tests.faults.installation import ended, half_loaded, said_in_a_sentence
from tests.faults.round import Round

LIBRARIES = Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")
LIBRARY = next(LIBRARIES, None)
JUMPS = {
    "+400d": "ahead by 400 days",
    "+3h": "ahead by three hours",
    "-3h": "back by three hours",
    "-400d": "back by 400 days",
    "-20y": "back to before the reports were written",
}


def clock_jumps(folder: Path, chance: random.Random) -> Iterator[Round]:
    """Let the clock jump while a run is under way, and be put right before the next one."""
    told_time = folder / "time"
    installation = half_loaded(folder / "home", chance, loaded=3)
    jump, says = chance.choice([*JUMPS.items()])
    told_time.write_text("+0")
    installation.settings = {
        "LD_PRELOAD": str(LIBRARY),
        "FAKETIME_TIMESTAMP_FILE": str(told_time),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",  # setting a clock leaves the count of seconds alone
        "NO_FAKE_STAT": "1",
    }
    run = installation.start("ingest")
    time.sleep(chance.uniform(0, 3))
    told_time.write_text(jump)
    code, said = ended(run)
    installation.settings = {}
    yield Round(installation, says, said_in_a_sentence(code, said), is_comparable=jump != "-20y")
