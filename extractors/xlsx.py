"""Excel workbooks: every sheet, every written cell, with value and number format read together.

Read straight from the XML, row by row: only cells that exist are met (a sheet with nothing but A1 and
XFD1048576 is two cells), a formula and its cached value are seen at once, and no declared size is trusted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import NamedTuple

from extractors.grid import Cell, Grid, Row, Run, Sheet
from extractors.number_format import text_of
from extractors.package import Package, Relationship, open_package
from extractors.spreadsheet import merged, place, stored_number, trimmed
from extractors.xlsx_sheet import ON, StoredCell, StoredRow, position, read_sheet
from extractors.xlsx_strings import RichText, shared_strings, unescaped
from extractors.xlsx_styles import CellStyle, cell_styles
from extractors.xml_part import parsed, remembered_if_small, without_namespaces

_SHARED_PARTS = ("sharedStrings", "styles")
_CELLS_REMEMBERED = (
    32_768  # the offices of a country fill in the same form, and most cells are the form's own
)


class _ListedSheet(NamedTuple):
    """One sheet as the main part lists it; `link` is the id under which its own part is named."""

    name: str
    link: str
    hidden: bool


class _Contents(NamedTuple):
    """What the main part of a workbook says."""

    sheets: tuple[_ListedSheet, ...]
    from_1904: bool


@dataclass(frozen=True, slots=True)
class _Workbook:
    """What all sheets of a workbook share."""

    strings: Sequence[str | RichText]
    styles: tuple[CellStyle, ...]
    from_1904: bool


def read(content: bytes) -> Grid:
    """Return the sheets of an xlsx in their order, what is hidden of them marked.

    A number comes as the text its format gives it (`extractors.number_format.text_of`), an error as its
    sign (`#REF!`), a formula as its cached value, or as itself (`=A1+B1`) where no program has computed it.
    Blank rows are left out, and so are blank cells right of the last written column; rows keep their number.
    """
    package = open_package(content)
    main_part = package.main_part()
    contents = _contents(package.part(main_part))
    links = package.relationships(main_part)
    workbook = _shared(package, contents, links.values())
    parts = [(sheet, links[sheet.link]) for sheet in contents.sheets]
    if len({link.target for _, link in parts}) < len(parts):  # an attempt to multiply a large part
        raise ValueError("two sheets in one part")
    # Charts are sheets too, and hold no cells.
    sheets = (_sheet(package, sheet, link, workbook) for sheet, link in parts if link.type == "worksheet")
    return Grid(kind="xlsx", sheets=tuple(sheets))


@remembered_if_small(64)
def _contents(main_part: bytes) -> _Contents:
    root = without_namespaces(parsed(main_part))
    properties = root.find("workbookPr")
    return _Contents(
        sheets=tuple(
            _ListedSheet(
                sheet.get("name", ""), sheet.get("id", ""), sheet.get("state", "visible") != "visible"
            )
            for sheet in root.iterfind("sheets/sheet")
        ),
        from_1904=properties is not None and properties.get("date1904") in ON,
    )


def _shared(package: Package, contents: _Contents, links: Iterable[Relationship]) -> _Workbook:
    parts = {link.type: package.part(link.target) for link in links if link.type in _SHARED_PARTS}
    return _Workbook(
        strings=shared_strings(parts["sharedStrings"]) if "sharedStrings" in parts else (),
        styles=cell_styles(parts["styles"]) if "styles" in parts else (CellStyle(),),
        from_1904=contents.from_1904,
    )


def _sheet(package: Package, sheet: _ListedSheet, link: Relationship, workbook: _Workbook) -> Sheet:
    rows, frame = read_sheet(package, link.target, partial(_row, sheet.name, workbook))
    return Sheet(sheet.name, trimmed(merged(rows, frame.areas)), sheet.hidden, frame.hidden_columns)


def _row(sheet_name: str, workbook: _Workbook, stored: StoredRow) -> Row:
    cells = [_cell(cell, sheet_name, stored.number, workbook) for cell in stored.cells]
    return Row(stored.number, tuple(cells), stored.hidden)


def _cell(stored: StoredCell, sheet_name: str, row: int, workbook: _Workbook) -> Cell:
    style = workbook.styles[stored.style]
    if style.is_struck_out:
        return _struck_out(stored, sheet_name, row, workbook)
    text = _text(stored, workbook.strings)
    if text is None:
        return _cell_of_value(stored, style.format_code, workbook.from_1904, sheet_name, row)
    if isinstance(text, str):
        return _cell_of_text(sheet_name, stored.column, row, text, style.font)
    name = place(sheet_name, stored.column, row)
    return Cell(name, stored.column, text.text, runs=text.runs(style.font))


def _struck_out(stored: StoredCell, sheet_name: str, row: int, workbook: _Workbook) -> Cell:
    """Return a cell whose style draws a line through it: only words in a font of their own stand in it."""
    text = _text(stored, workbook.strings)
    if not isinstance(text, RichText):
        return _cell_of_text(sheet_name, stored.column, row, "", "")
    standing = RichText(tuple((words, font) for words, font in text.stretches if font))
    return Cell(place(sheet_name, stored.column, row), stored.column, standing.text, runs=standing.runs(""))


@lru_cache(maxsize=_CELLS_REMEMBERED)
def _cell_of_text(sheet_name: str, column: int, row: int, text: str, font: str) -> Cell:
    runs = (Run(text, font),) if text and font else ()
    return Cell(place(sheet_name, column, row), column, text, runs=runs)


@lru_cache(maxsize=_CELLS_REMEMBERED)
def _cell_of_value(stored: StoredCell, format_code: str, from_1904: bool, sheet_name: str, row: int) -> Cell:
    return _cell_of_text(sheet_name, stored.column, row, _value(stored, format_code, from_1904), "")


def _text(cell: StoredCell, strings: Sequence[str | RichText]) -> str | RichText | None:
    """Return the text in a cell; `None` where what stands in it is no text."""
    kind, value = cell.kind, cell.value
    if kind == "s" and value:
        return strings[position(value)]
    if kind == "inlineStr":
        return cell.inline
    if kind == "str" and value is not None:  # what a formula gave, which may be nothing
        return unescaped(value)
    return None


def _value(cell: StoredCell, format_code: str, from_1904: bool) -> str:
    if not cell.value:
        return "" if cell.formula is None else f"={cell.formula}"
    match cell.kind:
        case "b":
            return "TRUE" if cell.value in ON else "FALSE"
        case "e":
            return cell.value
        case "d":
            return cell.value.removesuffix("T00:00:00")
    return text_of(stored_number(cell.value), format_code, from_1904=from_1904)
