"""A report: everything one submission was understood to say.

Reading goes step by step: the form, its annex, its period, its plan, its office, its answers, and then the
checks. A step that cannot be taken rejects the report with a finding; what was known by then is kept.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.grid import Grid
from extractors.reader import read
from extractors.refusal import Refusal
from transforms.annex import all_annexes
from transforms.answer import Answer, observation_of, read_answer, target_bands_of
from transforms.checks import run_checks
from transforms.corrections import TriedCorrection, correct, correction_findings
from transforms.divisional_matrix import columns_apart, gather_matrix
from transforms.entry import Entries
from transforms.filled_form import FilledForm
from transforms.finding import Finding, Severity, asks_a_person, finding
from transforms.form import Form, FormKind, find_forms
from transforms.identity import (
    annex_of,
    division_of_form,
    office_of_form,
    period_conflict,
    several_reports,
)
from transforms.legacy_font import Converted, to_unicode_grid
from transforms.observation import Observation, TargetBand, withheld
from transforms.office import Division, Office, division_of
from transforms.office_form import gather_office_form
from transforms.plan import Plan, plan_of
from transforms.reference import load_toml
from transforms.refused_file import refused_file
from transforms.reported_columns import reported_columns
from transforms.reporting_period import ReportingPeriod
from transforms.unread import headings_of_no_report, hidden_content


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
    corrections: tuple[TriedCorrection, ...] = ()
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
        without_figures = replace(told, observations=(), target_bands=(), corrections=())
        return without_figures if told.rejection_code else told


def read_file(submission_id: str, file_name: str, content: bytes) -> Report:
    """Read a file's bytes as a report; a file that gives no grid is a report rejected with the reason."""
    try:
        grid = read(content)
    except Refusal as refusal:
        return Report(submission_id).with_findings([refused_file(file_name, refusal)])
    return read_report(submission_id, file_name, grid)


def read_report(submission_id: str, file_name: str, grid: Grid) -> Report:
    """Read a file's grid as a report. Never raises for anything an office may have written."""
    unicode_grid, converted = to_unicode_grid(grid)
    report = Report(submission_id, findings=tuple(_legacy_font(converted)))
    forms = find_forms(unicode_grid)
    report = report.with_findings(hidden_content(unicode_grid, forms))
    if not forms:
        return report.with_findings(
            [_unknown_form(file_name, "no_table"), *headings_of_no_report(unicode_grid)]
        )
    form = forms[0]
    report = replace(report, form=form.kind)
    if len(forms) > 1:
        return report.with_findings([several_reports(forms[1])])

    stated_period = form.period()
    period = stated_period.period
    if period is None:
        return report.with_findings([finding("unknown_period")])
    report = replace(report, fiscal_year=str(period.fiscal_year), quarter=period.quarter)
    report = report.with_findings(period_conflict(form, stated_period))

    annex = annex_of(form)
    if annex is None:
        return report.with_findings([_unknown_form(file_name, "no_annex")])
    plan = plan_of(annex, period.fiscal_year)
    if plan is None:
        return report.with_findings([_unknown_plan(annex, period)])
    fill = _fill_matrix if form.kind is FormKind.DIVISIONAL_MATRIX else _fill_office_form
    return fill(report, file_name, form, plan, period)


def _fill_office_form(
    report: Report, file_name: str, form: Form, plan: Plan, period: ReportingPeriod
) -> Report:
    named = office_of_form(form)
    report = report.with_findings(named.findings)
    office = named.office
    if office is None:
        return report
    report = replace(report, office_id=office.office_id, division_id=office.division_id)
    gathered: list[Entries] = []
    for table in form.tables:
        columns = reported_columns(table.header.columns, period)
        if columns is None:
            return report.with_findings([_unknown_form(file_name, "no_achievement")])
        gathered.append(gather_office_form(table, plan, office, columns))
    division = division_of(office.division_id)
    return _checked(report, file_name, form, plan, period, office, division, Entries.joined(gathered))


def _fill_matrix(report: Report, file_name: str, form: Form, plan: Plan, period: ReportingPeriod) -> Report:
    if any(columns_apart(table) for table in form.tables):
        return report.with_findings([_unknown_form(file_name, "columns_apart")])
    named = division_of_form(form)
    gathered = Entries.joined([gather_matrix(table, plan, period, named) for table in form.tables])
    division = named or _division_of_all(gathered)
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
        is_for_want_of_offices = any(found.code == "unknown_office" for found in gathered.findings)
        reason = "no_office" if is_for_want_of_offices else "no_indicator"
        return report.with_findings([_unknown_form(file_name, reason)])
    corrected = correct(gathered.entries, plan, period)
    report = replace(report, corrections=corrected.tried)
    report = report.with_findings(correction_findings(corrected.tried))
    answers, doubled = _settle_duplicates([read_answer(entry) for entry in corrected.entries])
    filled = FilledForm(form, plan, period, office, division, answers)
    findings = [*doubled, *(found for answer in answers for found in answer.findings), *run_checks(filled)]
    observations = (observation_of(answer, plan, period, report.submission_id) for answer in answers)
    return replace(
        report,
        observations=tuple(withheld(seen) if _is_in_doubt(seen, findings) else seen for seen in observations),
        target_bands=tuple(
            band for answer in answers for band in target_bands_of(answer, plan, period, report.submission_id)
        ),
    ).with_findings(findings)


def _is_in_doubt(seen: Observation, findings: Iterable[Finding]) -> bool:
    """Whether a finding withholds this figure; one of a matrix's heading holds for all its offices."""
    return any(
        found.severity is Severity.QUARANTINE
        and found.indicator_code == seen.indicator_code
        and found.office_id in ("", seen.office_id)
        for found in findings
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


def _division_of_all(gathered: Entries) -> Division | None:
    """Return the division that all offices of a matrix lie in, where its title names none."""
    divisions = {entry.office.division_id for entry in gathered.entries}
    return division_of(divisions.pop()) if len(divisions) == 1 else None


def _legacy_font(converted: Sequence[Converted]) -> Iterator[Finding]:
    if converted:
        first = converted[0]
        yield finding(
            "legacy_font_converted", cell=first.place, raw_text=first.raw_text, count=len(converted)
        )


def _unknown_plan(annex_id: str, period: ReportingPeriod) -> Finding:
    annex = all_annexes()[annex_id]
    year = str(period.fiscal_year)
    return finding("unknown_plan", annex_bn=annex.name_bn, annex_en=annex.name_en, fiscal_year=year)


def _unknown_form(file_name: str, reason: str) -> Finding:
    words = load_toml("words.toml")["unknown_form"][reason]
    return finding("unknown_form", file=file_name, reason_bn=words["bn"], reason_en=words["en"])
