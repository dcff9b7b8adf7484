"""The letter of a mail: the words that its files came with, and a report that was written into it."""

import html
import re
from collections.abc import Iterable
from email.message import Message

LONGEST_TEXT = 20_000  # characters kept for context; the whole message is kept beside them
_LONGEST_PAGE = 100_000  # characters of a page in which they are looked for

_FEWEST_COLUMNS = 5  # a report's table has more, the tables that signatures are laid out with have fewer
_ROW = re.compile(r"<tr\b", re.IGNORECASE)
_CELL = re.compile(r"<t[dh]\b", re.IGNORECASE)
# What is never closed hides the rest, as in a browser.
_UNSHOWN = re.compile(
    r"<(style|script|head)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL
)
_LINE_END = re.compile(r"<(?:br|/p|/div|/tr|/h\d|/li)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_BLANK_LINES = re.compile(r"\n{3,}")


def text_of(parts: Iterable[Message]) -> str:
    """Return what a letter says, the beginning of a long one: its plain part, or its page without marks."""
    written = {part.get_content_type(): part for part in reversed(list(parts))}  # the first of each counts
    plain = _characters(written["text/plain"]) if "text/plain" in written else ""
    if not plain.strip() and "text/html" in written:
        plain = _shown(_characters(written["text/html"])[:_LONGEST_PAGE])
    lines = (" ".join(line.split()) for line in plain.splitlines())
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()[:LONGEST_TEXT]


def report_in(parts: Iterable[Message]) -> bytes | None:
    """Return a letter's page where it holds a table as wide as a report's; `None` where it holds none."""
    for part in parts:
        page = _characters(part) if part.get_content_type() == "text/html" else ""
        if any(len(_CELL.findall(row)) >= _FEWEST_COLUMNS for row in _ROW.split(page)[1:]):
            return f"<html><body>{page}</body></html>".encode()
    return None


def _characters(part: Message) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    try:
        return content.decode("utf-8")  # proves itself, whatever the part says
    except UnicodeDecodeError:
        pass
    try:
        return content.decode(part.get_content_charset("cp1252"), "replace")
    except LookupError:
        return content.decode("utf-8", "replace")


def _shown(page: str) -> str:
    return html.unescape(_TAG.sub("", _LINE_END.sub("\n", _UNSHOWN.sub("", page))))
