"""The publication: which state of the warehouse a published copy shows, and what has changed since then.

Every transaction that writes to the warehouse has a number, and notes beside what it writes of which
submissions, offices and divisions readers must be told anew. So the next copy is made from the last one, and
a report costs as much as its division is large. Where a transaction noted nothing (another registry, plan or
rule; an erasure), where the copy is of another warehouse, or was made by other rules, or was written to,
there is nothing to go on from: everything is copied.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from transforms.described import Table, described_tables
from warehouse.statements import rows, rows_of, run, run_text, sql

# What a load of more submissions, offices and divisions changed is not noted.
_MOST_CHANGES = 50_000


@dataclass(frozen=True, slots=True)
class State:
    """What a copy was made of: by which rules, and after which of the transactions that wrote."""

    rules: str
    number: int
    token: str

    @classmethod
    def parse(cls, written: str) -> "State":
        """Read what `str` wrote. Raises `ValueError` for anything else."""
        rules, number, token = written.split(":")
        return cls(rules, int(number), token)

    def __str__(self) -> str:
        return f"{self.rules}:{self.number}:{self.token}"


@dataclass(frozen=True, slots=True)
class Publication:
    """What a published copy says of itself: its state, and its bytes when it was last copied whole."""

    state: State
    whole_bytes: int


@dataclass(frozen=True, slots=True)
class Following:
    """How a table follows what was changed: which kind of change, its columns, and what they are among."""

    kind: str
    key: str
    changed: str


_OF_SUBMISSIONS = Following("submission", "submission_id", "changed_submissions")
_OF_OFFICES = Following("office", "(fiscal_year, office_id)", "changed_offices")
_OF_DIVISIONS = Following("division", "(fiscal_year, division_id)", "changed_divisions")
# Tables that are not named here hold what the reference files declare. When these say anything else, no
# transaction notes what it changed, for all of it may have.
FOLLOWING: Mapping[str, Following] = {
    "submissions": _OF_SUBMISSIONS,
    "findings": _OF_SUBMISSIONS,
    "corrections": _OF_SUBMISSIONS,
    "observation_revisions": _OF_SUBMISSIONS,
    "target_band_revisions": _OF_SUBMISSIONS,
    "observations": _OF_OFFICES,
    "target_bands": _OF_OFFICES,
    "scores": _OF_OFFICES,
    "office_scores": _OF_OFFICES,
    "division_scores": _OF_DIVISIONS,
    "divisional_summary": _OF_DIVISIONS,
    "reporting_status": _OF_DIVISIONS,
    "reporting_rates": _OF_DIVISIONS,
    "national_summary": Following("division", "fiscal_year", "changed_years"),
    "decisions": Following("nothing", "kind", "changed_decisions"),
}


def published_tables() -> list[Table]:
    """Return the tables that readers get."""
    return [table for table in described_tables() if table.published]


def keep_track_of_changes(connection: DuckDBPyConnection) -> None:
    """Make what the changes are noted in, where it is absent."""
    if not rows(connection, "publication/standing"):
        run(connection, "publication/tables")


def note_touched(connection: DuckDBPyConnection) -> None:
    """Note, inside a load's transaction, that all it has touched was set anew."""
    run(connection, "publication/note_touched", most=_MOST_CHANGES)


def note_nothing(connection: DuckDBPyConnection) -> None:
    """Note, inside a transaction that writes, that it changes nothing that readers get."""
    run(connection, "publication/note_nothing")


def state_of(connection: DuckDBPyConnection, noted_in: str) -> State:
    """Return the state that a warehouse is in; `noted_in` is the schema of its changes, as it is reached."""
    (row,) = rows_of(connection, sql("publication/state").format(noted_in=noted_in))
    return State(_rules(), **row)


def notice_changes(connection: DuckDBPyConnection, since: State, noted_in: str) -> bool:
    """Let statements read what has changed in a warehouse since a state, as `changed_submissions` and so on.

    `noted_in` is the schema of its changes, as the connection reaches it. Returns whether they are known.
    """
    if since.rules != _rules() or not _is_continued(connection, since, noted_in):
        return False
    run_text(connection, sql("publication/changed_since").format(noted_in=noted_in), number=since.number)
    return True


def is_as_it_was(connection: DuckDBPyConnection, table: str, since: State, now: State, noted_in: str) -> bool:
    """Whether nothing has changed between two states that a published table says anything about."""
    if since.rules != now.rules or not _is_continued(connection, since, noted_in):
        return False
    kind = FOLLOWING[table].kind if table in FOLLOWING else "declared"
    query = sql("publication/has_changed").format(noted_in=noted_in)
    (row,) = rows_of(connection, query, number=since.number, kind=kind)
    return not row["has_changed"]


def publication_of(published: Path) -> Publication | None:
    """Return what a published copy says of itself.

    `None` where nothing is published, or another program wrote the file, or wrote to it since.
    """
    if not published.is_file():
        return None
    try:
        with duckdb.connect(str(published), read_only=True) as connection:
            (row,) = rows(connection, "publication/read")
    except (duckdb.Error, ValueError):  # no warehouse, or one without a publication
        return None
    if row.pop("moment") != published.stat().st_mtime_ns:
        return None
    whole_bytes = row.pop("whole_bytes")
    return Publication(State(**row), whole_bytes)


def write_publication(connection: DuckDBPyConnection, publication: Publication, moment: int) -> None:
    """Let a copy say what it is of, and the moment, in nanoseconds, that its file is going to bear."""
    state = publication.state
    run(
        connection,
        "publication/write",
        rules=state.rules,
        number=state.number,
        token=state.token,
        moment=moment,
        whole_bytes=publication.whole_bytes,
    )


def _is_continued(connection: DuckDBPyConnection, since: State, noted_in: str) -> bool:
    query = sql("publication/is_continued").format(noted_in=noted_in)
    (row,) = rows_of(connection, query, number=since.number, token=since.token)
    return bool(row["is_continued"])


def _rules() -> str:
    """Return a word that is another one as soon as the tables, or what is hidden in them, are others."""
    return sha256(f"{published_tables()!r}{sql('publish/hide_contacts')}".encode()).hexdigest()[:16]
