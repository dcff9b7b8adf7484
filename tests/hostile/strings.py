"""Give random Bengali-like texts to all that reads a value: `python -m tests.hostile.strings --texts 100000`.

Ends with 1 where a reader raised an exception or took too long for a text; prints how many texts each reader
has read a value from.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from transforms.achievement import Achievement, read_achievement
from transforms.indicator_code import IndicatorText, read_indicator_text
from transforms.numerals import bengali_digits
from transforms.read_as import KINDS
from transforms.reading import Reading
from transforms.reference import load_toml
from transforms.remark import read_remark
from transforms.target_band import read_target

UNITS = ("date", "number", "percent")
MOST_SECONDS = 20.0  # for one text as long as a cell may be, on a busy machine; most take some microseconds

_DIGITS = "০১২৩৪৫৬৭৮৯"
_JOINTS = [
    "/",
    ".",
    "-",
    ",",
    "।",
    ":",
    "ঃ",
    "%",
    " ",
    "\n",
    "\t",
    "(",
    ")",
    "[",
    "]",
    "_",
    "–",
    "—",
    "'",
    '"',
    "=",
]
_MARKS = ["\u200c", "\u200d", "\ufeff", "্", "়", "ঁ", "ং", "া", "ি", "ে", "ো", "\u00a0", "\xad", "\u202e", "\0"]
_WORDS = """
    টি টা জন শতাংশ হাজার লক্ষ কোটি মার্চ ডিসেম্বর বৈশাখ ত্রৈমাসিক কোয়ার্টার ১ম ২য় তৃতীয় অর্থবছর হয়নি হবে করা হয়েছে
    প্রযোজ্য নয় চলমান অধিদপ্তর কর্তৃক nil N/A Q2 July 1e9 NaN inf [১.১.১] ২০২৪-২৫ ২০২৪-২০২৫ অসাধারণ লক্ষ্যমাত্রা - ০
"""


_LENGTHS = [1, 2, 3, 5, 8, 40], [20, 20, 20, 20, 18, 2]  # in pieces, and how often of a hundred

Reader = Callable[[str], object]


def readers() -> dict[str, Reader]:
    """Return what reads a value out of one text, by name."""
    return {
        **{f"read as {kind}": read for kind, read in KINDS.items()},
        "remark": read_remark,
        "indicator": read_indicator_text,
        **{f"achievement, {unit}": partial(_achievement, unit) for unit in UNITS},
        **{f"target, {unit}": partial(_target, unit) for unit in UNITS},
    }


def _achievement(unit: str, text: str) -> object:
    """Read a text in either of the two cells that tell what was done."""
    return read_achievement(text, "", unit), read_achievement("-", text, unit)


def _target(unit: str, text: str) -> object:
    return read_target(text, unit)


def texts(count: int, seed: int) -> Iterator[str]:
    """Yield random texts, most of them short; the same seed gives the same ones."""
    chance = random.Random(seed)
    phrases = [phrase for phrase in _strings_in(load_toml("phrases.toml")) if len(phrase) > 1]
    for _ in range(count):
        pieces = [_piece(chance, phrases) for _ in range(chance.choices(*_LENGTHS)[0])]
        yield _date(chance) + pieces[0] if chance.random() < 0.05 else "".join(pieces)


def _piece(chance: random.Random, phrases: list[str]) -> str:
    match chance.randrange(8):
        case 0 | 1 | 2:
            digits = _DIGITS if chance.random() < 0.7 else "0123456789"
            return "".join(chance.choices(digits, k=chance.choice([1, 2, 2, 4, 9, 30])))
        case 3 | 4:
            return chance.choice(_JOINTS)
        case 5:
            return chance.choice(_WORDS.split())
        case 6:
            return chance.choice(phrases)
    return chance.choice(
        [*_MARKS, chr(chance.randrange(0x0980, 0x0A00)), chr(chance.randrange(0x20, 0xD800))]
    )


def _date(chance: random.Random) -> str:
    joint = chance.choice(["/", ".", "-"])
    return bengali_digits(joint.join(str(chance.randint(1, most)) for most in (32, 13, 30)))


def _strings_in(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict() | list():
            for inner in value.values() if isinstance(value, dict) else value:
                yield from _strings_in(inner)


def long_texts(length: int) -> Iterator[str]:
    """Yield texts as long as a cell may be, each of one thing over and over."""
    repeated = [
        *_DIGITS[:2],
        "9",
        *_JOINTS,
        *_MARKS,
        *_WORDS.split(),
        "১/",
        "১,",
        "১.",
        "১ ",
        "( ",
        "[১",
        "১-",
        "ক্",
        "র্",
        "\u200d্",
    ]
    for piece in repeated:
        yield (piece * (length // len(piece) + 1))[:length]
        yield (piece * (length // len(piece) + 1))[: length - 1] + "x"


def failures(given: Iterable[str], tally: Counter[str]) -> Iterator[str]:
    """Yield what went wrong with each text and reader; counts in `tally` the texts that gave a value."""
    reading = readers()
    for read in reading.values():
        read("০")  # the reference files are read with the first text
    for text in given:
        for name, read in reading.items():
            begun = time.perf_counter()
            try:
                answer = read(text)
            except Exception as error:  # finding any is what this is for
                yield f"{name}: {error!r} for {text[:200]!r}"
                continue
            tally[name] += _says_something(answer)
            if (seconds := time.perf_counter() - begun) > MOST_SECONDS:
                yield f"{name}: {seconds:.1f} s for {len(text)} characters, {text[:50]!r}"


def _says_something(answer: object) -> bool:
    match answer:
        case Reading():
            return answer.value is not None
        case Achievement():
            return answer.value is not None or answer.value_date is not None
        case IndicatorText():
            return bool(answer.code)
        case tuple():
            return any(map(_says_something, answer))
    return False


def main() -> None:
    """Run, print the figures, and end with 1 where anything failed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--texts", type=int, default=10_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--longest", type=int, default=32_767)
    options = asked.parse_args()
    begun, tally = time.monotonic(), Counter[str]()
    found = [
        *failures(texts(options.texts, options.seed), tally),
        *failures(long_texts(options.longest), tally),
    ]
    for name in readers():
        sys.stdout.write(f"| {name} | {tally[name]:,} |\n")
    sys.stdout.write(f"{options.texts:,} texts in {time.monotonic() - begun:,.0f} s; {len(found)} failed\n")
    sys.stdout.write("".join(f"{failure}\n" for failure in found[:50]))
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
