"""Rich text files, which LibreOffice turns into docx."""

from dataclasses import replace

from extractors import docx
from extractors.grid import Grid
from extractors.libreoffice import convert
from extractors.word_field import refuse_fetching_rich_text_fields


def read(content: bytes) -> Grid:
    """Return a rich text file as `extractors.docx` returns a docx.

    Raises `UnsafeContent` for fields that fetch, and `UnreadableFile` where LibreOffice is not installed or
    cannot read the file; one that was cut off it does not read at all.
    """
    refuse_fetching_rich_text_fields(content)
    return replace(docx.read(convert(content, "rtf", "docx")), kind="rtf")
