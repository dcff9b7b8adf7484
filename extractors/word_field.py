"""Fields of Word that fetch something: a picture from elsewhere, a range of cells, another program's answer.

A field is a command inside the text, kept beside the text it gave last. Nothing here ever follows one; a
report with such a field is refused, since what it shows may be another text for every reader.
"""

import re

from extractors.refusal import Danger, UnsafeContent

_FETCHING = rb"(DDE|DDEAUTO|DATABASE|IMPORT|INCLUDE|INCLUDEPICTURE|INCLUDETEXT|LINK)\b"
_IN_A_DOCUMENT = re.compile(rb"\x13\s*" + _FETCHING, re.IGNORECASE)  # \x13 opens a field in Word's own text
# An instruction may stand in groups of its own, with formatting before it: {\*\fldinst {\rtlch\f1 LINK …}}
_IN_RICH_TEXT = re.compile(rb"\\fldinst(?:\s|[{}]|\\[a-z]+-?[0-9]*)*" + _FETCHING, re.IGNORECASE)


def refuse_fetching_fields(text_stream: bytes) -> None:
    """Raise `UnsafeContent` where the text stream of a Word 97 document holds a field that fetches."""
    # Text is kept in one byte a letter or in two; commands are ASCII, so that without the zeros both are one.
    _refuse(_IN_A_DOCUMENT.search(text_stream.replace(b"\0", b"")))


def refuse_fetching_rich_text_fields(content: bytes) -> None:
    """Raise `UnsafeContent` where a rich text file holds a field that fetches."""
    _refuse(_IN_RICH_TEXT.search(content))


def _refuse(field: re.Match[bytes] | None) -> None:
    if field:
        raise UnsafeContent(Danger.EXTERNAL_LINK, f"field {field[1].decode('ascii')}")
