"""Numbers and ordinals as officials write them, in any digits, with the words they put around them.

Only a text that can be read in one way becomes a number. Whatever else stands in a number cell (a date,
a letter typed for a digit, a range, a stray space) is refused with the reason, and nobody's figure is
guessed. The words are in `reference/numerals.toml`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache, lru_cache
from math import isfinite
from typing import Any

from transforms.bengali_text import ascii_digits, canonical, has_mixed_digits
from transforms.match_key import match_key
from transforms.reading import Reading
from transforms.reference import load_toml

_MARK_OF_TEXT = re.compile(r"^['’‘`](?=[\d.])")  # by which a spreadsheet keeps a figure as it was typed
# A blank, any dash or a cross: the cell was left without a figure.
_NOTHING = re.compile(r"[\s\-‐-―−﹣×✕]*")
_SIGNED = re.compile(r"[-−](?=[\d.])")
_IN_WORDS = re.compile(r"([^()]+)\(([^()]+)\)([^()]*)")
_DECIMAL_POINT = re.compile(r"(?<=\d)[·∙⋅•٫](?=\d)")
_TOKEN = re.compile(r"\d[\d.,]*|\.\d[\d.,]*|[%٪৳]|/[-=]?|[^\s\d%٪৳/]+")
_NUMERAL = re.compile(
    r"(?:\d+|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d?(?:,\d{2})+,\d{3})(?:\.\d*)?"  # plain, thousands, lakh and crore
    r"|\.\d+"
)
_GROUP_BREAK = re.compile(r"(?<=\d)(?=(?:\d{2})*\d{3}\Z)")
_ORDINAL = re.compile(r"(\d{1,3})[\s-]*(\D+)")

_BENGALI_DIGITS = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")
_WIDE_ENOUGH_FOR_ANY_FLOAT = Context(prec=400)

# Why a text is not a number, in the order in which the reasons are tried.
_REFUSALS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("exponent", re.compile(r"\d\s*e[+-]?\d")),
    ("underscore_in_number", re.compile(r"\d_|_\d")),
    ("latin_letter_for_digit", re.compile(r"(?<![a-z])[oli](?=[\d.,oli]{0,20}\d)|\d[oli](?![a-z])|^[oli]+$")),
    (
        "date_not_number",
        re.compile(r"(?<!\d)(?:\d{1,2}([./।-])\d{1,2}\1(?:\d{4}|\d{2})|\d{4}-\d\d?-\d\d?)(?!\d)"),
    ),
    ("code_not_number", re.compile(r"\d\.\d+\.\d")),
    ("range", re.compile(r"\d\D*(?:[-–—−~]|থেকে|হতে)\s*\d")),
    ("fraction", re.compile(r"\d\s*/\s*\d")),
    ("space_inside_number", re.compile(r"\d(?:\s+[.,]?\s*|[.,]\s+)\d")),
    ("ambiguous_grouping", re.compile(r"\d,\d")),
)


@dataclass(frozen=True, slots=True)
class Number:
    """A figure; where `is_percent`, `value` is in percentage points (61.54, not 0.6154)."""

    value: float
    is_percent: bool

    @property
    def may_be_fraction(self) -> bool:
        """Whether, as a percentage, this may be one or a hundred times it: a spreadsheet's 0.8 for ৮০%."""
        return not self.is_percent and 0 < self.value <= 1


@dataclass(frozen=True, slots=True)
class _Token:
    """One part of a written number: its part of speech (see `_SENTENCE`) and what it stands for."""

    kind: str
    value: Decimal = Decimal(0)
    digits: str = ""


# Parts of speech: n numeral, w number word, s scale (লক্ষ), p decimal point in words, b শতকরা, % sign,
# a ভাগ, c classifier (টি), t money (৳), ? anything else.
_SENTENCE = re.compile(r"t?(?:(?P<quantity>[nwsp]+)(?:(?P<percent>%)|c)?|b(?P<share>[nwsp]+)[%a]?)t*")
_SPOKEN_DECIMAL = re.compile(r"[nw]p(?:n|w+)")


@lru_cache(maxsize=1 << 16)
def read_number(text: str) -> Reading[Number]:
    """Read one figure: grouping in lakhs or thousands, per cent, classifiers, scales, money, number words.

    Nothing for a blank, a dash and the words for "none" and "not applicable". Refused, with the reason as
    flag: `latin_letter_for_digit`, `underscore_in_number`, `space_inside_number`, `exponent`,
    `date_not_number`, `code_not_number`, `range`, `fraction`, `ambiguous_grouping`, `words_disagree`,
    else `not_a_number`. A figure in two kinds of digits is read and flagged `mixed_digits`.
    """
    kept = canonical(text)
    if _NOTHING.fullmatch(kept) or match_key(kept) in _nothing_words():
        return Reading()
    plain = _MARK_OF_TEXT.sub("", ascii_digits(kept).casefold())
    written = _DECIMAL_POINT.sub(".", plain).rstrip(" ।.")
    reading = _in_figures_and_words(written)
    if reading.value is not None and has_mixed_digits(text):
        return Reading(reading.value, "mixed_digits")
    return reading


@lru_cache(maxsize=1 << 12)
def read_ordinal(text: str) -> Reading[int]:
    """Read one ordinal: ১ম, ৪র্থ, the days of a month (১লা, ১৬ই, ২১শে), 1st, 1ম, প্রথম.

    Nothing for a blank or a dash. An ending that does not belong to the number (১য়) is refused as
    `wrong_ordinal_ending`, since either may be the slip; all else as `not_an_ordinal`.
    """
    kept = canonical(text)
    if _NOTHING.fullmatch(kept):
        return Reading()
    key = match_key(kept)
    if key in _ordinal_words():
        return Reading(_ordinal_words()[key])
    written = _ORDINAL.fullmatch(ascii_digits(kept))
    spans = _ordinal_endings().get(match_key(written[2])) if written else None
    if written is None or spans is None:
        return Reading(flag="not_an_ordinal")
    position = int(written[1])
    if not any(first <= position <= last for first, last in spans):
        return Reading(flag="wrong_ordinal_ending")
    return Reading(position, "mixed_digits" if has_mixed_digits(text) else None)


def write_number(value: float, *, decimals: int | None = None) -> str:
    """Write a figure in Bengali digits with lakh grouping: 1234567.5 as ১২,৩৪,৫৬৭.৫.

    `decimals` fixes the places after the point, half rounded up; without it the figure is written in
    full. Raises `ValueError` where the value is not finite.
    """
    if not isfinite(value):
        raise ValueError(f"{value} cannot be written as a figure")
    exact = Decimal(repr(float(value)))
    if decimals is not None:
        unit = Decimal(1).scaleb(-decimals)
        exact = exact.quantize(unit, ROUND_HALF_UP, _WIDE_ENOUGH_FOR_ANY_FLOAT)
    whole, _, fraction = format(abs(exact), "f").partition(".")
    if decimals is None:
        fraction = fraction.rstrip("0")
    sign = "-" if exact < 0 else ""
    return bengali_digits(sign + _GROUP_BREAK.sub(",", whole) + ("." + fraction if fraction else ""))


def bengali_digits(text: str) -> str:
    """Return the text with every decimal digit, of whatever script, in Bengali and all else untouched."""
    return ascii_digits(text).translate(_BENGALI_DIGITS)


# --- from a text to a figure -----------------------------------------------------------------------


def _in_figures_and_words(written: str) -> Reading[Number]:
    """Read a figure that may be said again in brackets, "৩ (তিন) টি": both must say the same."""
    twice = _IN_WORDS.fullmatch(written)
    if twice is None:
        return _figure_or_reason(written)
    figure = _figure_or_reason(f"{twice[1].strip()} {twice[3].strip()}".strip())
    words = _figure_or_reason(twice[2].strip())
    if figure.value is None or words.value is None:
        return figure if figure.is_refused else words
    if figure.value.value != words.value.value:
        return Reading(flag="words_disagree")
    return Reading(Number(figure.value.value, figure.value.is_percent or words.value.is_percent))


def _figure_or_reason(written: str) -> Reading[Number]:
    number = _figure(written)
    return Reading(number) if number else Reading(flag=_why_refused(written))


def _figure(written: str) -> Number | None:
    if match_key(written) in _whole_percent():
        return Number(100.0, is_percent=True)
    unsigned = _SIGNED.sub("", written, count=1) if _SIGNED.match(written) else written
    tokens = tuple(_tokens(unsigned))
    sentence = _SENTENCE.fullmatch(_kinds(tokens))
    if sentence is None:
        return None
    spoken_for = "share" if sentence["share"] else "quantity"
    quantity = _composed(tokens[slice(*sentence.span(spoken_for))], _scale_values())
    if quantity is None or not isfinite(float(quantity)):
        return None
    value = float(quantity if unsigned is written else -quantity)
    return Number(value, is_percent=bool(sentence["share"] or sentence["percent"]))


def _why_refused(written: str) -> str:
    return next((reason for reason, sign in _REFUSALS if sign.search(written)), "not_a_number")


def _composed(tokens: Sequence[_Token], scales: Sequence[Decimal]) -> Decimal | None:
    """Add up "১ লক্ষ ২০ হাজার": each scale once, the largest first, a whole count before what follows."""
    for rank, scale in enumerate(scales):
        places = [place for place, token in enumerate(tokens) if token.kind == "s" and token.value == scale]
        if not places:
            continue
        before, after = tokens[: places[0]], tokens[places[0] + 1 :]
        # Only crores are counted in smaller scales: ৫ হাজার কোটি, never ২০ হাজার লক্ষ.
        count = _composed(before, scales[1:]) if rank == 0 else _amount(before)
        rest = _composed(after, scales[rank + 1 :]) if after else Decimal(0)
        if count is None or rest is None or rest >= scale or (rest and count != count.to_integral_value()):
            return None
        return count * scale + rest
    return _amount(tokens)


def _amount(tokens: Sequence[_Token]) -> Decimal | None:
    """Return one numeral, one number word, or a decimal said in words ("৯৪ দশমিক ৯৭")."""
    if len(tokens) == 1 and tokens[0].kind in "nw":
        return tokens[0].value
    if not _SPOKEN_DECIMAL.fullmatch(_kinds(tokens)):
        return None
    whole, fraction = tokens[0].digits, [token.digits for token in tokens[2:]]
    said_digit_by_digit = all(len(digits) == 1 for digits in fraction) or tokens[2].kind == "n"
    spoken = f"{whole}.{''.join(fraction)}"
    return Decimal(spoken) if said_digit_by_digit and re.fullmatch(r"\d+\.\d+", spoken) else None


# --- from a text to tokens -------------------------------------------------------------------------


def _tokens(written: str) -> Iterator[_Token]:
    previous = ""
    for part in _TOKEN.findall(written):
        for token in _numeral(part) if part[0] in ".0123456789" else _meaning(_key(part), previous):
            previous = token.kind
            yield token


def _numeral(part: str) -> tuple[_Token, ...]:
    if not _NUMERAL.fullmatch(part):
        return (_Token("?"),)
    return (_Token("n", Decimal(part.replace(",", "")), part),)


def _meaning(key: str, previous: str) -> tuple[_Token, ...]:
    """Return what a word says; a count, its scale and what is counted may be one word (তিনটি, পাঁচশত)."""
    if key in _classifiers() and previous in ("n", "w", "s"):
        return (_Token("c"),)  # ২ বার is "twice", while বার by itself is twelve
    if key in _lexicon():
        return (_lexicon()[key],)
    parts = _written_as_one().fullmatch(key)
    if parts is None:
        return (_Token("?"),)
    counted = tuple(_lexicon()[part] for part in parts.group("count", "scale") if part)
    return (*counted, _Token("c")) if parts["classifier"] else counted


def _kinds(tokens: Iterable[_Token]) -> str:
    return "".join(token.kind for token in tokens)


def _key(part: str) -> str:
    # Signs such as /- are what they are; only words are folded.
    return match_key(part) if part[0].isalpha() else part


# --- reference data --------------------------------------------------------------------------------


def _numerals() -> dict[str, Any]:
    return load_toml("numerals.toml")


@cache
def _lexicon() -> dict[str, _Token]:
    data = _numerals()
    kinds = {
        "t": data["currency"],
        "%": data["percent"]["signs"],
        "b": data["percent"]["before"],
        "a": data["percent"]["after"],
        "p": data["decimal"]["points"],
    }
    lexicon = {_key(word): _Token(kind) for kind, words in kinds.items() for word in words}
    lexicon |= {_key(word): _Token("s", Decimal(scale)) for word, scale in data["scales"].items()}
    for digits, words in data["words"].items():
        lexicon |= {_key(word): _Token("w", Decimal(digits), digits) for word in words}
    return lexicon


@cache
def _scale_values() -> tuple[Decimal, ...]:
    return tuple(sorted({Decimal(scale) for scale in _numerals()["scales"].values()}, reverse=True))


@cache
def _classifiers() -> frozenset[str]:
    return frozenset(_key(word) for word in _numerals()["classifiers"])


@cache
def _written_as_one() -> re.Pattern[str]:
    counts = "|".join(re.escape(key) for key, token in _lexicon().items() if token.kind == "w")
    scales = "|".join(re.escape(key) for key, token in _lexicon().items() if token.kind == "s")
    classifiers = "|".join(map(re.escape, _classifiers()))
    return re.compile(f"(?=.)(?P<count>{counts})?(?P<scale>{scales})?(?P<classifier>{classifiers})?")


@cache
def _nothing_words() -> frozenset[str]:
    return frozenset(match_key(words) for words in _numerals()["nothing"])


@cache
def _whole_percent() -> frozenset[str]:
    return frozenset(match_key(words) for words in _numerals()["percent"]["whole"])


@cache
def _ordinal_words() -> dict[str, int]:
    return {match_key(word): int(place) for place, words in _numerals()["ordinals"].items() for word in words}


@cache
def _ordinal_endings() -> dict[str, tuple[tuple[int, int], ...]]:
    endings: dict[str, tuple[tuple[int, int], ...]] = {}
    for ending, spans in _numerals()["ordinal_endings"].items():
        known = endings.get(match_key(ending), ())
        endings[match_key(ending)] = (*known, *((first, last) for first, last in spans))
    return endings
