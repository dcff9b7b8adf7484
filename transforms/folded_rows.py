"""Folded rows: an indicator in two rows, one for the targets of the quarters and one for what was done.

The quarterly framework of the national integrity strategy (জাতীয় শুদ্ধাচার কৌশল) is printed so: a column
says of each row লক্ষ্যমাত্রা or অর্জন, and the columns of the quarters stand right of it. Unfolded, the two are
one row like that of any other form; the targets of single quarters are known and not read.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.grid import Cell, Row
from transforms.column import DEEDS, SUBJECTS
from transforms.header import Header
from transforms.heading import read_heading

_KINDS = frozenset({"target", "achievement"})


@dataclass(frozen=True, slots=True)
class Unfolded:
    """The rows of a table with pairs made one, and the cells of which a pair had one too many."""

    rows: tuple[Row, ...]
    left_over: tuple[Cell, ...] = ()


def unfold(header: Header, rows: Sequence[Row]) -> Unfolded:
    """Return the rows of a table unfolded; those of any other table as they are."""
    kind_column = _kind_column(header, rows)
    if kind_column is None:
        return Unfolded(tuple(rows))
    unfolded: list[Row] = []
    left_over: list[Cell] = []
    for first, second in _pairs(rows, kind_column, header):
        pair = _Pair(first, second, kind_column, header)
        unfolded.append(pair.as_one())
        left_over.extend(pair.left_over())
    return Unfolded(tuple(unfolded), tuple(left_over))


def _kind_column(header: Header, rows: Sequence[Row]) -> int | None:
    """Return the column that says what each row holds, by its heading or, for want of one, by its cells."""
    named = header.columns_of("row_kind")
    if named:
        return named[0].number
    kinds_in: defaultdict[int, set[str]] = defaultdict(set)
    for cell in (cell for row in rows for cell in row.written):
        kinds = kinds_in[cell.column]
        if kinds <= _KINDS:  # so far: most columns are out of the question after their first cell
            kinds.add(read_heading(cell.text).role)
    return next((number for number in sorted(kinds_in) if kinds_in[number] == _KINDS), None)


def _kind(row: Row, kind_column: int) -> str:
    cell = row.cell_at(kind_column)
    return read_heading(cell.text).role if cell else ""


def _pairs(rows: Sequence[Row], kind_column: int, header: Header) -> Iterator[tuple[Row, Row | None]]:
    place = 0
    while place < len(rows):
        first, second = rows[place], rows[place + 1] if place + 1 < len(rows) else None
        if second and not _belong_together(first, second, kind_column, header):
            second = None
        yield first, second
        place += 2 if second else 1


def _belong_together(first: Row, second: Row, kind_column: int, header: Header) -> bool:
    """Whether the second row follows at once, is of the other kind, and names nothing of its own."""
    if second.number != first.number + 1 or {_kind(row, kind_column) for row in (first, second)} != _KINDS:
        return False
    subjects = {column.number for column in header.columns_of(*SUBJECTS)}
    return all(
        cell.text == (above.text if (above := first.cell_at(cell.column)) else "")
        for cell in second.written
        if cell.column in subjects
    )


@dataclass(frozen=True, slots=True)
class _Pair:
    """The one or two rows of an indicator."""

    first: Row
    second: Row | None
    kind_column: int
    header: Header

    def as_one(self) -> Row:
        """Return the row of the indicator: what was done from the row that tells it, all else from either."""
        return Row(self.first.number, tuple(cell for cells in self._by_column() if (cell := cells[0])))

    def left_over(self) -> Iterator[Cell]:
        """Yield what is written twice in one column, and differently; the first of the two is read."""
        for cell, other in self._by_column():
            if cell and other and cell.text.strip() != other.text.strip():
                yield other

    def _by_column(self) -> Iterator[tuple[Cell | None, Cell | None]]:
        """Yield the cell of each column that is read, and a second one that is written there."""
        rows = [row for row in (self.first, self.second) if row]
        deeds = {column.number for column in self.header.columns_of(*DEEDS)} | {self.kind_column}
        for number in sorted({cell.column for row in rows for cell in row.cells}):
            cells = [(row, cell) for row in rows for cell in row.cells if cell.column == number]
            if number in deeds:
                done = [cell for row, cell in cells if _kind(row, self.kind_column) != "target"]
                yield (done[0] if done else None), None
                continue
            told = [cell for _, cell in cells if not cell.is_blank]
            yield (told[0] if told else cells[0][1]), (told[1] if len(told) > 1 else None)
