"""Calendar words: a text cut into the numbers, month names and other words that make dates and periods.

Every word becomes one letter, so that a line has a *shape* which the readers of dates, quarters and periods
match with short patterns: "(অক্টোবর/২৪-ডিসেম্বর/২৪)" has the shape `(M/n-M/n)`. The letters are

    n  number of one or two digits       M  month of the common calendar     Q  quarter
    y  number of four digits             B  month of the Bangla calendar     H  half-year
    x  number of any other length        m  the word month                   F  fiscal year
    O  ordinal number (২য়, তৃতীয়)        E  common era, b  Bangla era        >  from, to    u  until    &  and
    S  ending of a day (১৬ই, 16th)       T  the word date, W  weekday        t  the T of an ISO time

`w` any other word, a space for space, and punctuation for itself, with all dashes as `-`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from transforms.bengali_text import ascii_digits, canonical
from transforms.match_key import match_key
from transforms.numerals import read_ordinal
from transforms.reference import load_toml, replacement_folder

# A year outside these two centuries is a slip of the keys.
PLAUSIBLE_YEARS = range(1900, 2100)

_NOUN_LETTERS = {
    "date": "T",
    "weekday": "W",
    "month": "m",
    "quarter": "Q",
    "half_year": "H",
    "fiscal_year": "F",
    "common_era": "E",
    "bangla_era": "b",
}
_PARTICLE_LETTERS = {"day_ending": "S", "from_to": ">", "until": "u", "and": "&", "time": "t"}
_NUMBER_LETTERS = {1: "n", 2: "n", 4: "y"}
_COUNTED = "QH"  # parts of the year that are told apart by their number

_PIECE = re.compile(
    "(?P<number>[0-9]+)|(?P<word>[A-Za-z\u0980-\u09e3\u09f0\u09f1\u200c\u200d]+)|(?P<space>[ ]+)|(?P<mark>.)"
)
_MARKS = {
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("’‘`´", "'"),
    **dict.fromkeys("|॥", "।"),
    "·": ".",
    "\\": "/",
    "✕": "×",
}
_PLAIN_MARKS = frozenset("-/.,:;'।()[]%&×")


@dataclass(frozen=True, slots=True)
class Word:
    """One word, number or mark: its letter in the shape, its text in ASCII digits, and its number or 0."""

    letter: str
    text: str
    value: int = 0

    @property
    def year(self) -> int | None:
        """The year that two or four digits stand for, two in this century; `None` for any other word."""
        year = 2000 + self.value if len(self.text) == 2 else self.value
        return year if self.letter in "ny" and year in PLAUSIBLE_YEARS else None


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A text as calendar words; `shape` has one letter for each of `words`.

    Lines are compared by identity: the same text gives the same line, so readers may keep one by it.
    """

    shape: str
    words: tuple[Word, ...]

    def matched(self, match: re.Match[str], group: int | str = 0) -> tuple[Word, ...]:
        """Return the words that a match of the shape, or one group of it, stands for."""
        return self.words[slice(*match.span(group))]


def read_line(text: str) -> Line:
    """Return a text as calendar words."""
    return _read_line(text, replacement_folder())


@lru_cache(maxsize=1 << 14)
def _read_line(text: str, folder: str) -> Line:
    lexicon = _lexicon(folder)
    words = _joined(_pieces(ascii_digits(canonical(text)), lexicon), lexicon)
    return Line("".join(word.letter for word in words), words)


def _pieces(text: str, lexicon: dict[str, Word]) -> Iterator[Word]:
    for piece in _PIECE.finditer(text):
        match piece.lastgroup:
            case "number":
                yield _number(piece[0])
            case "word":
                yield from _words(piece[0], lexicon)
            case "space":
                yield Word(" ", " ")
            case _:
                mark = _MARKS.get(piece[0], piece[0])
                yield Word(mark if mark in _PLAIN_MARKS else "*", piece[0])


def _words(text: str, lexicon: dict[str, Word]) -> Iterator[Word]:
    """Yield the word that a text is, or the two that a left-out space has made one: য়ত্রৈমাসিক behind a ২."""
    whole = _known(text, lexicon) or _ordinal(text)
    if whole is None:
        for ending in ordinal_endings():
            noun = _known(text.removeprefix(ending), lexicon) if text.startswith(ending) else None
            if noun and noun.letter in _COUNTED:
                yield from (Word("w", ending), noun)
                return
    yield whole or Word("w", text)


def _number(digits: str) -> Word:
    letter = _NUMBER_LETTERS.get(len(digits))
    return Word(letter, digits, int(digits)) if letter else Word("x", digits)


def _joined(pieces: Iterable[Word], lexicon: dict[str, Word]) -> tuple[Word, ...]:
    """Join what a space or a hyphen parts in one text and not in the next: ২ য়, অর্থ বছর, ত্রৈ-মাসিক."""
    words: list[Word] = []
    for piece in pieces:
        words.append(piece)
        for length in (2, 3):
            if len(words) >= length and (whole := _whole(words[-length:], lexicon)):
                words[-length:] = [whole]
    return tuple(words)


def _whole(parts: list[Word], lexicon: dict[str, Word]) -> Word | None:
    """Return the one word that parts make together, if only together they make one."""
    first, *between, last = parts
    if last.letter != "w" and first.letter != "w":
        return None
    if any(part.letter not in " -" for part in between):
        return None
    if first.letter == "n" and last.letter == "w":
        return _ordinal(first.text + last.text)
    return (
        _known(first.text + last.text, lexicon)
        if first.text[0].isalpha() and last.text[0].isalpha()
        else None
    )


def _known(text: str, lexicon: dict[str, Word]) -> Word | None:
    known = lexicon.get(match_key(text))
    return Word(known.letter, text, known.value) if known else None


def _ordinal(text: str) -> Word | None:
    number = read_ordinal(text).value
    return Word("O", text, number) if number is not None else None


@cache
def ordinal_endings() -> tuple[str, ...]:
    """Return what makes a number an ordinal: the য় of ২য়."""
    return tuple(map(canonical, load_toml("numerals.toml")["ordinal_endings"]))


@cache
def _lexicon(folder: str) -> dict[str, Word]:
    """Return what each match key means."""
    calendar = load_toml("calendar.toml")
    nouns: dict[str, Word] = {}
    for letter, months in (("M", calendar["months"]), ("B", calendar["bangla_months"])):
        for number, spellings in months.items():
            nouns.update({spelling: Word(letter, spelling, int(number)) for spelling in spellings})
    for noun, letter in _NOUN_LETTERS.items():
        nouns.update({spelling: Word(letter, spelling) for spelling in calendar["nouns"][noun]})
    meanings = {
        match_key(spelling): Word(letter, spelling)
        for particle, letter in _PARTICLE_LETTERS.items()
        for spelling in calendar["particles"][particle]
    }
    meanings |= {match_key(spelling): word for spelling, word in nouns.items()}
    for ending in calendar["endings"]:
        for spelling, word in nouns.items():
            meanings.setdefault(match_key(spelling + ending), word)
    return meanings
