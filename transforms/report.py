"""A report: everything one submission, or one of several forms in it, was understood to say."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from extractors.submission import part_id_of
from transforms.corrections import TriedCorrection
from transforms.finding import Finding, Severity, asks_a_person
from transforms.numerals import bengali_digits
from transforms.observation import Observation, TargetBand
from transforms.reference import load_toml


@dataclass(frozen=True, slots=True)
class Report:
    """One report as read and checked. What could not be known is an empty string or `None`.

    Of several reports in one file the first has the file's own `submission_id`; each further one has an id of
    its own, names the file's in `part_of`, and its place among them in `part`, counted from 1. `office_id` is
    empty for a divisional matrix, whose observations name an office each.
    """

    submission_id: str
    form: str = ""
    plan_id: str = ""
    office_id: str = ""
    division_id: str = ""
    fiscal_year: str = ""
    quarter: int | None = None
    observations: tuple[Observation, ...] = ()
    target_bands: tuple[TargetBand, ...] = ()
    corrections: tuple[TriedCorrection, ...] = ()
    findings: tuple[Finding, ...] = ()
    part_of: str = ""
    part: int = 1

    @classmethod
    def in_file(cls, submission_id: str, number: int) -> "Report":
        """Return the report of this number, counted from 1, in a file; nothing is known of it yet."""
        part_of = submission_id if number > 1 else ""
        return cls(part_id_of(submission_id, number), part_of=part_of, part=number)

    @property
    def file_id(self) -> str:
        """The submission whose kept bytes hold this report."""
        return self.part_of or self.submission_id

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

    def name_in(self, file_name: str) -> str:
        """Return the file's name; for a further report in it, with words that say which one it is."""
        if not self.part_of:
            return file_name
        words = load_toml("words.toml")["report_in_file"]
        return f"{file_name} ({bengali_digits(words['bn'].format(number=self.part))})"

    def with_findings(self, findings: Iterable[Finding]) -> "Report":
        """Return the report with more findings; one that now carries a rejection gives up its figures."""
        told = replace(self, findings=(*self.findings, *findings))
        if told.rejection_code:
            return replace(told, observations=(), target_bands=(), corrections=())
        return told
