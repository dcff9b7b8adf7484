"""Scans and photographs: what a recogniser of print makes of a page, cell by cell, for a person to check.

On a clean page one numeric cell in ten comes out wrong, some of them with confidence. So a picture is never
read as a report is: `read` refuses it, and what `recognised_pages` yields goes into a draft.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, count, groupby

import numpy as np
from PIL import Image, ImageOps

from extractors.box import Box, Slot, around, rulings, slots
from extractors.grid import Cell, Grid, Row
from extractors.kind import Kind, kind_of
from extractors.picture import (
    WHITE,
    evenly_lit,
    page_of_pdf,
    pages_of_pdf,
    pages_of_picture,
    straightened,
    without_specks,
)
from extractors.picture_table import RULING, ink_of, ruled_tables
from extractors.refusal import NeedsReview, Reason
from extractors.tesseract import RecognisedLine, recognise, upright

UNREAD = "?"  # for what is written and was not recognised; nobody can take it for a value

_SURE = 90.0  # percent; below this tesseract itself is in doubt
_MISREAD = re.compile(r"[0-9A-Za-z?]")  # in a Bengali report mostly a Bengali letter or digit taken for one
_BROKEN_FIGURE = re.compile(r"(?<=[০-৯/.])\n(?=[০-৯/.%]+(?:\n|$))")  # a date in a narrow column
_INSIDE = 7  # pixels from a ruling to where no trace of it is left
_FEWEST_DARK = 12  # pixels; fewer are dust
_LOWEST_LETTER = 14  # pixels; what is lower and twice as wide is a dash, which tesseract does not see
_PAPER_AROUND = 20  # pixels of white that tesseract wants around a text

_Lines = tuple[RecognisedLine, ...]
_DASH = (RecognisedLine("-", 100.0),)
_UNREAD = (RecognisedLine(UNREAD, 0.0),)


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """One page: its picture, set straight, and its rows as they were recognised, numbered from 1.

    `doubtful` holds the places of the cells that are less than sure.
    """

    number: int
    picture: Image.Image
    rows: tuple[Row, ...]
    doubtful: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Patch:
    """What is recognised by itself: a cell with its slot in a table, or all that stands beyond tables.

    `table` counts the page's tables from 1, and is 0 beyond them. `picture` is there where tesseract is to
    be asked; otherwise `lines` says what could be seen without it.
    """

    table: int
    slot: Slot | None
    picture: Image.Image | None
    lines: _Lines = ()

    @property
    def row(self) -> int:
        """The row of its table that it begins in."""
        return self.slot.row if self.slot else 0


def read(content: bytes) -> Grid:
    """Refuse a picture: raises `NeedsReview`."""
    raise NeedsReview(Reason.SCANNED, f"{len(content):,} bytes of picture")


def recognised_pages(content: bytes) -> Iterator[RecognisedPage]:
    """Yield what is recognised on each page of a scanned PDF, a picture or a TIFF.

    Raises `NeedsReview` where tesseract or its Bengali model is not installed, and `UnreadableFile` for a
    file that is damaged or beyond all measure.
    """
    pages = pages_of_pdf(content) if kind_of(content) is Kind.PDF else pages_of_picture(content)
    for number, page in enumerate(pages, 1):
        yield _recognised_page(number, straightened(upright(evenly_lit(page))))


def shows_a_table(content: bytes, number: int) -> bool:
    """Whether the picture of a page of a PDF, counted from 1, shows a ruled table."""
    page = straightened(evenly_lit(page_of_pdf(content, number)))
    return bool(ruled_tables(ink_of(page)))


def _recognised_page(number: int, page: Image.Image) -> RecognisedPage:
    patches = list(_patches(page))
    answers = iter(recognise([patch.picture for patch in patches if patch.picture]))
    read = [(patch, (next(answers) or _UNREAD) if patch.picture else patch.lines) for patch in patches]
    rows = list(_rows(number, read))
    return RecognisedPage(
        number=number,
        picture=page,
        rows=tuple(Row(place, tuple(cell for cell, _ in row)) for place, row in enumerate(rows, 1)),
        doubtful=frozenset(cell.place for row in rows for cell, is_doubtful in row if is_doubtful),
    )


def _rows(number: int, read: Iterable[tuple[_Patch, _Lines]]) -> Iterator[list[tuple[Cell, bool]]]:
    """Yield the cells of each row, with whether they are doubtful; a line beyond tables is a row."""
    line_numbers = count(1)
    for (table, _), group in groupby(read, key=lambda one: (one[0].table, one[0].row)):
        if table:
            yield [_cell(number, table, patch.slot, lines) for patch, lines in group if patch.slot]
            continue
        for line in chain.from_iterable(lines for _, lines in group):
            place = f"page {number} line {next(line_numbers)}"
            yield [(Cell(place, column=1, text=line.text), _is_doubtful(line))]


def _cell(page: int, table: int, slot: Slot, lines: _Lines) -> tuple[Cell, bool]:
    name = f"page {page}" if table == 1 else f"page {page} table {table}"
    cell = Cell(
        place=f"{name} r{slot.row} c{slot.column}",
        column=slot.column,
        text=_BROKEN_FIGURE.sub("", "\n".join(line.text for line in lines)),
        row_span=slot.row_span,
        column_span=slot.column_span,
    )
    return cell, any(map(_is_doubtful, lines))


def _is_doubtful(line: RecognisedLine) -> bool:
    return line.confidence < _SURE or bool(_MISREAD.search(line.text))


def _patches(page: Image.Image) -> Iterator[_Patch]:
    """Yield the parts of a page from top to bottom, those of a table row by row."""
    end_of_last, tables = 0.0, ruled_tables(ink_of(page))
    page = without_specks(page)
    for number, boxes in enumerate(tables, 1):
        table = around(boxes)
        yield _patch(page, Box(0, end_of_last, page.width, table.top))
        across = rulings((side for box in boxes for side in (box.left, box.right)), RULING)
        down = rulings((side for box in boxes for side in (box.top, box.bottom)), RULING)
        for slot in slots(boxes, across, down):
            yield _patch(page, slot.box, number, slot)
        end_of_last = table.bottom
    yield _patch(page, Box(0, end_of_last, page.width, page.height))


def _patch(page: Image.Image, box: Box, table: int = 0, slot: Slot | None = None) -> _Patch:
    written = _written(page, box)
    if written is None:
        return _Patch(table, slot, None)
    if written.height < _LOWEST_LETTER and written.width > 2 * written.height:
        return _Patch(table, slot, None, _DASH)
    return _Patch(table, slot, ImageOps.expand(written, _PAPER_AROUND, WHITE))


def _written(page: Image.Image, box: Box) -> Image.Image | None:
    """Return the part of a box that something is written on; `None` where nothing is."""
    left, top = int(box.left) + _INSIDE, int(box.top) + _INSIDE
    right, bottom = int(box.right) - _INSIDE, int(box.bottom) - _INSIDE
    if right <= left or bottom <= top:
        return None
    inside = page.crop((left, top, right, bottom))
    dark = ink_of(inside)
    if dark.sum() < _FEWEST_DARK:
        return None
    down, across = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    return inside.crop((int(across[0]), int(down[0]), int(across[-1]) + 1, int(down[-1]) + 1))
