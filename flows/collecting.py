"""Collecting: new messages of the mailbox become originals, and their attachments submissions.

A message is first kept whole, then each file in it, and then both are written down in one transaction; only
after that may it be moved. So a run may be killed at any moment: what is not written down is fetched again,
and what comes a second time is known by its bytes.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from duckdb import DuckDBPyConnection

from extractors.archive import unpacked
from extractors.covering_mail import CoveringMail
from extractors.erasures import Erasures
from extractors.inbox import SourceUnavailable
from extractors.mail_authentication import is_vouched_for
from extractors.mailbox import Account, ConnectionLost, Fetched, Mailbox, open_mailbox
from extractors.message import Attachment, Message, take_apart
from extractors.originals import Arrival, Originals
from extractors.submission import Channel, Submission, submission_id_of
from flows.secret import secret
from flows.settings import WrongSetting, number, text
from flows.source import Source
from transforms.correspondent import all_correspondents, correspondent_of, folded
from warehouse.mails import Mail, mails_taken, record_mail

_MB = 1024 * 1024
_MOST_BREAKS = 4  # connections in a row that broke at a message; then it is the line, and not the messages
_MOST_TRIES = 3  # for one message, at which some servers break off when they cannot read it themselves


@dataclass(slots=True)
class Collected:
    """What one look into the mailbox gave.

    `arrived` are the files, new and known, by their ids; `without_file` are messages that brought none, each
    in a few words; `unavailable` is what could not be fetched.
    """

    arrived: dict[str, Submission] = field(default_factory=dict)
    without_file: list[str] = field(default_factory=list)
    unavailable: dict[int, SourceUnavailable] = field(default_factory=dict)


def mailbox_account(source: Source) -> Account | None:
    """Return the mailbox that the settings name; `None` where they name none, or the source is another.

    Raises `WrongSetting` for a mailbox that nobody could log in to, and where the mailbox alone is wanted and
    there is none.
    """
    if source is Source.MAILBOX and not text("mailbox_host"):
        raise WrongSetting("no mailbox is configured; say where it is by mailbox_host")
    if not source.looks_into_mailbox or not text("mailbox_host"):
        return None
    account = Account(
        host=text("mailbox_host"),
        port=int(number("mailbox_port")),
        user=text("mailbox_user"),
        password=secret("mailbox_password"),
        folder=text("mailbox_folder"),
        certificates=Path(text("mailbox_certificates")) if text("mailbox_certificates") else None,
        timeout=number("mailbox_timeout"),
    )
    for name, value in (("mailbox_user", account.user), ("mailbox_password", account.password)):
        if not value:
            raise WrongSetting(f"mailbox_host is set and {name} is not; nobody can log in to the mailbox")
    return account


def collect(
    account: Account, originals: Originals, connection: DuckDBPyConnection, *, is_rehearsal: bool = False
) -> Collected:
    """Take every new message of a mailbox into the originals and the ledger; a rehearsal moves none.

    A connection that breaks is made anew for as long as that helps; what is left then, the next run takes. A
    message at which the server breaks off each time stops none of the others. Raises `ReferenceMistake` for a
    list of correspondents that cannot be meant, and `WrongSetting`, before a message is fetched.
    """
    collector = _Collector(originals, connection)
    while True:
        asked_for = collector.asked_for
        try:
            with open_mailbox(account) as mailbox:
                collector.take_new(mailbox)
                if not is_rehearsal:
                    collector.tidy_up(mailbox)
        except ConnectionLost as lost:
            if collector.asked_for > asked_for and collector.breaks < _MOST_BREAKS:
                continue
            collector.collected.unavailable[0] = lost
        except SourceUnavailable as failure:
            collector.collected.unavailable[0] = failure
        return collector.collected


class _Collector:
    """The walk through one mailbox, which may need several connections.

    `asked_for` counts messages fetched, in vain or not; `breaks` the connections in a row that broke at one.
    """

    def __init__(self, originals: Originals, connection: DuckDBPyConnection) -> None:
        self._originals = originals
        self._connection = connection
        self._largest = number("mailbox_largest_mb")
        self._move_to = text("mailbox_move_to")
        self._authserv = text("mailbox_authserv")
        self._erased = Erasures(originals.folder).messages()
        self._tries: Counter[int] = Counter()
        self.collected = Collected()
        self.asked_for = 0
        self.breaks = 0
        all_correspondents()  # a mistake in the list is better found before a message is half taken

    def take_new(self, mailbox: Mailbox) -> None:
        """Take each message that is not written down yet, the oldest first, those that failed before last."""
        taken = mails_taken(self._connection, mailbox.account.place, mailbox.uid_validity)
        told = self.collected.unavailable  # by an earlier connection; asking again would never end
        sizes = mailbox.sizes([uid for uid in mailbox.uids() if uid not in taken and uid not in told])
        for uid in sorted(sizes, key=lambda uid: (self._tries[uid], uid)):
            is_too_large = sizes[uid] > self._largest * _MB
            fetched = self._fetch(mailbox, uid, headers_only=is_too_large)
            if fetched and is_too_large:
                self.collected.unavailable[uid] = self._too_large(mailbox, fetched, sizes[uid])
            elif fetched:
                self._take(mailbox, fetched)

    def tidy_up(self, mailbox: Mailbox) -> None:
        """Move what is written down out of the way, where the settings name a folder for it."""
        if self._move_to:
            taken = mails_taken(self._connection, mailbox.account.place, mailbox.uid_validity)
            if done := taken.intersection(mailbox.uids()):
                mailbox.move(done, self._move_to)

    def _fetch(self, mailbox: Mailbox, uid: int, *, headers_only: bool) -> Fetched | None:
        """Return a message; `None` where it has vanished, or where the server withholds it, which is told."""
        if self._tries[uid] == _MOST_TRIES:
            cause = f"its server breaks off at message {uid}, which was left there"
            self.collected.unavailable[uid] = SourceUnavailable(mailbox.account.place, cause)
            return None
        self.asked_for += 1
        try:
            fetched = mailbox.fetch(uid, headers_only=headers_only)
        except ConnectionLost:
            self._tries[uid] += 1
            self.breaks += 1
            raise
        except SourceUnavailable as refusal:
            self.collected.unavailable[uid] = refusal
            return None
        self.breaks = 0
        return fetched

    def _take(self, mailbox: Mailbox, fetched: Fetched) -> None:
        if submission_id_of(fetched.content) in self._erased:
            record_mail(self._connection, _mail_of_nobody(mailbox, fetched), ())
            return
        self._originals.keep_bytes(fetched.content)
        message = take_apart(fetched.content)
        mail = self._covering_mail(message, fetched)
        files = [
            file
            for attachment in message.attachments
            for file in unpacked(attachment.content, _submission(attachment, message, fetched))
        ]
        self._originals.keep_all(
            [(content, Arrival(submission, mail)) for content, submission in files],
            others=[attachment.content for attachment in message.attachments],
        )
        brought = {submission.submission_id: submission for _, submission in files}
        record_mail(self._connection, _mail(mailbox, fetched, message, mail, len(brought)), brought.values())
        self.collected.arrived.update(brought)
        if not brought:
            self.collected.without_file.append(_in_a_few_words(message))

    def _covering_mail(self, message: Message, fetched: Fetched) -> CoveringMail:
        is_genuine = not self._authserv or is_vouched_for(fetched.content, self._authserv)
        return CoveringMail(
            original=submission_id_of(fetched.content),
            message_id=message.message_id,
            subject=message.subject,
            text=message.text,
            is_genuine=is_genuine,
            is_admitted=is_genuine and correspondent_of(message.sender) is not None,
        )

    def _too_large(self, mailbox: Mailbox, headers: Fetched, size: int) -> SourceUnavailable:
        which = _in_a_few_words(take_apart(headers.content))
        cause = (
            f"{which} has {size / _MB:,.1f} MB and was left there; mailbox_largest_mb is {self._largest:g}"
        )
        return SourceUnavailable(mailbox.account.place, cause)


def _submission(attachment: Attachment, message: Message, fetched: Fetched) -> Submission:
    return Submission(
        submission_id=submission_id_of(attachment.content),
        file_name=attachment.name,
        channel=Channel.MAIL,
        sender=folded(message.sender),
        received_at=fetched.received_at,
        taken_at=datetime.now(UTC),
    )


def _mail(mailbox: Mailbox, fetched: Fetched, message: Message, mail: CoveringMail, files: int) -> Mail:
    return Mail(
        mailbox=mailbox.account.place,
        uid_validity=mailbox.uid_validity,
        uid=fetched.uid,
        message_id=mail.message_id,
        original=mail.original,
        sender=folded(message.sender),
        subject=mail.subject,
        received_at=fetched.received_at,
        taken_at=datetime.now(UTC),
        files=files,
        is_admitted=mail.is_admitted,
    )


def _mail_of_nobody(mailbox: Mailbox, fetched: Fetched) -> Mail:
    """Return what is written down of a message that was erased here, and that its mailbox still holds."""
    return Mail(
        mailbox=mailbox.account.place,
        uid_validity=mailbox.uid_validity,
        uid=fetched.uid,
        message_id="",
        original=submission_id_of(fetched.content),
        sender="",
        subject="",
        received_at=fetched.received_at,
        taken_at=datetime.now(UTC),
        files=0,
        is_admitted=False,
    )


def _in_a_few_words(message: Message) -> str:
    return f"“{message.subject or 'no subject'}” from {message.sender or 'nobody'}"
