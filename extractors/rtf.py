"""Rich text files, which LibreOffice turns into docx."""

import re
from dataclasses import replace

from extractors import docx
from extractors.grid import Grid
from extractors.libreoffice import convert
from extractors.word_field import refuse_fetching_rich_text_fields

_ESCAPED = re.compile(rb"\\[\\{}]")
_RAW_BYTES = b"\\bin"  # of a picture, among which a brace means nothing


def read(content: bytes) -> Grid:
    """Return a rich text file as `extractors.docx` returns a docx.

    Raises `UnsafeContent` for fields that fetch, `EOFError` for a file whose braces do not pair up, and
    `UnreadableFile` where LibreOffice is not installed or cannot read the file.
    """
    if not _is_whole(content):
        raise EOFError("a brace without its counterpart")
    refuse_fetching_rich_text_fields(content)
    return replace(docx.read(convert(content, "rtf", "docx")), kind="rtf")


def _is_whole(content: bytes) -> bool:
    """Whether every brace has its counterpart; otherwise LibreOffice may give fewer rows in silence."""
    braces = _ESCAPED.sub(b"", content)
    return _RAW_BYTES in content or braces.count(b"{") == braces.count(b"}")
