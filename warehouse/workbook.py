"""Cells of workbooks: figures as figures in Bengali digits, and texts that never become formulas.

What an office wrote may begin with `=`, `+`, `-` or `@`; it stays what was written.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import count

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from warehouse.matrix_fit import FONT, FONT_SIZE, LINE_HEIGHT, MARGIN_OF_A_CELL, lines_of

# Spreadsheet programs show a figure under this locale in Bengali digits: 5 for the digits, 0445 for Bengali.
_IN_BENGALI = "[$-5000445]"
WHOLE_NUMBER = f"{_IN_BENGALI}0"
DECIMAL_NUMBER = f"{_IN_BENGALI}0.00"
PERCENT = f"{_IN_BENGALI}0.00%"
DAY = f"{_IN_BENGALI}dd/mm/yyyy"
HEADING_FILL = "E8EEF4"

_LINE = Side(style="thin", color="B5BEC8")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_PLAIN, _BOLD = Font(name=FONT, size=FONT_SIZE), Font(name=FONT, size=FONT_SIZE, bold=True)
_WRAPPED = Alignment(vertical="center", wrap_text=True)
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)


def put_text(cell: Cell | MergedCell, text: str) -> None:
    """Write a text as a text: `quotePrefix` keeps it one when a person opens the cell and presses Enter."""
    if text:
        cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", text)
        cell.data_type = "s"
        cell.quotePrefix = not text[0].isalnum()


def put_figure(cell: Cell | MergedCell, figure: float | date, unit: str) -> None:
    """Write a figure of a unit (`number`, `percent`, `date`) as what it is.

    Percentage points become the fraction that spreadsheets count in.
    """
    if isinstance(figure, date):
        cell.value, cell.number_format = figure, DAY
    elif unit == "percent":
        cell.value, cell.number_format = figure / 100, PERCENT
    else:
        cell.value = figure
        cell.number_format = WHOLE_NUMBER if float(figure).is_integer() else DECIMAL_NUMBER


def put_heading(sheet: Worksheet, row: int, headings: Sequence[tuple[str, float]]) -> None:
    """Write the headings of the columns, from the first on, each with the width of its column."""
    for column, (text, width) in enumerate(headings, 1):
        put_text(sheet.cell(row, column), text)
        put_look(sheet, row, [column], fill=HEADING_FILL, bold=True)
        sheet.cell(row, column).alignment = _CENTRED
        sheet.column_dimensions[get_column_letter(column)].width = width
    fit_height(sheet, row, [text for text, _ in headings])


def fit_height(sheet: Worksheet, row: int, texts: Sequence[str]) -> None:
    """Make a row as tall as the texts in its columns need, from the first on: not every program does."""
    widths = (sheet.column_dimensions[get_column_letter(number)].width for number in count(1))
    room = zip(texts, widths, strict=False)
    lines = max(lines_of(text, width - MARGIN_OF_A_CELL) for text, width in room)
    sheet.row_dimensions[row].height = (lines + 0.5) * FONT_SIZE * LINE_HEIGHT


def put_look(
    sheet: Worksheet,
    row: int,
    columns: Iterable[int],
    *,
    fill: str = "",
    bold: bool = False,
    lines: bool = True,
) -> None:
    """Give cells of a row their letters, and the lines and the fill (hex) of a table where they have them."""
    for column in columns:
        cell = sheet.cell(row, column)
        cell.font = _BOLD if bold else _PLAIN
        if lines:
            cell.border, cell.alignment = _BOX, _WRAPPED
        if fill:
            cell.fill = PatternFill("solid", fgColor=fill)


def head_table(
    sheet: Worksheet, *, heading_row: int, last_row: int, columns: int, frozen_columns: int
) -> None:
    """Freeze a table's heading and first columns, let it be filtered, and print it landscape on A4."""
    last = get_column_letter(columns)
    sheet.freeze_panes = f"{get_column_letter(frozen_columns + 1)}{heading_row + 1}"
    sheet.auto_filter.ref = f"A{heading_row}:{last}{last_row}"
    sheet.print_title_rows = f"{heading_row}:{heading_row}"
    sheet.page_setup.orientation = sheet.ORIENTATION_LANDSCAPE
    sheet.page_setup.paperSize = int(sheet.PAPERSIZE_A4)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
