"""A paper, and how it becomes a file: a Word document, a workbook, or text with tabs between the cells."""

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date
from math import ceil

import docx
import openpyxl
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Inches, Pt
from docx.table import Table
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from transforms.numerals import bengali_digits, write_number

FONT = "Noto Sans Bengali"
BENGALI_DIGITS = "[$-5000445]"  # the number format by which Excel shows plain numbers in Bengali digits
FIXED_TIME = (2025, 1, 20, 9, 0, 0)
A_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT[\d:.]+Z")
LEGAL, A3 = (14.0, 8.5), (16.5, 11.7)  # inches, turned to landscape
MARGIN = Inches(0.5)
WIDE = 20  # columns; more go on the larger sheet, in a smaller hand


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or day: shown in Bengali digits, and stored as what it is where a workbook is typed."""

    value: float | date
    unit: str = "number"
    dates: str = "%d/%m/%y"

    def __str__(self) -> str:
        if isinstance(self.value, date):
            return bengali_digits(self.value.strftime(self.dates))
        return write_number(self.value) + ("%" if self.unit == "percent" else "")

    @property
    def stored(self) -> float | date:
        """What Excel keeps: a percentage as a fraction of one."""
        if isinstance(self.value, date) or self.unit != "percent":
            return self.value
        return round(self.value / 100, 6)

    @property
    def number_format(self) -> str:
        """How Excel shows it."""
        if isinstance(self.value, date):
            return f"{BENGALI_DIGITS}dd/mm/yy"
        return BENGALI_DIGITS + ("0.00%" if self.unit == "percent" else "0")


@dataclass(frozen=True, slots=True)
class Span:
    """A merged cell: its first row and column in the table, counted from 0, and how far it reaches."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Paper:
    """One report as it lies on the desk: lines above a table, the table, lines below it."""

    heading: tuple[str, ...]
    rows: tuple[tuple[str | Figure, ...], ...] = ()
    spans: tuple[Span, ...] = ()
    widths: tuple[int, ...] = ()  # of the table's columns, in parts of the page
    closing: tuple[str, ...] = ()
    typed: bool = False


# --- papers as files -------------------------------------------------------------------------------------


def as_text(paper: Paper) -> bytes:
    """Write a paper as text: a line a row, tabs between cells, merged cells blank after the first."""
    table = ("\t".join(map(str, row)) for row in paper.rows)
    return "\n".join([*paper.heading, "", *table, "", *paper.closing, ""]).encode()


def as_docx(paper: Paper) -> bytes:
    """Write a paper as a Word document in landscape."""
    document = docx.Document()
    size, font_size = (A3, 6) if len(paper.widths) > WIDE else (LEGAL, 9)
    set_up_page(document, size, font_size)
    for line in paper.heading:
        paragraph = document.add_paragraph(line)
        if paper.rows:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if paper.rows:
        table = document.add_table(len(paper.rows), len(paper.widths), style="Table Grid")
        fill_word_table(table, paper, Inches(size[0]) - 2 * MARGIN)
        document.add_paragraph()
    for line in paper.closing:
        document.add_paragraph(line)
    content = io.BytesIO()
    document.save(content)
    return sealed(content.getvalue())


def set_up_page(document: Document, size: tuple[float, float], font_size: int) -> None:
    """Turn the sheet to landscape and choose a Bengali font for every paragraph."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = map(Inches, size)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(font_size)
    # Word keeps font and size of Bengali letters apart from those of Latin ones; python-docx sets the latter.
    style.element.rPr.rFonts.set(qn("w:cs"), FONT)
    style.element.rPr.append(style.element.rPr.makeelement(qn("w:szCs"), {qn("w:val"): str(2 * font_size)}))
    style.paragraph_format.space_after = Pt(0)


def fill_word_table(table: Table, paper: Paper, room: int) -> None:
    """Size, merge and fill the cells of a Word table in a room of so many of Word's units."""
    table.autofit = False
    leave_no_margin(table)
    for column, width in zip(table.columns, paper.widths, strict=True):
        column.width = room * width // sum(paper.widths)
    for span in paper.spans:
        last = table.cell(span.row + span.rows - 1, span.column + span.columns - 1)
        table.cell(span.row, span.column).merge(last)
    for row, written in zip(table.rows, paper.rows, strict=True):
        for cell, content in zip(row.cells, written, strict=True):
            if content:
                cell.text = str(content)


def leave_no_margin(table: Table) -> None:
    """Let the text of narrow cells reach their borders."""
    margins = table._tbl.tblPr.makeelement(qn("w:tblCellMar"), {})
    for side in ("w:left", "w:right"):
        margins.append(margins.makeelement(qn(side), {qn("w:w"): "20", qn("w:type"): "dxa"}))
    table._tbl.tblPr.append(margins)


def as_xlsx(paper: Paper) -> bytes:
    """Write a paper as a workbook; its figures are numbers and days where the paper is typed, else text."""
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = sheet.ORIENTATION_LANDSCAPE, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for line in paper.heading:
        sheet.append([line])
    top = len(paper.heading) + 2
    fill_sheet(sheet, paper, top)
    for number, line in enumerate(paper.closing, top + len(paper.rows) + 1):
        sheet.cell(number, 1, line)
    content = io.BytesIO()
    workbook.save(content)
    return sealed(content.getvalue())


def fill_sheet(sheet: Worksheet, paper: Paper, top: int) -> None:
    """Size, fill and merge the cells of a table whose first row is row `top` of the sheet."""
    line = Side(style="thin")
    for column, width in enumerate(paper.widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width * 1.3
    for number, row in enumerate(paper.rows, top):
        sheet.row_dimensions[number].height = 15 * lines_needed(row, paper.widths)
        for column, content in enumerate(row, 1):
            cell = sheet.cell(number, column, str(content))
            cell.font = Font(name=FONT, size=10)
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            cell.border = Border(line, line, line, line)
            if paper.typed and isinstance(content, Figure):
                cell.value, cell.number_format = content.stored, content.number_format
    for span in paper.spans:
        first_row, first_column = top + span.row, 1 + span.column
        last_row, last_column = first_row + span.rows - 1, first_column + span.columns - 1
        sheet.merge_cells(None, first_row, first_column, last_row, last_column)


def lines_needed(row: tuple[str | Figure, ...], widths: tuple[int, ...]) -> int:
    """Return how many lines the fullest cell of a row takes."""
    return max(ceil(len(str(content)) / (1.3 * width)) for content, width in zip(row, widths, strict=True))


def sealed(package: bytes) -> bytes:
    """Give every part of a zip package, and what it says of its making, one fixed time."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as made, zipfile.ZipFile(content, "w") as kept:
        for name in made.namelist():
            part = made.read(name)
            if name == "docProps/core.xml":
                part = A_MOMENT.sub(b"%d-%02d-%02dT%02d:%02d:%02dZ" % FIXED_TIME, part)
            kept.writestr(zipfile.ZipInfo(name, FIXED_TIME), part, zipfile.ZIP_DEFLATED)
    return content.getvalue()


WRITERS = {".docx": as_docx, ".xlsx": as_xlsx, ".txt": as_text}
