"""A slipped row: cells of one office in a matrix that stand some columns away from their headings.

What gives a slip away are the targets. They are the same in every row, so where two of them stand as far
beside their own columns, what was done stands under other headings too: a target would be read as achieved.
Where a matrix prints no targets, figures of the wrong kind tell.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.grid import Cell, Row
from transforms.dates import read_date
from transforms.entry import Entry
from transforms.numerals import read_number
from transforms.plan import Indicator
from transforms.printed_row import PrintedRow
from transforms.reported_columns import ReportedColumns
from transforms.table import Table
from transforms.target_band import Target, read_target

_TOP = 100  # the band whose target a matrix prints
_FEWEST = 2  # targets; a single one beside its column may be the office's own figure
_FEWEST_ROWS = 3  # that print a target before it is taken for the table's own
_FARTHEST = 3  # columns, which is an indicator's whole width
_ASIDE = tuple(aside for aside in range(-_FARTHEST, _FARTHEST + 1) if aside)


@dataclass(frozen=True, slots=True)
class TargetColumn:
    """The column of an indicator's 100 band in one table, and the targets that may stand there.

    They are the plan's, and the one that most rows print: a division may have agreed on others. A column
    `is_usual` where most rows print anything there.
    """

    indicator: Indicator
    columns: ReportedColumns
    number: int
    targets: frozenset[Target]
    is_usual: bool

    def cell(self, printed: PrintedRow) -> Cell | None:
        """Return what a row prints as its target; `None` where that is blank."""
        return self.columns.target_cells(printed).get(_TOP)

    def stands_in(self, cell: Cell | None) -> bool:
        """Whether a target of the column is what a cell says."""
        return not _is_blank(cell) and _target_in(cell, self.indicator) in self.targets

    def misses_in(self, cell: Cell | None) -> bool:
        """Whether something else stands where the target should, or nothing where other rows have it."""
        return self.is_usual if _is_blank(cell) else not self.stands_in(cell)


def target_column(table: Table, indicator: Indicator, columns: ReportedColumns) -> TargetColumn | None:
    """Return an indicator's target column as one table has it; `None` where it has none."""
    of_the_top = (column.number for column in columns.targets if column.heading.band in (None, _TOP))
    number = next(of_the_top, None)
    if number is None or _TOP not in indicator.bands:
        return None
    cells = [columns.target_cells(printed).get(_TOP) for _, printed in table.rows]
    filled = [cell for cell in cells if cell]
    counts = Counter(_target_in(cell, indicator) for cell in filled)
    common = {target for target, times in counts.items() if times >= _FEWEST_ROWS and 2 * times > len(cells)}
    targets = frozenset(target for target in {indicator.bands[_TOP], *common} if target is not None)
    return TargetColumn(indicator, columns, number, targets, is_usual=2 * len(filled) > len(cells))


def slipped_codes(
    table: Table, row: Row, printed: PrintedRow, columns: Sequence[TargetColumn]
) -> frozenset[str]:
    """Return the codes of the indicators whose cells have slipped in a row: mostly none.

    They reach from the first target that is not in its place to the last; those between cannot be trusted,
    nor can those right before them that print none.
    """
    cells = [column.cell(printed) for column in columns]
    missing = [place for place, cell in enumerate(cells) if columns[place].misses_in(cell)]
    if len(missing) < _FEWEST:
        return frozenset()
    in_place = {column.number for place, column in enumerate(columns) if place not in missing}
    is_overwritten = any(not _is_blank(cells[place]) for place in missing)
    for aside in _ASIDE:
        beside = [place for place in missing if columns[place].number + aside not in in_place]
        found = [
            place
            for place in beside
            if columns[place].stands_in(table.cell(row, columns[place].number + aside))
        ]
        # A row that prints no targets has not slipped where an office reached some of them. The target at the
        # end from which a row has slipped is lost.
        if len(found) >= _FEWEST and (is_overwritten or len(found) + 1 >= len(missing)):
            first = missing[0]
            while first and _is_blank(cells[first - 1]):
                first -= 1
            slipped = columns[first : missing[-1] + 1]
            return frozenset(column.indicator.code for column in slipped)
    return frozenset()


def has_slipped(of_row: Sequence[Entry]) -> bool:
    """Whether the answers of a row without targets stand under other headings than their own.

    Its figures may all stand where remarks should, or its days and percentages under indicators of another
    unit, as far from one of their own.
    """
    if any(_is_figure(entry.achievement_text) for entry in of_row):
        return any(_strays(of_row, aside) >= _FEWEST for aside in (-1, 1))
    return sum(_is_figure(entry.remark_text) for entry in of_row) >= _FEWEST


def _strays(of_row: Sequence[Entry], aside: int) -> int:
    """Count the days and percentages under indicators of another unit, each beside one that lacks its own."""
    units = [_unit_shown(entry.achievement_text) for entry in of_row]
    strays = 0
    for place, unit in enumerate(units):
        beside = place + aside
        if unit in (None, of_row[place].indicator.unit) or beside not in range(len(of_row)):
            continue
        strays += of_row[beside].indicator.unit == unit and units[beside] != unit
    return strays


def _unit_shown(text: str) -> str | None:
    """Return the unit that a figure has beyond doubt: a day's or a percentage's."""
    if read_date(text).value:
        return "date"
    number = read_number(text).value
    return "percent" if number and number.is_percent else None


def _is_figure(text: str) -> bool:
    return read_number(text).value is not None or read_date(text).value is not None


def _target_in(cell: Cell | None, indicator: Indicator) -> Target | None:
    return read_target(cell.text, indicator.unit).value if cell else None


def _is_blank(cell: Cell | None) -> bool:
    return cell is None or cell.is_blank
