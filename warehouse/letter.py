"""The letter to an office: what stands in its report that a person should look at again, and what is asked.

The sentences are data (`reference/letter.toml`), and so are the questions (`reference/findings.toml`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from duckdb import DuckDBPyConnection

from transforms.grouping import BETWEEN_CELLS
from transforms.numerals import bengali_digits, write_number
from transforms.office import office_of
from transforms.reference import load_toml
from transforms.shown import shown
from warehouse.period_words import period_words
from warehouse.statements import rows


@dataclass(frozen=True, slots=True)
class Question:
    """One thing asked: the cell as its report names it (`Sheet1!K7`), what stands in it, what is asked.

    `also` holds the other cells in which the same stands.
    """

    cell: str
    stands: str
    asked: str
    also: tuple[str, ...] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        """Every cell that it is about."""
        return (self.cell, *self.also)

    @property
    def place(self) -> str:
        """Where the cell is, in Bengali words."""
        return place_in_words(self.cell)


@dataclass(frozen=True, slots=True)
class AskedReport:
    """The questions about one report. `file_id` is its kept file's, `sender_id` the office's that sent it."""

    submission_id: str
    file_id: str
    sender_id: str
    file_name: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one office about its reports of a quarter (1 to 4) of a fiscal year (`2024-25`)."""

    office_id: str
    fiscal_year: str
    quarter: int
    reports: tuple[AskedReport, ...]


def letters(connection: DuckDBPyConnection, fiscal_year: str, quarter: int) -> tuple[Letter, ...]:
    """Return a letter to every office that is to be asked about a quarter, in the order of their ids."""
    asked = rows(connection, "ask/letter_findings", fiscal_year=fiscal_year, quarter=quarter)
    return tuple(
        Letter(office_id, fiscal_year, quarter, tuple(_reports(of_office)))
        for office_id, of_office in groupby(asked, key=lambda row: row["office_id"])
    )


def beginning(letter: Letter) -> dict[str, str]:
    """Return the sentences before the questions: `memo`, `date`, `to`, `subject`, `greeting`, `opening`."""
    facts = {
        **period_words(letter.fiscal_year, letter.quarter),
        "office": address_of(letter.office_id),
        "count": write_number(sum(len(report.questions) for report in letter.reports)),
    }
    names = ("memo", "date", "to", "subject", "greeting", "opening")
    return {name: bengali_digits(_words()[name].format(**facts)) for name in names}


def ending() -> tuple[str, ...]:
    """Return the sentences after the questions: the request, where to answer, thanks, and places to sign."""
    words = _words()
    return words["request"], words["reply"], words["thanks"], *words["signature"]


def report_line(report: AskedReport) -> str:
    """Return the line that names the report which the questions below it are about."""
    return str(_words()["report"].format(file=on_one_line(report.file_name)))


def plain_text(letter: Letter) -> str:
    """Return a letter as plain text, ready for a mail."""
    lines = list(beginning(letter).values())
    for report in letter.reports:
        lines += ["", report_line(report), *question_lines(report.questions)]
    return "\n".join([*lines, "", *ending(), ""])


def question_lines(questions: Iterable[Question]) -> Iterator[str]:
    """Yield the lines of a numbered list: where each question is about, what stands there, what is asked."""
    words = _words()["list"]
    for serial, question in enumerate(questions, 1):
        yield words["entry"].format(serial=write_number(serial), cell=question.place)
        yield words["stands"].format(text=on_one_line(question.stands) or words["nothing"])
        yield words["asked"].format(text=on_one_line(question.asked))


def address_of(office_id: str) -> str:
    """Return how an office is addressed: জেলা সরকারি গণগ্রন্থাগার, নড়াইল."""
    office = office_of(office_id)
    return str(_words()["offices"][office.level].format(name=office.name_bn))


def place_in_words(cell: str) -> str:
    """Return where a cell is as a clerk says it: `table 1 r4 c11` is সারণি ১, সারি ৪, কলাম ১১."""
    places = _words()["places"]
    if not cell:
        return str(places["whole"])
    for pattern, words in places["patterns"]:
        if found := re.fullmatch(pattern, cell):
            return _digits_outside_names(found.expand(words), cell)
    return cell


def _digits_outside_names(words: str, cell: str) -> str:
    """Write numbers in Bengali digits, but a spreadsheet's own cell names as the program shows them."""
    return words if "!" in cell else bengali_digits(words)


def _reports(asked: Iterable[Mapping[str, Any]]) -> Iterator[AskedReport]:
    for _, group in groupby(asked, key=lambda row: row["submission_id"]):
        of_report = list(group)
        first = of_report[0]
        yield AskedReport(
            first["submission_id"],
            first["file_id"],
            first["sender_id"],
            first["file_name"],
            tuple(question_of(row) for row in of_report),
        )


def question_of(row: Mapping[str, Any]) -> Question:
    """Return the question that a row of findings asks: `cell`, `raw_text`, `message_bn`, `cells` if any."""
    cell = row["cell"] or ""
    _, *also = (row.get("cells") or cell).split(BETWEEN_CELLS)
    return Question(cell, row["raw_text"] or "", row["message_bn"].removeprefix(f"{cell}: "), tuple(also))


def on_one_line(text: str) -> str:
    """Return a text without line breaks, doubled blanks, and marks that play tricks on a reader."""
    return shown(" ".join(text.split()))


def _words() -> dict[str, Any]:
    return load_toml("letter.toml")
