"""Dates and month names as offices write them: the day always first, in either digits, in either calendar.

Every form that is read is written down here as a pattern over the shape of the text (see `calendar_words`)
and matched whole: date parsers that try orders in turn read ৬/১৩/২৫ as 13 June, and these refuse it.
"""

import re
from calendar import isleap
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from transforms.bangla_calendar import from_bangla
from transforms.calendar_words import PLAUSIBLE_YEARS, Line, read_line
from transforms.fiscal_year import FiscalYear
from transforms.match_key import match_key
from transforms.numerals import bengali_digits
from transforms.reading import Reading
from transforms.reference import load_toml

_SEPARATOR = " ?[-/.।] ?'?"
_DAY = "(?:[nx](?: ?S)?|O)"
_MONTH = "[MB](?: ?m)?"
_GAP = "[.:]? ?[-/,.']? ?"
# "১৬ মার্চ ১২ টি" tells a day and a count, not a day in 2012.
_YEAR_AFTER_MONTH = "(?:[yx]|n(?! ?[w%]))"
# In "অক্টোবর/২৪-ডিসেম্বর/২৪" the ২৪ before the hyphen is October's year, not a day of December.
_NOT_A_MONTHS_YEAR = "(?<!M)(?<!M[ /,.'-])(?<!M[/,.-] )"

# The orders in which day, month and year may stand; Y is a year of the Bangla era.
_ORDERS = {
    "dmY": f"n{_SEPARATOR}n{_SEPARATOR}[nyx](?= ?b)",
    "ymd": f"y{_SEPARATOR}n{_SEPARATOR}n",
    "ydm": f"{_NOT_A_MONTHS_YEAR}y ?E ?{_DAY} ?{_MONTH}",
    "mdy": f"{_MONTH} ?{_DAY} ?,? ?y",
    "dmy": f"[nx]{_SEPARATOR}[nyx]{_SEPARATOR}[nyx]"
    f"|{_NOT_A_MONTHS_YEAR}{_DAY}{_GAP}{_MONTH}{_GAP}{_YEAR_AFTER_MONTH}",
}
_ORDERED = "|".join(f"(?P<{order}>{shape})" for order, shape in _ORDERS.items())
DATE_SHAPE = f"(?:{'|'.join(_ORDERS.values())})"

_TIME = r"(?:[ t]n:n(?::n(?:\.[nyx])?)?)?"
_BEFORE = "(?:[TWE (][TWE (:,.-]*+)?+'?"
_AFTER = f"{_TIME}[ETbW ().,:।]*+"
_LINK = f"{_AFTER}[-/,>&]?{_BEFORE}"

_DATE = re.compile(_ORDERED)
_WHOLE = re.compile(f"{_BEFORE}(?:{_ORDERED}){_AFTER}")
_DATES = re.compile(f"{_BEFORE}{DATE_SHAPE}(?:{_LINK}{DATE_SHAPE})+{_AFTER}")
# Dates count only where no further number or letter touches them (12.5.24.001 is a reference, [১.১.১০] a
# code, o৫/০৩/২৫ has lost a digit), and where they do not end what began before: "১৬ ও ১৭ মার্চ ২০২৫".
_DATES_IN_TEXT = re.compile(
    rf"(?<![nyx][-/.।])(?<![\[w])(?:(?P<dates>{DATE_SHAPE}(?:{_LINK}{DATE_SHAPE})*)"
    rf"|{_DAY}(?:{_GAP}{_MONTH})? ?[-,&>] ?{DATE_SHAPE})(?![-/.।]?[nyx]|[w\]])"
)
_NOTHING = re.compile("[ ×-]*")

# Why a text that is no date is refused, most telling first.
_REFUSALS = {
    "plain_number": re.compile(r" ?[nyx](?:\.[nyx])? ?"),
    "date_range": re.compile(
        f"{_BEFORE}(?:{DATE_SHAPE}|{_DAY}(?:{_GAP}{_MONTH})?){_AFTER}(?:-|>){_BEFORE}{DATE_SHAPE}{_AFTER}u?{_AFTER}"
    ),
    "several_dates": re.compile(f"{_BEFORE}{_DAY}(?: ?[,&/] ?{_DAY})+{_GAP}{_MONTH}{_GAP}[nyx]{_AFTER}"),
    "incomplete_date": re.compile(
        f"{_BEFORE}(?:n{_SEPARATOR}[ny]|{_DAY}{_GAP}{_MONTH}|{_MONTH}(?:{_GAP}[nyx])?){_AFTER}"
    ),
}
_MONTH_ALONE = re.compile(r"M[.:]?(?: ?m)?[.।]?")


def read_date(text: str, within: FiscalYear | None = None) -> Reading[date]:
    """Read the one date a text holds; nothing for a blank, a dash, নাই, প্রযোজ্য নয় and the like.

    Read are ১৬/০৩/২৫, ৬.৪.২০২৫, 2025-03-16 00:00:00, ১৬ই মার্চ ২০২৫, মার্চ ১৬, ২০২৫ and ১৫ চৈত্র ১৪৩১, with the
    day of the week, the era or তারিখে beside them; two-digit years are of this century. Two dates that are
    the same day, as letters give it in both calendars, are one.

    Refused with `impossible_date` (৩১/০৬/২৫), `truncated_year` (৩০-০৫-২০২), `implausible_year`,
    `incomplete_date` (no year, or no day), `date_range` (০১-০৬ জুলাই ২০২৪), `several_dates`,
    `date_in_sentence`, `plain_number` (a spreadsheet's serial number is a date only by its cell's format), or
    `not_a_date` for words such as অর্জিত হয়েছে.
    A date outside the fiscal year given as `within` keeps its value and carries `outside_fiscal_year`.
    """
    if says_nothing(text):
        return Reading()
    reading = _read_date(read_line(text))
    if within is not None and reading.value is not None and not within.contains(reading.value):
        return Reading(reading.value, "outside_fiscal_year")
    return reading


def read_month(text: str) -> Reading[int]:
    """Read the name of a month, 1 for January to 12, whole or shortened, with মাস beside it or without.

    Nothing for any other text: মার্চেন্ট is no month.
    """
    line = read_line(text)
    return Reading(line.words[0].value) if _MONTH_ALONE.fullmatch(line.shape) else Reading()


def dates_in(text: str) -> tuple[date, ...]:
    """Return the full dates that stand in a sentence, in their order.

    From "১৬.০৩.২০২৫ তারিখে (৩য় কোয়ার্টারে) বাস্তবায়িত হবে।" that is 16 March 2025. What only looks like a
    date (৩১/০৬/২৫, the code [১.১.১০], a part of a longer number) is passed over.
    """
    return _dates_in(read_line(text))


def write_date(day: date) -> str:
    """Return a date as offices write it: ১৬/০৩/২০২৫."""
    return bengali_digits(f"{day:%d/%m/%Y}")


def write_month(month: int) -> str:
    """Return the Bengali name of a month, 1 to 12; raises `KeyError` for any other number."""
    name: str = load_toml("calendar.toml")["months"][str(month)][0]
    return name


def years_later(day: date, years: int) -> date:
    """Return the same day of a later year (or an earlier one); 29 February becomes the 28th."""
    year = day.year + years
    is_leap_day_lost = (day.month, day.day) == (2, 29) and not isleap(year)
    return day.replace(year=year, day=28 if is_leap_day_lost else day.day)


def says_nothing(text: str) -> bool:
    """Whether a cell was left without a date: blank, a dash, a cross, or words such as প্রযোজ্য নয়."""
    words = load_toml("numerals.toml")["nothing"]
    is_blank = _NOTHING.fullmatch(read_line(text).shape) is not None
    return is_blank or match_key(text) in {match_key(word) for word in words}


def date_matched(line: Line, start: int, end: int) -> Reading[date]:
    """Return the date that `DATE_SHAPE` matched between two places of a line's shape."""
    match = _DATE.match(line.shape, start)
    if match is None or match.end() != end:
        raise ValueError(f"no date stands at {start} to {end} of {line.shape!r}")
    return _date(line, match)


@lru_cache(maxsize=1 << 14)
def _read_date(line: Line) -> Reading[date]:
    match = _WHOLE.fullmatch(line.shape)
    return _date(line, match) if match else _one_of_several(line) or Reading(flag=_refusal(line))


def _date(line: Line, match: re.Match[str]) -> Reading[date]:
    order = match.lastgroup or ""
    numbers = (word for word in line.matched(match, order) if word.letter in "nyxOMB")
    parts = dict(zip(order.lower(), numbers, strict=True))
    is_bangla = "Y" in order or parts["m"].letter == "B"
    if len(parts["y"].text) in ((1, 2, 3) if is_bangla else (1, 3)):
        return Reading(flag="truncated_year")
    year = parts["y"].value if is_bangla else parts["y"].year
    if year is None:
        return Reading(flag="implausible_year")
    try:
        day = (from_bangla if is_bangla else date)(year, parts["m"].value, parts["d"].value)
    except ValueError:
        return Reading(flag="impossible_date")
    return Reading(day) if day.year in PLAUSIBLE_YEARS else Reading(flag="implausible_year")


@lru_cache(maxsize=1 << 14)
def _dates_in(line: Line) -> tuple[date, ...]:
    return tuple(day for day in _days_in(line) if day)


def _days_in(line: Line) -> Iterator[date | None]:
    """Yield each date in a line, `None` for what has the shape of a date and is none."""
    for found in _DATES_IN_TEXT.finditer(line.shape):
        place, end = found.span("dates")
        while place < end and (match := _DATE.search(line.shape, place)):
            yield _date(line, match).value
            place = match.end()


def _one_of_several(line: Line) -> Reading[date] | None:
    """Return the day that a text of nothing but dates means, where all are the same day."""
    if not _DATES.fullmatch(line.shape):
        return None
    days = set(_days_in(line))
    only = days.pop() if len(days) == 1 else None
    return Reading(only) if only else None


def _refusal(line: Line) -> str:
    for flag, shape in _REFUSALS.items():
        if shape.fullmatch(line.shape):
            return flag
    days = _dates_in(line)
    if not days:
        return "not_a_date"
    return "date_in_sentence" if len(days) == 1 else "several_dates"
