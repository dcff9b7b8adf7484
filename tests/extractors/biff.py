"""Excel 97 workbooks made record by record: what LibreOffice does not write, and no machine needs it for."""

import struct

from tests.extractors.compound import compound_file

Record = tuple[int, bytes]

_FIRST_OWN_FONT = 5  # 0 to 3 are always there, 4 never
_FIRST_OWN_FORMAT = 164


def xls_of(
    *cells: Record,
    formats: tuple[str, ...] = (),
    fonts: tuple[str | Record, ...] = (),
    sheets: tuple[tuple[str, int, int], ...] = (("Sheet1", 0, 0),),
    shared: tuple[Record, ...] = (),
    storages: tuple[str, ...] = (),
) -> bytes:
    """A workbook whose first sheet holds these records; the others are blank.

    Cells name their style: 1 is plain, and after it come one for each of `formats` and one for each of
    `fonts`. `sheets` are names, how far each is hidden, and its kind; `shared` stand before all sheets.
    """
    styles = [(0, 0), *((0, _FIRST_OWN_FORMAT + n) for n in range(len(formats)))]
    styles += [(_FIRST_OWN_FONT + n, 0) for n in range(len(fonts))]
    head = [
        _beginning(0x05),
        (0x42, struct.pack("<H", 1200)),
        *shared,
        *(font(one) if isinstance(one, str) else one for one in ("Arial", "Arial", "Arial", "Arial", *fonts)),
        *((0x41E, struct.pack("<H", n) + _text(code)) for n, code in enumerate(formats, _FIRST_OWN_FORMAT)),
        (0xE0, struct.pack("<HHH14x", 0, 0, 0xFFF5)),
        *((0xE0, struct.pack("<HHH14x", font, number_format, 1)) for font, number_format in styles),
    ]
    bodies = [
        _stream(_beginning(0x10), *(cells if number == 0 else ()), (0x0A, b""))
        for number in range(len(sheets))
    ]
    at = len(_stream(*head, *(_sheet(0, *sheet) for sheet in sheets), (0x0A, b"")))
    for sheet, body in zip(sheets, bodies, strict=True):
        head.append(_sheet(at, *sheet))
        at += len(body)
    return compound_file({"Workbook": _stream(*head, (0x0A, b"")) + b"".join(bodies)}, storages)


def number(row: int, column: int, value: float, style: int = 1) -> Record:
    return 0x203, struct.pack("<HHHd", row, column, style, value)


def text(row: int, column: int, words: str, style: int = 1) -> Record:
    return 0x204, struct.pack("<HHH", row, column, style) + _text(words)


def rich_text(row: int, column: int, words: str, changes: list[tuple[int, int]], style: int = 1) -> Record:
    """A text whose font changes at each of these letters to the own font of that number."""
    runs = b"".join(struct.pack("<HH", start, _FIRST_OWN_FONT + font) for start, font in changes)
    body = struct.pack("<HHH", row, column, style) + _text(words) + struct.pack("<H", len(changes)) + runs
    return 0xD6, body


def truth(row: int, column: int, value: bool) -> Record:
    return 0x205, struct.pack("<HHHBB", row, column, 1, value, 0)


def error(row: int, column: int, code: int) -> Record:
    return 0x205, struct.pack("<HHHBB", row, column, 1, code, 1)


def formula(row: int, column: int, cached: float) -> Record:
    """The formula 1+1, and the value that it had last."""
    tokens = b"\x1e\x01\x00\x1e\x01\x00\x03"
    return 0x06, struct.pack("<HHHdHIH", row, column, 1, cached, 0, 0, len(tokens)) + tokens


def blank(row: int, column: int) -> Record:
    return 0x201, struct.pack("<HHH", row, column, 1)


def hidden_row(row: int) -> Record:
    return 0x208, struct.pack("<HHHHHHI", row, 0, 1, 255, 0, 0, 0x20)


def merged_area(top: int, bottom: int, left: int, right: int) -> Record:
    return 0xE5, struct.pack("<HHHHH", 1, top, bottom, left, right)


def _beginning(of: int) -> Record:
    return 0x809, struct.pack("<HHHHII", 0x600, of, 0, 0, 0, 0)


def _sheet(at: int, name: str, hidden: int, kind: int) -> Record:
    return 0x85, struct.pack("<IBB", at, hidden, kind) + _short_text(name)


def font(name: str, flags: int = 0, escapement: int = 0) -> Record:
    """A font; flag 8 draws a line through its words, and escapement 1 sets them over the line."""
    return 0x31, struct.pack("<HHHHHBBBB", 200, flags, 0, 400, escapement, 0, 0, 0, 0) + _short_text(name)


def _text(words: str) -> bytes:
    return struct.pack("<HB", len(words), 1) + words.encode("utf-16-le")


def _short_text(words: str) -> bytes:
    return struct.pack("<BB", len(words), 1) + words.encode("utf-16-le")


def _stream(*records: Record) -> bytes:
    return b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in records)
