"""The load: what a batch of submissions said goes into the warehouse, all of it or none of it.

What depends on several reports together is settled in the same transaction (`warehouse/settling.py`).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from duckdb import DuckDBPyConnection

from extractors.submission import Submission
from transforms.report import Report
from warehouse.comparison import finding_row
from warehouse.decisions import is_decided_otherwise, refresh_decisions
from warehouse.declared import is_declared_otherwise, refresh_declared_tables
from warehouse.ledger import reports_taken, row_of
from warehouse.publication import note_touched
from warehouse.rows import add_records, add_rows
from warehouse.settling import nothing_touched, settle, settle_everything, touch
from warehouse.statements import run
from warehouse.transaction import in_turn

_ADDED_TOGETHER = 1000  # reports in one frame: as fast as all of them, and in little memory


def load(
    connection: DuckDBPyConnection, submissions: Sequence[Submission], reports: Sequence[Report]
) -> bool:
    """Load each submission with the reports read from it, in one transaction.

    Returns whether there was anything to do: where nothing came and no reference file says anything else
    than before, not a byte is written.

    A submission that was loaded before is replaced with all its reports, so that loading twice is loading
    once. Rejected reports enter the tables of submissions and findings only. Raises `ValueError` where a
    submission has no report or a report no submission: a file must not vanish between the two.
    """
    pairs = _paired(submissions, reports)
    if not pairs and not is_declared_otherwise(connection) and not is_decided_otherwise(connection):
        return False
    in_turn(connection, lambda: _replace(connection, pairs))
    return True


def _replace(connection: DuckDBPyConnection, pairs: Mapping[str, tuple[Submission, Report]]) -> None:
    declared_otherwise = refresh_declared_tables(connection)
    nothing_touched(connection)
    if taken := reports_taken(connection, {sent.submission_id for sent, _ in pairs.values()}):
        touch(connection, taken)
        run(connection, "load/forget", submission_ids=list(taken))
    _add(connection, pairs.values())
    touch(connection, pairs)
    if declared_otherwise:
        settle_everything(connection)
    else:
        settle(connection)
        note_touched(connection)
    refresh_decisions(connection)


def _paired(
    submissions: Iterable[Submission], reports: Iterable[Report]
) -> dict[str, tuple[Submission, Report]]:
    sent = {submission.submission_id: submission for submission in submissions}
    read = {report.submission_id: report for report in reports}
    if lonely := sent.keys() ^ {report.file_id for report in read.values()}:
        told = ", ".join(sorted(lonely))
        raise ValueError(f"every submission needs its report and every report its submission: {told}")
    return {submission_id: (sent[report.file_id], report) for submission_id, report in read.items()}


def _add(connection: DuckDBPyConnection, pairs: Iterable[tuple[Submission, Report]]) -> None:
    remaining = iter(pairs)
    while together := list(islice(remaining, _ADDED_TOGETHER)):
        _add_some(connection, together)


def _add_some(connection: DuckDBPyConnection, pairs: Collection[tuple[Submission, Report]]) -> None:
    accepted = [report for _, report in pairs if not report.rejection_code]
    add_rows(connection, "submissions", (_submission_row(*pair) for pair in pairs))
    add_rows(connection, "findings", (row for _, report in pairs for row in _finding_rows(report)))
    observations = (observation for report in accepted for observation in report.observations)
    add_records(connection, "observation_revisions", observations)
    bands = (band for report in accepted for band in report.target_bands)
    add_records(connection, "target_band_revisions", bands)
    add_rows(connection, "corrections", (row for report in accepted for row in _correction_rows(report)))


def _submission_row(submission: Submission, report: Report) -> dict[str, object]:
    return {
        **row_of(submission),
        "submission_id": report.submission_id,
        "part_of": report.part_of,
        "file_name": report.name_in(submission.file_name),
        "form": str(report.form),
        "plan_id": report.plan_id,
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
