"""The streams of a PDF, proved whole and of a bearable size before anything is read from them.

Programs that show PDF mend what they can and pass over the rest. For figures that will not do: of a page with
a damaged stream, nobody would see which rows are missing.
"""

import zlib

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdftypes import LITERALS_FLATE_DECODE, PDFStream
from pdfminer.psexceptions import PSException
from pdfminer.psparser import LIT

from extractors.refusal import Danger, Reason, UnreadableFile, UnsafeContent

_PICTURE = LIT("Image")

LARGEST_UNPACKED_BYTES = 32 * 1024 * 1024  # pages, fonts and maps together; real reports stay under one


def check_streams(document: PDFDocument) -> None:
    """Refuse a PDF with a packed stream that is damaged or cut off, or that unpacks beyond all measure.

    Pictures are passed over: they are only ever shown. Raises `UnreadableFile`, `UnsafeContent`, or
    `zlib.error`.
    """
    left = LARGEST_UNPACKED_BYTES
    for number in sorted({number for table in document.xrefs for number in table.get_objids()}):
        stream = _object(document, number)
        if isinstance(stream, PDFStream) and stream.rawdata and stream.get("Subtype") is not _PICTURE:
            left -= _unpacked_bytes(stream, stream.rawdata, left)


def _object(document: PDFDocument, number: int) -> object:
    try:
        return document.getobj(number)
    except PSException:  # no page can use it; where one needs it, reading the page fails too
        return None


def _unpacked_bytes(stream: PDFStream, content: bytes, most: int) -> int:
    """Return how many bytes a stream comes to, unpacked as often as it was packed."""
    if stream.decipher is not None and stream.objid is not None and stream.genno is not None:
        content = stream.decipher(stream.objid, stream.genno, content, stream.attrs)
    for packing, _ in stream.get_filters():
        if packing not in LITERALS_FLATE_DECODE:
            break
        content = _unpacked(content, most)
    return len(content)


def _unpacked(content: bytes, most: int) -> bytes:
    unpacker = zlib.decompressobj()
    unpacked = unpacker.decompress(content, most + 1)  # raises where the checksum is not that of the content
    if len(unpacked) > most:
        raise UnsafeContent(Danger.ZIP_BOMB, f"streams of more than {LARGEST_UNPACKED_BYTES:,} bytes")
    if not unpacker.eof:
        raise UnreadableFile(Reason.DAMAGED, "a stream is cut off")
    return unpacked
