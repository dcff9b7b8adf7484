"""The text of a number that a spreadsheet stores apart from how it is shown.

A sheet holds 0.8 and shows ৮০%; it holds 45732 and shows 16/03/25. Value and format only mean something
together, so they become one text here: the value in full precision, as the format says what it is.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache

_BENGALI_DIGITS = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")

# `[$-5000445]`: the first of the seven digits is the numeral shape (5: Bengali), the last four the language
# (0445 Bengali in India, 0845 in Bangladesh). Without a shape the language itself is Bengali.
_BENGALI_NUMERALS = re.compile(r"\[\$[^\]-]*-(?:5[0-9a-f]{6}|0*[48]45)\]", re.IGNORECASE)
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|[_*](.)', re.DOTALL)  # quoted, escaped; as wide as, filled with
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]")  # hours beyond a day
_CONDITION = re.compile(r"\[[^\]]*\]")  # colours, languages, comparisons

_LAST_SERIAL = 2_958_465  # 9999-12-31, where spreadsheets stop
_SERIAL_OF_1_MARCH_1900 = 61  # before it every serial is a day off: they count a 29 February 1900
_DAYS_FROM_1900_TO_1904 = 1462


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """What a number format says about the number under it."""

    has_year_or_month: bool = False
    has_day: bool = False
    has_time: bool = False
    is_percentage: bool = False  # stored as a fraction of one
    shows_percent_sign: bool = False  # the sign is only painted behind the number as stored
    bengali_digits: bool = False

    @property
    def has_date(self) -> bool:
        """Whether the number counts days."""
        return self.has_year_or_month or self.has_day


def text_of(value: float, format_code: str, *, from_1904: bool = False) -> str:
    """Return a stored number as text.

    A percentage comes as percentage points with its sign (`80%` for 0.8), a date as `2025-03-16` in ASCII
    digits, or as `2025-03` where the format shows no day, since then nobody typed one; a time as
    `10:30:00`. Numbers come without grouping or exponent, in twelve significant digits, in Bengali digits
    where the format shows those. `from_1904` is the day count of old Macintosh workbooks.
    """
    shown = number_format(format_code)
    if shown.has_date and 1 <= value <= _LAST_SERIAL:  # a 0 typed into a date cell stays a 0
        return _date(value, shown, from_1904)
    if shown.has_time and not shown.has_date and value >= 0:
        return _time(value)
    if shown.is_percentage:
        text = f"{_plain(value * 100)}%"
    else:
        text = f"{_plain(value)}%" if shown.shows_percent_sign else _plain(value)
    return text.translate(_BENGALI_DIGITS) if shown.bengali_digits else text


@lru_cache(maxsize=1024)
def number_format(code: str) -> NumberFormat:
    """Read a format code such as `[$-5000445]0.00%` or `dd/mm/yyyy;@`; its first section decides."""
    painted = "".join(quoted + escaped for quoted, escaped, _ in _LITERAL.findall(code))
    bare = _CONDITION.sub("", _ELAPSED.sub(r"\1", _LITERAL.sub("", code).lower())).partition(";")[0]
    if "general" in bare:
        bare = ""
    has_time = "h" in bare or "s" in bare
    return NumberFormat(
        # An m beside hours or seconds means minutes.
        has_year_or_month="y" in bare or ("m" in bare and not has_time),
        has_day="d" in bare,
        has_time=has_time,
        is_percentage="%" in bare,
        shows_percent_sign="%" in painted,
        bengali_digits=bool(_BENGALI_NUMERALS.search(code)),
    )


def _date(serial: float, shown: NumberFormat, from_1904: bool) -> str:
    if from_1904:
        serial += _DAYS_FROM_1900_TO_1904
    day_zero = datetime(1899, 12, 30 if serial >= _SERIAL_OF_1_MARCH_1900 else 31)
    moment = day_zero + timedelta(seconds=round(serial * 86400))
    if shown.has_time:
        return moment.isoformat(sep=" ")
    return moment.date().isoformat() if shown.has_day else f"{moment:%Y-%m}"


def _time(days: float) -> str:
    minutes, seconds = divmod(round(days * 86400), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}"


def _plain(number: float) -> str:
    if number == int(number):
        return str(int(number))  # also a telephone number of thirteen digits
    return format(Decimal(f"{number:.12g}"), "f")
