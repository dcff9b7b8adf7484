"""The streams of a PDF, proved whole and of a bearable size before anything is read from them.

Programs that show PDF mend what they can and pass over the rest. For figures that will not do: of a page with
a damaged stream, nobody would see which rows are missing.
"""

import zlib

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdftypes import LITERALS_FLATE_DECODE, PDFStream
from pdfminer.psexceptions import PSException

from extractors.refusal import Danger, Reason, UnreadableFile, UnsafeContent

LARGEST_UNPACKED_BYTES = 256 * 1024 * 1024  # all streams together; a scan of 20 pages takes 180 MB
_PORTION = 1024 * 1024


def check_streams(document: PDFDocument) -> None:
    """Refuse a PDF with a compressed stream that is damaged or cut off, or that unpacks beyond all measure.

    Raises `UnreadableFile`, `UnsafeContent`, or `zlib.error`.
    """
    left = LARGEST_UNPACKED_BYTES
    for number in sorted({number for table in document.xrefs for number in table.get_objids()}):
        stream = _object(document, number)
        if isinstance(stream, PDFStream) and stream.rawdata and _is_compressed(stream):
            left -= _unpacked_bytes(_deciphered(stream, stream.rawdata), left)


def _object(document: PDFDocument, number: int) -> object:
    try:
        return document.getobj(number)
    except PSException:  # no page can use it; where one needs it, reading the page fails too
        return None


def _is_compressed(stream: PDFStream) -> bool:
    filters = stream.get_filters()
    return bool(filters) and filters[0][0] in LITERALS_FLATE_DECODE


def _deciphered(stream: PDFStream, content: bytes) -> bytes:
    if stream.decipher is None or stream.objid is None or stream.genno is None:
        return content
    return stream.decipher(stream.objid, stream.genno, content, stream.attrs)


def _unpacked_bytes(content: bytes, most: int) -> int:
    """Return how many bytes a stream unpacks to, without holding them; its checksum is checked thereby."""
    unpacked, unpacker = 0, zlib.decompressobj()
    while not unpacker.eof:
        portion = unpacker.decompress(content, _PORTION)
        content = unpacker.unconsumed_tail
        if not portion and not content:
            raise UnreadableFile(Reason.DAMAGED, "a stream is cut off")
        unpacked += len(portion)
        if unpacked > most:
            raise UnsafeContent(Danger.ZIP_BOMB, f"streams of more than {LARGEST_UNPACKED_BYTES:,} bytes")
    return unpacked
