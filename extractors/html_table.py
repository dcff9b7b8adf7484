"""The tables of a web page laid out on their grid: each cell once, at its first row and column."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

CELLS = ("td", "th")

_MOST_COLUMNS = 16_384
_WIDEST_SPAN, _TALLEST_SPAN = 1_000, 65_534  # as browsers bound them


@dataclass(frozen=True, slots=True)
class LaidCell:
    """A cell of a page and where it stands in its table; its column counts from 1."""

    element: Element
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class LaidRow:
    """A row of a page's table; `element` is the table itself where cells stand in no row."""

    element: Element
    cells: tuple[LaidCell, ...]


def laid_out(table: Element) -> list[LaidRow]:
    """Lay a table out as browsers do; tables within its cells are left to themselves.

    Raises `ValueError` for more columns than any table has.
    """
    rows = list(_rows(table))
    laid: list[LaidRow] = []
    covered: dict[int, int] = {}  # by column, how many more rows a cell from above reaches down
    for rows_left, (row, elements) in zip(range(len(rows), 0, -1), rows, strict=True):
        below = {column: left - 1 for column, left in covered.items() if left > 1}
        cells: list[LaidCell] = []
        column = 1
        for element in elements:
            while column in covered:
                column += 1
            height = min(_span(element, "rowspan", _TALLEST_SPAN), rows_left)
            cell = LaidCell(element, column, height, _span(element, "colspan", _WIDEST_SPAN))
            cells.append(cell)
            column += cell.column_span
            if column > _MOST_COLUMNS + 1:
                raise ValueError(f"a row of {column - 1:,} columns")
            if height > 1:
                below.update(dict.fromkeys(range(cell.column, column), height - 1))
        laid.append(LaidRow(row, tuple(cells)))
        covered = below
    return laid


def _rows(container: Element) -> Iterator[tuple[Element, list[Element]]]:
    """Yield rows with their cells, wherever between table and row forms and groups are put."""
    if outside_rows := [child for child in container if child.tag in CELLS]:
        yield container, outside_rows
    for child in container:
        if child.tag == "tr":
            yield child, list(_cells(child))
        elif child.tag not in ("table", *CELLS):
            yield from _rows(child)


def _cells(row: Element) -> Iterator[Element]:
    for child in row:
        if child.tag in CELLS:
            yield child
        elif child.tag != "table":
            yield from _cells(child)


def _span(cell: Element, name: str, most: int) -> int:
    written = cell.get(name, "").strip()
    return min(max(int(written), 1), most) if written.isdecimal() else 1
