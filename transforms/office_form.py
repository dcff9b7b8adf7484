"""The office form: one row per indicator, its unit, weight, target bands, achievement and remark."""

from collections.abc import Iterator

from extractors.grid import Cell, Row
from transforms.bengali_text import match_key
from transforms.entry import Entries, Entry, unknown_indicator
from transforms.finding import Finding
from transforms.form import Column, Form
from transforms.heading import is_total
from transforms.indicator_code import IndicatorText, read_indicator_text
from transforms.office import Office
from transforms.plan import Indicator, Plan

# Columns that say what was done; an indicator's code is never looked for there.
_ANSWERS = ("target", "band", "achievement", "year_to_date", "remark")


def gather_office_form(form: Form, plan: Plan, office: Office, achievement: Column) -> Entries:
    """Gather the entries of an office form, row by row; rows of unknown indicators become findings.

    `achievement` is the column of the reported quarter, where the form has several.
    """
    entries: list[Entry] = []
    findings: list[Finding] = []
    for row in form.body_rows:
        heading = _indicator_cell(form, row)
        if heading is None:
            findings.extend(_row_without_indicator(form, row, plan))
            continue
        stated = read_indicator_text(heading.text)
        indicator = _indicator_of(stated, plan)
        if indicator is None:
            findings.append(unknown_indicator(heading, plan))
        else:
            entries.append(_entry(form, row, office, indicator, heading, stated, achievement))
    return Entries(tuple(entries), tuple(findings))


def _entry(
    form: Form,
    row: Row,
    office: Office,
    indicator: Indicator,
    heading: Cell,
    stated: IndicatorText,
    achievement: Column,
) -> Entry:
    return Entry(
        office=office,
        indicator=indicator,
        heading=heading,
        stated=stated,
        targets=dict(_targets(form, row)),
        achievement=form.cell(row, achievement.number),
        remark=_first_cell(form, row, "remark"),
        unit_cell=_first_cell(form, row, "unit"),
        weight_cell=_first_cell(form, row, "weight"),
        year_to_date=_first_cell(form, row, "year_to_date"),
    )


def _targets(form: Form, row: Row) -> Iterator[tuple[int, Cell]]:
    """Yield each band's cell; a form with one annual target has the 100 band alone."""
    bands = form.columns_of("band") or form.columns_of("target")[:1]
    for column in bands:
        cell = form.cell(row, column.number)
        if cell and not cell.is_blank:
            yield column.heading.band or 100, cell


def _first_cell(form: Form, row: Row, role: str) -> Cell | None:
    cells = (form.cell(row, column.number) for column in form.columns_of(role))
    return next((cell for cell in cells if cell), None)


def _indicator_cell(form: Form, row: Row) -> Cell | None:
    """Return the cell that names the row's indicator: the first with a code, else the indicator column's."""
    answers = {column.number for column in form.columns if column.role in _ANSWERS}
    coded = (cell for cell in row.cells if cell.column not in answers and read_indicator_text(cell.text).code)
    named = (
        cell
        for column in form.columns_of("indicator")
        if (cell := row.cell_at(column.number)) and not cell.is_blank
    )
    return next(coded, None) or next(named, None)


def _indicator_of(stated: IndicatorText, plan: Plan) -> Indicator | None:
    """Find the plan's indicator by code; a row without one by its statement, if that is word for word."""
    if stated.code:
        return plan.indicator(stated.code)
    key = match_key(stated.statement)
    same = [indicator for indicator in plan.indicators if match_key(indicator.statement) == key]
    return same[0] if len(same) == 1 else None


def _row_without_indicator(form: Form, row: Row, plan: Plan) -> Iterator[Finding]:
    """A total, or a row with a serial or an activity alone, says nothing; any other row is asked about."""
    written = [cell for cell in row.cells if not cell.is_blank]
    answers = {column.number for column in form.columns if column.role in (*_ANSWERS, "unit")}
    if written and not is_total(written[0].text) and any(cell.column in answers for cell in written):
        yield unknown_indicator(written[0], plan)
