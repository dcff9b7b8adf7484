"""Trying: what would be made of a file, for a person to look at; nothing of it is kept.

The file may be anybody's, so that it is read at a desk, as on the road, and only what is shown comes back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from extractors.archive import unpacked
from extractors.grid import Grid, Row
from extractors.inbox import Inbox
from extractors.originals import Originals
from extractors.reader import read
from extractors.reading_room import ReadingRoom
from extractors.refusal import Refusal, UnreadableFile
from flows.reading import ReadingSettings
from transforms.reference import ReferenceMistake, check_replacements
from transforms.refused_file import refused_file
from transforms.report import Report

MOST_ROWS_SHOWN = 60
LONGEST_LINE = 500  # characters; a terminal cuts it shorter


@dataclass(frozen=True, slots=True)
class SheetGlance:
    """The upper rows of a sheet as lines to look at, each with the place of its first written cell."""

    kind: str
    name: str
    rows: int
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """What one file would become: its sheets, none where it could not be read, and its reports."""

    file_name: str
    sheets: tuple[SheetGlance, ...]
    reports: tuple[Report, ...]


def try_file(path: Path) -> Iterator[Tried]:
    """Yield what a file would become, or each file of an archive.

    Raises `SourceUnavailable` where it cannot be read from the disk, `WrongSetting` and `ReferenceMistake`.
    """
    check_replacements()
    settings = ReadingSettings.chosen()
    files = unpacked(*Inbox([path]).take(path))
    with (
        TemporaryDirectory(prefix="protibedon-") as folder,
        ReadingRoom(try_kept, settings.limits, settings.workers) as room,
    ):
        originals = Originals(Path(folder))
        for content, _ in files:
            originals.keep_bytes(content)
        asked = ((originals.folder, one.submission_id, one.file_name, settings.passwords) for _, one in files)
        outcomes = dict(room.read(asked))
    for position, (_, submission) in enumerate(files):
        outcome = outcomes[position]
        if isinstance(outcome, UnreadableFile):
            outcome = _refused(submission.submission_id, submission.file_name, outcome)
        if isinstance(outcome, ReferenceMistake):
            raise outcome
        yield outcome


def try_kept(
    folder: Path, submission_id: str, file_name: str, passwords: Sequence[str]
) -> Tried | ReferenceMistake:
    """Read one original of a folder of originals and check it at the border: what is done at a desk."""
    from transforms.border import check_at_border  # with pandas, which only a desk needs
    from transforms.report_file import read_reports

    try:
        grid = read(Originals(folder).read(submission_id), passwords)
    except Refusal as refusal:
        return _refused(submission_id, file_name, refusal)
    try:
        reports = check_at_border(read_reports(submission_id, file_name, grid))
    except ReferenceMistake as mistake:
        return mistake
    return Tried(file_name, tuple(_glances(grid)), reports)


def _refused(submission_id: str, file_name: str, refusal: Refusal) -> Tried:
    return Tried(file_name, (), (Report(submission_id).with_findings([refused_file(file_name, refusal)]),))


def _glances(grid: Grid) -> Iterator[SheetGlance]:
    for sheet in grid.sheets:
        rows = [row for row in sheet.rows if not all(cell.is_blank for cell in row.cells)]
        lines = tuple(_line(row) for row in islice(rows, MOST_ROWS_SHOWN))
        yield SheetGlance(grid.kind, sheet.name, len(rows), lines)


def _line(row: Row) -> tuple[str, str]:
    written = [cell for cell in row.cells if not cell.is_blank]
    return written[0].place, " | ".join(" ".join(cell.text.split()) for cell in written)[:LONGEST_LINE]
