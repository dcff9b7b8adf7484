"""The office form: one row per indicator, its unit, weight, target bands, achievement and remark."""

from collections import Counter

from extractors.grid import Cell, Row
from transforms.entry import Entries, Entry, unknown_indicator
from transforms.finding import Finding, finding
from transforms.heading import is_total
from transforms.indicator_code import codes_eaten, read_activity_text
from transforms.match_key import match_key
from transforms.office import Office
from transforms.plan import Indicator, Plan
from transforms.printed_row import PrintedRow
from transforms.reported_columns import ReportedColumns
from transforms.scale import scale_in_unit, scale_of
from transforms.statement import Agreement, agreement
from transforms.table import Table
from transforms.unread import unread_cells, unread_row


def gather_office_form(table: Table, plan: Plan, office: Office, columns: ReportedColumns) -> Entries:
    """Gather the entries of one table of an office form, row by row.

    A row of an unknown indicator, one that is about none, and one that stands beside its headings become
    findings.
    """
    entries: list[Entry] = []
    findings: list[Finding] = list(unread_cells(table.left_over))
    code_column, scale = _usual_code_column(table), scale_of(table, columns)
    for row, printed in table.rows:
        heading = _subject_of_its_own(row, printed, columns)
        if heading is None:
            findings.extend(unread_row(table, row))
            continue
        stated = printed.stated
        indicator = _indicator_of(printed, heading, plan)
        if indicator and codes_eaten(heading.text):
            findings.append(_about_heading("code_restored", heading, indicator.code, office))
        if indicator is None and not stated.code and row.written == (heading,):
            findings.extend(unread_row(table, row))  # a note, or the end of words that a page break has cut
        elif indicator is None:
            findings.append(unknown_indicator(heading, plan))
        elif stated.code and code_column not in (heading.column, None):
            findings.append(_about_heading("row_out_of_line", heading, stated.code, office))
        else:
            entries.append(_entry(table, row, printed, office, indicator, heading, columns, scale))
            findings.extend(unread_cells(columns.other_remarks(table, row)))
    return Entries(tuple(entries), tuple(findings))


def _entry(
    table: Table,
    row: Row,
    printed: PrintedRow,
    office: Office,
    indicator: Indicator,
    heading: Cell,
    columns: ReportedColumns,
    scale: Cell | None,
) -> Entry:
    to_date = columns.year_to_date
    return Entry(
        office=office,
        indicator=indicator,
        heading=heading,
        stated=printed.stated,
        targets=columns.target_cells(printed),
        achievement=table.cell(row, columns.achievement.number),
        remark=columns.remark_cell(table, row),
        unit_cell=printed.unit,
        weight_cell=printed.weight,
        year_to_date=table.cell(row, to_date.number) if to_date else None,
        activity=printed.activity,
        scale=scale_in_unit(printed.unit) or scale,
        has_slipped=printed.lacks_its_unit,
    )


def _subject_of_its_own(row: Row, printed: PrintedRow, columns: ReportedColumns) -> Cell | None:
    """Return the cell that names the row's indicator.

    One merged over several rows names those with an achievement of their own; the others hold its overflow.
    """
    subject = printed.subject
    if subject is None or is_total(subject.text) or is_total(row.cells[0].text):
        return None
    answer = row.cell_at(columns.achievement.number)
    is_own = subject in row.cells or (answer is not None and not answer.is_blank)
    return subject if is_own else None


def _usual_code_column(table: Table) -> int | None:
    """Return the column that most codes stand in: a row that has lost a blank stands beside its headings."""
    usual = Counter(printed.codes[0].column for _, printed in table.rows if printed.codes).most_common(1)
    return usual[0][0] if usual else None


def _indicator_of(printed: PrintedRow, heading: Cell, plan: Plan) -> Indicator | None:
    """Find the plan's indicator by code; a row without one by its statement, if that is word for word.

    Where a spreadsheet has eaten the code, or only the activity is numbered, the statement need but agree
    with the one indicator that it can be.
    """
    stated = printed.stated
    if stated.code:
        return plan.indicator(stated.code)
    key = match_key(stated.statement)
    if not key:
        return None
    activity = _numbered_activity(printed)
    within = [indicator for indicator in plan.indicators if indicator.code.startswith(activity)]
    same = [indicator for indicator in within if match_key(indicator.statement) == key]
    eaten = codes_eaten(heading.text)
    possible = [indicator for indicator in within if indicator.code in eaten] if eaten else within
    if not same and len(possible) == 1 and agreement(stated.statement, possible[0], plan) is Agreement.OWN:
        return possible[0]
    return same[0] if len(same) == 1 else None


def _numbered_activity(printed: PrintedRow) -> str:
    """Return how the codes of the row's activity begin, `1.2.`; empty where it has no number."""
    number = read_activity_text(printed.activity.text).number if printed.activity else ""
    return f"{number}." if number else ""


def _about_heading(code: str, heading: Cell, indicator_code: str, office: Office) -> Finding:
    return finding(
        code,
        cell=heading.place,
        raw_text=heading.raw_text,
        indicator_code=indicator_code,
        office_id=office.office_id,
    )
