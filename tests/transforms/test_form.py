"""Which tables of a file are one report, and which are two."""

from dataclasses import replace

import pytest

from extractors.grid import Grid
from extractors.reader import read
from tests.transforms.matrix_papers import MATRIX_TITLE, matrix_paper
from tests.transforms.papers import (
    FIGURES,
    FORMATS,
    REMARK,
    SIGNATURE,
    STANDARD,
    TITLE,
    Paper,
    achieved,
    as_docx,
    as_format,
    as_xlsx,
    column,
    figures,
    office_paper,
    plan,
    read_bytes,
    told,
)
from transforms.form import FormKind, find_forms

OF_MAGURA = tuple(line.replace("যশোর", "মাগুরা") for line in TITLE)
OF_NOBODY = tuple(line.replace("যশোর", "অজানাপুর") for line in TITLE)
OF_THE_THIRD_QUARTER = tuple(
    line.replace("২য়", "৩য়").replace("অক্টোবর/২৪-ডিসেম্বর/২৪", "জানুয়ারি/২৫-মার্চ/২৫") for line in TITLE
)
OF_GRIEVANCE = (*TITLE[:4], "অভিযোগ প্রতিকার ব্যবস্থা সংক্রান্ত কর্মপরিকল্পনার ২য় ত্রৈমাসিক অগ্রগতি")
THIRD_QUARTER = office_paper(
    *STANDARD[:6], column(achieved, "৩য় কোয়ার্টারে অর্জন (জানুয়ারি/২৫-মার্চ/২৫)"), REMARK, above=()
)
OFFICERS = ("কল্পিত কর্মকর্তা", "সহকারী পরিচালক", "জেলা সরকারি গণগ্রন্থাগার, যশোর")
BROKEN_TITLE = ("জেলা সরকারি গণগ্রন্থাগার", "মাগুরা", *OF_MAGURA[4:])
COVER = Paper(TITLE, ())
BARE = office_paper(above=())
FIRST_HALF = office_paper(indicators=plan().indicators[:5], below=())
SECOND_HALF = office_paper(indicators=plan().indicators[5:], above=())


def forms(content):
    return find_forms(read(content))


# --- what a form is --------------------------------------------------------------------------------------


def test_kinds():
    assert forms(as_docx(office_paper()))[0].kind is FormKind.OFFICE_FORM
    assert forms(as_docx(matrix_paper()))[0].kind is FormKind.DIVISIONAL_MATRIX


def test_title_table_and_signature():
    (form,) = forms(as_docx(office_paper()))
    assert tuple(line.text for line in form.title) == TITLE
    assert tuple(line.text for line in form.signature) == SIGNATURE
    assert len(form.tables) == 1
    assert len(form.rows_of_tables) == 13
    assert form.codes == {indicator.code for indicator in plan().indicators}


@pytest.mark.parametrize("grid", [Grid("text", ()), read(b"no report at all"), read(as_docx(COVER))])
def test_file_without_a_form(grid):
    assert find_forms(grid) == ()


def test_period_of_the_title_of_the_cover_and_of_the_sheets_name():
    untold = office_paper(*STANDARD[:5], STANDARD[5], column(achieved, "অর্জন"), REMARK, above=())
    year = replace(untold, above=("২০২৪-২৫ অর্থবছরের অগ্রগতি",))
    assert str(forms(as_docx(office_paper()))[0].period().period) == "2024-25 Q2"
    assert str(forms(as_xlsx(COVER, untold))[0].period().period) == "2024-25 Q2"
    assert str(forms(as_xlsx(year, names=["২য় ত্রৈমাসিক"]))[0].period().period) == "2024-25 Q2"
    assert forms(as_xlsx(year))[0].period().period is None


# --- one report in several tables ------------------------------------------------------------------------


@pytest.mark.parametrize("above", [(), TITLE, ("চলমান পাতা-২",), (TITLE[3],), ("২য় ত্রৈমাসিক",), SIGNATURE])
def test_table_goes_on_under_no_title_or_the_same(above):
    (form,) = forms(as_docx(replace(FIRST_HALF, then=replace(SECOND_HALF, above=above))))
    assert len(form.tables) == 2
    assert len(form.codes) == 10
    assert [line.text for line in form.signature] == list(SIGNATURE)


def test_table_goes_on_on_the_next_sheet():
    (form,) = forms(as_xlsx(FIRST_HALF, SECOND_HALF))
    assert len(form.codes) == 10


def test_first_of_several_tables_that_is_a_report():
    summary = Paper(TITLE, (("ক্রম", "বিষয়", "মন্তব্য", "সূচক"), ("১", "সভা", "হয়েছে", "২")))
    report = read_bytes(as_docx(replace(summary, then=BARE)))
    assert (figures(report), report.status) == (FIGURES, "accepted")


# --- several reports -------------------------------------------------------------------------------------

SECOND = {
    "another office": office_paper(above=OF_MAGURA),
    "an office that nobody knows": office_paper(above=OF_NOBODY),
    "another quarter": replace(THIRD_QUARTER, above=OF_THE_THIRD_QUARTER),
    "another quarter in its headings": THIRD_QUARTER,
    "the same report again": office_paper(),
    "the same table again": BARE,
    "other indicators of another office": replace(SECOND_HALF, above=OF_MAGURA),
    "other indicators of another annex": replace(SECOND_HALF, above=OF_GRIEVANCE),
    "a matrix": matrix_paper(),
}


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("second", SECOND)
def test_a_second_report_behind_the_first_is_a_form_of_its_own(second, file_format):
    paper = replace(FIRST_HALF if "other indicators" in second else office_paper(), then=SECOND[second])
    first, other = forms(as_format(paper, file_format))
    assert [line.text for line in first.title] == list(TITLE)
    assert set(SECOND[second].above) <= {line.text for line in other.title}


@pytest.mark.parametrize("second", SECOND)
def test_a_second_report_on_another_sheet_is_a_form_of_its_own(second):
    first = FIRST_HALF if "other indicators" in second else office_paper()
    assert len(forms(as_xlsx(first, SECOND[second]))) == 2


def test_two_divisions_are_two_reports():
    khulna = matrix_paper(offices=("খুলনা", "যশোর"), above=(MATRIX_TITLE[0].replace("চট্টগ্রাম", "খুলনা"),))
    assert len(forms(as_docx(replace(matrix_paper(), then=khulna)))) == 2


def test_two_quarters_told_by_the_names_of_their_sheets():
    assert len(forms(as_xlsx(office_paper(), BARE, names=["Q2", "Q3"]))) == 2


def test_a_signature_stands_with_its_own_report_and_not_over_the_next():
    for signature in (OFFICERS, (*OFFICERS[:1], "জেলা সরকারি গণগ্রন্থাগার", "যশোর")):
        for title in (OF_MAGURA, BROKEN_TITLE):
            paper = replace(office_paper(below=signature), then=office_paper(above=title, below=()))
            first, second = forms(as_docx(paper))
            assert tuple(line.text for line in first.signature) == signature
            assert tuple(line.text for line in second.title) == title


def test_a_line_that_may_be_signature_or_title_belongs_to_both():
    paper = replace(office_paper(below=OFFICERS), then=replace(office_paper(), above=OF_THE_THIRD_QUARTER))
    first, second = forms(as_docx(paper))
    assert OFFICERS[-1] in [line.text for line in first.signature]
    assert [line.text for line in second.title] == [*OFFICERS, *OF_THE_THIRD_QUARTER]


def test_a_report_begins_at_the_line_that_says_whose_or_of_when_it_is():
    papers = (replace(office_paper(), then=then) for then in (office_paper(above=OF_MAGURA), BARE))
    titled, bare = (forms(as_docx(paper))[1] for paper in papers)
    assert (titled.begins_at.place, titled.begins_at.text) == ("paragraph 16", OF_MAGURA[-1])
    assert (bare.begins_at.place, bare.begins_at.text) == ("table 2 r1 c1", "ক্রম")


# --- sheets ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sheets", [(COVER, BARE), (BARE, COVER)])
def test_cover_sheet_tells_what_the_reports_own_sheet_does_not(sheets):
    report = read_bytes(as_xlsx(*sheets))
    assert (figures(report), report.office_id, report.quarter) == (FIGURES, "jashore", 2)


def test_hidden_sheet_with_an_old_report_is_not_read_and_noted():
    old = office_paper(above=OF_THE_THIRD_QUARTER)
    report = read_bytes(as_xlsx(old, office_paper(), names=["পুরোনো", "নতুন"], hidden=["পুরোনো"]))
    assert (figures(report), report.status, report.quarter) == (FIGURES, "accepted", 2)
    (found,) = (found for found in report.findings if found.code == "hidden_content")
    assert (found.cell, found.severity) == ("পুরোনো!A1", "note")


def test_hidden_sheet_is_read_where_no_other_holds_a_report():
    report = read_bytes(as_xlsx(office_paper(), Paper(("কিছু নেই",), ()), names=["ক", "খ"], hidden=["ক"]))
    assert figures(report) == FIGURES
    assert told(report, "hidden_content") == []


def test_blank_form_on_another_sheet_is_no_second_report():
    blank = replace(office_paper(), rows=office_paper().rows[:3])
    assert figures(read_bytes(as_xlsx(office_paper(), blank))) == FIGURES
    assert figures(read_bytes(as_xlsx(blank, office_paper()))) == FIGURES


def test_report_that_begins_far_down_a_sheet():
    assert figures(read_bytes(as_xlsx(office_paper(), top=40))) == FIGURES
