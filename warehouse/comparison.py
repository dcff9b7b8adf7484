"""What only a comparison shows: of a report with others of its period, the due dates, the year so far.

Each query in `sql/findings` is named after the code it raises, and its columns are the facts of the sentence.
What a person has waived is lowered to a note here too.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator

from duckdb import DuckDBPyConnection

from transforms.finding import Finding, Severity, finding
from transforms.waivers import ReportPlace, lower
from warehouse.rows import add_rows
from warehouse.statements import rows, run

CODES = ("superseded", "received_together", "late", "office_matrix_conflict", "ytd_over_target")


def compare_reports(connection: DuckDBPyConnection) -> None:
    """Raise anew, for what a load touches, every finding that a single report cannot show."""
    run(connection, "load/forget_comparisons")
    add_rows(connection, "findings", _findings(connection))


def statuses(connection: DuckDBPyConnection, submission_ids: Collection[str]) -> dict[str, str]:
    """Return what became of some submissions, by id, as far as they are loaded."""
    asked = rows(connection, "ask/statuses", submission_ids=list(submission_ids))
    return {row["submission_id"]: row["status"] for row in asked}


def findings_of_comparison(
    connection: DuckDBPyConnection, submission_ids: Collection[str]
) -> dict[str, list[Finding]]:
    """Return what a comparison has shown of some submissions, by id; what readers get is masked in it."""
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for row in rows(connection, "ask/compared_findings", submission_ids=list(submission_ids)):
        submission_id, severity = row.pop("submission_id"), Severity(row.pop("severity"))
        found[submission_id].append(Finding(severity=severity, **row))
    return found


def finding_row(
    submission_id: str, found: Finding, *, raised_by: str, position: int | None = None
) -> dict[str, object]:
    """Return a finding as a row of the `findings` table."""
    return {
        **found._asdict(),
        "submission_id": submission_id,
        "severity": str(found.severity),
        "position": position,
        "raised_by": raised_by,
    }


def _findings(connection: DuckDBPyConnection) -> Iterator[dict[str, object]]:
    places = {row.pop("submission_id"): ReportPlace(**row) for row in rows(connection, "ask/report_places")}
    for code in CODES:
        for facts in rows(connection, f"findings/{code}"):
            submission_id = facts.pop("submission_id")
            found = lower(finding(code, **facts), places[submission_id])
            yield finding_row(submission_id, found, raised_by="comparing")
