"""The font a stretch of a web page is set in, as far as simple style rules and attributes tell.

Excel and Word save a page with one style rule a kind of cell (`.xl65`), Excel's oldest with `<font face>`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

_FONT_FAMILY = re.compile(r"(?<![\w-])font-family\s*:\s*([^;]+)", re.IGNORECASE)  # not mso-bidi-font-family
_SELECTOR = re.compile(r"[\w-]*(?:\.[\w-]+)?")  # one tag, one class, or both; others choose no cell


@dataclass(frozen=True, slots=True)
class FontRules:
    """The fonts that the style rules of one page choose, by selector: `td`, `.xl65`, `p.western`."""

    fonts: dict[str, str]

    @classmethod
    def of(cls, page: Element) -> "FontRules":
        """Read the style rules of a page."""
        rules = "".join(style.text or "" for style in page.iter("style"))
        return cls(
            {
                selector: font
                for selectors, declarations in _rules(rules)
                if (font := _font_in(declarations))
                for selector in selectors
                if _SELECTOR.fullmatch(selector)
            }
        )

    def font_of(self, element: Element, inherited: str) -> str:
        """Return the font of an element's text: its own, that of its class or name, or its parent's."""
        own = _font_in(element.get("style", "")) or _family(element.get("face", ""))
        classes = [f".{name.lower()}" for name in element.get("class", "").split()]
        tag = str(element.tag)
        chosen = (self.fonts.get(s) for s in (*(tag + name for name in classes), *classes, tag))
        return own or next((font for font in chosen if font), inherited)


def _rules(sheet: str) -> Iterator[tuple[list[str], str]]:
    """Yield the selectors and declarations of each rule; an unclosed sheet may be as long as the page."""
    before, *commented = sheet.replace("<!--", "").replace("-->", "").split("/*")
    plain = before + "".join(part.partition("*/")[2] for part in commented)
    for rule in plain.split("}"):
        head, _, declarations = rule.rpartition("{")
        selectors = head.rpartition("{")[2]  # without the condition that a rule may stand under
        yield [selector.strip().lower() for selector in selectors.split(",")], declarations


def _font_in(declarations: str) -> str:
    found = _FONT_FAMILY.search(declarations)
    return _family(found[1]) if found else ""


def _family(written: str) -> str:
    """Return the first of the families named: `"Nikosh", serif` is Nikosh."""
    return written.partition(",")[0].strip().strip("'\"")
