import io

import docx
import pytest
from docx.shared import Pt

from extractors.docx import read
from tests.extractors.packages import STRICT_WORD, docx_of, docx_parts, word_part, zipped


def saved(document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def rows_of(content: bytes):
    (sheet,) = read(content).sheets
    return sheet.rows


def texts_of(content: bytes):
    return [[cell.text for cell in row.cells] for row in rows_of(content)]


def places_of(content: bytes):
    return {cell.text: cell.place for row in rows_of(content) for cell in row.cells}


def spans_of(content: bytes):
    return {
        cell.text: (cell.column, cell.row_span, cell.column_span)
        for row in rows_of(content)
        for cell in row.cells
    }


def paragraph(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def said(text: str) -> str:
    return paragraph(run(text))


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{said(text)}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def text_box(inner: str) -> str:
    """A text box as Word saves it: once for current Word and once for Word 2007."""
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>"
        f"{inner}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
        f"<w:txbxContent>{inner}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_paragraphs_and_tables_keep_their_order_and_say_where_they_stand():
    document = docx.Document()
    document.add_paragraph("খুলনা")
    document.add_paragraph("")
    for number in (1, 2):
        document.add_table(rows=2, cols=2).cell(1, 1).text = f"ছক {number}"
        document.add_paragraph(f"স্বাক্ষর {number}")
    content = saved(document)
    assert places_of(content) | {"": None} == {
        "": None,
        "খুলনা": "paragraph 1",
        "ছক 1": "table 1 r2 c2",
        "স্বাক্ষর 1": "paragraph 3",
        "ছক 2": "table 2 r2 c2",
        "স্বাক্ষর 2": "paragraph 4",
    }
    assert [row.number for row in rows_of(content)] == [1, 4, 5, 7, 8]
    assert read(content).kind == "docx"


def test_a_merged_cell_stands_once_with_its_span():
    document = docx.Document()
    grid = document.add_table(rows=4, cols=5)
    for row in range(4):
        for column in range(5):
            grid.cell(row, column).text = f"{row}{column}"
    for top, left, bottom, right, text in ((0, 0, 2, 0, "নিচে"), (0, 1, 0, 3, "পাশে"), (2, 2, 3, 4, "চারদিকে")):
        grid.cell(top, left).merge(grid.cell(bottom, right)).text = text
    content = saved(document)
    spans = spans_of(content)
    assert (spans["নিচে"], spans["পাশে"], spans["চারদিকে"]) == ((1, 3, 1), (2, 1, 3), (3, 2, 3))
    assert sum(len(row.cells) for row in rows_of(content)) == 20 - 2 - 2 - 5


def test_columns_count_from_the_tables_grid_where_a_row_begins_late_or_ends_early():
    content = docx_of(
        table(
            "<w:trPr><w:gridBefore w:val='2'/></w:trPr>" + cell("ক", "<w:gridSpan w:val='3'/>") + cell("খ"),
            "<w:trPr><w:gridAfter w:val='5'/></w:trPr>" + cell("গ"),
        )
    )
    assert spans_of(content) == {"ক": (3, 1, 3), "খ": (6, 1, 1), "গ": (1, 1, 1)}


def test_two_merges_below_one_another_are_two_cells_and_an_orphan_is_its_own():
    down, restart = "<w:vMerge/>", "<w:vMerge w:val='restart'/>"
    content = docx_of(
        table(
            cell("ক", restart) + cell("১"),
            cell("", "<w:vMerge w:val='continue'/>") + cell("২"),
            cell("খ", restart) + cell("৩"),
            cell("", down) + cell("৪"),
            cell("গ") + cell("৫"),
        )
        + table(cell("অনাথ", down) + cell("৬"))
    )
    spans = spans_of(content)
    assert (spans["ক"], spans["খ"], spans["গ"], spans["অনাথ"]) == ((1, 2, 1), (1, 2, 1), (1, 1, 1), (1, 1, 1))


def test_lines_tabs_hyphens_and_paragraphs_in_a_cell_are_kept():
    inside = "<w:r><w:t>ক</w:t><w:br/><w:t>খ</w:t><w:tab/><w:t>গ</w:t><w:noBreakHyphen/><w:softHyphen/></w:r>"
    content = docx_of(table(f"<w:tc>{paragraph(inside)}{said('ঘ')}</w:tc>"))
    assert texts_of(content) == [["ক\nখ\tগ-\xad\nঘ"]]


def test_hyperlinks_fields_and_content_controls_give_their_text():
    field = (
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>১৫/০১/২৫</w:t></w:r>"
    )
    content = docx_of(
        paragraph(f"<w:hyperlink r:id='rId7'>{run('a@example.org')}</w:hyperlink>")
        + paragraph(f"<w:fldSimple w:instr='PAGE'>{run('৩')}</w:fldSimple>")
        + paragraph(field)
        + f"<w:sdt><w:sdtPr/><w:sdtContent>{said('নিয়ন্ত্রণ')}{table(cell('ভেতরে'))}</w:sdtContent></w:sdt>"
        + f"<w:tbl><w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent>{cell('ঘর')}</w:sdtContent></w:sdt></w:tr>"
        "</w:sdtContent></w:sdt></w:tbl>" + "<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        f"{run('Click here to enter text.')}</w:sdtContent></w:sdt></w:p>"
    )
    assert texts_of(content) == [["a@example.org"], ["৩"], ["১৫/০১/২৫"], ["নিয়ন্ত্রণ"], ["ভেতরে"], ["ঘর"]]


def test_tracked_insertions_are_in_and_deletions_out():
    content = docx_of(
        paragraph(
            run("৬")
            + f"<w:ins>{run('১')}</w:ins><w:del><w:r><w:delText>৯</w:delText></w:r></w:del>"
            + f"<w:moveFrom>{run('৮')}</w:moveFrom><w:moveTo>{run('২')}</w:moveTo>"
        )
        + table(cell("থাকে"), "<w:trPr><w:del/></w:trPr>" + cell("মোছা"), cell("থাকে ২"))
    )
    assert texts_of(content) == [["৬১২"], ["থাকে"], ["থাকে ২"]]
    assert places_of(content)["থাকে ২"] == "table 1 r2 c1"


def test_a_text_box_is_read_once_after_what_it_is_anchored_in():
    content = docx_of(
        paragraph(run("আগে") + text_box(said("বাক্স") + table(cell("বাক্সে ছক"))))
        + table(f"<w:tc>{paragraph(run('ঘর') + text_box(said('ঘরের বাক্স')))}</w:tc>")
        + said("পরে")
    )
    assert places_of(content) == {
        "আগে": "paragraph 1",
        "বাক্স": "text box 1 paragraph 1",
        "বাক্সে ছক": "text box 1 table 1 r1 c1",
        "ঘর": "table 1 r1 c1",
        "ঘরের বাক্স": "text box 2 paragraph 1",
        "পরে": "paragraph 2",
    }


def test_a_text_box_of_word_2007_is_read():
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{said('পুরোনো')}</w:txbxContent></v:textbox></w:pict></w:r>"
    assert texts_of(docx_of(paragraph(box))) == [["পুরোনো"]]


def test_a_table_within_a_cell_follows_the_table_around_it():
    inner = table(cell("ভেতর ১") + cell("ভেতর ২"))
    content = docx_of(table(cell("ক") + f"<w:tc>{said('খ')}{inner}{said('গ')}</w:tc>", cell("ঘ")))
    assert texts_of(content) == [["ক", "খ\nগ"], ["ঘ"], ["ভেতর ১", "ভেতর ২"]]
    assert places_of(content)["ভেতর ২"] == "table 1 r1 c2 table 1 r1 c2"


def test_headers_come_first_and_footers_last():
    document = docx.Document()
    document.add_paragraph("মূল")
    section = document.sections[0]
    section.header.paragraphs[0].text = "শিরোনাম"
    section.footer.paragraphs[0].text = "পাদটীকা"
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "প্রথম পাতা"
    content = saved(document)
    assert sorted(row.cells[0].place for row in rows_of(content)) == [
        "footer paragraph 1",
        "header 2 paragraph 1",
        "header paragraph 1",
        "paragraph 1",
    ]
    assert [row.cells[0].text for row in rows_of(content)][2:] == ["মূল", "পাদটীকা"]


def test_a_header_shared_by_several_sections_is_read_once():
    section = "<w:p><w:pPr><w:sectPr><w:headerReference w:type='default' r:id='h1'/></w:sectPr></w:pPr></w:p>"
    content = docx_of(
        section + said("মূল") + section, linked={"h1": ("header", word_part("hdr", said("শিরোনাম")))}
    )
    assert texts_of(content) == [["শিরোনাম"], ["মূল"]]


def test_hidden_text_marks_its_row_and_never_joins_the_visible():
    hidden = "<w:vanish/>"
    content = docx_of(
        paragraph(run("১২") + run("৩", hidden))
        + paragraph(run("গোপন", hidden))
        + paragraph(run("দৃশ্যমান", "<w:vanish w:val='0'/>"))
        + table(f"<w:tc>{paragraph(run('লুকানো', hidden))}</w:tc>")
    )
    assert [(row.cells[0].text, row.hidden) for row in rows_of(content)] == [
        ("১২", False),
        ("গোপন", True),
        ("দৃশ্যমান", False),
        ("লুকানো", True),
    ]


def test_a_figure_that_is_struck_out_does_not_join_the_one_written_beside_it():
    content = docx_of(
        paragraph(run("৩", "<w:strike/>") + run("১"))
        + paragraph(run("৪", "<w:dstrike w:val='true'/>") + run("২", "<w:strike w:val='0'/>"))
    )
    assert texts_of(content) == [["১"], ["২"]]


RAISED, LOWERED = "<w:vertAlign w:val='superscript'/>", "<w:vertAlign w:val='subscript'/>"


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (run("১") + run("২", RAISED), "১²"),
        (run("৭২.৩১%") + run("1,২", RAISED), "৭২.৩১%¹,²"),
        (run("১", RAISED) + run("/") + run("২", LOWERED), "¹/²"),
        (run("৩", RAISED), "৩"),  # set small as a whole
        (run("৩", RAISED) + run(" "), "৩ "),
        (run("৩") + run("য়", RAISED), "৩য়"),
        (run("৩য়", RAISED) + run(" কোয়ার্টার"), "৩য় কোয়ার্টার"),
        (run("১") + run("২", "<w:vertAlign w:val='baseline'/>"), "১২"),
    ],
)
def test_a_digit_over_the_line_does_not_join_the_figure_beside_it(runs, text):
    assert texts_of(docx_of(paragraph(runs))) == [[text]]


def test_a_table_narrower_than_its_row_is_a_part_of_what_its_cell_says():
    months = table(cell("০") + cell("২"), cell("৩"))
    content = docx_of(table(cell("৬.১.১") + cell("৪") + f"<w:tc>{months}{said('')}</w:tc>"))
    assert texts_of(content) == [["৬.১.১", "৪", "০\n২\n৩\n"]]


def test_a_wide_table_within_a_narrow_one_stays_a_table():
    form = table(cell("ক") + cell("খ") + cell("গ"))
    layout = table(f"<w:tc>{form}{said('')}</w:tc>")
    content = docx_of(table(cell("পাশে") + f"<w:tc>{layout}{said('')}</w:tc>"))
    assert texts_of(content) == [["পাশে", ""], ["ক", "খ", "গ"]]


def test_a_fraction_set_as_a_formula_does_not_become_a_number():
    over, under = "<m:num><m:r><m:t>8</m:t></m:r></m:num>", "<m:den><m:r><m:t>13</m:t></m:r></m:den>"
    fraction = f"<m:oMath><m:f>{over}{under}</m:f></m:oMath>"
    assert texts_of(docx_of(paragraph(fraction))) == [["8 13"]]


def test_symbols_come_as_the_character_of_their_own_font():
    content = docx_of(
        paragraph("<w:r><w:sym w:font='SutonnyMJ' w:char='F0D6'/><w:sym w:font='X' w:char='0995'/></w:r>")
    )
    ((row,),) = (sheet.rows for sheet in read(content).sheets)
    assert [(part.text, part.font) for part in row.cells[0].runs] == [("Ö", "SutonnyMJ"), ("ক", "X")]


def test_the_serials_that_word_paints_before_list_items_are_not_invented():
    document = docx.Document()
    document.add_paragraph("প্রথম", style="List Number")
    assert texts_of(saved(document)) == [["প্রথম"]]


def test_runs_join_to_the_text_and_part_where_the_font_changes():
    document = docx.Document()
    cell_ = document.add_table(rows=1, cols=1).cell(0, 0)
    for text, font in (("Lyjbv", "SutonnyMJ"), (" wefvM", "SutonnyMJ"), (" 2024", "Arial")):
        part = cell_.paragraphs[0].add_run(text)
        part.font.name, part.font.size = font, Pt(12)
    cell_.add_paragraph().add_run("খুলনা").font.name = "Arial"
    (row,) = rows_of(saved(document))
    (only,) = row.cells
    assert [(part.text, part.font) for part in only.runs][:2] == [
        ("Lyjbv wefvM", "SutonnyMJ"),
        (" 2024\n", "Arial"),
    ]
    assert "".join(part.text for part in only.runs) == only.text == "Lyjbv wefvM 2024\nখুলনা"


def test_a_file_that_names_no_font_has_no_runs():
    ((row,),) = (sheet.rows for sheet in read(docx_of(said("খুলনা"))).sheets)
    assert row.cells[0].runs == ()


def test_strict_documents_read_like_the_usual_ones():
    body = table(cell("ক", "<w:gridSpan w:val='2'/>"))
    assert read(docx_of(body, namespace=STRICT_WORD)) == read(docx_of(body))


def test_a_document_of_nothing_has_no_rows():
    assert rows_of(docx_of("")) == ()


@pytest.mark.parametrize("span", ["99999999999", "x", "16385"])
def test_a_span_no_table_can_have_is_damage(span):
    with pytest.raises(ValueError, match=r"columns|invalid literal"):
        read(docx_of(table(cell("ক", f"<w:gridSpan w:val='{span}'/>"))))


def test_a_document_without_a_body_is_damage():
    with pytest.raises(KeyError, match="body"):
        read(zipped(docx_parts("") | {"word/document.xml": "<document/>"}))


def grid_of(*widths: int) -> str:
    return "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths) + "</w:tblGrid>"


def spanning(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def test_a_hairline_between_borders_that_miss_one_another_is_no_column():
    rows = (
        cell("ক", spanning(2)) + cell("খ", spanning(2)),
        cell("গ") + cell("ঘ", spanning(2)) + cell("ঙ"),
        cell("চ", spanning(4)),
    )
    body = table(*rows).replace("<w:tbl>", "<w:tbl>" + grid_of(3000, 1, 3000, 2000))
    assert spans_of(docx_of(body)) == {
        "ক": (1, 1, 1),
        "খ": (2, 1, 2),
        "গ": (1, 1, 1),
        "ঘ": (2, 1, 1),
        "ঙ": (3, 1, 1),
        "চ": (1, 1, 3),
    }
    assert places_of(docx_of(body))["ঙ"] == "table 1 r2 c3"


@pytest.mark.parametrize("widths", [(3000, 1, 3000), (0, 0, 0), ("x", "", -1)])
def test_a_column_that_a_cell_fills_counts_however_narrow_it_is(widths):
    body = table(cell("ক") + cell("খ") + cell("গ")).replace("<w:tbl>", "<w:tbl>" + grid_of(*widths))
    assert spans_of(docx_of(body)) == {"ক": (1, 1, 1), "খ": (2, 1, 1), "গ": (3, 1, 1)}
