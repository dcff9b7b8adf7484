"""The audit: questions put to the warehouse after each load, whose right answer is no rows at all.

Each file of `sql/audit` selects the rows that must not be. Its first line gives the severity, `stop` or
`warn`, and the sentence that holds when nothing is selected.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from warehouse.publication import notice_changes, publication_of
from warehouse.statements import rows, run, sql

_FIRST_LINE = re.compile(r"-- (?P<severity>stop|warn): (?P<sentence>.+)")


@dataclass(frozen=True, slots=True)
class Violation:
    """One question that found rows: the sentence they break, and the rows, each by column name."""

    name: str
    severity: str
    sentence: str
    rows: tuple[dict[str, Any], ...]

    def __str__(self) -> str:
        first = ", ".join(f"{column} {value}" for column, value in self.rows[0].items())
        return f"{self.name}: {self.sentence}; {len(self.rows)} rows break it, the first: {first}"


class AuditFailed(Exception):  # noqa: N818 (named for what happened)
    """The warehouse contradicts itself, so nothing is published; the copy that readers have stays."""

    def __init__(self, violations: Sequence[Violation]) -> None:
        super().__init__("not published: " + " | ".join(map(str, violations)))
        self.violations = tuple(violations)


def audit(connection: DuckDBPyConnection, published: Path | None = None) -> tuple[Violation, ...]:
    """Put every question to a warehouse; return the warnings, raise `AuditFailed` where one must stop.

    Nothing is published that was not found in order. So with a published copy of this warehouse the questions
    are about what has changed since, wherever that is known.
    """
    last = publication_of(published) if published else None
    is_known = last is not None and notice_changes(connection, last.state, "publishing")
    run(connection, "audited/changed" if is_known else "audited/everything")
    violations = [found for name in audit_names() if (found := _ask(connection, name))]
    stopping = [found for found in violations if found.severity == "stop"]
    if stopping:
        raise AuditFailed(stopping)
    return tuple(violations)


def audit_names() -> tuple[str, ...]:
    """Return the names of all questions, in order."""
    folder = files("warehouse").joinpath("sql", "audit")
    return tuple(sorted(entry.name.removesuffix(".sql") for entry in folder.iterdir()))


def _ask(connection: DuckDBPyConnection, name: str) -> Violation | None:
    question = f"audit/{name}"
    first_line = _FIRST_LINE.match(sql(question))
    if first_line is None:
        raise ValueError(f"{question}.sql does not begin with its severity and sentence")
    found = rows(connection, question)
    return Violation(name, first_line["severity"], first_line["sentence"], tuple(found)) if found else None
