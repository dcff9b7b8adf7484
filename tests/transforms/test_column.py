import pytest

from extractors.grid import Cell, Row
from tests.transforms.papers import rows_of
from transforms.column import columns_below


def columns(*texts):
    return {column.number: column for column in columns_below(rows_of(*texts))}


def roles(*texts):
    return {number: column.role for number, column in columns(*texts).items()}


def test_group_heading_spreads_over_the_blanks_to_its_right():
    upper = ("ক্রম", "কর্মসম্পাদন সূচক", "অর্জন", "", "", "মন্তব্য")
    lower = ("", "", "১ম ত্রৈমাসিক", "২য় ত্রৈমাসিক", "ক্রমপুঞ্জিভূত", "")
    assert roles(upper, lower) == {
        1: "serial", 2: "indicator", 3: "achievement", 4: "achievement", 5: "year_to_date", 6: "remark",
    }  # fmt: skip
    assert [columns(upper, lower)[number].heading.quarter for number in (3, 4)] == [1, 2]


def test_blank_right_of_a_heading_that_is_no_group_stays_without_heading():
    assert roles(("ক্রম", "কর্মসম্পাদন সূচক", "", "অর্জন")) == {1: "serial", 2: "indicator", 4: "achievement"}


def test_merged_group_does_not_spread_beyond_its_merge():
    upper = Row(1, (Cell("a", 1, "কর্মসম্পাদন সূচক"), Cell("b", 2, "অর্জন", column_span=2), Cell("c", 4, "")))
    lower = Row(2, (Cell("d", 2, "১ম ত্রৈমাসিক"), Cell("e", 3, "২য় ত্রৈমাসিক"), Cell("f", 4, "৩য় ত্রৈমাসিক")))
    assert [column.role for column in columns_below([upper, lower])] == [
        "indicator", "achievement", "achievement", "unknown",
    ]  # fmt: skip


def test_heading_that_no_entry_knows_keeps_its_column_apart():
    headings = ("ক্রম", "অজানা শব্দ", "কর্মসম্পাদন সূচক", "অর্জন", "মন্তব্য")
    assert roles(headings) == {1: "serial", 2: "unknown", 3: "indicator", 4: "achievement", 5: "remark"}
    assert columns(headings)[2].cell.text == "অজানা শব্দ"


def test_weight_of_an_area_is_not_the_indicators():
    assert roles(("কার্যক্রমের ক্ষেত্র", "মান", "কর্মসম্পাদন সূচক", "মান", "অর্জন", "প্রাপ্ত মান")) == {
        1: "area", 2: "area_weight", 3: "indicator", 4: "weight", 5: "achievement", 6: "ignored",
    }  # fmt: skip


# --- a column that a quarter alone heads -----------------------------------------------------------------

BANDS = ("অসাধারণ", "অতি উত্তম", "উত্তম", "চলতি মান", "চলতি মানের নিম্নে")


@pytest.mark.parametrize("quarter", ["২য় কোয়ার্টার", "অক্টোবর/২৪-ডিসেম্বর/২৪", "২য় ত্রৈমাসিক (অক্টোবর-ডিসেম্বর)"])
def test_beside_the_bands_it_is_what_was_done(quarter):
    headings = ("ক্রম", "কর্মসম্পাদন সূচক", *BANDS, quarter, "ক্রমপুঞ্জিভূত অর্জন", "মন্তব্য")
    assert roles(headings)[8] == "achievement"


@pytest.mark.parametrize(
    "headings",
    [
        ("লক্ষ্যমাত্রা", "২য় কোয়ার্টার", "ক্রমপুঞ্জিভূত অর্জন"),  # the quarter's target, it may be
        (*BANDS, "১ম কোয়ার্টার", "২য় কোয়ার্টার", "ক্রমপুঞ্জিভূত অর্জন"),
        (*BANDS, "২য় কোয়ার্টার", "অর্জন"),
    ],
)
def test_where_it_could_be_something_else_it_is_unknown(headings):
    assert "unknown" in roles(("ক্রম", "কর্মসম্পাদন সূচক", *headings)).values()
