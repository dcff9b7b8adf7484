"""The reading of one form into a report.

It goes step by step: the form's period, its annex, its plan, its office, its answers, and then the checks. A
step that cannot be taken rejects the report with a finding; what was known by then is kept.
"""

from collections.abc import Iterable
from dataclasses import replace

from transforms.annex import all_annexes
from transforms.answer import observation_of, read_answer, target_bands_of
from transforms.bundle import Bundle
from transforms.checks import run_checks
from transforms.corrections import correct, correction_findings
from transforms.divisional_matrix import columns_apart, gather_matrix
from transforms.duplicates import settle_answers
from transforms.entry import Entries
from transforms.filled_form import FilledForm
from transforms.finding import Finding, Severity, finding
from transforms.form import Form, FormKind
from transforms.identity import annex_of, division_of_form, file_name_conflict, period_conflict
from transforms.observation import Observation, withheld
from transforms.office import Division, Office, division_of
from transforms.office_form import gather_office_form
from transforms.plan import Plan, plan_of
from transforms.reference import load_toml
from transforms.report import Report
from transforms.reported_columns import reported_columns
from transforms.reporting_period import ReportingPeriod
from transforms.unread import unread_columns


def read_form(report: Report, file_name: str, form: Form, bundle: Bundle) -> Report:
    """Fill a report with what a form says; the others of its bundle may say whose it is, and of when."""
    report = replace(report, form=form.kind)
    stated = bundle.period_of(form)
    period = stated.period
    if period is None:
        return report.with_findings([finding("unknown_period")])
    report = replace(report, fiscal_year=str(period.fiscal_year), quarter=period.quarter)
    report = report.with_findings(period_conflict(form, stated))
    if len(bundle.forms) == 1:
        report = report.with_findings(file_name_conflict(file_name, period))

    annex = annex_of(form)
    if annex is None:
        return report.with_findings([unknown_form(file_name, "no_annex")])
    plan = plan_of(annex, period.fiscal_year)
    if plan is None:
        return report.with_findings([_unknown_plan(annex, period)])
    report = replace(report, plan_id=plan.plan_id)
    if form.kind is FormKind.DIVISIONAL_MATRIX:
        return _fill_matrix(report, file_name, form, plan, period)
    named = bundle.office_of(form)
    report = report.with_findings(named.findings)
    return _fill_office_form(report, file_name, form, plan, period, named.office) if named.office else report


def unknown_form(file_name: str, reason: str) -> Finding:
    """Raise the finding for a file that holds no form that can be read, for a reason of `words.toml`."""
    words = load_toml("words.toml")["unknown_form"][reason]
    return finding("unknown_form", file=file_name, reason_bn=words["bn"], reason_en=words["en"])


def _fill_office_form(
    report: Report, file_name: str, form: Form, plan: Plan, period: ReportingPeriod, office: Office
) -> Report:
    report = replace(report, office_id=office.office_id, division_id=office.division_id)
    gathered: list[Entries] = []
    for table in form.tables:
        columns = reported_columns(table.header.columns, period)
        if columns is None:
            return report.with_findings([unknown_form(file_name, "no_achievement"), *unread_columns(table)])
        gathered.append(gather_office_form(table, plan, office, columns))
    division = division_of(office.division_id)
    return _checked(report, file_name, form, plan, period, office, division, Entries.joined(gathered))


def _fill_matrix(report: Report, file_name: str, form: Form, plan: Plan, period: ReportingPeriod) -> Report:
    if any(columns_apart(table) for table in form.tables):
        return report.with_findings([unknown_form(file_name, "columns_apart")])
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
        return report.with_findings([unknown_form(file_name, reason)])
    corrected = correct(gathered.entries, plan, period)
    report = replace(report, corrections=corrected.tried)
    report = report.with_findings(correction_findings(corrected.tried))
    answers, doubled = settle_answers(read_answer(entry) for entry in corrected.entries)
    filled = FilledForm(form, plan, period, office, division, answers)
    findings = [*doubled, *(found for answer in answers for found in answer.findings), *run_checks(filled)]
    observations = (observation_of(answer, plan, period, report.submission_id) for answer in answers)
    doubts = [found for found in findings if found.severity is Severity.QUARANTINE]
    return replace(
        report,
        observations=tuple(withheld(seen) if _is_in_doubt(seen, doubts) else seen for seen in observations),
        target_bands=tuple(
            band for answer in answers for band in target_bands_of(answer, plan, period, report.submission_id)
        ),
    ).with_findings(findings)


def _is_in_doubt(seen: Observation, doubts: Iterable[Finding]) -> bool:
    """Whether a doubt withholds this figure; one about a matrix's heading holds for all its offices."""
    return any(
        found.indicator_code == seen.indicator_code and found.office_id in ("", seen.office_id)
        for found in doubts
    )


def _division_of_all(gathered: Entries) -> Division | None:
    """Return the division that all offices of a matrix lie in, where its title names none."""
    divisions = {entry.office.division_id for entry in gathered.entries}
    return division_of(divisions.pop()) if len(divisions) == 1 else None


def _unknown_plan(annex_id: str, period: ReportingPeriod) -> Finding:
    annex = all_annexes()[annex_id]
    year = period.fiscal_year
    return finding("unknown_plan", annex_bn=annex.name_bn, annex_en=annex.name_en, fiscal_year=year)
