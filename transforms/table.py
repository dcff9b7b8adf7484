"""A table of a report: a header, and the rows below it that say something of an indicator or an office."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from extractors.grid import Cell, Row, Sheet, covering
from transforms.column import DEEDS, NAMING_ROLES, TARGETS
from transforms.folded_rows import unfold
from transforms.header import Header, find_headers, repeats_headings
from transforms.heading import read_unit
from transforms.indicator_code import read_indicator_text
from transforms.match_key import match_key
from transforms.printed_row import PrintedRow, printed_row

# What stands beside an office's name in a row that reports, and never beside a name in a signature.
_FILLED_IN = {"serial", "target", "achievement", "year_to_date", "remark"}


@dataclass(frozen=True)
class Table:
    """One table, with the rows that stand above it, up to the table before, and those that stand below it.

    `rows_below` are those behind the last table of a sheet, and empty for the others. `left_over` are cells
    that an indicator in two rows has one too many of.
    """

    rows_above: tuple[Row, ...]
    header: Header
    body_rows: tuple[Row, ...]
    rows_below: tuple[Row, ...] = ()
    left_over: tuple[Cell, ...] = ()

    def cell(self, row: Row, column: int) -> Cell | None:
        """Return what stands in a body row at a column, also where a cell merged from above reaches down."""
        return row.cell_at(column) or covering(self._reaching.get(row.number, ()), column)

    def printed(self, row: Row) -> PrintedRow:
        """Return what the form itself says in a body row."""
        return printed_row(self.header, row, self._reaching.get(row.number, ()))

    @cached_property
    def rows(self) -> tuple[tuple[Row, PrintedRow], ...]:
        """The body rows, each with what is printed in it."""
        return tuple((row, self.printed(row)) for row in self.body_rows)

    @cached_property
    def _reaching(self) -> dict[int, tuple[Cell, ...]]:
        """The cells that are merged down into a body row, by its number, those from further up first.

        Of areas that overlap, which no program writes, the second reaches nowhere.
        """
        numbers = sorted({row.number for row in self.body_rows})
        reaching: dict[int, tuple[Cell, ...]] = {}
        for row in self.body_rows:
            covered = 0
            for cell in row.cells:
                if cell.row_span > 1 and cell.column > covered:
                    below = bisect_right(numbers, row.number)
                    for number in numbers[below : bisect_left(numbers, row.number + cell.row_span)]:
                        reaching[number] = (*reaching.get(number, ()), cell)
                covered = max(covered, cell.column + cell.column_span - 1)
        return reaching

    def codes(self) -> Iterator[str]:
        """Yield the codes of the indicators that the table names, over its columns or in its rows."""
        named = [cell for _, printed in self.rows for cell in printed.codes]
        for cell in (*self.header.indicator_cells(), *named):
            yield read_indicator_text(cell.text).code

    def cells_of_several_figures(self) -> Iterator[Cell]:
        """Yield the cells that are merged over several columns of targets and achievements."""
        figures = {column.number for column in self.header.columns_of(*DEEDS, *TARGETS)}
        for row in self.body_rows:
            for cell in row.cells:
                if cell.column_span > 1 and sum(map(cell.covers, figures)) > 1:
                    yield cell

    def subjects(self) -> frozenset[str]:
        """Return what the rows are about, as keys: an indicator's code or words, an office and columns."""
        if self.header.is_of_a_matrix:
            columns = "".join(sorted({cell.text for cell in self.header.indicator_cells()}))
            names = (printed.subject for _, printed in self.rows)
            return frozenset(match_key(f"{columns} {name.text}") for name in names if name)
        named = (printed.subject for _, printed in self.rows)
        return frozenset(
            read_indicator_text(cell.text).code or match_key(cell.text) for cell in named if cell
        )


def find_tables(sheet: Sheet) -> tuple[Table, ...]:
    """Return the tables of reports on a sheet, from top to bottom; hidden and blank rows do not count."""
    rows = tuple(row for row in sheet.rows if not row.hidden and row.written)
    headers = list(find_headers(rows))
    ends = [*(first for first, _ in headers), len(rows)][1:]
    tables: list[Table] = []
    above = 0
    for (first, header), end in zip(headers, ends, strict=True):
        begin = first + len(header.rows)
        last = begin + _body_length(rows[begin:end], header)
        body = unfold(header, [row for row in rows[begin:last] if not repeats_headings(row, header)])
        below = rows[last:] if end == len(rows) else ()
        tables.append(Table(rows[above:first], header, body.rows, below, body.left_over))
        above = last
    return tuple(tables)


def _body_length(rows: Sequence[Row], header: Header) -> int:
    """Count the rows down to the last one that reports, and the rows of the table that follow it at once.

    Signatures and notes stand below it. A row of one cell is a line of text, however many columns it is
    merged over.
    """
    reports = _names_an_office if header.is_of_a_matrix else _names_an_indicator
    length = len(rows)
    while length and (len(rows[length - 1].written) < 2 or not reports(rows[length - 1], header)):
        length -= 1
    while 0 < length < len(rows) and _goes_on(rows[length - 1], rows[length], header):
        length += 1
    return length


def _names_an_indicator(row: Row, header: Header) -> bool:
    """Whether a row holds an indicator's code, or its words and its unit (the code may be left out)."""
    words = any(_is_written(row, column.number) for column in header.columns_of("indicator"))
    return bool(printed_row(header, row).codes) or (words and any(_units(row, header)))


def _units(row: Row, header: Header) -> Iterator[str]:
    for column in header.columns_of("unit"):
        cell = row.cell_at(column.number)
        yield read_unit(cell.text) if cell else ""


def _names_an_office(row: Row, header: Header) -> bool:
    """Whether a row names an office and is numbered, or holds anything in the columns of the indicators."""
    roles = {column.role for column in header.columns if _is_written(row, column.number)}
    return "office" in roles and bool(roles & _FILLED_IN)


def _goes_on(above: Row, row: Row, header: Header) -> bool:
    """Whether a row belongs to the table still: it follows at once, and fills some of its other columns."""
    others = {column.number for column in header.columns if column.role not in NAMING_ROLES}
    is_row_of_table = len(row.cells) > 1 and row.number == above.number + 1
    return is_row_of_table and any(cell.column in others for cell in row.written)


def _is_written(row: Row, number: int) -> bool:
    cell = row.cell_at(number)
    return cell is not None and not cell.is_blank
