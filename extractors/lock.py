"""A lock: the password that an office has put on a file, undone in memory where the house knows the password.

The copy without a lock is read like any other file and never kept. A password is handed to libraries alone,
never to another program, on whose command line everybody on the machine could read it.
"""

import io
import struct
from collections.abc import Callable, Iterable
from xml.parsers.expat import ExpatError

from extractors.compound_file import open_compound_file
from extractors.open_document_lock import is_locked_open_document, open_document_copy
from extractors.refusal import Danger, Reason, UnreadableFile, UnsafeContent

# Excel locks a workbook that is only "protected" with this word, and opens it again without asking.
_KNOWN_TO_EVERYBODY = "VelvetSweatshop"
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_IS_LOCKED = b"/Encrypt"  # stands in the open in every locked file

# What msoffcrypto happens to raise on a lock that is damaged or of a make it does not know.
_SIGNS_OF_A_DAMAGED_LOCK = (
    AssertionError,
    AttributeError,
    ExpatError,
    LookupError,
    OSError,
    TypeError,
    ValueError,
    struct.error,
)

_Opener = Callable[[bytes, str], bytes | None]  # the copy, or `None` where the password does not fit


def open_copy(content: bytes, passwords: Iterable[str]) -> bytes:
    """Return a file without its lock, or the file itself where it has none that is known here.

    Raises `UnreadableFile` where none of the passwords fits, and what parsers raise on a damaged file.
    """
    opener = _opener_of(content)
    if opener is None:
        return content
    for password in (_KNOWN_TO_EVERYBODY, *passwords):
        opened = opener(content, password)
        if opened is not None:
            return opened
    raise UnreadableFile(Reason.PASSWORD_PROTECTED)


def _opener_of(content: bytes) -> _Opener | None:
    if content.startswith(_COMPOUND_FILE):
        return _open_office_copy
    if _PDF_IS_LOCKED in content and b"%PDF-" in content[:1024]:
        return _open_pdf_copy
    return open_document_copy if is_locked_open_document(content) else None


def _open_office_copy(content: bytes, password: str) -> bytes | None:
    from msoffcrypto import OfficeFile
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

    _refuse_entities(content)
    opened = io.BytesIO()
    try:
        file = OfficeFile(io.BytesIO(content))
        if not file.is_encrypted():
            return content
        file.load_key(password=password)
        file.decrypt(opened)
    except (DecryptionError, FileFormatError, InvalidKeyError, ParseError, *_SIGNS_OF_A_DAMAGED_LOCK):
        return None  # also for a lock of a make that nobody opens: an open copy is needed all the same
    return opened.getvalue()


def _refuse_entities(content: bytes) -> None:
    """Refuse a lock described in XML that declares a document type, which msoffcrypto would expand."""
    file = open_compound_file(content)
    if file.has("EncryptionInfo") and b"<!DOCTYPE" in file.stream("EncryptionInfo"):
        raise UnsafeContent(Danger.ENTITIES, "a document type in a lock")


def _open_pdf_copy(content: bytes, password: str) -> bytes | None:
    from pypdfium2 import PdfDocument, PdfiumError
    from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_REMOVE_SECURITY

    opened = io.BytesIO()
    try:
        document = PdfDocument(content, password=password)
    except PdfiumError as error:
        if error.err_code == FPDF_ERR_PASSWORD:
            return None
        raise UnreadableFile(Reason.DAMAGED, str(error)) from error
    document.save(opened, flags=FPDF_REMOVE_SECURITY)
    document.close()
    return opened.getvalue()
