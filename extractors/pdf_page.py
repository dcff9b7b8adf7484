"""The pages of a PDF as they lie: pieces of text where they stand, and the boxes that rulings draw.

Words come from poppler, which knows what the glyphs mean; blanks, fonts and rulings from pdfplumber, which
knows where they are. Both measure in points from the upper left corner of the page.
"""

import io
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any

import pdfplumber
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from extractors.box import Box, around
from extractors.pdf_glyphs import Glyph, Turn, glyphs_of
from extractors.pdf_streams import check_streams
from extractors.poppler import Word, words_of_pages
from extractors.refusal import Reason, UnreadableFile

MOST_RULINGS = 20_000  # on a page; a full report has some hundred, and finding boxes takes their square
LOOSE = 0.15  # of their height: figures further apart are two; a blank is about twice as wide
THICKEST_LINE = 3.0  # points; a box no wider is a doubled line
PICTURE_OF_A_PAGE = 0.6  # of the page's area; a scan fills it, a letterhead does not
PICTURE_OF_SOMETHING = 0.05  # of the area of a page without text; less is an ornament on an empty page
FEWEST_SHAPES_OF_A_TEXT = 100  # a page whose letters are drawn as shapes has thousands

SMALL = 0.8  # of the size of the figure before it: a digit set smaller is a mark over or under the line
_STRUCK_OUT = "\u0336"  # a line through the letter before it, as Unicode writes it
_THINNEST, _THICKEST_STROKE = (
    2.0,
    1.5,
)  # points: how long a line through a digit is at least, how thick at most
_THROUGH = (0.12, 0.5)  # of a glyph's size, from its baseline up: a line there goes through it

_SLACK = 3.0  # points by which a window may be larger than the cell it belongs to
_BAND = 10.0  # points: glyphs are sorted into bands of this height, to be found again

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # what it finds wrong is told in one sentence here


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or a blank where it stands, and how it is painted (see `Glyph`) where that is known."""

    box: Box
    text: str
    font: str = ""
    turn: Turn = Turn.LEVEL
    window: Box | None = None
    size: float = 0.0  # of its letters, in points, where that is known

    @property
    def is_blank(self) -> bool:
        """Whether this is a blank, which parts words."""
        return not self.text.strip()

    @property
    def is_hidden(self) -> bool:
        """Whether nothing of it is seen through its window."""
        return self.window is not None and not self.box.meets(self.window)

    @property
    def anchor(self) -> tuple[float, float]:
        """The point by which it belongs to a cell: where what is seen of it begins.

        Its end may stand out where a column is too narrow for it. What is hidden belongs where it would be
        seen.
        """
        seen = self.box
        if self.window is not None:
            seen = self.window if self.is_hidden else self.box.within(self.window)
        across, down = seen.center
        return (across if self.is_hidden else seen.left + min(seen.width, seen.height) / 2), down

    def may_be_in(self, cell: Box) -> bool:
        """Whether a cell that holds its anchor holds it too; nothing hidden behind a larger window is."""
        return not self.is_hidden or (self.window is not None and self.window.fits_into(cell, _SLACK))


@dataclass(frozen=True, slots=True)
class PdfPage:
    """One page: its pieces in no order, and the boxes of each ruled table, the uppermost table first.

    `blanks_are_written` tells that the file paints blanks at all, and does not only leave gaps.
    `is_picture` tells a page that people can read and programs cannot: a scan, or letters drawn as shapes.
    """

    number: int
    width: float
    pieces: tuple[Piece, ...]
    tables: tuple[tuple[Box, ...], ...]
    is_picture: bool
    blanks_are_written: bool = False


def pages_of(content: bytes) -> list[PdfPage]:
    """Return the pages of a PDF that `poppler.check_pdf` let pass.

    Raises `UnreadableFile` where its drawing is damaged or beyond all measure, `ValueError` where the two
    programs do not see the same pages.
    """
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            check_streams(pdf.doc)
            words = words_of_pages(content)
            painted = cache(lambda: words_of_pages(content, as_painted=True))
            pages = [_page(page, of_page, painted) for page, of_page in zip(pdf.pages, words, strict=True)]
    except (PdfminerException, MalformedPDFException) as error:
        raise UnreadableFile(Reason.DAMAGED, repr(error)) from error
    blanks_are_written = any(piece.is_blank for page in pages for piece in page.pieces)
    return [replace(page, blanks_are_written=blanks_are_written) for page in pages]


def _page(page: Page, words: list[Word], painted: Callable[[], list[list[Word]]]) -> PdfPage:
    shapes = len(page.curves)  # asked first: pdfplumber tells a broken page, where pdfminer raises anything
    glyphs = _with_lines_through(glyphs_of(page.page_obj, page.pdf.rsrcmgr), _strokes(page))
    dressed = list(_dressed(words, glyphs))
    if None in dressed:
        dressed = list(_dressed_in_order(painted()[page.page_number - 1], glyphs))
    tables = _tables(page) if words else ()
    return PdfPage(
        number=page.page_number,
        width=float(page.width),
        pieces=(*filter(None, dressed), *_blanks(glyphs)),
        tables=tables,
        is_picture=_is_picture(page, glyphs, shapes, has_tables=bool(tables)),
    )


def _blanks(glyphs: Iterable[Glyph]) -> Iterator[Piece]:
    return (
        Piece(glyph.box, " ", glyph.font, glyph.turn, glyph.window)
        for glyph in glyphs
        if glyph.text.isspace()
    )


def _dressed(words: Iterable[Word], glyphs: Iterable[Glyph]) -> Iterator[Piece | None]:
    """Tell of each word how the glyphs that it is made of are painted.

    `None` stands for a word through several windows: what runs out of one cell, unseen, lies over what stands
    in another, and poppler has made one word of both.
    """
    bands: defaultdict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        if not glyph.text.isspace():
            bands[_band(glyph.box)].append(glyph)
    for word in words:
        near = (glyph for band in (0, -1, 1) for glyph in bands[_band(word.box) + band])
        held = [glyph for glyph in near if word.box.holds(*glyph.box.center)]
        if len({glyph.window for glyph in held}) < 2:
            yield from _pieces(word, held)
        else:
            yield None


def _dressed_in_order(words: Iterable[Word], glyphs: Iterable[Glyph]) -> Iterator[Piece]:
    """Tell of each word how it is painted, where both words and glyphs stand in the order of painting."""
    rest = [glyph for glyph in glyphs if not glyph.text.isspace()]
    begin = 0
    for word in words:
        held = next((n for n in range(begin, len(rest)) if word.box.holds(*rest[n].box.center)), None)
        if held is not None:
            begin = held + 1
        yield _piece(word, [] if held is None else [rest[held]])


def _pieces(word: Word, glyphs: Sequence[Glyph]) -> Iterator[Piece]:
    """Yield a word, or the figures that it is made of: poppler makes one word of an evenly spaced "৭ ৫"."""
    level = sorted(glyphs, key=lambda glyph: glyph.box.left)
    gaps = [(one.box.right, other.box.left) for one, other in pairwise(level)]
    loose = {at for at, (end, begin) in enumerate(gaps, 1) if begin - end > LOOSE * level[0].box.height}
    sizes = [(one.box.height, other.box.height) for one, other in pairwise(level)]
    small = {at for at, (one, other) in enumerate(sizes, 1) if other < SMALL * one}
    is_of_figures = len(level) == len(word.text) and any(map(str.isdecimal, word.text))
    is_struck_out = any(glyph.is_struck_out for glyph in level)
    if not (loose or small or is_struck_out) or not is_of_figures or level[0].turn is not Turn.LEVEL:
        yield _piece(word, glyphs[:1])
        return
    for begin, end in pairwise((0, *sorted(loose | small), len(level))):
        first, last = level[begin], level[end - 1]
        box = replace(word.box, left=first.box.left, right=last.box.right)
        written = zip(word.text[begin:end], level[begin:end], strict=True)
        text = "".join(letter + _STRUCK_OUT * glyph.is_struck_out for letter, glyph in written)
        yield _piece(Word(box, text), [first])


def _piece(word: Word, glyphs: Sequence[Glyph]) -> Piece:
    if not glyphs:
        return Piece(word.box, word.text)
    first = glyphs[0]
    size = first.box.height if first.turn is Turn.LEVEL else 0.0
    return Piece(word.box, word.text, first.font, first.turn, first.window, size)


def _strokes(page: Page) -> list[Box]:
    """Return the thin level lines of a page, however drawn; rulings and underlines are among them."""
    drawn = (_from_corner(page, (one["x0"], one["top"], one["x1"], one["bottom"])) for one in _drawn(page))
    return [box for box in drawn if box.height <= _THICKEST_STROKE and box.width >= _THINNEST]


def _drawn(page: Page) -> Iterator[dict[str, Any]]:
    yield from page.lines
    yield from page.rects


def _with_lines_through(glyphs: Sequence[Glyph], strokes: Iterable[Box]) -> list[Glyph]:
    """Return the glyphs, those that a line goes through marked."""
    bands: defaultdict[int, list[Box]] = defaultdict(list)
    for stroke in strokes:
        bands[_band(stroke)].append(stroke)
    return [replace(glyph, is_struck_out=True) if _is_struck_out(glyph, bands) else glyph for glyph in glyphs]


def _is_struck_out(glyph: Glyph, bands: Mapping[int, Sequence[Box]]) -> bool:
    near = (stroke for band in (0, -1, 1) for stroke in bands.get(_band(glyph.box) + band, ()))
    across, _ = glyph.box.center
    lowest, highest = (glyph.baseline - share * glyph.box.height for share in _THROUGH)
    return any(
        stroke.left <= across <= stroke.right and highest <= stroke.center[1] <= lowest for stroke in near
    )


def _band(box: Box) -> int:
    return int(box.center[1] // _BAND)


def _tables(page: Page) -> tuple[tuple[Box, ...], ...]:
    """Return the ruled tables; a frame around a text, or within a cell, is no table."""
    if len(page.edges) > MOST_RULINGS:
        raise UnreadableFile(Reason.TOO_LARGE, f"{len(page.edges):,} rulings on page {page.page_number}")
    found = [[_from_corner(page, cell) for cell in table.cells] for table in page.find_tables()]
    real = ([box for box in boxes if min(box.width, box.height) > THICKEST_LINE] for boxes in found)
    tables = [tuple(boxes) for boxes in real if len(boxes) > 1]
    whole = [around(boxes) for boxes in tables]
    outer = [
        boxes
        for boxes, box in zip(tables, whole, strict=True)
        if not any(
            other is not box and other.holds(*box.center) and other.height > box.height for other in whole
        )
    ]
    return tuple(sorted(outer, key=lambda boxes: around(boxes).top))


def _is_picture(page: Page, glyphs: Sequence[Glyph], shapes: int, *, has_tables: bool) -> bool:
    """Whether a page shows something that its text layer does not say.

    Words laid invisibly under a picture, or a picture over the whole page, are what a program guessed.
    """
    pictured = sum(image["width"] * image["height"] for image in page.images)
    if any(glyph.is_visible for glyph in glyphs):
        return not has_tables and pictured > PICTURE_OF_A_PAGE * page.width * page.height
    return shapes >= FEWEST_SHAPES_OF_A_TEXT or pictured > PICTURE_OF_SOMETHING * page.width * page.height


def _from_corner(page: Page, sides: tuple[float, float, float, float]) -> Box:
    left, top, *_ = page.bbox  # a page may begin anywhere
    return Box(sides[0] - left, sides[1] - top, sides[2] - left, sides[3] - top)
