"""What all spreadsheets have in common: what a cell is called, which cells are merged, where a sheet ends."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from extractors.grid import Row

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Area:
    """An area of merged cells; rows and columns count from 1 and the last ones belong to it."""

    top: int
    left: int
    bottom: int
    right: int


def place(sheet: str, column: int, row: int) -> str:
    """Return what people call a cell: `Sheet1!K7` for column 11 of row 7."""
    return f"{sheet}!{_letters(column)}{row}"


def stored_number(text: str) -> float:
    """Return a number as a spreadsheet stores it; `ValueError` for any other text, such as `2_2200`."""
    if not _NUMBER.fullmatch(text):  # float() takes more
        raise ValueError(f"not a number: {text!r}")
    return float(text)


def merged(rows: Iterable[Row], areas: Iterable[Area]) -> list[Row]:
    """Order rows by their number; give each merged cell its spans and take away the cells it covers."""
    rows = sorted(rows, key=lambda row: row.number)
    numbers = [row.number for row in rows]
    areas_of_row: defaultdict[int, list[Area]] = defaultdict(list)
    for area in areas:
        for number in numbers[bisect_left(numbers, area.top) : bisect_right(numbers, area.bottom)]:
            areas_of_row[number].append(area)
    return [_merged_row(row, areas_of_row[row.number]) if row.number in areas_of_row else row for row in rows]


def _merged_row(row: Row, areas: list[Area]) -> Row:
    cells = []
    for cell in row.cells:
        area = next((area for area in areas if area.left <= cell.column <= area.right), None)
        if area is None:
            cells.append(cell)
        elif (row.number, cell.column) == (area.top, area.left):
            height, width = area.bottom - area.top + 1, area.right - area.left + 1
            cells.append(replace(cell, row_span=height, column_span=width))
    return replace(row, cells=tuple(cells))


def trimmed(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Leave out blank rows, and the cells right of the last column that anything is written in."""
    written = [row for row in rows if not all(cell.is_blank for cell in row.cells)]
    columns = (cell.column for row in written for cell in row.cells if not cell.is_blank)
    last = max(columns, default=0)
    return tuple(
        replace(row, cells=tuple(cell for cell in row.cells if cell.column <= last)) for row in written
    )


@cache
def _letters(column: int) -> str:
    before, letter = divmod(column - 1, 26)
    return (_letters(before) if before else "") + chr(ord("A") + letter)
