"""Reading under limits: each submission is read from its original at a desk of the reading room."""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from extractors.desk import Limits
from extractors.originals import DamagedOriginal, Originals
from extractors.reading_room import ReadingRoom
from extractors.refusal import UnreadableFile
from extractors.submission import Submission
from flows.secret import secret
from flows.settings import number, parted
from transforms.heading import read_heading
from transforms.office import find_office
from transforms.phrase import cut_into_phrases
from transforms.reference import ReferenceMistake, one_folder
from transforms.refused_file import refused_file
from transforms.report import Report
from transforms.report_file import read_file

_ANY_WORD = "ক"
MOST_WORKERS_UNASKED = 4  # beyond that, the parent that collects their reports is the slower part

Reader = Callable[[Originals, Sequence[Submission], Callable[[Submission], object]], list[Report]]
# What goes wrong in our own house, on its disk or in its reference files: no fault of the office.
HouseFault = OSError | DamagedOriginal | ReferenceMistake

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """How files are read: what one file may take, how many are read at a time, what may open locked ones."""

    limits: Limits
    workers: int
    passwords: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def chosen(cls) -> "ReadingSettings":
        """Return what the settings say. Raises `WrongSetting`."""
        cores = len(os.sched_getaffinity(0))
        return cls(
            Limits(memory_bytes=int(number("read_memory_mb") * 1024**2), seconds=number("read_seconds")),
            workers=int(number("read_workers")) or min(cores, MOST_WORKERS_UNASKED),
            passwords=parted(secret("file_passwords")),
        )

    @classmethod
    def for_drafts(cls) -> "ReadingSettings":
        """Return the same for recognising scans, which takes a page some seconds. Raises `WrongSetting`."""
        reading = cls.chosen()
        return replace(reading, limits=replace(reading.limits, seconds=number("draft_seconds")))


def at_a_desk(reader: Callable[..., _Result], *arguments: object) -> _Result:
    """Return what a reader gives for these arguments, called at a desk of its own under the limits.

    Raises `UnreadableFile` where the reading was broken off, and `WrongSetting`.
    """
    with ReadingRoom(reader, ReadingSettings.chosen().limits, desks=1) as room:
        [(_, outcome)] = room.read([arguments])
    if isinstance(outcome, UnreadableFile):
        raise outcome
    return outcome


class StandingReader:
    """Reads submissions as `read_submissions` does, at desks that stay open from one call to the next.

    A context manager. To open a desk and to learn the reference files by heart takes a second of a processor,
    and a run reads some thousand files at a time. Raises `WrongSetting`.
    """

    def __init__(self) -> None:
        settings = ReadingSettings.chosen()
        self._passwords = settings.passwords
        self._room = ReadingRoom(read_kept, settings.limits, settings.workers, prepare_to_read)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._room.__exit__(kind, error, trace)

    def expect(self, files: int) -> None:
        """Let the desks open that so many files need, while the run is still taking them in."""
        self._room.expect(files)

    def __call__(
        self,
        originals: Originals,
        submissions: Sequence[Submission],
        has_read: Callable[[Submission], object],
    ) -> list[Report]:
        """Return the reports of each submission; the arguments and what is raised are `read_submissions`'."""
        reports: dict[int, tuple[Report, ...]] = {}
        for position, outcome in self._room.read(
            (originals.folder, submission.submission_id, submission.file_name, self._passwords)
            for submission in submissions
        ):
            reports[position] = _reports_of(submissions[position], outcome)
            has_read(submissions[position])
        return [report for position in range(len(submissions)) for report in reports[position]]


def read_submissions(
    originals: Originals, submissions: Sequence[Submission], has_read: Callable[[Submission], object]
) -> list[Report]:
    """Return the reports of each submission, in their order; `has_read` is called after each.

    A file that takes more than its time or memory, or that brings a parser down, gives a report rejected as
    `unreadable_file`. Raises `OSError` or `DamagedOriginal` where an original cannot be read back, and
    `ReferenceMistake`.
    """
    with StandingReader() as read:
        return read(originals, submissions, has_read)


def prepare_to_read() -> None:
    """Learn by heart what nearly every report needs: what a desk does while no file is there yet."""
    import_module("extractors.xlsx")
    with suppress(Exception), one_folder():  # what is amiss is told of the first file that meets it
        for learn in (read_heading, cut_into_phrases, find_office):
            learn(_ANY_WORD)


def read_kept(
    folder: Path, submission_id: str, file_name: str, passwords: Sequence[str] = ()
) -> tuple[Report, ...] | HouseFault:
    """Read one original of a folder of originals: what is done at a desk."""
    try:
        content = Originals(folder).read(submission_id)
    except (OSError, DamagedOriginal) as fault:
        return fault  # raised by the run itself; raised here, it would be blamed on the file
    try:
        with one_folder():
            return read_file(submission_id, file_name, content, passwords)
    except ReferenceMistake as mistake:
        return mistake


def _reports_of(
    submission: Submission, outcome: tuple[Report, ...] | HouseFault | UnreadableFile
) -> tuple[Report, ...]:
    match outcome:
        case tuple():
            return outcome
        case UnreadableFile():
            refusal = refused_file(submission.file_name, outcome)
            return (Report(submission.submission_id).with_findings([refusal]),)
    raise outcome
