"""Read mutated files of every readable kind under limits: `python -m tests.hostile.fuzz --files 10000`.

Ends with 1 where a file was lost, hung, brought a reader down with an error that nobody expected, or gave a
report that the border cannot take; each such file is kept. What takes too much memory or time is refused as
it should be, and counted.
"""

import argparse
import csv
import io
import random
import resource
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from extractors.archive import members
from extractors.desk import Limits
from extractors.libreoffice import convert
from extractors.originals import Originals
from extractors.reading_room import Interruption, ReadingRoom
from extractors.refusal import Refusal, UnreadableFile
from extractors.submission import submission_id_of
from flows.reading import HouseFault, read_kept
from tests.extractors.packages import zipped
from tests.hostile.mutation import mutated
from transforms.border import check_at_border
from transforms.report import Report
from transforms.report_file import read_file

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "inbox"
# Made by LibreOffice from an example of another kind.
FROM_DOCX, FROM_XLSX = ("doc", "odt", "pdf", "rtf"), ("html", "ods", "xls")
# How often a kind is chosen, against 1 for each example; those read by a program of its own would be all that
# a run does.
OFTEN, SELDOM = 5.0, {"doc": 0.4, "odt": 0.4, "pdf": 2.0, "rtf": 0.4}
Outcome = tuple[Report, ...] | HouseFault | UnreadableFile


@dataclass(frozen=True)
class Good:
    """A good file to start from, the kind it is told by, and how often it is chosen."""

    kind: str
    content: bytes
    weight: float


@dataclass
class Tally:
    """What became of the files so far, by kind, and what went wrong."""

    outcomes: dict[str, Counter[str]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    def count(self, kind: str, outcome: str) -> None:
        self.outcomes.setdefault(kind, Counter())[outcome] += 1


@dataclass(frozen=True)
class Laid:
    """A mutated file while it is read."""

    number: int
    kind: str
    submission_id: str


def good_files() -> Iterator[Good]:
    """Yield the examples, and one of them as every other kind that can be made and read on this machine."""
    text = (EXAMPLES / "natore_quarter_1.txt").read_text(encoding="utf-8")
    others = {
        "utf-16": text.encode("utf-16"),
        "csv": as_csv(text),
        "zip": zipped({"প্রতিবেদন.xlsx": (EXAMPLES / "jashore_q2.xlsx").read_bytes()}),
        **{kind: _converted("natore_quarter_2.docx", kind) for kind in FROM_DOCX},
        **{kind: _converted("jashore_q2.xlsx", kind) for kind in FROM_XLSX},
    }
    made = [Good(kind, content, SELDOM.get(kind, OFTEN)) for kind, content in others.items()]
    examples = [Good(path.suffix[1:], path.read_bytes(), 1) for path in sorted(EXAMPLES.iterdir())]
    for one in (*examples, *made):
        if all(
            report.observations for file in _files_in(one.content) for report in read_file("", one.kind, file)
        ):
            yield one
        elif one in made:
            sys.stderr.write(f"{one.kind} is left out: it cannot be made or read here\n")


def as_csv(text: str) -> bytes:
    """Return a text of tabs as a spreadsheet saves it: commas, and as many in every line."""
    rows = [line.split("\t") for line in text.splitlines()]
    widest = max(map(len, rows))
    content = io.StringIO()
    csv.writer(content).writerows([*row, *[""] * (widest - len(row))] for row in rows)
    return content.getvalue().encode()


def _converted(name: str, kind: str) -> bytes:
    try:
        return convert((EXAMPLES / name).read_bytes(), Path(name).suffix[1:], kind)
    except Refusal:
        return b""


def _files_in(content: bytes) -> list[bytes]:
    """Return what the road reads of a file: an archive's files, or the file itself."""
    return [file for _, file in members(content)] or [content]


def mutant(good: Sequence[Good], seed: int, number: int) -> tuple[str, bytes]:
    """Return the kind and the bytes of one mutated file; the same seed and number give the same bytes."""
    chance = random.Random(f"{seed}/{number}")
    chosen = chance.choices(good, [one.weight for one in good])[0]
    return chosen.kind, mutated(chosen.content, chance)


class Fuzz:
    """One run: mutated files are made, laid out, read and told, and those that fail are kept."""

    def __init__(self, seed: int, folder: Path, kept: Path, kinds: Sequence[str] = ()) -> None:
        self.tally = Tally()
        self._seed = seed
        self._good = [one for one in good_files() if not kinds or one.kind in kinds]
        self._originals = Originals(folder)
        self._kept = kept
        self._laid: dict[int, Laid] = {}
        self._positions = count()

    def lay_out(self, numbers: Iterable[int]) -> Iterator[tuple[Path, str, str]]:
        """Make the mutated files of these numbers; yield what `read_kept` is called with."""
        for number in numbers:
            kind, content = mutant(self._good, self._seed, number)
            for file in _files_in(content):
                laid = Laid(number, kind, submission_id_of(file))
                original = self._originals.path(laid.submission_id)
                original.parent.mkdir(exist_ok=True)
                if not original.exists():  # two mutants may be the same, and one be read while we write
                    original.write_bytes(file)
                self._laid[next(self._positions)] = laid
                yield self._originals.folder, laid.submission_id, f"{number}.{kind}"

    def tell(self, position: int, outcome: Outcome) -> None:
        """Count what became of one file, and keep it where that is a failure."""
        laid = self._laid.pop(position)
        original = self._originals.path(laid.submission_id)
        self.tally.count(laid.kind, _told(outcome))
        if failure := _failure(outcome):
            self.tally.failures.append(f"seed {self._seed}, file {laid.number} ({laid.kind}): {failure}")
            self._kept.mkdir(parents=True, exist_ok=True)
            shutil.copy(original, self._kept / f"{self._seed}-{laid.number}.{laid.kind}")
        if all(laid.submission_id != other.submission_id for other in self._laid.values()):
            original.unlink()

    def close(self) -> Tally:
        """Return the tally, with every file that was laid out and never told of."""
        self.tally.failures += [f"lost: seed {self._seed}, file {one.number}" for one in self._laid.values()]
        return self.tally


def fuzz(numbers: Iterable[int], seed: int, limits: Limits, kept: Path, kinds: Sequence[str] = ()) -> Tally:
    """Read the mutated files of these numbers and tell what became of them; keep those that failed.

    `kinds` are the only ones from which files are made, where it names any.
    """
    with TemporaryDirectory(prefix="protibedon-fuzz-") as folder, ReadingRoom(read_kept, limits, 2) as room:
        run = Fuzz(seed, Path(folder), kept, kinds)
        for position, outcome in room.read(run.lay_out(numbers)):
            run.tell(position, outcome)
        return run.close()


def _told(outcome: Outcome) -> str:
    if isinstance(outcome, UnreadableFile):
        return f"{outcome.reason_code}: {outcome.detail}"
    if isinstance(outcome, tuple):
        return next((report.rejection_code for report in outcome if report.rejection_code), "read")
    return "house fault"


def _failure(outcome: Outcome) -> str:
    """Return what is wrong with an outcome; nothing for a report or a refusal as it should be."""
    if isinstance(outcome, UnreadableFile):
        return str(outcome) if outcome.reason_code == Interruption.READER_FAILED else ""
    if isinstance(outcome, tuple):
        checked = check_at_border(outcome)
        is_unexplained = any(report.status == "rejected" and not report.findings for report in checked)
        return "rejected without a finding" if is_unexplained else ""
    return str(outcome)


def main() -> None:
    """Run, print the figures as a table, and end with 1 where anything failed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--files", type=int, default=1000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--only", type=int, help="make and read this one file again")
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--memory-mb", type=int, default=1024)
    asked.add_argument("--kinds", nargs="+", default=(), help="change files of these kinds alone")
    asked.add_argument("--keep", type=Path, default=Path("fuzz-failures"))
    options = asked.parse_args()
    numbers = range(options.files) if options.only is None else [options.only]
    begun = time.monotonic()
    limits = Limits(options.memory_mb * 1024**2, options.seconds)
    tally = fuzz(numbers, options.seed, limits, options.keep, options.kinds)
    _print(tally, len(numbers), time.monotonic() - begun, sys.stdout.write)
    sys.exit(bool(tally.failures))


def _print(tally: Tally, files: int, seconds: float, write: Callable[[str], object]) -> None:
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    for kind, outcomes in sorted(tally.outcomes.items()):
        told = ", ".join(f"{outcome} {count:,}" for outcome, count in outcomes.most_common())
        write(f"| {kind} | {outcomes.total():,} | {told} |\n")
    write(f"{files:,} files in {seconds:,.0f} s; largest process {megabytes:,.0f} MB; ")
    write(f"{len(tally.failures)} failed\n")
    write("".join(f"{failure}\n" for failure in tally.failures))


if __name__ == "__main__":
    main()
