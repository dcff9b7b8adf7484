"""The reader: bytes in, a grid out. What a file is, its bytes say; its name is never asked."""

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from importlib import import_module
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException

from extractors.grid import Grid
from extractors.kind import Kind, kind_of
from extractors.lock import open_copy
from extractors.refusal import Danger, Reason, UnreadableFile, UnsafeContent

LARGEST_FILE_BYTES = 50 * 1024 * 1024
MOST_CHARACTERS = 32_767  # in a cell, as in Excel; a longer one is an attack on whoever reads its words

# The module that reads each kind, imported when the first such file comes: those for PDF and scans take
# longer to start than most files to read. A kind without a line is refused by its own name, so that the
# sentence can say what it is.
_READERS = {
    Kind.DOCX: "docx",
    Kind.XLSX: "xlsx",
    Kind.XLSB: "xlsb",
    Kind.DOC: "doc",
    Kind.XLS: "xls",
    Kind.ODT: "odt",
    Kind.ODS: "ods",
    Kind.RTF: "rtf",
    Kind.PDF: "pdf",
    Kind.IMAGE: "scan",
    Kind.HTML: "html",
    Kind.TEXT: "text",
}

# What the parsers raise on bytes that begin well and then break their format's own rules.
_SIGNS_OF_DAMAGE = (
    zipfile.BadZipFile,  # no directory at the end, or a part that fails its checksum
    zlib.error,  # a part's compressed bytes are broken
    EOFError,  # a part ends before its declared size
    struct.error,  # a directory entry is cut off
    NotImplementedError,  # a zip version or feature no Office program writes
    ParseError,  # a part is not well-formed XML
    LookupError,  # a part, style or shared string is named that is not there
    ValueError,  # a number or cell reference is none
    OverflowError,  # a number no cell can hold
)


def read(content: bytes, passwords: Iterable[str] = ()) -> Grid:
    """Read a file whole; one that is locked is opened where one of the passwords fits.

    Raises `UnreadableFile` where nothing can be read, `UnsafeContent` where nothing should be, and
    `NeedsReview` for a picture of a report; nothing else, whatever the bytes. Leaves nothing behind and
    fetches nothing.
    """
    if len(content) > LARGEST_FILE_BYTES:
        raise UnreadableFile(Reason.TOO_LARGE, f"{len(content):,} bytes")
    try:
        grid = _grid_of(content, passwords)
    except DefusedXmlException as error:
        raise UnsafeContent(Danger.ENTITIES, str(error)) from error
    except RecursionError as error:
        raise UnsafeContent(Danger.NESTED_TOO_DEEPLY) from error
    except _SIGNS_OF_DAMAGE as error:
        raise UnreadableFile(Reason.DAMAGED, f"{type(error).__name__}: {error}") from error
    _refuse_endless_cells(grid)
    return grid


def _grid_of(content: bytes, passwords: Iterable[str]) -> Grid:
    try:
        return _reader_for(kind_of(content))(content)
    except UnreadableFile as refused:
        if refused.reason_code != Reason.PASSWORD_PROTECTED:
            raise
    opened = open_copy(content, passwords)
    return _reader_for(kind_of(opened))(opened)


def _reader_for(kind: Kind) -> Callable[[bytes], Grid]:
    if kind not in _READERS:
        raise UnreadableFile(kind)
    reader: Callable[[bytes], Grid] = import_module(f"extractors.{_READERS[kind]}").read
    return reader


def _refuse_endless_cells(grid: Grid) -> None:
    for sheet in grid.sheets:
        for row in sheet.rows:
            for cell in row.cells:
                if len(cell.text) > MOST_CHARACTERS:
                    raise UnreadableFile(Reason.TOO_LARGE, f"{cell.place}: {len(cell.text):,} characters")
