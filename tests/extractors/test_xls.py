import struct

import pytest

from extractors.reader import read
from extractors.refusal import UnreadableFile, UnsafeContent
from tests.extractors.biff import (
    blank,
    error,
    font,
    formula,
    hidden_row,
    merged_area,
    number,
    rich_text,
    text,
    truth,
    xls_of,
)
from tests.extractors.compound import compound_file


def cells_of(content):
    return [cell for sheet in read(content).sheets for row in sheet.rows for cell in row.cells]


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (0.8, "0%", "80%"),
        (0.6154, "[$-5000445]0.00%", "৬১.৫৪%"),
        (61.54, '0.00"%"', "61.54%"),
        (12, "[$-5000445]0", "১২"),
        (1712345678, "0", "1712345678"),
        (45732, "dd/mm/yyyy", "2025-03-16"),
        (45732, "[$-5000445]dd/mm/yy", "2025-03-16"),
        (45717, "mmm-yy", "2025-03"),
        (0.4375, "hh:mm", "10:30:00"),
        (0, "dd/mm/yyyy", "0"),
        (0.1 + 0.2, "General", "0.3"),
        (-5, "#,##0", "-5"),
    ],
)
def test_value_and_number_format_are_read_together(value, number_format, expected):
    (cell,) = cells_of(xls_of(number(6, 10, value, style=2), formats=(number_format,)))
    assert (cell.place, cell.column, cell.text, cell.runs) == ("Sheet1!K7", 11, expected, ())


def test_days_may_be_counted_from_1904():
    since_1904 = (0x22, struct.pack("<H", 1))
    content = xls_of(number(0, 0, 44270, style=2), formats=("dd/mm/yyyy",), shared=(since_1904,))
    assert [cell.text for cell in cells_of(content)] == ["2025-03-16"]


def test_truths_errors_and_formulas_come_as_excel_saw_them_last():
    content = xls_of(truth(0, 0, True), truth(0, 1, False), error(0, 2, 0x17), formula(0, 3, 7))
    assert [cell.text for cell in cells_of(content)] == ["TRUE", "FALSE", "#REF!", "7"]


def test_a_text_keeps_its_fonts_from_letter_to_letter():
    content = xls_of(
        text(0, 0, "wefvMxq", style=2),
        rich_text(0, 1, "Lyjbv খুলনা", [(6, 1)], style=2),
        fonts=("SutonnyMJ", "Nikosh"),
    )
    assert [[(run.text, run.font) for run in cell.runs] for cell in cells_of(content)] == [
        [("wefvMxq", "SutonnyMJ")],
        [("Lyjbv ", "SutonnyMJ"), ("খুলনা", "Nikosh")],
    ]


STRUCK_OUT, RAISED = font("Nikosh", flags=8), font("Nikosh", escapement=1)


def test_a_figure_that_is_struck_out_and_a_digit_over_the_line_do_not_join_the_one_beside_them():
    content = xls_of(
        rich_text(0, 0, "৩১", [(1, 2)], style=2),
        rich_text(0, 1, "১২", [(1, 1)], style=1),
        text(0, 2, "৪", style=3),  # set small as a whole
        number(0, 3, 5, style=2),
        text(0, 4, "শেষ", style=1),
        fonts=(STRUCK_OUT, RAISED, "Nikosh"),
    )
    assert [cell.text for cell in cells_of(content)] == ["১", "১²", "৪", "শেষ"]


def test_a_merged_cell_stands_once_with_its_span():
    content = xls_of(
        text(0, 0, "লক্ষ্যমাত্রা"),
        blank(0, 1),
        blank(1, 0),
        text(1, 1, "covered"),
        text(0, 2, "অর্জন"),
        merged_area(0, 1, 0, 1),
    )
    assert [(cell.place, cell.row_span, cell.column_span) for cell in cells_of(content)] == [
        ("Sheet1!A1", 2, 2),
        ("Sheet1!C1", 1, 1),
    ]


def test_hidden_rows_and_sheets_are_marked():
    content = xls_of(
        text(0, 0, "ক"), text(1, 0, "খ"), hidden_row(1), sheets=(("এক", 0, 0), ("দুই", 1, 0), ("তিন", 2, 0))
    )
    sheets = read(content).sheets
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [("এক", False), ("দুই", True), ("তিন", True)]
    assert [row.hidden for row in sheets[0].rows] == [False, True]


def test_a_sheet_of_two_corners_is_two_cells():
    cells = cells_of(xls_of(number(0, 0, 1), number(65535, 255, 2)))
    assert [(cell.place, cell.text) for cell in cells] == [("Sheet1!A1", "1"), ("Sheet1!IV65536", "2")]


def test_blank_cells_right_of_the_last_written_column_are_left_out():
    cells = cells_of(xls_of(text(0, 0, "ক"), blank(0, 1), text(1, 1, "খ"), blank(1, 2), blank(2, 0)))
    assert [cell.place for cell in cells] == ["Sheet1!A1", "Sheet1!B1", "Sheet1!B2"]


@pytest.mark.parametrize(
    ("content", "danger"),
    [
        (xls_of(storages=("_VBA_PROJECT_CUR",)), "macros"),
        (xls_of(sheets=(("Sheet1", 0, 0), ("Macro1", 2, 1))), "macros"),
        (xls_of(sheets=(("Module1", 0, 6),)), "macros"),
        (xls_of(shared=((0x1AE, struct.pack("<HHB", 1, 6, 0) + b"b.xls"),)), "external_link"),
    ],
    ids=["visual basic", "excel 4", "module", "other workbook"],
)
def test_macros_and_links_are_refused(content, danger):
    with pytest.raises(UnsafeContent) as refused:
        read(content)
    assert refused.value.reason_code == danger


@pytest.mark.parametrize("own", [b"\x01\x04", b"\x01\x3a"])
def test_a_workbook_may_name_itself_and_add_ins(own):
    content = xls_of(text(0, 0, "ক"), shared=((0x1AE, b"\x01\x00" + own),))
    assert [cell.text for cell in cells_of(content)] == ["ক"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (xls_of(shared=((0x2F, bytes(54)),)), "password_protected"),
        (xls_of(text(0, 0, "ক"))[:-600], "damaged"),
        (xls_of(number(0, 0, 1, style=99)), "damaged"),
        (compound_file({"Workbook": b"\x09\x08"}), "damaged"),
        (compound_file({"Workbook": bytes(range(256)) * 20}), "damaged"),
    ],
    ids=["locked", "cut off", "no such style", "no record", "no records"],
)
def test_what_cannot_be_read_is_refused(content, reason):
    with pytest.raises(UnreadableFile) as refused:
        read(content)
    assert refused.value.reason_code == reason


def test_a_workbook_cut_off_anywhere_is_refused():
    whole = xls_of(*(number(row, 0, row) for row in range(300)))
    for end in range(8, len(whole) - 512, 97):  # the last sector is filled up with nothing
        with pytest.raises(UnreadableFile):
            read(whole[:end])


def test_hidden_columns_are_marked_and_read():
    hidden = (0x7D, struct.pack("<HHHHH2x", 1, 2, 2560, 0, 1))
    (sheet,) = read(xls_of(hidden, number(0, 0, 1.0), number(0, 1, 2.0))).sheets
    assert sheet.hidden_columns == {2, 3}
    assert [cell.text for cell in sheet.rows[0].cells] == ["1", "2"]
