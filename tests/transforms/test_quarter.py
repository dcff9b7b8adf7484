import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.calendar_words import read_line
from transforms.quarter import half_year_in, misnumbers_a_quarter, read_quarter


@pytest.mark.parametrize(
    ("text", "quarter"),
    [
        ("১ম ত্রৈমাসিক", 1),
        ("২য় কোয়ার্টারে", 2),
        ("১ম কোয়ার্টার", 1),
        ("১ম প্রান্তিক", 1),
        ("প্রথম কোয়ার্টার", 1),
        ("দ্বিতীয় কোয়ার্টার", 2),
        ("তৃতীয় কোয়ার্টার", 3),
        ("চতুর্থ কোয়ার্টার", 4),
        ("৪র্থ ত্রৈমাসিকের", 4),
        ("৪ৰ্থ কোয়াটারে", 4),
        ("২ য় কোয়াটার", 2),
        ("২য়ত্রৈমাসিক", 2),
        ("১মকোয়ার্টারে", 1),
        ("৪র্থপ্রান্তিকের", 4),
        ("২য় এৈমাসিক", 2),
        ("২য় কোর্য়াটার", 2),
        ("Q1", 1),
        ("Q-3", 3),
        ("1st Quarter", 1),
        ("2nd Qtr.", 2),
        ("Quarter 2", 2),
        ("Quarter 2 (Oct-Dec 2024)", 2),
        ("ত্রৈমাসিক: ৩য়", 3),
        ("কোয়ার্টার (২য়)", 2),
        ("৩য় ত্রৈ-মাসিক", 3),
        ("চতুর্থ (৪র্থ) ত্রৈমাসিক", 4),
        ("২য় কোয়ার্টার (Q2)", 2),
        ("১৬.০৩.২০২৫ তারিখে (৩য় কোয়ার্টারে) বাস্তবায়িত হবে।", 3),
        ("২য় কোয়ার্টারে অধিদপ্তর কতৃক বাস্তবায়িত হয়েছে।", 2),
        ("ই-গভর্ন্যান্স ও উদ্ভাবন কর্মপরিকল্পনার ২য় ত্রৈমাসিক অগ্রগতির প্রতিবেদন", 2),
    ],
)
def test_a_quarter_is_read_by_its_number_wherever_it_stands(text, quarter):
    assert read_quarter(text).value == quarter


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("২য় ও ৩য় কোয়ার্টারে", "several_quarters"),
        ("প্রথম/দ্বিতীয়/তৃতীয়/চতুর্থ কোয়ার্টার", "several_quarters"),
        ("১ম কোয়ার্টার ও ২য় কোয়ার্টার", "several_quarters"),
        ("৫ম কোয়ার্টার", "no_such_quarter"),
        ("Q7", "no_such_quarter"),
    ],
)
def test_a_text_that_names_no_single_quarter_is_refused(text, flag):
    reading = read_quarter(text)
    assert (reading.value, reading.flag) == (None, flag)


@pytest.mark.parametrize(
    ("text", "is_misnumbered"),
    [
        ("৮য় ত্রৈমাসিক", True),
        ("৩র্থ কোয়ার্টার (জানুয়ারি-মার্চ ২০২৫)", True),
        ("৪য়-প্রান্তিকে", True),
        ("৫ম কোয়ার্টার", True),
        ("৩য় ত্রৈমাসিক", False),
        ("৪টি ত্রৈমাসিক", False),
        ("২য় ও ৩য় কোয়ার্টারে", False),
        ("৪র্থ তলা, ত্রৈমাসিক প্রতিবেদন", False),
    ],
)
def test_a_number_that_no_quarter_has_is_told(text, is_misnumbered):
    assert misnumbers_a_quarter(read_line(text)) is is_misnumbered


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "ত্রৈমাসিক প্রতিবেদন",
        "পূর্ববর্তী কোয়ার্টারে অর্জিত",
        "কোয়ার্টারে ১ টি",
        "কোয়ার্টারে ২টি কর্মশালা",
        "কোয়ার্টারে-২টি কর্মশালা",
        "কোয়ার্টার: ৮৪.২১%",
        "২য় সভা",
        "১ম শ্রেণি",
        "১য় কোয়ার্টার",
        "অর্ধবার্ষিক",
    ],
)
def test_a_text_that_numbers_no_quarter_says_nothing(text):
    assert read_quarter(text).is_nothing


@pytest.mark.parametrize(("text", "half"), [("১ম অর্ধবার্ষিক", 1), ("২য় ষাণ্মাসিক", 2), ("অর্ধ-বার্ষিক", None)])
def test_half_years_are_numbered_alike(text, half):
    assert half_year_in(read_line(text)).value == half


@given(st.text(alphabet="১২৩৪1234মযয়র্থQকোয়ার্টার -()/&ওবংএ"))
def test_a_quarter_is_one_of_four_or_none(text):
    assert read_quarter(text).value in (None, 1, 2, 3, 4)
