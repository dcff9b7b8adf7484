"""The kind of a file, found from its bytes. Names lie: an old Excel file is often a web page renamed."""

import re
import struct
from enum import StrEnum

from extractors.package import open_package
from extractors.refusal import Reason, UnreadableFile
from extractors.text import decode


class Kind(StrEnum):
    """Every kind a file can prove to be, whether or not there is a reader for it."""

    DOCX = "docx"
    XLSX = "xlsx"
    XLSB = "xlsb"
    DOC = "doc"
    XLS = "xls"
    ODT = "odt"
    ODS = "ods"
    PDF = "pdf"
    RTF = "rtf"
    HTML = "html"
    XML = "xml"
    TEXT = "text"
    PRESENTATION = "presentation"
    IMAGE = "image"
    ARCHIVE = "archive"
    TNEF = "tnef"  # winmail.dat, in which Outlook wraps its attachments for other Outlooks
    PROGRAM = "program"


_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_COMPOUND_SECTOR = 512  # bytes; the header fills the first one
_DIRECTORY_SECTOR = struct.Struct("<48xI")

_SIGNATURES = (
    (b"{\\rtf", Kind.RTF),
    (b"\x89PNG\r\n\x1a\n", Kind.IMAGE),
    (b"\xff\xd8\xff", Kind.IMAGE),  # JPEG
    (b"GIF87a", Kind.IMAGE),
    (b"GIF89a", Kind.IMAGE),
    (b"II*\x00", Kind.IMAGE),  # TIFF, as scanners write it
    (b"MM\x00*", Kind.IMAGE),
    (b"\x7fELF", Kind.PROGRAM),
    (b"MZ\x90\x00", Kind.PROGRAM),
    (b"Rar!\x1a\x07", Kind.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Kind.ARCHIVE),
    (b"\x1f\x8b\x08", Kind.ARCHIVE),  # gzip
    (b"\x78\x9f\x3e\x22", Kind.TNEF),
)
# Two letters begin many a text too, so these are asked only once a file has proved to be no text.
_WEAK_SIGNATURES = ((b"MZ", Kind.PROGRAM), (b"BM", Kind.IMAGE))

_PDF_HEADER_WITHIN = 1024  # bytes of mail or printer lines that readers of PDF allow before the header

_OFFICE_FOLDERS = {"word": Kind.DOCX, "xl": Kind.XLSX, "ppt": Kind.PRESENTATION}
_OPEN_DOCUMENT_TYPES = {
    b"application/vnd.oasis.opendocument.text": Kind.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": Kind.ODS,
    b"application/vnd.oasis.opendocument.presentation": Kind.PRESENTATION,
}
# The streams of Office 97 files. A document may embed a workbook, so the word processor is asked first.
_COMPOUND_STREAMS = (
    ("WordDocument", Kind.DOC),
    ("PowerPoint Document", Kind.PRESENTATION),
    ("Workbook", Kind.XLS),
    ("Book", Kind.XLS),
)
_PAGE = re.compile(
    r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"  # as some programs begin a page, and browsers a saved one
    r"<(?:!doctype\s+html|(?:html|head|meta|title|style|body|table|center|div|font|p|h[1-6])[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_PAGE_SAVED_AS_ONE_FILE = ("mime-version:", "from: <saved by")
_BEGINNING = 4096


def kind_of(content: bytes) -> Kind:
    """Return what a file's bytes prove it to be.

    Raises `UnreadableFile` where it is empty, protected by a password, or of no kind known here, and
    `UnsafeContent` for a zip package that must not be opened. A package cut off raises `BadZipFile`.
    """
    if not content:
        raise UnreadableFile(Reason.EMPTY)
    if content.startswith(_ZIP):
        return _kind_of_package(content)
    if content.startswith(_COMPOUND_FILE):
        return _kind_of_compound_file(content)
    if b"%PDF-" in content[:_PDF_HEADER_WITHIN]:
        return Kind.PDF
    return _signed_kind(content, _SIGNATURES) or _kind_of_text(content)


def _kind_of_package(content: bytes) -> Kind:
    package = open_package(content)
    if "[Content_Types].xml" in package.names:
        main_part = package.main_part()
        if main_part.endswith(".bin"):
            return Kind.XLSB
        return _OFFICE_FOLDERS.get(main_part.partition("/")[0], Kind.ARCHIVE)
    if "mimetype" in package.names:
        return _OPEN_DOCUMENT_TYPES.get(package.part("mimetype").strip(), Kind.ARCHIVE)
    return Kind.ARCHIVE


def _kind_of_compound_file(content: bytes) -> Kind:
    if _has_stream(content, "EncryptedPackage"):
        raise UnreadableFile(Reason.PASSWORD_PROTECTED)
    for stream, kind in _COMPOUND_STREAMS:
        if _has_stream(content, stream):
            return kind
    if _is_cut_off(content):
        raise UnreadableFile(Reason.DAMAGED, "ends before its directory")
    raise UnreadableFile(Reason.NOT_RECOGNISED, "a compound file of no Office program")


def _is_cut_off(content: bytes) -> bool:
    """Whether a compound file ends before its directory begins, which most programs write last."""
    if len(content) < _COMPOUND_SECTOR:
        return True
    (sector,) = _DIRECTORY_SECTOR.unpack_from(content)
    return bool((sector + 1) * _COMPOUND_SECTOR >= len(content))


def _has_stream(content: bytes, name: str) -> bool:
    # Directory entries hold names as UTF-16, closed by a zero; nothing else in the file looks like that.
    return (name + "\0").encode("utf-16-le") in content


def _kind_of_text(content: bytes) -> Kind:
    text = decode(content)
    # A page in an old code page is no text by itself, and begins with plain letters all the same.
    beginning = (content[:_BEGINNING].decode("latin-1") if text is None else text[:_BEGINNING]).lstrip()
    if _PAGE.match(beginning) or beginning.lower().startswith(_PAGE_SAVED_AS_ONE_FILE):
        return Kind.HTML
    if text is None:
        if kind := _signed_kind(content, _WEAK_SIGNATURES):
            return kind
        raise UnreadableFile(Reason.NOT_RECOGNISED)
    if not text.strip():
        raise UnreadableFile(Reason.EMPTY)
    return Kind.XML if beginning.startswith("<?xml") else Kind.TEXT


def _signed_kind(content: bytes, signatures: tuple[tuple[bytes, Kind], ...]) -> Kind | None:
    return next((kind for signature, kind in signatures if content.startswith(signature)), None)
