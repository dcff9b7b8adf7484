"""The text of a web page as a browser shows it: blanks drawn together, a new line at each break and block.

Words with a line through them are left out, as whoever struck them out meant; so are hidden ones.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

from extractors.grid import Run
from extractors.html_fonts import FontRules
from extractors.raised import raised

LINE_BREAK, BLOCK_EDGE = "\n", "\f"  # as pieces of their own; in words both are blanks

_NEVER_SHOWN = ("comment", "head", "script", "style", "template", "title", "xml", "del", "s", "strike")
_RAISED = ("sup", "sub")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_STRUCK_OUT = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
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
    """Yield what an element shows, without the elements in it that are named in `but_not`.

    Digits over or under the line beside other words come as such, so that they join no figure.
    """
    yield Piece(_BLANKS.sub(" ", element.text or ""), font)
    for child in element:
        if child.tag == "table":
            yield Table(child, fonts.font_of(child, font))
        elif child.tag == "br":
            yield Piece(LINE_BREAK, font)
        elif child.tag not in _NEVER_SHOWN and child.tag not in but_not and not _is_taken_away(child):
            edge = [Piece(BLOCK_EDGE, font)] if child.tag in _BLOCKS else []
            inner = shown_in(child, fonts.font_of(child, font), fonts, but_not)
            yield from edge
            yield from map(_as_raised, inner) if _is_mark(child, element) else inner
            yield from edge
        yield Piece(_BLANKS.sub(" ", child.tail or ""), font)


def is_struck_out(element: Element) -> bool:
    """Whether an element's own style draws a line through it."""
    return bool(_STRUCK_OUT.search(element.get("style", "")))


def _is_taken_away(element: Element) -> bool:
    """Whether an element is hidden or struck out; one with tables in it tells that of their rows itself."""
    style = element.get("style", "")
    is_away = style and (_HIDDEN.search(style) or _STRUCK_OUT.search(style))
    return bool(is_away) and element.find(".//table") is None


def _is_mark(element: Element, around: Element) -> bool:
    """Whether an element is set small beside other words; alone it is no mark of anything."""
    beside = (around.text or "") + (element.tail or "")
    return element.tag in _RAISED and (len(around) > 1 or bool(beside.strip()))


def _as_raised(item: Piece | Table) -> Piece | Table:
    return Piece(raised(item.text), item.font) if isinstance(item, Piece) else item


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
