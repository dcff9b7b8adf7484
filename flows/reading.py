"""Reading under limits: each submission is read from its original at a desk of the reading room."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from extractors.desk import Limits
from extractors.originals import DamagedOriginal, Originals
from extractors.reading_room import ReadingRoom
from extractors.refusal import UnreadableFile
from extractors.submission import Submission
from flows.secret import secret
from flows.settings import number, parted
from transforms.reference import ReferenceMistake, one_folder
from transforms.refused_file import refused_file
from transforms.report import Report
from transforms.report_file import read_file

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


def read_submissions(
    originals: Originals, submissions: Sequence[Submission], has_read: Callable[[Submission], object]
) -> list[Report]:
    """Return the reports of each submission, in their order; `has_read` is called after each.

    A file that takes more than its time or memory, or that brings a parser down, gives a report rejected as
    `unreadable_file`. Raises `OSError` or `DamagedOriginal` where an original cannot be read back, and
    `ReferenceMistake`.
    """
    settings = ReadingSettings.chosen()
    reports: dict[int, tuple[Report, ...]] = {}
    with ReadingRoom(read_kept, settings.limits, settings.workers) as room:
        for position, outcome in room.read(
            (originals.folder, submission.submission_id, submission.file_name, settings.passwords)
            for submission in submissions
        ):
            reports[position] = _reports_of(submissions[position], outcome)
            has_read(submissions[position])
    return [report for position in range(len(submissions)) for report in reports[position]]


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
