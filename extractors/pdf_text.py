"""Lines of text out of pieces, and one text out of lines: where a line was only broken, and where it ended.

A PDF keeps neither blanks nor paragraphs, only what was painted. Whether two lines are one sentence, one
broken word or two paragraphs shows in the room that was left: nobody breaks a line where the next word fits.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.box import Box, around
from extractors.grid import Run
from extractors.pdf_page import Piece, Turn

_BREAK_BEHIND = ("-", "–", "—", "/")  # a line may break behind these without a blank
_A_COLUMN_APART = 2.0  # gaps of this many line heights part what stands side by side, as tabulators do
_SLACK = 0.5  # points by which programs miscalculate what fits


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its words and blanks from left to right."""

    pieces: tuple[Piece, ...]

    @property
    def box(self) -> Box:
        """The box around its words."""
        return around(piece.box for piece in self.pieces if not piece.is_blank)


@dataclass(frozen=True, slots=True)
class Blanks:
    """How a document writes the blanks that part words: as glyphs of their own, or as mere gaps."""

    between_words: bool
    at_line_ends: bool


def lines_of(pieces: Iterable[Piece]) -> tuple[Line, ...]:
    """Return pieces of level text as lines from top to bottom.

    A line of nothing but blanks belongs to the end of the one before it.
    """
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.box.center[1]):
        if lines and _same_line(lines[-1][0].box, piece.box):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    written: list[Line] = []
    for line in lines:
        in_order = tuple(sorted(line, key=lambda piece: piece.box.left))
        if any(not piece.is_blank for piece in line):
            written.append(Line(in_order))
        elif written:
            written[-1] = Line((*written[-1].pieces, *in_order))
    return tuple(written)


def blanks_of(texts: Iterable[Sequence[Line]]) -> Blanks:
    """Return how a document writes its blanks, seen from all of its texts."""
    between = at_ends = False
    for lines in texts:
        for line, after in pairwise((*lines, None)):
            ends_blank = line.pieces[-1].is_blank
            at_ends |= ends_blank and after is not None
            between |= any(piece.is_blank for piece in line.pieces)
    return Blanks(between, at_ends)


def goes_on(before: Line, after: Line, room: float, blanks: Blanks) -> bool:
    """Whether a line ended because its room did: the first word of the next line would not have fitted."""
    first_word = next(iter(_words(after, blanks)))
    return before.box.width + around(piece.box for piece in first_word).width > room - _SLACK


def runs_of(lines: Sequence[Line], room: float, blanks: Blanks) -> Iterator[Run]:
    """Yield the text of a cell or paragraph in its fonts; `room` is the width that a line may have."""
    before = None
    for line in lines:
        if before:
            yield Run(_between_lines(before, line, room, blanks), before.pieces[-1].font)
        yield from _runs_within(line, blanks)
        before = line


def is_parted(line: Line) -> bool:
    """Whether a line holds texts that only stand side by side, such as two signatures."""
    words = [piece.box for piece in line.pieces if not piece.is_blank]
    return any(_is_apart(one, next_one) for one, next_one in pairwise(words))


def _runs_within(line: Line, blanks: Blanks) -> Iterator[Run]:
    last: Piece | None = None
    for word in _words(line, blanks):
        if last:
            yield Run("\t" if _is_apart(last.box, word[0].box) else " ", last.font)
        yield from (Run(piece.text, piece.font) for piece in word)
        last = word[-1]


def _words(line: Line, blanks: Blanks) -> Iterator[list[Piece]]:
    """Yield the pieces of each word of a line.

    Poppler parts a word where its glyphs stand loose, so that a blank that was written is believed more.
    """
    word: list[Piece] = []
    parted = False
    for piece in line.pieces:
        if piece.is_blank:
            parted = True
            continue
        if word and (parted or not blanks.between_words or _is_apart(word[-1].box, piece.box)):
            yield word
            word = []
        word.append(piece)
        parted = False
    yield word


def _between_lines(before: Line, after: Line, room: float, blanks: Blanks) -> str:
    if not goes_on(before, after, room, blanks):
        return "\n"
    if before.pieces[-1].is_blank or after.pieces[0].is_blank:
        return " "
    return "" if blanks.at_line_ends or _is_broken_word(before, room, blanks) else " "


def _is_broken_word(before: Line, room: float, blanks: Blanks) -> bool:
    """Whether a line that ends without a blank, where none is written at line ends, ends within a word."""
    if before.pieces[-1].text.endswith(_BREAK_BEHIND):
        return True
    # Only a word that has a line for itself, and fills it to the last letter, is broken anywhere.
    is_one_word = len(list(_words(before, blanks))) == 1
    return is_one_word and room - before.box.width < before.box.height


def _is_apart(one: Box, next_one: Box) -> bool:
    return next_one.left - one.right > _A_COLUMN_APART * one.height


def _same_line(one: Box, other: Box) -> bool:
    return abs(one.center[1] - other.center[1]) < min(one.height, other.height) / 2


def levelled(box: Box, turn: Turn) -> Box:
    """Return where a box stands once the page is turned so that text of this turn runs level."""
    match turn:
        case Turn.UPWARDS:
            return Box(-box.bottom, box.left, -box.top, box.right)
        case Turn.DOWNWARDS:
            return Box(box.top, -box.right, box.bottom, -box.left)
    return box
