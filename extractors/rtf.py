"""Rich text files, which LibreOffice turns into docx."""

import re
from dataclasses import replace

from extractors import docx
from extractors.grid import Grid
from extractors.libreoffice import convert
from extractors.word_field import refuse_fetching_rich_text_fields

_ESCAPED = re.compile(rb"\\[\\{}]")
_RAW_BYTES = b"\\bin"  # of a picture, among which a brace means nothing
_NEVER_WRITTEN = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_OF_A_TABLE = re.compile(rb"\\(trowd|cellx|cell|row|nestrow)(?![a-z])")


def read(content: bytes) -> Grid:
    """Return a rich text file as `extractors.docx` returns a docx.

    Raises `UnsafeContent` for fields that fetch, `EOFError` for a file whose braces do not pair up,
    `ValueError` for one that was overwritten or lacks cells, and `UnreadableFile` where LibreOffice is not
    installed or cannot read the file.
    """
    if not _is_whole(content):
        raise EOFError("a brace without its counterpart")
    if _RAW_BYTES not in content and _NEVER_WRITTEN.search(content):
        raise ValueError("bytes that no rich text holds")
    if not _has_every_cell(content):
        raise ValueError("a row without as many cells as it announces")
    refuse_fetching_rich_text_fields(content)
    return replace(docx.read(convert(content, "rtf", "docx")), kind="rtf")


def _is_whole(content: bytes) -> bool:
    """Whether every brace has its counterpart; otherwise LibreOffice may give fewer rows in silence."""
    braces = _ESCAPED.sub(b"", content)
    return _RAW_BYTES in content or braces.count(b"{") == braces.count(b"}")


def _has_every_cell(content: bytes) -> bool:
    """Whether each row holds as many cells as were announced for it; otherwise figures stand a column off."""
    announced = written = 0
    for word in _OF_A_TABLE.findall(_ESCAPED.sub(b"", content)):
        match word:
            case b"trowd":
                announced = 0
            case b"cellx":
                announced += 1
            case b"cell":
                written += 1
            case b"row":
                if announced != written:
                    return False
                written = 0
            case b"nestrow":  # a table in a cell announces its own among those of the table around it
                return True
    return written == 0
