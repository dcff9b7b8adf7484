"""A binary workbook of Excel made record by record, since LibreOffice reads such files and writes none."""

import struct

from tests.extractors.packages import links, zipped

_BEGIN_BOOK, _END_BOOK, _BEGIN_SHEETS, _END_SHEETS, _SHEET_NAME = 131, 132, 143, 144, 156
_BEGIN_SHEET, _END_SHEET, _BEGIN_DATA, _END_DATA, _ROW, _NUMBER, _TEXT = 129, 130, 145, 146, 0, 5, 6
_BEGIN_STYLES, _END_STYLES, _BEGIN_XFS, _END_XFS, _XF = 278, 279, 617, 618, 47

_TYPES = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>
<Override PartName="/xl/worksheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/>
<Override PartName="/xl/styles.bin" ContentType="application/vnd.ms-excel.styles"/>
</Types>"""
_PERCENTAGE, _NUMBER_FORMAT_USED = 9, 1  # the number format that every Excel knows as 0%


def xlsb_of(words: str, share: float) -> bytes:
    """A workbook with a text in A1 and a percentage in B1."""
    style = struct.pack("<HHHHHBBHH", 0, _PERCENTAGE, 0, 0, 0, 0, 0, 0, _NUMBER_FORMAT_USED)
    return zipped(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": links(("rId1", "officeDocument", "xl/workbook.bin")),
            "xl/_rels/workbook.bin.rels": links(
                ("rId1", "worksheet", "worksheets/sheet1.bin"), ("rId2", "styles", "styles.bin")
            ),
            "xl/workbook.bin": _part(
                (_BEGIN_BOOK, b""),
                (_BEGIN_SHEETS, b""),
                (_SHEET_NAME, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Sheet1")),
                (_END_SHEETS, b""),
                (_END_BOOK, b""),
            ),
            "xl/worksheets/sheet1.bin": _part(
                (_BEGIN_SHEET, b""),
                (_BEGIN_DATA, b""),
                (_ROW, struct.pack("<IIHBBBI", 0, 0, 300, 0, 0, 0, 0)),
                (_TEXT, struct.pack("<II", 0, 0) + _wide(words)),
                (_NUMBER, struct.pack("<IId", 1, 0, share)),
                (_END_DATA, b""),
                (_END_SHEET, b""),
            ),
            "xl/styles.bin": _part(
                (_BEGIN_STYLES, b""),
                (_BEGIN_XFS, struct.pack("<I", 1)),
                (_XF, style),
                (_END_XFS, b""),
                (_END_STYLES, b""),
            ),
        }
    )


def _part(*records: tuple[int, bytes]) -> bytes:
    return b"".join(_kind(kind) + _length(len(body)) + body for kind, body in records)


def _kind(number: int) -> bytes:
    return bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])


def _length(length: int) -> bytes:
    return bytes([length]) if length < 128 else bytes([length & 0x7F | 0x80, length >> 7])


def _wide(words: str) -> bytes:
    return struct.pack("<I", len(words)) + words.encode("utf-16-le")
