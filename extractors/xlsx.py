"""Excel workbooks: every sheet, every written cell, with value and number format read together.

Read straight from the XML, row by row: only cells that exist are met (a sheet with nothing but A1 and
XFD1048576 is two cells), a formula and its cached value are seen at once, and no declared size is trusted.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

from extractors.grid import Cell, Grid, Row, Run, Sheet
from extractors.number_format import text_of
from extractors.package import Package, Relationship, local_name, open_package, without_namespaces
from extractors.spreadsheet import Area, merged, place, stored_number, trimmed
from extractors.xlsx_styles import CellStyle, cell_styles

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
# Characters that Excel keeps out of its XML: `_x000D_` is a carriage return, `_x005F_` an underscore.
_ESCAPED_CHARACTER = re.compile(r"_x00(09|0A|0D|5F)_", re.IGNORECASE)
_ON = ("1", "true")

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _RichText:
    """A text as stretches, each with the font it names; one that names none is in the font of its cell."""

    stretches: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.stretches)

    def runs(self, cell_font: str) -> tuple[Run, ...]:
        runs = tuple(Run(text, font or cell_font) for text, font in self.stretches if text)
        return runs if any(run.font for run in runs) else ()


@dataclass(frozen=True, slots=True)
class _Workbook:
    """What all sheets of a workbook share."""

    strings: tuple[_RichText, ...]
    styles: tuple[CellStyle, ...]
    from_1904: bool


def read(content: bytes) -> Grid:
    """Return the sheets of an xlsx in their order, hidden ones marked.

    A number comes as the text its format gives it (`extractors.number_format.text_of`), an error as its
    sign (`#REF!`), a formula as its cached value, or as itself (`=A1+B1`) where no program has computed it.
    Blank rows are left out, and so are blank cells right of the last written column; rows keep their number.
    """
    package = open_package(content)
    main_part = package.main_part()
    root = package.xml(main_part)
    links = package.relationships(main_part)
    workbook = _shared(package, root, links.values())
    parts = [(sheet, links[sheet.get("id", "")]) for sheet in root.iterfind("sheets/sheet")]
    if len({link.target for _, link in parts}) < len(parts):  # an attempt to multiply a large part
        raise ValueError("two sheets in one part")
    # Charts are sheets too, and hold no cells.
    sheets = (_sheet(package, sheet, link, workbook) for sheet, link in parts if link.type == "worksheet")
    return Grid(kind="xlsx", sheets=tuple(sheets))


def _sheet(package: Package, sheet: Element, link: Relationship, workbook: _Workbook) -> Sheet:
    name = sheet.get("name", "")
    hidden = sheet.get("state", "visible") != "visible"
    return Sheet(name, _rows(package, link.target, name, workbook), hidden)


def _shared(package: Package, root: Element, links: Iterable[Relationship]) -> _Workbook:
    parts = {
        link.type: package.xml(link.target) for link in links if link.type in ("sharedStrings", "styles")
    }
    properties = root.find("workbookPr")
    return _Workbook(
        strings=tuple(_rich_text(string) for string in parts.get("sharedStrings", ())),
        styles=cell_styles(parts.get("styles", Element("styleSheet"))),
        from_1904=properties is not None and properties.get("date1904") in _ON,
    )


def _rows(package: Package, part: str, sheet_name: str, workbook: _Workbook) -> tuple[Row, ...]:
    rows: list[Row] = []
    areas: list[Area] = []
    with package.stream(part) as stream:
        for _, element in ElementTree.iterparse(stream, ("end",), forbid_dtd=True):
            match local_name(element.tag):
                case "row":
                    after = rows[-1].number if rows else 0
                    rows.append(_row(without_namespaces(element), after, sheet_name, workbook))
                    element.clear()  # a sheet may have a million
                case "mergeCell":
                    areas.append(_area(element.get("ref", "")))
    return trimmed(merged(rows, areas))


def _row(element: Element, after: int, sheet_name: str, workbook: _Workbook) -> Row:
    number = int(element.get("r", after + 1))
    cells: list[Cell] = []
    for cell in element.iterfind("c"):
        reference = cell.get("r", "")  # a cell without one follows the cell before it
        column = _column_and_row(reference)[0] if reference else cells[-1].column + 1 if cells else 1
        cells.append(_cell(cell, column, place(sheet_name, column, number), workbook))
    return Row(number, tuple(cells), hidden=element.get("hidden") in _ON)


def _cell(element: Element, column: int, place: str, workbook: _Workbook) -> Cell:
    style = _entry(workbook.styles, element.get("s", "0"))
    string = _string(element, workbook.strings)
    if string is None:
        return Cell(place, column, _value(element, style.format_code, workbook.from_1904))
    return Cell(place, column, string.text, runs=string.runs(style.font))


def _string(cell: Element, strings: tuple[_RichText, ...]) -> _RichText | None:
    """Return the text in a cell; `None` where what stands in it is no text."""
    kind, value = cell.get("t", "n"), cell.findtext("v")
    if kind == "inlineStr":
        return _rich_text(cell.iterfind("is/*"))
    if kind == "s" and value:
        return _entry(strings, value)
    if kind == "str" and value is not None:  # what a formula gave, which may be nothing
        return _RichText(((_unescaped(value), ""),))
    return None


def _entry(table: tuple[_T, ...], position: str) -> _T:
    if not position.isdecimal():  # -1 would quietly name the last entry
        raise IndexError(f"no entry {position!r}")
    return table[int(position)]


def _value(cell: Element, format_code: str, from_1904: bool) -> str:
    value, formula = cell.findtext("v"), cell.find("f")
    if not value:
        return "" if formula is None else f"={formula.text or ''}"
    match cell.get("t", "n"):
        case "b":
            return "TRUE" if value in _ON else "FALSE"
        case "e":
            return value
        case "d":
            return value.removesuffix("T00:00:00")
    return text_of(stored_number(value), format_code, from_1904=from_1904)


def _rich_text(parts: Iterable[Element]) -> _RichText:
    """Read the parts of a string: plain text and runs with fonts, but no readings for pronunciation."""
    stretches = []
    for part in parts:
        if part.tag == "t":
            stretches.append((_unescaped(part.text or ""), ""))
        elif part.tag == "r":
            font = part.find("rPr/rFont")
            text = _unescaped(part.findtext("t") or "")
            stretches.append((text, "" if font is None else font.get("val", "")))
    return _RichText(tuple(stretches))


def _unescaped(text: str) -> str:
    plain = _ESCAPED_CHARACTER.sub(lambda escape: chr(int(escape[1], 16)), text)
    return plain.replace("\r\n", "\n").replace("\r", "\n")


def _area(reference: str) -> Area:
    corners = [_column_and_row(corner) for corner in reference.split(":")]
    columns, rows = zip(*corners, strict=True)
    return Area(top=min(rows), left=min(columns), bottom=max(rows), right=max(columns))


def _column_and_row(reference: str) -> tuple[int, int]:
    found = _REFERENCE.fullmatch(reference)
    if not found:
        raise ValueError(f"not a cell reference: {reference!r}")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(found[2])
