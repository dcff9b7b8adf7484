"""A bundle: the reports of one file, which stand together and so may leave to each other what all share.

An office sends several annexes under one letterhead, or several quarters; a division sends the forms of its
libraries, a sheet each, with the blank form they were copied from.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from transforms.finding import Finding, finding
from transforms.form import Form, FormKind
from transforms.identity import NamedOffice, office_of_form
from transforms.office import find_office
from transforms.reporting_period import PeriodReading, ReportingPeriod


@dataclass(frozen=True, slots=True)
class Bundle:
    """The forms of one file that are reports, and those that nobody has filled in."""

    forms: tuple[Form, ...]
    unfilled: tuple[Form, ...] = ()

    @classmethod
    def of(cls, forms: Sequence[Form]) -> "Bundle":
        """Set blank forms apart, unless no form of the file is filled in."""
        filled = tuple(form for form in forms if form.is_filled)
        if not filled:
            return cls(tuple(forms))
        return cls(filled, tuple(form for form in forms if not form.is_filled))

    def period_of(self, form: Form) -> PeriodReading:
        """Return the period that a form states; one that leaves it open has the one that all others state."""
        stated = form.period()
        if stated.period or stated.conflict:
            return stated
        others = {period for other in self._others(form) if (period := other.period().period)}
        shared = others.pop() if len(others) == 1 else None
        return replace(stated, period=shared) if shared and _agrees(stated, shared) else stated

    def office_of(self, form: Form) -> NamedOffice:
        """Return the office of an office form; one that names none is its sheet's, or that of all others."""
        named = office_of_form(form)
        if not named.is_unsaid:
            return named
        if of_sheet := find_office(form.sheet_name):
            return NamedOffice(of_sheet)
        office_forms = (other for other in self._others(form) if other.kind is FormKind.OFFICE_FORM)
        others = {office for other in office_forms if (office := office_of_form(other).office)}
        return NamedOffice(others.pop()) if len(others) == 1 else named

    def unfilled_forms(self) -> tuple[Finding, ...]:
        """Return a note for each form that nobody has filled in."""
        return tuple(
            finding("unfilled_form", cell=form.begins_at.place, raw_text=form.begins_at.raw_text)
            for form in self.unfilled
        )

    def _others(self, form: Form) -> tuple[Form, ...]:
        return tuple(other for other in self.forms if other is not form)


def _agrees(stated: PeriodReading, period: ReportingPeriod) -> bool:
    """Whether what a form does state of its period, such as the year alone, is true of this one."""
    return all(
        said.quarter in (None, period.quarter) and said.fiscal_year in (None, period.fiscal_year)
        for said in stated.statements
    )
