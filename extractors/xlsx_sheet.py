"""A worksheet as it is stored: its rows and cells, before numbers, styles and texts are put together."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple, TypeVar
from xml.etree.ElementTree import Element

from extractors.package import Package
from extractors.spreadsheet import Area
from extractors.xlsx_strings import RichText, text_of_parts
from extractors.xml_part import (
    elements,
    local_name,
    parsed,
    plain_xml,
    remembered_if_small,
    without_namespaces,
)

ON = ("1", "true")
_MOST_COLUMNS = 16_384
LARGEST_READ_AT_ONCE = 2 * 1024 * 1024  # bytes of XML; a larger sheet is read row by row

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")

# Rows and cells as Excel writes them wherever a cell holds no formula and no text of its own.
_VALUE = r"[^<>&\x00-\x08\x0b-\x1f\ufffe\uffff]*+"
_CELL = (
    r'<c r="([A-Z]{1,3})[0-9]{1,7}"(?: s="([0-9]{1,6})")?(?: t="([A-Za-z]+)")?'
    rf"(?:/>|>(?:<v>({_VALUE})</v>)?</c>)"
)
_ATTRIBUTES = r'(?: [A-Za-z][A-Za-z0-9:]*+="[^"<>&\x00-\x1f\ufffe\uffff]*+")*+'
_ROW = rf"<row({_ATTRIBUTES})(?:/>|>((?:{_CELL})*+)</row>)"
_PLAIN_CELL, _PLAIN_ROW, _PLAIN_ROWS = re.compile(_CELL), re.compile(_ROW), re.compile(rf"(?:{_ROW})*+")
_ATTRIBUTE = re.compile(r'([A-Za-z0-9:]+)="([^"]*)"')
_BEGIN, _END, _END_OF_ROW = "<sheetData>", "</sheetData>", "</row>"
_ROWS_REMEMBERED = 2048  # most rows of a form are written alike by all offices
_LARGEST_ROW_REMEMBERED = 2048  # characters
_DESCENT = "x14ac:dyDescent"  # an attribute of rows that newer Excels write, and the only one with a prefix

_Row = TypeVar("_Row")


class StoredCell(NamedTuple):
    """One cell as the file has it: `style` is a position in the style table, `kind` how `value` is meant."""

    column: int
    style: int
    kind: str
    value: str | None
    formula: str | None = None
    inline: str | RichText = ""


class StoredRow(NamedTuple):
    """One row as the file has it."""

    number: int
    hidden: bool
    cells: tuple[StoredCell, ...]


class SheetFrame(NamedTuple):
    """What a sheet says beside its rows: its areas of merged cells, and the columns that it does not show."""

    areas: tuple[Area, ...]
    hidden_columns: frozenset[int]


def read_sheet(
    package: Package, part: str, as_row: Callable[[StoredRow], _Row]
) -> tuple[list[_Row], SheetFrame]:
    """Return the rows of a sheet, each made by `as_row`, and what stands beside them.

    A sheet as the usual programs write it is taken apart by patterns that match it whole, any other one by a
    parser; both give the same. Raises `ParseError`, `ValueError` or `LookupError` where it is damaged.
    """
    if package.size(part) <= LARGEST_READ_AT_ONCE:
        plain = _read_plain(package.part(part), as_row)
        if plain:
            return plain
    return parse_sheet(package, part, as_row)


def parse_sheet(
    package: Package, part: str, as_row: Callable[[StoredRow], _Row]
) -> tuple[list[_Row], SheetFrame]:
    """Return what `read_sheet` does, read by a parser whatever the sheet looks like."""
    rows: list[_Row] = []
    areas: list[Area] = []
    hidden: list[int] = []
    number = 0
    with package.stream(part) as stream:
        for element in elements(stream):
            match local_name(element.tag):
                case "row":
                    row = _row(without_namespaces(element), after=number)
                    rows.append(as_row(row))
                    number = row.number
                    element.clear()  # a sheet may have a million
                case "mergeCell":
                    areas.append(_area(element.get("ref", "")))
                case "col":
                    hidden += _hidden_columns(element)
    return rows, SheetFrame(tuple(areas), frozenset(hidden))


def _row(element: Element, after: int) -> StoredRow:
    cells: list[StoredCell] = []
    for cell in element.iterfind("c"):
        reference = cell.get("r", "")  # a cell without one follows the cell before it
        column = _column_and_row(reference)[0] if reference else cells[-1].column + 1 if cells else 1
        formula = cell.find("f")
        cells.append(
            StoredCell(
                column,
                position(cell.get("s", "0")),
                cell.get("t", "n"),
                cell.findtext("v"),
                None if formula is None else formula.text or "",
                text_of_parts(cell.iterfind("is/*")),
            )
        )
    return StoredRow(int(element.get("r", after + 1)), element.get("hidden") in ON, tuple(cells))


@lru_cache(maxsize=4096)
def position(text: str) -> int:
    """Return a position in one of the workbook's tables; `IndexError` for anything but a plain number."""
    if not text.isdecimal():  # -1 would quietly name the last entry
        raise IndexError(f"no entry {text!r}")
    return int(text)


# --- sheets as the usual programs write them ---------------------------------------------------------------


def _read_plain(content: bytes, as_row: Callable[[StoredRow], _Row]) -> tuple[list[_Row], SheetFrame] | None:
    """Return what a sheet holds whose rows are written plainly; `None` for one that a parser must read."""
    text = plain_xml(content)
    if text is None or text.count(_BEGIN) != 1 or text.count(_END) != 1:
        return None
    begin, end = text.index(_BEGIN), text.index(_END)
    rows = _plain_rows(text[begin + len(_BEGIN) : end])
    prefixed = f' {_DESCENT}="0"' if f" {_DESCENT}=" in text else ""
    if rows is None:
        return None
    frame = _frame_of(f"{text[:begin]}<sheetData{prefixed}/>{text[end + len(_END) :]}")
    return None if frame is None else ([as_row(row) for row in rows], frame)


def _plain_rows(text: str) -> list[StoredRow] | None:
    """Return the rows that a text consists of; `None` where it is more than plain ones.

    An end of a row stands nowhere but there, so the text may be cut behind each and read piece by piece.
    """
    rows: list[StoredRow] = []
    *pieces, rest = text.split(_END_OF_ROW)
    for piece in (*(piece + _END_OF_ROW for piece in pieces), rest):
        read = _rows_of(piece)
        if read is None:
            return None
        rows += read
    return rows


@remembered_if_small(_ROWS_REMEMBERED, _LARGEST_ROW_REMEMBERED)
def _rows_of(piece: str) -> tuple[StoredRow, ...] | None:
    """Return the row that a piece ends with, and the empty ones before it; `None` where one is not plain."""
    if not _PLAIN_ROWS.fullmatch(piece):
        return None
    found = _PLAIN_ROW.findall(piece)
    heads = [_plain_row_head(attributes) for attributes, *_ in found]
    if not all(heads):
        return None
    return tuple(
        StoredRow(*head, tuple(_plain_cell(cell) for cell in _PLAIN_CELL.findall(cells)))
        for head, (_, cells, *_) in zip(heads, found, strict=True)
        if head
    )


@lru_cache(maxsize=4096)
def _plain_row_head(attributes: str) -> tuple[int, bool] | None:
    """Return a row's number and whether it is hidden; `None` where its attributes are not plain."""
    named = _ATTRIBUTE.findall(attributes)
    said = dict(named)
    prefixed = {name for name in said if ":" in name}
    if len(said) < len(named) or prefixed - {_DESCENT} or not said.get("r", "").isdecimal():
        return None
    return int(said["r"]), said.get("hidden") in ON


@lru_cache(maxsize=32_768)
def _plain_cell(found: tuple[str, str, str, str]) -> StoredCell:
    letters, style, kind, value = found
    return StoredCell(_column(letters), int(style or 0), kind or "n", value)


@lru_cache(maxsize=128)
def _frame_of(sheet: str) -> SheetFrame | None:
    """Return the frame of a sheet whose rows were taken out; `None` where there are rows besides them."""
    named = [(local_name(element.tag), element) for element in parsed(sheet.encode()).iter()]
    if any(name == "row" for name, _ in named):
        return None
    return SheetFrame(
        tuple(_area(element.get("ref", "")) for name, element in named if name == "mergeCell"),
        frozenset(column for name, element in named if name == "col" for column in _hidden_columns(element)),
    )


def _hidden_columns(described: Element) -> Iterable[int]:
    if described.get("hidden") not in ON:
        return ()
    return range(int(described.get("min", "")), min(int(described.get("max", "")), _MOST_COLUMNS) + 1)


# --- references --------------------------------------------------------------------------------------------


def _area(reference: str) -> Area:
    corners = [_column_and_row(corner) for corner in reference.split(":")]
    columns, rows = zip(*corners, strict=True)
    return Area(top=min(rows), left=min(columns), bottom=max(rows), right=max(columns))


def _column_and_row(reference: str) -> tuple[int, int]:
    found = _REFERENCE.fullmatch(reference)
    if not found:
        raise ValueError(f"not a cell reference: {reference!r}")
    return _column(found[1]), int(found[2])


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column
