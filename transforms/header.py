"""A header: the rows of headings over a table, where they begin and where they end.

A header may stand anywhere, in several rows, with headings merged over groups of columns or, in a file that
knows no merging, followed by blanks.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from extractors.grid import Cell, Row
from transforms.bengali_text import ascii_digits
from transforms.column import DEEDS, NAMING_ROLES, SUBJECTS, Column, columns_below, names_indicators
from transforms.heading import may_name_a_column, read_heading
from transforms.indicator_code import read_indicator_text
from transforms.reference import remembered, replacement_folder

FEWEST_HEADINGS = 3
DEEPEST_HEADER = 6

_COLUMN_NUMBER = re.compile(r"\W*(\d{1,2})\W*(?:=[\d\W]*)?")  # (৯), ৯, ৯=৭+৮


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
        return frozenset(" ".join(cell.text.split()) for row in self.rows for cell in row.written)

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


def repeats_headings(row: Row, header: Header) -> bool:
    """Whether a row says again what stands in the header, as a table broken over pages does."""
    cells = row.written
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
    cells = row.written
    if len(cells) == 1 and not names_indicators(cells[0]):
        return False  # a line of text; most are met once, and reading a heading takes long
    folder = replacement_folder()  # looked up once a row: this is asked of every cell
    roles = [role for cell in cells if (role := _role_named(cell.text, folder))]
    if len(roles) >= FEWEST_HEADINGS:
        return True
    beside = len(roles) - 1 + sum(map(names_indicators, cells))
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
    cells = row.written
    if len(cells) == 1 and cells[0].column == 1:
        return False  # a line of text, such as the title অগ্রগতি প্রতিবেদন
    telling = [cell for cell in cells if read_heading(cell.text).names_a_column or names_indicators(cell)]
    return bool(telling) and all(cell in telling or read_heading(cell.text).is_bare_period for cell in cells)


def _heads_indicators(row: Row, below: Row) -> bool:
    """Whether a row names activities over a row of indicators, as in a matrix, whatever else it names."""
    return all(any(names_indicators(cell) for cell in one.written) for one in (row, below))


def _continues_header(row: Row, above: Header) -> bool:
    """Whether a row still heads columns: one of the body says what it is about, or holds figures."""
    if _is_numbering(row) or _is_all_percentages(row):
        return True
    cells = row.written
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
    if heading.role or heading.is_bare_period or names_indicators(cell):
        return True
    column = next(column for column in header.columns if column.number == cell.column)
    if heading.is_unknown and column.role != "unknown":
        return True  # the end of a heading that began in the row above
    group = column.headings[-2:-1]
    return any(set(group) & set(other.headings) for other in header.columns if other != column)


def _is_all_percentages(row: Row) -> bool:
    cells = row.written
    return len(cells) > 1 and all(read_heading(cell.text).is_band_percentage for cell in cells)


def _is_numbering(row: Row) -> bool:
    """Whether a row numbers the columns: (১) (২) (৩), or ১ ২ ৩=১+২."""
    numbers: list[int] = []
    for cell in row.written:
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


def _header(rows: Sequence[Row]) -> Header:
    return _header_of(tuple(rows))


@remembered(512)  # of one form in all offices of a country
def _header_of(rows: tuple[Row, ...]) -> Header:
    return Header(rows, columns_below([row for row in rows if not _is_numbering(row)]))
