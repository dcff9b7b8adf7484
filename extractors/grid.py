"""A grid: everything that stands in a file, cell by cell, before anyone asks what it means.

Every kind of file becomes the same shape. A paragraph outside any table is a row with one cell, so that
headings and signature lines keep their place around the table they belong to.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a cell's text set in one font; legacy Bijoy text is known by its font alone."""

    text: str
    font: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as received.

    `place` is where a person finds it: `Sheet1!K7`, `table 1 r4 c11`, `page 2 r4 c3`, `line 12 c3`.
    `column` counts from 1 in the table's own grid. `text` is what the office wrote, untouched: a number
    or date that a spreadsheet stores apart from its display is written out in full precision, a
    percentage as percentage points with its sign (`80%` for a stored 0.8), a date as `2025-03-16`.
    A merged cell stands once, at its first row and column, with its span. `runs` is empty where the
    file says nothing of fonts. `received` keeps the raw text of a cell whose `text` was converted or
    corrected; `None` where the text is as it came.
    """

    place: str
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    runs: tuple[Run, ...] = ()
    received: str | None = None

    def __hash__(self) -> int:
        return hash((self.place, self.text))  # what tells cells apart; the rest would only take longer

    def __eq__(self, other: object) -> bool:
        if self is other or not isinstance(other, Cell) or self.place != other.place:
            return self is other  # cells are compared by the thousand, and two places are never one cell
        return self._beside_its_place() == other._beside_its_place()

    def _beside_its_place(self) -> tuple[object, ...]:
        return self.column, self.text, self.row_span, self.column_span, self.runs, self.received

    @property
    def raw_text(self) -> str:
        """The text as received, also where `text` has since been converted or corrected."""
        return self.text if self.received is None else self.received

    @property
    def columns(self) -> range:
        """The numbers of the columns that the cell stands in or spans over."""
        return range(self.column, self.column + self.column_span)

    def covers(self, column: int) -> bool:
        """Whether the cell stands in a column, or spans over it."""
        return self.column <= column < self.column + self.column_span

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all is written here."""
        return not self.text.strip()


@dataclass(frozen=True)
class Row:
    """The cells of one row, in column order; positions covered by a merge are absent."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False

    def __hash__(self) -> int:
        return hash((self.number, self.cells))

    @cached_property
    def written(self) -> tuple[Cell, ...]:
        """The cells that are not blank."""
        return tuple(cell for cell in self.cells if not cell.is_blank)

    def cell_at(self, column: int) -> Cell | None:
        """Return the cell that stands at, or spans over, a column; `None` where nothing stands."""
        return covering(self.cells, column)


def covering(cells: Iterable[Cell], column: int) -> Cell | None:
    """Return the first of some cells that stands in a column or spans over it; `None` where none does."""
    for cell in cells:
        if cell.column <= column < cell.column + cell.column_span:
            return cell
    return None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one worksheet, or of a whole text document, from top to bottom.

    `hidden_columns` are the numbers of the columns that a spreadsheet does not show; their cells are in the
    rows all the same.
    """

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Grid:
    """One file read whole. `kind` is what its content proved to be: `docx`, `xlsx`, `text` ...

    `pictured_pages` are the numbers of those pages of a PDF that are pictures, and of which nothing was read.
    """

    kind: str
    sheets: tuple[Sheet, ...]
    pictured_pages: tuple[int, ...] = ()
