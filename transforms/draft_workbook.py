"""The workbook of a draft: a sheet that says what to do, and one with every row as it was recognised."""

from collections.abc import Iterable, Sequence
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from extractors.grid import Cell
from transforms.reference import load_toml

if TYPE_CHECKING:
    from extractors.scan import RecognisedPage  # which brings numpy

_TEXT = "@"  # without it a spreadsheet program takes what a person types for one of its own dates
_LINE = Side(style="thin", color="999999")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_IN_DOUBT = PatternFill("solid", fgColor="FFF2A8")
_NARROWEST, _WIDEST = 11, 36  # characters
_LINE_HEIGHT = 16  # points
_FOR_EYES = 2  # a page is kept at half the size at which it was recognised
_WIDTH_OF_INSTRUCTIONS = 110


def draft_workbook(
    pages: "Iterable[RecognisedPage]", file_name: str, submission_id: str, folder: Path
) -> Workbook:
    """Return the workbook for a scan of this name and id, and write its pages' pictures into a folder."""
    workbook = Workbook()
    _write_instructions(workbook.worksheets[0], file_name, submission_id)
    _write_report(workbook.create_sheet(), pages, folder)
    return workbook


def _write_instructions(sheet: Worksheet, file_name: str, submission_id: str) -> None:
    words = load_toml("draft.toml")
    sheet.title = words["sheets"]["instructions"]
    sheet.column_dimensions["A"].width = _WIDTH_OF_INSTRUCTIONS
    title = words["instructions"]["title"].format(file=file_name)
    for row, text in enumerate((title, *words["instructions"]["lines"], submission_id), 1):
        cell = sheet.cell(row, 1)
        _put_text(cell, text)
        cell.alignment = _WRAPPED
        cell.font = Font(bold=row == 1)


def _write_report(sheet: Worksheet, pages: "Iterable[RecognisedPage]", folder: Path) -> None:
    """Write the rows of all pages one below the other, and each page's picture into the folder."""
    sheet.title = load_toml("draft.toml")["sheets"]["report"]
    sheet.page_setup.orientation = sheet.ORIENTATION_LANDSCAPE
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    in_tables: list[tuple[int, Cell]] = []
    above = 0
    for page in pages:
        placed = [(above + row.number, cell) for row in page.rows for cell in row.cells]
        taken = {(number, cell.column) for number, cell in placed}
        in_tables += [(number, cell) for number, cell in placed if _is_in_a_table(cell)]
        above += len(page.rows)
        for number, cell in placed:
            _put_cell(sheet, number, cell, is_doubtful=cell.place in page.doubtful)
            _merge(sheet, number, cell, taken, end_of_page=above)
        page.picture.reduce(_FOR_EYES).save(folder / f"page-{page.number}.png", optimize=True)
    _fit(sheet, in_tables)


def _put_cell(sheet: Worksheet, row: int, cell: Cell, *, is_doubtful: bool) -> None:
    target = sheet.cell(row, cell.column)
    _put_text(target, cell.text)
    target.number_format = _TEXT
    if is_doubtful:
        target.fill = _IN_DOUBT
    if _is_in_a_table(cell):
        target.alignment, target.border = _WRAPPED, _BOX


def _merge(sheet: Worksheet, row: int, cell: Cell, taken: set[tuple[int, int]], *, end_of_page: int) -> None:
    """Merge a cell over its span, unless another cell reaches in there: rulings seen askew may cross."""
    last_row, last_column = min(row + cell.row_span - 1, end_of_page), cell.column + cell.column_span - 1
    covered = set(product(range(row, last_row + 1), range(cell.column, last_column + 1)))
    covered -= {(row, cell.column)}
    if covered and covered.isdisjoint(taken):
        taken |= covered
        sheet.merge_cells(start_row=row, end_row=last_row, start_column=cell.column, end_column=last_column)


def _is_in_a_table(cell: Cell) -> bool:
    return " line " not in cell.place


def _put_text(cell: SheetCell | MergedCell, text: str) -> None:
    """Write a text that stays one, also where a person opens the cell and presses Enter.

    It goes below what stands there already, where two cells were seen in one place.
    """
    if text:
        text = f"{cell.value}\n{text}" if cell.value else text
        cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", text)
        cell.data_type = "s"
        cell.quotePrefix = not text[0].isalnum()


def _fit(sheet: Worksheet, cells: Sequence[tuple[int, Cell]]) -> None:
    """Make columns as wide as the longest line in them, within reason, and rows as high as then needed."""
    widths: dict[int, int] = {}
    heights: dict[int, int] = {}
    for _, cell in cells:
        if cell.column_span == 1:
            longest = max(map(len, cell.text.split("\n")))
            widths[cell.column] = min(max(longest, widths.get(cell.column, _NARROWEST)), _WIDEST)
    for row, cell in cells:
        if cell.row_span == cell.column_span == 1:
            lines = sum(1 + len(line) // widths[cell.column] for line in cell.text.split("\n"))
            heights[row] = max(lines, heights.get(row, 1))
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, lines in heights.items():
        sheet.row_dimensions[row].height = lines * _LINE_HEIGHT
