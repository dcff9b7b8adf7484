"""The papers of a quarter: every file that people open, print, sign and send, under names they rely on."""

import logging
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from duckdb import DuckDBPyConnection

from extractors.originals import Originals
from transforms.office import all_offices
from warehouse.letter import Letter, Question, letters, plain_text
from warehouse.letter_docx import write_letter_docx
from warehouse.marked_workbook import write_marked_workbook
from warehouse.matrix_docx import write_matrix_docx
from warehouse.matrix_pdf import NoBengaliFont, write_matrix_pdf
from warehouse.matrix_xlsx import write_matrix
from warehouse.reminder import reminder_list, reminder_text, write_reminder_workbook
from warehouse.roll_up import write_roll_up
from warehouse.summary import divisional_matrix

_LOG = logging.getLogger(__name__)
_A_LETTER = re.compile(r"(?P<office>.+?)(-[0-9a-f]{8}\.xlsx|\.docx|\.txt)")


def write_matrices(
    connection: DuckDBPyConnection,
    fiscal_year: str,
    quarter: int,
    division_id: str,
    plan_id: str,
    folder: Path,
) -> Iterator[Path]:
    """Write the matrix of a division under one plan in every form, and yield each path once it is written.

    Where this machine has no Bengali font, there is no PDF, and the log says what to install.
    """
    matrix = divisional_matrix(connection, fiscal_year, quarter, division_id, plan_id)
    name = f"{division_id}-{plan_id}-matrix"
    write_matrix(matrix, folder / f"{name}.xlsx")
    yield folder / f"{name}.xlsx"
    write_matrix_docx(matrix, folder / f"{name}.docx")
    yield folder / f"{name}.docx"
    try:
        write_matrix_pdf(matrix, folder / f"{name}.pdf")
    except NoBengaliFont as missing:
        _warn_once(str(missing))
    else:
        yield folder / f"{name}.pdf"


def write_plan_papers(
    connection: DuckDBPyConnection, fiscal_year: str, quarter: int, plan_id: str, folder: Path
) -> Iterator[Path]:
    """Write what a quarter has once under each plan: the directorate's workbook, and the reminders."""
    roll_up = folder / f"directorate-{plan_id}.xlsx"
    write_roll_up(connection, fiscal_year, quarter, plan_id, roll_up)
    yield roll_up
    listed = reminder_list(connection, fiscal_year, quarter, plan_id)
    workbook, text = (folder / f"reminders-{plan_id}{kind}" for kind in (".xlsx", ".txt"))
    write_reminder_workbook(listed, workbook)
    yield workbook
    text.write_text(reminder_text(listed), encoding="utf-8")
    yield text


def write_letters(
    connection: DuckDBPyConnection, originals: Originals, fiscal_year: str, quarter: int, folder: Path
) -> Iterator[Path]:
    """Write a letter to every office that is to be asked about a quarter, and its own workbook marked.

    Letters of an earlier run go first: an office that has answered must not be asked again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _take_away_earlier_letters(folder)
    for letter in letters(connection, fiscal_year, quarter):
        document, text = (folder / f"{letter.office_id}{kind}" for kind in (".docx", ".txt"))
        write_letter_docx(letter, document)
        yield document
        text.write_text(plain_text(letter), encoding="utf-8")
        yield text
        yield from _marked_workbooks(letter, originals, folder)


def _marked_workbooks(letter: Letter, originals: Originals, folder: Path) -> Iterator[Path]:
    """Write the office's own workbooks marked; one that somebody else sent is not sent back to it.

    A workbook that holds several of its reports comes back once, with the questions about all of them.
    """
    questions: defaultdict[str, list[Question]] = defaultdict(list)
    for report in letter.reports:
        if report.sender_id == letter.office_id:
            questions[report.file_id] += report.questions
    for file_id, of_file in questions.items():
        path = folder / f"{letter.office_id}-{file_id[:8]}.xlsx"
        if write_marked_workbook(originals.read(file_id), of_file, path):
            yield path


def _take_away_earlier_letters(folder: Path) -> None:
    """Take away what `write_letters` has written before, and nothing that a person has put beside it."""
    offices = {office.office_id for office in all_offices()}
    for earlier in list(folder.iterdir()):
        name = _A_LETTER.fullmatch(earlier.name)
        if name and name["office"] in offices:
            earlier.unlink()


@cache
def _warn_once(message: str) -> None:
    _LOG.warning(message)
