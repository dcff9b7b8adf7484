import pytest

from extractors.reader import read
from extractors.refusal import UnreadableFile, UnsafeContent
from tests.extractors.open_documents import ods_of, open_document_parts, packed

DATES = """<office:automatic-styles>
<number:date-style style:name="N1">
<number:day/><number:text>/</number:text><number:month/><number:year/></number:date-style>
<number:date-style style:name="N2"><number:month number:textual="true"/><number:year/></number:date-style>
<number:date-style style:name="N3">
<number:day/><number:month/><number:year/><number:hours/><number:minutes/></number:date-style>
<style:style style:name="day" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="month" style:family="table-cell" style:data-style-name="N2"/>
<style:style style:name="centred" style:family="table-cell" style:parent-style-name="month"/>
<style:style style:name="moment" style:family="table-cell" style:data-style-name="N3"/>
</office:automatic-styles>"""

FONTS = """<office:font-face-decls>
<style:font-face style:name="Bijoy" svg:font-family="&apos;SutonnyMJ&apos;"/>
<style:font-face style:name="Nikosh" svg:font-family="Nikosh, sans-serif"/>
</office:font-face-decls><office:automatic-styles>
<style:style style:name="ce1" style:family="table-cell" style:parent-style-name="Office">
<style:text-properties style:font-name="Bijoy"/></style:style>
<style:style style:name="ce2" style:family="table-cell" style:parent-style-name="ce2"/>
<style:style style:name="T1" style:family="text">
<style:text-properties fo:font-family="Vrinda"/></style:style>
</office:automatic-styles>"""

COMMON_FONTS = """<office:styles>
<style:default-style style:family="table-cell">
<style:text-properties style:font-name-complex="Nikosh"/></style:default-style>
<style:style style:name="Office" style:family="table-cell"/></office:styles>"""


def row(*cells, attributes=""):
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def cell(words="", **attributes):
    """A cell; `value_type="float"` stands for office:value-type, `columns_spanned=2` for table:number-…"""
    names = {
        "value_type": "office:value-type",
        "value": "office:value",
        "date": "office:date-value",
        "truth": "office:boolean-value",
        "formula": "table:formula",
        "style": "table:style-name",
        "times": "table:number-columns-repeated",
        "columns": "table:number-columns-spanned",
        "rows": "table:number-rows-spanned",
    }
    written = " ".join(f'{names[name]}="{value}"' for name, value in attributes.items())
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in words.split("\n")) if words else ""
    return f"<table:table-cell {written}>{paragraphs}</table:table-cell>"


def texts(content):
    return [c.text for sheet in read(content).sheets for r in sheet.rows for c in r.cells]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (cell("80%", value_type="percentage", value="0.8"), "80%"),
        (cell("৬২%", value_type="percentage", value="0.6154"), "৬১.৫৪%"),
        (cell("61.5 %", value_type="float", value="61.54"), "61.54%"),
        (cell("১২", value_type="float", value="12"), "১২"),
        (cell("12,345.6", value_type="float", value="12345.599999999999"), "12345.6"),
        (cell("৳ ২,৫০০", value_type="currency", value="2500"), "২৫০০"),
        (cell("১৬/০৩/২৫", value_type="date", date="2025-03-16"), "2025-03-16"),
        (cell("১৬/০৩/২৫", value_type="date", date="2025-03-16", style="day"), "2025-03-16"),
        (cell("16 Mar", value_type="date", date="2025-03-16T00:00:00Z", style="day"), "2025-03-16"),
        (cell("মার্চ ২৫", value_type="date", date="2025-03-01", style="month"), "2025-03"),
        (cell("মার্চ ২৫", value_type="date", date="2025-03-01", style="centred"), "2025-03"),
        (cell("x", value_type="date", date="2025-03-16T10:30:00", style="moment"), "2025-03-16 10:30:00"),
        (cell("30/12/1899", value_type="date", date="1899-12-30", style="day"), "0"),
        (cell("10:30", value_type="time"), "10:30"),
        (cell("TRUE", value_type="boolean", truth="true"), "TRUE"),
        (cell("FALSE", value_type="boolean", truth="false"), "FALSE"),
        (cell("#REF!", value_type="string"), "#REF!"),
        (cell("৭", value_type="float", value="7", formula="of:=1+1"), "৭"),
        (cell(formula="of:=[.A2]+[.B2]"), "=[.A2]+[.B2]"),
        (cell("০১৭১২", value_type="string"), "০১৭১২"),
    ],
)
def test_value_and_display_are_read_together(written, expected):
    assert texts(ods_of(row(written), styles=DATES)) == [expected]


def test_a_text_keeps_its_lines_spaces_and_words():
    words = (
        "দুই<text:line-break/>লাইন<text:tab/>ও\n  <text:s text:c='2'/><text:span>একটি</text:span>\t"
        "<text:a>পোর্টাল</text:a><office:annotation><text:p>note</text:p></office:annotation>"
    )
    assert texts(ods_of(row(cell(words)))) == ["দুই\nলাইন\tও\n   একটি পোর্টাল"]


def test_fonts_are_followed_from_the_span_to_the_default():
    content = ods_of(
        "<table:table-column/><table:table-column table:default-cell-style-name='ce1'/>"
        + row(
            cell("wefvMxq", style="ce1"),
            cell("Lyjbv <text:span text:style-name='T1'>abc</text:span>"),
            cell("খুলনা", style="ce2"),
        ),
        styles=FONTS,
        common_styles=COMMON_FONTS,
    )
    cells = read(content).sheets[0].rows[0].cells
    assert [[(run.text, run.font) for run in c.runs] for c in cells] == [
        [("wefvMxq", "SutonnyMJ")],
        [("Lyjbv ", "SutonnyMJ"), ("abc", "Vrinda")],
        [("খুলনা", "Nikosh")],
    ]


MARKED = """<office:automatic-styles>
<style:style style:name="struck" style:family="table-cell">
<style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="S" style:family="text">
<style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="N" style:family="text">
<style:text-properties style:text-line-through-style="none"/></style:style>
<style:style style:name="K" style:family="text">
<style:text-properties style:text-line-through-type="single"/></style:style>
<style:style style:name="R" style:family="text">
<style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="B" style:family="text">
<style:text-properties style:text-position="0% 100%"/></style:style>
</office:automatic-styles>"""


def marked(style, words):
    return f"<text:span text:style-name='{style}'>{words}</text:span>"


def test_a_figure_that_is_struck_out_and_a_digit_over_the_line_do_not_join_the_one_beside_them():
    content = ods_of(
        row(
            cell(marked("S", "৩") + marked("K", "৪") + "১"),
            cell("১" + marked("R", "২")),
            cell(marked("R", "৪")),  # set small as a whole
            cell("৫" + marked("B", "৬")),
            cell("৭" + marked("N", "৮"), style="struck"),
            cell("9", style="struck", value_type="float", value="9"),
            cell("শেষ"),
        ),
        styles=MARKED,
    )
    assert texts(content) == ["১", "১²", "৪", "৫৬", "৮", "", "শেষ"]


def test_merged_cells_stand_once_and_repeated_ones_each_at_their_place():
    covered = "<table:covered-table-cell table:number-columns-repeated='2'/>"
    content = ods_of(
        "<table:table-header-rows>"
        + row(cell("লক্ষ্যমাত্রা", columns=3, rows=2), covered, cell("অর্জন"))
        + "</table:table-header-rows>"
        + row("<table:covered-table-cell table:number-columns-repeated='3'/>", cell("খ"))
        + row(cell(times=16384), attributes="table:number-rows-repeated='3'")
        + row(
            cell("-", times=2),
            cell(),
            cell("গ"),
            cell(times=16380),
            attributes="table:number-rows-repeated='2'",
        )
        + row(cell(times=16384), attributes="table:number-rows-repeated='1048569'")
    )
    (sheet,) = read(content).sheets
    repeated = [("A", "-"), ("B", "-"), ("C", ""), ("D", "গ")]
    assert [(c.place, c.text, c.row_span, c.column_span) for r in sheet.rows for c in r.cells] == [
        ("Sheet1!A1", "লক্ষ্যমাত্রা", 2, 3),
        ("Sheet1!D1", "অর্জন", 1, 1),
        ("Sheet1!D2", "খ", 1, 1),
        *((f"Sheet1!{letter}6", text, 1, 1) for letter, text in repeated),
        *((f"Sheet1!{letter}7", text, 1, 1) for letter, text in repeated),
    ]


def test_hidden_rows_and_sheets_are_marked():
    shown = row(cell("ক")) + row(cell("খ"), attributes="table:visibility='collapse'")
    filtered = row(cell("গ"), attributes="table:visibility='filter'")
    styles = (
        "<office:automatic-styles><style:style style:name='ta1' style:family='table'>"
        "<style:table-properties table:display='false'/></style:style></office:automatic-styles>"
    )
    tables = (
        f"<table:table table:name='এক'>{shown}<table:table-row-group>{filtered}</table:table-row-group>"
        f"</table:table><table:table table:name='দুই' table:style-name='ta1'>{row(cell('ঘ'))}</table:table>"
    )
    sheets = read(packed(open_document_parts("spreadsheet", tables, styles=styles))).sheets
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [("এক", False), ("দুই", True)]
    assert [(r.number, r.hidden) for r in sheets[0].rows] == [(1, False), (2, True), (3, True)]


def test_a_sheet_of_two_corners_is_two_cells():
    content = ods_of(
        row(cell("ক"))
        + row(cell(), attributes="table:number-rows-repeated='1048574'")
        + row(cell(times=16383), cell("খ"))
    )
    cells = [c for r in read(content).sheets[0].rows for c in r.cells]
    assert [(c.place, c.text) for c in cells] == [("Sheet1!A1", "ক"), ("Sheet1!XFD1048576", "খ")]


@pytest.mark.parametrize(
    "rows",
    [
        row(cell("ক"), attributes="table:number-rows-repeated='1000000'"),
        row(cell("ক", times=16384)) * 7,
        row(cell("ক"), cell(times=100) * 100) * 11,
    ],
    ids=["rows", "columns", "blanks"],
)
def test_a_sheet_that_repeats_without_measure_is_a_bomb(rows):
    with pytest.raises(UnsafeContent) as refused:
        read(ods_of(rows))
    assert refused.value.reason_code == "zip_bomb"


@pytest.mark.parametrize(
    "broken",
    [
        row(cell("x", value_type="float", value="2_2200")),
        row(cell("x", value_type="float", value="nan")),
        row(cell("x", value_type="float")),
        row(cell("x", value_type="date", date="yesterday")),
        row(cell("x", times=0)),
        row(cell("x", times=16385)),
        row(cell(times=16384), cell("x")),
        row(cell("x"), attributes="table:number-rows-repeated='-1'"),
        row(cell(), attributes="table:number-rows-repeated='1048576'") + row(cell("x")) * 2,
    ],
)
def test_a_sheet_that_breaks_its_own_rules_is_damaged(broken):
    with pytest.raises(UnreadableFile) as refused:
        read(ods_of(broken))
    assert refused.value.reason_code == "damaged"


def test_hidden_columns_are_marked_and_read():
    columns = (
        "<table:table-column/><table:table-header-columns>"
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
        "</table:table-header-columns>"
        '<table:table-column table:visibility="filter" table:number-columns-repeated="99999999"/>'
    )
    row = (
        "<table:table-row>"
        + "<table:table-cell><text:p>১</text:p></table:table-cell>" * 3
        + "</table:table-row>"
    )
    body = f'<table:table table:name="এক">{columns}{row}</table:table>'
    (sheet,) = read(packed(open_document_parts("spreadsheet", body))).sheets
    assert sheet.hidden_columns == set(range(2, 16_385))
    assert len(sheet.rows[0].cells) == 3
