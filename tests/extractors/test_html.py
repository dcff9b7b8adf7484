from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from extractors.reader import read
from extractors.refusal import UnreadableFile, UnsafeContent

# As Excel saves a sheet as a web page.
EXCEL = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv=Content-Type content="text/html; charset={charset}">
<!--[if gte mso 9]><xml><x:Name>Sheet1</x:Name></xml><![endif]-->
<style><!--table {{mso-displayed-decimal-separator:"\\.";}}
/* Font Definitions */
td {{font-family:Calibri, sans-serif; mso-font-charset:0;}}
.xl65 {{mso-style-parent:style0; mso-bidi-font-family:Vrinda; font-family:SutonnyMJ;}}
.font5 {{font-family:Nikosh, sans-serif;}} --></style></head>
<body><table border=0 style='border-collapse:collapse'><col width=64>
<tr height=20><td colspan=3 class=xl65>wefvMxq MYMÖš’vMvi</td></tr>
<tr><td rowspan=2>ক্রম</td><td align=right x:num="0.61538">৬১.৫৪%</td><td>Lyjbv
<font class="font5">খুলনা</font></td>
<tr style='display:none'><td>গোপন<td>&nbsp;
<![if supportMisalignedColumns]><tr height=0 style='display:none'><td width=64></td></tr><![endif]>
</table></body></html>"""


def rows_of(content):
    (sheet,) = read(content).sheets
    return [[(c.place, c.text, c.row_span, c.column_span) for c in row.cells] for row in sheet.rows]


def page(body):
    return f"<html><body>{body}</body></html>".encode()


def texts(content):
    return [text for row in rows_of(content) for _, text, _, _ in row]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_sheet_that_excel_saved_as_a_page(encoding):
    content = EXCEL.format(charset=encoding).encode(encoding)
    assert read(content).kind == "html"
    assert rows_of(content) == [
        [("table 1 r1 c1", "wefvMxq MYMÖš’vMvi", 1, 3)],
        [
            ("table 1 r2 c1", "ক্রম", 2, 1),
            ("table 1 r2 c2", "৬১.৫৪%", 1, 1),
            ("table 1 r2 c3", "Lyjbv খুলনা", 1, 1),
        ],
        [("table 1 r3 c2", "গোপন", 1, 1), ("table 1 r3 c3", "\xa0", 1, 1)],
    ]
    (sheet,) = read(content).sheets
    assert [row.hidden for row in sheet.rows] == [False, False, True]
    assert [[(run.text, run.font) for run in cell.runs] for row in sheet.rows[:2] for cell in row.cells] == [
        [("wefvMxq MYMÖš’vMvi", "SutonnyMJ")],
        [("ক্রম", "Calibri")],
        [("৬১.৫৪%", "Calibri")],
        [("Lyjbv", "Calibri"), (" খুলনা", "Nikosh")],
    ]


def test_an_old_page_is_in_the_code_page_it_names_and_spells_bengali_in_numbers():
    content = EXCEL.format(charset="windows-1252").encode("cp1252", "xmlcharrefreplace")
    assert b"&#2453;" in content
    assert content.count(b"\x9a\x92") == 1
    assert texts(content)[:4] == ["wefvMxq MYMÖš’vMvi", "ক্রম", "৬১.৫৪%", "Lyjbv খুলনা"]


@pytest.mark.parametrize("named", ["", "<meta charset='klingon'>", "<meta charset='rot13'>"])
def test_a_code_page_that_nobody_knows(named):
    content = f"<html>{named}<table><tr><td>MYMÖ</td></tr></table>".encode("cp1252")
    if named:
        with pytest.raises(UnreadableFile) as refused:
            read(content)
        assert refused.value.reason_code == "damaged"
    else:
        assert texts(content) == ["MYMÖ"]


def test_blanks_are_drawn_together_and_breaks_part_lines():
    body = (
        "<table><tr><td>\n  এক\n\t দুই<br>\n তিন <p>চার</p>\n<p><br></p><div>পাঁচ&nbsp;ছয়</div></td></tr></table>"
    )
    assert texts(page(body)) == ["এক দুই\nতিন\nচার\nপাঁচ\xa0ছয়"]


def test_words_around_tables_keep_their_places():
    body = (
        "<h1>খুলনা</h1>শিরোনাম <b>এক</b><div>দুই</div><table><caption>নাম</caption><tr><th>ক</th></tr></table>"
        "<center><form><table><form><tr><td>খ</td></tr></form></table></form></center><p>স্বাক্ষর</p>"
    )
    assert [(place, text) for row in rows_of(page(body)) for place, text, _, _ in row] == [
        ("paragraph 1", "খুলনা"),
        ("paragraph 2", "শিরোনাম এক"),
        ("paragraph 3", "দুই"),
        ("table 1 caption", "নাম"),
        ("table 1 r1 c1", "ক"),
        ("table 2 r1 c1", "খ"),
        ("paragraph 4", "স্বাক্ষর"),
    ]


def test_a_table_within_a_cell_follows_the_table_around_it():
    inner = "<table><tr><td>ভেতরে</td><td>আরও</td></tr></table>"
    body = f"<table><tr><td>আগে {inner} পরে</td><td>পাশে</td></tr></table>"
    assert [(place, text) for row in rows_of(page(body)) for place, text, _, _ in row] == [
        ("table 1 r1 c1", "আগে পরে"),
        ("table 1 r1 c2", "পাশে"),
        ("table 2 r1 c1", "ভেতরে"),
        ("table 2 r1 c2", "আরও"),
    ]


def test_a_table_narrower_than_its_row_is_a_part_of_what_its_cell_says():
    inner = "<table><tr><td>০</td></tr><tr><td><table><tr><td>২</td></tr></table></td></tr></table>"
    wide = "<table><tr><td>ক</td><td>খ</td></tr></table>"
    body = (
        f"<table><tr><td>৬.১.১</td><td>{inner}</td></tr><tr><td><table><tr><td>{wide}</td></tr></table></td>"
    )
    assert texts(page(f"{body}<td>পাশে</td></tr></table>")) == ["৬.১.১", "০\n২", "", "পাশে", "ক", "খ"]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("১<sup>২</sup>", "১²"),
        ("৭২.৩১%<sup><span>1,২</span></sup>", "৭২.৩১%¹,²"),
        ("<sup>৩</sup>", "৩"),  # set small as a whole
        ("৩<sup>য়</sup>", "৩য়"),
        ("<sup>৩য়</sup> কোয়ার্টার", "৩য় কোয়ার্টার"),
        ("<del>৫</del>১", "১"),
        ("<p><s>৫</s> <span style='text-decoration: line-through'>৬</span></p>৭", "৭"),
        ("<span style='display:none'>১</span>৪<font style='mso-hide:all'>৯</font>", "৪"),
    ],
)
def test_only_what_stands_on_the_line_of_a_figure_joins_it(cell, shown):
    assert texts(page(f"<table><tr><td>{cell}</td></tr></table>")) == [shown]


def test_a_cell_that_is_struck_out_is_blank_and_a_hidden_part_with_a_table_is_not_lost():
    row = "<tr><td>ক</td><td style='text-decoration:line-through'>৪</td><td>খ</td></tr>"
    body = f"<div style='display:none'><table>{row}</table></div>"
    assert [text for text in texts(page(body)) if text] == ["ক", "খ"]


def test_cells_go_round_those_that_reach_down_from_above():
    body = (
        "<table><tr><td rowspan=3>ক<td>খ<td rowspan='2' colspan='2'>গ<tr><td>ঘ<tr><td>ঙ<td>চ<td>ছ"
        "<tr><td rowspan=9>জ<td>ঝ</table>"
    )
    assert rows_of(page(body)) == [
        [("table 1 r1 c1", "ক", 3, 1), ("table 1 r1 c2", "খ", 1, 1), ("table 1 r1 c3", "গ", 2, 2)],
        [("table 1 r2 c2", "ঘ", 1, 1)],
        [("table 1 r3 c2", "ঙ", 1, 1), ("table 1 r3 c3", "চ", 1, 1), ("table 1 r3 c4", "ছ", 1, 1)],
        [("table 1 r4 c1", "জ", 1, 1), ("table 1 r4 c2", "ঝ", 1, 1)],
    ]


def test_cells_and_words_outside_any_row_are_not_lost():
    body = "<table>বাইরে<td>ক</td><td>খ</td><table><tr><td>গ</td></tr></table></table>"
    assert sorted(texts(page(body))) == ["ক", "খ", "গ", "বাইরে"]


@pytest.mark.parametrize(
    ("span", "read_as"), [("0", 1), ("-3", 1), ("x", 1), ("", 1), ("2", 2), ("99999", 1000)]
)
def test_spans_are_bounded_as_in_browsers(span, read_as):
    assert rows_of(page(f"<table><tr><td colspan='{span}'>ক</td></tr></table>"))[0][0][3] == read_as


def test_what_is_not_shown_is_not_read():
    body = (
        "<script>document.write('<b>x</b>')</script><!-- y --><title>z</title>"
        "<table><tr><td>ক<style>a{}</style></td></tr></table>"
    )
    assert texts(page(body)) == ["ক"]


@pytest.mark.parametrize(
    ("markup", "font"),
    [
        ('<td><font face="SutonnyMJ">Lyjbv</font></td>', "SutonnyMJ"),
        ('<td><font face="SutonnyMJ"><b><font face="">Lyjbv</font></b></font></td>', "SutonnyMJ"),
        ("<td style='mso-font-charset:0;FONT-FAMILY: \"SutonnyMJ\", serif'>Lyjbv</td>", "SutonnyMJ"),
        ("<td style='font-family:&quot;Nikosh&quot;' class=bijoy>Lyjbv</td>", "Nikosh"),
        ('<td class="x BIJOY">Lyjbv</td>', "SutonnyMJ"),
        ('<td class="only">Lyjbv</td>', "Vrinda"),
        ("<th>Lyjbv</th>", ""),
    ],
)
def test_the_nearest_font_is_the_one(markup, font):
    style = (
        ".Bijoy { font-family: 'SutonnyMJ' } @media print { td.only { font-family: Vrinda } }"
        "th.only, p td {font-family:X}"
    )
    (sheet,) = read(page(f"<style>{style}</style><table><tr>{markup}</tr></table>")).sheets
    assert [run.font for run in sheet.rows[0].cells[0].runs] == ([font] if font else [])


def saved_as_one_file(*parts):
    message = MIMEMultipart("related")
    for location, content, encoding in parts:
        part = MIMEText(content, "html", encoding)
        part["Content-Location"] = location
        message.attach(part)
    message.attach(MIMEImage(b"\x89PNG\r\n\x1a\n", "png"))
    return b"MIME-Version: 1.0\r\n" + message.as_bytes()


def test_a_page_saved_as_one_file_gives_a_sheet_a_page():
    table = "<html><table><tr><td>{}</td></tr></table></html>"
    content = saved_as_one_file(
        ("file:///C:/Book1_files/sheet001.htm", table.format("খুলনা"), "utf-8"),
        ("file:///C:/Book1_files/sheet002.htm", table.format("MYMÖš’vMvi"), "cp1252"),
    )
    grid = read(content)
    assert grid.kind == "html"
    assert [
        (sheet.name, sheet.rows[0].cells[0].place, sheet.rows[0].cells[0].text) for sheet in grid.sheets
    ] == [
        ("sheet001", "sheet001 table 1 r1 c1", "খুলনা"),
        ("sheet002", "sheet002 table 1 r1 c1", "MYMÖš’vMvi"),
    ]


def test_the_words_of_a_browser_before_a_page_saved_as_one_file():
    saved = b"From: <Saved by Blink>\r\n" + saved_as_one_file(
        ("x.htm", "<table><tr><td>ক</td></tr></table>", "utf-8")
    )
    assert read(saved).sheets[0].rows[0].cells[0].text == "ক"


def test_a_page_cut_off_within_a_table_is_damaged():
    with pytest.raises(UnreadableFile) as refused:
        read(page("<table><tr><td>ক</td></tr>"))
    assert refused.value.reason_code == "damaged"


def test_more_columns_than_any_table_has_are_damage():
    with pytest.raises(UnreadableFile) as refused:
        read(page(f"<table><tr>{'<td colspan=1000>ক' * 17}</table>"))
    assert refused.value.reason_code == "damaged"


def test_a_page_nested_without_end_is_refused():
    with pytest.raises(UnsafeContent) as refused:
        read(page("<div>" * 100_000 + "<table><tr><td>ক</td></tr></table>"))
    assert refused.value.reason_code == "nested_too_deeply"


def test_a_style_sheet_as_long_as_the_page_is_read_in_good_time():
    assert rows_of(page("<style>" + "td, " * 200_000 + "/*" * 200_000)) == []
