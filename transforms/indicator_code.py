"""An indicator's code, `[৪.১.২]`, and the words round it in a form or in a matrix heading."""

import re
from dataclasses import dataclass
from functools import lru_cache

from transforms.bengali_text import ascii_digits, canonical
from transforms.heading import read_unit
from transforms.numerals import read_number

# Numbers with points between them; brackets, spaces and the digits' script are as each office types them.
_BEFORE = r"^\W{0,3}?"
_POINT = r"\s*[.·।]\s*"
_AFTER = r"(?![.·।]?\d)\s*[\])}।.:-]*"
_CODE = re.compile(rf"{_BEFORE}(\d{{1,2}}){_POINT}(\d{{1,2}}){_POINT}(\d{{1,2}}){_AFTER}")
_ACTIVITY = re.compile(rf"{_BEFORE}\d{{1,2}}{_POINT}\d{{1,2}}{_AFTER}\s*[^\W\d]")
# Without brackets ১৬.৩.২৪ is a day: no activity has this many indicators, and no report is of earlier years.
_A_DAY = re.compile(rf"^\s*\d{{1,2}}{_POINT}\d{{1,2}}{_POINT}(?:1[5-9]|[2-9]\d)(?!\d)")
# "একক-তারিখ (মান-১০)" ends an indicator's heading in a matrix; brackets and commas are as each typist likes.
_UNIT_AND_WEIGHT = re.compile(
    r"[\s(,]*একক\s*[-–—:=]*\s*(?P<unit>[^()\s,।]+)[\s(),।]*মান\s*[-–—:=]*\s*(?P<weight>[^()\s,]+)[\s)।.,]*$"
)


@dataclass(frozen=True, slots=True)
class IndicatorText:
    """What stands in an indicator's cell.

    `code` is in ASCII digits (`4.1.2`), empty where none stands; `statement` is what follows it. A matrix
    heading also holds the `unit` (`date`, `number`, `percent`) and the `weight` in marks.
    """

    code: str
    statement: str
    unit: str = ""
    weight: float | None = None


@lru_cache(maxsize=4096)
def read_indicator_text(text: str) -> IndicatorText:
    """Read a cell such as `[১.১.১] … বাস্তবায়িত। একক-তারিখ (মান-১০)`."""
    words = canonical(text)
    code, words = _take_code(words)
    tail = _UNIT_AND_WEIGHT.search(words)
    if tail is None:
        return IndicatorText(code, words.strip())
    weight = read_number(tail["weight"]).value
    return IndicatorText(
        code=code,
        statement=words[: tail.start()].strip(),
        unit=read_unit(tail["unit"]),
        weight=weight.value if weight else None,
    )


def names_activity(text: str) -> bool:
    """Whether a cell begins with an activity's number and goes on in words: `[১.১] সেবা সহজিকরণ`."""
    return bool(_ACTIVITY.match(ascii_digits(canonical(text))))


def _take_code(words: str) -> tuple[str, str]:
    """Split the code from the words behind it; digits of every script become ASCII one for one."""
    in_ascii = ascii_digits(words)
    found = _CODE.match(in_ascii)
    if found is None or _A_DAY.match(in_ascii):
        return "", words
    return ".".join(str(int(number)) for number in found.groups()), words[found.end() :]
