"""What all spreadsheets have in common: what a cell is called, which cells are merged, where a sheet ends."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from extractors.grid import Cell, Row

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
    columns = sorted([cell.column for cell in row.cells])
    area_of: dict[int, Area] = {}
    for area in reversed(areas):  # where areas overlap, which no program writes, the first one holds
        for column in columns[bisect_left(columns, area.left) : bisect_right(columns, area.right)]:
            area_of[column] = area
    cells = []
    for cell in row.cells:
        covering = area_of.get(cell.column)
        if covering is None:
            cells.append(cell)
        elif (row.number, cell.column) == (covering.top, covering.left):
            height, width = covering.bottom - covering.top + 1, covering.right - covering.left + 1
            cells.append(_spanning(cell, height, width))
    return Row(row.number, tuple(cells), row.hidden)


@lru_cache(maxsize=4096)  # mostly of headings, which all reports on one form have in common
def _spanning(cell: Cell, height: int, width: int) -> Cell:
    return replace(cell, row_span=height, column_span=width)


def trimmed(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Leave out blank rows, and the cells right of the last column that anything is written in."""
    lasts = [(row, _last_written(row)) for row in rows]
    last = max((column for _, column in lasts), default=0)
    return tuple(_cut(row, last) for row, column in lasts if column)


def _last_written(row: Row) -> int:
    return max([cell.column for cell in row.cells if cell.text.strip()], default=0)


def _cut(row: Row, last: int) -> Row:
    cells = [cell for cell in row.cells if cell.column <= last]
    return row if len(cells) == len(row.cells) else Row(row.number, tuple(cells), row.hidden)


@cache
def _letters(column: int) -> str:
    before, letter = divmod(column - 1, 26)
    return (_letters(before) if before else "") + chr(ord("A") + letter)
