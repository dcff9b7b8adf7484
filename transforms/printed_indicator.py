"""A printed indicator: what an office form says of one indicator itself, whether or not a plan knows it."""

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.grid import Cell, Row
from transforms.bengali_text import canonical
from transforms.form import Form
from transforms.heading import is_total, read_unit
from transforms.indicator_code import names_activity
from transforms.numerals import read_number
from transforms.printed_row import PrintedRow


@dataclass(frozen=True, slots=True)
class PrintedIndicator:
    """One indicator as an office form prints it, before any plan is asked.

    `code` is in ASCII digits, `unit` is `date`, `number` or `percent`; both are empty, and `weight` is
    `None`, where they are not printed or cannot be read. The texts are canonical; `unit_text` and
    `weight_text` are what stands in those cells. `targets` maps a band (100 to 60) to its cell.
    """

    place: str
    code: str
    statement: str
    activity: str
    unit: str
    unit_text: str
    weight: float | None
    weight_text: str
    targets: dict[int, Cell]


def printed_indicators(form: Form) -> Iterator[PrintedIndicator]:
    """Yield the indicators of an office form in their order; an activity named once holds for those below."""
    for table in form.tables:
        activity = ""
        for row, printed in table.rows:
            activity = _activity(row, printed) or activity
            subject = printed.subject
            if subject in row.cells and subject is not None and not is_total(row.cells[0].text):
                yield _indicator(printed, subject, activity)


def _indicator(printed: PrintedRow, subject: Cell, activity: str) -> PrintedIndicator:
    stated = printed.stated
    unit_text, weight_text = _text(printed.unit), _text(printed.weight)
    weight = read_number(weight_text).value
    return PrintedIndicator(
        place=subject.place,
        code=stated.code,
        statement=stated.statement,
        activity=activity,
        unit=read_unit(unit_text) or stated.unit,
        unit_text=unit_text,
        weight=weight.value if weight else stated.weight,
        weight_text=weight_text,
        targets=dict(_targets(printed)),
    )


def _activity(row: Row, printed: PrintedRow) -> str:
    """Return the activity that a row names, in its own column or by its two numbers: `[৪.১] …`."""
    cell = printed.activity
    if cell is None:
        cell = next((cell for cell in row.cells if names_activity(cell.text)), None)
    return _text(cell)


def _targets(printed: PrintedRow) -> Iterator[tuple[int, Cell]]:
    """Yield each band's cell; a form with one target for the year has the 100 band alone."""
    header = printed.header
    for column in header.columns_of("band") or header.columns_of("target")[:1]:
        cell = printed.cell(column.number)
        if cell and not cell.is_blank:
            yield column.heading.band or 100, cell


def _text(cell: Cell | None) -> str:
    return " ".join(canonical(cell.text).split()) if cell else ""
