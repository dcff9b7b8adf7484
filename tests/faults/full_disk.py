"""The disk is full: a small disk of the home's own, filled up to a random number of bytes before a run."""

import random
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.installation import half_loaded, said_in_a_sentence
from tests.faults.round import Round

DISK_MB = 96
MOST_SECONDS = 90  # for a run to be refused, on a busy machine: it must not wait for room that never comes
SOME_ROOM, MUCH_ROOM = 14, 26  # as powers of two: from 16 kilobytes to more than a run needs


def run_on_a_full_disk(folder: Path, chance: random.Random) -> Iterator[Round]:
    """Let a run meet a full disk at any of its steps; what was published before must stay readable."""
    with small_disk(folder / "disk") as disk:
        installation = half_loaded(disk / "home", chance, loaded=2)
        before = installation.shown()
        ballast = disk / "ballast"
        _fill(disk, ballast, leaving=int(2 ** chance.uniform(SOME_ROOM, MUCH_ROOM)))
        failures = []
        began = time.monotonic()
        code, said = installation.run("ingest")
        if time.monotonic() - began > MOST_SECONDS:
            failures.append(f"ended only after {time.monotonic() - began:.0f} s")
        failures += said_in_a_sentence(code, said)
        if code == 2 and installation.shown() != before:
            failures.append("a run that was refused has changed what readers see")
        summarised, also_said = installation.run("summarise")
        failures += said_in_a_sentence(summarised, also_said)
        refused = [name for name, ended in (("ingest", code), ("summarise", summarised)) if ended == 2]
        failures += [
            f"does not say that the disk is full: {text[-300:]}"
            for ended, text in ((code, said), (summarised, also_said))
            if ended == 2 and "nothing that was received is lost" not in text
        ]
        ballast.unlink()
        yield Round(installation, " and ".join(refused) + " refused" if refused else "room enough", failures)


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk in memory. Raises `OSError` where we may not mount one."""
    folder.mkdir(parents=True)
    options = ["-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs", str(folder)]
    mounted = subprocess.run(["mount", *options], capture_output=True, encoding="utf-8")
    if mounted.returncode:
        raise PermissionError(mounted.stderr)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _fill(disk: Path, ballast: Path, leaving: int) -> None:
    free = shutil.disk_usage(disk).free
    with ballast.open("wb") as file:
        for _ in range(max(free - leaving, 0) // 4096):
            file.write(bytes(4096))
