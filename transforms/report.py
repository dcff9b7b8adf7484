"""A report: everything one submission was understood to say.

Reading goes step by step: the form, its annex, its period, its plan, its office, its answers, and then the
checks. A step that cannot be taken rejects the report with a finding; what was known by then is kept.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.grid import Cell, Grid, Row
from extractors.reader import read
from extractors.refusal import Refusal, UnsafeContent
from transforms.answer import Answer, observation_of, read_answer, target_bands_of
from transforms.checks import run_checks
from transforms.divisional_matrix import gather_matrix, unknown_office
from transforms.entry import Entries
from transforms.filled_form import FilledForm
from transforms.finding import Finding, Severity, asks_a_person, finding
from transforms.form import Column, Form, FormKind, find_form
from transforms.indicator_code import read_indicator_text
from transforms.legacy_font import Converted, to_unicode_grid
from transforms.numerals import bengali_digits
from transforms.observation import Observation, TargetBand, withheld
from transforms.office import Division, Office, division_of, find_division, find_office, names_a_library
from transforms.office_form import gather_office_form
from transforms.plan import Plan, annex_named, annex_with, plan_of
from transforms.reference import load_toml
from transforms.reporting_period import (
    PeriodReading,
    PeriodStatement,
    ReportingPeriod,
    read_reporting_period,
    write_period,
)


@dataclass(frozen=True, slots=True)
class Report:
    """One submission as read and checked. What could not be known is an empty string or `None`.

    `office_id` is empty for a divisional matrix, whose observations name an office each.
    """

    submission_id: str
    form: str = ""
    office_id: str = ""
    division_id: str = ""
    fiscal_year: str = ""
    quarter: int | None = None
    observations: tuple[Observation, ...] = ()
    target_bands: tuple[TargetBand, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def rejection_code(self) -> str | None:
        """The code of the finding that keeps this report out of the figures, if one does."""
        return next((found.code for found in self.findings if found.severity is Severity.REJECT), None)

    @property
    def status(self) -> str:
        """`accepted`, `accepted_with_findings` or `rejected`, as the contract spells them."""
        if self.rejection_code:
            return "rejected"
        return "accepted_with_findings" if asks_a_person(self.findings) else "accepted"

    def with_findings(self, findings: Iterable[Finding]) -> "Report":
        """Return the report with more findings; one that now carries a rejection gives up its figures."""
        told = replace(self, findings=(*self.findings, *findings))
        return replace(told, observations=(), target_bands=()) if told.rejection_code else told


def read_file(submission_id: str, file_name: str, content: bytes) -> Report:
    """Read a file's bytes as a report; a file that gives no grid is a report rejected with the reason."""
    try:
        grid = read(content)
    except Refusal as refusal:
        return Report(submission_id).with_findings([_refused(file_name, refusal)])
    return read_report(submission_id, file_name, grid)


def read_report(submission_id: str, file_name: str, grid: Grid) -> Report:
    """Read a file's grid as a report. Never raises for anything an office may have written."""
    unicode_grid, converted = to_unicode_grid(grid)
    report = Report(submission_id, findings=tuple(_legacy_font(converted)))
    form = find_form(unicode_grid)
    if form is None:
        return report.with_findings([_unknown_form(file_name, "no_table")])
    report = replace(report, form=form.kind)

    stated_period = read_reporting_period(_texts_of_the_period(form))
    period = stated_period.period
    if period is None:
        return report.with_findings([finding("unknown_period")])
    report = replace(report, fiscal_year=str(period.fiscal_year), quarter=period.quarter)
    report = report.with_findings(_period_conflict(form, stated_period))

    annex = annex_named(_texts(form.heading_rows)) or annex_with(_codes(form), period.fiscal_year)
    if annex is None:
        return report.with_findings([_unknown_form(file_name, "no_annex")])
    plan = plan_of(annex, period.fiscal_year)
    if plan is None:
        return report.with_findings(
            [finding("unknown_plan", annex=annex, fiscal_year=str(period.fiscal_year))]
        )
    fill = _fill_matrix if form.kind is FormKind.DIVISIONAL_MATRIX else _fill_office_form
    return fill(report, file_name, form, plan, period)


def _fill_office_form(
    report: Report, file_name: str, form: Form, plan: Plan, period: ReportingPeriod
) -> Report:
    office = _office_of(form)
    if not isinstance(office, Office):
        return report.with_findings([office])
    report = replace(report, office_id=office.office_id, division_id=office.division_id)
    achievement = _achievement_column(form, period)
    if achievement is None:
        return report.with_findings([_unknown_form(file_name, "several_achievements")])
    gathered = gather_office_form(form, plan, office, achievement)
    return _checked(report, file_name, form, plan, period, office, division_of(office.division_id), gathered)


def _fill_matrix(report: Report, file_name: str, form: Form, plan: Plan, period: ReportingPeriod) -> Report:
    division = _division_of(form)
    gathered = gather_matrix(form, plan, division)
    report = replace(report, division_id=division.division_id if division else "")
    return _checked(report, file_name, form, plan, period, None, division, gathered)


def _checked(
    report: Report,
    file_name: str,
    form: Form,
    plan: Plan,
    period: ReportingPeriod,
    office: Office | None,
    division: Division | None,
    gathered: Entries,
) -> Report:
    report = report.with_findings(gathered.findings)
    if not gathered.entries:
        return report.with_findings([_unknown_form(file_name, "no_indicator")])
    answers, doubled = _settle_duplicates([read_answer(entry) for entry in gathered.entries])
    filled = FilledForm(form, plan, period, office, division, answers)
    in_doubt = {
        (found.office_id, found.indicator_code) for found in doubled if found.severity is Severity.QUARANTINE
    }
    observations = tuple(observation_of(answer, plan, period, report.submission_id) for answer in answers)
    return replace(
        report,
        observations=tuple(
            withheld(seen) if (seen.office_id, seen.indicator_code) in in_doubt else seen
            for seen in observations
        ),
        target_bands=tuple(
            band for answer in answers for band in target_bands_of(answer, plan, period, report.submission_id)
        ),
    ).with_findings(
        [*doubled, *(found for answer in answers for found in answer.findings), *run_checks(filled)]
    )


def _settle_duplicates(answers: Sequence[Answer]) -> tuple[tuple[Answer, ...], list[Finding]]:
    """Keep the first answer of each office and indicator.

    Where a later one says the same, that is worth a warning; where it says something else, nobody but the
    office can say which is right, and the figure is withheld.
    """
    grouped: defaultdict[tuple[str, str], list[Answer]] = defaultdict(list)
    for answer in answers:
        grouped[answer.entry.office.office_id, answer.entry.indicator.code].append(answer)
    findings = [
        _duplicate(later, agrees=later.achievement == same[0].achievement)
        for same in grouped.values()
        for later in same[1:]
    ]
    return tuple(same[0] for same in grouped.values()), findings


def _duplicate(answer: Answer, *, agrees: bool) -> Finding:
    entry = answer.entry
    return finding(
        "duplicate_indicator",
        cell=entry.place,
        raw_text=entry.achievement_text,
        indicator_code=entry.indicator.code,
        office_id=entry.office.office_id,
        severity=Severity.WARN if agrees else Severity.QUARANTINE,
    )


def _office_of(form: Form) -> Office | Finding:
    """Return the office that the heading names, or failing that the signature; else the finding to raise."""
    named = [cell for cell in _cells(form.heading_rows) if names_a_library(cell.text)]
    signed = [cell for cell in _cells(form.footer_rows) if names_a_library(cell.text)]
    for cells in (named, signed):
        offices = {office.office_id: office for cell in cells if (office := find_office(cell.text))}
        if len(offices) == 1:
            return next(iter(offices.values()))
    doubtful = [*named, *signed]
    if not doubtful:
        return unknown_office("", "")
    return unknown_office(doubtful[-1].text if not named else named[-1].text, doubtful[0].place)


def _division_of(form: Form) -> Division | None:
    """Return the division that a matrix's title names."""
    titles = (find_division(text) for text in _texts(form.heading_rows))
    return next((division for division in titles if division), None)


def _achievement_column(form: Form, period: ReportingPeriod) -> Column | None:
    """Return the column of the quarter reported: the only one, the one that names it, or the one unnamed."""
    columns = form.columns_of("achievement")
    if len(columns) == 1:
        return columns[0]
    for quarter in (period.quarter, None):
        fitting = [column for column in columns if column.heading.quarter == quarter]
        if len(fitting) == 1:
            return fitting[0]
    return None


def _texts_of_the_period(form: Form) -> list[str]:
    """Return the texts that may name the period: the lines above the table and its columns' headings."""
    headings = {column.cell.place: column.cell.text for column in form.columns}
    return [*_texts(form.heading_rows), *headings.values()]


def _period_conflict(form: Form, stated: PeriodReading) -> Iterator[Finding]:
    if stated.conflict and stated.period:
        first = stated.statements[0].text
        named = (*_cells(form.heading_rows), *(column.cell for column in form.columns))
        cell = next(cell for cell in named if cell.text == first)
        yield finding(
            "period_conflict",
            cell=cell.place,
            raw_text=cell.raw_text,
            conflict_bn="; ".join(dict.fromkeys(_in_bengali(said) for said in stated.statements)),
            conflict_en=stated.conflict,
            period_bn=write_period(stated.period),
            period_en=str(stated.period),
        )


def _in_bengali(statement: PeriodStatement) -> str:
    source = load_toml("words.toml")["period_sources"][statement.source]
    quarter = f"{statement.quarter} নং ত্রৈমাসিক" if statement.quarter else ""
    said = ", ".join(filter(None, (quarter, str(statement.fiscal_year or ""))))
    return bengali_digits(f"{source}: {said or '—'}")


def _legacy_font(converted: Sequence[Converted]) -> Iterator[Finding]:
    if converted:
        first = converted[0]
        yield finding(
            "legacy_font_converted", cell=first.place, raw_text=first.raw_text, count=len(converted)
        )


def _refused(file_name: str, refusal: Refusal) -> Finding:
    code = "unsafe_content" if isinstance(refusal, UnsafeContent) else "unreadable_file"
    reasons = load_toml("words.toml")[code]
    words = reasons.get(refusal.reason_code) or reasons["unread_kind"]
    return finding(
        code, raw_text=refusal.detail, file=file_name, reason_bn=words["bn"], reason_en=words["en"]
    )


def _unknown_form(file_name: str, reason: str) -> Finding:
    words = load_toml("words.toml")["unknown_form"][reason]
    return finding("unknown_form", file=file_name, reason_bn=words["bn"], reason_en=words["en"])


def _codes(form: Form) -> set[str]:
    rows = (*form.header_rows, *form.body_rows)
    return {code for cell in _cells(rows) if (code := read_indicator_text(cell.text).code)}


def _texts(rows: Iterable[Row]) -> list[str]:
    return [cell.text for cell in _cells(rows)]


def _cells(rows: Iterable[Row]) -> Iterator[Cell]:
    return (cell for row in rows for cell in row.cells if not cell.is_blank)
