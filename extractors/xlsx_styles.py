"""What a workbook's style table says of a cell that matters here.

Its number format, its font, and whether a line is drawn through what stands in it.
"""

from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element

from extractors.xml_part import parsed, without_namespaces

# The formats that Excel knows by number alone and that change what a value means. A short date is written
# in the order of the reader's own country; only that it is a date matters here.
_BUILT_IN_FORMATS = {
    9: "0%",
    10: "0.00%",
    14: "dd/mm/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "dd/mm/yyyy h:mm",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
}


@dataclass(frozen=True, slots=True)
class CellStyle:
    """What the cells that name this style have in common; blank where the file says nothing."""

    format_code: str = ""
    font: str = ""
    is_struck_out: bool = False


@lru_cache(maxsize=8)  # the workbooks of many offices are copies of one form
def cell_styles(part: bytes) -> tuple[CellStyle, ...]:
    """Return the styles that cells name by their position; at least the one that unstyled cells have."""
    style_sheet = without_namespaces(parsed(part))
    formats = _BUILT_IN_FORMATS | {
        int(number_format.get("numFmtId", "")): number_format.get("formatCode", "")
        for number_format in style_sheet.iterfind("numFmts/numFmt")
    }
    fonts = [(_name(font), _is_struck_out(font)) for font in style_sheet.iterfind("fonts/font")]
    fonts = fonts or [("", False)]
    styles = tuple(
        CellStyle(formats.get(int(style.get("numFmtId", "0")), ""), *fonts[int(style.get("fontId", "0"))])
        for style in style_sheet.iterfind("cellXfs/xf")
    )
    return styles or (CellStyle(),)


def _name(font: Element) -> str:
    name = font.find("name")
    return "" if name is None else name.get("val", "")


def _is_struck_out(font: Element) -> bool:
    strike = font.find("strike")
    return strike is not None and strike.get("val", "1") not in ("0", "false")
