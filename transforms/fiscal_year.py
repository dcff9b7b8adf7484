"""The fiscal year of Bangladesh, July to June, and its quarters."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from transforms.calendar_words import Line, Word, read_line
from transforms.reading import Reading

MONTHS_OF_A_QUARTER = 3
_QUARTERS = 4
_WRITTEN = re.compile(r"(?P<start>[0-9]{4})-(?P<end>[0-9]{2})")

# Two numbers count as a fiscal year only where no third stands beside them: 2025-03-16 is a date, and
# ৪৩.২৪.০০০০.০০১.২০২৪-১৫ a letter's reference number.
_ALONE_BEFORE = r"(?<![nyx][-/.।])"
_ALONE_AFTER = r"(?![-/.।]?[nyx])"
_TO = r"(?: ?- ?|/)'?"
_YEARS = re.compile(
    rf"{_ALONE_BEFORE}(?:y{_TO}[yn]{_ALONE_AFTER}|n{_TO}n(?= ?F)|(?<=F)[ :-]*n{_TO}n{_ALONE_AFTER})"
)
_ONE_YEAR = re.compile(r"F[ :-]*y|Fn|y ?F")


@dataclass(frozen=True, slots=True, order=True)
class FiscalYear:
    """One fiscal year, by the calendar year it starts in; `str` writes it `2024-25`, as it is stored."""

    start: int

    def __str__(self) -> str:
        return f"{self.start}-{(self.start + 1) % 100:02}"

    @classmethod
    def of(cls, day: date) -> "FiscalYear":
        """Return the fiscal year that a day lies in."""
        return cls(day.year if day.month >= 7 else day.year - 1)

    @classmethod
    def parse(cls, text: str) -> "FiscalYear":
        """Return the fiscal year written `2024-25`; raises `ValueError` for anything else.

        Offices write it in many more ways: those are for `read_fiscal_year`.
        """
        written = _WRITTEN.fullmatch(text)
        if not written or str(year := cls(int(written["start"]))) != text:
            raise ValueError(f"no fiscal year of the form 2024-25: {text!r}")
        return year

    @property
    def first_day(self) -> date:
        """1 July."""
        return date(self.start, 7, 1)

    @property
    def last_day(self) -> date:
        """30 June."""
        return date(self.start + 1, 6, 30)

    def contains(self, day: date) -> bool:
        """Whether a day lies in this fiscal year."""
        return self.first_day <= day <= self.last_day

    def first_of_month(self, month: int) -> date:
        """Return the first day that a month (1 to 12) has in this fiscal year."""
        return date(self.start if month >= 7 else self.start + 1, month, 1)

    def quarter_days(self, quarter: int) -> tuple[date, date]:
        """Return the first and the last day of a quarter; raises `ValueError` unless it is 1 to 4."""
        if quarter not in range(1, _QUARTERS + 1):
            raise ValueError(f"a fiscal year has no quarter {quarter}")
        first_month, last_month = months_of_quarter(quarter)
        return self.first_of_month(first_month), last_of_month(self.first_of_month(last_month))


def months_of_quarter(quarter: int) -> tuple[int, int]:
    """Return the first and the last month of a quarter: 7 and 9 for the first, 4 and 6 for the fourth."""
    first = (7 + (quarter - 1) * MONTHS_OF_A_QUARTER - 1) % 12 + 1
    return first, first + MONTHS_OF_A_QUARTER - 1


def quarter_of(day: date) -> int:
    """Return the quarter (1 to 4) that a day lies in: 1 for July to September."""
    return (day.month - 7) % 12 // MONTHS_OF_A_QUARTER + 1


def quarter_with_months(first: int, last: int) -> int | None:
    """Return the quarter that begins and ends with these months, if one does."""
    quarters = range(1, _QUARTERS + 1)
    return next((quarter for quarter in quarters if months_of_quarter(quarter) == (first, last)), None)


def last_of_month(day: date) -> date:
    """Return the last day of the month that a day lies in."""
    in_next_month = day.replace(day=28) + timedelta(days=4)
    return in_next_month.replace(day=1) - timedelta(days=1)


def read_fiscal_year(text: str) -> Reading[FiscalYear]:
    """Read the fiscal year that stands in a text: ২০২৪-২০২৫, ২০২১-২২ অর্থ-বছরের, 2024-25, FY24-25.

    Nothing where none stands there. Refused with `fiscal_year_not_consecutive` where its end is not the year
    after its start (২০৩২-২০২৪ stands on an office's page: a slip that must not be settled by guessing),
    `one_year_only` where only one year stands beside the words, and `several_fiscal_years`.
    """
    return fiscal_year_in(read_line(text))


@lru_cache(maxsize=1 << 14)
def fiscal_year_in(line: Line) -> Reading[FiscalYear]:
    """Return the fiscal year that stands in a line, as `read_fiscal_year` does."""
    pairs = [line.matched(match) for match in _YEARS.finditer(line.shape)]
    numbers = [[word for word in pair if word.letter in "ny"] for pair in pairs]
    years = {year for start, end in numbers if (year := _consecutive(start, end))}
    if len(years) == 1:
        return Reading(years.pop())
    if years:
        return Reading(flag="several_fiscal_years")
    if numbers:
        return Reading(flag="fiscal_year_not_consecutive")
    return Reading(flag="one_year_only" if _ONE_YEAR.search(line.shape) else None)


def _consecutive(start: Word, end: Word) -> FiscalYear | None:
    """Return the fiscal year from one written year to the next, each of two or four digits."""
    if start.year is None or end.text not in (f"{start.year + 1}", f"{(start.year + 1) % 100:02}"):
        return None
    return FiscalYear(start.year)
