"""An outgoing mail: as it is meant, and as the bytes that mail programs and servers read.

Whatever an office has written (a file's name, the office's own) is cleaned before it stands in one: no
line end can begin a header of its own, and nothing turns the text round.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from flows.settings import WrongSetting, text
from transforms.shown import plays_tricks

_NAME = re.compile(r"[a-z0-9][a-z0-9._+-]*")
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*")
_LONGEST_ADDRESS = 254  # RFC 5321, with its brackets 256


class NoAddress(ValueError):  # noqa: N818 (named for what it is)
    """A text that mail cannot be sent to, or from."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail: its name in ASCII letters, its type (`application/pdf`), its bytes."""

    file_name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """One mail to the addresses of one office or person.

    `name` tells it from every other one for ever, in small ASCII letters, digits, `.`, `_`, `+` and `-`: the
    same thing said twice has the same name. Raises `ValueError` for another name, `NoAddress` where it is to
    nobody, or to what is no address.
    """

    name: str
    to: tuple[str, ...]
    subject: str
    body: str
    language: str = "bn"
    attachments: tuple[Attachment, ...] = ()

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"no mail can be named {self.name!r}")
        if not self.to:
            raise NoAddress(f"{self.name} is to nobody")
        for address in self.to:
            checked_address(address)


def written(outgoing: OutgoingMail, now: datetime) -> bytes:
    """Return a mail as the bytes of an .eml file, dated with an aware time.

    Its Message-ID follows from its name, so that a mail program that gets it twice can tell. Raises
    `WrongSetting` where the setting `mail_from` is missing or holds no address.
    """
    sender = mail_from()
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["To"] = ", ".join(outgoing.to)
    mail["Subject"] = _clean(outgoing.subject, on_one_line=True)
    mail["Date"] = now
    mail["Message-ID"] = f"<{outgoing.name}@{sender.domain}>"
    # RFC 3834: whoever answers mail by machine leaves this one alone; the second says so to Exchange.
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(_clean(outgoing.body), charset="utf-8", cte="base64")
    for attached in outgoing.attachments:
        maintype, _, subtype = attached.media_type.partition("/")
        mail.add_attachment(attached.content, maintype=maintype, subtype=subtype, filename=attached.file_name)
    mail["Content-Language"] = outgoing.language  # last, or it would become the first part's
    return mail.as_bytes()


def mail_from() -> Address:
    """Return whom mail is from; raises `WrongSetting` where the setting is missing or holds no address."""
    said = text("mail_from")
    name, bracket, address = said.removesuffix(">").rpartition("<")
    try:
        if said.endswith(">") != bool(bracket):
            raise NoAddress(said)
        named = _clean(name, on_one_line=True).strip('" ')
        return Address(named, addr_spec=checked_address(address))
    except NoAddress as error:
        raise WrongSetting(
            f"PROTIBEDON_MAIL_FROM is {said!r}; mail needs an address there, or `Name <address>`"
        ) from error


def checked_address(address: str) -> str:
    """Return an address as it is; raises `NoAddress` for what no server would take, or would take for two."""
    if not _is_sendable(address):
        raise NoAddress(f"no mail address: {address!r}")
    return address


def sendable(addresses: Iterable[str]) -> tuple[str, ...]:
    """Return those of some addresses that mail can be sent to; an office may write from others too."""
    return tuple(filter(_is_sendable, addresses))


def _is_sendable(address: str) -> bool:
    return bool(_ADDRESS.fullmatch(address)) and len(address) <= _LONGEST_ADDRESS


def _clean(words: str, *, on_one_line: bool = False) -> str:
    """Take out control characters, halves of characters, and marks that turn text round.

    The joiners stay, since Bengali is written with them.
    """
    if on_one_line:
        words = " ".join(words.split())
    return "".join(letter for letter in words if letter in "\n\t" or not plays_tricks(letter))
