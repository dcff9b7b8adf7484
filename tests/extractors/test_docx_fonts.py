import pytest

from extractors.docx import read
from tests.extractors.packages import docx_of, word_part

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
THEME = f"""<a:theme xmlns:a="{DRAWING}"><a:themeElements><a:fontScheme>
<a:majorFont><a:latin typeface="Cambria"/><a:cs typeface="Times"/></a:majorFont>
<a:minorFont><a:latin typeface="SutonnyMJ"/><a:cs typeface=""/>
<a:font script="Beng" typeface="Vrinda"/></a:minorFont>
</a:fontScheme></a:themeElements></a:theme>"""


def fonts(ascii="", cs="", **others):
    named = {"ascii": ascii, "hAnsi": ascii, "cs": cs} | others
    attributes = " ".join(f"w:{slot}='{font}'" for slot, font in named.items() if font)
    return f"<w:rFonts {attributes}/>"


def style(name, inner, kind="paragraph", based_on="", default=False):
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    marked = ' w:default="1"' if default else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}"{marked}>{base}<w:rPr>{inner}</w:rPr></w:style>'


def defaults(inner):
    return f"<w:docDefaults><w:rPrDefault><w:rPr>{inner}</w:rPr></w:rPrDefault></w:docDefaults>"


def paragraph(text, run="", paragraph_style=""):
    named = f'<w:pPr><w:pStyle w:val="{paragraph_style}"/></w:pPr>' if paragraph_style else ""
    return f"<w:p>{named}<w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def font_in(body, styles="", theme=THEME):
    linked = {"styles": ("styles", word_part("styles", styles)), "theme1": ("theme", theme)}
    (row,) = read(docx_of(body, linked=linked)).sheets[0].rows
    (run,) = row.cells[0].runs or (None,)
    return run and run.font


BIJOY = fonts("SutonnyMJ", cs="Nikosh")
ARIAL = fonts("Arial", cs="Vrinda")


@pytest.mark.parametrize(
    ("text", "font"),
    [("Lyjbv", "SutonnyMJ"), ("খুলনা", "Nikosh"), ("৪.1.২", "Nikosh"), ("©¨", "SutonnyMJ"), ("   ", None)],
)
def test_the_characters_choose_among_the_fonts_of_a_run(text, font):
    if font is None:
        assert read(docx_of(paragraph(text, BIJOY))).sheets[0].rows == ()
    else:
        assert font_in(paragraph(text, BIJOY)) == font


def test_letters_beyond_ascii_have_a_font_of_their_own():
    own = fonts(ascii="", hAnsi="SutonnyMJ")
    assert font_in(paragraph("©¨", own), styles=defaults(ARIAL)) == "SutonnyMJ"
    assert font_in(paragraph("abc", own), styles=defaults(ARIAL)) == "Arial"


LEVELS = {
    "run": {"run": BIJOY},
    "character style": {"run": '<w:rStyle w:val="Char"/>', "styles": style("Char", BIJOY, kind="character")},
    "base of a character style": {
        "run": '<w:rStyle w:val="Char"/>',
        "styles": style("Char", "", kind="character", based_on="Base")
        + style("Base", BIJOY, kind="character"),
    },
    "paragraph style": {"paragraph_style": "Para", "styles": style("Para", BIJOY)},
    "base of a paragraph style": {
        "paragraph_style": "Para",
        "styles": style("Para", "", based_on="Normal") + style("Normal", BIJOY, default=True),
    },
    "default paragraph style": {"styles": style("Normal", BIJOY, default=True)},
    "document": {"styles": defaults(BIJOY)},
}


@pytest.mark.parametrize("level", LEVELS)
def test_a_font_is_found_on_whatever_level_it_is_set(level):
    known = dict(LEVELS[level])
    styles = known.pop("styles", "")
    below = "" if level == "document" else defaults(ARIAL)
    assert font_in(paragraph("Lyjbv", **known), styles=styles + below) == "SutonnyMJ"


def test_a_table_style_stands_between_the_paragraph_and_the_document():
    body = (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/></w:tblPr><w:tr><w:tc>'
        f"{paragraph('Lyjbv')}</w:tc></w:tr></w:tbl>"
    )
    table_style = style("Grid", BIJOY, kind="table") + defaults(ARIAL)
    assert font_in(body, styles=table_style) == "SutonnyMJ"
    assert font_in(body, styles=table_style + style("Normal", fonts("Calibri"), default=True)) == "Calibri"


def test_a_nearer_level_wins():
    styles = style("Para", BIJOY) + defaults(ARIAL)
    assert font_in(paragraph("abc", run=fonts("Calibri"), paragraph_style="Para"), styles=styles) == "Calibri"


def test_a_level_that_names_only_one_of_the_fonts_leaves_the_others_to_those_below():
    styles = style("Para", fonts(cs="Nikosh")) + defaults(BIJOY)
    assert font_in(paragraph("Lyjbv", paragraph_style="Para"), styles=styles) == "SutonnyMJ"


def test_a_theme_font_is_followed_to_its_name():
    themed = fonts("Arial", asciiTheme="minorHAnsi", hAnsiTheme="minorHAnsi", cstheme="minorBidi")
    assert font_in(paragraph("Lyjbv", run=themed)) == "SutonnyMJ"
    assert font_in(paragraph("খুলনা", run=themed)) == "Vrinda"


def test_a_theme_that_is_not_there_leaves_the_named_font():
    themed = fonts("Arial", asciiTheme="minorHAnsi")
    assert font_in(paragraph("abc", run=themed), theme="<theme/>") == "Arial"


def test_a_style_based_on_itself_ends():
    assert (
        font_in(paragraph("abc", paragraph_style="Para"), styles=style("Para", "", based_on="Para")) is None
    )
