"""Drafting: from an office's file to the plan file of a new year."""

from collections.abc import Sequence
from pathlib import Path

from extractors.reader import read
from extractors.refusal import Refusal, UnreadableFile
from flows.reading import ReadingSettings, at_a_desk
from transforms.fiscal_year import FiscalYear
from transforms.plan_draft import NoPlanInIt, PlanDraft, draft_plan
from transforms.reference import ReferenceMistake


class CannotDraft(Exception):  # noqa: N818 (named for what the person who drafts reads)
    """A plan that cannot be drafted, or not written where it was wanted."""


def draft_from(file: Path, *, annex_id: str, fiscal_year: str) -> PlanDraft:
    """Draft the plan that a file's form tells of; empty words leave annex and year to the form.

    Raises `CannotDraft` where the file cannot be read or holds no plan, or the year is none such as 2025-26.
    """
    try:
        year = FiscalYear.parse(fiscal_year) if fiscal_year else None
    except ValueError as mistake:
        raise CannotDraft(f"a fiscal year is written 2025-26, not {fiscal_year}") from mistake
    try:
        drafted = at_a_desk(plan_in, file, annex_id, year, ReadingSettings.chosen().passwords)
    except UnreadableFile as broken_off:
        drafted = broken_off
    if isinstance(drafted, PlanDraft):
        return drafted
    if isinstance(drafted, OSError | ReferenceMistake):
        raise drafted
    raise CannotDraft(f"no plan can be drafted from {file.name}: {drafted}") from drafted


def plan_in(
    file: Path, annex_id: str, year: FiscalYear | None, passwords: Sequence[str]
) -> PlanDraft | Refusal | NoPlanInIt | OSError | ReferenceMistake:
    """Read a file and draft the plan in it, or say why there is none: what is done at a desk."""
    try:
        return draft_plan(read(file.read_bytes(), passwords), annex_id=annex_id, fiscal_year=year)
    except (Refusal, NoPlanInIt, OSError, ReferenceMistake) as reason:
        return reason


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet: what was decided in an earlier draft must not be written over."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as there:
        raise CannotDraft(f"{path} is there already, and may hold decisions; choose another name") from there
