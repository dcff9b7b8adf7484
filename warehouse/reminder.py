"""The reminder list of a quarter: the offices whose report has not come, and a message ready for each.

The sentences are data (`reference/reminder.toml`).
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection
from openpyxl import Workbook

from transforms.dates import write_date
from transforms.numerals import bengali_digits
from transforms.plan import Plan, all_plans
from transforms.reference import load_toml
from warehouse.letter import address_of
from warehouse.matrix import name_in_title
from warehouse.period_words import period_words
from warehouse.statements import rows
from warehouse.workbook import fit_height, head_table, put_figure, put_heading, put_look, put_text

TITLE_ROW, HEADING_ROW = 1, 2
WIDTHS = {"serial": 6, "division": 16, "office": 36, "due_date": 14, "message": 90}


@dataclass(frozen=True, slots=True)
class Reminder:
    """One office that has not reported, the day its report was due, and the message to send it."""

    division_bn: str
    office: str
    due_date: date
    message: str


@dataclass(frozen=True, slots=True)
class ReminderList:
    """The reminders of a quarter under one plan; none where every office has reported."""

    title: str
    reminders: tuple[Reminder, ...]


def reminder_list(
    connection: DuckDBPyConnection, fiscal_year: str, quarter: int, plan_id: str
) -> ReminderList:
    """Return the reminders of a quarter (1 to 4) under a plan, division by division.

    Raises `KeyError` for a plan that the reference files do not hold.
    """
    plan = {plan.plan_id: plan for plan in all_plans()}[plan_id]
    period = {"fiscal_year": fiscal_year, "quarter": quarter, "plan_id": plan_id}
    facts = reminder_facts(plan, fiscal_year, quarter)
    words = _words()
    return ReminderList(
        title=bengali_digits(words["title"].format(**facts)),
        reminders=tuple(
            Reminder(
                division_bn=row["division_bn"],
                office=(office := address_of(row["office_id"])),
                due_date=row["due_date"],
                message=bengali_digits(
                    words["message"].format(office=office, due_date=write_date(row["due_date"]), **facts)
                ),
            )
            for row in rows(connection, "ask/reminders", **period)
        ),
    )


def reminder_text(listed: ReminderList) -> str:
    """Return the list as plain text: the title, then a message a paragraph, ready to send."""
    messages = [reminder.message for reminder in listed.reminders] or [_words()["nobody"]]
    return "\n\n".join([listed.title, *messages]) + "\n"


def write_reminder_workbook(listed: ReminderList, path: Path) -> None:
    """Write the list as an xlsx, over the file that stands there; the due dates are dates."""
    words = _words()
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = words["sheet"]
    put_text(sheet.cell(TITLE_ROW, 1), listed.title)
    put_look(sheet, TITLE_ROW, [1], bold=True, lines=False)
    put_heading(sheet, HEADING_ROW, [(words["heading"][name], width) for name, width in WIDTHS.items()])
    for serial, reminder in enumerate(listed.reminders, 1):
        row = HEADING_ROW + serial
        put_look(sheet, row, range(1, len(WIDTHS) + 1))
        put_figure(sheet.cell(row, 1), serial, "number")
        put_text(sheet.cell(row, 2), reminder.division_bn)
        put_text(sheet.cell(row, 3), reminder.office)
        put_figure(sheet.cell(row, 4), reminder.due_date, "date")
        put_text(sheet.cell(row, 5), reminder.message)
        fit_height(sheet, row, ["", reminder.division_bn, reminder.office, "", reminder.message])
    last_row = HEADING_ROW + len(listed.reminders)
    head_table(sheet, heading_row=HEADING_ROW, last_row=last_row, columns=len(WIDTHS), frozen_columns=3)
    workbook.save(path)


def reminder_facts(plan: Plan, fiscal_year: str, quarter: int) -> dict[str, str]:
    """Return what a sentence about a plan's report of a quarter fills in: the `plan`, and the period."""
    return {"plan": name_in_title(plan), **period_words(fiscal_year, quarter)}


def _words() -> dict[str, Any]:
    return load_toml("reminder.toml")
