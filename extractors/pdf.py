"""PDF files with a text layer: the tables that rulings show and the lines around them, page by page.

A page of which only a picture is kept cannot be read here, and what some program guessed from a picture is
not believed: a file with such a page needs a person's review, unless nothing in the picture can be a table.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from extractors.grid import Cell, Grid, Row, Sheet
from extractors.pdf_page import PdfPage, pages_of
from extractors.pdf_table import PdfCell, PdfRow, TablePart, join_cut_rows, tables_of
from extractors.pdf_text import Line, goes_on, lines_of, runs_of
from extractors.poppler import check_pdf
from extractors.refusal import NeedsReview, Reason

MOST_PICTURED_PAGES = 3  # beside pages that are read; looking at one takes a second


def read(content: bytes) -> Grid:
    """Return the tables and paragraphs of a PDF in reading order, as one sheet.

    A row that a page break has cut is one row again; a header that every page repeats stands as often as it
    is printed. Rows are numbered through the whole file; blank ones are counted and left out. Pages that are
    pictures are left out and named where they hold no table, such as a scanned letter behind the report.
    Raises `NeedsReview` where they may hold one, or where no other page does, and `UnreadableFile` or
    `UnsafeContent` as `check_pdf` says.
    """
    check_pdf(content)
    pages = pages_of(content)
    pictured = tuple(page.number for page in pages if page.is_picture)
    read_pages = [page for page in pages if not page.is_picture]
    if pictured and not (any(page.tables for page in read_pages) and _hold_no_table(content, pictured)):
        raise NeedsReview(Reason.SCANNED, f"page {', '.join(map(str, pictured))}")
    return Grid("pdf", (Sheet("", _rows(read_pages)),), pictured)


def _hold_no_table(content: bytes, pages: Sequence[int]) -> bool:
    """Whether the pages of these numbers show no ruled table; many are not looked at, and may."""
    if len(pages) > MOST_PICTURED_PAGES:
        return False
    from extractors.scan import shows_a_table  # with numpy, for the few files with such a page

    return not any(shows_a_table(content, number) for number in pages)


def _rows(pages: Sequence[PdfPage]) -> tuple[Row, ...]:
    tables = tables_of(pages)
    blanks_end_lines = any(
        line.ends_with_blank
        for part in chain(*tables)
        for row in part.rows
        for cell in row.cells
        for line in cell.lines[:-1]
    )
    for table in tables:
        join_cut_rows(table)
    outside = [_lines_outside(page) for page in pages]
    margin = min((line.box.left for line in chain(*outside)), default=0)  # and as wide on the right
    physical = [
        row
        for page, lines in zip(pages, outside, strict=True)
        for row in _rows_of_page(
            [part for part in chain(*tables) if part.page is page],
            list(_paragraphs(page, lines, page.width - 2 * margin)),
        )
    ]
    numbers = {row: number for number, row in enumerate(physical, 1)}
    return tuple(
        _row(row, numbers, blanks_end_lines) for row in physical if any(cell.lines for cell in row.cells)
    )


def _lines_outside(page: PdfPage) -> tuple[Line, ...]:
    boxes = list(chain(*page.tables))
    shown = ((piece.anchor, piece) for piece in page.pieces if not piece.is_hidden)
    outside = (piece for anchor, piece in shown if not any(box.holds(*anchor) for box in boxes))
    return lines_of(outside, blanks_are_written=page.blanks_are_written)


def _rows_of_page(parts: Sequence[TablePart], paragraphs: Sequence[PdfCell]) -> Iterator[PdfRow]:
    """Yield the rows of a page from top to bottom, each paragraph as a row of its own."""
    blocks = [(part.box.top, part.rows) for part in parts]
    blocks += [(paragraph.box.top, [paragraph.last_row]) for paragraph in paragraphs]
    for _, rows in sorted(blocks, key=lambda block: block[0]):
        yield from rows


def _paragraphs(page: PdfPage, lines: Sequence[Line], room: float) -> Iterator[PdfCell]:
    paragraph: PdfCell | None = None
    for number, line in enumerate(lines, 1):
        if paragraph and _is_same_paragraph(paragraph.lines[-1], line, room):
            paragraph.lines = (*paragraph.lines, line)
            continue
        if paragraph:
            yield paragraph
        row = PdfRow()
        paragraph = PdfCell(f"page {page.number} line {number}", 1, 1, line.box, (line,), row, room)
        row.cells.append(paragraph)
    if paragraph:
        yield paragraph


def _is_same_paragraph(before: Line, after: Line, room: float) -> bool:
    is_close = after.box.top - before.box.bottom < before.box.height
    return is_close and not before.is_parted and goes_on(before, [after], room)


def _row(row: PdfRow, numbers: dict[PdfRow, int], blanks_end_lines: bool) -> Row:
    number = numbers[row]
    return Row(
        number,
        tuple(_cell(cell, numbers[cell.last_row] - number + 1, blanks_end_lines) for cell in row.cells),
    )


def _cell(cell: PdfCell, row_span: int, blanks_end_lines: bool) -> Cell:
    runs = runs_of(cell.lines, cell.room, blanks_end_lines=blanks_end_lines)
    return Cell(
        place=cell.place,
        column=cell.column,
        text="".join(run.text for run in runs),
        row_span=row_span,
        column_span=cell.column_span,
        runs=runs if any(run.font for run in runs) else (),
    )
