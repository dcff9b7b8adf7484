"""A quarter of the fiscal year by its number: ১ম ত্রৈমাসিক, ২য় কোয়ার্টারে, Q3, চতুর্থ প্রান্তিক."""

import re
from functools import lru_cache

from transforms.calendar_words import Line, ordinal_endings, read_line
from transforms.reading import Reading

_ORDINAL = "(?:O|nS)"
_ORDINALS = rf"{_ORDINAL}(?:[ ,&()/-]{{1,3}}{_ORDINAL})*"


def _numbered(noun: str) -> re.Pattern[str]:
    """Return the shapes of a noun with its number before or after it."""
    # A bare number counts only where it cannot be a figure: "কোয়ার্টারে ১ টি" names no quarter.
    bare = f"{noun}[-:.]?n(?![w%])|{noun} ?[-:(] ?n(?! ?[w%./])|{noun} n(?= ?[(),])|^{noun} n$"
    return re.compile(f"{_ORDINALS}[ )-]{{0,2}}{noun}|{noun}[ :(-]{{0,2}}{_ORDINALS}|{bare}")


_QUARTER = _numbered("Q")
_HALF_YEAR = _numbered("H")
_WITH_AN_ENDING = re.compile("nw[ -]?Q")


def read_quarter(text: str) -> Reading[int]:
    """Read the quarter (1 to 4) that a text names by number; it may be a whole sentence.

    Nothing where none is named. Refused with `several_quarters` where two are, and `no_such_quarter` where
    the number is none of the four.
    """
    return quarter_in(read_line(text))


@lru_cache(maxsize=1 << 14)
def quarter_in(line: Line) -> Reading[int]:
    """Return the quarter that a line names, as `read_quarter` does."""
    numbers = _numbers(line, _QUARTER)
    if len(numbers) > 1:
        return Reading(flag="several_quarters")
    return _one_of(4, numbers, "no_such_quarter")


def misnumbers_a_quarter(line: Line) -> bool:
    """Whether a line numbers a quarter by what is none of the four: ৫ম, or ৮য় with the ending of another."""
    matches = _WITH_AN_ENDING.finditer(line.shape)
    has_anothers_ending = any(line.matched(match)[1].text in ordinal_endings() for match in matches)
    return has_anothers_ending or quarter_in(line).flag == "no_such_quarter"


def half_year_in(line: Line) -> Reading[int]:
    """Return the half of the fiscal year (1 or 2) that a line names by number, if it names one."""
    numbers = _numbers(line, _HALF_YEAR)
    if len(numbers) > 1:
        return Reading(flag="several_half_years")
    return _one_of(2, numbers, "no_such_half_year")


def _numbers(line: Line, shape: re.Pattern[str]) -> set[int]:
    words = (word for match in shape.finditer(line.shape) for word in line.matched(match))
    return {word.value for word in words if word.letter in "On"}


def _one_of(count: int, numbers: set[int], flag: str) -> Reading[int]:
    if not numbers:
        return Reading()
    number = numbers.pop()
    return Reading(number) if number in range(1, count + 1) else Reading(flag=flag)
