"""A decision: what a person declared about one office's report, and who, when and why.

Decisions stand in `reference/corrections.toml`, a section for each kind. One that cannot be meant (an office
that is not registered, a key misspelt, no reason given) stops the run with a sentence, since leaving it out
would be deciding otherwise.
"""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from typing import Any, TypeVar, get_type_hints

from transforms.annex import all_annexes
from transforms.fiscal_year import FiscalYear
from transforms.office import all_offices
from transforms.reference import ReferenceMistake, load_toml

FILE = "corrections.toml"
SECTIONS = ("correction", "waiver")
_WORDS: dict[type, str] = {str: "text in quotes", int: "whole number", date: "day such as 2025-01-20"}
Kind = TypeVar("Kind", bound="Decision")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What every decision says: the report it is about, its reason, and who decided it on which day.

    `office` is empty only for a decision about a matrix as a whole. `annex` is empty where the decision holds
    for every annex that the office reports on; it is named where two have an indicator of the same number.
    The fields are named as the keys of the file are. Raises `ValueError` for what cannot be meant.
    """

    fiscal_year: str
    quarter: int
    reason: str
    who: str
    when: date
    office: str = ""
    annex: str = ""

    def __post_init__(self) -> None:
        FiscalYear.parse(self.fiscal_year)
        if self.office not in {"", *(office.office_id for office in all_offices())}:
            raise ValueError(f"no office is registered as `{self.office}`")
        if self.annex not in {"", *all_annexes()}:
            raise ValueError(f"no annex is called `{self.annex}`")
        if not 1 <= self.quarter <= 4:
            raise ValueError(f"a quarter is 1 to 4, not {self.quarter}")
        if not (self.reason.strip() and self.who.strip()):
            raise ValueError("`reason` and `who` may not be empty")


def read_decisions(kind: type[Kind], section: str) -> tuple[Kind, ...]:
    """Return the decisions of one section, in the order of the file; raises `ReferenceMistake`."""
    decisions = []
    for number, entry in enumerate(_entries(section), start=1):
        try:
            decisions.append(_decision(kind, entry))
        except ValueError as error:
            raise ReferenceMistake(f"{FILE}, {section} {number}: {error}") from error
    return tuple(decisions)


def _entries(section: str) -> list[dict[str, Any]]:
    sections = load_toml(FILE)
    for name, entries in sections.items():
        if name not in SECTIONS or not isinstance(entries, list):
            raise ReferenceMistake(f"{FILE}: a decision begins with [[correction]] or [[waiver]], not {name}")
    return list(sections.get(section, ()))


def _decision(kind: type[Kind], entry: Mapping[str, Any]) -> Kind:
    wrong = next(_wrong_keys(kind, entry), None)
    if wrong:
        raise ValueError(wrong)
    return kind(**entry)


def _wrong_keys(kind: type[Decision], entry: Mapping[str, Any]) -> Iterator[str]:
    types = get_type_hints(kind)
    yield from (f"no key is called `{key}`" for key in entry if key not in types)
    for field in fields(kind):
        if field.name not in entry:
            if field.default is MISSING:
                yield f"`{field.name}` is missing"
        elif not isinstance(entry[field.name], types[field.name]):
            yield f"`{field.name}` must be a {_WORDS[types[field.name]]}"
