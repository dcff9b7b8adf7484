"""The rows of an office form: found by what they are about, told where they are about nothing."""

from dataclasses import replace

import pytest

from tests.transforms.papers import (
    ACHIEVEMENT,
    ACTIVITY,
    FIGURES,
    FIVE_BANDS,
    FORMATS,
    INDICATOR,
    PERCENTAGES,
    REMARK,
    SERIAL,
    STANDARD,
    TITLE,
    UNIT,
    WEIGHT,
    Columns,
    Merge,
    Paper,
    achieved,
    as_docx,
    as_format,
    as_text,
    codes,
    column,
    figures,
    office_paper,
    plan,
    read_bytes,
    remarked,
    told,
    with_cell,
    with_row,
)
from transforms.numerals import bengali_digits

WORDS = column(lambda indicator: indicator.statement, "কর্মসম্পাদন সূচক")


def other(text):
    """Cells that say the same for every indicator that is counted."""
    return lambda indicator: text if indicator.unit == "number" else ""


# --- rows ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file_format", FORMATS)
def test_header_and_totals_within_the_table(file_format):
    paper = office_paper()
    numbering = [f"({bengali_digits(str(number))})" for number in range(1, 13)]
    paper = with_row(paper, 3, numbering)
    paper = replace(paper, rows=(*paper.rows[:8], *paper.rows[:4], *paper.rows[8:]))
    paper = with_row(with_row(paper, 6, ()), len(paper.rows) + 1, ("", "", "মোট", "", "৫০"))
    report = read_bytes(as_format(paper, file_format))
    assert (figures(report), report.status) == (FIGURES, "accepted")


@pytest.mark.parametrize("file_format", FORMATS)
def test_table_broken_over_pages(file_format):
    indicators = plan().indicators
    first = replace(office_paper(indicators=indicators[:5]), below=("পাতা-১",))
    second = replace(office_paper(indicators=indicators[5:]), above=("চলমান পাতা-২",))
    report = read_bytes(as_format(replace(first, then=second), file_format))
    assert (figures(report), report.status) == (FIGURES, "accepted")


def test_page_with_columns_in_another_order():
    indicators = plan().indicators
    first = replace(office_paper(indicators=indicators[:5]), below=())
    second = replace(office_paper(*reversed(STANDARD), indicators=indicators[5:]), above=TITLE)
    assert figures(read_bytes(as_docx(replace(first, then=second)))) == FIGURES


def test_page_without_a_header():
    indicators = plan().indicators
    first = replace(office_paper(indicators=indicators[:5]), below=())
    second = office_paper(indicators=indicators[5:])
    bare = replace(second, above=(), rows=second.rows[3:], merges=())
    assert figures(read_bytes(as_docx(replace(first, then=bare)))) == FIGURES


def test_row_that_lost_its_leading_blanks_is_told_and_not_read():
    lines = as_text(office_paper()).decode().splitlines()
    stripped = "\n".join(line.lstrip("\t") if line.startswith("\t\t[") else line for line in lines)
    report = read_bytes(stripped.encode())
    assert [found.indicator_code for found in report.findings if found.code == "row_out_of_line"] == [
        "4.1.2",
        "5.1.2",
    ]
    assert {code: said for code, said in FIGURES.items() if code not in ("4.1.2", "5.1.2")} == figures(report)
    assert "missing_indicator" not in codes(report)


@pytest.mark.parametrize("lost", range(3, 11))
def test_row_that_lost_a_cell_gives_no_figure_that_stands_unasked(lost):
    paper = office_paper()
    row = paper.rows[8]  # 5.1.1: ৬ ৪ ৩ ২ ১ ০ ২
    slipped = replace(paper, rows=(*paper.rows[:8], (*row[:lost], *row[lost + 1 :], ""), *paper.rows[9:]))
    report = read_bytes(as_text(slipped))
    assert figures(report)["5.1.1"] in (("unstated", None), ("unreadable", None))


def test_row_whose_weight_stands_where_the_unit_should_is_withheld_with_its_targets():
    paper = office_paper()
    row = paper.rows[8]
    report = read_bytes(
        as_text(replace(paper, rows=(*paper.rows[:8], (*row[:3], *row[4:], ""), *paper.rows[9:])))
    )
    assert figures(report)["5.1.1"] == ("unreadable", None)
    assert told(report, "row_out_of_line") == [""]  # what was done stands under the 60 band
    assert "5.1.1" not in {band.indicator_code for band in report.target_bands}


@pytest.mark.parametrize("gained", range(3, 11))
def test_row_that_gained_a_cell_is_withheld(gained):
    paper = office_paper()
    row = paper.rows[8]
    slipped = replace(paper, rows=(*paper.rows[:8], (*row[:gained], "", *row[gained:-1]), *paper.rows[9:]))
    report = read_bytes(as_text(slipped))
    assert figures(report)["5.1.1"] != ("reported", 2.0)
    assert figures(report)["5.1.1"][0] != "reported"
    assert {"row_out_of_line", "unreadable_value", "unknown_phrase"} & set(codes(report))


def test_row_without_an_indicator_is_told():
    report = read_bytes(as_docx(with_row(office_paper(), 6, [""] * 10 + ["৫", "বাকি মন্তব্য"])))
    assert told(report, "unread_row") == ["৫ | বাকি মন্তব্য"]
    assert figures(report) == FIGURES


def test_row_below_the_last_indicator_is_told():
    report = read_bytes(as_docx(with_row(office_paper(), 13, [""] * 11 + ["পরে পাঠানো হবে"])))
    assert told(report, "unread_row") == ["পরে পাঠানো হবে"]


def test_line_between_rows_is_noted():
    report = read_bytes(as_text(with_row(office_paper(), 5, ["ক. প্রাতিষ্ঠানিক ব্যবস্থা"])))
    assert told(report, "line_between_rows") == ["ক. প্রাতিষ্ঠানিক ব্যবস্থা"]


@pytest.mark.parametrize("file_format", FORMATS)
def test_words_alone_among_the_indicators_are_no_indicator(file_format):
    paper = with_row(office_paper(), 8, ("", "", "কর্মশালা/সেমিনার আয়োজিত।"))
    report = read_bytes(as_format(paper, file_format))
    assert (figures(report), codes(report).count("unknown_indicator")) == (FIGURES, 0)
    assert told(report, "line_between_rows") == ["কর্মশালা/সেমিনার আয়োজিত।"]
    assert (figures(report), report.status) == (FIGURES, "accepted")


def test_indicator_that_the_plan_does_not_have():
    row = ["", "", "[৯.৯.৯] নতুন সূচক", "সংখ্যা", "২", "৪", "৩", "২", "১", "-", "১", ""]
    report = read_bytes(as_docx(with_row(office_paper(), 6, row)))
    assert told(report, "unknown_indicator") == ["[৯.৯.৯] নতুন সূচক"]
    assert figures(report) == FIGURES


def test_words_that_are_nearly_those_of_an_indicator_are_no_code():
    paper = office_paper(SERIAL, ACTIVITY, WORDS, *STANDARD[3:])
    report = read_bytes(as_docx(with_cell(paper, 8, 2, "নিজ তথ্য বাতায়ন হালনাগাদ")))
    assert told(report, "unknown_indicator") == ["নিজ তথ্য বাতায়ন হালনাগাদ"]
    assert told(report, "missing_indicator") == [""]
    assert "5.1.1" not in figures(report)


# --- merged cells ----------------------------------------------------------------------------------------


def merged(*merge):
    paper = office_paper()
    return replace(paper, merges=(*paper.merges, Merge(*merge)))


def test_remark_merged_over_several_indicators_is_theirs():
    paper = with_cell(merged(6, 11, 2, 1), 6, 11, "অধিদপ্তর কর্তৃক বাস্তবায়িত")
    report = read_bytes(as_docx(paper))
    assert {
        seen.indicator_code for seen in report.observations if "অধিদপ্তর কর্তৃক বাস্তবায়িত" in seen.remark_raw
    } >= {"4.1.1", "4.1.2"}
    assert figures(report)["4.1.2"] == ("reported", 61.54)


def test_figure_merged_over_several_indicators_is_nobodys():
    report = read_bytes(as_docx(merged(8, 10, 2, 1)))
    assert (figures(report)["5.1.1"], figures(report)["5.1.2"]) == (
        ("unreadable", None),
        ("unreadable", None),
    )
    assert [found.indicator_code for found in report.findings if found.code == "shared_answer"] == [
        "5.1.1",
        "5.1.2",
    ]


def test_words_merged_over_several_indicators_are_theirs():
    paper = with_cell(with_cell(merged(8, 10, 2, 1), 8, 10, "প্রযোজ্য নয়"), 9, 10, "")
    report = read_bytes(as_docx(paper))
    assert figures(report)["5.1.1"] == figures(report)["5.1.2"] == ("not_applicable", None)
    assert "shared_answer" not in codes(report)


def test_figure_merged_over_its_target_is_withheld():
    report = read_bytes(as_docx(with_cell(merged(8, 9, 1, 2), 8, 10, "")))
    assert figures(report)["5.1.1"] == ("unreadable", None)
    assert [found.indicator_code for found in report.findings if found.code == "shared_answer"] == ["5.1.1"]


def test_achievement_and_remark_merged_are_both():
    paper = with_cell(
        with_cell(merged(11, 10, 1, 2), 11, 10, "২য় কোয়ার্টারে অধিদপ্তর কর্তৃক বাস্তবায়িত হয়েছে।"), 11, 11, ""
    )
    report = read_bytes(as_docx(paper))
    (seen,) = (seen for seen in report.observations if seen.indicator_code == "7.1.1")
    assert (seen.state, seen.achieved_by, seen.achieved_quarter) == ("achieved", "superior", 2)


def test_one_target_merged_over_the_bands_is_the_100_band():
    paper = merged(4, 5, 1, 5)
    for number in range(6, 10):
        paper = with_cell(paper, 4, number, "")
    report = read_bytes(as_docx(paper))
    assert {
        band.band: band.target_value for band in report.target_bands if band.indicator_code == "2.1.1"
    } == {100: 4.0}
    assert "target_bands_not_monotonic" not in codes(report)


def test_indicator_merged_over_two_rows_with_two_figures_is_withheld():
    paper = with_row(office_paper(), 9, ["", "", "", "তারিখ", "", *[""] * 5, "০১/১২/২৪", ""])
    paper = replace(paper, merges=(*paper.merges, Merge(8, 2, 2, 1)))
    report = read_bytes(as_docx(paper))
    assert figures(report)["5.1.1"] == ("unreadable", None)
    assert "duplicate_indicator" in codes(report)


def test_overflow_below_a_merged_indicator_is_told():
    paper = with_row(office_paper(), 9, [*[""] * 11, "বাকি মন্তব্য"])
    paper = replace(paper, merges=(*paper.merges, Merge(8, 2, 2, 1)))
    report = read_bytes(as_docx(paper))
    assert (figures(report), told(report, "unread_row")) == (FIGURES, ["বাকি মন্তব্য"])


# --- columns that are not read ---------------------------------------------------------------------------


def test_column_with_an_unknown_heading_is_told_and_the_rest_is_read():
    report = read_bytes(as_docx(office_paper(*STANDARD[:4], column(other("৩"), "অজানা শিরোনাম"), *STANDARD[4:])))
    assert (figures(report), told(report, "unknown_heading")) == (FIGURES, ["অজানা শিরোনাম"])


def test_column_without_a_heading_is_told():
    report = read_bytes(as_docx(office_paper(*STANDARD[:4], column(other("৩"), ""), *STANDARD[4:])))
    assert (figures(report), told(report, "unheaded_column")) == (FIGURES, ["৩ | ৩ | ৩ | ৩ | ৩"])


def test_blank_column_says_nothing():
    report = read_bytes(as_docx(office_paper(*STANDARD[:4], column(lambda _: "", ""), *STANDARD[4:])))
    assert (figures(report), report.status) == (FIGURES, "accepted")


def test_second_remark_is_told():
    report = read_bytes(as_docx(office_paper(*STANDARD, column(other("আরও মন্তব্য"), "মন্তব্য"))))
    assert figures(report) == FIGURES
    assert told(report, "unread_row") == []
    both = column(lambda one: "আরও মন্তব্য" if remarked(one) else "", "মন্তব্য")
    assert told(read_bytes(as_docx(office_paper(*STANDARD, both))), "unread_row") == ["আরও মন্তব্য"] * 3


def test_bands_whose_names_and_percentages_disagree_are_not_read():
    mixed = (PERCENTAGES[0], PERCENTAGES[2], PERCENTAGES[1], *PERCENTAGES[3:])
    bands = Columns((*FIVE_BANDS.headings[:2], mixed), FIVE_BANDS.cells)
    report = read_bytes(as_docx(office_paper(*STANDARD[:5], bands, ACHIEVEMENT, REMARK)))
    assert {band.band for band in report.target_bands} == {100, 70, 60}
    assert told(report, "unknown_heading") == ["৮০%", "৯০%"]
    assert figures(report) == FIGURES


def test_table_with_headings_and_no_rows():
    report = read_bytes(as_docx(Paper(TITLE, office_paper().rows[:3])))
    assert report.rejection_code == "unknown_form"


def test_columns_that_quarters_alone_head_are_named_where_none_can_be_told():
    quarters = [column(achieved, heading) for heading in ("১ম কোয়ার্টার", "২য় কোয়ার্টার")]
    to_date = column(achieved, "ক্রমপুঞ্জিভূত অর্জন")
    report = read_bytes(
        as_docx(office_paper(SERIAL, INDICATOR, UNIT, WEIGHT, FIVE_BANDS, *quarters, to_date))
    )
    assert report.rejection_code == "unknown_form"
    assert told(report, "unknown_heading") == ["১ম কোয়ার্টার", "২য় কোয়ার্টার"]
