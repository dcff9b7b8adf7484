"""The ledger: which files arrived, which of them are loaded, and which still wait after a crash."""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime

from duckdb import DuckDBPyConnection

from extractors.submission import Channel, Submission
from warehouse.publication import note_nothing
from warehouse.rows import incoming
from warehouse.statements import rows, run
from warehouse.transaction import in_turn


def record_received(connection: DuckDBPyConnection, submissions: Iterable[Submission]) -> None:
    """Write down, and commit, what has arrived; a file that is known already keeps its first arrival."""
    arrivals = [row_of(submission) for submission in submissions]
    if arrivals:  # a run with nothing new leaves the file as it is
        in_turn(connection, lambda: receive(connection, arrivals))


def receive(connection: DuckDBPyConnection, arrivals: Iterable[Mapping[str, object]]) -> None:
    """Write down rows of the ledger, inside a transaction of the caller's."""
    with incoming(connection, "ledger", arrivals):
        run(connection, "load/receive")
    note_nothing(connection)


def already_taken(connection: DuckDBPyConnection, submission_ids: Collection[str]) -> set[str]:
    """Return those of the ids that are loaded, accepted or rejected; what was only received is not."""
    found = rows(connection, "ask/already_taken", submission_ids=list(submission_ids))
    return {row["submission_id"] for row in found}


def reports_taken(connection: DuckDBPyConnection, submission_ids: Collection[str]) -> set[str]:
    """Return the ids of all reports that are loaded from these files: a file may hold several."""
    found = rows(connection, "ask/reports_taken", submission_ids=list(submission_ids))
    return {row["submission_id"] for row in found}


def waiting(connection: DuckDBPyConnection) -> tuple[Submission, ...]:
    """Return what was received and never loaded, the oldest first, for the next run to take up."""
    return tuple(_submission(**row) for row in rows(connection, "ask/waiting"))


def kept_apart(connection: DuckDBPyConnection) -> tuple[Submission, ...]:
    """Return what waits for a person to decide about its sender, the oldest first."""
    return tuple(_submission(**row) for row in rows(connection, "ask/kept_apart"))


def row_of(submission: Submission) -> dict[str, object]:
    """Return a submission as a row: its times in UTC, and naive as the warehouse keeps them."""
    return {
        "submission_id": submission.submission_id,
        "file_name": submission.file_name,
        "channel": str(submission.channel),
        "sender": submission.sender,
        "received_at": submission.received_at.astimezone(UTC).replace(tzinfo=None),
        "taken_at": submission.taken_at.astimezone(UTC).replace(tzinfo=None),
    }


def _submission(
    *,
    submission_id: str,
    file_name: str,
    channel: str,
    sender: str,
    received_at: datetime,
    taken_at: datetime,
) -> Submission:
    return Submission(
        submission_id=submission_id,
        file_name=file_name,
        channel=Channel(channel),
        sender=sender,
        received_at=received_at.replace(tzinfo=UTC),
        taken_at=taken_at.replace(tzinfo=UTC),
    )
