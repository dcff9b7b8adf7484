"""Choices: what the operator's form in the Prefect UI offers, and the sentence that anything else gets.

Each is the type of a flow's parameter: its JSON schema makes the form a list to pick from, and the server
refuses what is not on it. The form is as old as the deployment: after a new year's plan or a new office,
`protibedon serve` wants a restart.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema

from transforms.office import all_divisions, all_offices
from transforms.plan import QUARTERS, all_plans
from transforms.reference import ReferenceMistake


def _years() -> list[str]:
    try:
        return sorted({str(plan.fiscal_year) for plan in all_plans()})
    except ReferenceMistake:
        return []  # the run itself tells what is wrong in a file; the form must not fail over it


def _divisions() -> list[str]:
    return [division.division_id for division in all_divisions()]


def _offices() -> list[str]:
    try:
        return sorted(office.office_id for office in all_offices())
    except ReferenceMistake:
        return []


def _one_of(what: str, known: Callable[[], Collection[str]]) -> AfterValidator:
    """Refuse in one sentence what is neither empty nor known."""

    def check(said: str) -> str:
        if said and said not in known():
            raise ValueError(f"no {what} is known as {said!r}; known are {', '.join(known())}")
        return said

    return AfterValidator(check)


def _a_quarter(said: int | None) -> int | None:
    if said not in (None, *QUARTERS):
        raise ValueError(f"there is no quarter {said}; a fiscal year has 1, 2, 3 and 4")
    return said


def _offered(known: Collection[str], means: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": ["", *known], "description": means})


FiscalYearChoice = Annotated[
    str,
    _one_of("fiscal year", _years),
    _offered(_years(), "অর্থবছর · Fiscal year, July to June. Empty: all."),
]
QuarterChoice = Annotated[
    int | None,
    AfterValidator(_a_quarter),
    WithJsonSchema(
        {"enum": [None, *QUARTERS], "description": "ত্রৈমাসিক · Quarter; 1 is July to September. None: all."}
    ),
]
DivisionChoice = Annotated[
    str,
    _one_of("division", _divisions),
    _offered(_divisions(), "বিভাগ · Division. Empty: all."),
]
OfficeChoice = Annotated[
    str,
    _one_of("office", _offices),
    _offered(_offices(), "কার্যালয় · Office, by its id. Empty: all."),
]
HomeFolder = Annotated[
    str,
    Field(json_schema_extra={"description": "Folder of the installation. Empty: the one that is served."}),
]
Paths = Annotated[
    Sequence[str],
    Field(json_schema_extra={"description": "Files or folders to take instead of the inbox."}),
]
DryRun = Annotated[
    bool,
    Field(json_schema_extra={"description": "পরীক্ষামূলক · Only say what would happen, and change nothing."}),
]
