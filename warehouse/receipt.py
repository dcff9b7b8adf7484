"""The receipt of a submission: what came, as what it was taken or why it was not, and what is asked.

The sentences are data (`reference/receipt.toml`), and so are the questions (`reference/findings.toml`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import groupby
from typing import Any

from duckdb import DuckDBPyConnection

from transforms.dates import write_date
from transforms.numerals import bengali_digits, write_number
from transforms.office import OFFICES_CLOCK
from transforms.plan import all_plans
from transforms.reference import load_toml
from warehouse.letter import Question, address_of, on_one_line, question_lines, question_of
from warehouse.matrix import name_in_title
from warehouse.period_words import period_words
from warehouse.statements import rows


@dataclass(frozen=True, slots=True)
class SubmissionReceipt:
    """What an office is told about one report. What is not known is empty or `None`.

    `file_id` leads to the kept file, `received_at` is an aware time. `office_id` is whom the report is from,
    for a matrix the divisional library, and `division_bn` a matrix's division. `questions` are what keeps the
    report out where it was rejected, and otherwise what is asked about it.
    """

    submission_id: str
    file_id: str
    file_name: str
    received_at: datetime
    office_id: str
    division_bn: str
    plan_id: str
    fiscal_year: str
    quarter: int | None
    rejection_code: str
    replaced_file: str
    questions: tuple[Question, ...]

    @property
    def fate(self) -> str:
        """What became of the report, in letters that a file name may hold; another fate, another receipt."""
        if self.rejection_code:
            return f"rejected-{self.rejection_code}"
        return f"taken-{self.office_id or 'matrix'}-{self.fiscal_year}-q{self.quarter}"


def receipts(connection: DuckDBPyConnection, since: date) -> tuple[SubmissionReceipt, ...]:
    """Return a receipt for every submission taken on or after a day in Bangladesh, the oldest first.

    A submission that a later one has replaced has none: the later one's receipt names it.
    """
    beginning = datetime.combine(since, time.min, OFFICES_CLOCK).astimezone(UTC).replace(tzinfo=None)
    found = rows(connection, "ask/receipt_findings", since=beginning)
    questions = {
        submission_id: tuple(map(question_of, of_submission))
        for submission_id, of_submission in groupby(found, key=lambda row: row["submission_id"])
    }
    told = rows(connection, "ask/receipts", since=beginning)
    return tuple(_receipt(row, questions.get(row["submission_id"], ())) for row in told)


def subject(receipt: SubmissionReceipt) -> str:
    """Return the line above a receipt; it names the quarter where that is known, and never the file."""
    words = _words()["subject"]
    if receipt.rejection_code and _held(receipt):
        return str(words["held"])
    if receipt.quarter is None:
        return str(words["rejected_of_unknown_quarter"])
    sentence = words["rejected" if receipt.rejection_code else "taken"]
    return bengali_digits(sentence.format(**period_words(receipt.fiscal_year, receipt.quarter)))


def plain_text(receipt: SubmissionReceipt, addressee: str) -> str:
    """Return a receipt as plain text, addressed to a registered office by its id."""
    words = _words()
    parts = [
        words["to"].format(office=address_of(addressee)),
        words["greeting"],
        words["opening"],
        "\n".join(_facts(receipt)),
        *(_refusal(receipt) if receipt.rejection_code else _questions(receipt)),
        words["thanks"],
        words["automatic"],
    ]
    return "\n\n".join(parts) + "\n"


def _facts(receipt: SubmissionReceipt) -> Iterator[str]:
    words = _words()["facts"]
    here = receipt.received_at.astimezone(OFFICES_CLOCK)
    clock = bengali_digits(f"{here:%H:%M}")
    yield words["file"].format(file=on_one_line(receipt.file_name))
    yield words["received"].format(date=write_date(here.date()), time=clock)
    if receipt.division_bn:
        yield words["division"].format(division=receipt.division_bn)
    elif receipt.office_id:
        yield words["office"].format(office=address_of(receipt.office_id))
    if receipt.plan_id:
        plan = {plan.plan_id: plan for plan in all_plans()}[receipt.plan_id]
        yield words["plan"].format(plan=name_in_title(plan))
    if receipt.quarter is not None:
        period = words["period"].format(**period_words(receipt.fiscal_year, receipt.quarter))
        yield bengali_digits(period)
    if receipt.replaced_file:
        yield words["replaced"].format(file=on_one_line(receipt.replaced_file))


def _questions(receipt: SubmissionReceipt) -> Iterator[str]:
    words = _words()["taken"]
    if not receipt.questions:
        yield words["nothing_asked"]
        return
    yield words["asked"].format(count=write_number(len(receipt.questions)))
    yield "\n".join(question_lines(receipt.questions))
    yield words["request"]


def _refusal(receipt: SubmissionReceipt) -> Iterator[str]:
    if held := _held(receipt):
        yield held
        return
    words = _words()["rejected"]
    yield words["why"]
    yield "\n".join(
        words["reason"].format(serial=write_number(serial), reason=_reason(question))
        for serial, question in enumerate(receipt.questions, 1)
    )
    yield words["request"]


def _reason(question: Question) -> str:
    """Return what keeps a report out, on one line, and the cell in it named as a clerk says it."""
    asked = on_one_line(question.asked)
    return asked.replace(question.cell, question.place) if question.cell else asked


def _held(receipt: SubmissionReceipt) -> str:
    """Return what an office is told that need do nothing, since a person here must; else nothing."""
    return next((held["said"] for held in _words()["held"] if _is_held_by(held, receipt)), "")


def _is_held_by(held: dict[str, Any], receipt: SubmissionReceipt) -> bool:
    if held["code"] != receipt.rejection_code:
        return False
    if "reasons" not in held:
        return True
    reasons = load_toml("words.toml")[held["code"]]
    said = [reasons[name]["bn"] for name in held["reasons"]]
    return any(words in question.asked for words in said for question in receipt.questions)


def _receipt(row: dict[str, Any], questions: tuple[Question, ...]) -> SubmissionReceipt:
    return SubmissionReceipt(
        **{**row, "received_at": row["received_at"].replace(tzinfo=UTC)}, questions=questions
    )


def _words() -> dict[str, Any]:
    return load_toml("receipt.toml")
