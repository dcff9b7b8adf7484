"""Identity: whose report a form is, and of which annex; the period is read with the form."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from transforms.annex import annex_named
from transforms.divisional_matrix import unknown_office
from transforms.finding import Finding, finding
from transforms.form import Form
from transforms.indicator_code import IndicatorText, read_indicator_text
from transforms.numerals import bengali_digits
from transforms.office import Division, Office, division_of
from transforms.reference import load_toml
from transforms.reporting_period import (
    PeriodReading,
    PeriodStatement,
    ReportingPeriod,
    read_reporting_period,
    write_period,
)
from transforms.statement import annex_with_statements, annex_with_weights
from transforms.title import NamedOffices, division_named, offices_named


@dataclass(frozen=True, slots=True)
class NamedOffice:
    """The office that a form is of, `None` where it cannot be known, and what was found on the way."""

    office: Office | None
    findings: tuple[Finding, ...] = ()

    @property
    def is_unsaid(self) -> bool:
        """Whether the form names no office at all, known or unknown."""
        return self.office is None and not any(found.raw_text for found in self.findings)


def office_of_form(form: Form) -> NamedOffice:
    """Return the office that the title names, or failing that the cover or the signature.

    A title that names an office nobody knows is not overruled by a signature. Where a title names several (a
    report is also addressed to someone), the one that signs it is meant.
    """
    signed = offices_named(form.signature)
    for lines in (form.title, form.cover):
        named = offices_named(lines)
        office = named.only_one or _signing(named, signed)
        if office:
            return NamedOffice(office, tuple(_conflict(office, signed)))
        if named.known or named.unknown:
            return NamedOffice(None, (_unknown(named),))
    return NamedOffice(signed.only_one, () if signed.only_one else (_unknown(signed),))


def division_of_form(form: Form) -> Division | None:
    """Return the division that a matrix is of: the one its title names, or the one whose library sends it."""
    named = division_named(form.title) or division_named(form.cover)
    if named:
        return named
    senders = {**offices_named(form.title).known, **offices_named(form.signature).known}
    divisions = {office.division_id for office in senders.values()}
    return division_of(divisions.pop()) if len(divisions) == 1 else None


def annex_of(form: Form) -> str | None:
    """Return the annex that the title names, or the cover, or else the indicators by words or by weights."""
    for lines in (form.title, form.cover):
        annex = annex_named([" ".join(line.text for line in lines)])
        if annex:
            return annex
    stated = list(_indicators_of(form))
    return annex_with_statements(stated) or annex_with_weights(stated)


def period_conflict(form: Form, stated: PeriodReading) -> Iterator[Finding]:
    """Yield the finding for statements of the period that disagree, at the first place that states it."""
    if stated.conflict and stated.period:
        first = stated.statements[0].text
        cells = [line.cell for line in form.title] + [
            cell for row in form.tables[0].header.rows for cell in row.written
        ]
        cell = next((cell for cell in cells if first in cell.text), cells[0])
        yield finding(
            "period_conflict",
            cell=cell.place,
            raw_text=cell.raw_text,
            conflict_bn="; ".join(dict.fromkeys(_in_bengali(said) for said in stated.statements)),
            conflict_en=stated.conflict,
            period_bn=write_period(stated.period),
            period_en=str(stated.period),
        )


def file_name_conflict(file_name: str, period: ReportingPeriod) -> Iterator[Finding]:
    """Yield the finding for a file called after another quarter or year than its title names.

    A report begun as a copy of the last one keeps its title. A quarter numbered by the calendar is no other.
    """
    name = PurePosixPath(file_name).name
    said = read_reporting_period([PurePosixPath(name).stem.replace("_", " ")]).statements
    quarters = {statement.quarter for statement in said} - {None}
    years = {statement.fiscal_year for statement in said} - {None}
    of_the_calendar = (period.quarter + 1) % 4 + 1
    if quarters - {period.quarter, of_the_calendar} or years - {period.fiscal_year}:
        yield finding(
            "file_name_conflict",
            raw_text=name,
            file=name,
            period_bn=write_period(period),
            period_en=str(period),
        )


def _signing(named: NamedOffices, signed: NamedOffices) -> Office | None:
    both = named.known.keys() & signed.known.keys()
    return named.known[both.pop()] if len(both) == 1 else None


def _conflict(office: Office, signed: NamedOffices) -> Iterator[Finding]:
    other = signed.only_one
    if other and other != office:
        line = signed.lines[other.office_id]
        yield finding(
            "office_conflict",
            cell=line.cell.place,
            raw_text=line.cell.raw_text,
            office_id=office.office_id,
            named_bn=office.name_bn,
            named_en=office.name_en,
            signed_bn=other.name_bn,
            signed_en=other.name_en,
        )


def _unknown(named: NamedOffices) -> Finding:
    """Raise the finding for lines that name no known office, or several, or for none that names one."""
    lines = named.unknown or tuple(named.lines.values())
    place = lines[0].cell.place if lines else ""
    return unknown_office(" / ".join(line.text.strip() for line in lines), place)


def _indicators_of(form: Form) -> Iterator[IndicatorText]:
    for table in form.tables:
        yield from (read_indicator_text(cell.text) for cell in table.header.indicator_cells())
        yield from (printed.stated for _, printed in table.rows)


def _in_bengali(statement: PeriodStatement) -> str:
    source = load_toml("words.toml")["period_sources"][statement.source]
    quarter = f"{statement.quarter} নং ত্রৈমাসিক" if statement.quarter else ""
    said = ", ".join(filter(None, (quarter, str(statement.fiscal_year or ""))))
    return bengali_digits(f"{source}: {said or '—'}")
