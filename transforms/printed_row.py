"""A printed row: what the form itself says in a row of a table, apart from what an office fills in.

All offices fill in the same form, and most rows differ in an answer and a remark alone. So what is printed in
a row is read once, and whoever meets the same row again, in whatever report, is given the same reading.
"""

from dataclasses import dataclass
from functools import cached_property

from extractors.grid import Cell, Row, covering
from transforms.dates import read_date
from transforms.header import Header
from transforms.heading import read_unit
from transforms.indicator_code import IndicatorText, read_indicator_text
from transforms.numerals import read_number
from transforms.reference import remembered


@dataclass(frozen=True, eq=False)
class PrintedRow:
    """The cells of a row that stand, or reach, under another heading than those of what was done and remarks.

    `cells` are the row's own, `reaching` those that are merged down into it from rows above. Equal rows under
    one header are the same object (`printed_row`), by which alone they are compared.
    """

    header: Header
    cells: tuple[Cell, ...]
    reaching: tuple[Cell, ...] = ()

    def cell(self, column: int) -> Cell | None:
        """Return what stands at a column, also where a cell merged from above reaches down."""
        return covering((*self.cells, *self.reaching), column)

    def first_written(self, *roles: str) -> Cell | None:
        """Return the first cell in the columns of these roles that is not blank."""
        cells = (self.cell(column.number) for column in self.header.columns_of(*roles))
        return next((cell for cell in cells if cell and not cell.is_blank), None)

    @cached_property
    def codes(self) -> tuple[Cell, ...]:
        """The row's own cells that hold an indicator's code: none under a heading that says what was done."""
        written = (cell for cell in self.cells if not cell.is_blank and not self._reaches_an_answer(cell))
        return tuple(cell for cell in written if read_indicator_text(cell.text).code)

    @cached_property
    def subject(self) -> Cell | None:
        """The cell that says what the row is about: an office's name, an indicator's code or words."""
        if self.header.is_of_a_matrix:
            return self.first_written("office")
        if self.codes:
            return self.codes[0]
        words = self.first_written("code", "indicator")
        return words if words and not self._reaches_an_answer(words) else None

    @cached_property
    def unit(self) -> Cell | None:
        """The cell that states a unit."""
        return self.first_written("unit")

    @cached_property
    def lacks_its_unit(self) -> bool:
        """Whether a weight or a target stands where the unit should: the cells of the row have slipped."""
        text = self.unit.text if self.unit else ""
        return bool(read_number(text).value or read_date(text).value)

    @cached_property
    def weight(self) -> Cell | None:
        """The cell that states a weight."""
        return self.first_written("weight")

    @cached_property
    def activity(self) -> Cell | None:
        """The cell that names the activity which the indicator belongs to."""
        return self.first_written("activity")

    @cached_property
    def stated(self) -> IndicatorText:
        """What is said of the indicator; its code, words, unit and weight may stand in several cells."""
        stated = read_indicator_text(self.subject.text if self.subject else "")
        if self.subject and not stated.code and self._is_in_column(self.subject, "code"):
            stated = IndicatorText("", "")  # a code that cannot be read is no statement
        others = (self.cell(column.number) for column in self.header.columns_of("indicator"))
        words = (read_indicator_text(cell.text).statement for cell in others if cell)
        figure = read_number(self.weight.text).value if self.weight else None
        return IndicatorText(
            code=stated.code,
            statement=stated.statement or next(filter(None, words), ""),
            unit=read_unit(self.unit.text) if self.unit else stated.unit,
            weight=figure.value if figure else stated.weight,
        )

    def _reaches_an_answer(self, cell: Cell) -> bool:
        return any(map(cell.covers, self.header.answer_columns))

    def _is_in_column(self, cell: Cell, role: str) -> bool:
        return any(column.number == cell.column for column in self.header.columns_of(role))


def printed_row(header: Header, row: Row, reaching: tuple[Cell, ...] = ()) -> PrintedRow:
    """Return what is printed in a row; `reaching` are all cells that are merged down into it."""
    return _printed_row(header, _printed(row.cells, header), _printed(reaching, header))


@remembered(4096)  # some ten rows of a form, and a form has some variants in a country
def _printed_row(header: Header, cells: tuple[Cell, ...], reaching: tuple[Cell, ...]) -> PrintedRow:
    return PrintedRow(header, cells, reaching)


def _printed(cells: tuple[Cell, ...], header: Header) -> tuple[Cell, ...]:
    """Leave out what an office fills in; not a cell that is merged over other columns too."""
    filled_in = header.filled_in_columns
    return tuple(
        cell
        for cell in cells
        if cell.column not in filled_in or (cell.column_span > 1 and not filled_in.issuperset(cell.columns))
    )
