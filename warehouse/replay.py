"""The replay: submissions that were loaded before are loaded again, and what that changed is told.

For the day on which a rule, a phrase, the registry of offices or a plan has changed: the originals are kept,
and what they say now may be more, or other, than what they said then.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from extractors.submission import Submission
from transforms.office import Office
from transforms.report import Report
from warehouse.load import load
from warehouse.statements import rows, run


@dataclass(frozen=True, slots=True)
class SubmissionChange:
    """A submission with another fate: status, rejection code, office and period in one line.

    `was` is `None` for a file that had never been loaded.
    """

    submission_id: str
    file_name: str
    was: str | None
    became: str


@dataclass(frozen=True, slots=True)
class ObservationChange:
    """A current observation that says something else: the fields that differ, each with what it says.

    `was` is `None` where there was no such observation, `became` where there is none any more.
    """

    fiscal_year: str
    quarter: int
    plan_id: str
    office_id: str
    indicator_code: str
    was: str | None
    became: str | None


@dataclass(frozen=True, slots=True)
class FindingChange:
    """How many findings of a code and severity there were, and are."""

    code: str
    severity: str
    was: int
    became: int


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that a replay changed in what the reports say."""

    submissions: tuple[SubmissionChange, ...]
    observations: tuple[ObservationChange, ...]
    findings: tuple[FindingChange, ...]

    def sentence(self) -> str:
        """Return the totals in one line; `nothing changed` where nothing did."""
        came = sum(change.was is None for change in self.observations)
        went = sum(change.became is None for change in self.observations)
        counts = {
            "submissions changed": len(self.submissions),
            "observations added": came,
            "observations removed": went,
            "observations changed": len(self.observations) - came - went,
            "kinds of findings changed": len(self.findings),
        }
        told = [f"{what}: {count}" for what, count in counts.items() if count]
        return " · ".join(told) or "nothing changed"


def submissions_concerned(
    connection: DuckDBPyConnection, fiscal_year: str, quarter: int | None, office: Office | None
) -> set[str]:
    """Return the files of loaded reports that a year, quarter and office concern, and of every rejected one.

    What is `""` or `None` is not asked about.
    """
    asked = {
        "fiscal_year": fiscal_year,
        "quarter": quarter,
        "office_id": office.office_id if office else "",
        "division_id": office.division_id if office else "",
    }
    return {row["submission_id"] for row in rows(connection, "ask/submissions_concerned", **asked)}


def replay(
    connection: DuckDBPyConnection, submissions: Sequence[Submission], reports: Sequence[Report]
) -> Changes:
    """Load submissions again as `load` does, in one transaction, and return what that changed."""
    run(connection, "replay/remember")
    load(connection, submissions, reports)
    return Changes(
        tuple(SubmissionChange(**row) for row in rows(connection, "replay/submission_changes")),
        tuple(ObservationChange(**row) for row in rows(connection, "replay/observation_changes")),
        tuple(FindingChange(**row) for row in rows(connection, "replay/finding_changes")),
    )
