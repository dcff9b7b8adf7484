"""An indicator's code, `[৪.১.২]`, and the words round it in a form or in a matrix heading."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from transforms.bengali_text import ascii_digits, canonical
from transforms.heading import read_heading, read_unit
from transforms.numerals import read_number
from transforms.reference import load_toml, replacement_folder

# Numbers with points between them; brackets, spaces and the digits' script are as each office types them.
_BEFORE = r"^\W{0,3}?"
_POINT = r"\s*[.·।]{1,2}\s*"
_AFTER = r"(?![.·।]?\d)\s*[\])}।.:-]*"
_CODE = re.compile(rf"{_BEFORE}(\d{{1,2}}){_POINT}(\d{{1,2}}){_POINT}(\d{{1,2}}){_AFTER}")
# Hyphens and commas make a code where brackets or words beside it say that it is no day and no list.
_HYPHENED = re.compile(
    r"^\W{0,2}?(?:[\[({]\s*(?=[^\])}]*[\])}])|(?=\S*\s+[^\W\d]))"
    r"(\d{1,2})\s*([-–,])\s*(\d{1,2})\s*\2\s*(\d)(?!\d)\s*[\])}।.:-]*"
)
_LABEL = re.compile(
    rf"^\W{{0,2}}([^\d\W][^\d\[({{]{{1,24}}?)[\s:–-]*(?=[\[({{]?\s*\d{{1,2}}{_POINT}\d{{1,2}}{_POINT}\d)"
)
_BEHIND = re.compile(rf"\[\s*(\d{{1,2}}){_POINT}(\d{{1,2}}){_POINT}(\d{{1,2}})\s*\]\W*$")
_ACTIVITY = re.compile(rf"{_BEFORE}(\d{{1,2}}){_POINT}(\d{{1,2}}){_AFTER}\s*(?=[^\W\d])")
# An activity and its indicator in one cell: "[৪.১] ই-নথি [৪.১.২] নোট নিষ্পত্তিকৃত". Their numbers agree.
_ACTIVITY_BEFORE = re.compile(
    rf"{_BEFORE}(\d{{1,2}}){_POINT}(\d{{1,2}}){_AFTER}[^\[\]]+(?=\[\s*\1{_POINT}\2{_POINT}\d{{1,2}}\s*\]\s*[^\[\]]+$)"
)
# Without brackets ১৬.৩.২৪ is a day: no activity has this many indicators, and no report is of earlier years.
_A_DAY = re.compile(rf"^\s*\d{{1,2}}{_POINT}\d{{1,2}}{_POINT}(?:1[5-9]|[2-9]\d)(?!\d)")
# What Excel makes of a code that looks like a day: 4.1.2 is 4 January 2002, or 1 April.
_EATEN = re.compile(r"20(\d\d)-(\d\d)-(\d\d)")
_FIRST_YEAR_OF_REPORTS = 15  # of this century
# "একক-তারিখ (মান-১০)" ends an indicator's heading in a matrix; order and brackets are as each typist likes.
_SIGN = r"(?:\s*[-–—:=]+\s*|\s+|(?=\d))"
_END = r"[\s()\[\]।.,;]*$"
_UNIT_IN_BRACKETS = re.compile(r"[\s,]*\(([^()]+)\)\s*$")


@dataclass(frozen=True, slots=True)
class IndicatorText:
    """What stands in an indicator's cell.

    `code` is in ASCII digits (`4.1.2`), empty where none stands; `statement` is what follows it. A matrix
    heading also holds the `unit` (`date`, `number`, `percent`) and the `weight` in marks; `unit_text` is the
    unit as it stands.
    """

    code: str
    statement: str
    unit: str = ""
    weight: float | None = None
    unit_text: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class ActivityText:
    """What stands in an activity's cell: its `number` in ASCII digits (`4.1`) and the words behind it."""

    number: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class _UnitAndWeight:
    """The end of an indicator's heading: where it begins, and what it says; what it leaves out is empty."""

    start: int
    unit: str
    weight: str


@lru_cache(maxsize=4096)
def read_indicator_text(text: str) -> IndicatorText:
    """Read a cell such as `[১.১.১] … বাস্তবায়িত। একক-তারিখ (মান-১০)`."""
    words = canonical(text)
    code, words = _take_code(words)
    tail = _unit_and_weight(words)
    if not code:
        code, words = _take_code_behind(words[: tail.start] if tail else words)
    if tail is None:
        return IndicatorText(code, words.strip())
    weight = read_number(tail.weight).value
    return IndicatorText(
        code=code,
        statement=words[: tail.start].strip(),
        unit=read_unit(tail.unit),
        weight=weight.value if weight else None,
        unit_text=tail.unit,
    )


def names_activity(text: str) -> bool:
    """Whether a cell begins with an activity's number and goes on in words: `[১.১] সেবা সহজিকরণ`."""
    return bool(read_activity_text(text).number)


@lru_cache(maxsize=4096)
def read_activity_text(text: str) -> ActivityText:
    """Read a cell such as `[১.১] সেবা সহজিকরণ`; one without a number, or without words, has neither."""
    words = canonical(text)
    found = _ACTIVITY.match(ascii_digits(words))
    return ActivityText(_in_ascii(found.groups()), words[found.end() :]) if found else ActivityText()


def codes_eaten(text: str) -> frozenset[str]:
    """Return the codes that a spreadsheet may have turned into this day, for a person or the words to choose.

    Days of no code, in years that reports are written in, are left alone.
    """
    found = _EATEN.fullmatch(text.strip())
    if found is None or int(found[1]) >= _FIRST_YEAR_OF_REPORTS:
        return frozenset()
    year, month, day = found.groups()
    return frozenset({_in_ascii((day, month, year)), _in_ascii((month, day, year))})


def _take_code(words: str) -> tuple[str, str]:
    """Split the code from the words behind it; digits of every script become ASCII one for one."""
    in_ascii = ascii_digits(words)
    label = _LABEL.match(in_ascii)
    if label and read_heading(label[1]).role in ("code", "indicator"):
        words, in_ascii = words[label.end() :], in_ascii[label.end() :]
    activity = _ACTIVITY_BEFORE.match(in_ascii)
    if activity:
        words, in_ascii = words[activity.end() :], in_ascii[activity.end() :]
    found = _CODE.match(in_ascii)
    if found and not _A_DAY.match(in_ascii):
        return _in_ascii(found.groups()), words[found.end() :]
    hyphened = _HYPHENED.match(in_ascii)
    if hyphened:
        return _in_ascii(hyphened.group(1, 3, 4)), words[hyphened.end() :]
    return "", words


def _take_code_behind(words: str) -> tuple[str, str]:
    found = _BEHIND.search(ascii_digits(words))
    return (_in_ascii(found.groups()), words[: found.start()]) if found else ("", words)


def _unit_and_weight(words: str) -> _UnitAndWeight | None:
    """Find unit and weight at the end of a heading, or one of them; a unit beside a weight needs no label."""
    found = next(filter(None, (tail.search(words) for tail in _tails(replacement_folder()))), None)
    if found is None:
        return None
    said = found.groupdict(default="")
    tail = _UnitAndWeight(found.start(), said.get("unit", ""), said.get("weight", ""))
    beside = None if tail.unit else _UNIT_IN_BRACKETS.search(words, 0, tail.start)
    return replace(tail, start=beside.start(), unit=beside[1]) if beside and read_unit(beside[1]) else tail


@cache
def _tails(folder: str) -> tuple[re.Pattern[str], ...]:
    """Return how a heading may end: both in either order, or one alone behind a bracket or before a sign."""
    headings = load_toml("headings.toml")
    units, weights = (_any_of(headings["roles"][role]) for role in ("unit", "weight"))
    word = r"[^()\[\]\s,;।]+"
    unit = rf"(?P<unit>{word}(?:\s*\([^()]*\)|\s+(?!{weights}){word})?)"
    weight = rf"(?P<weight>{word}?)(?:\s*(?:{_any_of(headings['marks']['words'])}))?"
    between, before = r"[\s()\[\],;।]*", r"[\s(\[,;]*"
    labelled_unit, labelled_weight = rf"{units}{_SIGN}{unit}", rf"{weights}{_SIGN}{weight}"
    alone = rf"(?:[\s,;]*[(\[]\s*{{label}}{_SIGN}|[\s,;]+{{label}}\s*[-–—:=]+\s*){{value}}{_END}"
    return tuple(
        re.compile(tail, re.IGNORECASE)
        for tail in (
            rf"{before}{labelled_unit}{between}{labelled_weight}{_END}",
            rf"{before}{labelled_weight}{between}{labelled_unit}{_END}",
            alone.format(label=weights, value=weight),
            alone.format(label=units, value=unit),
        )
    )


def _any_of(phrases: Iterable[str]) -> str:
    """Return a pattern for any of these phrases, the longest that fits."""
    words = [map(re.escape, canonical(phrase).split()) for phrase in sorted(phrases, key=len, reverse=True)]
    return "(?:" + "|".join(map(r"\s+".join, words)) + ")"


def _in_ascii(numbers: Iterable[str]) -> str:
    return ".".join(str(int(number)) for number in numbers)
