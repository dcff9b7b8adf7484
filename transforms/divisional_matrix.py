"""The divisional matrix: one row per office; target, achievement and remark for each indicator."""

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.grid import Cell, Row
from transforms.entry import Entries, Entry, unknown_indicator
from transforms.finding import Finding, Severity, finding
from transforms.form import Column, Form
from transforms.heading import is_total, read_heading
from transforms.indicator_code import IndicatorText, read_indicator_text
from transforms.office import Division, Office, find_office, suggest_offices
from transforms.plan import Indicator, Plan


@dataclass(frozen=True, slots=True)
class _IndicatorGroup:
    """The columns of one indicator: where it is named, and where its three answers stand."""

    indicator: Indicator
    heading: Cell
    stated: IndicatorText
    target: Column | None
    achievement: Column
    remark: Column | None


def gather_matrix(form: Form, plan: Plan, division: Division | None) -> Entries:
    """Gather the entries of a matrix, office by office.

    A row whose office is not known is held back with its nearest names; the other rows go on. An indicator
    that the plan does not have becomes a finding, and its columns are not read.
    """
    groups, findings = _groups(form, plan)
    entries: list[Entry] = []
    for row in form.body_rows:
        name = _office_cell(form, row)
        if name is None or is_total(name.text):
            continue
        office = find_office(name.text)
        if office is None:
            findings.append(unknown_office(name.text, name.place, severity=Severity.QUARANTINE))
            continue
        if division and office.division_id != division.division_id:
            findings.append(_outside(name, office, division))
        entries.extend(_entry(form, row, office, group) for group in groups)
    return Entries(tuple(entries), tuple(findings))


def unknown_office(name: str, place: str, *, severity: Severity | None = None) -> Finding:
    """Raise the finding for a name that the registry does not hold, with the three nearest that it does."""
    suggestions = suggest_offices(name)
    return finding(
        "unknown_office",
        cell=place,
        raw_text=name,
        severity=severity,
        suggestions_bn=", ".join(f"{near.office.name_bn} ({near.likeness:.0f}%)" for near in suggestions)
        or "—",
        suggestions_en=", ".join(f"{near.office.office_id} ({near.likeness:.0f}%)" for near in suggestions)
        or "none",
    )


def _groups(form: Form, plan: Plan) -> tuple[list[_IndicatorGroup], list[Finding]]:
    groups: list[_IndicatorGroup] = []
    findings: list[Finding] = []
    for heading, columns in _columns_by_indicator(form):
        stated = read_indicator_text(heading.text)
        indicator = plan.indicator(stated.code)
        by_role = {column.role: column for column in columns}
        if indicator is None or "achievement" not in by_role:
            findings.append(unknown_indicator(heading, plan))
            continue
        answers = (by_role.get("target"), by_role["achievement"], by_role.get("remark"))
        groups.append(_IndicatorGroup(indicator, heading, stated, *answers))
    return groups, findings


def _columns_by_indicator(form: Form) -> Iterator[tuple[Cell, list[Column]]]:
    """Yield each indicator's heading with its columns: those from where it stands up to the next one."""
    headings = sorted(
        (cell for row in form.header_rows for cell in row.cells if read_indicator_text(cell.text).code),
        key=lambda cell: cell.column,
    )
    answers = [column for column in form.columns if column.role in ("target", "achievement", "remark")]
    for heading, following in zip(headings, [*headings[1:], None], strict=True):
        end = following.column if following else heading.column + max(heading.column_span, 3)
        yield heading, [column for column in answers if heading.column <= column.number < end]


def _office_cell(form: Form, row: Row) -> Cell | None:
    cells = (form.cell(row, column.number) for column in form.columns_of("office"))
    return next((cell for cell in cells if cell and not cell.is_blank), None)


def _entry(form: Form, row: Row, office: Office, group: _IndicatorGroup) -> Entry:
    target = form.cell(row, group.target.number) if group.target else None
    return Entry(
        office=office,
        indicator=group.indicator,
        heading=group.heading,
        stated=group.stated,
        targets={100: target} if target and not target.is_blank else {},
        achievement=form.cell(row, group.achievement.number),
        remark=form.cell(row, group.remark.number) if group.remark else None,
    )


def target_headings(form: Form) -> Iterator[tuple[Cell, IndicatorText, str]]:
    """Yield each target column's heading cell, its indicator, and the unit word that the heading holds."""
    for heading, columns in _columns_by_indicator(form):
        for column in columns:
            unit = read_heading(column.cell.text).unit
            if column.role == "target" and unit:
                yield column.cell, read_indicator_text(heading.text), unit


def _outside(name: Cell, office: Office, division: Division) -> Finding:
    return finding(
        "office_outside_division",
        cell=name.place,
        raw_text=name.text,
        office_id=office.office_id,
        division_bn=division.name_bn,
        division_en=division.name_en,
    )
