"""The headers of mail as people read them: words, addresses and file names, however a program wrote them.

Bengali stands in headers as RFC 2047 says (`=?utf-8?B?…?=`), as RFC 2231 says (`filename*=utf-8''%E0…`), with
percent signs and no word about it, or as plain bytes, which no rule allows and many programs write.
"""

import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.policy import Compat32
from email.utils import collapse_rfc2231_value, getaddresses
from urllib.parse import unquote

_LONGEST_HEADER = 10_000  # characters
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f]+")
_PERCENTS = re.compile(r"(?:%[0-9A-Fa-f]{2}){3}")


class _AsWritten(Compat32):
    """Headers come as text, plain bytes in them read as what they most likely are.

    Endless ones are cut: the standard library takes them apart in a time that grows with their square.
    """

    def header_fetch_parse(self, name: str, value: str) -> str:
        return _legible(value[:_LONGEST_HEADER])


AS_WRITTEN = _AsWritten()
"""The policy for `message_from_bytes` under which the functions here see what was written."""


def words_of(header: str) -> str:
    """Return the words of a header on one line: folded lines joined, encoded words decoded."""
    try:
        pieces = decode_header(header)
    except HeaderParseError:  # Base64 that is none; what was written is better than nothing
        pieces = [(header, None)]
    return _on_one_line("".join(_decoded(*piece) for piece in pieces))


def file_name_of(part: Message) -> str:
    """Return the name that a part gives its file, empty where it gives none; never to be used as a path."""
    names = (
        *_parameters(part, "Content-Disposition", "filename"),
        *_parameters(part, "Content-Type", "name"),
    )
    return _without_percents(next((words for name in names if (words := words_of(name))), ""))


def sender_of(message: Message) -> str:
    """Return the address of the From line, never its display name, which anybody may set to any address.

    Several addresses come parted by commas, so that together they are nobody's; a missing line gives nothing.
    """
    addresses = [_on_one_line(address) for _, address in getaddresses(message.get_all("From", []))]
    return ", ".join(dict.fromkeys(address for address in addresses if address))


def _parameters(part: Message, header: str, name: str) -> list[str]:
    """Return what a header's parameter says; in RFC 2231's way first, beside which another is makeshift."""
    values = [value for key, value in part.get_params([], header) if key.lower() == name]
    return [
        collapse_rfc2231_value(value) for value in sorted(values, key=lambda value: isinstance(value, str))
    ]


def _legible(value: str) -> str:
    """Return a raw header with its plain bytes, which the parser keeps as surrogates, read as characters."""
    raw = value.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _decoded(piece: str | bytes, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    try:
        # What stands between encoded words comes back in Python's own escapes.
        return piece.decode(charset or "raw-unicode-escape", "replace")
    except LookupError:  # a character set that nobody knows
        return piece.decode("utf-8", "replace")


def _without_percents(name: str) -> str:
    """Undo the escapes of a web address where a program has left a Bengali name in them."""
    if not _PERCENTS.search(name):
        return name
    try:
        return _on_one_line(unquote(name, errors="strict"))
    except UnicodeDecodeError:
        return name


def _on_one_line(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()
