"""The divisional matrix: one row per office; target, achievement and remark for each indicator."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.grid import Cell, Row
from transforms.column import DEEDS, TARGETS, Column
from transforms.entry import Entries, Entry, unknown_indicator
from transforms.finding import Finding, Severity, finding
from transforms.heading import is_total, read_heading
from transforms.indicator_code import IndicatorText, names_activity, read_indicator_text
from transforms.match_key import match_key
from transforms.numerals import bengali_digits, read_number
from transforms.office import (
    Division,
    Office,
    find_office,
    names_a_division,
    names_a_place,
    names_the_divisional_library,
    suggest_offices,
)
from transforms.plan import Indicator, Plan
from transforms.printed_row import PrintedRow
from transforms.reference import load_toml
from transforms.reported_columns import ReportedColumns, reported_columns
from transforms.reporting_period import ReportingPeriod
from transforms.scale import scale_of
from transforms.slipped_row import has_slipped, slipped_codes, target_column
from transforms.table import Table
from transforms.title import Line
from transforms.unread import unread_cells, unread_row


@dataclass(frozen=True, slots=True)
class _IndicatorGroup:
    """The columns of one indicator, where it and its activity are named, and what scales its figures."""

    indicator: Indicator
    heading: Cell
    stated: IndicatorText
    columns: ReportedColumns
    activity: Cell | None
    scale: Cell | None


def gather_matrix(table: Table, plan: Plan, period: ReportingPeriod, division: Division | None) -> Entries:
    """Gather the entries of one table of a matrix, office by office.

    A row whose office is not known is held back with its nearest names; the other rows go on. A row without
    a single answer is an office that has not reported, as in a matrix of our own, and so is one that says but
    that. An indicator that the plan does not have becomes a finding, and so do columns that cannot be told
    apart.
    """
    groups, findings = _groups(table, plan, period)
    in_columns = (target_column(table, group.indicator, group.columns) for group in groups)
    targets = tuple(column for column in in_columns if column)
    entries: list[Entry] = []
    for row, printed in table.rows:
        name = _office_name(printed)
        if name is None or is_total(name.text) or _is_a_line(row, name):
            findings.extend(unread_row(table, row))
            continue
        findings.extend(unread_cells(_remarks_apart(table, row, groups)))
        office = find_office(name.text) or _library_of(division, name)
        if office is None:
            findings.append(unknown_office(name.text, name.cell.place, severity=Severity.QUARANTINE))
            continue
        if division and office.division_id != division.division_id:
            findings.append(_outside(name, office, division))
        slipped = slipped_codes(table, row, printed, targets)
        of_row = [_entry(table, row, printed, office, group, slipped) for group in groups]
        if not targets and has_slipped(of_row):
            of_row = [replace(entry, has_slipped=True) for entry in of_row]
        if not any(entry.says_anything for entry in of_row):
            findings.append(_about_office("office_left_blank", name, office))
        elif _say_that_none_came(of_row):
            findings.append(_about_office("report_not_received", name, office))
        else:
            entries.extend(of_row)
    return Entries(tuple(entries), tuple(findings))


def unknown_office(name: str, place: str, *, severity: Severity | None = None) -> Finding:
    """Raise the finding for a name that the registry does not hold, with the three nearest that it does.

    The name is empty where a report names no office at all.
    """
    words = load_toml("words.toml")["unknown_office"]["named" if name else "unnamed"]
    nearest = [(near.office, f" ({near.likeness:.0f}%)") for near in suggest_offices(name)]
    nearest_bn = bengali_digits(", ".join(office.name_bn + likeness for office, likeness in nearest))
    nearest_en = ", ".join(office.office_id + likeness for office, likeness in nearest)
    return finding(
        "unknown_office",
        cell=place,
        raw_text=name,
        severity=severity,
        said_bn=words["bn"].format(cell=place, raw=name, suggestions=nearest_bn or "—"),
        said_en=words["en"].format(cell=place, raw=name, suggestions=nearest_en or "none"),
    )


def _library_of(division: Division | None, name: Line) -> Office | None:
    """Return the division's own library where a row names it by its level alone: বিভাগীয় সরকারি গণগ্রন্থাগার."""
    if division is None or not names_the_divisional_library(name.text):
        return None
    return find_office(f"{name.text}, {division.name_bn}")


def _is_a_line(row: Row, name: Line) -> bool:
    """Whether a row names a group of offices above them, and nothing else: উপজেলা গ্রন্থাগারসমূহ, খুলনা বিভাগ."""
    names_a_group = names_a_division(name.text) or not names_a_place(name.text)
    return row.written == (name.cell,) and names_a_group


def _say_that_none_came(of_row: Sequence[Entry]) -> bool:
    """Whether all that is written of an office is that its report was not received."""
    words = {match_key(phrase) for phrase in load_toml("office_words.toml")["no_report"]}
    texts = (text for entry in of_row for text in (entry.achievement_text, entry.remark_text))
    said = {match_key(text) for text in texts if not read_number(text).is_nothing}
    return bool(said) and said <= words


def _about_office(code: str, name: Line, office: Office) -> Finding:
    return finding(code, cell=name.cell.place, raw_text=name.text, office_id=office.office_id)


def columns_apart(table: Table) -> tuple[Column, ...]:
    """Return the columns that say what was to be done or was done, and stand under no indicator.

    Where there are any, indicators and columns have slipped against each other, and none can be trusted.
    """
    said = table.header.columns_of(*DEEDS, *TARGETS)
    return tuple(column for column in said if not column.indicator_cell)


def target_headings(table: Table) -> Iterator[tuple[Cell, IndicatorText, str]]:
    """Yield each target column's heading cell, its indicator, and the unit word that the heading holds."""
    for column in table.header.columns_of("target"):
        unit = read_heading(column.cell.text).unit
        if unit and column.indicator_cell:
            yield column.cell, read_indicator_text(column.indicator_cell.text), unit


def _groups(table: Table, plan: Plan, period: ReportingPeriod) -> tuple[list[_IndicatorGroup], list[Finding]]:
    groups: list[_IndicatorGroup] = []
    findings: list[Finding] = []
    for heading in table.header.indicator_cells():
        stated = read_indicator_text(heading.text)
        indicator = plan.indicator(stated.code)
        columns = reported_columns(_columns_under(table, heading), period)
        if indicator is None:
            findings.append(unknown_indicator(heading, plan))
        elif columns is None:
            findings.append(_unclear_columns(heading, stated))
        else:
            activity, scale = _activity_over(columns), scale_of(table, columns)
            groups.append(_IndicatorGroup(indicator, heading, stated, columns, activity, scale))
    return groups, findings


def _activity_over(columns: ReportedColumns) -> Cell | None:
    named = (cell for cell in columns.achievement.headings if names_activity(cell.text))
    return next(named, None)


def _columns_under(table: Table, heading: Cell) -> list[Column]:
    return [column for column in table.header.columns if column.indicator_cell == heading]


def _office_name(printed: PrintedRow) -> Line | None:
    """Return the name of a row's office; district and library may stand in two columns."""
    cells = [printed.cell(column.number) for column in printed.header.columns_of("office")]
    named = list(dict.fromkeys(cell for cell in cells if cell and not cell.is_blank))
    return Line(", ".join(cell.text for cell in named), named[-1]) if named else None


def _entry(
    table: Table,
    row: Row,
    printed: PrintedRow,
    office: Office,
    group: _IndicatorGroup,
    slipped: frozenset[str],
) -> Entry:
    columns, is_slipped = group.columns, group.indicator.code in slipped
    return Entry(
        office=office,
        indicator=group.indicator,
        heading=group.heading,
        stated=group.stated,
        targets={} if is_slipped else columns.target_cells(printed),
        achievement=table.cell(row, columns.achievement.number),
        remark=columns.remark_cell(table, row),
        year_to_date=table.cell(row, columns.year_to_date.number) if columns.year_to_date else None,
        activity=group.activity,
        scale=group.scale,
        has_slipped=is_slipped,
    )


def _remarks_apart(table: Table, row: Row, groups: list[_IndicatorGroup]) -> Iterator[Cell]:
    """Yield the remarks of a row that belong to no indicator, or are one too many."""
    for column in table.header.columns_of("remark"):
        cell = row.cell_at(column.number)
        if column.indicator_cell is None and cell:
            yield cell
    for group in groups:
        yield from group.columns.other_remarks(table, row)


def _unclear_columns(heading: Cell, stated: IndicatorText) -> Finding:
    return finding(
        "unclear_columns", cell=heading.place, raw_text=heading.raw_text, indicator_code=stated.code
    )


def _outside(name: Line, office: Office, division: Division) -> Finding:
    return finding(
        "office_outside_division",
        cell=name.cell.place,
        raw_text=name.text,
        office_id=office.office_id,
        division_bn=division.name_bn,
        division_en=division.name_en,
    )
