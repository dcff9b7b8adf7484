"""The divisional matrix as a Word document: the paper that a divisional library signs and sends up."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH

from warehouse.matrix import DivisionalMatrix
from warehouse.matrix_fit import FONT, LEGAL_LANDSCAPE, PAGE_MARGIN, fit_to_page
from warehouse.matrix_layout import (
    HEADING_DEPTH,
    OFFICE_COLUMNS,
    body_rows,
    date_line,
    heading_cells,
    signature_lines,
    title_of,
)
from warehouse.word_document import TableCell, add_line, add_table, new_document, save

TITLE_SIZE = 12.0
SIGNATURE_SIZE = 9.0
SIGNATURE_INDENT = 640.0  # points: the right third of the page
HEADING_FILL = "E8EEF4"
NOT_REPORTED_FILL = "EDEDED"


def write_matrix_docx(matrix: DivisionalMatrix, path: Path) -> None:
    """Write a divisional matrix as a docx in the official layout, over the file that stands there.

    Title, three heading rows that stand on every page, one row per library, then the places for date and
    signature; landscape on legal paper.
    """
    fit = fit_to_page(matrix)
    document = new_document(
        title_of(matrix), page=LEGAL_LANDSCAPE, margin=PAGE_MARGIN, font=FONT, size=fit.letters
    )
    add_line(document, title_of(matrix), alignment=WD_ALIGN_PARAGRAPH.CENTER, size=TITLE_SIZE)
    add_line(document, "")
    rows = [*_heading(matrix), *_body(matrix)]
    add_table(document, fit.columns, rows, heading_rows=HEADING_DEPTH)
    _sign(document, matrix)
    save(document, path)


def _heading(matrix: DivisionalMatrix) -> Iterator[list[TableCell]]:
    in_order = sorted(heading_cells(matrix), key=lambda cell: (cell.row, cell.column))
    for _, cells in groupby(in_order, key=lambda cell: cell.row):
        yield [TableCell(cell.text, cell.column_span, cell.row_span, fill=HEADING_FILL) for cell in cells]


def _body(matrix: DivisionalMatrix) -> Iterator[list[TableCell]]:
    for row, texts in zip(matrix.rows, body_rows(matrix), strict=True):
        fill = "" if row.reported else NOT_REPORTED_FILL
        yield [
            TableCell(text, from_the_left=column == OFFICE_COLUMNS, fill=fill)
            for column, text in enumerate(texts, 1)
        ]


def _sign(document: WordDocument, matrix: DivisionalMatrix) -> None:
    """Leave the places to sign: the date at the left, name and office at the right, on one page together."""
    lines = [add_line(document, date_line(), size=SIGNATURE_SIZE, space_before=SIGNATURE_SIZE)]
    lines += [
        add_line(
            document,
            line,
            alignment=WD_ALIGN_PARAGRAPH.CENTER,
            size=SIGNATURE_SIZE,
            space_before=SIGNATURE_SIZE / 2,
            left_indent=SIGNATURE_INDENT,
        )
        for line in signature_lines(matrix)
    ]
    for line in lines[:-1]:
        line.paragraph_format.keep_with_next = True
