"""A header: the rows of headings over a table, and what each of its columns holds.

A header may stand anywhere, in several rows, with headings merged over groups of columns or, in a file that
knows no merging, followed by blanks. What a column holds is what all the headings over it say together.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise

from extractors.grid import Cell, Row, covering
from transforms.bengali_text import ascii_digits
from transforms.heading import QUARTER, Heading, may_name_a_column, read_heading
from transforms.indicator_code import names_activity, read_indicator_text
from transforms.reference import remembered, replacement_folder

FEWEST_HEADINGS = 3
DEEPEST_HEADER = 6

# What a row is about, and what was done: a table with one of each is a report.
SUBJECTS = frozenset({"office", "indicator", "activity", "code"})
DEEDS = frozenset({"achievement", "year_to_date"})
TARGETS = frozenset({"target", "target_of_quarter", "band"})
NAMING_ROLES = SUBJECTS | {"serial", "area", "area_weight"}

_COLUMN_NUMBER = re.compile(r"\W*(\d{1,2})\W*(?:=[\d\W]*)?")  # (৯), ৯, ৯=৭+৮


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


@dataclass(frozen=True, eq=False)
class Header:
    """The rows of headings over one table, and the columns that have a heading, from left to right.

    Equal rows give the same header, by which alone it is compared: what was read under it is found again.
    """

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]

    def columns_of(self, *roles: str) -> tuple[Column, ...]:
        """Return the columns of these roles, from left to right."""
        if roles not in self._columns_of:
            self._columns_of[roles] = tuple(column for column in self.columns if column.role in roles)
        return self._columns_of[roles]

    @cached_property
    def _columns_of(self) -> dict[tuple[str, ...], tuple[Column, ...]]:
        return {}  # what was asked before: each row of the table asks again

    @cached_property
    def answer_columns(self) -> frozenset[int]:
        """The numbers of the columns that say what was aimed at or done, and not about what."""
        naming = (*NAMING_ROLES, "unknown")
        return frozenset(column.number for column in self.columns if column.role not in naming)

    @cached_property
    def filled_in_columns(self) -> frozenset[int]:
        """The numbers of the columns that an office fills in: what was done, and remarks."""
        return frozenset(column.number for column in self.columns_of(*DEEDS, "remark"))

    @cached_property
    def texts(self) -> frozenset[str]:
        """Everything that stands in the headings, with single blanks."""
        return frozenset(" ".join(cell.text.split()) for row in self.rows for cell in written(row))

    def indicator_cells(self) -> tuple[Cell, ...]:
        """Return the headings that name indicators, as a matrix has them, from left to right."""
        cells = {cell.place: cell for column in self.columns if (cell := column.indicator_cell)}
        return tuple(cells.values())

    @property
    def is_of_a_matrix(self) -> bool:
        """Whether each row below is an office, and not an indicator."""
        return bool(self.columns_of("office"))

    @property
    def is_of_a_report(self) -> bool:
        """Whether the columns say what was done about what."""
        return bool(self.columns_of(*SUBJECTS) and self.columns_of(*DEEDS))


def find_headers(rows: Sequence[Row]) -> Iterator[tuple[int, Header]]:
    """Yield each header among the written rows of a sheet, with the position of its first row."""
    place = 0
    while place < len(rows):
        header = _header_at(rows, place)
        if header:
            first, found = header
            yield first, found
            place = first + len(found.rows)
        else:
            place += 1


def headings_without_a_report(rows: Sequence[Row]) -> Iterator[Cell]:
    """Yield the headings that no entry of the lexicon knows, of rows that name columns yet of no report."""
    place = 0
    while place < len(rows):
        if not _begins_header(rows[place]):
            place += 1
            continue
        first = _first_row(rows, place)
        header = _extended(rows, first, place)
        if not header.is_of_a_report:
            yield from dict.fromkeys(column.cell for column in header.columns_of("unknown"))
        place = first + len(header.rows)


def written(row: Row) -> tuple[Cell, ...]:
    """Return the cells of a row that are not blank."""
    return row.written


def repeats_headings(row: Row, header: Header) -> bool:
    """Whether a row says again what stands in the header, as a table broken over pages does."""
    cells = written(row)
    if len(cells) < 2:
        return False
    is_again = all(" ".join(cell.text.split()) in header.texts for cell in cells)
    return is_again or _is_numbering(row) or _is_all_percentages(row)


# --- where a header begins and ends ------------------------------------------------------------------


def _header_at(rows: Sequence[Row], place: int) -> tuple[int, Header] | None:
    """Return the header that the row at a place begins, and its first row: groups may be named above it."""
    if not _begins_header(rows[place]):
        return None
    first = _first_row(rows, place)
    header = _extended(rows, first, place)
    return (first, header) if header.is_of_a_report else None


def _extended(rows: Sequence[Row], first: int, place: int) -> Header:
    """Return the header from its first row on, past the row at a place, to the last that heads columns."""
    header = _header(rows[first : place + 1])
    for end in range(place + 1, min(place + DEEPEST_HEADER, len(rows))):
        if not _continues_header(rows[end], header):
            break
        header = _header(rows[first : end + 1])
    return header


def _begins_header(row: Row) -> bool:
    """Whether a row names its columns: three of them, or what its rows are about beside another or a code."""
    cells = written(row)
    if len(cells) == 1 and not _names_indicators(cells[0]):
        return False  # a line of text; most are met once, and reading a heading takes long
    folder = replacement_folder()  # looked up once a row: this is asked of every cell
    roles = [role for cell in cells if (role := _role_named(cell.text, folder))]
    if len(roles) >= FEWEST_HEADINGS:
        return True
    beside = len(roles) - 1 + sum(map(_names_indicators, cells))
    return not SUBJECTS.isdisjoint(roles) and beside > 0


@lru_cache(maxsize=4096)
def _role_named(text: str, _folder: str) -> str:
    """Return the role that a heading gives its column; empty where it names none."""
    if not may_name_a_column(text):
        return ""
    heading = read_heading(text)
    return heading.role if heading.names_a_column else ""


def _first_row(rows: Sequence[Row], place: int) -> int:
    """Return where the header of this row begins: groups of columns may be named in rows above it."""
    first = place
    while (
        place - first < DEEPEST_HEADER
        and first > 0
        and rows[first - 1].number == rows[first].number - 1
        and (_heads_groups(rows[first - 1]) or _heads_indicators(rows[first - 1], rows[first]))
    ):
        first -= 1
    return first


def _heads_groups(row: Row) -> bool:
    cells = written(row)
    if len(cells) == 1 and cells[0].column == 1:
        return False  # a line of text, such as the title অগ্রগতি প্রতিবেদন
    telling = [cell for cell in cells if read_heading(cell.text).names_a_column or _names_indicators(cell)]
    return bool(telling) and all(cell in telling or read_heading(cell.text).is_bare_period for cell in cells)


def _heads_indicators(row: Row, below: Row) -> bool:
    """Whether a row names activities over a row of indicators, as in a matrix, whatever else it names."""
    return all(any(_names_indicators(cell) for cell in written(one)) for one in (row, below))


def _continues_header(row: Row, above: Header) -> bool:
    """Whether a row still heads columns: one of the body says what it is about, or holds figures."""
    if _is_numbering(row) or _is_all_percentages(row):
        return True
    cells = written(row)
    if not above.is_of_a_matrix and any(read_indicator_text(cell.text).code for cell in cells):
        return False  # the first indicator, in a column that has no heading
    naming = {column.number for column in above.columns_of(*NAMING_ROLES)}
    if any(cell.column in naming and not read_heading(cell.text).names_a_column for cell in cells):
        return False
    grown = _header((*above.rows, row))
    return all(_heads_its_column(cell, grown) for cell in cells)


def _heads_its_column(cell: Cell, header: Header) -> bool:
    """Whether the lowest cell of a header says what a column holds, or parts a group of columns."""
    heading = read_heading(cell.text)
    if heading.role or heading.is_bare_period or _names_indicators(cell):
        return True
    column = next(column for column in header.columns if column.number == cell.column)
    if heading.is_unknown and column.role != "unknown":
        return True  # the end of a heading that began in the row above
    group = column.headings[-2:-1]
    return any(set(group) & set(other.headings) for other in header.columns if other != column)


def _names_indicators(cell: Cell) -> bool:
    return _holds_a_number(cell.text)


@lru_cache(maxsize=4096)
def _holds_a_number(text: str) -> bool:
    return names_activity(text) or bool(read_indicator_text(text).code)


def _is_all_percentages(row: Row) -> bool:
    cells = written(row)
    return len(cells) > 1 and all(read_heading(cell.text).is_band_percentage for cell in cells)


def _is_numbering(row: Row) -> bool:
    """Whether a row numbers the columns: (১) (২) (৩), or ১ ২ ৩=১+২."""
    numbers: list[int] = []
    for cell in written(row):
        number = _column_number(cell.text)
        if number is None:
            return False
        numbers.append(number)
    steps = [later - earlier for earlier, later in pairwise(numbers)]
    return numbers[:1] == [1] and set(steps) <= {0, 1} and sum(steps) >= FEWEST_HEADINGS - 1


@lru_cache(maxsize=4096)
def _column_number(text: str) -> int | None:
    number = _COLUMN_NUMBER.fullmatch(ascii_digits(text).strip())
    return int(number[1]) if number else None


# --- what the columns hold ---------------------------------------------------------------------------


def _header(rows: Sequence[Row]) -> Header:
    return _header_of(tuple(rows))


@remembered(512)  # of one form in all offices of a country
def _header_of(rows: tuple[Row, ...]) -> Header:
    width = max(cell.column + cell.column_span - 1 for row in rows for cell in row.cells)
    telling = [_merged_again(row) for row in rows if not _is_numbering(row)]
    columns = (_column(number, _headings_over(telling, number)) for number in range(1, width + 1))
    return Header(rows, _with_the_achievement(_with_one_weight([column for column in columns if column])))


def _merged_again(row: Row) -> Row:
    """Merge an activity or indicator that is named in each of its columns, as where merging was undone."""
    cells: list[Cell] = []
    for cell in row.cells:
        before = cells[-1] if cells and _names_indicators(cell) else None
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
    left = [cell for cell in written(rows[place]) if cell.column < number]
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
    heading = read_heading(*(cell.text for cell in over if not _names_indicators(cell)))
    if not over:
        return None
    alone = [(cell, read_heading(cell.text)) for cell in reversed(over)]
    if not heading.role:
        unknown = next(
            (cell for cell, said in alone if said.is_unknown and not _names_indicators(cell)), over[-1]
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
