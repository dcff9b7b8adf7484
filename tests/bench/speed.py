"""The whole road against the floor and what a user would run instead, as ratios of whole processes.

Usage: python tests/bench/speed.py [--reports N]... [--repeats N] [--cache FOLDER] [--docx] [--alone]

Each round runs every contender once, one after the other, so that a machine that slows down slows them all.
What is quoted is the median over the rounds of ours divided by theirs. `--alone` leaves the peers out, for
the sizes that they would take too long for.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
from made_country import ANNEX, made_country

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
OURS, PEER = REPOSITORY / ".venv/bin/protibedon", REPOSITORY / ".venv-bench/bin/python"
PEERS = {"floor": "floor.py", "dlt": "pipeline.py", "pandas + openpyxl": "plain.py"}
BARS = {1_000: {"floor": 2.0, "dlt": 0.5, "pandas + openpyxl": 0.2}, 10_000: {"floor": 1.5}}
ROWS_OF_A_REPORT = 10


@dataclass(frozen=True, slots=True)
class Run:
    """One whole process: seconds on the clock, seconds of processor in it and its children, peak megabytes.

    The peak is that of the process itself; its children have theirs beside it.
    """

    seconds: float
    processor: float
    megabytes: float


def timed(command: list[str], environment: Mapping[str, str]) -> Run:
    """Run a command to its end; raises `RuntimeError` where it fails."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    told = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    spent = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):  # 1: done, and some report was rejected
        raise RuntimeError(f"{command[0]} ended with {process.returncode}: {told.decode(errors='replace')}")
    return Run(spent, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def ours(country: Path, home: Path) -> Run:
    """Take a country's reports through to the published warehouse."""
    environment = {"PROTIBEDON_REFERENCE": str(country / "reference"), "DO_NOT_TRACK": "1"}
    return timed([str(OURS), "ingest", str(country / "inbox"), "--home", str(home)], environment)


def peer(script: str, country: Path, folder: Path) -> Run:
    """Load a country's reports with one of the peers."""
    command = [str(PEER), str(HERE / "peers" / script), str(country / "inbox"), str(folder / "peer.duckdb")]
    return timed(command, {})


def promises(country: Path, folder: Path) -> Run:
    """Do what no road of ours can do without, and read nothing."""
    python = OURS.with_name("python")
    given = (country / "inbox", folder, ROWS_OF_A_REPORT)
    return timed([str(python), str(HERE / "promises.py"), *map(str, given)], {})


def rows_in(home: Path) -> int:
    """Count the observations that were published."""
    with duckdb.connect(str(home / "published/warehouse.duckdb"), read_only=True) as connection:
        [(count,)] = connection.execute("SELECT count(*) FROM observations").fetchall()
    return int(count)


def compared(country: Path, count: int, repeats: int, *, alone: bool) -> None:
    """Run the contenders in turn and print what came of it, then what a run costs that has little to do."""
    contenders: dict[str, Callable[[Path], Run]] = {"ours": lambda folder: ours(country, folder / "home")}
    for name, script in PEERS.items() if not alone else ():
        contenders[name] = lambda folder, script=script: peer(script, country, folder)
    contenders["promises alone"] = lambda folder: promises(country, folder)
    runs: dict[str, list[Run]] = {name: [] for name in contenders}
    # All rounds are thrown away together, at the end: for half a minute after many files were deleted ext4
    # makes new ones ten times as slowly, and each round would pay for the one before it.
    with tempfile.TemporaryDirectory(prefix="protibedon-bench-") as rounds:
        for _ in range(repeats):
            for name, run in contenders.items():
                folder = Path(tempfile.mkdtemp(dir=rounds))
                runs[name].append(run(folder))
                if name == "ours" and rows_in(folder / "home") != count * ROWS_OF_A_REPORT:
                    raise RuntimeError("not every row of every report was loaded")
    print(f"\n{count:,} {country.suffix} reports of one quarter ({ANNEX}), medians of {repeats}")
    for name, of_name in runs.items():
        print(f"  {name:<18} {told(of_name)}{ratio(runs['ours'], of_name, BARS.get(count, {}).get(name))}")


def told(runs: list[Run]) -> str:
    """Return the medians of some runs in words."""
    seconds, processor, megabytes = (
        statistics.median(getattr(run, part) for run in runs)
        for part in ("seconds", "processor", "megabytes")
    )
    return f"{seconds:7.2f} s   processor {processor:7.2f} s   peak {megabytes:5.0f} MB"


def ratio(ours: list[Run], theirs: list[Run], bar: float | None) -> str:
    """Return ours divided by theirs, round by round, as its median; nothing for ourselves."""
    if ours is theirs:
        return ""
    median = statistics.median(one.seconds / other.seconds for one, other in zip(ours, theirs, strict=True))
    return f"   ours / this: {median:5.2f}" + (f" (at most {bar:g})" if bar else "")


def little_to_do(country: Path, another: Path, repeats: int) -> None:
    """Print what starting the program costs, a run with nothing new, and a run with one more report."""
    with tempfile.TemporaryDirectory(prefix="protibedon-bench-") as folder:
        home = Path(folder, "home")
        ours(country, home)
        start = [timed([str(OURS), "--help"], {}) for _ in range(repeats)]
        again = [ours(country, home) for _ in range(repeats)]
        more = Path(folder, "more")
        shutil.copytree(country / "reference", more / "reference")
        (more / "inbox").mkdir()
        shutil.copy2(another, more / "inbox")
        one_more = [ours(more, home)]
    print(f"  starting           {told(start)}")
    print(f"  nothing new        {told(again)}")
    print(f"  one more report    {told(one_more)}")


def corrected(country: Path, cache: Path) -> Path:
    """Return a report of the country's first office that differs from the one in its inbox."""
    other = made_country(cache, 1, country.suffix, chance=1972)
    return next((other / "inbox").iterdir())


def main(arguments: list[str]) -> None:
    """Measure the sizes asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--reports", type=int, action="append", help="how many; may be given several times")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--cache", type=Path, default=REPOSITORY / "data" / "bench")
    parser.add_argument("--docx", action="store_true", help="reports as Word documents, which no peer reads")
    parser.add_argument("--alone", action="store_true", help="without the peers")
    asked = parser.parse_args(arguments)
    for count in asked.reports or [1_000]:
        country = made_country(asked.cache, count, ".docx" if asked.docx else ".xlsx")
        compared(country, count, asked.repeats, alone=asked.alone or asked.docx)
        little_to_do(country, corrected(country, asked.cache), asked.repeats)


if __name__ == "__main__":
    main(sys.argv[1:])
