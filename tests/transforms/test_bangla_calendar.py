from datetime import date, timedelta

import pytest

from transforms.bangla_calendar import from_bangla

DAYS_OF_A_YEAR = [(month, day) for month in range(1, 13) for day in range(1, 32)]


def days_of(year: int) -> list[date]:
    days = []
    for month, day in DAYS_OF_A_YEAR:
        try:
            days.append(from_bangla(year, month, day))
        except ValueError:
            continue
    return days


@pytest.mark.parametrize(
    ("bangla", "common"),
    [
        ((1431, 12, 15), date(2025, 3, 29)),
        ((1432, 7, 16), date(2025, 11, 1)),
        ((1432, 1, 1), date(2025, 4, 14)),
        # The days that the reform of 2019 tied together for good.
        ((1427, 11, 8), date(2021, 2, 21)),
        ((1426, 12, 12), date(2020, 3, 26)),
        ((1426, 9, 1), date(2019, 12, 16)),
        # The last day of Ashwin that the reform added, and the same day of the year under the rule before.
        ((1426, 6, 31), date(2019, 10, 16)),
        ((1425, 7, 1), date(2018, 10, 16)),
        ((1425, 11, 9), date(2019, 2, 21)),
    ],
)
def test_a_bangla_day_is_the_day_the_newspapers_print(bangla, common):
    assert from_bangla(*bangla) == common


@pytest.mark.parametrize("year", range(1394, 1500))
def test_the_days_of_a_bangla_year_follow_each_other_from_14_april_to_13_april(year):
    days = days_of(year)
    first, last = date(year + 593, 4, 14), date(year + 594, 4, 13)
    assert days == [first + timedelta(offset) for offset in range((last - first).days + 1)]


@pytest.mark.parametrize(
    "impossible",
    [(1431, 7, 31), (1431, 11, 30), (1425, 6, 31), (1431, 13, 1), (1431, 0, 1), (1431, 1, 0), (1393, 1, 1)],
)
def test_a_day_that_the_bangla_calendar_does_not_have_is_an_error(impossible):
    with pytest.raises(ValueError, match="Bangla"):
        from_bangla(*impossible)


def test_falgun_has_a_day_more_in_the_leap_year_it_falls_in():
    assert from_bangla(1430, 11, 30) == date(2024, 3, 14)
    with pytest.raises(ValueError, match="Bangla"):
        from_bangla(1432, 11, 30)
