import pytest

from tests.transforms.forms_of_years import a_year_later, grid, natore, titled
from transforms.annex import all_annexes, annex_named, annexes_named
from transforms.report_file import read_reports

SISTERS = {
    "সংযোজনী- ৪: জাতীয় শুদ্ধাচার কৌশল কর্মপরিকল্পনা": "integrity",
    "সংযোজনী- ৬: অভিযোগ প্রতিকার ব্যবস্থা সংক্রান্ত কর্মপরিকল্পনা": "grievance",
    "সেবা প্রদান প্রতিশ্রুতি বাস্তবায়ন কর্মপরিকল্পনা": "citizens-charter",
    "তথ্য অধিকার বিষয়ে বার্ষিক কর্মপরিকল্পনা": "right-to-information",
    "ই-গভর্নেন্স ও উদ্ভাবন কর্মপরিকল্পনার ১ম ত্রৈমাসিক": "egov",
}


def read(text):
    (report,) = read_reports("0" * 64, "report.txt", grid(text))
    return report


def codes(report):
    return {found.code for found in report.findings}


@pytest.mark.parametrize(("title", "annex"), SISTERS.items())
def test_each_annex_is_known_by_its_title(title, annex):
    assert annex_named([title]) == annex


@pytest.mark.parametrize("title", ["", "অগ্রগতির প্রতিবেদন", "বার্ষিক কর্মসম্পাদন চুক্তি"])
def test_a_title_that_names_no_annex_names_none(title):
    assert annex_named([title]) is None


def test_a_title_that_names_two_annexes_names_neither():
    title = "অভিযোগ প্রতিকার ও সেবা প্রদান প্রতিশ্রুতি কর্মপরিকল্পনা"
    assert {annex.annex_id for annex in annexes_named([title])} == {"grievance", "citizens-charter"}
    assert annex_named([title]) is None


def test_each_annex_counts_for_what_the_agreement_gives_it():
    assert {name: (annex.marks, annex.weighted_marks) for name, annex in all_annexes().items()} == {
        "egov": (50, 10),
        "integrity": (50, 10),
        "grievance": (25, 4),
        "citizens-charter": (25, 3),
        "right-to-information": (25, 3),
    }


def test_an_annex_goes_by_the_spellings_of_all_its_plans():
    phrases = all_annexes()["egov"].title_phrases
    assert len(phrases) == len(set(phrases)) >= 3


@pytest.mark.parametrize(("title", "annex"), [entry for entry in SISTERS.items() if entry[1] == "integrity"])
def test_a_report_on_an_annex_without_a_plan_is_kept_until_the_plan_is_there(title, annex):
    report = read(natore(*titled(title, title)))
    assert report.rejection_code == "unknown_plan"
    (told,) = (found for found in report.findings if found.code == "unknown_plan")
    assert all_annexes()[annex].name_bn in told.message_bn
    assert all_annexes()[annex].name_en in told.message_en


def test_a_report_of_a_year_without_a_plan_is_kept_until_the_plan_is_there():
    report = read(a_year_later())
    assert (report.rejection_code, report.fiscal_year) == ("unknown_plan", "2025-26")
    (told,) = (found for found in report.findings if found.code == "unknown_plan")
    assert ("২০২৫-২৬" in told.message_bn, "2025-26" in told.message_en) == (True, True)
    assert not any(digit in told.message_bn for digit in "0123456789")


@pytest.mark.parametrize(
    "title",
    ["ত্রৈমাসিক প্রতিবেদন", "ই-গভর্ন্যান্স ও উদ্ভাবন এবং অভিযোগ প্রতিকার কর্মপরিকল্পনা"],
    ids=["none", "two"],
)
def test_where_the_title_names_no_annex_or_two_the_indicators_tell(title):
    report = read(natore(*titled(title)))
    assert report.rejection_code is None
    assert {observation.plan_id for observation in report.observations} == {"egov-2024-25"}


@pytest.mark.parametrize(
    "title",
    ["ত্রৈমাসিক প্রতিবেদন", "ই-গভর্ন্যান্স ও উদ্ভাবন এবং অভিযোগ প্রতিকার কর্মপরিকল্পনা"],
    ids=["none", "two"],
)
def test_where_the_indicators_do_not_tell_either_nothing_is_guessed(title):
    lines = natore(*titled(title)).splitlines()
    kept = [line for line in lines if "[১.১.১]" in line or "[" not in line]
    told = "\n".join(kept).replace("সেবা/অফিস ব্যবস্থাপনা সহজিকরণ/ডিজিটাইজেশনের মাধ্যমে ন্যূনতম একটি", "একটি")
    report = read(told.replace("উদ্ভাবনী ধারণা বাস্তবায়িত", "গাছ রোপিত"))
    assert report.rejection_code == "unknown_form"
    assert report.observations == ()
