"""The reported columns: which of a table's columns speak of the quarter that is reported.

Beside the quarter's own achievement a form may have that of the other quarters, of the year so far and of
earlier years; beside the year's target that of a quarter or of another year. None of them may be taken for
another.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from extractors.grid import Cell, Row
from transforms.calendar_words import read_line
from transforms.column import Column
from transforms.fiscal_year import FiscalYear, months_of_quarter
from transforms.heading import units_named
from transforms.printed_row import PrintedRow
from transforms.reference import remembered
from transforms.reporting_period import ReportingPeriod
from transforms.span import spans_in
from transforms.table import Table


@dataclass(frozen=True, slots=True, eq=False)
class ReportedColumns:
    """The columns of one indicator, or of a whole office form, that are read.

    `targets` are one column for each band, or one for the year's target, which is the 100 band. The same
    columns in the same period are the same object, by which alone they are compared.
    """

    achievement: Column
    targets: tuple[Column, ...]
    remarks: tuple[Column, ...]
    year_to_date: Column | None

    def target_cells(self, printed: PrintedRow) -> Mapping[int, Cell]:
        """Return each band's cell; a target merged over several bands is the highest one's alone."""
        return _target_cells(self.targets, printed)

    def remark_cell(self, table: Table, row: Row) -> Cell | None:
        """Return the remark: the first that is written, else the blank where it would stand."""
        cells = [cell for column in self.remarks if (cell := table.cell(row, column.number))]
        return next((cell for cell in cells if not cell.is_blank), cells[0] if cells else None)

    def other_remarks(self, table: Table, row: Row) -> Iterator[Cell]:
        """Yield what else is written in a row's own remarks, where several columns are headed so."""
        if len(self.remarks) < 2:
            return
        read = self.remark_cell(table, row)
        for column in self.remarks:
            cell = row.cell_at(column.number)
            if cell and cell != read and not cell.is_blank:
                yield cell


def reported_columns(columns: Iterable[Column], period: ReportingPeriod) -> ReportedColumns | None:
    """Return the columns that speak of a period; `None` where its achievement cannot be told from others."""
    return _reported_columns(tuple(columns), period)


@remembered(1024)
def _reported_columns(columns: tuple[Column, ...], period: ReportingPeriod) -> ReportedColumns | None:
    deeds = [column for column in _of_role(columns, "achievement") if not _is_share_beside(column, columns)]
    totals = _of_role(columns, "year_to_date")
    achievement = _achievement(deeds, period) or _total_of_months(deeds, totals, period)
    if achievement is None:
        return None
    to_date = [column for column in _of_year(totals, period.fiscal_year) if column is not achievement]
    return ReportedColumns(
        achievement=achievement,
        targets=tuple(_targets(columns, period.fiscal_year)),
        remarks=tuple(_of_role(columns, "remark")),
        year_to_date=to_date[0] if to_date else None,
    )


@remembered(4096)
def _target_cells(columns: tuple[Column, ...], printed: PrintedRow) -> Mapping[int, Cell]:
    cells: dict[int, Cell] = {}
    for column in columns:
        cell = printed.cell(column.number)
        if cell and not cell.is_blank and cell not in cells.values():
            cells[column.heading.band or 100] = cell
    return MappingProxyType(cells)


def _achievement(columns: Sequence[Column], period: ReportingPeriod) -> Column | None:
    """Return the only achievement, the one that names the quarter, or the only one that names none."""
    if len(columns) == 1 and (columns[0].heading.role or columns[0].heading.quarter == period.quarter):
        return columns[0]  # should its words name another period, `period_conflict` asks about it
    of_year = _without_shares(_of_year(columns, period.fiscal_year))
    for quarter in (period.quarter, None):
        fitting = [column for column in of_year if column.heading.quarter == quarter]
        if fitting:
            return fitting[0] if len(fitting) == 1 else None
    return None


def _total_of_months(
    deeds: Sequence[Column], totals: Sequence[Column], period: ReportingPeriod
) -> Column | None:
    """Return the total that stands beside the months of the quarter under one heading, if all of them do."""
    months = {month: column for column in deeds if (month := _month_over(column))}
    first, last = months_of_quarter(period.quarter)
    if set(months) != set(range(first, last + 1)) or len(months) < len(deeds):
        return None
    groups = [set(column.headings[:-1]) for column in months.values()]
    of_them = [
        column
        for column in totals
        if column.heading.quarter == period.quarter and set(column.headings).intersection(*groups)
    ]
    return of_them[0] if len(of_them) == 1 else None


def _month_over(column: Column) -> int | None:
    """Return the month that the lowest heading over a column names, and that alone."""
    lowest = column.headings[-1].text if column.headings else ""
    months = [span.months for span in spans_in(read_line(lowest)) if span.months]
    return months[0][0] if len(months) == 1 and len(set(months[0])) == 1 else None


def _without_shares(columns: Sequence[Column]) -> Sequence[Column]:
    """Leave out `অর্জন (%)` where a plain `অর্জন` stands beside it: it is the share of the target reached."""
    units = [units_named(column.cell.text) for column in columns]
    if all(units):
        return columns
    return [column for column, named in zip(columns, units, strict=True) if named != {"percent"}]


def _is_share_beside(column: Column, columns: Sequence[Column]) -> bool:
    """Whether a column is the `হার (%)` of an achievement that stands beside it under words unknown."""
    *groups, lowest = column.headings or (column.cell,)
    beside = (other for other in columns if other.role == "unknown")
    is_share = bool(groups) and units_named(lowest.text) == {"percent"}
    return is_share and any(set(groups).intersection(other.headings) for other in beside)


def _targets(columns: Sequence[Column], year: FiscalYear) -> Iterator[Column]:
    """Yield one column for each band, of the year's where several years have theirs."""
    of_any_year = _of_role(columns, "band") or _of_role(columns, "target")
    seen: set[int | None] = set()
    for column in _of_year(of_any_year, year) or of_any_year:
        if column.heading.band not in seen:
            seen.add(column.heading.band)
            yield column


def _of_role(columns: Iterable[Column], role: str) -> list[Column]:
    return [column for column in columns if column.role == role]


def _of_year(columns: Sequence[Column], year: FiscalYear) -> list[Column]:
    """Return the columns that name a year, or failing that those that name none; never those of another."""
    named = [column for column in columns if column.heading.fiscal_year == year]
    unnamed = [column for column in columns if column.heading.fiscal_year is None]
    return named or unnamed
