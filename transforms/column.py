"""A column of a table, and what it holds: what all the headings over it say together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from extractors.grid import Cell, Row, covering
from transforms.heading import QUARTER, Heading, read_heading
from transforms.indicator_code import names_activity, read_indicator_text

# What a row is about, and what was done: a table with one of each is a report.
SUBJECTS = frozenset({"office", "indicator", "activity", "code"})
DEEDS = frozenset({"achievement", "year_to_date"})
TARGETS = frozenset({"target", "target_of_quarter", "band"})
NAMING_ROLES = SUBJECTS | {"serial", "area", "area_weight"}


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column of a table.

    `number` is its position in the grid, `role` what it holds, `headings` the cells over it from the top
    one down, and `cell` the one of them that says what it holds. `role` is `unknown` where words stand over
    it that no entry of the lexicon knows.
    """

    number: int
    role: str
    cell: Cell
    heading: Heading
    headings: tuple[Cell, ...]

    @property
    def indicator_cell(self) -> Cell | None:
        """The heading that names an indicator by its code, as over the columns of a matrix."""
        return next((cell for cell in reversed(self.headings) if read_indicator_text(cell.text).code), None)


def columns_below(rows: Sequence[Row]) -> tuple[Column, ...]:
    """Return the columns that have a heading in these rows, from left to right."""
    width = max((cell.column + cell.column_span - 1 for row in rows for cell in row.cells), default=0)
    merged = [_merged_again(row) for row in rows]
    columns = [_column(number, _headings_over(merged, number)) for number in range(1, width + 1)]
    return _with_the_achievement(_with_one_weight([column for column in columns if column]))


def names_indicators(cell: Cell) -> bool:
    """Whether a heading names an indicator, or an activity with those below it, by its code."""
    return _holds_a_number(cell.text)


@lru_cache(maxsize=4096)
def _holds_a_number(text: str) -> bool:
    return names_activity(text) or bool(read_indicator_text(text).code)


def _merged_again(row: Row) -> Row:
    """Merge an activity or indicator that is named in each of its columns, as where merging was undone."""
    cells: list[Cell] = []
    for cell in row.cells:
        before = cells[-1] if cells and names_indicators(cell) else None
        if before and before.text == cell.text and before.column + before.column_span == cell.column:
            cells[-1] = replace(before, column_span=before.column_span + cell.column_span)
        else:
            cells.append(cell)
    return Row(row.number, tuple(cells), row.hidden) if len(cells) < len(row.cells) else row


def _headings_over(rows: Sequence[Row], number: int) -> list[Cell]:
    """Return the headings over a column from the top one down, those of its groups among them."""
    over: list[Cell] = []
    for place, row in enumerate(rows):
        cell = row.cell_at(number)
        if cell is None or cell.is_blank:
            cell = None if _own(over, number) else _group_to_the_left(rows, place, number)
        if cell:
            over.append(cell)
    return over


def _own(cells: Sequence[Cell], number: int) -> bool:
    return covering(cells, number) is not None


def _group_to_the_left(rows: Sequence[Row], place: int, number: int) -> Cell | None:
    """Return the heading that blanks to its right stretch over a column, where nothing tells of merging."""
    left = [cell for cell in rows[place].written if cell.column < number]
    if not left or left[-1].column_span > 1:
        return None
    is_group = _written_below(rows, place, left[-1].column) and _written_below(rows, place, number)
    return left[-1] if is_group else None


def _written_below(rows: Sequence[Row], place: int, number: int) -> bool:
    cells = (row.cell_at(number) for row in rows[place + 1 :])
    return any(cell and not cell.is_blank for cell in cells)


def _column(number: int, over: Sequence[Cell]) -> Column | None:
    """Return the column below these headings; nothing where no words stand over it.

    The words of an indicator say nothing of its columns, although a year or a quarter may stand in them.
    """
    heading = read_heading(*(cell.text for cell in over if not names_indicators(cell)))
    if not over:
        return None
    alone = [(cell, read_heading(cell.text)) for cell in reversed(over)]
    if not heading.role:
        unknown = next(
            (cell for cell, said in alone if said.is_unknown and not names_indicators(cell)), over[-1]
        )
        return Column(number, "unknown", unknown, heading, tuple(over))
    telling = next((cell for cell, said in alone if said.role == heading.role), over[-1])
    return Column(number, heading.role, telling, heading, tuple(over))


def _with_one_weight(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Keep one weight, the indicator's: the last one that stands before what was done.

    The longer forms weigh the areas of work too, further left and under the same word.
    """
    deeds = [column.number for column in columns if column.role in DEEDS]
    weights = [column.number for column in columns if column.role == "weight"]
    before = [number for number in weights if deeds and number < deeds[0]] or weights
    return tuple(
        replace(column, role="area_weight")
        if column.role == "weight" and column.number != before[-1]
        else column
        for column in columns
    )


def _with_the_achievement(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Take the one column that a quarter alone heads for what was done in it, where nothing else can be.

    The targets stand apart as bands then, and no other column says that it holds achievements.
    """
    roles = {column.role for column in columns}
    bare = [
        column for column in columns if column.heading.is_bare_period and column.heading.covers == QUARTER
    ]
    if len(bare) != 1 or "achievement" in roles or "band" not in roles:
        return columns
    return tuple(replace(column, role="achievement") if column is bare[0] else column for column in columns)
