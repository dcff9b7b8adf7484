"""Reports keep coming while many read: `python -m tests.faults.soak --seconds 600 --readers 8`.

An installation takes reports as fast as it can, each time those of three offices in one archive, which say
the same number; readers open what is published in a loop, the database and its Parquet files. A whole state
is one in which all offices say the same number in every table. Ends with 1 where a reader met an error or
half a state, or where the memory of the installation or of a reader kept growing.
"""

import argparse
import io
import multiprocessing
import multiprocessing.synchronize
import os
import statistics
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import duckdb
import psutil

from tests.transforms.papers import TITLE, as_text, office_paper, plan, with_cell
from tests.warehouse.parquet_reader import ask_parquet

OFFICES = {"khulna": "খুলনা", "jashore": "যশোর", "satkhira": "সাতক্ষীরা"}
INDICATOR = "5.1.1"
DEED = 10  # the column of the quarter's achievement, counted from 0
BETWEEN_LOOKS_SECONDS = 1.0
GROWTH = 1.15  # how much larger than a quarter of the way through a process may be at the end
PROCESSES = multiprocessing.get_context("spawn")
# Every table tells the state by itself: all offices say the same number, which is also how often they have
# said something; what is derived says it three times over.
SEEN = {
    "observations": f"SELECT list(DISTINCT value), count(*) FROM {{}} WHERE indicator_code = '{INDICATOR}'",
    "submissions": "SELECT [count(*) / 3], count(*) FILTER (WHERE superseded_by IS NULL) FROM {}",
    "divisional_summary": "SELECT list(DISTINCT total_value / 3), 3 FROM {}"
    f" WHERE division_id = 'khulna' AND indicator_code = '{INDICATOR}'",
}


@dataclass
class Seen:
    """What one reader has met: how often it looked, what was wrong, how long it took, how large it grew.

    `again` counts Parquet files that were replaced while they were read, and had to be read once more.
    """

    looks: int = 0
    again: int = 0
    states: set[float] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)


@dataclass
class Soaked:
    """What came of it: states published, the memory of the installation over time, and what readers met."""

    states: int
    memory: list[int]
    seen: list[Seen]

    def failures(self) -> list[str]:
        told = [error for one in self.seen for error in one.errors]
        told += [f"a reader grew: {_told(one.memory)}" for one in self.seen if _grows(one.memory)]
        return told + ([f"the installation grew: {_told(self.memory)}"] if _grows(self.memory) else [])


def archive_of_state(state: int) -> bytes:
    """The reports of all offices that say this number, in one archive, so that they are taken together."""
    row = 3 + [indicator.code for indicator in plan().indicators].index(INDICATOR)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for office, name in OFFICES.items():
            title = tuple(line.replace("যশোর", name) for line in TITLE)
            paper = with_cell(office_paper(above=title), row, DEED, str(state))
            archive.writestr(f"{office} {state}.txt", as_text(paper))
    return file.getvalue()


def keep_taking(home: str, seconds: float, report: "multiprocessing.Queue[Any]") -> None:
    """Take one state after the other until the time is up; the same process all the while."""
    os.environ["PROTIBEDON_SETTLE_SECONDS"] = "0"
    from flows import road
    from flows.home import Home

    place = Home.at(home)
    place.make()
    until, state, memory = time.monotonic() + seconds, 0, []
    while not state or time.monotonic() < until:
        state += 1
        archive = place.inbox / "state.zip"
        archive.with_suffix(".tmp").write_bytes(archive_of_state(state))
        archive.with_suffix(".tmp").replace(archive)
        received = road.receive(place)
        road.take_in(place, received.waiting)
        memory.append(_resident())
        if state == 1:
            report.put("published")
    report.put((state, memory))


def keep_looking(
    published: Path, over: "multiprocessing.synchronize.Event", report: "multiprocessing.Queue[Any]"
) -> None:
    """Look until it is over: each table of the database at once, and the Parquet file of each."""
    seen = Seen()
    while not over.is_set() or not seen.looks:
        began = time.monotonic()
        try:
            _look(published, seen)
        except (duckdb.Error, OSError) as error:
            seen.errors.append(f"{type(error).__name__}: {error}")
        seen.looks += 1
        seen.seconds.append(time.monotonic() - began)
        seen.memory.append(_resident())
        time.sleep(BETWEEN_LOOKS_SECONDS)
    report.put(seen)


def _look(published: Path, seen: Seen) -> None:
    with duckdb.connect(str(published), read_only=True) as connection:
        told = {table: connection.execute(query.format(table)).fetchone() for table, query in SEEN.items()}
    if len({str(one) for one in told.values()}) > 1:
        seen.errors.append(f"half a state: {told}")
    for table, query in SEEN.items():
        file = published.with_name(f"{table}.parquet")
        told[file.name], in_vain = ask_parquet(file, query)
        seen.again += in_vain
    for table, (numbers, offices) in told.items():
        if len(numbers) != 1 or offices != len(OFFICES):
            seen.errors.append(f"half a state in {table}: {numbers}, {offices}")
        seen.states.update(numbers)


def soak(home: Path, seconds: float, readers: int, say: Callable[[str], object] = lambda _: None) -> Soaked:
    """Let reports come and readers look for so many seconds."""
    over, taken, looked = PROCESSES.Event(), PROCESSES.Queue(), PROCESSES.Queue()
    writer = PROCESSES.Process(target=keep_taking, args=(str(home), seconds, taken))
    writer.start()
    looking: list[BaseProcess] = []
    try:
        assert taken.get(timeout=120) == "published"
        place = (home / "published" / "warehouse.duckdb", over, looked)
        looking = [PROCESSES.Process(target=keep_looking, args=place) for _ in range(readers)]
        for reader in looking:
            reader.start()
        states, memory = taken.get(timeout=seconds + 120)
    finally:
        over.set()
    seen = [looked.get(timeout=120) for _ in looking]
    for process in (writer, *looking):
        process.join(timeout=60)
    soaked = Soaked(states, memory, seen)
    say(f"{states} states of {len(OFFICES)} reports each; the installation: {_told(memory)}")
    times = sorted(one for reader in seen for one in reader.seconds)
    most = max(len(reader.states) for reader in seen)
    again = sum(reader.again for reader in seen)
    say(f"{len(times)} looks of {readers} readers, up to {most} states seen by one")
    say(f"{again} times a Parquet file was replaced while it was read, and read again")
    slowest = times[-len(times) // 100]
    say(f"a look took {statistics.median(times):.3f} s, the slowest of a hundred {slowest:.3f} s")
    say(f"readers: {'; '.join(_told(reader.memory) for reader in seen)}")
    return soaked


def _resident() -> int:
    return int(psutil.Process().memory_info().rss)


def _grows(memory: Sequence[int]) -> bool:
    """Whether a process is larger at the end than when it had warmed up; too few samples tell nothing."""
    quarter = len(memory) // 4
    if quarter < 5:
        return False
    return statistics.median(memory[-quarter:]) > GROWTH * statistics.median(memory[quarter : 2 * quarter])


def _told(memory: Sequence[int]) -> str:
    parts = [memory[len(memory) * part // 4] for part in range(4)]
    return " ".join(f"{size / 1024**2:.0f}" for size in (*parts, memory[-1])) + " MB"


def main(say: Callable[[str], object] = print) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--readers", type=int, default=8)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="protibedon-soak-") as folder:
        failures = soak(Path(folder), chosen.seconds, chosen.readers, say).failures()
    say("\n".join(failures[:20]) or "no reader met an error or half a state, and memory stayed flat")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
