"""The load: what a batch of submissions said goes into the warehouse, all of it or none of it.

Everything that depends on several reports together (which one stands, scores, rates, conflicts) is set anew
from the history for the fiscal years that the batch touches. So the tables depend on what was received and
never on the order in which it was loaded.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict

from duckdb import DuckDBPyConnection

from extractors.submission import Submission
from transforms.report import Report
from warehouse.comparison import compare_reports, finding_row
from warehouse.declared import refresh_declared_tables
from warehouse.ledger import row_of
from warehouse.rows import add_rows
from warehouse.scoring import summarise
from warehouse.statements import rows, run
from warehouse.transaction import transaction


def load(
    connection: DuckDBPyConnection, submissions: Sequence[Submission], reports: Sequence[Report]
) -> None:
    """Load each submission with the report read from it, in one transaction.

    A submission that was loaded before is replaced, so that loading twice is loading once. Rejected
    reports enter the tables of submissions and findings only. Raises `ValueError` where a submission has
    no report or a report no submission: a file must not vanish between the two.
    """
    pairs = _paired(submissions, reports)
    with transaction(connection):
        refresh_declared_tables(connection)
        years = _years(connection, pairs)
        run(connection, "load/forget", submission_ids=list(pairs))
        _add(connection, pairs.values())
        _settle(connection, years | _years(connection, pairs))


def _settle(connection: DuckDBPyConnection, fiscal_years: Collection[str]) -> None:
    """Decide which reports stand in these fiscal years, and set everything that follows from them anew."""
    run(connection, "load/touched_years", fiscal_years=sorted(fiscal_years))
    run(connection, "load/supersession")
    run(connection, "load/current_observations")
    run(connection, "load/current_target_bands")
    summarise(connection)
    compare_reports(connection)
    run(connection, "load/statuses")


def _paired(
    submissions: Iterable[Submission], reports: Iterable[Report]
) -> dict[str, tuple[Submission, Report]]:
    sent = {submission.submission_id: submission for submission in submissions}
    read = {report.submission_id: report for report in reports}
    if sent.keys() != read.keys():
        lonely = ", ".join(sorted(sent.keys() ^ read.keys()))
        raise ValueError(f"every submission needs its report and every report its submission: {lonely}")
    return {submission_id: (sent[submission_id], read[submission_id]) for submission_id in sent}


def _years(connection: DuckDBPyConnection, submission_ids: Iterable[str]) -> set[str]:
    found = rows(connection, "load/years_of_submissions", submission_ids=list(submission_ids))
    return {row["fiscal_year"] for row in found}


def _add(connection: DuckDBPyConnection, pairs: Collection[tuple[Submission, Report]]) -> None:
    accepted = [report for _, report in pairs if not report.rejection_code]
    add_rows(connection, "submissions", (_submission_row(*pair) for pair in pairs))
    add_rows(connection, "findings", (row for _, report in pairs for row in _finding_rows(report)))
    add_rows(
        connection,
        "observation_revisions",
        (asdict(observation) for report in accepted for observation in report.observations),
    )
    add_rows(
        connection,
        "target_band_revisions",
        (asdict(band) for report in accepted for band in report.target_bands),
    )
    add_rows(connection, "corrections", (row for report in accepted for row in _correction_rows(report)))


def _submission_row(submission: Submission, report: Report) -> dict[str, object]:
    return {
        **row_of(submission),
        "form": str(report.form),
        "plan_id": next((observation.plan_id for observation in report.observations), ""),
        "office_id": report.office_id,
        "division_id": report.division_id,
        "fiscal_year": report.fiscal_year,
        "quarter": report.quarter,
        "status": report.status,
        "rejection_code": report.rejection_code,
    }


def _correction_rows(report: Report) -> Iterator[dict[str, object]]:
    for tried in report.corrections:
        correction = tried.correction
        yield {
            "submission_id": report.submission_id,
            "fiscal_year": correction.fiscal_year,
            "quarter": correction.quarter,
            "office_id": correction.office,
            "indicator_code": correction.indicator,
            "field": correction.field,
            "cell": tried.cell,
            "expected_raw": correction.expect,
            "found_raw": tried.found,
            "corrected_to": correction.value,
            "applied": tried.applied,
            "reason": correction.reason,
            "decided_by": correction.who,
            "decided_on": correction.when,
        }


def _finding_rows(report: Report) -> Iterator[dict[str, object]]:
    for position, found in enumerate(report.findings, start=1):
        yield finding_row(report.submission_id, found, raised_by="reading", position=position)
