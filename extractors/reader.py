"""The reader: bytes in, a grid out. What a file is, its bytes say; its name is never asked."""

import struct
import zipfile
import zlib
from collections.abc import Callable
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException

from extractors import doc, docx, html, ods, odt, pdf, rtf, scan, text, xls, xlsb, xlsx
from extractors.grid import Grid
from extractors.kind import Kind, kind_of
from extractors.refusal import Danger, Reason, UnreadableFile, UnsafeContent

LARGEST_FILE_BYTES = 50 * 1024 * 1024

# One line a kind. A kind without a line is refused by its own name, so that the sentence can say what it is.
_READERS: dict[Kind, Callable[[bytes], Grid]] = {
    Kind.DOCX: docx.read,
    Kind.XLSX: xlsx.read,
    Kind.XLSB: xlsb.read,
    Kind.DOC: doc.read,
    Kind.XLS: xls.read,
    Kind.ODT: odt.read,
    Kind.ODS: ods.read,
    Kind.RTF: rtf.read,
    Kind.PDF: pdf.read,
    Kind.IMAGE: scan.read,
    Kind.HTML: html.read,
    Kind.TEXT: text.read,
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


def read(content: bytes) -> Grid:
    """Read a file whole.

    Raises `UnreadableFile` where nothing can be read, `UnsafeContent` where nothing should be, and
    `NeedsReview` for a picture of a report; nothing else, whatever the bytes. Leaves nothing behind and
    fetches nothing.
    """
    if len(content) > LARGEST_FILE_BYTES:
        raise UnreadableFile(Reason.TOO_LARGE, f"{len(content):,} bytes")
    try:
        return _reader_for(kind_of(content))(content)
    except DefusedXmlException as error:
        raise UnsafeContent(Danger.ENTITIES, str(error)) from error
    except RecursionError as error:
        raise UnsafeContent(Danger.NESTED_TOO_DEEPLY) from error
    except _SIGNS_OF_DAMAGE as error:
        raise UnreadableFile(Reason.DAMAGED, f"{type(error).__name__}: {error}") from error


def _reader_for(kind: Kind) -> Callable[[bytes], Grid]:
    if kind not in _READERS:
        raise UnreadableFile(kind)
    return _READERS[kind]
