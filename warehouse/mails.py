"""The mails: which messages of which mailbox were taken, written down together with what they brought."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from duckdb import DuckDBPyConnection

from extractors.submission import Submission
from warehouse.ledger import receive, row_of
from warehouse.rows import add_rows
from warehouse.statements import rows
from warehouse.transaction import in_turn


@dataclass(frozen=True, slots=True)
class Mail:
    """One message as it was taken: where it stood, what it is, and how many files it brought.

    `original` is the SHA-256 under which the whole message is kept; both times are aware.
    """

    mailbox: str
    uid_validity: int
    uid: int
    message_id: str
    original: str
    sender: str
    subject: str
    received_at: datetime
    taken_at: datetime
    files: int
    is_admitted: bool


def record_mail(connection: DuckDBPyConnection, mail: Mail, brought: Iterable[Submission]) -> None:
    """Write down, and commit, a message and the files it brought, or neither."""
    arrivals = [row_of(submission) for submission in brought]
    times = {"received_at": _naive(mail.received_at), "taken_at": _naive(mail.taken_at)}

    def record() -> None:
        receive(connection, arrivals)
        add_rows(connection, "mails", [{**asdict(mail), **times}])

    in_turn(connection, record)


def mails_taken(connection: DuckDBPyConnection, mailbox: str, uid_validity: int) -> set[int]:
    """Return the UIDs of the messages that were taken, under one numbering of a mailbox's server."""
    found = rows(connection, "ask/mails_taken", mailbox=mailbox, uid_validity=uid_validity)
    return {row["uid"] for row in found}


def _naive(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)
