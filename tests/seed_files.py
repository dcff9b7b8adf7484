"""Real docx and xlsx files with the table of a seed, merged as an office would have merged it.

A seed is the text of a Word table: one line a row, cells between tabs, merged cells blank after the first.
"""

import datetime
import re
from dataclasses import dataclass
from pathlib import Path

import docx
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side

FONT = "Nikosh"
_ASCII_DIGITS = str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789")
_NUMBER = re.compile(r"0|[1-9][0-9]*(?:\.[0-9]+)?")
_PERCENTAGE = re.compile(r"([0-9]+(?:\.[0-9]+)?)%")
_DATE = re.compile(r"([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{2})")


@dataclass(frozen=True)
class Area:
    """A written cell with the blanks merged into it, in rows and columns counted from 1."""

    row: int
    column: int
    text: str
    row_span: int
    column_span: int


@dataclass(frozen=True)
class Stored:
    """A value as a spreadsheet stores it, its format, and the text it must come out as."""

    value: object
    number_format: str
    text: str


def write_docx(seed_text: str, path: Path) -> None:
    """Write the seed as a Word file: paragraphs, and its tables with merged cells."""
    document = docx.Document()
    document.styles["Normal"].font.name = FONT
    for block in _blocks(seed_text):
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(rows=len(block), cols=len(block[0]), style="Table Grid")
        for area in merged_areas(block):
            cell = table.cell(area.row - 1, area.column - 1)
            if area.row_span * area.column_span > 1:
                last = (area.row + area.row_span - 2, area.column + area.column_span - 2)
                cell = cell.merge(table.cell(*last))
            cell.text = area.text
    document.save(str(path))


def write_xlsx(seed_text: str, path: Path, *, typed: bool = False) -> None:
    """Write the seed as a workbook: headings merged over the table's width, and the table below.

    `typed` stores whole and decimal numbers, percentages and dates of the body as what they are, shown in
    Bengali digits by their number format; otherwise every cell is text.
    """
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Sheet1"
    blocks = _blocks(seed_text)
    width = max(len(block[0]) for block in blocks if not isinstance(block, str))
    line = Side(style="thin")
    row = 1
    for block in blocks:
        if isinstance(block, str):
            if block:
                sheet.cell(row, 1, block).font = Font(name=FONT)
                sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
            row += 1
            continue
        first_body_row = header_height(block) + 1
        for area in merged_areas(block):
            as_typed = typed and area.row >= first_body_row
            stored = stored_value(area.text) if as_typed else Stored(area.text or None, "@", area.text)
            cell = sheet.cell(row + area.row - 1, area.column, stored.value)
            cell.number_format = stored.number_format
            cell.font, cell.alignment = Font(name=FONT), Alignment(wrap_text=True, vertical="center")
            cell.border = Border(left=line, right=line, top=line, bottom=line)
            if area.row_span * area.column_span > 1:
                sheet.merge_cells(
                    start_row=cell.row,
                    end_row=cell.row + area.row_span - 1,
                    start_column=cell.column,
                    end_column=cell.column + area.column_span - 1,
                )
        row += len(block)
    workbook.save(path)


def stored_value(text: str) -> Stored:
    """What a spreadsheet makes of a cell's text once it is typed in as a number, percentage or date."""
    plain = text.translate(_ASCII_DIGITS)
    if found := _PERCENTAGE.fullmatch(plain):
        return Stored(float(found[1]) / 100, "[$-5000445]0.00%", text)
    if found := _DATE.fullmatch(plain):
        date = datetime.date(2000 + int(found[3]), int(found[2]), int(found[1]))
        return Stored(date, "[$-5000445]dd/mm/yy", date.isoformat())
    if _NUMBER.fullmatch(plain):
        return Stored(float(plain) if "." in plain else int(plain), "[$-5000445]0", text)
    return Stored(text or None, "@", text)


def merged_areas(table: list[list[str]]) -> list[Area]:
    """The cells of a table, row by row, each with the blanks that an office would have merged into it.

    In the header, a heading spreads over the blanks to its right and below. In the body, blanks that begin
    a row (serial, activity) belong to the cell above them. Every other blank is a cell nobody filled in.
    """
    header, width = header_height(table), len(table[0])
    taken: set[tuple[int, int]] = set()
    areas = []
    for row in range(len(table)):
        for column in range(width):
            if (row, column) in taken:
                continue
            text = table[row][column]
            right = _blanks_right(table, row, column, taken) if row < header - 1 and text else 0
            below = _blanks_below(table, row, column, right, header) if text else 0
            covered = [(row + i, column + j) for i in range(below + 1) for j in range(right + 1)]
            taken.update(covered)
            areas.append(Area(row + 1, column + 1, text, below + 1, right + 1))
    return areas


def header_height(table: list[list[str]]) -> int:
    """How many rows stand above the first one with a serial number."""
    return next(row for row, cells in enumerate(table) if cells[0].translate(_ASCII_DIGITS).isdigit())


def table_of(seed_text: str) -> list[list[str]]:
    """The one table of a seed, its rows of equal length."""
    (table,) = (block for block in _blocks(seed_text) if not isinstance(block, str))
    return table


def _blanks_right(table: list[list[str]], row: int, column: int, taken: set[tuple[int, int]]) -> int:
    blanks = 0
    for right in range(column + 1, len(table[row])):
        if table[row][right] or (row, right) in taken:
            break
        blanks += 1
    return blanks


def _blanks_below(table: list[list[str]], row: int, column: int, right: int, header: int) -> int:
    blanks = 0
    last = header if row < header else len(table)
    for below in range(row + 1, last):
        columns = range(column + right + 1) if row >= header else range(column, column + right + 1)
        if any(table[below][index] for index in columns):
            break
        blanks += 1
    return blanks


def _blocks(seed_text: str) -> list[str | list[list[str]]]:
    blocks: list[str | list[list[str]]] = []
    for line in seed_text.splitlines():
        if "\t" not in line:
            blocks.append(line)
        elif blocks and isinstance(blocks[-1], list):
            blocks[-1].append(line.split("\t"))
        else:
            blocks.append([line.split("\t")])
    for block in blocks:
        if isinstance(block, list):
            width = max(len(row) for row in block)
            block[:] = [row + [""] * (width - len(row)) for row in block]
    return blocks
