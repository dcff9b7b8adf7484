"""OpenDocument texts, which LibreOffice turns into docx."""

from dataclasses import replace

from extractors import docx
from extractors.grid import Grid
from extractors.libreoffice import convert
from extractors.open_document import open_document


def read(content: bytes) -> Grid:
    """Return an OpenDocument text as `extractors.docx` returns a docx.

    Raises what `open_document` raises, and `UnreadableFile` where LibreOffice is not installed or cannot read
    the file.
    """
    open_document(content)
    return replace(docx.read(convert(content, "odt", "docx")), kind="odt")
