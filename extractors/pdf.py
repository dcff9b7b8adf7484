"""PDF files with a text layer: the tables that rulings show and the lines around them, page by page.

A page of which only a picture is kept cannot be read here, and what some program guessed from a picture is
not believed: such a file needs a person's review.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby, pairwise

from extractors.box import Box
from extractors.grid import Cell, Grid, Row, Run, Sheet
from extractors.pdf_page import PdfPage, Turn, pages_of
from extractors.pdf_table import PdfCell, PdfRow, TablePart, begins_in, join_cut_rows, tables_of
from extractors.pdf_text import Blanks, Line, blanks_of, goes_on, is_parted, levelled, lines_of, runs_of
from extractors.poppler import check_pdf
from extractors.refusal import NeedsReview, Reason

_LINES_BETWEEN_PARAGRAPHS = 0.8  # lines further apart than this share of their height are two paragraphs


def read(content: bytes) -> Grid:
    """Return the tables and paragraphs of a PDF in reading order, as one sheet.

    A row that a page break has cut is one row again; a header that every page repeats stands as often as it
    is printed. Rows are numbered through the whole file; blank ones are counted and left out. Raises
    `NeedsReview` where a page is a picture, and `UnreadableFile` or `UnsafeContent` as `check_pdf` says.
    """
    check_pdf(content)
    pages = pages_of(content)
    if pictures := [str(page.number) for page in pages if page.is_picture]:
        raise NeedsReview(Reason.SCANNED, f"page {', '.join(pictures)}")
    return Grid(kind="pdf", sheets=(Sheet(name="", rows=_rows(pages)),))


def _rows(pages: Sequence[PdfPage]) -> tuple[Row, ...]:
    tables = tables_of(pages)
    parts = list(chain.from_iterable(tables))
    outside = [list(_lines_outside(page)) for page in pages]
    in_cells = (cell.lines for part in parts for row in part.rows for cell in row.cells)
    blanks = blanks_of(chain(in_cells, ([line for _, line in lines] for lines in outside)))
    for table in tables:
        join_cut_rows(table, blanks)
    margin = _margin(parts, outside)
    physical = [
        row
        for page, lines in zip(pages, outside, strict=True)
        for row in _rows_of_page(page, parts, lines, margin, blanks)
    ]
    numbers = {row: number for number, row in enumerate(physical, 1)}
    return tuple(_row(row, numbers, blanks) for row in physical if any(cell.lines for cell in row.cells))
