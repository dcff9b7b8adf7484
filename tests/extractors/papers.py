"""Seeds as offices print them: on paper of some size, in sensible columns, with repeated headings."""

import io
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH as HORIZONTAL
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table
from PIL import Image

from extractors.libreoffice import convert
from extractors.poppler import draw_page
from tests.hostile.bombs import pdf_of
from tests.seed_files import write_docx

A4, A3, LEGAL = (297, 210), (420, 297), (356, 216)  # millimetres, landscape
MARGIN = 12
HEADER_ROWS = 3  # in both forms
OFFICE_FORM_WIDTHS = [4, 14, 22, 6, 6, 7, 7, 7, 7, 7, 8, 12]
MATRIX_WIDTHS = [3, 9, *[7, 8, 7] * 8, 8]

Change = Callable[[Document, Table], None]


def printed(seed_text: str, folder: Path, *changes: Change) -> bytes:
    """The seed as a PDF that LibreOffice prints from Word, after some changes to the document."""
    path = folder / "seed.docx"
    write_docx(seed_text, path)
    document = docx.Document(str(path))
    for change in changes:
        change(document, document.tables[0])
    document.save(str(path))
    return convert(path.read_bytes(), "docx", "pdf")


def on_landscape(paper: tuple[int, int]) -> Change:
    """The document on paper of this size, its table as wide as the margins allow, as an office sets it."""

    def change(document: Document, table: Table) -> None:
        section = document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = map(Mm, paper)
        section.left_margin = section.right_margin = Mm(MARGIN)
        _set_widths(table, paper[0] - 2 * MARGIN)

    return change


def with_repeated_header(document: Document, table: Table) -> None:
    """The header again on every page, and the number of the page below it."""
    for row in table.rows[:HEADER_ROWS]:
        row._tr.get_or_add_trPr().append(_element("w:tblHeader", "true"))
    number = document.sections[0].footer.paragraphs[0]
    for kind in ("begin", None, "end"):
        run = number.add_run()
        if kind:
            field = OxmlElement("w:fldChar")
            field.set(qn("w:fldCharType"), kind)
        else:
            field = OxmlElement("w:instrText")
            field.text = "PAGE"
        run._r.append(field)


def centred(document: Document, table: Table) -> None:
    """Every cell centred both ways."""
    for cell in (cell for row in table.rows for cell in row.cells):
        cell.vertical_alignment = VERTICAL.CENTER
        for paragraph in cell.paragraphs:
            paragraph.alignment = HORIZONTAL.CENTER


def with_turned_headings(document: Document, table: Table) -> None:
    """Headings that run upwards, as narrow columns have them."""
    for row, height in zip(table.rows[:HEADER_ROWS], (40, 60, 25), strict=True):
        row.height = Mm(height)
        for cell in row.cells:
            cell._tc.get_or_add_tcPr().append(_element("w:textDirection", "btLr"))


def rewritten(pdf: bytes, changed: Callable[[bytes], bytes], *added: bytes) -> bytes:
    """A PDF whose objects were changed and added to, with a table of objects that is right again.

    The objects added are numbered from 9001.
    """
    trailer = re.search(rb"trailer\s*(<<.*?>>)", pdf, re.DOTALL)
    body = changed(pdf[: pdf.rindex(b"xref", 0, pdf.rindex(b"startxref"))])
    for number, one in enumerate(added, 9001):
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    places = {int(found[1]): found.start(1) for found in re.finditer(rb"(?:^|\n)(\d+) 0 obj", body)}
    lines = [
        b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 00000 f \n"
        for n in range(1, max(places) + 1)
    ]
    size = re.sub(rb"/Size \d+", b"/Size %d" % (len(lines) + 1), trailer[1])
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(lines) + 1, b"".join(lines))
    return body + table + b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (size, len(body))


def turned(pdf: bytes, degrees: int) -> bytes:
    """The same pages painted sideways or upside down, and marked to be shown upright."""
    width, height = re.search(rb"/MediaBox\[0 0 ([0-9.]+) ([0-9.]+)\]", pdf).groups()
    turn, box = {
        90: (b"0 1 -1 0 %s 0 cm" % height, b"%s %s" % (height, width)),
        180: (b"-1 0 0 -1 %s %s cm" % (width, height), b"%s %s" % (width, height)),
        270: (b"0 -1 1 0 0 %s cm" % width, b"%s %s" % (height, width)),
    }[degrees]
    return rewritten(
        pdf,
        lambda body: re.sub(
            rb"/Contents (\d+) 0 R",
            rb"/Rotate %d/Contents [9001 0 R \1 0 R]" % degrees,
            body.replace(b"/MediaBox[0 0 %s %s]" % (width, height), b"/MediaBox[0 0 %s]" % box),
        ),
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(turn), turn),
    )


def scanned(pdf: bytes, pages: int, spoil: Callable[[Image.Image], Image.Image] = lambda page: page) -> bytes:
    """A PDF of nothing but pictures of these pages; `spoil` does to each what a scanner does."""
    pictures = [spoil(page_picture(pdf, number)) for number in range(1, pages + 1)]
    return saved(pictures[0], "PDF", save_all=True, append_images=pictures[1:], resolution=300)


def picture_under(picture: Image.Image, text: bytes, share: float = 1.0, font: bytes = b"Helvetica") -> bytes:
    """A PDF of one page that shows a picture over a share of its sides, and paints a text on it."""
    width, height = 800, 560
    shown = b"q %d 0 0 %d 0 0 cm /P Do Q %s" % (width * share, height * share, text)
    jpeg = saved(picture, "JPEG")
    return pdf_of(
        [
            b"<</Type /Catalog /Pages 2 0 R>>",
            b"<</Type /Pages /Count 1 /Kids [3 0 R]>>",
            b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R /Resources"
            b" <</Font <</F1 6 0 R>> /XObject <</P 5 0 R>>>>>>" % (width, height),
            b"<</Length %d>>\nstream\n%s\nendstream" % (len(shown), shown),
            b"<</Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray"
            b" /BitsPerComponent 8 /Filter /DCTDecode /Length %d>>\nstream\n%s\nendstream"
            % (*picture.size, len(jpeg), jpeg),
            b"<</Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding"
            b" /FirstChar 32 /LastChar 255 /Widths [%s]"
            b" /FontDescriptor <</Type /FontDescriptor /FontName /%s /Flags 32 /Ascent 800"
            b" /Descent -200 /FontBBox [0 -200 1000 800]>>>>" % (font, b"500 " * 224, font),
        ]
    )


def page_picture(pdf: bytes, number: int, dots_per_inch: int = 300) -> Image.Image:
    """A page as a scanner sees it."""
    return Image.open(io.BytesIO(draw_page(pdf, number, dots_per_inch)))


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    """A picture as the bytes of a file."""
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def _set_widths(table: Table, millimetres: int) -> None:
    shares = OFFICE_FORM_WIDTHS if len(table.columns) == len(OFFICE_FORM_WIDTHS) else MATRIX_WIDTHS
    table.autofit = False
    for column, share in zip(table._tbl.tblGrid.gridCol_lst, shares, strict=True):
        column.w = Mm(millimetres * share / sum(shares))
    for row in table.rows:
        for cell in row._tr.tc_lst:
            span: Sequence[int] = shares[cell.grid_offset : cell.grid_offset + cell.grid_span]
            cell.width = Mm(millimetres * sum(span) / sum(shares))


def _element(name: str, value: str):
    element = OxmlElement(name)
    element.set(qn("w:val"), value)
    return element
