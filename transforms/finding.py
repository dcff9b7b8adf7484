"""A finding: something a person should know or ask about, with the cell it stands in.

The sentences live in `reference/findings.toml`, in Bengali and English, so that officials can reword them.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from transforms.dates import write_date
from transforms.fiscal_year import FiscalYear
from transforms.numerals import bengali_digits, write_number
from transforms.reference import load_toml


class Severity(StrEnum):
    """How much a finding weighs, heaviest first."""

    REJECT = "reject"  # nothing of the submission enters the figures
    QUARANTINE = "quarantine"  # this figure is withheld until a person has decided
    WARN = "warn"  # the figure stands, and the office is asked about it
    NOTE = "note"  # worth knowing; nothing is asked


class Finding(NamedTuple):
    """One finding of the contract's `findings` table, before it is tied to a submission.

    `waived_by` is the person who settled it, empty where it still stands as it was raised. `cells` names
    every cell of a finding about several, of which `cell` is the first (`grouping.py`).
    """

    code: str
    severity: Severity
    message_bn: str
    message_en: str
    cell: str = ""
    raw_text: str = ""
    indicator_code: str = ""
    office_id: str = ""
    waived_by: str = ""
    cells: str = ""


def finding(
    code: str,
    *,
    cell: str = "",
    raw_text: str = "",
    indicator_code: str = "",
    office_id: str = "",
    severity: Severity | None = None,
    **facts: Any,
) -> Finding:
    """Raise a finding of the catalogue, its sentences filled in with the cell, the raw text and `facts`.

    Numbers, dates and the indicator's code are written in Bengali digits in the Bengali sentence.
    `severity` overrides the catalogue's where the same fault weighs differently in another place.
    Raises `KeyError` where the catalogue has no such code, or a sentence names a fact that was not given.
    """
    entry = load_toml("findings.toml")[code]
    quoted = {"cell": cell, "raw": raw_text}
    bengali_facts = {name: in_bengali(fact) for name, fact in facts.items()}
    return Finding(
        code=code,
        severity=severity or Severity(entry["severity"]),
        message_bn=entry["bn"].format(**quoted, indicator=bengali_digits(indicator_code), **bengali_facts),
        message_en=entry["en"].format(**quoted, indicator=indicator_code, **facts),
        cell=cell,
        raw_text=raw_text,
        indicator_code=indicator_code,
        office_id=office_id,
    )


def in_bengali(fact: object) -> object:
    """Return a date, year or number as it is written in a Bengali sentence; anything else as it is."""
    if isinstance(fact, date):
        return write_date(fact)
    if isinstance(fact, FiscalYear):
        return bengali_digits(str(fact))
    return write_number(fact) if isinstance(fact, int | float) else fact


def asks_a_person(findings: Iterable[Finding]) -> bool:
    """Whether any finding wants an answer: notes alone leave a submission plainly accepted."""
    return any(found.severity is not Severity.NOTE for found in findings)
