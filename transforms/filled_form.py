"""A filled form: a recognised form with its plan, period and division, and every answer read."""

from dataclasses import dataclass

from transforms.answer import Answer
from transforms.form import Form, FormKind
from transforms.office import Division, Office
from transforms.plan import Plan
from transforms.reporting_period import ReportingPeriod


@dataclass(frozen=True, slots=True)
class FilledForm:
    """What the checks look at. `office` is `None` for a matrix, whose answers each name an office.

    `division` is the office's, or the one a matrix is of; `None` where a matrix does not say.
    """

    form: Form
    plan: Plan
    period: ReportingPeriod
    office: Office | None
    division: Division | None
    answers: tuple[Answer, ...]

    @property
    def is_matrix(self) -> bool:
        """Whether this is a divisional matrix."""
        return self.form.kind is FormKind.DIVISIONAL_MATRIX
