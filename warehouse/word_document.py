"""Word documents in Bengali: what every document of ours has in common, whatever it says.

Word sets Bengali as a complex script, with a font, a size and a language of its own, apart from those of
Latin text; all are set for the whole document, in its default style. Tables are written row by row, each cell
once with its spans.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

A4_PORTRAIT = (595.3, 841.9)  # points
_LANGUAGE = "bn-BD"
_TWIPS = 20  # of a point, the unit of widths in tables
_CELL_MARGIN = 24  # twips
_UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell of a table, where it begins; `fill` is a colour in hex, such as `EDEDED`, or empty."""

    text: str
    column_span: int = 1
    row_span: int = 1
    from_the_left: bool = False
    fill: str = ""


def new_document(
    title: str, *, page: tuple[float, float], margin: float, font: str, size: float
) -> WordDocument:
    """Return an empty document; `page` is its width and height in points, as are `margin` and `size`."""
    document = Document()
    document.core_properties.title = title[:255]  # longer ones the format does not hold
    document.core_properties.author = "Protibedon"
    section = document.sections[0]
    section.page_width, section.page_height = Pt(page[0]), Pt(page[1])
    section.orientation = WD_ORIENT.LANDSCAPE if page[0] > page[1] else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Pt(margin)
    section.header_distance = section.footer_distance = Pt(margin / 2)
    style = document.styles["Normal"]
    style.element.get_or_add_rPr().extend(_letters(font, size))
    style.paragraph_format.space_after = Pt(0)
    return document


def add_line(
    document: WordDocument,
    text: str,
    *,
    alignment: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
    size: float | None = None,
    space_before: float = 0,
    left_indent: float = 0,
) -> Paragraph:
    """Add a paragraph; its measures are in points, its letters as large as the document's without `size`."""
    paragraph = document.add_paragraph()
    run = paragraph.add_run(printable(text))
    if size is not None:
        run._r.get_or_add_rPr().extend(_size(size))
    paragraph.alignment = alignment
    paragraph.paragraph_format.space_before = Pt(space_before)
    paragraph.paragraph_format.left_indent = Pt(left_indent)
    return paragraph


def add_table(
    document: WordDocument, widths: Sequence[float], rows: Iterable[Sequence[TableCell]], *, heading_rows: int
) -> None:
    """Add a table with lines; `widths` of its columns are in points, its heading stands on every page.

    Each row holds the cells that begin in it; places that a cell from above reaches are left out. The last
    row stays on one page with the paragraph that follows.
    """
    columns = [round(width * _TWIPS) for width in widths]
    table = _element(
        "tbl",
        _element(
            "tblPr",
            _element("tblW", w=sum(columns), type="dxa"),
            _element("jc", val="center"),
            _element("tblBorders", *(_element(edge, val="single", sz=4, color="auto") for edge in _EDGES)),
            _element("tblLayout", type="fixed"),
            _element("tblCellMar", *(_element(edge, w=_CELL_MARGIN, type="dxa") for edge in _EDGES[:4])),
        ),
        _element("tblGrid", *(_element("gridCol", w=width) for width in columns)),
    )
    reaching: dict[int, tuple[TableCell, int]] = {}  # by column: a cell from above, and how far it still goes
    for number, row in enumerate(rows):
        table.append(_row(columns, list(row), reaching, is_heading=number < heading_rows))
    for paragraph_properties in table[-1].iter(
        qn("w:pPr")
    ):  # so that no page has only what follows the table
        paragraph_properties.insert(0, _element("keepNext"))
    document.element.body.insert_element_before(table, "w:sectPr")


def save(document: WordDocument, path: Path) -> None:
    """Write a document over the file that stands there."""
    document.save(str(path))


def printable(text: str) -> str:
    """Return a text with a blank for every control character that a document cannot hold."""
    return _UNPRINTABLE.sub(" ", text)


_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


def _row(
    columns: Sequence[int],
    begun: list[TableCell],
    reaching: dict[int, tuple[TableCell, int]],
    *,
    is_heading: bool,
) -> Any:
    """Write one row: the cells that begin in it, and a continuation of each that reaches into it."""
    properties = _element("trPr", _element("cantSplit"), *([_element("tblHeader")] if is_heading else []))
    row = _element("tr", properties)
    column = 0
    while column < len(columns):
        cell, rows_left = reaching.pop(column, (None, 0))
        continues = cell is not None
        if cell is None:
            cell = begun.pop(0)
            rows_left = cell.row_span
        if rows_left > 1:
            reaching[column] = cell, rows_left - 1
        width = sum(columns[column : column + cell.column_span])
        row.append(_cell(cell, width, continues=continues))
        column += cell.column_span
    return row


def _cell(cell: TableCell, width: int, *, continues: bool) -> Any:
    properties = _element("tcPr", _element("tcW", w=width, type="dxa"))
    if cell.column_span > 1:
        properties.append(_element("gridSpan", val=cell.column_span))
    if cell.row_span > 1:
        properties.append(_element("vMerge", val="continue" if continues else "restart"))
    if cell.fill:
        properties.append(_element("shd", val="clear", color="auto", fill=cell.fill))
    properties.append(_element("vAlign", val="center"))
    paragraph = _element("p", _element("pPr", _element("jc", val="left" if cell.from_the_left else "center")))
    if cell.text and not continues:
        Paragraph(paragraph, None).add_run(printable(cell.text))  # type: ignore[arg-type]
    return _element("tc", properties, paragraph)


def _letters(font: str, size: float) -> list[Any]:
    fonts = _element("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font)
    return [fonts, *_size(size), _element("lang", val=_LANGUAGE, bidi=_LANGUAGE)]


def _size(size: float) -> list[Any]:
    return [_element("sz", val=round(size * 2)), _element("szCs", val=round(size * 2))]


def _element(tag: str, *children: Any, **values: object) -> Any:
    """Return an element of Word's language; the library that makes it says nothing of types."""
    element = OxmlElement(f"w:{tag}")
    for name, value in values.items():
        element.set(qn(f"w:{name}"), str(value))
    element.extend(children)
    return element
