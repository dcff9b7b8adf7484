"""What only a comparison shows: of a report with others of its period, the due dates, the year so far.

Each query in `sql/findings` is named after the code it raises, and its columns are the facts of the sentence.
What a person has waived is lowered to a note here too.
"""

from collections.abc import Iterator
from dataclasses import fields

from duckdb import DuckDBPyConnection

from transforms.finding import Finding, finding
from transforms.waivers import ReportPlace, lower
from warehouse.rows import add_rows
from warehouse.statements import rows, run

_FACTS = tuple(field.name for field in fields(Finding))
CODES = ("superseded", "late", "office_matrix_conflict", "ytd_over_target")


def compare_reports(connection: DuckDBPyConnection) -> None:
    """Raise anew, for what a load touches, every finding that a single report cannot show."""
    run(connection, "load/forget_comparisons")
    add_rows(connection, "findings", _findings(connection))


def finding_row(
    submission_id: str, found: Finding, *, raised_by: str, position: int | None = None
) -> dict[str, object]:
    """Return a finding as a row of the `findings` table."""
    return {
        **{name: getattr(found, name) for name in _FACTS},
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
