"""A file that holds several reports gives them all, each with a fate of its own."""

from dataclasses import replace

import pytest

from extractors.reader import read
from extractors.submission import submission_id_of
from tests.transforms.matrix_papers import MATRIX_TITLE, matrix_paper
from tests.transforms.papers import (
    FIGURES,
    REMARK,
    STANDARD,
    TITLE,
    achieved,
    as_docx,
    as_format,
    as_xlsx,
    codes,
    column,
    figures,
    office_paper,
    told,
    with_cell,
)
from tests.transforms.test_form import (
    BARE,
    COVER,
    FIRST_HALF,
    OF_GRIEVANCE,
    OF_MAGURA,
    OF_NOBODY,
    OF_THE_THIRD_QUARTER,
    OFFICERS,
    SECOND_HALF,
    THIRD_QUARTER,
)
from transforms.report_file import read_file, read_reports

FILE = "a" * 64
OF_NARAIL = tuple(line.replace("যশোর", "নড়াইল") for line in TITLE)
MAGURA = office_paper(above=OF_MAGURA)
BLANK = office_paper(
    *STANDARD[:6], column(lambda _: "", "অর্জন"), column(lambda _: "", "মন্তব্য"), above=OF_MAGURA
)
OTHER_FIGURE = with_cell(office_paper(), 4, 10, "৯")  # of 2.1.1, where the first report says ১


def reports(content):
    return read_reports(FILE, "প্রতিবেদন", read(content))


def places(content):
    """What each report of a file is about, and what became of it."""
    return [
        (one.form, one.office_id or one.division_id, one.fiscal_year, one.quarter, one.plan_id, one.status)
        for one in reports(content)
    ]


# --- several reports, each taken -------------------------------------------------------------------------

JASHORE = ("office_form", "jashore", "2024-25", 2, "egov-2024-25", "accepted")
SECOND = {
    "another office": (MAGURA, ("office_form", "magura", "2024-25", 2, "egov-2024-25", "accepted")),
    "another quarter": (
        replace(THIRD_QUARTER, above=OF_THE_THIRD_QUARTER),
        ("office_form", "jashore", "2024-25", 3, "egov-2024-25", "accepted"),
    ),
    "another quarter in its headings": (
        THIRD_QUARTER,
        ("office_form", "jashore", "2024-25", 3, "egov-2024-25", "accepted"),
    ),
    "an office that nobody knows": (
        office_paper(above=OF_NOBODY),
        ("office_form", "", "2024-25", 2, "egov-2024-25", "rejected"),
    ),
    "a matrix": (
        matrix_paper(),
        ("divisional_matrix", "chattogram", "2023-24", 4, "egov-2023-24", "accepted_with_findings"),
    ),
}


@pytest.mark.parametrize("file_format", ["text", "docx", "xlsx"])
@pytest.mark.parametrize("second", SECOND)
def test_a_second_report_behind_the_first_is_taken_too(second, file_format):
    paper, expected = SECOND[second]
    assert places(as_format(replace(office_paper(), then=paper), file_format)) == [JASHORE, expected]


@pytest.mark.parametrize("second", SECOND)
def test_a_second_report_on_another_sheet_is_taken_too(second):
    paper, expected = SECOND[second]
    assert places(as_xlsx(office_paper(), paper)) == [JASHORE, expected]
    assert places(as_xlsx(paper, office_paper())) == [expected, JASHORE]


def test_two_divisions_are_two_reports():
    khulna = matrix_paper(offices=("খুলনা", "যশোর"), above=(MATRIX_TITLE[0].replace("চট্টগ্রাম", "খুলনা"),))
    read_both = reports(as_docx(replace(matrix_paper(), then=khulna)))
    assert [report.division_id for report in read_both] == ["chattogram", "khulna"]


def test_signature_of_a_matrix_is_not_the_title_of_the_form_below_it():
    first, second = reports(as_docx(replace(matrix_paper(), then=office_paper())))
    assert (first.division_id, second.office_id, figures(second)) == ("chattogram", "jashore", FIGURES)


def test_another_annex_of_the_same_office_is_a_report_of_its_own():
    _, other = places(as_docx(replace(FIRST_HALF, then=replace(SECOND_HALF, above=OF_GRIEVANCE))))
    assert other[:5] == ("office_form", "jashore", "2024-25", 2, "grievance-2024-25")


def test_the_first_report_has_the_files_id_and_the_others_ids_that_follow_from_it():
    first, second, third = reports(as_xlsx(office_paper(), MAGURA, office_paper(above=OF_NARAIL)))
    assert (first.submission_id, first.part_of, first.part, first.file_id) == (FILE, "", 1, FILE)
    assert second.submission_id == submission_id_of(f"{FILE} 2".encode())
    assert [(one.part_of, one.file_id, one.part) for one in (second, third)] == [
        (FILE, FILE, 2),
        (FILE, FILE, 3),
    ]
    assert len({first.submission_id, second.submission_id, third.submission_id}) == 3
    for report in (first, second, third):
        assert {seen.submission_id for seen in report.observations} == {report.submission_id}
        assert {band.submission_id for band in report.target_bands} == {report.submission_id}


def test_a_further_report_is_named_by_its_number_in_the_file():
    first, second = reports(as_xlsx(office_paper(), MAGURA))
    assert first.name_in("তথ্য.xlsx") == "তথ্য.xlsx"
    assert second.name_in("তথ্য.xlsx") == "তথ্য.xlsx (ফাইলের ২ নং প্রতিবেদন)"


def test_each_report_stands_in_its_own_cells():
    first, second = reports(as_xlsx(office_paper(), MAGURA, names=["যশোর", "মাগুরা"]))
    assert figures(first) == figures(second) == FIGURES
    assert {seen.cell.partition("!")[0] for seen in first.observations} == {"যশোর"}
    assert {seen.cell.partition("!")[0] for seen in second.observations} == {"মাগুরা"}


def test_what_is_amiss_with_one_report_is_not_told_of_the_other():
    broken = with_cell(MAGURA, 4, 10, "অনেক")
    first, second = reports(as_docx(replace(office_paper(), then=broken)))
    assert told(first, "unknown_phrase") == []
    (found,) = (one for one in second.findings if one.code == "unknown_phrase")
    assert found.cell.startswith("table 2 ")
    assert (first.status, second.status) == ("accepted", "accepted_with_findings")


def test_a_file_without_a_report_gives_one_that_is_rejected():
    for content in (b"no report at all", as_docx(COVER), b"\x00\x01"):
        (report,) = read_file(FILE, "ফাইল", content)
        assert (report.submission_id, report.status) == (FILE, "rejected")


# --- what a report leaves to the others ------------------------------------------------------------------


def test_an_annex_under_the_same_letterhead_has_its_office_and_quarter():
    untold = replace(BARE, above=("সংযোজনী- ৬: অভিযোগ প্রতিকার ব্যবস্থা সংক্রান্ত কর্মপরিকল্পনা ২০২৪-২৫",))
    _, second = places(as_docx(replace(office_paper(), then=untold)))
    assert second[:4] == ("office_form", "jashore", "2024-25", 2)


def test_a_report_without_an_office_among_those_of_several_has_none():
    third = replace(BARE, above=OF_GRIEVANCE[4:])
    *_, nameless = places(as_xlsx(office_paper(), MAGURA, third))
    assert nameless[1] == ""
    assert nameless[-1] == "rejected"


def test_a_sheet_named_after_an_office_is_that_offices():
    nameless = replace(THIRD_QUARTER, above=OF_THE_THIRD_QUARTER[4:])
    (_, second) = places(as_xlsx(office_paper(), nameless, names=["যশোর", "মাগুরা"]))
    assert second[1:4] == ("magura", "2024-25", 3)


def test_a_quarter_that_a_report_states_otherwise_is_not_the_others():
    year = office_paper(
        *STANDARD[:6],
        column(achieved, "অর্জন"),
        REMARK,
        above=(*OF_MAGURA[:4], "ই-গভর্ন্যান্স ও উদ্ভাবন কর্মপরিকল্পনা ২০২৩-২৪"),
    )
    _, second = reports(as_xlsx(office_paper(), year))
    assert second.rejection_code == "unknown_period"


def test_a_signature_between_two_reports_signs_the_first():
    signed = office_paper(below=OFFICERS)
    first, second = reports(as_docx(replace(signed, then=office_paper(above=OF_MAGURA, below=()))))
    assert [first.office_id, second.office_id] == ["jashore", "magura"]
    assert "office_conflict" not in {*codes(first), *codes(second)}


# --- the same report twice -------------------------------------------------------------------------------


@pytest.mark.parametrize("again", [office_paper(), BARE])
@pytest.mark.parametrize("file_format", ["text", "docx", "xlsx"])
def test_the_same_report_again_counts_once_and_is_told(again, file_format):
    (report,) = reports(as_format(replace(office_paper(), then=again), file_format))
    assert figures(report) == FIGURES
    assert (report.status, told(report, "several_reports")) == ("accepted_with_findings", [])
    (found,) = (one for one in report.findings if one.code == "report_repeated")
    assert found.severity == "warn"
    assert found.cell


def test_the_same_report_with_other_figures_is_held_with_the_indicators_that_differ():
    (report,) = reports(as_xlsx(office_paper(), OTHER_FIGURE, names=["নতুন", "পুরোনো"]))
    assert (report.rejection_code, report.observations) == ("several_reports", ())
    (found,) = (one for one in report.findings if one.code == "several_reports")
    assert found.cell == "পুরোনো!A6"
    assert "differ in 2.1.1" in found.message_en
    assert "২.১.১ সূচকে" in found.message_bn


def test_a_report_held_for_its_copy_does_not_stop_the_others():
    first, second = reports(as_xlsx(office_paper(), OTHER_FIGURE, MAGURA))
    assert (first.rejection_code, second.status) == ("several_reports", "accepted")
    assert second.part == 3  # its place in the file, whatever became of those before


def test_what_only_the_copy_holds_amiss_is_told_too():
    another = ("", "", "অন্য কথা", *("",) * 7, "১", "")
    noted = replace(office_paper(), rows=(*office_paper().rows, another))
    (report,) = reports(as_xlsx(office_paper(), noted))
    assert "report_repeated" in codes(report)
    (found,) = (one for one in report.findings if one.code == "unknown_indicator")
    assert (found.cell, found.raw_text) == ("Sheet2!C21", "অন্য কথা")


# --- blank forms -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("sheets", [(office_paper(), BLANK), (BLANK, office_paper())])
def test_a_form_that_nobody_filled_in_is_no_report_and_is_noted(sheets):
    (report,) = reports(as_xlsx(*sheets))
    assert (figures(report), report.office_id, report.status) == (FIGURES, "jashore", "accepted")
    (found,) = (one for one in report.findings if one.code == "unfilled_form")
    assert found.severity == "note"
    assert "কর্মপরিকল্পনার ২য় ত্রৈমাসিক" in found.raw_text


def test_a_blank_form_alone_is_a_report_that_says_nothing():
    (report,) = reports(as_xlsx(BLANK))
    assert {seen.state for seen in report.observations} == {"unstated"}
    assert told(report, "unfilled_form") == []


def test_a_dash_is_something_filled_in():
    dashed = with_cell(BLANK, 4, 10, "-")
    assert len(reports(as_xlsx(office_paper(), dashed))) == 2
