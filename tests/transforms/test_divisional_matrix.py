"""The divisional matrix in the layouts that divisions give it: read right, or told."""

from dataclasses import replace

import pytest

from tests.transforms.matrix_papers import (
    FIGURE,
    MATRIX_TITLE,
    NO_REMARK,
    TARGET,
    Under,
    expected_of,
    matrix_paper,
)
from tests.transforms.papers import (
    FORMATS,
    Merge,
    Paper,
    as_docx,
    as_format,
    as_text,
    as_xlsx,
    codes,
    figures,
    plan,
    read_bytes,
    told,
    with_cell,
    with_row,
    without_merges,
)

OFFICES = ("chattogram", "cumilla", "feni")
TO_DATE = Under("ক্রমপুঞ্জিভূত অর্জন", lambda indicator, _: "৯৯" if indicator.unit == "number" else "")
EVIDENCE = Under("প্রমাণক", lambda *_: "পত্র")
UNTITLED = (
    "সরকারি গণগ্রন্থাগারসমূহের ২০২৩-২০২৪ অর্থবছরের “ই-গভর্ন্যান্স ও উদ্ভাবন” "
    "৪র্থ ত্রৈমাসিক (এপ্রিল, ২৪ হতে জুন, ২৪) সমন্বিত প্রতিবেদন"
)


def read_as_expected(report, offices=OFFICES):
    return {office: figures(report, office) for office in offices} == {
        office: expected_of(number) for number, office in enumerate(offices)
    } and len(report.observations) == 8 * len(offices)


def row_of(name, serial="৪"):
    """One more row, with the figures of the second office."""
    return (serial, name, *matrix_paper().rows[4][2:])


def names_in_each_column(paper):
    """As where a heading's merging was undone, and its words filled into every cell that it covered."""
    rows = [list(row) for row in paper.rows]
    for merge in paper.merges:
        for row in rows[merge.row : merge.row + merge.rows]:
            for column in range(merge.column, merge.column + merge.columns):
                row[column] = paper.rows[merge.row][merge.column]
    return replace(paper, rows=tuple(map(tuple, rows)), merges=())


READ_RIGHT = {
    "as it is printed": matrix_paper(),
    "no serial": matrix_paper(serial=False),
    "no score": matrix_paper(score=False),
    "neither": matrix_paper(serial=False, score=False),
    "year to date": matrix_paper(TARGET, FIGURE, TO_DATE, NO_REMARK),
    "another order": matrix_paper(NO_REMARK, FIGURE, TARGET),
    "no target": matrix_paper(FIGURE, NO_REMARK),
    "achievements alone": matrix_paper(FIGURE, serial=False, score=False),
    "evidence": matrix_paper(TARGET, FIGURE, NO_REMARK, EVIDENCE),
    "rows in another order": replace(
        matrix_paper(), rows=(*matrix_paper().rows[:3], *reversed(matrix_paper().rows[3:]))
    ),
    "total row": with_row(matrix_paper(), 6, ["", "মোট", *["৫"] * 24]),
    "numbered total": with_row(matrix_paper(), 6, ["৪", "মোট", *["৫"] * 24]),
    "total in the serial's column": with_row(matrix_paper(), 6, ["সর্বমোট", "", *["৫"] * 24]),
    "title without বিভাগ": replace(matrix_paper(), above=(UNTITLED,)),
    "neither division nor signature": replace(matrix_paper(), above=(UNTITLED,), below=()),
    "no name of the annex": replace(
        matrix_paper(), above=("চট্টগ্রাম বিভাগের ২০২৩-২০২৪ অর্থবছরের ৪র্থ ত্রৈমাসিক (এপ্রিল-জুন ২০২৪)",)
    ),
    "average row": with_row(matrix_paper(), 6, ["", "বিভাগীয় গড় অর্জন (৩টি)", *["৫"] * 24]),
    "offices in a list of letters": matrix_paper(offices=("(ক) চট্টগ্রাম", "খ. কুমিল্লা*", "iii) ‘ফেনী’")),
    "own library by its level": matrix_paper(offices=("বিভাগীয় সরকারি গণগ্রন্থাগার", "কুমিল্লা", "ফেনী")),
    "own office": matrix_paper(offices=("নিজ কার্যালয় (চট্টগ্রাম)", "কুমিল্লা", "ফেনী")),
    "names that stand in each of their columns": names_in_each_column(matrix_paper()),
    "header repeated": replace(
        matrix_paper(), rows=(*matrix_paper().rows[:4], *matrix_paper().rows[:3], *matrix_paper().rows[4:])
    ),
}


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("layout", READ_RIGHT)
def test_layout_that_is_read_right(layout, file_format):
    report = read_bytes(as_format(READ_RIGHT[layout], file_format))
    assert read_as_expected(report)
    assert (report.form, report.division_id, report.office_id) == ("divisional_matrix", "chattogram", "")
    assert {found.code for found in report.findings if found.severity != "note"} == {"offices_absent"}


@pytest.mark.parametrize("layout", READ_RIGHT)
def test_layout_without_any_merged_cell(layout):
    assert read_as_expected(read_bytes(as_docx(without_merges(READ_RIGHT[layout]))))


def test_target_is_the_100_band_and_unit_and_weight_stand_in_the_heading():
    report = read_bytes(as_docx(matrix_paper()))
    assert {band.band for band in report.target_bands} == {100}
    assert {band.target_value for band in report.target_bands if band.indicator_code == "4.1.1"} == {80.0}
    assert {seen.unit for seen in report.observations if seen.indicator_code == "4.1.1"} == {"percent"}
    assert "weights_add_up" in codes(report)


# --- a table broken in two -------------------------------------------------------------------------------


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("file_format", FORMATS)
def test_matrix_too_wide_for_a_page_goes_on_below_with_its_other_indicators(file_format, merged):
    indicators = plan("2023-24").indicators
    first = replace(matrix_paper(indicators=indicators[:4], score=False), below=())
    second = replace(matrix_paper(indicators=indicators[4:]), above=())
    paper = replace(first, then=second)
    if not merged:
        paper = replace(without_merges(first), then=without_merges(second))
    assert read_as_expected(read_bytes(as_format(paper, file_format)))


@pytest.mark.parametrize("beside", ["(২য় অংশ)", "(চলমান)", "Part-2"])
def test_second_part_of_a_matrix_may_say_so_in_its_title(beside):
    indicators = plan("2023-24").indicators
    first = replace(matrix_paper(indicators=indicators[:4], score=False), below=())
    title = (f"{MATRIX_TITLE[0]} {beside}",)
    offices = ("Chattogram", "Cumilla", "Feni")
    second = replace(matrix_paper(indicators=indicators[4:], offices=offices), above=title)
    assert read_as_expected(read_bytes(as_xlsx(first, second)))


@pytest.mark.parametrize("file_format", FORMATS)
def test_matrix_too_long_for_a_page_goes_on_below_with_its_other_offices(file_format):
    whole = matrix_paper()
    first = replace(whole, rows=whole.rows[:4], below=())
    second = replace(whole, rows=(*whole.rows[:3], *whole.rows[4:]), above=MATRIX_TITLE)
    assert read_as_expected(read_bytes(as_format(replace(first, then=second), file_format)))


# --- offices ---------------------------------------------------------------------------------------------


def test_unknown_office_is_held_back_with_its_nearest_names_and_the_rest_is_read():
    report = read_bytes(as_docx(with_row(matrix_paper(), 6, row_of("নবীগঞ্জ"))))
    assert read_as_expected(report)
    (found,) = (found for found in report.findings if found.code == "unknown_office")
    assert (found.severity, found.raw_text, found.cell) == ("quarantine", "নবীগঞ্জ", "table 1 r7 c2")
    assert found.message_en.count("%") == 3
    assert "habiganj" in found.message_en


def test_only_a_divisional_library_is_known_by_its_level_alone():
    report = read_bytes(as_docx(matrix_paper(offices=("জেলা সরকারি গণগ্রন্থাগার", "কুমিল্লা", "নিজ অফিস"))))
    assert {seen.office_id for seen in report.observations} == {"cumilla"}
    assert told(report, "unknown_office") == ["জেলা সরকারি গণগ্রন্থাগার", "নিজ অফিস"]


def test_matrix_of_unknown_offices_alone_is_rejected():
    report = read_bytes(as_docx(matrix_paper(offices=("অজানাপুর", "নবীগঞ্জ"))))
    assert report.rejection_code == "unknown_form"
    assert codes(report).count("unknown_office") == 2


def test_office_of_another_division_is_read_and_asked_about():
    report = read_bytes(as_docx(with_row(matrix_paper(), 6, row_of("যশোর"))))
    assert figures(report, "jashore") == expected_of(1)
    assert told(report, "office_outside_division") == ["যশোর"]


def test_upazila_library_is_not_its_districts():
    report = read_bytes(as_docx(with_row(matrix_paper(), 6, row_of("দেওয়ানগঞ্জ উপজেলা"))))
    assert figures(report, "dewanganj") == expected_of(1)
    assert not figures(report, "jamalpur")


def test_district_and_library_in_two_columns():
    names = [
        ("জেলা", "গ্রন্থাগারের নাম"),
        ("", ""),
        ("", ""),
        ("জামালপুর", "জেলা সরকারি গণগ্রন্থাগার"),
        ("জামালপুর", "দেওয়ানগঞ্জ উপজেলা গণগ্রন্থাগার"),
    ]
    rows = [(row[0], *name, *row[2:]) for row, name in zip(matrix_paper().rows, names, strict=False)]
    report = read_bytes(as_text(Paper((UNTITLED,), tuple(rows))))
    assert (figures(report, "jamalpur"), figures(report, "dewanganj")) == (expected_of(0), expected_of(1))
    assert report.division_id == "mymensingh"


@pytest.mark.parametrize(
    "heading",
    ["অধীনস্থ গ্রন্থাগারের নাম", "জেলা/গ্রন্থাগারের নাম", "গ্রন্থাগারের নাম ও ঠিকানা", "মাঠ পর্যায়ের কার্যালয়", "আওতাধীন অফিসের নাম"],
)
def test_offices_under_a_heading_of_other_words(heading):
    assert read_as_expected(read_bytes(as_docx(with_cell(matrix_paper(), 0, 1, heading))))


def test_offices_under_a_heading_that_nobody_knows_are_told():
    report = read_bytes(as_docx(with_cell(matrix_paper(), 0, 1, "অজানা শিরোনাম")))
    assert report.rejection_code == "unknown_form"
    assert told(report, "unknown_heading") == ["অজানা শিরোনাম"]


@pytest.mark.parametrize("heading", ["বিভাগ", "কার্যালয়ের কোড", "মোবাইল নম্বর", "কর্মকর্তার নাম"])
def test_column_beside_the_offices_that_is_not_read(heading):
    cells = [heading, "", "", "০১", "০২", "০৩"]
    rows = [(*row[:2], cell, *row[2:]) for row, cell in zip(matrix_paper().rows, cells, strict=True)]
    report = read_bytes(as_docx(replace(matrix_paper(), rows=tuple(rows), merges=())))
    assert read_as_expected(report)
    assert "unknown_heading" not in codes(report)


def test_office_twice_with_the_same_figures_is_asked_about_and_stands():
    report = read_bytes(as_docx(with_row(matrix_paper(), 6, ("৪", *matrix_paper().rows[4][1:]))))
    assert read_as_expected(report)
    doubled = [found for found in report.findings if found.code == "duplicate_indicator"]
    assert {found.severity for found in doubled} == {"warn"}
    assert all("স্থগিত" not in found.message_bn for found in doubled)


def test_office_twice_with_other_figures_is_withheld():
    report = read_bytes(as_docx(with_row(matrix_paper(), 6, row_of("ফেনী"))))
    assert {state for state, _ in figures(report, "feni").values()} == {"unreadable"}
    assert figures(report, "cumilla") == expected_of(1)
    assert {found.office_id for found in report.findings if found.code == "duplicate_indicator"} == {"feni"}


@pytest.mark.parametrize("serial", ["৪", ""])
def test_row_with_figures_and_no_name_is_told(serial):
    report = read_bytes(as_docx(with_row(matrix_paper(), 6, row_of("", serial))))
    assert read_as_expected(report)
    assert len(told(report, "unread_row")) == 1


# --- columns ---------------------------------------------------------------------------------------------


def test_indicators_that_do_not_stand_over_their_columns_are_refused():
    rows = [list(row) for row in matrix_paper().rows]
    for row in rows[:2]:  # as where each heading is typed over the middle one of its columns
        for first in range(2, 26, 3):
            row[first], row[first + 1] = row[first + 1], row[first]
    report = read_bytes(as_docx(replace(matrix_paper(), rows=tuple(map(tuple, rows)), merges=())))
    assert report.rejection_code == "unknown_form"
    assert "stand under no indicator" in report.findings[-1].message_en


def test_indicator_that_the_plan_does_not_have_is_left_out():
    paper = with_cell(matrix_paper(), 1, 2, "[৯.৯.৯] নতুন সূচক একক-তারিখ (মান-১০)")
    report = read_bytes(as_docx(paper))
    assert told(report, "unknown_indicator") == ["[৯.৯.৯] নতুন সূচক একক-তারিখ (মান-১০)"]
    assert told(report, "missing_indicator") == [""]
    assert len(report.observations) == 7 * 3


def test_two_achievements_under_one_indicator_are_not_told_apart():
    report = read_bytes(as_docx(matrix_paper(TARGET, FIGURE, Under("অর্জন", lambda *_: "৭"), NO_REMARK)))
    assert report.observations == ()
    assert codes(report).count("unclear_columns") == 8


def test_share_of_the_target_is_not_what_was_done():
    share = Under("অর্জন (%)", lambda *_: "৭৫%")
    assert read_as_expected(read_bytes(as_docx(matrix_paper(TARGET, FIGURE, share, NO_REMARK))))


def test_column_that_a_quarter_alone_heads_is_named():
    report = read_bytes(as_docx(matrix_paper(TARGET, Under("৪র্থ কোয়ার্টার", FIGURE.cells), NO_REMARK)))
    assert report.rejection_code == "unknown_form"
    assert told(report, "unknown_heading") == ["৪র্থ কোয়ার্টার"] * 8


def test_quarter_is_chosen_under_every_indicator():
    third = Under("৩য় ত্রৈমাসিকে অর্জন", lambda *_: "৭")
    fourth = Under("৪র্থ ত্রৈমাসিকে অর্জন", FIGURE.cells)
    assert read_as_expected(read_bytes(as_docx(matrix_paper(TARGET, third, fourth, NO_REMARK))))


def test_unknown_heading_under_every_indicator_is_told():
    report = read_bytes(as_docx(matrix_paper(TARGET, FIGURE, NO_REMARK, Under("অজানা", lambda *_: "পত্র"))))
    assert read_as_expected(report)
    assert told(report, "unknown_heading") == ["অজানা"] * 8


def test_remark_on_an_office_as_a_whole_is_told():
    rows = [list(row) for row in matrix_paper(score=False).rows]
    for number, row in enumerate(rows):
        row.append({0: "মন্তব্য", 4: "সার্বিক মন্তব্য", 5: "-"}.get(number, ""))
    report = read_bytes(as_text(Paper(MATRIX_TITLE, tuple(map(tuple, rows)))))
    assert read_as_expected(report)
    assert told(report, "unread_row") == ["সার্বিক মন্তব্য"]


def test_unit_over_a_target_is_the_indicators():
    wrong = Under("লক্ষ্যমাত্রা সংখ্যা", TARGET.cells)
    report = read_bytes(as_docx(matrix_paper(wrong, FIGURE, NO_REMARK)))
    asked = {found.indicator_code for found in report.findings if found.code == "unit_conflict"}
    assert asked == {one.code for one in plan("2023-24").indicators if one.unit != "number"}


def test_words_of_another_indicator_withhold_the_whole_column():
    wrong = plan("2024-25").indicator("4.1.1").statement
    paper = with_cell(matrix_paper(), 1, 11, f"[৪.১.১] {wrong} একক-% (মান-৮)")
    report = read_bytes(as_docx(paper))
    assert [found.indicator_code for found in report.findings if found.code == "statement_conflict"] == [
        "4.1.1"
    ]
    assert {figures(report, office)["4.1.1"] for office in OFFICES} == {("unreadable", None)}
    assert figures(report, "feni")["5.1.1"] == expected_of(2)["5.1.1"]


# --- merged and slipped cells ----------------------------------------------------------------------------


def test_figure_merged_over_two_offices_is_neithers():
    paper = replace(matrix_paper(), merges=(*matrix_paper().merges, Merge(4, 3, 2, 1)))
    report = read_bytes(as_docx(with_cell(paper, 5, 3, "")))
    assert figures(report, "cumilla")["1.1.1"] == figures(report, "feni")["1.1.1"] == ("unreadable", None)
    assert figures(report, "chattogram") == expected_of(0)


def test_figure_merged_over_its_target_is_withheld():
    paper = replace(matrix_paper(), merges=(*matrix_paper().merges, Merge(4, 5, 1, 2)))
    report = read_bytes(as_docx(with_cell(paper, 4, 6, "")))
    assert figures(report, "cumilla")["2.1.1"] == ("unreadable", None)


@pytest.mark.parametrize("gained", [2, 5, 11, 20])
def test_row_that_gained_a_cell_gives_no_figure(gained):
    paper = matrix_paper(score=False)
    row = paper.rows[4]
    rows = (*paper.rows[:4], (*row[:gained], "", *row[gained:]), *paper.rows[5:])
    report = read_bytes(as_text(replace(paper, rows=rows)))
    before = [one.code for one in plan("2023-24").indicators][: (gained - 2) // 3]
    said = figures(report, "cumilla")
    assert {code for code, (state, _) in said.items() if state == "reported"} <= {*before}
    assert figures(report, "feni") == expected_of(2)


SILENT = len(matrix_paper().rows[4]) - 2
NO_REPORT = "প্রতিবেদন পাওয়া যায়নি"


@pytest.mark.parametrize(
    "cells",
    [
        ["", NO_REPORT],
        ["১৬.৩.২৪", "-", NO_REPORT],
        ["-", "-", "প্রতিবেদন পাওয়া যায় নাই।"] * 8,
        ["", "Report not received"],
    ],
)
def test_a_row_that_says_that_no_report_came_is_an_office_that_has_not_reported(cells):
    row = ("৪", "নোয়াখালী", *cells, *[""] * (SILENT - len(cells)))
    report = read_bytes(as_docx(with_row(matrix_paper(), 6, row)))
    assert read_as_expected(report)
    assert told(report, "report_not_received") == ["নোয়াখালী"]


def test_no_report_over_a_whole_row():
    paper = with_row(matrix_paper(), 6, ("৪", "নোয়াখালী", NO_REPORT, *[""] * (SILENT - 1)))
    report = read_bytes(as_docx(replace(paper, merges=(*paper.merges, Merge(6, 2, 1, SILENT)))))
    assert read_as_expected(report)
    assert told(report, "report_not_received") == ["নোয়াখালী"]


def test_row_that_reports_something_beside_it_is_read():
    row = ("৪", "নোয়াখালী", "", NO_REPORT, "", "৪", "১", *[""] * (SILENT - 5))
    report = read_bytes(as_docx(with_row(matrix_paper(), 6, row)))
    assert figures(report, "noakhali")["2.1.1"] == ("reported", 1.0)
    assert figures(report, "noakhali")["1.1.1"] == ("unreadable", None)


def test_name_of_a_group_of_offices_is_no_office():
    report = read_bytes(as_docx(with_row(matrix_paper(), 4, ("", "জেলা গ্রন্থাগারসমূহ", *[""] * SILENT))))
    assert read_as_expected(report)
    assert "unknown_office" not in codes(report)


@pytest.mark.parametrize("heading", ["চট্টগ্রাম বিভাগ", "চট্টগ্রাম বিভাগঃ", "Chattogram Division"])
def test_name_of_a_division_above_its_offices_is_no_office(heading):
    report = read_bytes(as_docx(with_row(matrix_paper(), 3, ("", heading, *[""] * SILENT))))
    assert read_as_expected(report)
    assert "unknown_office" not in codes(report)


def test_figures_beside_the_name_of_a_division_are_held_back():
    report = read_bytes(as_docx(with_row(matrix_paper(), 6, row_of("চট্টগ্রাম বিভাগ"))))
    assert read_as_expected(report)
    assert "চট্টগ্রাম বিভাগ" in told(report, "unknown_office")


@pytest.mark.parametrize(
    "words", ["উপমোট", "উপ-মোট (১-২)", "Sub-total", "চট্টগ্রাম বিভাগের মোট", "উপমোট (চট্টগ্রাম বিভাগ)"]
)
def test_subtotal_is_no_office(words):
    report = read_bytes(as_docx(with_row(matrix_paper(), 5, row_of(words, ""))))
    assert read_as_expected(report)
    assert "unknown_office" not in codes(report)


def test_office_left_out_of_one_part_of_a_matrix_lacks_its_indicators():
    indicators = plan("2023-24").indicators
    first = replace(matrix_paper(indicators=indicators[:4], score=False), below=())
    second = replace(matrix_paper(indicators=indicators[4:]), above=())
    second = replace(second, rows=(*second.rows[:4], *second.rows[5:]))
    report = read_bytes(as_docx(replace(first, then=second)))
    missing = [found for found in report.findings if found.code == "missing_indicator"]
    assert [(found.office_id, found.indicator_code) for found in missing] == [
        ("cumilla", indicator.code) for indicator in indicators[4:]
    ]
    assert all(found.message_bn.startswith("কুমিল্লা: ") for found in missing)
    assert figures(report, "feni") == expected_of(2)


@pytest.mark.parametrize("file_format", FORMATS)
def test_achievement_named_once_above_all_indicators(file_format):
    activities, statements, _, *body = matrix_paper(FIGURE, score=False).rows
    header = ((*activities[:2], "অর্জন", *[""] * 7), (*statements,))
    merges = (Merge(0, 0, 2, 1), Merge(0, 1, 2, 1), Merge(0, 2, 1, 8))
    paper = replace(matrix_paper(), rows=(*header, *body), merges=merges)
    assert read_as_expected(read_bytes(as_format(paper, file_format)))


def test_year_in_the_words_of_an_indicator_is_not_that_of_its_columns():
    first = matrix_paper().rows[1][2].replace("ন্যূনতম", "২০২৩-২৪ অর্থবছরে ন্যূনতম")
    assert read_as_expected(read_bytes(as_docx(with_cell(matrix_paper(), 1, 2, first))))


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_row_without_a_single_answer_is_an_office_that_has_not_reported(file_format):
    width = len(matrix_paper().rows[4])
    silent = ("৪", "নোয়াখালী", *[""] * (width - 2))
    report = read_bytes(as_format(with_row(matrix_paper(), 7, silent), file_format))
    assert read_as_expected(report)
    assert told(report, "office_left_blank") == ["নোয়াখালী"]
