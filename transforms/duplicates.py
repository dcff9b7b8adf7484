"""What stands twice: an indicator within a report, or a whole report within a file.

Where both say the same, that is worth a warning and counts once. Where they say different things, nobody but
the office can say which is right, and neither is believed.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

from transforms.answer import Answer
from transforms.finding import Finding, Severity, finding
from transforms.form import Form
from transforms.numerals import bengali_digits
from transforms.reference import load_toml
from transforms.report import Report


def settle_answers(answers: Iterable[Answer]) -> tuple[tuple[Answer, ...], list[Finding]]:
    """Keep the first answer of each office and indicator; another one that differs withholds the figure."""
    grouped: defaultdict[tuple[str, str], list[Answer]] = defaultdict(list)
    for answer in answers:
        grouped[answer.entry.office.office_id, answer.entry.indicator.code].append(answer)
    findings = [
        _answered_again(later, agrees=later.achievement == same[0].achievement)
        for same in grouped.values()
        for later in same[1:]
    ]
    return tuple(same[0] for same in grouped.values()), findings


def settle_reports(read: Iterable[tuple[Form, Report]]) -> tuple[Report, ...]:
    """Keep the first report of each annex, office and quarter; another one that differs rejects it."""
    grouped: defaultdict[Hashable, list[tuple[Form, Report]]] = defaultdict(list)
    for form, report in read:
        grouped[_subject(report)].append((form, report))
    return tuple(_told_once(same) for same in grouped.values())


def _answered_again(answer: Answer, *, agrees: bool) -> Finding:
    entry = answer.entry
    words = load_toml("words.toml")["duplicate_indicator"]["agrees" if agrees else "differs"]
    return finding(
        "duplicate_indicator",
        cell=entry.place,
        raw_text=entry.achievement_text,
        indicator_code=entry.indicator.code,
        office_id=entry.office.office_id,
        severity=Severity.WARN if agrees else Severity.QUARANTINE,
        said_bn=words["bn"],
        said_en=words["en"],
    )


def _subject(report: Report) -> Hashable:
    """Return what a report is about; one rejected, or a matrix of no known division, is its own."""
    whose = report.office_id or report.division_id
    if report.rejection_code or not whose:
        return report.submission_id
    return report.form, report.plan_id, whose, report.fiscal_year, report.quarter


def _told_once(same: Sequence[tuple[Form, Report]]) -> Report:
    (_, first), *again = same
    findings: list[Finding] = []
    for form, report in again:
        findings += _reported_again(first, report, form)
    return first.with_findings(findings)


def _reported_again(first: Report, again: Report, form: Form) -> list[Finding]:
    cell = form.begins_at
    differing = ", ".join(_differing_codes(first, again))
    if differing:
        return [
            finding(
                "several_reports",
                cell=cell.place,
                raw_text=cell.raw_text,
                differing_bn=bengali_digits(differing),
                differing_en=differing,
            )
        ]
    told = {_what_is_told(found) for found in first.findings}
    of_its_own = [found for found in again.findings if _what_is_told(found) not in told]
    return [finding("report_repeated", cell=cell.place, raw_text=cell.raw_text), *of_its_own]


def _what_is_told(found: Finding) -> Hashable:
    return found.code, found.raw_text, found.indicator_code, found.office_id


def _differing_codes(first: Report, again: Report) -> list[str]:
    """Return the indicators of which two reports do not give the same figures and targets."""
    differing = _figures(first).items() ^ _figures(again).items()
    return sorted({code for (_, code, _), _ in differing})


def _figures(report: Report) -> dict[tuple[str, str, int], Hashable]:
    """Return what a report says by office, indicator and band; what was done stands at band 0."""
    done: dict[tuple[str, str, int], Hashable] = {
        (seen.office_id, seen.indicator_code, 0): (
            *(seen.state, seen.value, seen.value_date, seen.achieved_quarter, seen.achieved_by),
            *(seen.planned_quarter, seen.planned_date),
            seen.achievement_text if seen.state == "unreadable" else "",
        )
        for seen in report.observations
    }
    targets: dict[tuple[str, str, int], Hashable] = {
        (band.office_id, band.indicator_code, band.band): (band.target_value, band.target_date)
        for band in report.target_bands
    }
    return done | targets
