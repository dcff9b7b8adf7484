"""The divisional matrix as a workbook: the sheet that a divisional library signs and sends up.

Everything in it is text. What an office wrote may begin with `=`, `+`, `-` or `@`; it stays what was
written and never becomes a formula of ours.
"""

from collections import defaultdict
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from warehouse.matrix import DivisionalMatrix
from warehouse.matrix_fit import FONT, FONT_SIZE, LINE_HEIGHT, column_widths, lines_of, room
from warehouse.matrix_layout import (
    HEADING_DEPTH,
    OFFICE_COLUMNS,
    body_rows,
    date_line,
    heading_cells,
    sheet_name,
    signature_lines,
    title_of,
    width_of,
)
from warehouse.workbook import put_text

TITLE_ROW = 1
FIRST_HEADING_ROW = 3
FIRST_BODY_ROW = FIRST_HEADING_ROW + HEADING_DEPTH
SIGNATURE_WIDTH = 6  # columns, at the right end of the table

TITLE_SIZE = 15

_LINE = Side(style="thin")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_FROM_THE_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_HEADING_FILL = PatternFill("solid", fgColor="E8EEF4")
_NOT_REPORTED_FILL = PatternFill("solid", fgColor="EDEDED")


def write_matrix(matrix: DivisionalMatrix, path: Path) -> None:
    """Write a divisional matrix as an xlsx file in the official layout, over the file that stands there.

    Title, blank row, three heading rows, one row per library, then the places for date and signature;
    landscape on legal paper, one page wide, the heading repeated on every page.
    """
    workbook = Workbook()
    workbook.properties.title = title_of(matrix)
    workbook.properties.creator = "Protibedon"
    sheet = workbook.worksheets[0]
    sheet.title = sheet_name()
    _write_title(sheet, matrix)
    _write_heading(sheet, matrix)
    _write_body(sheet, matrix)
    _write_signature(sheet, matrix)
    _fit(sheet, matrix)
    _set_up_pages(sheet)
    workbook.save(path)


def _write_title(sheet: Worksheet, matrix: DivisionalMatrix) -> None:
    _write(sheet, TITLE_ROW, 1, title_of(matrix), size=TITLE_SIZE)
    _merge(sheet, TITLE_ROW, 1, 1, width_of(matrix))


def _write_heading(sheet: Worksheet, matrix: DivisionalMatrix) -> None:
    for cell in heading_cells(matrix):
        row = FIRST_HEADING_ROW + cell.row - 1
        _write(sheet, row, cell.column, cell.text)
        sheet.cell(row, cell.column).border = _BOX
        sheet.cell(row, cell.column).fill = _HEADING_FILL
        _merge(sheet, row, cell.column, cell.row_span, cell.column_span)


def _write_body(sheet: Worksheet, matrix: DivisionalMatrix) -> None:
    for number, (row, texts) in enumerate(zip(matrix.rows, body_rows(matrix), strict=True), FIRST_BODY_ROW):
        for column, text in enumerate(texts, 1):
            _write(sheet, number, column, text)
            sheet.cell(number, column).border = _BOX
            if not row.reported:
                sheet.cell(number, column).fill = _NOT_REPORTED_FILL
        sheet.cell(number, OFFICE_COLUMNS).alignment = _FROM_THE_LEFT


def _write_signature(sheet: Worksheet, matrix: DivisionalMatrix) -> None:
    """Leave the places to sign: the date at the left, name and office at the right, a little below."""
    row = FIRST_BODY_ROW + len(matrix.rows) + 1
    column = width_of(matrix) - SIGNATURE_WIDTH + 1
    _write(sheet, row, 1, date_line(), alignment=Alignment(horizontal="left"))
    for number, line in enumerate(signature_lines(matrix), row + 1):
        _write(sheet, number, column, line)
        _merge(sheet, number, column, 1, SIGNATURE_WIDTH)


def _write(
    sheet: Worksheet,
    row: int,
    column: int,
    text: str,
    *,
    size: int = FONT_SIZE,
    alignment: Alignment = _CENTRED,
) -> None:
    cell = sheet.cell(row, column)
    cell.font, cell.alignment = Font(name=FONT, size=size), alignment
    put_text(cell, text)


def _merge(sheet: Worksheet, row: int, column: int, row_span: int, column_span: int) -> None:
    if row_span * column_span > 1:
        sheet.merge_cells(None, row, column, row + row_span - 1, column + column_span - 1)


def _fit(sheet: Worksheet, matrix: DivisionalMatrix) -> None:
    widths = column_widths(matrix)
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, height in _row_heights(matrix, widths).items():
        sheet.row_dimensions[row].height = height


def _set_up_pages(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = sheet.ORIENTATION_LANDSCAPE
    sheet.page_setup.paperSize = int(sheet.PAPERSIZE_LEGAL)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins.left = sheet.page_margins.right = 0.3
    sheet.page_margins.top = sheet.page_margins.bottom = 0.4
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = f"{FIRST_HEADING_ROW}:{FIRST_BODY_ROW - 1}"
    sheet.freeze_panes = f"{get_column_letter(OFFICE_COLUMNS + 1)}{FIRST_BODY_ROW}"


def _row_heights(matrix: DivisionalMatrix, widths: dict[int, float]) -> dict[int, float]:
    """Give every row its height: no program fits a row to merged cells, and some not even to others."""
    lines: defaultdict[int, int] = defaultdict(int)
    for cell in heading_cells(matrix):
        if cell.row_span == 1:
            row = FIRST_HEADING_ROW + cell.row - 1
            lines[row] = max(lines[row], lines_of(cell.text, room(widths, cell.column, cell.column_span)))
    for row, texts in enumerate(body_rows(matrix), FIRST_BODY_ROW):
        lines[row] = max(lines_of(text, room(widths, column, 1)) for column, text in enumerate(texts, 1))
    heights = {row: _height(count, FONT_SIZE) for row, count in lines.items()}
    room_of_title = room(widths, 1, len(widths)) * FONT_SIZE / TITLE_SIZE
    return heights | {TITLE_ROW: _height(lines_of(title_of(matrix), room_of_title), TITLE_SIZE)}


def _height(lines: int, size: int) -> float:
    return (lines + 0.3) * size * LINE_HEIGHT
