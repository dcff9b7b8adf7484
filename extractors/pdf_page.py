"""The pages of a PDF as they lie: pieces of text where they stand, and the boxes that rulings draw.

Words come from poppler, which knows what the glyphs mean; blanks, fonts and rulings from pdfplumber, which
knows where they are. Both measure in points from the upper left corner of the page.
"""

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import pdfplumber
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from extractors.box import Box, around
from extractors.poppler import Word, words_of_pages
from extractors.refusal import Reason, UnreadableFile

MOST_RULINGS = 20_000  # on a page; a full report has some hundred, and finding boxes takes their square
PICTURE_OF_A_PAGE = 0.6  # of the page's area; a scan fills it, a letterhead does not
_BAND = 10.0  # points: glyphs are sorted into bands of this height, to be found again


class Turn(IntEnum):
    """Which way a text runs, in quarter turns against the clock."""

    LEVEL = 0
    UPWARDS = 1  # as narrow headings are set
    DOWNWARDS = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or a blank where it stands, with the font it is set in (empty where that is not known)."""

    box: Box
    text: str
    font: str = ""
    turn: Turn = Turn.LEVEL

    @property
    def is_blank(self) -> bool:
        """Whether this is a blank, which parts words."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class PdfPage:
    """One page: its pieces in no order, and the boxes of each ruled table, the uppermost table first.

    `is_picture` tells a page that people can read and programs cannot: a scan, or letters drawn as shapes.
    """

    number: int
    width: float
    pieces: tuple[Piece, ...]
    tables: tuple[tuple[Box, ...], ...]
    is_picture: bool


def pages_of(content: bytes) -> list[PdfPage]:
    """Return the pages of a PDF that `poppler.check_pdf` let pass.

    Raises `UnreadableFile` where its drawing is damaged or beyond all measure, `ValueError` where the two
    programs do not see the same pages.
    """
    words = words_of_pages(content)
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            return [_page(page, of_page) for page, of_page in zip(pdf.pages, words, strict=True)]
    except (PdfminerException, MalformedPDFException) as error:
        raise UnreadableFile(Reason.DAMAGED, repr(error)) from error


def _page(page: Page, words: list[Word]) -> PdfPage:
    glyphs = [_glyph(page, char) for char in page.chars]
    tables = _tables(page) if words else ()
    return PdfPage(
        number=page.page_number,
        width=float(page.width),
        pieces=(*_dressed(words, glyphs), *(glyph for glyph in glyphs if glyph.is_blank)),
        tables=tables,
        is_picture=_is_picture(page, has_words=bool(words), has_tables=bool(tables)),
    )


def _glyph(page: Page, char: dict[str, Any]) -> Piece:
    across, up = char["matrix"][:2]
    turn = Turn.LEVEL if abs(across) >= abs(up) else Turn.UPWARDS if up > 0 else Turn.DOWNWARDS
    corners = (char["x0"], char["top"], char["x1"], char["bottom"])
    return Piece(_from_corner(page, corners), char["text"], char["fontname"], turn)


def _dressed(words: Iterable[Word], glyphs: Iterable[Piece]) -> Iterator[Piece]:
    """Give each word the font and the turn of a glyph that it is made of."""
    bands: defaultdict[int, list[Piece]] = defaultdict(list)
    for glyph in glyphs:
        bands[_band(glyph.box)].append(glyph)
    for word in words:
        near = (glyph for band in (0, -1, 1) for glyph in bands[_band(word.box) + band])
        glyph = next((glyph for glyph in near if not glyph.is_blank and word.box.holds(glyph.box)), None)
        yield Piece(word.box, word.text, glyph.font, glyph.turn) if glyph else Piece(word.box, word.text)


def _band(box: Box) -> int:
    return int(box.center[1] // _BAND)


def _tables(page: Page) -> tuple[tuple[Box, ...], ...]:
    """Return the ruled tables; a frame around a text, or within a cell, is no table."""
    if len(page.edges) > MOST_RULINGS:
        raise UnreadableFile(Reason.TOO_LARGE, f"{len(page.edges):,} rulings on page {page.page_number}")
    found = [[_from_corner(page, cell) for cell in table.cells] for table in page.find_tables()]
    tables = [tuple(boxes) for boxes in found if len(boxes) > 1]
    whole = [around(boxes) for boxes in tables]
    outer = [
        boxes
        for boxes, box in zip(tables, whole, strict=True)
        if not any(other is not box and other.holds(box) and other.height > box.height for other in whole)
    ]
    return tuple(sorted(outer, key=lambda boxes: around(boxes).top))


def _is_picture(page: Page, *, has_words: bool, has_tables: bool) -> bool:
    """Whether a page shows something that its text layer does not say.

    A picture over the whole page is a scan even with words on it: they are what some program guessed.
    """
    if not has_words:
        return any(page.objects.values())
    area = PICTURE_OF_A_PAGE * float(page.width * page.height)
    return not has_tables and any(image["width"] * image["height"] > area for image in page.images)


def _from_corner(page: Page, sides: tuple[float, float, float, float]) -> Box:
    left, top, *_ = page.bbox  # a page may begin anywhere
    return Box(sides[0] - left, sides[1] - top, sides[2] - left, sides[3] - top)
