from datetime import date, timedelta
from itertools import pairwise

import pytest

from transforms.fiscal_year import (
    FiscalYear,
    months_of_quarter,
    quarter_of,
    quarter_with_months,
    read_fiscal_year,
)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("২০২৪-২০২৫", 2024),
        ("২০২৪–২০২৫", 2024),
        ("২০২৪ - ২৫", 2024),
        ("২০২১-২২", 2021),
        ("২০২৪/২৫", 2024),
        ("২০২৪-’২৫", 2024),
        ("2024-25", 2024),
        ("২০১7-২০১8", 2017),
        ("২০২০-২০21 অর্থ বছর", 2020),
        ("২০২১-২২ অর্থ-বছরের", 2021),
        ("অর্থবছরঃ ২০২৪-২৫", 2024),
        ("২৪-২৫ অর্থবছর", 2024),
        ("FY24-25", 2024),
        ("FY 2024-25", 2024),
        ("১৯৯৯-২০০০", 1999),
        ("১৯৯৯-০০", 1999),
        ("লক্ষ্যমাত্রা ২০২৪-২০২৫", 2024),
        ("চট্টগ্রাম বিভাগসহ ২০২৩-২০২৪ অর্থবছরের অগ্রগতির প্রতিবেদন", 2023),
        ("২০২১-২০২৬ মেয়াদের পরিকল্পনা, অর্থবছর ২০২৪-২৫", 2024),
    ],
)
def test_a_fiscal_year_is_read_in_every_written_form(text, start):
    assert read_fiscal_year(text).value == FiscalYear(start)


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("২০৩২-২০২৪", "fiscal_year_not_consecutive"),
        ("২০২৪-২০২৬", "fiscal_year_not_consecutive"),
        ("২০২৪-২৪", "fiscal_year_not_consecutive"),
        ("২০২৫-২০২৪", "fiscal_year_not_consecutive"),
        ("২০২৪-৫", "fiscal_year_not_consecutive"),
        ("অর্থবছর ২০২৪", "one_year_only"),
        ("FY25", "one_year_only"),
        ("২০২৩-২৪ ও ২০২৪-২৫", "several_fiscal_years"),
    ],
)
def test_a_slip_in_a_fiscal_year_is_refused_and_not_settled(text, flag):
    reading = read_fiscal_year(text)
    assert (reading.value, reading.flag) == (None, flag)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "২০২১খ্রি:",
        "২৪-২৫",
        "2024-25-03",
        "১৬-০৩-২০২৫",
        "৪৩.২৪.০০০০.০০১.২০২৪-২৫",
        "০২৪০০০০০০০১/০২৪০০০০০০০২",
    ],
)
def test_a_text_without_a_fiscal_year_says_nothing_of_one(text):
    assert read_fiscal_year(text).is_nothing


@pytest.mark.parametrize("start", [1990, 1999, 2009, 2024, 2089])
def test_the_stored_form_is_read_back(start):
    assert (
        FiscalYear.parse(str(FiscalYear(start)))
        == FiscalYear(start)
        == read_fiscal_year(str(FiscalYear(start))).value
    )


@pytest.mark.parametrize("text", ["2024-26", "2024-2025", "২০২৪-২৫", "2024", "", "24-25"])
def test_only_the_stored_form_is_parsed(text):
    with pytest.raises(ValueError, match="fiscal year"):
        FiscalYear.parse(text)


def test_the_year_runs_from_july_to_june():
    year = FiscalYear(2024)
    assert (year.first_day, year.last_day) == (date(2024, 7, 1), date(2025, 6, 30))
    assert FiscalYear.of(date(2024, 6, 30)) == FiscalYear(2023)
    assert FiscalYear.of(date(2024, 7, 1)) == year
    assert year.contains(date(2025, 6, 30))
    assert not year.contains(date(2025, 7, 1))
    assert FiscalYear(2023) < year


@pytest.mark.parametrize("start", [2023, 2024])
def test_the_four_quarters_fill_the_year_without_a_gap(start):
    year = FiscalYear(start)
    quarters = [year.quarter_days(quarter) for quarter in (1, 2, 3, 4)]
    assert quarters[0][0] == year.first_day
    assert quarters[3][1] == year.last_day
    for (_, last), (first, _) in pairwise(quarters):
        assert first - last == timedelta(days=1)


@pytest.mark.parametrize("quarter", [0, 5])
def test_a_fiscal_year_has_no_other_quarter(quarter):
    with pytest.raises(ValueError, match="no quarter"):
        FiscalYear(2024).quarter_days(quarter)


def test_quarters_are_known_by_their_months():
    assert [months_of_quarter(quarter) for quarter in (1, 2, 3, 4)] == [(7, 9), (10, 12), (1, 3), (4, 6)]
    assert quarter_with_months(1, 3) == 3
    assert quarter_with_months(7, 12) is None
    assert quarter_with_months(8, 10) is None


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_a_day_knows_its_quarter(quarter):
    first, last = FiscalYear(2024).quarter_days(quarter)
    assert {quarter_of(first + timedelta(days)) for days in range((last - first).days + 1)} == {quarter}
