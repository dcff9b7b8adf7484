"""The Bangla calendar of Bangladesh, in which letters are dated and now and then a cell (১৫ চৈত্র ১৪৩১)."""

from calendar import isleap
from datetime import date, timedelta
from itertools import accumulate

from transforms.reference import load_toml

FALGUN = 11
_YEARS_BEHIND = 593  # 1 Boishakh 1431 is 14 April 2024


def from_bangla(year: int, month: int, day: int) -> date:
    """Return the day of the common calendar; months count from Boishakh (1) to Chaitra (12).

    Raises `ValueError` where the calendar has no such day, and for years before its first official rule.
    """
    lengths = _month_lengths(year)
    if month not in range(1, 13) or day not in range(1, lengths[month - 1] + 1):
        raise ValueError(f"the Bangla calendar has no day {day} of month {month} in {year}")
    days_before = [0, *accumulate(lengths)][month - 1] + day - 1
    return date(year + _YEARS_BEHIND, 4, 14) + timedelta(days=days_before)


def _month_lengths(year: int) -> list[int]:
    rules = [rule for rule in load_toml("calendar.toml")["bangla_years"] if rule["from"] <= year]
    if not rules:
        raise ValueError(f"no rule is known for the Bangla year {year}")
    lengths: list[int] = list(max(rules, key=lambda rule: rule["from"])["days"])
    lengths[FALGUN - 1] += isleap(year + _YEARS_BEHIND + 1)
    return lengths
