"""A scale: words by which a figure stands for many times itself, `সংখ্যা (লক্ষ)` or `(হাজার টাকায়)`.

They stand in the unit, in a column's heading or in a note above the table. No plan says by how much to
multiply, so a figure that is counted so is withheld until the office has given it in full.
"""

from collections.abc import Iterable, Iterator

from extractors.grid import Cell
from transforms.column import Column
from transforms.heading import is_note_of_a_scale, names_a_scale
from transforms.indicator_code import names_activity, read_indicator_text
from transforms.reference import remembered
from transforms.reported_columns import ReportedColumns
from transforms.table import Table


def scale_in_unit(unit_cell: Cell | None) -> Cell | None:
    """Return an indicator's unit, if it counts in thousands, lakhs or crores."""
    return unit_cell if unit_cell and names_a_scale(unit_cell.text) else None


def scale_of(table: Table, columns: ReportedColumns) -> Cell | None:
    """Return the cell over or above a table's columns, if any, by which their figures are counted so."""
    return next(_scales_over([columns.achievement, *columns.targets]), None) or _note_above(table)


def _scales_over(columns: Iterable[Column]) -> Iterator[Cell]:
    for column in columns:
        for cell in column.headings:
            if _counts_by_a_scale(cell.text):
                yield cell


@remembered(4096)
def _counts_by_a_scale(heading: str) -> bool:
    """Whether a heading says that its figures stand for more: of an indicator's own words its unit alone."""
    stated = read_indicator_text(heading)
    if stated.code:
        return names_a_scale(stated.unit_text)
    return not names_activity(heading) and names_a_scale(heading)


def _note_above(table: Table) -> Cell | None:
    cells = (cell for row in table.rows_above for cell in row.cells)
    return next((cell for cell in cells if any(map(is_note_of_a_scale, cell.text.splitlines()))), None)
