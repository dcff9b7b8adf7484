"""Excel 97 workbooks: every sheet, every written cell, with value and number format read together.

Read by xlrd, which tells formats, fonts and merges. Faster readers give 0.8 for 80%, since they keep nothing
of a cell but its number.
"""

import io
import struct
from collections.abc import Iterator

import xlrd
from xlrd.biffh import XLRDError
from xlrd.book import Book
from xlrd.compdoc import CompDocError
from xlrd.formatting import XF
from xlrd.formula import FormulaError
from xlrd.sheet import Cell as StoredCell
from xlrd.sheet import Sheet as StoredSheet

from extractors.compound_file import open_compound_file
from extractors.grid import Cell, Grid, Row, Run, Sheet
from extractors.number_format import text_of
from extractors.raised import raised
from extractors.refusal import Danger, Reason, UnreadableFile, UnsafeContent
from extractors.spreadsheet import Area, merged, place, trimmed

# A workbook's stream is one record after another: what it is, how long, and what it says.
_RECORD_HEADER = struct.Struct("<HH")
_END_OF_SHARED_PART, _FILE_PASS, _BOUND_SHEET, _SUPPORTING_BOOK = 0x0A, 0x2F, 0x85, 0x1AE
_CODE_SHEETS = (1, 6)  # of Excel 4 macros and of Visual Basic
_NOT_ELSEWHERE = (b"\x01\x04", b"\x01\x3a")  # supporting books: this one itself, and functions of add-ins

# What xlrd raises, besides what every parser raises, on records that contradict one another.
_SIGNS_OF_DAMAGE = (XLRDError, CompDocError, FormulaError, AssertionError)


def read(content: bytes) -> Grid:
    """Return the sheets of an xls in their order, what is hidden of them marked.

    Values come as `extractors.xlsx` gives them; a formula comes as its last value.
    Raises `UnsafeContent` for macros and for links to other files, and `UnreadableFile` for a workbook that
    is locked or damaged.
    """
    _refuse_unsafe_records(_workbook_stream(content))
    try:
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
    except _SIGNS_OF_DAMAGE as error:
        raise UnreadableFile(Reason.DAMAGED, f"{type(error).__name__}: {error}") from error
    return Grid("xls", tuple(_sheet(book, sheet) for sheet in book.sheets()))


def _workbook_stream(content: bytes) -> bytes:
    file = open_compound_file(content)
    return file.stream("Workbook" if file.has("Workbook") else "Book")  # Excel 95 had the shorter name


def _refuse_unsafe_records(stream: bytes) -> None:
    for kind, record in _records(stream):
        if kind == _FILE_PASS:
            raise UnreadableFile(Reason.PASSWORD_PROTECTED)
        if kind == _BOUND_SHEET and record[5:6] and record[5] in _CODE_SHEETS:
            raise UnsafeContent(Danger.MACROS, "a sheet of macros")
        if kind == _SUPPORTING_BOOK and record[2:4] not in _NOT_ELSEWHERE:
            raise UnsafeContent(Danger.EXTERNAL_LINK, "another workbook")


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the records of the part that all sheets share."""
    at = 0
    while at + _RECORD_HEADER.size <= len(stream):
        kind, length = _RECORD_HEADER.unpack_from(stream, at)
        if kind == _END_OF_SHARED_PART:
            return
        at += _RECORD_HEADER.size
        yield kind, stream[at : at + length]
        at += length


def _sheet(book: Book, stored: StoredSheet) -> Sheet:
    rows = [_row(book, stored, index) for index in range(stored.nrows)]
    # Areas count from 0 there, up to the first row and column outside; so these two are the last ones here.
    areas = [Area(top + 1, left + 1, bottom, right) for top, bottom, left, right in stored.merged_cells]
    hidden_columns = frozenset(index + 1 for index, column in stored.colinfo_map.items() if column.hidden)
    return Sheet(stored.name, trimmed(merged(rows, areas)), stored.visibility != 0, hidden_columns)


def _row(book: Book, stored: StoredSheet, index: int) -> Row:
    described = stored.rowinfo_map.get(index)
    hidden = described is not None and bool(described.hidden)
    return Row(index + 1, tuple(_cells(book, stored, index)), hidden)


def _cells(book: Book, stored: StoredSheet, row: int) -> Iterator[Cell]:
    for column, cell in enumerate(stored.row(row)):
        if cell.ctype == xlrd.XL_CELL_EMPTY or cell.xf_index is None:  # a gap between two cells
            continue
        style = book.xf_list[cell.xf_index]
        where = place(stored.name, column + 1, row + 1)
        if isinstance(cell.value, str):
            font_changes = stored.rich_text_runlist_map.get((row, column), [])
            runs = _runs(book, cell.value, [(0, style.font_index), *font_changes])
            yield Cell(where, column + 1, "".join(run.text for run in runs), runs=runs)
        elif not book.font_list[style.font_index].struck_out:
            yield Cell(where, column + 1, _value(book, cell, style))


def _value(book: Book, cell: StoredCell, style: XF) -> str:
    value = float(cell.value)
    match cell.ctype:
        case xlrd.XL_CELL_BOOLEAN:
            return "TRUE" if value else "FALSE"
        case xlrd.XL_CELL_ERROR:
            return xlrd.error_text_from_code[int(value)]
    format_code = book.format_map[style.format_key].format_str
    return text_of(value, format_code, from_1904=book.datemode == 1)


def _runs(book: Book, text: str, font_changes: list[tuple[int, int]]) -> tuple[Run, ...]:
    """Cut a text where its font changes; each change names the first letter and the font from there on.

    What has a line through it is left out; digits over or under the line come as such.
    """
    ends = [*(start for start, _ in font_changes[1:]), len(text)]
    stretches = (
        (text[start:end], book.font_list[font]) for (start, font), end in zip(font_changes, ends, strict=True)
    )
    return tuple(
        Run(raised(words) if font.escapement and words != text else words, font.name)
        for words, font in stretches
        if words and not font.struck_out
    )
