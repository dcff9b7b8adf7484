"""The office form: one row per indicator, its unit, weight, target bands, achievement and remark."""

from collections import Counter

from extractors.grid import Cell, Row
from transforms.bengali_text import match_key
from transforms.entry import Entries, Entry, unknown_indicator
from transforms.finding import Finding, finding
from transforms.header import written
from transforms.heading import is_total, read_unit
from transforms.indicator_code import (
    IndicatorText,
    codes_eaten,
    read_activity_text,
    read_indicator_text,
)
from transforms.numerals import read_number
from transforms.office import Office
from transforms.plan import Indicator, Plan
from transforms.reported_columns import ReportedColumns
from transforms.scale import scale_of
from transforms.statement import Agreement, agreement
from transforms.table import Table, codes_in
from transforms.unread import unread_cells, unread_row


def gather_office_form(table: Table, plan: Plan, office: Office, columns: ReportedColumns) -> Entries:
    """Gather the entries of one table of an office form, row by row.

    A row of an unknown indicator, one that is about none, and one that stands beside its headings become
    findings.
    """
    entries: list[Entry] = []
    findings: list[Finding] = list(unread_cells(table.left_over))
    code_column = _usual_code_column(table)
    for row in table.body_rows:
        heading = _subject_of_its_own(table, row, columns)
        if heading is None:
            findings.extend(unread_row(table, row))
            continue
        stated = stated_in(table, row)
        indicator = _indicator_of(table, row, stated, heading, plan)
        if indicator and codes_eaten(heading.text):
            findings.append(_about_heading("code_restored", heading, indicator.code, office))
        if indicator is None and not stated.code and written(row) == (heading,):
            findings.extend(unread_row(table, row))  # a note, or the end of words that a page break has cut
        elif indicator is None:
            findings.append(unknown_indicator(heading, plan))
        elif stated.code and code_column not in (heading.column, None):
            findings.append(_about_heading("row_out_of_line", heading, stated.code, office))
        else:
            entries.append(_entry(table, row, office, indicator, heading, stated, columns))
            findings.extend(unread_cells(columns.other_remarks(table, row)))
    return Entries(tuple(entries), tuple(findings))


def stated_in(table: Table, row: Row) -> IndicatorText:
    """Return what a row says of its indicator; code, words, unit and weight may stand in several cells."""
    subject = table.subject(row)
    unit, weight = table.first_written(row, "unit"), table.first_written(row, "weight")
    stated = read_indicator_text(subject.text if subject else "")
    if subject and not stated.code and _is_in_column(table, subject, "code"):
        stated = IndicatorText("", "")  # a code that cannot be read is no statement
    others = (table.cell(row, column.number) for column in table.header.columns_of("indicator"))
    words = (read_indicator_text(cell.text).statement for cell in others if cell)
    figure = read_number(weight.text).value if weight else None
    return IndicatorText(
        code=stated.code,
        statement=stated.statement or next(filter(None, words), ""),
        unit=read_unit(unit.text) if unit else stated.unit,
        weight=figure.value if figure else stated.weight,
    )


def _entry(
    table: Table,
    row: Row,
    office: Office,
    indicator: Indicator,
    heading: Cell,
    stated: IndicatorText,
    columns: ReportedColumns,
) -> Entry:
    to_date, unit_cell = columns.year_to_date, table.first_written(row, "unit")
    return Entry(
        office=office,
        indicator=indicator,
        heading=heading,
        stated=stated,
        targets=columns.target_cells(table, row),
        achievement=table.cell(row, columns.achievement.number),
        remark=columns.remark_cell(table, row),
        unit_cell=unit_cell,
        weight_cell=table.first_written(row, "weight"),
        year_to_date=table.cell(row, to_date.number) if to_date else None,
        activity=table.first_written(row, "activity"),
        scale=scale_of(table, columns, unit_cell),
    )


def _subject_of_its_own(table: Table, row: Row, columns: ReportedColumns) -> Cell | None:
    """Return the cell that names the row's indicator.

    One merged over several rows names those with an achievement of their own; the others hold its overflow.
    """
    subject = table.subject(row)
    if subject is None or is_total(subject.text) or is_total(row.cells[0].text):
        return None
    answer = row.cell_at(columns.achievement.number)
    is_own = subject in row.cells or (answer is not None and not answer.is_blank)
    return subject if is_own else None


def _usual_code_column(table: Table) -> int | None:
    """Return the column that most codes stand in: a row that has lost a blank stands beside its headings."""
    codes = (next(codes_in(row, table.header), None) for row in table.body_rows)
    usual = Counter(cell.column for cell in codes if cell).most_common(1)
    return usual[0][0] if usual else None


def _indicator_of(
    table: Table, row: Row, stated: IndicatorText, heading: Cell, plan: Plan
) -> Indicator | None:
    """Find the plan's indicator by code; a row without one by its statement, if that is word for word.

    Where a spreadsheet has eaten the code, or only the activity is numbered, the statement need but agree
    with the one indicator that it can be.
    """
    if stated.code:
        return plan.indicator(stated.code)
    key = match_key(stated.statement)
    if not key:
        return None
    activity = _numbered_activity(table, row)
    within = [indicator for indicator in plan.indicators if indicator.code.startswith(activity)]
    same = [indicator for indicator in within if match_key(indicator.statement) == key]
    eaten = codes_eaten(heading.text)
    possible = [indicator for indicator in within if indicator.code in eaten] if eaten else within
    if not same and len(possible) == 1 and agreement(stated.statement, possible[0], plan) is Agreement.OWN:
        return possible[0]
    return same[0] if len(same) == 1 else None


def _numbered_activity(table: Table, row: Row) -> str:
    """Return how the codes of the row's activity begin, `1.2.`; empty where it has no number."""
    activity = table.first_written(row, "activity")
    number = read_activity_text(activity.text).number if activity else ""
    return f"{number}." if number else ""


def _is_in_column(table: Table, cell: Cell, role: str) -> bool:
    return any(column.number == cell.column for column in table.header.columns_of(role))


def _about_heading(code: str, heading: Cell, indicator_code: str, office: Office) -> Finding:
    return finding(
        code,
        cell=heading.place,
        raw_text=heading.raw_text,
        indicator_code=indicator_code,
        office_id=office.office_id,
    )
