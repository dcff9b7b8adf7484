"""Text files: one line a row, cells between tabs, as a table comes out when it is copied from Word.

Spreadsheets saved as text are the same with commas or semicolons, or with quotation marks around cells of
several lines. Old ones, saved from a legacy font, are in the code page of Windows and no Unicode at all.
Merged cells are blank after the first, since text has no way to say that they are merged.
"""

import csv
import io
from collections import Counter

from extractors.grid import Cell, Grid, Row, Sheet
from extractors.refusal import Reason, UnreadableFile

_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_NEVER_IN_TEXT = frozenset(map(chr, [*range(0x20), 0x7F])) - frozenset("\t\n\v\f\r")
_ANSI = "cp1252"
_UTF_8_LETTERS_IN_ANSI = ("à¦", "à§")  # how every Bengali letter of UTF-8 begins, taken for the code page
_SEPARATORS = ",;"
_FEWEST_CSV_CELLS = 3  # two words with a comma between them are a sentence, not a table

_Record = tuple[int, list[str]]  # the line it begins on, counted from 1, and its cells


def read(content: bytes) -> Grid:
    """Return the lines of a text file; `UnreadableFile` for bytes that are no text.

    Blank lines are left out and counted all the same. Blank cells at the end of a line are left out.
    """
    text = decode(content)
    if text is None:
        raise UnreadableFile(
            Reason.NOT_RECOGNISED, "neither Unicode text nor a table in the code page of Windows"
        )
    rows = tuple(_row(number, cells) for number, cells in _records(text) if any(map(str.strip, cells)))
    return Grid(kind="text", sheets=(Sheet(name="", rows=rows),))


def decode(content: bytes) -> str | None:
    """Return what the bytes say as UTF-8, or as UTF-16 with or without its mark; `None` for no text.

    Failing both, a table may be in Windows-1252, as Excel saves one that is set in a legacy Bengali font.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _decoded(content, encoding)
    readings = (_decoded(content, encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be", _ANSI))
    return next((text for text in readings if text is not None), None)


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return text if _NEVER_IN_TEXT.isdisjoint(text) and _is_believable(text, encoding) else None


def _is_believable(text: str, encoding: str) -> bool:
    """Whether bytes were meant so; other bytes are hardly ever UTF-8 by chance, and very often the others."""
    if encoding.startswith("utf-16"):
        return _is_mostly_bengali_or_ascii(text)
    if encoding == _ANSI:
        damaged_utf_8 = any(letter in text for letter in _UTF_8_LETTERS_IN_ANSI)
        return not damaged_utf_8 and any(len(cells) > 1 for _, cells in _records(text))
    return True


def _is_mostly_bengali_or_ascii(text: str) -> bool:
    familiar = sum(character < "\x7f" or "\u0980" <= character <= "\u09ff" for character in text)
    return familiar >= 0.7 * len(text)


def _records(text: str) -> list[_Record]:
    if "\t" in text:
        return _quoted_records(text, "\t") or _plain_records(text)
    by_separator = (_quoted_records(text, separator) for separator in _SEPARATORS)
    return next(filter(_is_table, by_separator), None) or _plain_records(text)


def _plain_records(text: str) -> list[_Record]:
    lines = io.StringIO(text, newline=None)
    return [(number, line.rstrip("\n").split("\t")) for number, line in enumerate(lines, 1)]


def _quoted_records(text: str, separator: str) -> list[_Record]:
    """Return the records of a text whose quotation marks all pair up around cells, otherwise nothing."""
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=separator, strict=True)
    records, first_line = [], 1
    try:
        for cells in reader:
            records.append((first_line, cells))
            first_line = reader.line_num + 1
    except csv.Error:  # the marks are part of what was written, or a line is longer than any table's
        return []
    return records


def _is_table(records: list[_Record]) -> bool:
    """Whether commas plainly part cells: lines with commas have as many as one another, the others none."""
    counts = Counter(len(cells) for _, cells in records if cells)
    widths = [(lines, cells) for cells, lines in counts.items() if cells >= _FEWEST_CSV_CELLS]
    lines, _ = max(widths, default=(0, 0))
    return lines > 1 and lines + counts[1] == counts.total()


def _row(number: int, written: list[str]) -> Row:
    place = f"line {number}"
    if len(written) == 1:
        return Row(number, (Cell(place=place, column=1, text=written[0]),))
    last = max(column for column, text in enumerate(written, 1) if text.strip())
    return Row(
        number,
        tuple(
            Cell(place=f"{place} c{column}", column=column, text=text)
            for column, text in enumerate(written[:last], 1)
        ),
    )
