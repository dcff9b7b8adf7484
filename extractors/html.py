"""Web pages, most of them tables that a program saved under the name of an Excel file.

Cells hold what is shown, in the digits and with the signs shown; a page keeps no other value. Scripts,
comments and whatever a page would fetch are passed over.
"""

import re
from collections.abc import Iterable, Iterator
from email import message_from_bytes
from itertools import count
from pathlib import PurePosixPath

from lxml.etree import ErrorLevels, HTMLParser, fromstring
from lxml.etree import _Element as Element

from extractors.grid import Cell, Grid, Row, Sheet
from extractors.html_fonts import FontRules
from extractors.html_table import CELLS, LaidCell, laid_out
from extractors.html_text import BLOCK_EDGE, Piece, Table, is_struck_out, runs_of, shown_in
from extractors.refusal import Danger, UnsafeContent
from extractors.text import decode

_SAVED_AS_ONE_FILE = (b"mime-version:", b"from: <saved by")  # a page with its pictures, a workbook's sheets
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_CHARSET_WITHIN = 4096
_TABLE_OPENED = re.compile(r"<table[\s>]", re.IGNORECASE)
_TABLE_CLOSED = re.compile(r"</table\s*>", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)

_Line = tuple[tuple[Cell, ...], bool]  # the cells of a row to be, and whether the page hides it


def read(content: bytes) -> Grid:
    """Return the paragraphs and table rows of a web page, with their fonts, as one sheet.

    A page saved as a single file (MHTML) gives a sheet for each page in it. A table within a cell follows the
    table around it, or, where it is narrower than the row it stands in, is a part of what its cell says. Rows
    are numbered through the whole page; blank ones are counted and left out, and those that the page hides
    are marked hidden.
    Raises `UnsafeContent` for a page nested without end, and `EOFError` for one cut off within a table.
    """
    return Grid("html", tuple(_sheet(name, page) for name, page in _pages(content)))


def _pages(content: bytes) -> Iterator[tuple[str, Element]]:
    """Yield the pages of a file with their names; a plain page has none."""
    if not content.lstrip().lower().startswith(_SAVED_AS_ONE_FILE):
        yield "", _parsed(_text(content))
        return
    for part in message_from_bytes(content).walk():
        page = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(page, bytes):
            location = PurePosixPath(str(part.get("Content-Location", "")).replace("\\", "/"))
            yield location.stem, _parsed(_text(page, part.get_content_charset()))


def _text(page: bytes, charset: str | None = None) -> str:
    """Decode a page: Unicode proves itself; otherwise as its envelope or the page says, or as old Windows."""
    text = decode(page)
    if text is not None:
        return text
    named = _CHARSET.search(page[:_CHARSET_WITHIN])
    charset = charset or (named[1].decode("ascii") if named else "cp1252")
    return page.decode(charset, "replace")


def _parsed(text: str) -> Element:
    if len(_TABLE_OPENED.findall(text)) > len(_TABLE_CLOSED.findall(text)):  # cut off; a parser would mend it
        raise EOFError("</table>")
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    page = fromstring(f"<html>{text}".encode("utf-8", "replace"), parser)
    if any(entry.level == ErrorLevels.FATAL for entry in parser.error_log):  # what follows was not read
        raise UnsafeContent(Danger.NESTED_TOO_DEEPLY)
    return page


def _sheet(name: str, page: Element) -> Sheet:
    lines = _lines(page, FontRules.of(page), f"{name} " if name else "")
    rows = (Row(number, cells, hidden) for number, (cells, hidden) in enumerate(lines, 1))
    return Sheet(name, tuple(row for row in rows if not all(cell.is_blank for cell in row.cells)))


def _lines(page: Element, fonts: FontRules, prefix: str) -> Iterator[_Line]:
    paragraphs, tables = count(1), count(1)
    for block in _blocks(shown_in(page, "", fonts)):
        if isinstance(block, Table):
            yield from _table_lines(block, fonts, prefix, tables)
        else:
            yield (_cell(f"{prefix}paragraph {next(paragraphs)}", block),), False


def _blocks(shown: Iterable[Piece | Table]) -> Iterator[list[Piece] | Table]:
    """Gather words into paragraphs between the tables; blank ones, which any two tags make, are left out."""
    paragraph: list[Piece] = []
    for item in (*shown, Piece(BLOCK_EDGE, "")):
        if isinstance(item, Piece) and item.text != BLOCK_EDGE:
            paragraph.append(item)
            continue
        if any(piece.text.strip() for piece in paragraph):
            yield paragraph
        paragraph = []
        if isinstance(item, Table):
            yield item


def _table_lines(table: Table, fonts: FontRules, prefix: str, tables: Iterator[int]) -> Iterator[_Line]:
    place = f"{prefix}table {next(tables)}"
    outside_cells = list(shown_in(table.element, table.font, fonts, but_not=CELLS))
    yield (_cell(f"{place} caption", _words(outside_cells)),), False
    nested = [item for item in outside_cells if isinstance(item, Table)]
    for number, row in enumerate(laid_out(table.element), 1):
        font = fonts.font_of(row.element, table.font)
        cells = []
        for cell in row.cells:
            met = shown_in(cell.element, fonts.font_of(cell.element, font), fonts)
            shown = [] if is_struck_out(cell.element) else list(_with_parts(met, fonts, len(row.cells)))
            nested += [item for item in shown if isinstance(item, Table)]
            cells.append(_cell(f"{place} r{number} c{cell.column}", _words(shown), cell))
        yield tuple(cells), _is_hidden(row.element) or _is_hidden(table.element)
    for inner in nested:
        yield from _table_lines(inner, fonts, prefix, tables)


def _with_parts(
    shown: Iterable[Piece | Table], fonts: FontRules, cells_beside: int
) -> Iterator[Piece | Table]:
    """Yield what a cell shows; a table narrower than the row it stands in is a part of its words."""
    for item in shown:
        rows = laid_out(item.element) if isinstance(item, Table) else []
        if isinstance(item, Piece) or max((len(row.cells) for row in rows), default=0) >= cells_beside:
            yield item
            continue
        for cell in (cell for row in rows for cell in row.cells):
            met = shown_in(cell.element, fonts.font_of(cell.element, item.font), fonts)
            yield Piece(BLOCK_EDGE, item.font)
            yield from _with_parts(met, fonts, cells_beside)
            yield Piece(BLOCK_EDGE, item.font)


def _cell(place: str, pieces: Iterable[Piece], laid: LaidCell | None = None) -> Cell:
    runs = runs_of(pieces)
    return Cell(
        place=place,
        column=laid.column if laid else 1,
        text="".join(run.text for run in runs),
        row_span=laid.row_span if laid else 1,
        column_span=laid.column_span if laid else 1,
        runs=runs if any(run.font for run in runs) else (),
    )


def _words(shown: Iterable[Piece | Table]) -> Iterator[Piece]:
    return (item for item in shown if isinstance(item, Piece))


def _is_hidden(element: Element) -> bool:
    return bool(_HIDDEN.search(element.get("style", "")))
