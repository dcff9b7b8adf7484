"""The fate of a report: what a run tells of it once its figures are in the warehouse."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from duckdb import DuckDBPyConnection

from extractors.submission import Submission
from transforms.finding import Finding
from transforms.report import Report
from warehouse.comparison import findings_of_comparison, statuses


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one report: all that is told of it, without its figures.

    `file_name` says which of several in a file it is, `observations` how many figures and refused figures it
    gave. What could not be known is an empty string or `None`.
    """

    submission_id: str
    file_name: str
    form: str
    office_id: str
    division_id: str
    fiscal_year: str
    quarter: int | None
    status: str
    rejection_code: str | None
    observations: int
    findings: tuple[Finding, ...]

    @property
    def line(self) -> str:
        """The fate in one line, such as `accepted  khulna  2024-25 Q2  খুলনা.docx: 10 observations`."""
        asked = f", {len(self.findings)} findings" if self.findings else ""
        whose = self.office_id or self.division_id or "?"
        when = f"{self.fiscal_year} Q{self.quarter}" if self.quarter else "?"
        gave = self.rejection_code or f"{self.observations} observations{asked}"
        return f"{self.status:<23} {whose:<14} {when:<11} {self.file_name}: {gave}"


def fates_of(submissions: Sequence[Submission], reports: Sequence[Report]) -> Iterator[Fate]:
    """Yield the fate of each report of some submissions, as far as it tells by itself."""
    names = {submission.submission_id: submission.file_name for submission in submissions}
    for report in reports:
        yield Fate(
            submission_id=report.submission_id,
            file_name=report.name_in(names[report.file_id]),
            form=report.form,
            office_id=report.office_id,
            division_id=report.division_id,
            fiscal_year=report.fiscal_year,
            quarter=report.quarter,
            status=report.status,
            rejection_code=report.rejection_code,
            observations=len(report.observations),
            findings=report.findings,
        )


def settled(fates: Sequence[Fate], connection: DuckDBPyConnection) -> Iterator[Fate]:
    """Yield the fates as they are beside all other reports of a published warehouse.

    One report may have replaced another, come late, or say something else than the division's matrix.
    """
    ids = [fate.submission_id for fate in fates]
    status_of, compared = statuses(connection, ids), findings_of_comparison(connection, ids)
    for fate in fates:
        yield replace(
            fate,
            status=status_of[fate.submission_id],
            findings=(*fate.findings, *compared.get(fate.submission_id, ())),
        )
