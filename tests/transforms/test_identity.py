"""Whose report a form is, and of which annex."""

from dataclasses import replace

import pytest

from extractors.reader import read
from tests.transforms.matrix_papers import matrix_paper
from tests.transforms.papers import (
    FIGURES,
    INDICATOR,
    SIGNATURE,
    STANDARD,
    TITLE,
    Paper,
    as_docx,
    as_xlsx,
    codes,
    column,
    figures,
    office_paper,
    plan,
    read_bytes,
    told,
)
from transforms.form import find_forms
from transforms.identity import annex_of, division_of_form, office_of_form
from transforms.numerals import bengali_digits
from transforms.report_file import read_file

WITHOUT_OFFICE = (*TITLE[:3], *TITLE[4:])
WITHOUT_ANNEX = (*TITLE[:4], "২য় ত্রৈমাসিক অগ্রগতির প্রতিবেদন (অক্টোবর/২৪-ডিসেম্বর/২৪)")
KHULNA = "বিভাগীয় সরকারি গণগ্রন্থাগার, খুলনা"
JASHORE = "জেলা সরকারি গণগ্রন্থাগার, যশোর"


def form_of(paper):
    (form,) = find_forms(read(as_docx(paper)))
    return form


# --- the office ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (TITLE, SIGNATURE),
        (("\n".join(TITLE),), ()),
        ((*TITLE[:3], "জেলা সরকারি গণগ্রন্থাগার", "যশোর", *TITLE[4:]), ()),
        (WITHOUT_OFFICE, (*SIGNATURE, JASHORE)),
        (WITHOUT_OFFICE, (f"সহকারী পরিচালক, {JASHORE}",)),
        ((f"প্রাপক: পরিচালক, {KHULNA}", *TITLE), (*SIGNATURE, JASHORE)),
        ((*WITHOUT_OFFICE, "কার্যালয়ের নাম: যশোর"), ()),
    ],
)
def test_office_is_found_wherever_it_is_named(above, below):
    report = read_bytes(as_docx(office_paper(above=above, below=below)))
    assert (report.office_id, figures(report), report.status) == ("jashore", FIGURES, "accepted")


@pytest.mark.parametrize("paired", [False, True])
def test_office_in_a_table_of_labels(paired):
    labels = (("কার্যালয়ের নাম", JASHORE if paired else "যশোর"), ("ত্রৈমাসিক", "২য়"))
    report = read_bytes(as_docx(Paper(WITHOUT_OFFICE, labels, then=office_paper(above=()))))
    assert (report.office_id, figures(report)) == ("jashore", FIGURES)


def test_office_nobody_knows_is_held_with_three_suggestions_and_no_signature_overrules_it():
    above = (*TITLE[:3], "শার্শা উপজেলা সরকারি গণগ্রন্থাগার, যশোর", *TITLE[4:])
    report = read_bytes(as_docx(office_paper(above=above, below=(JASHORE,))))
    assert (report.rejection_code, report.observations) == ("unknown_office", ())
    (found,) = (found for found in report.findings if found.code == "unknown_office")
    assert (found.cell, found.raw_text) == ("paragraph 4", above[3])
    assert found.message_en.count("%") == 3


def test_office_named_nowhere():
    report = read_bytes(as_docx(office_paper(above=WITHOUT_OFFICE)))
    assert report.rejection_code == "unknown_office"
    assert told(report, "unknown_office") == [""]
    (found,) = (found for found in report.findings if found.code == "unknown_office")
    assert "«»" not in found.message_bn and "লেখা নেই" in found.message_bn
    assert found.message_en.startswith("Neither the title nor the signature says which office")


def test_two_offices_and_neither_signs():
    report = read_bytes(as_docx(office_paper(above=(KHULNA, *TITLE))))
    assert report.rejection_code == "unknown_office"
    assert told(report, "unknown_office") == [f"{KHULNA} / {JASHORE}"]


def test_signature_of_another_office_is_asked_about():
    magura = "জেলা সরকারি গণগ্রন্থাগার, মাগুরা"
    report = read_bytes(as_docx(office_paper(below=(*SIGNATURE, magura))))
    assert (report.office_id, figures(report)) == ("jashore", FIGURES)
    (found,) = (found for found in report.findings if found.code == "office_conflict")
    assert (found.raw_text, found.severity, found.office_id) == (magura, "warn", "jashore")
    assert "মাগুরা" in found.message_bn


def test_cover_names_the_office():
    report = read_bytes(as_xlsx(Paper((JASHORE,), ()), office_paper(above=WITHOUT_OFFICE)))
    assert report.office_id == "jashore"


# --- the division ----------------------------------------------------------------------------------------


def test_division_of_the_title_or_of_the_library_that_signs():
    untitled = matrix_paper(above=("সমন্বিত প্রতিবেদন",))
    assert division_of_form(form_of(matrix_paper())).division_id == "chattogram"
    assert division_of_form(form_of(untitled)).division_id == "chattogram"
    assert division_of_form(form_of(replace(untitled, below=()))) is None


# --- the annex -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "above",
    [
        TITLE,
        ("ই-গভর্নেন্স ও উদ্ভাবন কর্মপরিকল্পনা",),
        ("ই-গভর্ন্যান্স ও", "উদ্ভাবন কর্মপরিকল্পনা"),
        ("E-governance and Innovation Action Plan",),
        WITHOUT_ANNEX,
    ],
)
def test_annex_by_its_title_or_by_its_indicators(above):
    assert annex_of(form_of(office_paper(above=above))) == "egov"


def test_annex_by_codes_and_weights_where_the_words_are_shortened():
    short = column(lambda indicator: f"[{bengali_digits(indicator.code)}] কাজ", "সূচক")
    shortened = office_paper(*STANDARD[:2], short, *STANDARD[3:], above=WITHOUT_ANNEX)
    assert annex_of(form_of(shortened)) == "egov"


def test_annex_that_neither_title_nor_indicators_tell():
    other = column(lambda indicator: f"[{bengali_digits(indicator.code)}] অন্য কাজ", "সূচক")
    without_weights = office_paper(STANDARD[0], other, STANDARD[3], *STANDARD[5:], above=WITHOUT_ANNEX)
    assert annex_of(form_of(without_weights)) is None
    assert read_bytes(as_docx(without_weights)).rejection_code == "unknown_form"


def test_annex_of_a_matrix_without_a_title():
    assert annex_of(form_of(matrix_paper(above=("৪র্থ ত্রৈমাসিক ২০২৩-২৪",)))) == "egov"


def test_year_without_a_plan_is_held():
    above = tuple(line.replace("/২৪", "/২৯") for line in TITLE)
    deed = column(lambda indicator: "১", "২য় কোয়ার্টারে অর্জন")
    report = read_bytes(as_docx(office_paper(INDICATOR, STANDARD[3], deed, STANDARD[-1], above=above)))
    assert (report.rejection_code, report.fiscal_year) == ("unknown_plan", "2029-30")


# --- the period ------------------------------------------------------------------------------------------


def test_disagreeing_period_is_asked_about_at_the_first_place_that_states_it():
    above = (*TITLE[:5], TITLE[5].replace("২য়", "৩য়"))
    report = read_bytes(as_docx(office_paper(above=above)))
    (found,) = (found for found in report.findings if found.code == "period_conflict")
    assert (found.cell, found.raw_text) == ("paragraph 6", above[5])
    assert (report.quarter, figures(report)) == (2, FIGURES)


def test_columns_of_other_quarters_and_years_are_no_conflict():
    groups = (*STANDARD[:5], column(lambda _: "৭", "প্রকৃত অর্জন ২০২২-২৩"), *STANDARD[5:])
    assert "period_conflict" not in codes(read_bytes(as_docx(office_paper(*groups))))


def test_office_and_division_of_the_real_reports(shared):
    seeds = shared / "seeds"
    (khulna,), (chattogram,) = (
        find_forms(read((seeds / name).read_bytes()))
        for name in ("khulna_office_report_2024-25_q2.txt", "chattogram_divisional_matrix_2023-24_q4.txt")
    )
    assert office_of_form(khulna).office.office_id == "khulna"
    assert division_of_form(chattogram).division_id == "chattogram"
    assert (annex_of(khulna), annex_of(chattogram)) == ("egov", "egov")


def test_plan_has_the_indicators_that_the_tests_report():
    assert set(FIGURES) == {indicator.code for indicator in plan().indicators}


# --- the name of the file ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "is_told"),
    [
        ("Q3 2024-25.docx", True),
        ("jashore_Q1_2024-25.docx", True),
        ("যশোর ৩য় ত্রৈমাসিক.docx", True),
        ("যশোর ২য় ত্রৈমাসিক ২০২৩-২৪.docx", True),
        ("পাঠানো.zip/যশোর ৩য় ত্রৈমাসিক.docx", True),
        ("Q3/যশোর ২য় ত্রৈমাসিক.docx", False),
        ("যশোর ২য় ত্রৈমাসিক ২০২৪-২৫.docx", False),
        ("Q4.docx", False),  # of the calendar year
        ("report (1).docx", False),
        ("scan-2025-01-12.docx", False),
        ("APA 2024-25 final.docx", False),
    ],
)
def test_file_called_after_another_period_is_asked_about(name, is_told):
    (report,) = read_file("0" * 64, name, as_docx(office_paper()))
    assert (report.fiscal_year, report.quarter) == ("2024-25", 2)
    assert ("file_name_conflict" in codes(report)) is is_told
