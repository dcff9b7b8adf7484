"""Read as: what is made of one text when it is read as a number, a date, a period and so on.

The form that a person at a terminal, or a test, sees: dates in ISO form, numbers plain (percentages in
percentage points, without their sign), a period as first and last day, `None` for nothing there and for
what was refused.
"""

from collections.abc import Callable
from datetime import date

from transforms.bengali_text import canonical, text_flag
from transforms.dates import read_date, read_month
from transforms.match_key import match_key
from transforms.numerals import Number, read_number, read_ordinal
from transforms.reading import Reading
from transforms.reporting_period import read_span

Shown = str | int | float | None


def read_as(kind: str, text: str) -> Reading[Shown]:
    """Read a text as one of `KINDS`; raises `KeyError` for any other kind."""
    return KINDS[kind](text)


def _text(text: str) -> Reading[Shown]:
    return Reading(canonical(text) or None, text_flag(text))


def _key(text: str) -> Reading[Shown]:
    return Reading(match_key(text) or None)


def _number(text: str) -> Reading[Shown]:
    number = read_number(text)
    return Reading(None if number.value is None else _plain(number.value), number.flag)


def _date(text: str) -> Reading[Shown]:
    day = read_date(text)
    return Reading(None if day.value is None else day.value.isoformat(), day.flag)


def _month(text: str) -> Reading[Shown]:
    month = read_month(text)
    return Reading(month.value, month.flag)


def _ordinal(text: str) -> Reading[Shown]:
    ordinal = read_ordinal(text)
    return Reading(ordinal.value, ordinal.flag)


def _period(text: str) -> Reading[Shown]:
    span = read_span(text)
    return Reading(None if span.value is None else _days(*span.value), span.flag)


def _plain(number: Number) -> Shown:
    return int(number.value) if number.value.is_integer() else number.value


def _days(first: date, last: date) -> str:
    return f"{first.isoformat()}/{last.isoformat()}"


KINDS: dict[str, Callable[[str], Reading[Shown]]] = {
    "text": _text,
    "key": _key,
    "number": _number,
    "date": _date,
    "month": _month,
    "ordinal": _ordinal,
    "period": _period,
}
