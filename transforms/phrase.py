"""A phrase: the smallest piece of a remark that has a meaning, and how a remark is cut into such pieces.

The phrases are those of `phrases.toml`, matched whole and by key, besides dates, quarters and figures. A text
with a single word outside all of these is not cut at all: nobody here guesses what officials meant.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import chain

from transforms.bengali_text import canonical
from transforms.calendar_words import read_line
from transforms.dates import read_date
from transforms.fiscal_year import months_of_quarter
from transforms.match_key import match_key, match_keys
from transforms.numerals import Number, read_number
from transforms.quarter import quarter_in
from transforms.reference import load_toml

LONGEST_PHRASE = 12  # words; "কোনো ধরনের তথ্য প্রাপ্তির জন্য আবেদন পাওয়া যায়নি" has eight
LONGEST_FACT = 5  # words; "২৮ সেপ্টেম্বর, ২০২৪ খ্রিস্টাব্দ তারিখে" has five

_NAMED_LIST = re.compile(r"\{([^{}]+)\}")
_PAUSE = re.compile(r"[।;,:()\[\]…!?]+|\.+(?=\s|$)")
_EDGES = " .।;,:()[]"
# Where a space was left out beside punctuation, but never inside a date or a figure.
_UNSPACED = re.compile(r"(?<=\D[;,।])(?=\S)|(?<=[;,।)\]%])(?=-?[^\W\d])|(?<=\S)(?=[(\[])")
# "১। অর্জিত": the number of a paragraph, or a figure and a full stop? Nobody can tell.
_NUMBERED_PARAGRAPH = re.compile(r"\(?\d{1,2} ?[।.):] ?\D")
# In the letters of `calendar_words`: nothing but a quarter ("২য় কোয়ার্টারে", "Q1"), and nothing but months
# of one ("মার্চ মাসে", "জুন/২৫", "জানুয়ারি-মার্চ ২০২৫"). A bare month may be some other word, and "মার্চ ২৫" is a day.
_QUARTER = re.compile(r"(?:O|nS)[ )-]{0,2}Q|Q[ :(-]{0,2}(?:O|nS)\)?|Q[-:.(]{0,2}n\)?")
_YEAR = "(?:[ ,/'-]{1,2}[ny])?"
_MONTHS = re.compile(f"M{_YEAR} ?[mQ]|M(?:[ ,]{{1,2}}y|/[ny])|M{_YEAR} ?[->] ?M{_YEAR}(?: ?[mQ])?")


class Meaning(StrEnum):
    """What a phrase says of an indicator."""

    ACHIEVED = "achieved"
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    NOT_ACHIEVED = "not_achieved"
    NOT_APPLICABLE = "not_applicable"
    NO_CASE = "no_case"  # nothing came in to act on
    NOTHING = "nothing"  # blank, or a bare dash
    NIL = "nil"  # zero, or none
    DITTO = "ditto"  # as in the cell above
    EVIDENCE = "evidence"  # a proof is attached; says nothing of the indicator


class Role(StrEnum):
    """What a phrase does in a remark; `phrases.toml` says what each list is for."""

    CORE = "phrases"
    BARE = "bare"
    TIMED = "timed"
    SUPERIOR = "superior"
    OFFICE = "office"
    EARLIER = "earlier"
    LATER = "later"
    NOW = "now"
    IN_FULL = "in_full"
    THING = "thing"
    UNTIL = "until"
    FILLER = "filler"
    QUARTER = "quarter"
    DAY = "day"
    FIGURE = "figure"
    PAUSE = "pause"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One piece of a remark: a core has a meaning; a quarter (1 to 4), a day, a figure have their value."""

    role: Role
    meaning: Meaning | None = None
    quarter: int | None = None
    day: date | None = None
    figure: Number | None = None


PAUSE = Phrase(Role.PAUSE)


def whole_meaning(text: str) -> Meaning | None:
    """Return the meaning of a text that says it only when it stands alone, as "-", "ঐ" and "নাই" do."""
    text = canonical(text).strip()
    if not text.strip(_blank_marks()):
        return Meaning.NOTHING
    whole = _whole_texts()
    return whole.get(text) or whole.get(match_key(text) or text)


def cut_into_phrases(text: str) -> tuple[Phrase, ...] | None:
    """Return the phrases a text consists of, in its order; `None` where any word of it is not known."""
    figure = read_number(text).value
    if figure and match_key(text) not in _lexicon():
        return (Phrase(Role.FIGURE, figure=figure),)
    if _NUMBERED_PARAGRAPH.match(canonical(text)):
        return None
    phrases: list[Phrase] = []
    for piece in _pieces(_UNSPACED.sub(" ", canonical(text)).split()):
        known = (piece,) if isinstance(piece, Phrase) else _phrases_of_clause(piece.split())
        if known is None:
            return None
        phrases += known
    return tuple(phrases)


def spellings(phrase: str, words: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield what a phrase of `phrases.toml` stands for, each list named in braces spelt out word by word.

    Raises `KeyError` where the phrase names a list that `words` lacks.
    """
    named = _NAMED_LIST.search(phrase)
    if named is None:
        yield phrase
        return
    for word in words[named[1]]:
        yield from spellings(phrase[: named.start()] + word + phrase[named.end() :], words)


# --- facts and the clauses between them ------------------------------------------------------------


def _pieces(words: Sequence[str]) -> Iterator[Phrase | str]:
    """Yield dates, quarters and figures as phrases, and the clauses between them as text.

    Facts come first, since the marks that part clauses part days from years too ("১৬ মার্চ, ২০২৫").
    """
    start, pending = 0, 0
    while start < len(words):
        fact, width = _fact_at_start(words[start : start + LONGEST_FACT])
        if fact:
            yield from _clauses(words[pending:start])
            yield from _between_pauses(fact, words[start], words[start + width - 1])
            pending = start + width
        start += width
    yield from _clauses(words[pending:])


def _clauses(words: Sequence[str]) -> Iterator[Phrase | str]:
    first, *others = _PAUSE.split(" ".join(words))
    yield first
    for clause in others:
        yield PAUSE
        yield clause


def _between_pauses(fact: Phrase, first_word: str, last_word: str) -> Iterator[Phrase]:
    """Yield a fact, and the pauses where punctuation stood at its edges."""
    if first_word[0] in _EDGES:
        yield PAUSE
    yield fact
    if last_word[-1] in _EDGES:
        yield PAUSE


def _fact_at_start(words: Sequence[str]) -> tuple[Phrase | None, int]:
    """Return the fact these words begin with, if any, and how many words are settled by that.

    A phrase of the lexicon goes before a fact of the same length: "শতভাগ" is a phrase and a percentage.
    """
    for width in range(len(words), 0, -1):
        text = " ".join(words[:width])
        if match_key(text) in _lexicon():
            return None, width
        fact = _fact(text) or _fact(text.strip(_EDGES))
        if fact:
            return fact, width
    return None, 1


def _fact(text: str) -> Phrase | None:
    """Read a text as one date, one quarter or one figure."""
    day = read_date(text).value
    if day:
        return Phrase(Role.DAY, day=day)
    quarter = _quarter(text)
    if quarter:
        return Phrase(Role.QUARTER, quarter=quarter)
    # Within a sentence number words are too often something else: the নয় of "প্রযোজ্য নয়" is nine.
    figure = read_number(text).value if any(letter.isdecimal() for letter in text) else None
    return Phrase(Role.FIGURE, figure=figure) if figure else None


def _quarter(text: str) -> int | None:
    """Return the quarter that a text names and does nothing else: "২য় কোয়ার্টারে", "Q1", "মার্চ মাসে"."""
    line = read_line(text)
    if _QUARTER.fullmatch(line.shape):
        return quarter_in(line).value
    if not _MONTHS.fullmatch(line.shape):
        return None
    months = [word.value for word in line.words if word.letter == "M"]
    within = (quarter for quarter in range(1, 5) if set(months) <= set(_months(quarter)))
    return next(within, None)


def _months(quarter: int) -> range:
    first, last = months_of_quarter(quarter)
    return range(first, last + 1)


# --- the words of a clause -------------------------------------------------------------------------


def _phrases_of_clause(words: Sequence[str]) -> tuple[Phrase, ...] | None:
    """Return known phrases that cover all words, longer before shorter ones; `None` where there are none.

    Built from the clause's end, so that every cover is made of covers already found.
    """
    covers: list[tuple[Phrase, ...] | None] = [None] * len(words) + [()]
    for start in reversed(range(len(words))):
        for end in range(min(start + LONGEST_PHRASE, len(words)), start, -1):
            rest = covers[end]
            phrase = _known_phrase(words[start:end]) if rest is not None else None
            if phrase and rest is not None:
                covers[start] = (phrase, *rest)
                break
    whole = covers[0]
    return None if whole is None or _has_bare_phrase_after_core(whole) else whole


def _has_bare_phrase_after_core(phrases: Sequence[Phrase]) -> bool:
    """Whether a bare verb follows another core: "প্রমাণক সংযুক্ত | করা হয়নি" is one phrase that nobody listed."""
    cores = [phrase.role for phrase in phrases if phrase.meaning]
    return Role.BARE in cores[1:]


def _known_phrase(words: Sequence[str]) -> Phrase | None:
    return _lexicon().get(match_key(" ".join(words)))


# --- the lexicon -----------------------------------------------------------------------------------


@cache
def _lexicon() -> dict[str, Phrase]:
    """Return the phrase of every key that may stand within a remark."""
    spelt = {
        Phrase(role, meaning): tuple(_spelt_out(meaning or "parts", role))
        for meaning in (None, *Meaning)
        for role in Role
    }
    phrases = [phrase for phrase, texts in spelt.items() for _ in texts]
    return dict(zip(match_keys(chain.from_iterable(spelt.values())), phrases, strict=True))


@cache
def _whole_texts() -> dict[str, Meaning]:
    """Return the meaning of every text, as it stands and by key, that is a cell's whole content."""
    whole = {}
    for meaning in Meaning:
        for spelling in _spelt_out(meaning, "whole"):
            whole[canonical(spelling)] = meaning
            whole[match_key(spelling) or canonical(spelling)] = meaning
    return whole


@cache
def _blank_marks() -> str:
    """Return the marks that leave a cell blank, however often they are repeated."""
    return " " + "".join(_spelt_out(Meaning.NOTHING, "whole"))


def _spelt_out(section: str, kind: str) -> Iterator[str]:
    """Yield every spelling of one list of the lexicon; nothing for a section that has no such list."""
    data = load_toml("phrases.toml")
    for phrase in data[section].get(kind, ()):
        yield from spellings(phrase, data["words"])
