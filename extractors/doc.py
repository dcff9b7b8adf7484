"""Word 97 documents, which LibreOffice turns into docx; their tables and fonts come through whole."""

import struct
from dataclasses import replace

from extractors import docx
from extractors.compound_file import open_compound_file
from extractors.grid import Grid
from extractors.libreoffice import convert
from extractors.package import open_package
from extractors.refusal import Reason, UnreadableFile
from extractors.word_field import refuse_fetching_fields
from extractors.word_text import lost_in

_FLAGS = struct.Struct("<10xH")  # where the header of a Word document keeps them
_ENCRYPTED, _OBFUSCATED = 0x0100, 0x8000


def read(content: bytes) -> Grid:
    """Return a Word 97 document as `extractors.docx` returns a docx.

    Raises `UnsafeContent` for macros and for fields that fetch, and `UnreadableFile` for a locked document,
    or where LibreOffice is not installed or cannot read it.
    """
    file = open_compound_file(content)
    document = file.stream("WordDocument")
    (flags,) = _FLAGS.unpack_from(document)
    if flags & (_ENCRYPTED | _OBFUSCATED):
        raise UnreadableFile(Reason.PASSWORD_PROTECTED)
    refuse_fetching_fields(document)
    converted = convert(content, "doc", "docx")
    if lost := lost_in(open_package(converted), file, document):
        raise UnreadableFile(Reason.DAMAGED, f"{lost.total():,} characters are lost when it is opened")
    return replace(docx.read(converted), kind="doc")
