from dataclasses import replace
from itertools import zip_longest

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell

from transforms.plan import all_plans
from transforms.report_file import read_file
from warehouse.matrix import DivisionalMatrix, MatrixCell, MatrixRow, columns_of
from warehouse.matrix_fit import lines_of, width_of_text
from warehouse.matrix_xlsx import FIRST_BODY_ROW, write_matrix

SEED = "chattogram_divisional_matrix_2023-24_q4.txt"
# What the seed's typist got wrong and we print right: a stray space, and "number" over a date.
STRAY_SPACE = ("মন্তব্য [[ওয়ে টেড স্কোর: ১০ (৫০)]", "মন্তব্য [[ওয়েটেড স্কোর: ১০ (৫০)]")
NUMBER_OVER_A_DATE = (5, 9)  # row and column on the sheet: the target of [৩.১.১]
HOSTILE = ['=HYPERLINK("http://example.org","x")', "+1", "-2+3", "@SUM(A1)", "#N/A", "#REF!", "\t=1+1", "'=1"]


@pytest.fixture
def seed_text(shared):
    return (shared / "seeds" / SEED).read_text(encoding="utf-8")


@pytest.fixture
def seed_lines(seed_text):
    """The table of the seed, 27 cells a line: three header lines and eleven libraries."""
    lines = [line.split("\t") for line in seed_text.splitlines() if line.count("\t") == 26]
    assert len(lines) == 14
    return lines


@pytest.fixture
def matrix(seed_lines):
    return matrix_of_lines(seed_lines[3:])


def matrix_of_lines(lines):
    plan = next(plan for plan in all_plans() if plan.plan_id == "egov-2023-24")
    return DivisionalMatrix(
        division_name_bn="চট্টগ্রাম",
        fiscal_year="2023-24",
        quarter=4,
        plan_name_bn="ই-গভর্ন্যান্স ও উদ্ভাবন",
        marks=50,
        weighted_marks=10,
        columns=columns_of(plan),
        rows=tuple(row_of_line(serial, line) for serial, line in enumerate(lines, 1)),
    )


def row_of_line(serial, line):
    cells = tuple(MatrixCell(*line[column : column + 3]) for column in range(2, 26, 3))
    return MatrixRow(serial, f"office-{serial}", line[1], True, cells, weighted_score=None, weighted_out_of=0)


def written(matrix, folder):
    write_matrix(matrix, folder / "matrix.xlsx")
    return load_workbook(folder / "matrix.xlsx").active


def with_first_cell(matrix, cell):
    first = replace(matrix.rows[0], cells=(cell, *matrix.rows[0].cells[1:]))
    return replace(matrix, rows=(first, *matrix.rows[1:]))


def with_first_row(matrix, **changes):
    return replace(matrix, rows=(replace(matrix.rows[0], **changes), *matrix.rows[1:]))


# --- the layout is the seed's ----------------------------------------------------------------------


def test_title_is_the_sentence_of_the_seed(matrix, seed_text, tmp_path):
    title = next(line for line in seed_text.splitlines() if line.strip())
    assert written(matrix, tmp_path)["A1"].value == title


def test_every_cell_of_the_seed_stands_where_the_seed_has_it(matrix, seed_lines, tmp_path):
    sheet = written(matrix, tmp_path)
    differences = []
    for number, line in enumerate(seed_lines, 3):
        for column, text in enumerate(line, 1):
            ours = sheet.cell(number, column).value or ""
            if ours != text:
                differences.append(((number, column), text, ours))
    assert differences == [
        ((3, 27), *STRAY_SPACE),
        (NUMBER_OVER_A_DATE, "লক্ষ্যমাত্রা সংখ্যা", "লক্ষ্যমাত্রা তারিখ"),
    ]


def test_blank_row_stands_between_title_and_table(matrix, tmp_path):
    assert {cell.value for cell in written(matrix, tmp_path)[2]} == {None}


def test_heading_is_merged_as_in_the_seed_and_no_library_is(matrix, tmp_path):
    areas = written(matrix, tmp_path).merged_cells.ranges
    indicators = {"C4:E4", "F4:H4", "I4:K4", "L4:N4", "O4:Q4", "R4:T4", "U4:W4", "X4:Z4"}
    activities = {"C3:E3", "F3:H3", "I3:K3", "L3:N3", "O3:T3", "U3:Z3"}
    above_the_libraries = {str(area) for area in areas if area.min_row < FIRST_BODY_ROW}
    assert above_the_libraries == indicators | activities | {"A1:AA1", "A3:A5", "B3:B5", "AA3:AA5"}
    assert all(area.min_row > 17 for area in areas if str(area) not in above_the_libraries)


def test_places_for_date_and_signature_stand_below(matrix, tmp_path):
    sheet = written(matrix, tmp_path)
    below = [cell.value for row in sheet.iter_rows(min_row=17) for cell in row if cell.value]
    assert [text.split(":")[0] for text in below] == [
        "তারিখ",
        "স্বাক্ষর",
        "(......................................)",
        "পদবি",
        "বিভাগীয় সরকারি গণগ্রন্থাগার, চট্টগ্রাম।",
    ]


@pytest.mark.parametrize(
    ("fiscal_year", "quarter", "said"),
    [
        (
            "2024-25",
            1,
            "২০২৪-২০২৫ অর্থবছরের “ই-গভর্ন্যান্স ও উদ্ভাবন” বাস্তবায়ন অগ্রগতির ১ম ত্রৈমাসিক (জুলাই, ২৪ হতে সেপ্টেম্বর, ২৪)",
        ),
        ("2024-25", 2, "২য় ত্রৈমাসিক (অক্টোবর, ২৪ হতে ডিসেম্বর, ২৪)"),
        ("2024-25", 3, "৩য় ত্রৈমাসিক (জানুয়ারি, ২৫ হতে মার্চ, ২৫)"),
        (
            "1999-00",
            4,
            "১৯৯৯-২০০০ অর্থবছরের “ই-গভর্ন্যান্স ও উদ্ভাবন” বাস্তবায়ন অগ্রগতির ৪র্থ ত্রৈমাসিক (এপ্রিল, ০০ হতে জুন, ০০)",
        ),
    ],
)
def test_title_names_division_year_quarter_and_months(matrix, tmp_path, fiscal_year, quarter, said):
    asked = replace(matrix, fiscal_year=fiscal_year, quarter=quarter, division_name_bn="খুলনা")
    title = written(asked, tmp_path)["A1"].value
    assert title.startswith("খুলনা বিভাগসহ অধীনস্থ সরকারি গণগ্রন্থাগারসমূহের ")
    assert said in title


@pytest.mark.parametrize(("fiscal_year", "quarter"), [("2023-24", 5), ("2023-24", 0), ("2023-2024", 4)])
def test_matrix_of_no_such_quarter_is_refused(matrix, tmp_path, fiscal_year, quarter):
    with pytest.raises(ValueError, match=r"quarter|fiscal year"):
        written(replace(matrix, fiscal_year=fiscal_year, quarter=quarter), tmp_path)


# --- who reported, and the score ---------------------------------------------------------------------


def test_library_that_did_not_report_keeps_its_row_and_is_marked(matrix, tmp_path):
    blank = (MatrixCell("", "", ""),) * 8
    sheet = written(with_first_row(matrix, reported=False, cells=blank, weighted_score=3.0), tmp_path)
    row = [cell.value for cell in sheet[FIRST_BODY_ROW]]
    assert row == ["১", "চট্টগ্রাম", *[None] * 24, "প্রতিবেদন পাওয়া যায়নি"]
    assert (
        sheet.cell(FIRST_BODY_ROW, 5).fill.fgColor.rgb != sheet.cell(FIRST_BODY_ROW + 1, 5).fill.fgColor.rgb
    )


@pytest.mark.parametrize(
    ("score", "out_of", "printed"),
    [
        (6.3221, 10, "৬.৩২"),
        (0, 10, "০.০০"),
        (4.318, 6.5, "৪.৩২ (৬.৫০ এর মধ্যে)"),
        (None, 0, None),
    ],
)
def test_weighted_score_stands_in_the_last_column(matrix, tmp_path, score, out_of, printed):
    sheet = written(with_first_row(matrix, weighted_score=score, weighted_out_of=out_of), tmp_path)
    assert sheet.cell(FIRST_BODY_ROW, 27).value == printed


# --- nothing of a submission lives on as a formula ---------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_the_text_it_was(matrix, tmp_path, text):
    hostile = with_first_cell(with_first_row(matrix, office_name_bn=text), MatrixCell(text, text, text))
    sheet = written(hostile, tmp_path)
    for column in range(2, 6):
        cell = sheet.cell(FIRST_BODY_ROW, column)
        assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_all_that_is_written_is_text(matrix, tmp_path):
    sheet = written(matrix, tmp_path)
    kinds = [cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert len(kinds) > 11 * 26
    assert set(kinds) == {"s"}


def test_bare_dash_stays_a_dash(matrix, tmp_path):
    assert written(matrix, tmp_path)["E6"].value == "-"


def test_control_characters_that_no_workbook_may_hold_become_blanks(matrix, tmp_path):
    sheet = written(with_first_cell(matrix, MatrixCell("৪", "৪\x07টি", "")), tmp_path)
    assert sheet.cell(FIRST_BODY_ROW, 4).value == "৪ টি"


def test_remark_longer_than_a_cell_can_hold_is_cut_to_what_it_holds(matrix, tmp_path):
    sheet = written(with_first_cell(matrix, MatrixCell("", "", "ক" * 40_000)), tmp_path)
    assert sheet.cell(FIRST_BODY_ROW, 5).value == "ক" * 32_767


# --- the printed page ----------------------------------------------------------------------------------


def test_sheet_prints_on_legal_landscape_one_page_wide_with_its_heading_repeated(matrix, tmp_path):
    sheet = written(matrix, tmp_path)
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 5)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$3:$5"
    assert sheet.freeze_panes == "C6"


def test_every_cell_of_the_table_has_borders_and_wraps(matrix, tmp_path):
    sheet = written(matrix, tmp_path)
    cells = [cell for row in sheet["A3:AA16"] for cell in row if not isinstance(cell, MergedCell)]
    assert len(cells) > 11 * 27
    for cell in cells:
        assert cell.border.left.style == cell.border.bottom.style == "thin", cell.coordinate
        assert cell.alignment.wrap_text, cell.coordinate


def test_columns_are_wide_enough_for_their_words(matrix, tmp_path):
    long = with_first_cell(matrix, MatrixCell("১৬/০৩/২৫", "১২,৩৪,৫৬,৭৮৯", "নিষ্পত্তিযোগ্য"))
    sheet = written(long, tmp_path)
    for letter in "CDE":
        assert sheet.column_dimensions[letter].width > width_of_text(sheet[f"{letter}6"].value)


def test_rows_are_tall_enough_for_their_longest_text(matrix, tmp_path):
    remark = "২য় কোয়ার্টারে অধিদপ্তর কর্তৃক বাস্তবায়িত হয়েছে। " * 5
    plain, tall = (
        written(matrix, tmp_path),
        written(with_first_cell(matrix, MatrixCell("৪", "১", remark)), tmp_path),
    )
    assert tall.row_dimensions[6].height > 2 * plain.row_dimensions[6].height
    assert tall.row_dimensions[7].height == plain.row_dimensions[7].height


def test_lines_break_between_words_only():
    assert lines_of("", 10) == 1
    assert lines_of("ক খ গ", 100) == 1
    assert lines_of("ক খ গ", 1) == 3
    assert lines_of("কখগঘঙ", 1) == 1


def test_conjuncts_and_vowel_signs_take_less_room_than_letters():
    assert (
        width_of_text("ক্ষ্ম")
        == width_of_text("ক")
        == width_of_text("কু")
        < width_of_text("কা")
        < width_of_text("কখ")
    )


# --- and it can be taken back --------------------------------------------------------------------------


def test_our_own_reader_takes_the_matrix_back_with_the_same_observations(matrix, seed_text, tmp_path):
    write_matrix(matrix, tmp_path / "matrix.xlsx")
    (ours,) = read_file("0" * 64, "matrix.xlsx", (tmp_path / "matrix.xlsx").read_bytes())
    (sent,) = read_file("0" * 64, SEED, seed_text.encode())
    assert (ours.form, ours.division_id, ours.fiscal_year, ours.quarter) == (
        "divisional_matrix",
        "chattogram",
        "2023-24",
        4,
    )
    assert len(ours.observations) == 88
    for theirs, mine in zip_longest(sent.observations, ours.observations):
        assert mine._replace(cell="") == theirs._replace(cell="")


def test_observations_of_the_matrix_lead_back_to_its_cells(matrix, tmp_path):
    write_matrix(matrix, tmp_path / "matrix.xlsx")
    (ours,) = read_file("0" * 64, "matrix.xlsx", (tmp_path / "matrix.xlsx").read_bytes())
    sheet = load_workbook(tmp_path / "matrix.xlsx").active
    for observation in ours.observations:
        sheet_name, place = observation.cell.rsplit("!", 1)
        assert sheet_name == sheet.title
        assert (sheet[place].value or "") == observation.achievement_raw
