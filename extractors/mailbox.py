"""The mailbox: a folder on an IMAP server, looked into over TLS and left as it is.

Messages are known by the server's UIDVALIDITY and their UID. They are fetched by PEEK from a folder opened
for reading only, so that no flag of theirs changes; what people's mail programs do to flags is not asked.
"""

import imaplib
import re
import socket
import ssl
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from imap_tools.errors import ImapToolsError, MailboxFetchError, MailboxFolderSelectError, MailboxLoginError
from imap_tools.mailbox import MailBox
from imap_tools.utils import check_command_status

from extractors.inbox import SourceUnavailable

_AT_ONCE = 100  # messages named in one command, whose length servers limit
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_INTERNAL_DATE = re.compile(rb'\bINTERNALDATE "([^"]+)"')


class ConnectionLost(SourceUnavailable):
    """A mailbox whose server does not answer, or no longer; what was fetched before is whole."""


@dataclass(frozen=True, slots=True)
class Account:
    """Where a mailbox is and how to enter it.

    `certificates` is a file of the authorities to trust, `None` for the system's own; `timeout` is how many
    seconds each answer of the server may take.
    """

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str
    certificates: Path | None
    timeout: float

    @property
    def place(self) -> str:
        """The mailbox as people name it, and as it is remembered."""
        return f"mailbox {self.user} at {self.host}, {self.folder}"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A message as the server has it: its bytes, and when the server received it, in UTC."""

    uid: int
    content: bytes
    received_at: datetime


class Mailbox:
    """An open mailbox. Each method raises `ConnectionLost`, and `SourceUnavailable` where the server refuses.

    `uid_validity` tells which numbering of the server the UIDs belong to.
    """

    def __init__(self, account: Account, server: MailBox) -> None:
        self.account = account
        self._server = server
        with _told(account):
            self.uid_validity = self._select(is_read_only=True)

    def uids(self) -> list[int]:
        """Return the UIDs of all messages in the folder, the oldest first."""
        with _told(self.account):
            return sorted(map(int, self._server.uids("ALL", charset=None)))

    def sizes(self, uids: Collection[int]) -> dict[int, int]:
        """Return how many bytes messages have, by UID; one that has vanished is left out."""
        sizes: dict[int, int] = {}
        with _told(self.account):
            for some in _chunks(sorted(uids)):
                for line, _ in self._fetch(some, "(UID RFC822.SIZE)"):
                    if (uid := _UID.search(line)) and (size := _SIZE.search(line)):
                        sizes[int(uid[1])] = int(size[1])
        return sizes

    def fetch(self, uid: int, *, headers_only: bool = False) -> Fetched | None:
        """Return a message, or its headers; `None` where it has vanished. It never came later than now."""
        part = "HEADER" if headers_only else ""
        with _told(self.account):
            answer = self._fetch([uid], f"(UID INTERNALDATE BODY.PEEK[{part}])")
        described = b" ".join(line for line, _ in answer)
        bodies = [literal for line, literal in answer if literal is not None and b"BODY[" in line]
        dated = _INTERNAL_DATE.search(described)
        if not bodies or dated is None:
            return None
        received_at = parsedate_to_datetime(dated[1].decode("ascii", "replace")).astimezone(UTC)
        return Fetched(uid, bodies[0], min(received_at, datetime.now(UTC)))

    def move(self, uids: Collection[int], folder: str) -> None:
        """Move messages to another folder, which is made where it is absent.

        Left to servers that can move: for others it would be a copy and a deletion, and nothing is deleted
        here. Where the numbering has changed meanwhile, nothing is moved.
        """
        with _told(self.account):
            if "MOVE" not in self._capabilities():
                raise SourceUnavailable(self.account.place, "its server cannot move messages; they were left")
            if not self._server.folder.exists(folder):
                self._server.folder.create(folder)
            if self._select(is_read_only=False) == self.uid_validity:
                self._server.move(list(map(str, sorted(uids))), folder, chunks=_AT_ONCE)

    def _select(self, *, is_read_only: bool) -> int:
        """Open the folder, and return the numbering that its UIDs are of."""
        self._server.folder.set(self.account.folder, readonly=is_read_only)
        _, told = self._server.client.response("UIDVALIDITY")
        return int(told[-1] or 0)

    def _capabilities(self) -> Sequence[str]:
        """Return what the server can do for one who has logged in, which it may not tell a stranger."""
        _, told = self._server.client.capability()
        self._server.client.capabilities = tuple(told[-1].decode("ascii", "replace").upper().split())
        return self._server.client.capabilities

    def _fetch(self, uids: Sequence[int], what: str) -> list[tuple[bytes, bytes | None]]:
        """Return the lines of a server's answer, each with the message that it announces, where it does."""
        answer: tuple[str, list[Any]] = self._server.client.uid("FETCH", ",".join(map(str, uids)), what)
        check_command_status(answer, MailboxFetchError)
        items = (item if isinstance(item, tuple) else (item, None) for item in answer[1])
        return [(line, literal) for line, literal in items if line]


@contextmanager
def open_mailbox(account: Account) -> Iterator[Mailbox]:
    """Log in and open the folder, meanwhile.

    Raises `SourceUnavailable` with what is amiss in one sentence: the way to the server, its certificate,
    the name or the password, the folder.
    """
    trusted = _trusted(account)
    with _told(account):
        server = MailBox(account.host, account.port, account.timeout, ssl_context=trusted)
    try:
        with _told(account):
            _log_in(server, account)
        yield Mailbox(account, server)
    finally:
        _leave(server)


def _trusted(account: Account) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=account.certificates)
    except OSError as error:
        cause = f"the certificates to trust cannot be read from {account.certificates} ({_words_of(error)})"
        raise SourceUnavailable(account.place, cause) from error


def _log_in(server: MailBox, account: Account) -> None:
    is_plain = (account.user + account.password).isascii()
    log_in = server.login if is_plain else server.login_utf8
    try:
        log_in(account.user, account.password, initial_folder=None)
    except (MailboxLoginError, imaplib.IMAP4.error) as error:
        if isinstance(error, imaplib.IMAP4.abort):
            raise
        # What the server or a library says of it may hold what was sent, so nothing of it is passed on.
        raise SourceUnavailable(account.place, "the user name or the password was not accepted") from None


def _leave(server: MailBox) -> None:
    """Log out, and close the connection also where the server no longer answers."""
    with suppress(imaplib.IMAP4.error, ImapToolsError, OSError):
        server.logout()
    with suppress(OSError):
        server.client.shutdown()


@contextmanager
def _told(account: Account) -> Iterator[None]:
    """Tell in one sentence what a server, or the way to it, has against what is done inside."""
    try:
        yield
    except SourceUnavailable:
        raise
    except ssl.SSLCertVerificationError as error:
        cause = f"its certificate is not trusted ({error.verify_message}); see mailbox_certificates"
        raise SourceUnavailable(account.place, cause) from error
    except socket.gaierror as error:
        raise ConnectionLost(account.place, "no server of that name is found") from error
    except MailboxFolderSelectError as error:
        raise SourceUnavailable(account.place, "there is no such folder") from error
    except imaplib.IMAP4.abort as error:
        raise ConnectionLost(account.place, "the connection failed (the server fell silent)") from error
    except (EOFError, TimeoutError, ConnectionError, ssl.SSLError) as error:
        cause = f"the connection failed ({_words_of(error)})"
        raise ConnectionLost(account.place, cause) from error
    except (imaplib.IMAP4.error, ImapToolsError, OSError) as error:
        raise SourceUnavailable(account.place, _words_of(error)) from error


def _words_of(error: Exception) -> str:
    """Return what an error says, on one line; its kind where it says nothing."""
    told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join(told.split())[:200].lower() or type(error).__name__


def _chunks(uids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (uids[at : at + _AT_ONCE] for at in range(0, len(uids), _AT_ONCE))
