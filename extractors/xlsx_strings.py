"""The texts of a workbook, which Excel keeps apart from its sheets: plain ones, and ones in several fonts."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element
from xml.sax.saxutils import unescape

from extractors.grid import Run
from extractors.raised import raised
from extractors.xml_part import parsed, plain_xml, without_namespaces

# Characters that Excel keeps out of its XML: `_x000D_` is a carriage return, `_x005F_` an underscore.
_ESCAPED_CHARACTER = re.compile(r"_x00(09|0A|0D|5F)_", re.IGNORECASE)

# A text without fonts, as all programs write it; what is written otherwise is left to the parser.
_LETTERS = r"[^<>&\x00-\x08\x0b-\x1f\ufffe\uffff]*+"
_TEXT = rf"{_LETTERS}(?:&(?:amp|lt|gt|quot|apos);{_LETTERS})*+"
_PLAIN = rf'<si><t(?: xml:space="preserve")?>({_TEXT})</t></si>'
_PLAIN_STRING = re.compile(_PLAIN)
_PLAIN_STRINGS = re.compile(rf"(?:{_PLAIN})*+")
_FIRST, _END = "<si>", "</si>"
_MARKS_OF_ESCAPES = "&_\r"  # a text without these is what it says
_QUOTES = {"&quot;": '"', "&apos;": "'"}


@dataclass(frozen=True, slots=True)
class RichText:
    """A text as stretches, each with the font it names; one that names none is in the font of its cell."""

    stretches: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """All stretches as one."""
        return "".join(text for text, _ in self.stretches)

    def runs(self, cell_font: str) -> tuple[Run, ...]:
        """Return the stretches in a cell of a font; none where no font is named anywhere."""
        runs = tuple(Run(text, font or cell_font) for text, font in self.stretches if text)
        return runs if any(run.font for run in runs) else ()


def shared_strings(part: bytes) -> Sequence[str | RichText]:
    """Return the texts that the cells of all sheets name by their position."""
    plain = _plain_strings(part)
    return parse_strings(part) if plain is None else plain


def parse_strings(part: bytes) -> Sequence[str | RichText]:
    """Return what `shared_strings` does, read by a parser whatever the part looks like."""
    return [text_of_parts(string) for string in without_namespaces(parsed(part))]


def text_of_parts(parts: Iterable[Element]) -> str | RichText:
    """Read the parts of a string: plain text and runs with fonts, but no readings for pronunciation.

    A run with a line through it is left out: whoever struck it out has written the right figure beside it.
    Digits over or under the line come as such, so that they join no figure.
    """
    stretches: list[tuple[str, str]] = []
    for part in parts:
        if part.tag == "t":
            stretches.append((unescaped(part.text or ""), ""))
        elif part.tag == "r" and not _is_struck_out(part):
            font = part.find("rPr/rFont")
            text = unescaped(part.findtext("t") or "")
            text = raised(text) if _is_raised(part) and stretches else text
            stretches.append((text, "" if font is None else font.get("val", "")))
    if len(stretches) == 1 and not stretches[0][1]:
        return stretches[0][0]
    return RichText(tuple(stretches)) if stretches else ""


def _is_struck_out(run: Element) -> bool:
    strike = run.find("rPr/strike")
    return strike is not None and strike.get("val", "1") not in ("0", "false")


def _is_raised(run: Element) -> bool:
    position = run.find("rPr/vertAlign")
    return position is not None and position.get("val", "") in ("superscript", "subscript")


def unescaped(text: str) -> str:
    """Return a text with the characters that Excel keeps out of its XML, and one kind of line end."""
    if "_" in text:
        text = _ESCAPED_CHARACTER.sub(lambda escape: chr(int(escape[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _plain_strings(part: bytes) -> list[str] | None:
    """Return the texts of a part that holds nothing but plain ones; `None` where a parser has to read it."""
    text = plain_xml(part)
    if text is None:
        return None
    first, end = text.find(_FIRST), text.rfind(_END) + len(_END)
    if first < 0 or not _PLAIN_STRINGS.fullmatch(text, first, end):
        return None
    if len(parsed((text[:first] + text[end:]).encode())):
        return None
    found: list[str] = _PLAIN_STRING.findall(text, first, end)
    is_as_typed = not any(mark in text for mark in _MARKS_OF_ESCAPES)
    return found if is_as_typed else list(map(_as_typed, found))


def _as_typed(written: str) -> str:
    return unescaped(unescape(written, _QUOTES) if "&" in written else written)
