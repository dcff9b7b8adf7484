"""A mail message: the files that it brings, under the names their senders gave them, and what it says.

Every part is a file that somebody meant to send, except what mail programs add by themselves: the words of
the letter, the small pictures of a signature, seals and cards. A message within a message is opened too.
"""

import io
import mimetypes
import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message as Part
from typing import cast

from PIL import Image

from extractors.letter import report_in, text_of
from extractors.mail_header import AS_WRITTEN, file_name_of, sender_of, words_of

MESSAGE_ENDING = ".eml"

_DEEPEST = 8  # messages within messages
_MOST_LINES = 1_000_000  # of 76 characters, they are more than any server passes on
_MOST_BOUNDARIES = 20_000  # lines that may part a message, each of which costs a thousand times its size
_OF_THE_MAIL_PROGRAM = frozenset(
    {
        "application/applefile",  # what a Mac notes beside a file
        "application/pgp-keys",
        "application/pgp-signature",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "message/delivery-status",
        "message/disposition-notification",
        "message/external-body",
        "text/calendar",
        "text/rfc822-headers",
        "text/vcard",
        "text/x-vcard",
    }
)
_FILES_OF_TEXT = ("text/csv", "text/rtf", "text/tab-separated-values")
_REST_OF_A_LETTER = re.compile(r"ATT\d{5,}\.(?:txt|html?)", re.IGNORECASE)  # as Exchange names it

_PICTURES = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "ICO")
_SMALLEST_PAGE = 500  # pixels of the shorter side; on fewer nobody can read a report, and logos have fewer
_SMALLEST_UNMEASURED = 50_000  # bytes of a picture whose sides cannot be told; a camera's have more

# What the standard library's parser raises on messages that break the rules of mail.
_SIGNS_OF_DAMAGE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message: the name it was given, for people to read, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """What a message is, says and brings. `sender` is the one address of its From line (`sender_of`)."""

    message_id: str
    sender: str
    subject: str
    text: str
    attachments: tuple[Attachment, ...]


def take_apart(content: bytes) -> Message:
    """Return what a message is made of; one that cannot be taken apart is its own attachment."""
    try:
        message = _parsed(content)
        return Message(
            message_id=words_of(message.get("Message-ID", "")),
            sender=sender_of(message),
            subject=words_of(message.get("Subject", "")),
            text=text_of(filter(_is_letter, _leaves(message))),
            attachments=tuple(_attachments(message)),
        )
    except _SIGNS_OF_DAMAGE:
        return Message("", "", "", "", (Attachment(f"message{MESSAGE_ENDING}", content),))


def _attachments(message: Part) -> Iterator[Attachment]:
    """Yield what a message brings, under its name, or counted where it came without one."""
    for number, (name, ending, content) in enumerate(_brought(message, _DEEPEST), start=1):
        yield Attachment(name or f"attachment-{number}{ending}", content)


def _brought(message: Part, depth: int) -> list[tuple[str, str, bytes]]:
    """Return name, usual ending and bytes of each file; where there is none, of a report in the letter."""
    files = [file for part in _leaves(message) for file in _files_of(part, depth)]
    if not files and (page := report_in(filter(_is_letter, _leaves(message)))):
        subject = words_of(message.get("Subject", ""))
        return [(f"{subject}.html" if subject else "", ".html", page)]
    return files


def _leaves(part: Part) -> Iterator[Part]:
    """Yield the parts that hold no others, in their order; a message within the message is one of them."""
    if part.get_content_maintype() != "multipart" or not part.is_multipart():
        yield part
        return
    for inner in cast(list[Part], part.get_payload()):
        yield from _leaves(inner)


def _files_of(part: Part, depth: int) -> list[tuple[str, str, bytes]]:
    if depth and (message := _message_within(part)) is not None:
        return _brought(message, depth - 1)
    if _is_letter(part) or part.get_content_type() in _OF_THE_MAIL_PROGRAM:
        return []
    content = _bytes_of(part)
    if _is_decoration(part, content):
        return []
    name = file_name_of(part) or words_of(part.get("Content-Description", ""))
    return [(name, mimetypes.guess_extension(part.get_content_type()) or "", content)]


def _message_within(part: Part) -> Part | None:
    """Return the message that a part is: forwarded as one, or saved as a file and attached."""
    if part.get_content_type() == "message/rfc822" and part.is_multipart():
        inner = cast(Part, part.get_payload(0))
        # No rule allows to encode a message; where a program does, its text was taken for a message's body.
        encoded = str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64"
        return _parsed(b64decode(str(inner.get_payload()))) if encoded else inner
    if file_name_of(part).lower().endswith(MESSAGE_ENDING):
        message = _parsed(_bytes_of(part))
        return message if "From" in message else None
    return None


def _is_letter(part: Part) -> bool:
    """Whether a part is the letter itself in one of its forms, and no file."""
    if part.get_content_maintype() != "text" or part.get_content_type() in _FILES_OF_TEXT:
        return False
    if name := file_name_of(part):
        return bool(_REST_OF_A_LETTER.fullmatch(name))
    return part.get_content_disposition() != "attachment"


def _is_decoration(part: Part, content: bytes) -> bool:
    """Whether a part is a picture that the letter shows, too small for a page: a logo, a line, a face."""
    is_shown = part.get_content_disposition() != "attachment" or "Content-ID" in part
    if not is_shown:
        return False
    try:
        with Image.open(io.BytesIO(content), formats=_PICTURES) as picture:
            return min(picture.size) < _SMALLEST_PAGE
    except (OSError, *_SIGNS_OF_DAMAGE, Image.DecompressionBombError):
        return part.get_content_maintype() == "image" and len(content) < _SMALLEST_UNMEASURED


def _bytes_of(part: Part) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else part.as_bytes()


def _parsed(content: bytes) -> Part:
    """Parse a message; `ValueError` for one that is made of nothing but lines and boundaries."""
    if content.count(b"\n") > _MOST_LINES or content.count(b"\n--") > _MOST_BOUNDARIES:
        raise ValueError("a message of too many parts")
    return message_from_bytes(content, policy=AS_WRITTEN)
