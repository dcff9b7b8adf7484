"""What the styles of an OpenDocument say of a cell that matters here.

Its fonts, how it shows a date, and what is struck out in it or set over the line.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from xml.etree.ElementTree import Element

from extractors.docx_fonts import FontSlots
from extractors.package import Package

# The parts of a date or time style that matter, as a spreadsheet's number format would write them.
_DATE_PARTS = {"year": "y", "month": "m", "day": "d", "hours": "h", "minutes": "m", "seconds": "s"}


@dataclass(frozen=True, slots=True)
class _Style:
    parent: str
    fonts: FontSlots
    data_style: str
    shows_table: bool
    line_through: str = ""  # blank where the style does not say
    position: str = ""


_Named = dict[
    tuple[str, str], _Style
]  # by family (`table-cell`, `text`, `table`) and name; no name: the default


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of one document."""

    styles: _Named
    date_formats: dict[str, str]

    @classmethod
    def of(cls, package: Package, content: Element) -> "Styles":
        """Read the common styles of a document, and those that its content made for itself."""
        roots = [package.xml("styles.xml")] if "styles.xml" in package.names else []
        roots.append(content)
        faces = {
            face.get("name", ""): face
            for root in roots
            for face in root.iterfind("font-face-decls/font-face")
        }
        families = {name: _family(face.get("font-family", "")) for name, face in faces.items()}
        elements = [style for root in roots for group in _groups(root) for style in group]
        return cls(
            styles={
                (style.get("family", ""), style.get("name", "")): _style(style, families)
                for style in elements
                if style.tag in ("style", "default-style")
            },
            date_formats={
                style.get("name", ""): "".join(_DATE_PARTS.get(part.tag, "") for part in style)
                for style in elements
                if style.tag in ("date-style", "time-style")
            },
        )

    def fonts(self, *levels: tuple[str, str]) -> FontSlots:
        """Return the fonts that styles choose together, each given as family and name, the nearest first."""
        chain = (style.fonts for family, name in levels for style in self._chain(family, name))
        return reduce(FontSlots.over, chain, FontSlots())

    def are_struck_out(self, *levels: tuple[str, str]) -> bool:
        """Whether a line is drawn through words of these styles, the nearest first."""
        said = (style.line_through for family, name in levels for style in self._chain(family, name))
        return next(filter(None, said), "none") != "none"

    def are_raised(self, *levels: tuple[str, str]) -> bool:
        """Whether words of these styles, the nearest first, stand over or under the line."""
        said = (style.position for family, name in levels for style in self._chain(family, name))
        return not next(filter(None, said), "0%").startswith("0%")

    def date_format(self, cell_style: str) -> str:
        """Return the parts of a date that a cell's style shows, such as `dmy`; blank where it is silent."""
        named = (style.data_style for style in self._chain("table-cell", cell_style) if style.data_style)
        return self.date_formats.get(next(named, ""), "")

    def hides_table(self, table_style: str) -> bool:
        """Whether tables of this style are hidden sheets."""
        return not all(style.shows_table for style in self._chain("table", table_style))

    def _chain(self, family: str, name: str) -> Iterator[_Style]:
        seen: set[str] = set()
        while name and name not in seen and (style := self.styles.get((family, name))):
            seen.add(name)  # a damaged file may base a style on itself
            yield style
            name = style.parent
        if default := self.styles.get((family, "")):
            yield default


def _groups(root: Element) -> Iterator[Element]:
    return (group for group in root if group.tag in ("styles", "automatic-styles"))


def _style(element: Element, families: dict[str, str]) -> _Style:
    properties = element.find("text-properties")
    table = element.find("table-properties")
    return _Style(
        parent=element.get("parent-style-name", ""),
        fonts=FontSlots() if properties is None else _fonts(properties, families),
        data_style=element.get("data-style-name", ""),
        shows_table=table is None or table.get("display") != "false",
        line_through="" if properties is None else _line_through(properties),
        position="" if properties is None else properties.get("text-position", ""),
    )


def _line_through(properties: Element) -> str:
    """Return what line is drawn through words, `none`, or blank; programs tell its pattern or its kind."""
    return properties.get("text-line-through-style", "") or properties.get("text-line-through-type", "")


def _fonts(properties: Element, families: dict[str, str]) -> FontSlots:
    def named(slot: str) -> str:
        by_face = families.get(properties.get(f"font-name{slot}", ""), "")
        return by_face or _family(properties.get(f"font-family{slot}", ""))

    western = named("")
    return FontSlots(ascii=western, high_ansi=western, complex_script=named("-complex"))


def _family(written: str) -> str:
    """Return the first of the families named: `'Noto Sans', sans-serif` is Noto Sans."""
    return written.partition(",")[0].strip().strip("'\"")
