"""The divisional matrix as a PDF: the paper itself, as every program shows and prints it.

Set by typst, which shapes Bengali rightly and keeps its text in the file. The fonts are the system's.
"""

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

from warehouse.matrix import DivisionalMatrix
from warehouse.matrix_fit import LEGAL_LANDSCAPE, PAGE_MARGIN, fit_to_page
from warehouse.matrix_layout import (
    HEADING_DEPTH,
    body_rows,
    date_line,
    heading_cells,
    signature_lines,
    title_of,
)

# The first one found is used; each shapes all conjuncts of the plans.
FONTS = ("Noto Sans Bengali", "Lohit Bengali", "Nikosh", "SolaimanLipi", "Kalpurush", "Vrinda")


class NoBengaliFont(Exception):  # noqa: N818 (named for what the operator reads)
    """No font on this machine has Bengali letters that we know; the message says what to install."""

    def __init__(self) -> None:
        super().__init__(
            "no PDF was written, because no Bengali font is installed: on Debian, install the package"
            " fonts-noto-core (Noto Sans Bengali) or fonts-beng"
        )


def write_matrix_pdf(matrix: DivisionalMatrix, path: Path, *, fonts: typst.Fonts | None = None) -> None:
    """Write a divisional matrix as a PDF in the official layout, over the file that stands there.

    Legal paper, landscape; the heading stands on every page. `fonts` are those of the system unless others
    are given. Raises `NoBengaliFont` where none of them is known to write Bengali.
    """
    known = fonts or system_fonts()
    families = known.families()
    usable = [name for name in FONTS if name in families]
    if not usable:
        raise NoBengaliFont
    paper = typst.compile(
        files("warehouse").joinpath("templates", "matrix", "matrix.typ").read_bytes(),
        font_paths=known,
        format="pdf",
        sys_inputs={"matrix": json.dumps(_as_data(matrix, usable), ensure_ascii=False)},
    )
    path.write_bytes(paper)


@cache
def system_fonts() -> typst.Fonts:
    """Return the fonts of this machine; looking for them takes longer than setting a page."""
    return typst.Fonts()


def _as_data(matrix: DivisionalMatrix, fonts: Sequence[str]) -> dict[str, Any]:
    """Return all that the template sets; its texts are data there and never markup."""
    fit = fit_to_page(matrix)
    heading = sorted(heading_cells(matrix), key=lambda cell: (cell.row, cell.column))
    return {
        "title": title_of(matrix),
        "page": LEGAL_LANDSCAPE,
        "margin": PAGE_MARGIN,
        "fonts": fonts,
        "letters": fit.letters,
        "columns": fit.columns,
        "heading": [
            {"text": cell.text, "row_span": cell.row_span, "column_span": cell.column_span}
            for cell in heading
        ],
        "heading_rows": HEADING_DEPTH,
        "first_heading_cells": sum(cell.row == 1 for cell in heading),
        "rows": [
            {"reported": row.reported, "texts": texts}
            for row, texts in zip(matrix.rows, body_rows(matrix), strict=True)
        ],
        "date_line": date_line(),
        "signature": signature_lines(matrix),
    }
