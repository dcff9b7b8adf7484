"""The text of a Word 97 document as the file itself has it, to prove that a conversion has lost none of it.

The text lies in pieces all over the file, listed by a table in another stream ([MS-DOC], FIB and Clx).
Programs mend a damaged list in silence and give what is left: rows would be missing.
"""

import re
import struct
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from extractors.compound_file import CompoundFile
from extractors.package import Package

_VERSION, _WORD_97 = struct.Struct("<2xH"), 0x00C1
_FLAGS, _TEXT_LENGTH, _CLX = struct.Struct("<10xH"), struct.Struct("<76xI"), struct.Struct("<418xII")
_IN_SECOND_TABLE = 0x0200  # of the flags: which of two streams holds the list of pieces
_FORMATTING, _PIECES = 1, 2  # what the list is made of
_LENGTH_OF_FORMATTING, _LENGTH_OF_PIECES = struct.Struct("<H"), struct.Struct("<I")
_PIECE = struct.Struct("<2xI2x")  # where it begins in the document
_EIGHT_BIT = 0x4000_0000  # of that: a byte a character, at half the place
_FIELD = re.compile("\x13[^\x13\x15]*\x15")  # such as a date, which is another one every day
_END_OF_CELL = re.compile("[^\r\x0c\x07]*\x07")  # the last paragraph of a cell, and the mark that ends it
_LETTERS = ("L", "M", "N")  # letters, vowel signs and digits, by the first of their category


def lost_in(converted: Package, file: CompoundFile, document: bytes) -> Counter[str]:
    """Return the letters and digits that a Word document holds and a docx made from it does not.

    What stands in a table there must stand in one here: LibreOffice makes one line of a table that no
    paragraph follows. `document` is the stream of that name. Raises `struct.error`, `ValueError` or
    `LookupError` for a document whose pieces cannot be found.
    """
    (version,) = _VERSION.unpack_from(document)
    if version < _WORD_97:  # which had no pieces, and is too rare to be worth more
        return Counter()
    xml = converted.xml(converted.main_part())
    in_tables = dict.fromkeys(element for table in xml.iter("tbl") for element in table.iter())
    text = _without_fields(_text(file, document))
    lost = _letters(text) - _letters(_written_in(xml.iter()))
    return lost | (_letters("".join(_END_OF_CELL.findall(text))) - _letters(_written_in(in_tables)))


def _written_in(elements: Iterable[Element]) -> str:
    return "".join(element.text or "" for element in elements)


def _without_fields(text: str) -> str:
    while (shorter := _FIELD.sub("", text)) != text:  # from the inner ones to those around them
        text = shorter
    return text


def _text(file: CompoundFile, document: bytes) -> str:
    (flags,) = _FLAGS.unpack_from(document)
    (length,) = _TEXT_LENGTH.unpack_from(document)
    begin, size = _CLX.unpack_from(document)
    table = file.stream("1Table" if flags & _IN_SECOND_TABLE else "0Table")
    text = "".join(_pieces(table[begin : begin + size], document))
    if len(text) < length:
        raise ValueError(f"{length - len(text):,} characters are in no piece")
    text = text[:length]  # footnotes and headers follow
    if "\0" in text:
        raise ValueError("a text that was overwritten")
    return text


def _pieces(clx: bytes, document: bytes) -> Iterator[str]:
    listed = _list_of_pieces(clx)
    count = (len(listed) - 4) // (4 + _PIECE.size)
    positions = struct.unpack_from(f"<{count + 1}I", listed)
    for number in range(count):
        (place,) = _PIECE.unpack_from(listed, 4 * (count + 1) + number * _PIECE.size)
        length = positions[number + 1] - positions[number]
        if length < 0:
            raise ValueError("a piece that ends before it begins")
        if place & _EIGHT_BIT:
            begin = (place & ~_EIGHT_BIT) // 2
            yield document[begin : begin + length].decode("cp1252", "replace")
        else:
            yield document[place : place + 2 * length].decode("utf-16-le", "replace")


def _list_of_pieces(clx: bytes) -> bytes:
    at = 0
    while clx[at] == _FORMATTING:
        (length,) = _LENGTH_OF_FORMATTING.unpack_from(clx, at + 1)
        at += 3 + length
    if clx[at] != _PIECES:
        raise ValueError("no list of pieces")
    (length,) = _LENGTH_OF_PIECES.unpack_from(clx, at + 1)
    return clx[at + 5 : at + 5 + length]


def _letters(text: str) -> Counter[str]:
    return Counter(
        letter for letter in unicodedata.normalize("NFC", text) if unicodedata.category(letter)[0] in _LETTERS
    )
