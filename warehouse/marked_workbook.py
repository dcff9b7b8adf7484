"""An office's own workbook, returned with our questions as comments on its cells.

Only what a person reads goes back: values, looks, widths. Formulas come back as the values that they last
showed, and macros, links to other files and queries do not come back at all; nothing that an office sent
should run on the machine of whoever opens what we return.
"""

from collections import defaultdict
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.utils.exceptions import InvalidFileException

from extractors.kind import Kind, kind_of
from transforms.reference import load_toml
from warehouse.letter import Question

COMMENT_WIDTH, COMMENT_HEIGHT = 360, 160  # pixels

# What openpyxl raises on workbooks that our own reader, which asks less of a file, could read.
_NOT_TO_BE_OPENED = (
    InvalidFileException, BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError,
)  # fmt: skip


def write_marked_workbook(content: bytes, questions: Iterable[Question], path: Path) -> bool:
    """Write a kept xlsx with its questions as comments, over the file that stands there.

    Returns whether one was written: not for any other kind of file, nor where no question is about a cell.
    """
    if kind_of(content) is not Kind.XLSX:
        return False
    by_cell: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for question in questions:
        for place in question.cells:
            sheet, mark, cell = place.rpartition("!")
            if mark:
                by_cell[sheet, cell].append(question.asked)
    if not by_cell:
        return False
    try:
        workbook = load_workbook(BytesIO(content), data_only=True, keep_vba=False, keep_links=False)
        for (sheet, cell), asked in by_cell.items():
            _comment(workbook, sheet, cell, asked)
        _take_out_what_reckons(workbook)
    except _NOT_TO_BE_OPENED:
        return False  # the letter asks all the same
    workbook.save(path)
    return True


def _take_out_what_reckons(workbook: Workbook) -> None:
    """Take out what lives on beside the cells: names, rules of validation and of format, and hyperlinks."""
    workbook.defined_names.clear()
    for sheet in workbook.worksheets:
        sheet.defined_names.clear()
        sheet.data_validations.dataValidation.clear()
        sheet.conditional_formatting = ConditionalFormattingList()
        for row in sheet.iter_rows():
            for cell in row:
                if cell.hyperlink:
                    cell.hyperlink = None


def _comment(workbook: Workbook, sheet: str, cell: str, asked: Iterable[str]) -> None:
    """Put what is asked beside a cell, below what somebody has remarked there before."""
    place = workbook[sheet][cell]
    before = [place.comment.text] if place.comment else []
    author = load_toml("letter.toml")["comment"]["author"]
    place.comment = Comment("\n".join([*before, *asked]), author, height=COMMENT_HEIGHT, width=COMMENT_WIDTH)
