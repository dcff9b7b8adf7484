"""An awaited report: one that an office owes, the reminder for it, and the days on which that is sent.

The sentences are data (`reference/reminder.toml`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from duckdb import DuckDBPyConnection

from transforms.dates import write_date
from transforms.numerals import bengali_digits
from transforms.plan import all_plans
from transforms.reference import load_toml
from warehouse.letter import address_of
from warehouse.reminder import reminder_facts
from warehouse.statements import rows

DAYS_LATE_AT_MOST = 7  # a reminder whose day has passed is still sent within a week, and then never


@dataclass(frozen=True, slots=True)
class AwaitedReport:
    """A report of one office for a quarter (1 to 4) of a fiscal year (`2024-25`), and the day it is due."""

    plan_id: str
    fiscal_year: str
    quarter: int
    office_id: str
    due_date: date

    def subject(self, day: int) -> str:
        """Return the line above the reminder of a day, counted from the due date."""
        return self._said("subject", day)

    def plain_text(self, day: int) -> str:
        """Return the reminder of a day, counted from the due date, as plain text."""
        words = _words()
        addressee = words["to"].format(office=address_of(self.office_id))
        parts = addressee, words["greeting"], self._said("message", day), words["thanks"], words["automatic"]
        return "\n\n".join(parts) + "\n"

    def _said(self, what: str, day: int) -> str:
        plan = {plan.plan_id: plan for plan in all_plans()}[self.plan_id]
        facts = reminder_facts(plan, self.fiscal_year, self.quarter)
        sentence: str = _words()["after" if day > 0 else "before"][what]
        return bengali_digits(sentence.format(due_date=write_date(self.due_date), **facts))


def awaited_reports(
    connection: DuckDBPyConnection, first_due: date, last_due: date
) -> tuple[AwaitedReport, ...]:
    """Return the reports due between two days that have not come, those due first."""
    found = rows(connection, "ask/reports_awaited", first_due=first_due, last_due=last_due)
    return tuple(AwaitedReport(**row) for row in found)


def reminder_day(due_date: date, today: date, days: Sequence[int]) -> int | None:
    """Return which of the days, counted from the due date, a reminder is sent for today; `None` for no one.

    A day counts until the next of them, for a week at most, and one before the due date never after it: so a
    run that was missed is made up for, and nobody is reminded of what is long past.
    """
    passed = (today - due_date).days
    ordered = sorted(days)
    ends = dict(pairwise(ordered))
    for day in ordered:
        last = min(ends.get(day, passed + 1) - 1, day + DAYS_LATE_AT_MOST - 1, 0 if day <= 0 else passed)
        if day <= passed <= last:
            return day
    return None


def reminded_of(today: date, days: Sequence[int]) -> tuple[date, date]:
    """Return the first and the last due date that a reminder may be about today."""
    furthest = timedelta(days=max(days, default=0) + DAYS_LATE_AT_MOST)
    return today - furthest, today - timedelta(days=min(days, default=0))


def _words() -> dict[str, Any]:
    words: dict[str, Any] = load_toml("reminder.toml")["mail"]
    return words
