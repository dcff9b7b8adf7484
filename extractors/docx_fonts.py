"""The font a stretch of Word text is set in, followed down from the run to the document's defaults.

It matters because legacy Bijoy text is known by its font alone, and offices often set that font once, in
a style or for the whole document.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, reduce
from xml.etree.ElementTree import Element

from extractors.package import Package
from extractors.xml_part import parsed, without_namespaces

# Hebrew to the Indic scripts: what Word sets in its complex-script font. General punctuation stands above
# them and is set like the Latin text round it, which matters: many of Bijoy's letters are such signs († ‡ ™).
_COMPLEX_SCRIPTS = ("\u0590", "\u1cff")


@dataclass(frozen=True, slots=True)
class FontSlots:
    """The three fonts a piece of text names, one for each range of characters; blank where it names none."""

    ascii: str = ""
    high_ansi: str = ""
    complex_script: str = ""

    def over(self, below: "FontSlots") -> "FontSlots":
        """Return these fonts, and where one is not named, the one of the level below."""
        return FontSlots(
            self.ascii or below.ascii,
            self.high_ansi or below.high_ansi,
            self.complex_script or below.complex_script,
        )

    def font_for(self, text: str) -> str:
        """Return the font in which Word shows a text."""
        first, last = _COMPLEX_SCRIPTS
        if any(first <= character <= last for character in text):
            return self.complex_script
        if any(" " < character <= "~" for character in text):
            return self.ascii or self.high_ansi
        return self.high_ansi or self.ascii


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str
    slots: FontSlots


_Theme = dict[str, str]  # the fonts a theme stands for, by their slot: `minorHAnsi`, `majorBidi` ...


@dataclass(frozen=True, slots=True)
class Fonts:
    """The styles of one document, as far as they choose fonts."""

    styles: dict[str, _Style]
    default_style: str
    defaults: FontSlots
    theme: _Theme

    @classmethod
    def of(cls, package: Package) -> "Fonts":
        """Read the styles and theme of a document; one without either has fonts only where runs name them."""
        links = package.relationships(package.main_part()).values()
        parts = {link.type: package.part(link.target) for link in links if link.type in ("styles", "theme")}
        return cls.in_parts(parts.get("styles"), parts.get("theme"))

    @classmethod
    @lru_cache(maxsize=8)  # the documents of many offices are copies of one form
    def in_parts(cls, styles_part: bytes | None, theme_part: bytes | None) -> "Fonts":
        """Read the styles and theme from the parts that hold them, where there are any."""
        theme = _theme_of(_root(theme_part))
        root = _root(styles_part)
        styles = {style.get("styleId", ""): style for style in root.iter("style")}
        return cls(
            styles={name: _style(element, theme) for name, element in styles.items()},
            default_style=next((name for name, element in styles.items() if _is_default(element)), ""),
            defaults=_named_slots(root.find("docDefaults/rPrDefault/rPr"), theme),
            theme=theme,
        )

    def slots_of(self, run: Element | None, paragraph_style: str, table_style: str) -> FontSlots:
        """Return the fonts of a run from its own properties and the styles of its paragraph and table."""
        character_style = _value(run, "rStyle")
        levels = (
            _named_slots(run, self.theme),
            *self._chain(character_style),
            *self._chain(paragraph_style or self.default_style),
            *self._chain(table_style),
            self.defaults,
        )
        return reduce(FontSlots.over, levels)

    def _chain(self, style: str) -> Iterator[FontSlots]:
        seen: set[str] = set()
        while style in self.styles and style not in seen:  # a damaged file may base a style on itself
            seen.add(style)
            yield self.styles[style].slots
            style = self.styles[style].based_on


def _root(part: bytes | None) -> Element:
    return Element("absent") if part is None else without_namespaces(parsed(part))


def _theme_of(root: Element) -> _Theme:
    theme: _Theme = {}
    for size in ("major", "minor"):
        fonts = root.find(f"themeElements/fontScheme/{size}Font")
        if fonts is not None:
            theme[f"{size}Ascii"] = theme[f"{size}HAnsi"] = _value(fonts, "latin", "typeface")
            theme[f"{size}Bidi"] = _bengali_font(fonts) or _value(fonts, "cs", "typeface")
    return theme


def _bengali_font(fonts: Iterable[Element]) -> str:
    return next((font.get("typeface", "") for font in fonts if font.get("script") == "Beng"), "")


def _style(element: Element, theme: _Theme) -> _Style:
    return _Style(_value(element, "basedOn"), _named_slots(element.find("rPr"), theme))


def _is_default(style: Element) -> bool:
    return style.get("type") == "paragraph" and style.get("default", "0") in ("1", "true", "on")


def _named_slots(properties: Element | None, theme: _Theme) -> FontSlots:
    fonts = None if properties is None else properties.find("rFonts")
    if fonts is None:
        return FontSlots()

    def named(slot: str, theme_slot: str) -> str:
        # Where both are given, Word follows the theme.
        return theme.get(fonts.get(theme_slot, ""), "") or fonts.get(slot, "")

    return FontSlots(
        ascii=named("ascii", "asciiTheme"),
        high_ansi=named("hAnsi", "hAnsiTheme"),
        complex_script=named("cs", "cstheme"),
    )


def _value(element: Element | None, path: str, attribute: str = "val") -> str:
    found = None if element is None else element.find(path)
    return "" if found is None else found.get(attribute, "")
