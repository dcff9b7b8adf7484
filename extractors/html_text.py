"""The text of a web page as a browser shows it: blanks drawn together, a new line at each break and block."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

from extractors.grid import Run
from extractors.html_fonts import FontRules

LINE_BREAK, BLOCK_EDGE = "\n", "\f"  # as pieces of their own; in words both are blanks

_NEVER_SHOWN = ("comment", "head", "script", "style", "template", "title", "xml")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = (*_HEADINGS, "center", "dd", "div", "dl", "dt", "hr", "li", "ol", "p", "pre", "ul")
_BLANKS = re.compile(r"[ \t\r\n\f]+")  # of any length and kind stand for one space


@dataclass(frozen=True, slots=True)
class Piece:
    """Words, a line break or the edge of a block, and the font they are set in."""

    text: str
    font: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table where it is met among the words, and the font in force there."""

    element: Element
    font: str


def shown_in(
    element: Element, font: str, fonts: FontRules, but_not: Collection[str] = ()
) -> Iterator[Piece | Table]:
    """Yield what an element shows, without the elements in it that are named in `but_not`."""
    yield Piece(_BLANKS.sub(" ", element.text or ""), font)
    for child in element:
        if child.tag == "table":
            yield Table(child, fonts.font_of(child, font))
        elif child.tag == "br":
            yield Piece(LINE_BREAK, font)
        elif child.tag not in _NEVER_SHOWN and child.tag not in but_not:
            edge = [Piece(BLOCK_EDGE, font)] if child.tag in _BLOCKS else []
            yield from edge
            yield from shown_in(child, fonts.font_of(child, font), fonts, but_not)
            yield from edge
        yield Piece(_BLANKS.sub(" ", child.tail or ""), font)


def runs_of(pieces: Iterable[Piece]) -> tuple[Run, ...]:
    """Put pieces together: no blanks at the ends of a line, one between words, and no blank lines."""
    runs: list[Run] = []
    between = ""  # what parts the words so far from those to come
    for piece in pieces:
        words = piece.text.strip(" ")
        if piece.text in (LINE_BREAK, BLOCK_EDGE):
            between = "\n"
            continue
        if piece.text.startswith(" "):
            between = between or " "
        if words:
            runs.append(Run((between if runs else "") + words, piece.font))
            between = " " if piece.text.endswith(" ") else ""
    return tuple(runs)
