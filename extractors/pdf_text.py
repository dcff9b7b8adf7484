"""Lines of text out of pieces, and one text out of lines: where a line was only broken, and where it ended.

A PDF keeps neither words nor paragraphs, only what was painted. Whether two lines are one sentence, one
broken word or two paragraphs shows in the room that was left: nobody breaks a line where the next word fits.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from extractors.box import Box, around
from extractors.grid import Run
from extractors.pdf_page import LOOSE, SMALL, Piece
from extractors.raised import raised

_A_COLUMN_APART = 2.0  # gaps of this many line heights part what stands side by side, as tabulators do
_SLACK = 0.5  # points by which programs miscalculate what fits
_BLANK = 0.25  # of a line's height: how wide a blank is
_FIGURES = "0123456789০১২৩৪৫৬৭৮৯.,/%"
# Where a line cannot have ended with a word: behind a dash, a slash or a hasanta; before a vowel sign; before
# a conjunct that begins no word, such as র্ট, প্ত or ম্ব (ক্ষ, জ্ঞ, those of a sibilant and those that end in a
# half-vowel do); before a consonant that has the line to itself.
_INSIDE_A_WORD = re.compile(
    r"[-–—/\u09cd]\n"
    r"|\n[\u0981-\u0983\u09bc-\u09cd\u09d7]"
    r"|\n(?!ক্ষ|জ্ঞ)(?:র্[^য]|[ঙঞণনমল]্[^যরল]|[^সশষ]্[^যরলবনম])"
    r"|\n[ক-হৎ]\u09bc?$"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its words, each of one or more pieces, from left to right, and the blanks at its ends."""

    words: tuple[tuple[Piece, ...], ...]
    begins_with_blank: bool
    ends_with_blank: bool

    @property
    def box(self) -> Box:
        """The box around its words."""
        return around(piece.box for word in self.words for piece in word)

    @property
    def text(self) -> str:
        """What is written, without blanks."""
        return "".join(piece.text for word in self.words for piece in word)

    @property
    def is_parted(self) -> bool:
        """Whether it holds texts that only stand side by side, such as two signatures."""
        return any(_is_apart(one[-1], other[0]) for one, other in pairwise(self.words))


def lines_of(pieces: Iterable[Piece], *, blanks_are_written: bool) -> tuple[Line, ...]:
    """Return pieces of level text as lines from top to bottom.

    Where blanks are written they are believed, since poppler parts words where their glyphs stand loose, but
    for figures; otherwise every piece is a word. A line of nothing but blanks belongs to the end of the one
    before it.
    """
    levels: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.box.center[1]):
        if levels and _is_on_level(levels[-1][0].box, piece.box):
            levels[-1].append(piece)
        else:
            levels.append([piece])
    lines: list[list[Piece]] = []
    for level in levels:
        in_order = sorted(level, key=lambda piece: piece.box.left)
        if not all(piece.is_blank for piece in level):
            lines.append(in_order)
        elif lines:
            lines[-1] += in_order
    return tuple(
        Line(tuple(_words(line, blanks_are_written)), line[0].is_blank, line[-1].is_blank) for line in lines
    )


def goes_on(before: Line, following: Sequence[Line], room: float) -> bool:
    """Whether a line ended because its room did: the first word that follows would not have fitted."""
    blank = _BLANK * before.box.height
    return before.box.width + blank + _first_word_width(following, room) > room - _SLACK


def runs_of(lines: Sequence[Line], room: float, *, blanks_end_lines: bool) -> tuple[Run, ...]:
    """Return the text of a cell or paragraph in its fonts.

    `room` is the width that a line may have. `blanks_end_lines` tells that the file paints blanks at the
    ends of lines where there is room for them, so that a line without one ends within a word; but no program
    paints them where it has centered a text.
    """
    is_told = any(line.ends_with_blank for line in lines) or (blanks_end_lines and _are_flush_left(lines))
    stretches = groupby(_runs(lines, room, is_told), key=lambda run: run.font)
    return tuple(Run("".join(run.text for run in stretch), font) for font, stretch in stretches)


def _runs(lines: Sequence[Line], room: float, blanks_are_told: bool) -> Iterator[Run]:
    for place, line in enumerate(lines):
        if place:
            before = lines[place - 1]
            between = _between(before, lines[place:], room, blanks_are_told)
            yield Run(between, before.words[-1][-1].font)
        yield from _runs_within(line)


def _runs_within(line: Line) -> Iterator[Run]:
    for place, word in enumerate(line.words):
        if place:
            last = line.words[place - 1][-1]
            yield Run("\t" if _is_apart(last, word[0]) else " ", last.font)
        yield from (Run(piece.text, piece.font) for piece in word)


def _between(before: Line, following: Sequence[Line], room: float, blanks_are_told: bool) -> str:
    """Return what stands between two lines: a new paragraph, a blank, or nothing within a broken word.

    Only a word that would fit on no line is broken, and it begins on a line of its own.
    """
    after = following[0]
    if not goes_on(before, following, room):
        return "\n"
    if before.ends_with_blank or after.begins_with_blank:
        return " "
    if _INSIDE_A_WORD.search(f"{before.text}\n{after.text}"):
        return ""
    if len(before.words) == 1 and before.text[-1] in _FIGURES and after.text[0] in _FIGURES:
        return ""
    has_room_for_a_blank = room - before.box.width > _BLANK * before.box.height
    return "" if blanks_are_told and has_room_for_a_blank else " "


def _are_flush_left(lines: Sequence[Line]) -> bool:
    return all(abs(line.box.left - lines[0].box.left) < 2 * _SLACK for line in lines)


def _first_word_width(lines: Sequence[Line], room: float) -> float:
    """Return the width of the word that begins these lines, put together again where it is broken."""
    width = 0.0
    for line in lines:
        width += _width(line.words[0])
        if len(line.words) > 1 or line.ends_with_blank or not _is_full(line, room):
            break
    return width


def _words(line: Sequence[Piece], blanks_are_written: bool) -> Iterator[tuple[Piece, ...]]:
    word: list[Piece] = []
    was_blank = False
    for piece in line:
        if (
            word
            and not piece.is_blank
            and (
                was_blank or not blanks_are_written or _is_apart(word[-1], piece) or _are_two(word[-1], piece)
            )
        ):
            yield tuple(word)
            word = []
        was_blank = piece.is_blank
        if not was_blank:
            word.append(_as_mark(piece) if word and piece.size < SMALL * word[-1].size else piece)
    yield tuple(word)


def _as_mark(piece: Piece) -> Piece:
    """Return a piece that is set smaller than the one before it: over or under its line, as a rule."""
    return replace(piece, text=raised(piece.text))


def _width(word: Sequence[Piece]) -> float:
    return around(piece.box for piece in word).width


def _is_full(line: Line, room: float) -> bool:
    """Whether no further letter would have fitted: the widest are about as wide as a line is high."""
    return room - line.box.width < line.box.height


def _is_apart(one: Piece, other: Piece) -> bool:
    return other.box.left - one.box.right > _A_COLUMN_APART * one.box.height


def _are_two(one: Piece, other: Piece) -> bool:
    """Whether two figures stand so loose that no blank need be written between them: ৭ ৫ is not ৭৫."""
    is_loose = other.box.left - one.box.right > LOOSE * one.box.height
    return is_loose and one.text[-1].isdecimal() and other.text[0].isdecimal()


def _is_on_level(one: Box, other: Box) -> bool:
    return abs(one.center[1] - other.center[1]) < min(one.height, other.height) / 2
