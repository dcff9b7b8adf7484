"""A span of days as headings write it: two months, two days, a quarter or a whole year.

Months come in pairs with one year, two or none: (অক্টোবর/২৪-ডিসেম্বর/২৪), জুলাই-সেপ্টেম্বর-১৭,
জানুয়ারি ২০২৫ থেকে মার্চ ২০২৫, (জুলাই ২০২১- জুন ২০২২), জুলাই ০১, ২০20 - জুন ৩০, ২০21.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from transforms.calendar_words import Line, Word, read_line
from transforms.dates import DATE_SHAPE, date_matched, says_nothing
from transforms.fiscal_year import FiscalYear, fiscal_year_in, last_of_month, quarter_with_months
from transforms.quarter import half_year_in, quarter_in
from transforms.reading import Reading

Days = tuple[date, date]
_HALF_YEARS = {1: (1, 2), 2: (3, 4)}

# --- the shapes --------------------------------------------------------------------------------------

_ALONE = r"(?<![nyx][-/.।])(?<![nyx] - )"
_TO = "[ )]{0,2}[->][ (]{0,2}"
# A year in full may stand behind the bracket that the months stand in: "(জুলাই-সেপ্টেম্বর) ২০২৪".
_JOIN = "(?:[.:]? ?[-/,'(]{0,2} ?'?|[)],? ?(?=y))"
_ERA = "(?: ?E[.:]?)?"
# A year is one number: in "জুলাই-সেপ্টেম্বর ২০২৪-২৫" a fiscal year follows months that have no year.
_YEAR_ENDS = "(?![-/.।']?[nyx]| ?- ?[nyx]|, ?y|%)"
_YEAR_BEFORE = f"(?:{_ALONE}(?P<year_before>y) ?E ?)?"


def _month(name: str) -> str:
    return f"(?P<{name}>M)[.:]?(?: ?m)?(?: ?u)?"


def _year(name: str) -> str:
    return f"(?:{_JOIN}(?P<{name}>[yn]){_YEAR_ENDS}{_ERA})?"


_TWO_DATES = re.compile(
    f"{_ALONE}(?P<first_date>{DATE_SHAPE})(?:[ )]|E[.:]?)*{_TO}(?P<last_date>{DATE_SHAPE})"
)
_MONTHS = re.compile(
    f"{_YEAR_BEFORE}{_month('first')}{_year('first_year')}{_TO}{_month('last')}{_year('last_year')}"
)
_LISTED_MONTHS = re.compile(
    f"{_YEAR_BEFORE}(?P<first>M)(?P<between>(?: ?[,/&] ?M)*) ?[,/&] ?{_month('last')}{_year('last_year')}"
)
_NUMBERED_MONTHS = re.compile(
    rf"{_ALONE}(?P<first>n)[-/.](?P<first_year>y){_TO}(?P<last>n)[-/.](?P<last_year>y){_YEAR_ENDS}"
)
_DAY_TO_DATE = re.compile(
    f"{_ALONE}(?P<first_day>n)(?: ?S)?(?: ?[-/,.]? ?(?P<first_month>M))?{_TO}"
    f"(?=(?P<last_day>n))(?P<last_date>{DATE_SHAPE})"
)
_A_DATE = re.compile(DATE_SHAPE)
# "মার্চ ১২ টি" tells a month and a count, not a month of 2012.
_ONE_MONTH = re.compile(
    f"{_YEAR_BEFORE}(?<![nS])(?<![nS][ /.,-]){_month('first')}{_year('first_year')}(?!(?<= n) ?w)"
)
_CALENDAR_YEAR = re.compile("[ (]*(?P<year>y) ?E[ ).,:।]*")

# In this order, each blind to what an earlier one has taken: the ২৪-ডিসেম্বর/২৪ within a pair of months looks
# like a date, and a date holds what looks like a month with its year.
_SHAPES = (_TWO_DATES, _MONTHS, _LISTED_MONTHS, _NUMBERED_MONTHS, _DAY_TO_DATE, _A_DATE, _ONE_MONTH)


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch of time written in a text.

    `months` are its first and last month where it is one of whole months. `days` are its first and last day,
    or refused: `no_year` where months stand without one, `end_before_start`, or the flag of a date in it.
    """

    months: tuple[int, int] | None
    days: Reading[Days]

    @property
    def quarter(self) -> int | None:
        """The quarter whose months these are, whatever the years say; `None` for any other span."""
        return quarter_with_months(*self.months) if self.months else None

    @property
    def outlasts_a_month(self) -> bool:
        """Whether the days are known and too many for one month."""
        return self.days.value is not None and (self.days.value[1] - self.days.value[0]).days > 31

    @property
    def is_a_bare_month(self) -> bool:
        """Whether only the name of a month stands there, as it may in any sentence."""
        return self.days.flag == "no_year" and self.months is not None and len(set(self.months)) == 1

    def within(self, year: FiscalYear) -> Reading[Days]:
        """Return the days, those of months that have no year by the fiscal year given."""
        if self.days.flag != "no_year" or self.months is None:
            return self.days
        first, last = (year.first_of_month(month) for month in self.months)
        return _in_order(first, last_of_month(last))


def read_span(text: str) -> Reading[Days]:
    """Read the first and the last day of the period that a text names; it may be a whole sentence.

    Months or days are believed before a quarter, a quarter before a fiscal year; months and quarters without
    a year take the fiscal year in the same text. Nothing for a blank or a dash.
    Refused with `no_year`, `end_before_start`, `several_spans`, `unnamed_quarter` or `unnamed_half_year`
    (which one is not said), the flag of what is wrong with a date, quarter or fiscal year, or `not_a_period`.
    """
    return Reading() if says_nothing(text) else _read_span(read_line(text))


@lru_cache(maxsize=1 << 14)
def spans_in(line: Line) -> tuple[Span, ...]:
    """Return the spans of months and days in a line, in their order; a date by itself is none."""
    return tuple(span for _, span in sorted(_spans(line), key=lambda found: found[0]))


@lru_cache(maxsize=1 << 14)
def _read_span(line: Line) -> Reading[Days]:
    year = fiscal_year_in(line)
    spans = spans_in(line)
    telling = [span for span in spans if not span.is_a_bare_month] or spans
    readings = {span.within(year.value) if year.value else span.days for span in telling}
    if len(readings) == 1:
        return readings.pop()
    if readings:
        return Reading(flag="several_spans")
    calendar_year = _CALENDAR_YEAR.fullmatch(line.shape)
    if calendar_year:
        return _months((1, 12), (_named(line, calendar_year)["year"],) * 2).days
    return _quarter_or_year(line, year)


def _quarter_or_year(line: Line, year: Reading[FiscalYear]) -> Reading[Days]:
    """Return the days of the quarters that a line names, or of the whole fiscal year where it names none."""
    quarters = _quarters(line)
    if quarters.value is None:
        return Reading(flag=quarters.flag)
    if year.value is None:
        names_a_quarter = quarters.value != (1, 4)
        return Reading(flag=year.flag or ("no_year" if names_a_quarter else "not_a_period"))
    first, last = (year.value.quarter_days(quarter) for quarter in quarters.value)
    return Reading((first[0], last[1]))


def _quarters(line: Line) -> Reading[tuple[int, int]]:
    """Return the first and the last quarter of what a line names: a quarter, a half-year or else a year."""
    quarter, half = quarter_in(line), half_year_in(line)
    if quarter.value is not None:
        return Reading((quarter.value, quarter.value))
    if half.value is not None:
        return Reading(_HALF_YEARS[half.value])
    unnamed = {"Q": quarter.flag or "unnamed_quarter", "H": half.flag or "unnamed_half_year"}
    flag = next((flag for letter, flag in unnamed.items() if letter in line.shape), None)
    return Reading(flag=flag) if flag else Reading((1, 4))


# --- from shapes to spans ----------------------------------------------------------------------------


def _spans(line: Line) -> Iterator[tuple[int, Span]]:
    """Yield each span with the place it begins at."""
    shape = line.shape
    for written in _SHAPES:
        for match in written.finditer(shape):
            if written is not _A_DATE:
                read = _span_of_days if "last_date" in written.groupindex else _span_of_months
                yield match.start(), read(line, match)
        shape = written.sub(lambda match: "#" * len(match[0]), shape)


def _span_of_months(line: Line, match: re.Match[str]) -> Span:
    named = _named(line, match)
    first, last = named["first"].value, named.get("last", named["first"]).value
    if not {first, last} <= set(range(1, 13)):
        return Span(None, Reading(flag="impossible_date"))
    if "between" in match.re.groupindex and not _follow_each_other(line, match):
        return Span(None, Reading(flag="several_spans"))
    year_before = named.get("year_before")
    return _months((first, last), (named.get("first_year", year_before), named.get("last_year", year_before)))


def _follow_each_other(line: Line, match: re.Match[str]) -> bool:
    months = [word.value for word in line.matched(match) if word.letter == "M"]
    return months == list(range(months[0], months[-1] + 1))


def _months(months: tuple[int, int], years: tuple[Word | None, Word | None]) -> Span:
    """Return the span of two months; a year written once is that of both where they stand in its order."""
    first_year, last_year = years
    if months[0] <= months[1]:
        first_year, last_year = first_year or last_year, last_year or first_year
    if first_year is None or last_year is None:
        return Span(months, Reading(flag="no_year"))
    if first_year.year is None or last_year.year is None:
        return Span(months, Reading(flag="implausible_year"))
    first, last = date(first_year.year, months[0], 1), date(last_year.year, months[1], 1)
    return Span(months, _in_order(first, last_of_month(last)))


def _span_of_days(line: Line, match: re.Match[str]) -> Span:
    last = date_matched(line, *match.span("last_date"))
    if last.value is None:
        return Span(None, Reading(flag=last.flag))
    first = _first_day(line, match, last.value)
    if first.value is None:
        return Span(None, Reading(flag=first.flag))
    is_of_whole_months = first.value.day == 1 and last.value == last_of_month(last.value)
    months = (first.value.month, last.value.month) if is_of_whole_months else None
    return Span(months, _in_order(first.value, last.value))


def _first_day(line: Line, match: re.Match[str], last: date) -> Reading[date]:
    """Return the first day, which may lean on the last for its month and year: ০১-০৬ জুলাই ২০২৪."""
    if "first_date" in match.re.groupindex:
        return date_matched(line, *match.span("first_date"))
    named = _named(line, match)
    day, month = named["first_day"].value, named.get("first_month")
    try:
        first = (
            date(last.year, month.value, day) if month else last - timedelta(named["last_day"].value - day)
        )
    except ValueError:
        return Reading(flag="impossible_date")
    return Reading(first) if day else Reading(flag="impossible_date")


def _in_order(first: date, last: date) -> Reading[Days]:
    return Reading((first, last)) if first <= last else Reading(flag="end_before_start")


def _named(line: Line, match: re.Match[str]) -> dict[str, Word]:
    """Return the word that each named group of a match begins with."""
    return {name: line.words[match.start(name)] for name, part in match.groupdict().items() if part}
