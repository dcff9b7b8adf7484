import datetime
import io
import time

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart
from openpyxl.styles import Border, Font, Side

from extractors.xlsx import read
from tests.extractors.packages import STRICT_EXCEL, links, xlsx_of, xlsx_parts, zipped


def saved(workbook) -> bytes:
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


@pytest.fixture
def workbook():
    return Workbook()


def cells_in(content: bytes, sheet=0):
    return {cell.place: cell for row in read(content).sheets[sheet].rows for cell in row.cells}


def texts_in(content: bytes, sheet=0):
    return {place: cell.text for place, cell in cells_in(content, sheet).items()}


def row_of(*cells: str) -> str:
    return f"<sheetData><row r='1'>{''.join(cells)}</row></sheetData>"


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        ("খুলনা ", "General", "খুলনা "),
        ("০১", "@", "০১"),
        ("2_2200", "General", "2_2200"),
        (10, "General", "10"),
        (29.95, "0.00", "29.95"),
        (0.8, "0%", "80%"),
        (0.6154, "[$-5000445]0.00%", "৬১.৫৪%"),
        (4, "[$-5000445]0", "৪"),
        (datetime.date(2025, 3, 16), "dd/mm/yyyy", "2025-03-16"),
        (datetime.datetime(2025, 3, 16), "[$-5000445]d/m/yy;@", "2025-03-16"),
        (0, "dd/mm/yyyy", "0"),
        (True, "General", "TRUE"),
        (False, "General", "FALSE"),
        ("#REF!", "General", "#REF!"),
        ("#DIV/0!", "General", "#DIV/0!"),
    ],
)
def test_value_and_number_format_are_read_together(workbook, value, number_format, text):
    workbook.active["K7"] = value
    workbook.active["K7"].number_format = number_format
    assert texts_in(saved(workbook)) == {"Sheet!K7": text}


def test_a_cell_is_found_by_the_real_name_of_its_sheet(workbook):
    workbook.active.title = "২য় ত্রৈমাসিক (খুলনা)"
    workbook.active["AA10"] = "ক"
    assert texts_in(saved(workbook)) == {"২য় ত্রৈমাসিক (খুলনা)!AA10": "ক"}


def test_a_formula_gives_its_cached_value_or_else_itself(workbook):
    cached = row_of(
        "<c r='A1'><f>B1+C1</f><v>7</v></c>",
        "<c r='B1' t='str'><f>\"ক\"&amp;\"খ\"</f><v>কখ</v></c>",
        "<c r='C1' t='str'><f>\"\"</f><v></v></c>",
        "<c r='D1' t='e'><f>1/0</f><v>#DIV/0!</v></c>",
        "<c r='E1' t='b'><f>1=1</f><v>1</v></c>",
    )
    expected = {
        "Sheet1!A1": "7",
        "Sheet1!B1": "কখ",
        "Sheet1!C1": "",
        "Sheet1!D1": "#DIV/0!",
        "Sheet1!E1": "TRUE",
    }
    assert texts_in(xlsx_of(cached)) == expected
    workbook.active["A1"] = "=B1+C1"
    assert texts_in(saved(workbook)) == {"Sheet!A1": "=B1+C1"}


def test_a_merged_cell_stands_once_with_its_span(workbook):
    sheet = workbook.active
    for area, text in (("A1:A3", "নিচে"), ("B1:D1", "পাশে"), ("C2:D3", "চারদিকে")):
        sheet.merge_cells(area)
        sheet[area.partition(":")[0]] = text
    sheet["B3"] = "একা"
    cells = cells_in(saved(workbook))
    spans = {
        cell.text: (cell.column, cell.row_span, cell.column_span) for cell in cells.values() if cell.text
    }
    assert spans == {"নিচে": (1, 3, 1), "পাশে": (2, 1, 3), "চারদিকে": (3, 2, 2), "একা": (2, 1, 1)}


def test_what_lies_covered_under_a_merge_is_not_read():
    sheet = row_of("<c r='A1'><v>1</v></c>", "<c r='B1'><v>2</v></c>", "<c r='C1'><v>3</v></c>")
    content = xlsx_of(sheet + "<mergeCells><mergeCell ref='B1:A1'/></mergeCells>")
    assert texts_in(content) == {"Sheet1!A1": "1", "Sheet1!C1": "3"}


def test_hidden_sheets_and_rows_are_marked(workbook):
    workbook.active["A1"] = workbook.active["A2"] = "ক"
    workbook.active.row_dimensions[2].hidden = True
    for name, state in (("গোপন", "hidden"), ("অতি গোপন", "veryHidden"), ("শেষ", "visible")):
        workbook.create_sheet(name)["A1"] = name
        workbook[name].sheet_state = state
    grid = read(saved(workbook))
    assert [(sheet.name, sheet.hidden) for sheet in grid.sheets] == [
        ("Sheet", False),
        ("গোপন", True),
        ("অতি গোপন", True),
        ("শেষ", False),
    ]
    assert [(row.number, row.hidden) for row in grid.sheets[0].rows] == [(1, False), (2, True)]


def test_blank_rows_and_what_is_beyond_the_last_column_are_left_out_and_rows_keep_their_number(workbook):
    sheet, line = workbook.active, Side(style="thin")
    for row in (4, 7):
        for column in range(1, 9):
            sheet.cell(row, column).border = Border(bottom=line)
    sheet["B4"], sheet["F9"] = "ক", "খ"
    (written,) = read(saved(workbook)).sheets
    assert [(row.number, [cell.place for cell in row.cells]) for row in written.rows] == [
        (4, ["Sheet!A4", "Sheet!B4", "Sheet!C4", "Sheet!D4", "Sheet!E4", "Sheet!F4"]),
        (9, ["Sheet!F9"]),
    ]


def test_fonts_are_those_of_the_stretch_and_else_of_the_cell(workbook):
    sheet = workbook.active
    sheet["A1"] = CellRichText("Lyjbv ", TextBlock(InlineFont(rFont="Arial"), "2024"))
    sheet["A1"].font = Font(name="SutonnyMJ")
    sheet["A2"] = "wefvM"
    sheet["A2"].font = Font(name="SutonnyMJ")
    sheet["A3"] = 5
    cells = cells_in(saved(workbook))
    assert [(run.text, run.font) for run in cells["Sheet!A1"].runs] == [
        ("Lyjbv ", "SutonnyMJ"),
        ("2024", "Arial"),
    ]
    assert cells["Sheet!A1"].text == "Lyjbv 2024"
    assert [(run.text, run.font) for run in cells["Sheet!A2"].runs] == [("wefvM", "SutonnyMJ")]
    assert cells["Sheet!A3"].runs == ()


def test_a_figure_that_is_struck_out_does_not_join_the_one_written_beside_it(workbook):
    workbook.active["A1"] = CellRichText(TextBlock(InlineFont(strike=True), "৩"), "১")
    assert cells_in(saved(workbook))["Sheet!A1"].text == "১"


def test_a_cell_that_is_struck_out_is_blank(workbook):
    sheet = workbook.active
    sheet["A1"], sheet["A2"], sheet["A3"], sheet["B1"] = "৩", 4, "৫", "শেষ"
    sheet["A1"].font = sheet["A2"].font = Font(strike=True)
    sheet["A4"] = CellRichText(TextBlock(InlineFont(strike=True, rFont="Nikosh"), "৬"), "৭")
    sheet["A4"].font = Font(strike=False)
    cells = cells_in(saved(workbook))
    assert [cells[place].text for place in ("Sheet!A1", "Sheet!A3", "Sheet!B1", "Sheet!A4")] == [
        "",
        "৫",
        "শেষ",
        "৭",
    ]
    assert cells.get("Sheet!A2") is None or cells["Sheet!A2"].text == ""


def test_a_digit_over_the_line_does_not_join_the_figure_beside_it(workbook):
    sheet = workbook.active
    sheet["A1"] = CellRichText("১", TextBlock(InlineFont(vertAlign="superscript"), "২"))
    sheet["A2"] = CellRichText("৩", TextBlock(InlineFont(vertAlign="superscript"), "য়"))
    cells = cells_in(saved(workbook))
    assert (cells["Sheet!A1"].text, cells["Sheet!A2"].text) == ("১²", "৩য়")


def test_shared_strings_leave_out_readings_for_pronunciation_and_undo_escapes():
    strings = (
        "<si><r><t>ক</t></r><r><rPr><rFont val='X'/></rPr><t>খ</t></r><rPh sb='0' eb='1'><t>না</t></rPh></si>"
        "<si><t>এক_x000D_\nদুই_x005F_x000D_</t></si>"
    )
    sheet = row_of("<c r='A1' t='s'><v>0</v></c>", "<c r='B1' t='s'><v>1</v></c>")
    cells = cells_in(xlsx_of(sheet, shared_strings=strings))
    assert [(run.text, run.font) for run in cells["Sheet1!A1"].runs] == [("ক", ""), ("খ", "X")]
    assert cells["Sheet1!B1"].text == "এক\nদুই_x000D_"


def test_cells_and_rows_that_do_not_say_where_they_stand_follow_one_another():
    first, second = (
        "<row><c><v>1</v></c><c><v>2</v></c></row>",
        "<row><c r='C2'><v>3</v></c><c><v>4</v></c></row>",
    )
    sheet = f"<sheetData>{first}{second}</sheetData>"
    assert texts_in(xlsx_of(sheet)) == {
        "Sheet1!A1": "1",
        "Sheet1!B1": "2",
        "Sheet1!C2": "3",
        "Sheet1!D2": "4",
    }


def test_a_sparse_sheet_is_two_cells_and_takes_no_time(workbook):
    workbook.active["A1"], workbook.active["XFD1048576"] = "প্রথম", "শেষ"
    started = time.perf_counter()
    assert texts_in(saved(workbook)) == {"Sheet!A1": "প্রথম", "Sheet!XFD1048576": "শেষ"}
    assert time.perf_counter() - started < 2


def test_a_declared_size_is_not_believed():
    rows = "".join(f"<row r='{n}'><c r='A{n}'><v>{n}</v></c></row>" for n in range(1, 101))
    assert len(texts_in(xlsx_of(f"<dimension ref='A1:A2'/><sheetData>{rows}</sheetData>"))) == 100


def test_a_merge_over_the_whole_sheet_takes_no_time():
    sheet = row_of("<c r='A1'><v>1</v></c>") + "<mergeCells><mergeCell ref='A1:XFD1048576'/></mergeCells>"
    (cell,) = cells_in(xlsx_of(sheet)).values()
    assert (cell.row_span, cell.column_span) == (1048576, 16384)


def test_days_count_from_1904_where_the_workbook_says_so():
    styles = "<fonts><font/></fonts><cellXfs><xf numFmtId='14' fontId='0'/></cellXfs>"
    main = "<workbookPr date1904='1'/><sheets><sheet name='Sheet1' sheetId='1' r:id='rId1'/></sheets>"
    sheet = row_of("<c r='A1' s='0'><v>44270</v></c>", "<c r='B1' t='d'><v>2025-03-16T00:00:00</v></c>")
    assert texts_in(xlsx_of(sheet, styles=styles, workbook=main)) == {
        "Sheet1!A1": "2025-03-16",
        "Sheet1!B1": "2025-03-16",
    }


def test_a_chart_sheet_holds_no_cells(workbook):
    workbook.active["A1"] = "ক"
    workbook.create_chartsheet("Chart").add_chart(BarChart())
    assert [sheet.name for sheet in read(saved(workbook)).sheets] == ["Sheet"]


def test_strict_workbooks_read_like_the_usual_ones():
    sheet = row_of("<c r='A1' t='inlineStr'><is><t>ক</t></is></c>")
    assert read(xlsx_of(sheet, namespace=STRICT_EXCEL)) == read(xlsx_of(sheet))


def test_a_workbook_without_styles_or_strings_is_read():
    parts = xlsx_parts(row_of("<c r='A1'><v>1</v></c>"))
    parts["xl/_rels/workbook.xml.rels"] = links(("rId1", "worksheet", "worksheets/sheet1.xml"))
    del parts["xl/styles.xml"], parts["xl/sharedStrings.xml"]
    assert texts_in(zipped(parts)) == {"Sheet1!A1": "1"}


@pytest.mark.parametrize("number", ["2_2200", "১২", "nan", "1e5e", "infinity", "0x10"])
def test_a_stored_number_that_is_none_is_damage(number):
    with pytest.raises(ValueError, match="not a number"):
        read(xlsx_of(row_of(f"<c r='A1'><v>{number}</v></c>")))


@pytest.mark.parametrize("place", ["1A", "A", "7", "ABCD1", "A0x"])
def test_a_reference_that_is_none_is_damage(place):
    with pytest.raises(ValueError, match="not a cell reference"):
        read(xlsx_of(row_of(f"<c r='{place}'><v>1</v></c>")))


@pytest.mark.parametrize("cell", ["<c r='A1' t='s'><v>-1</v></c>", "<c r='A1' s='-1'><v>1</v></c>"])
def test_an_entry_before_the_first_is_damage_and_not_the_last_one(cell):
    with pytest.raises(IndexError):
        read(xlsx_of(row_of(cell), shared_strings="<si><t>ক</t></si>"))


def test_one_part_named_by_two_sheets_is_damage():
    parts = xlsx_parts("", workbook="<sheets><sheet name='x' r:id='a'/><sheet name='y' r:id='b'/></sheets>")
    two_names = links(*((name, "worksheet", "worksheets/sheet1.xml") for name in "ab"))
    with pytest.raises(ValueError, match="one part"):
        read(zipped(parts | {"xl/_rels/workbook.xml.rels": two_names}))


@pytest.mark.parametrize("attribute", ['hidden="1"', 'hidden="true"'])
@pytest.mark.parametrize("plain", [True, False])
def test_hidden_columns_are_marked_and_read(attribute, plain):
    columns = f'<cols><col min="1" max="1" width="9"/><col min="2" max="3" {attribute}/></cols>'
    cells = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    more = "" if plain else '<row r="2"><c r="A2"><f>A1</f><v>1</v></c></row>'
    (sheet,) = read(xlsx_of(f"{columns}<sheetData>{cells}{more}</sheetData>")).sheets
    assert sheet.hidden_columns == {2, 3}
    assert [cell.text for cell in sheet.rows[0].cells] == ["1", "2"]


def test_columns_hidden_to_the_edge_of_the_sheet_and_beyond_it_take_no_time():
    columns = '<cols><col min="4" max="99999999" hidden="1"/></cols>'
    (sheet,) = read(
        xlsx_of(f'{columns}<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>')
    ).sheets
    assert sheet.hidden_columns == set(range(4, 16_385))
