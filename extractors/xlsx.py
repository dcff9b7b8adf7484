"""Excel workbooks: every sheet, every written cell, with value and number format read together.

Read straight from the XML, row by row: only cells that exist are met (a sheet with nothing but A1 and
XFD1048576 is two cells), a formula and its cached value are seen at once, and no declared size is trusted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from xml.etree.ElementTree import Element

from extractors.grid import Cell, Grid, Row, Run, Sheet
from extractors.number_format import text_of
from extractors.package import Package, Relationship, open_package
from extractors.spreadsheet import merged, place, stored_number, trimmed
from extractors.xlsx_sheet import ON, StoredCell, StoredRow, position, read_sheet
from extractors.xlsx_strings import RichText, shared_strings, unescaped
from extractors.xlsx_styles import CellStyle, cell_styles

_SHARED_PARTS = ("sharedStrings", "styles")
_CELLS_REMEMBERED = (
    32_768  # the offices of a country fill in the same form, and most cells are the form's own
)


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
    root = package.xml(main_part)
    links = package.relationships(main_part)
    workbook = _shared(package, root, links.values())
    parts = [(sheet, links[sheet.get("id", "")]) for sheet in root.iterfind("sheets/sheet")]
    if len({link.target for _, link in parts}) < len(parts):  # an attempt to multiply a large part
        raise ValueError("two sheets in one part")
    # Charts are sheets too, and hold no cells.
    sheets = (_sheet(package, sheet, link, workbook) for sheet, link in parts if link.type == "worksheet")
    return Grid(kind="xlsx", sheets=tuple(sheets))


def _shared(package: Package, root: Element, links: Iterable[Relationship]) -> _Workbook:
    parts = {link.type: package.part(link.target) for link in links if link.type in _SHARED_PARTS}
    properties = root.find("workbookPr")
    return _Workbook(
        strings=shared_strings(parts["sharedStrings"]) if "sharedStrings" in parts else (),
        styles=cell_styles(parts["styles"]) if "styles" in parts else (CellStyle(),),
        from_1904=properties is not None and properties.get("date1904") in ON,
    )


def _sheet(package: Package, sheet: Element, link: Relationship, workbook: _Workbook) -> Sheet:
    name = sheet.get("name", "")
    hidden = sheet.get("state", "visible") != "visible"
    rows, frame = read_sheet(package, link.target, partial(_row, name, workbook))
    return Sheet(name, trimmed(merged(rows, frame.areas)), hidden, frame.hidden_columns)


def _row(sheet_name: str, workbook: _Workbook, stored: StoredRow) -> Row:
    cells = tuple(_cell(cell, sheet_name, stored.number, workbook) for cell in stored.cells)
    return Row(stored.number, cells, stored.hidden)


def _cell(stored: StoredCell, sheet_name: str, row: int, workbook: _Workbook) -> Cell:
    style = workbook.styles[stored.style]
    text = _text(stored, workbook.strings)
    if text is None:
        value = _value(stored, style.format_code, workbook.from_1904)
        return _plain_cell(sheet_name, stored.column, row, value, "")
    if isinstance(text, str):
        return _plain_cell(sheet_name, stored.column, row, text, style.font)
    name = place(sheet_name, stored.column, row)
    return Cell(name, stored.column, text.text, runs=text.runs(style.font))


@lru_cache(maxsize=_CELLS_REMEMBERED)
def _plain_cell(sheet_name: str, column: int, row: int, text: str, font: str) -> Cell:
    runs = (Run(text, font),) if text and font else ()
    return Cell(place(sheet_name, column, row), column, text, runs=runs)


def _text(cell: StoredCell, strings: Sequence[str | RichText]) -> str | RichText | None:
    """Return the text in a cell; `None` where what stands in it is no text."""
    if cell.kind == "s" and cell.value:
        return strings[position(cell.value)]
    if cell.kind == "inlineStr":
        return cell.inline
    if cell.kind == "str" and cell.value is not None:  # what a formula gave, which may be nothing
        return unescaped(cell.value)
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
