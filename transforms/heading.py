"""A heading: what the words above a column say the column holds."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from transforms.bengali_text import ascii_digits, canonical
from transforms.calendar_words import Line, read_line
from transforms.fiscal_year import FiscalYear, fiscal_year_in
from transforms.match_key import match_key
from transforms.near_entries import Meaning, NearEntries, Told
from transforms.quarter import quarter_in
from transforms.reference import load_toml, remembered, replacement_folder
from transforms.span import spans_in

_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_BAND_PERCENTAGE = re.compile(r"\W*(100|90|80|70|60)\s*(%|[^\d\s()]*)\W*")
_PERCENTAGE = re.compile(r"\d+\s*%|(?<!\d)(?:100|90|80|70|60)(?!\d)")
_LETTER = re.compile(r"[^\W\d_]")
_SEPARATORS = re.compile(r"[\s,:।()\[\]/=–—-]+")
_MONTHS_OF_A_QUARTER, _MONTHS_OF_A_YEAR = 3, 12
_WORD, _UNTIL, _A_QUARTER, _HALF_A_YEAR, _A_YEAR = "wuQHF"  # letters of a line's shape

# The stretch of the year that a heading names.
QUARTER, WHOLE_YEAR, PART_OF_YEAR = "quarter", "year", "part of the year"


@dataclass(frozen=True, slots=True)
class Heading:
    """What the headings over one column say together.

    `role` is empty where the words are not known, and `is_unknown` then tells words that no entry knows
    from none at all. `band` is set for role `band` alone. `unit` is the unit word that stands in the heading
    (`date`, `number`, `percent`). `covers` is the stretch it names (`QUARTER`, `WHOLE_YEAR`, `PART_OF_YEAR`),
    `quarter` and `fiscal_year` which. `is_misspelt` tells that the words were recognised only after folding.
    """

    role: str = ""
    band: int | None = None
    unit: str = ""
    covers: str = ""
    quarter: int | None = None
    fiscal_year: FiscalYear | None = None
    is_misspelt: bool = False
    is_unknown: bool = False

    @property
    def is_band_percentage(self) -> bool:
        """Whether only the percentage of a band stands here, as in the row below the bands' names."""
        return self.role == "band" and self.unit == "percent"

    @property
    def names_a_column(self) -> bool:
        """Whether words, and not a percentage alone, say what a column holds."""
        return bool(self.role) and not self.is_band_percentage

    @property
    def is_bare_period(self) -> bool:
        """Whether only a period stands here, as in a column below a wider heading."""
        return bool(self.covers) and not self.role and not self.is_unknown


@dataclass(frozen=True, slots=True)
class _Lexicon:
    roles: NearEntries[str]
    held: dict[str, tuple[str, str]]
    bands: NearEntries[int]
    unit_of: dict[str, str]
    scales: frozenset[str]
    beside_scales: frozenset[str]
    years: frozenset[str]
    fillers: frozenset[str]
    totals: frozenset[str]
    beside_totals: frozenset[str]


def read_heading(*texts: str) -> Heading:
    """Return what the headings over one column say, given from the top one to the one on the column.

    A band decides. Otherwise the lowest words do: a period alone (`এই ত্রৈমাসিকে`, `জুলাই-সেপ্টেম্বর`) takes the
    meaning of the heading above it, but words that no entry knows mean nothing, whatever stands above.
    """
    return _read_together(tuple(texts), replacement_folder())


def may_name_a_column(text: str) -> bool:
    """Whether a heading may say what a column holds: figures alone say at most which band a percentage is."""
    return _LETTER.search(text) is not None


@remembered(4096)
def read_unit(text: str) -> str:
    """Return the unit that a unit cell names: `date`, `number`, `percent`, or empty where it names none.

    What stands in brackets must be the same unit (`সংখ্যা (টি)`): `সংখ্যা (লক্ষ)` counts in hundred thousands,
    and no unit of ours does.
    """
    unit_of = _lexicon(replacement_folder()).unit_of
    whole = canonical(text)
    named = {unit_of.get(match_key(part), "") for part in re.split(r"[()\[\]/]", whole) if part.strip()}
    return named.pop() if len(named) == 1 else ""


@remembered(4096)
def units_named(text: str) -> frozenset[str]:
    """Return the units that the words of one heading name, also in brackets: `অর্জন (%)`."""
    return frozenset(_units_in(canonical(text), _lexicon(replacement_folder())))


@remembered(4096)
def names_a_scale(text: str) -> bool:
    """Whether a unit or a heading counts in hundreds, thousands, lakhs or crores: `সংখ্যা (লক্ষ)`."""
    scales = _lexicon(replacement_folder()).scales
    return any(match_key(word) in scales for word in _words_of(canonical(text)))


@remembered(4096)
def is_note_of_a_scale(text: str) -> bool:
    """Whether a line beside a table says how its figures are counted, and nothing else: `(লক্ষ টাকায়)`."""
    lexicon = _lexicon(replacement_folder())
    keys = {match_key(word) for word in _words_of(canonical(text))}
    return bool(keys & lexicon.scales) and keys <= lexicon.scales | lexicon.beside_scales


@remembered(4096)
def is_total(text: str) -> bool:
    """Whether a row that begins with this text sums other rows up: মোট, সর্বমোট = ৫০, বিভাগের গড় অর্জন."""
    lexicon = _lexicon(replacement_folder())
    words = list(_words_of(canonical(text)))
    telling = (word for word in words if match_key(word) not in lexicon.beside_totals)
    return not lexicon.totals.isdisjoint((_key(words), _key(telling)))


@lru_cache(maxsize=4096)
def _read_together(texts: tuple[str, ...], folder: str) -> Heading:
    lexicon = _lexicon(folder)
    parts = [_read_words(canonical(text), lexicon) for text in texts if text.strip()]
    bands = {part.band for part in parts if part.band}
    if bands:
        band = next(part for part in parts if part.band)
        return _with_period(band, parts) if len(bands) == 1 else Heading(is_unknown=True)
    told = [part for part in parts if part.role or part.is_unknown]
    if not told:
        return _with_period(Heading(), parts)
    lowest = _read_broken(texts, lexicon) if told[-1].is_unknown else told[-1]
    unit = next((part.unit for part in reversed(parts) if part.unit), "")
    return _with_period(replace(lowest, unit=unit), parts)


def _read_broken(texts: Sequence[str], lexicon: _Lexicon) -> Heading:
    """Read a heading that is broken over two rows or more: চলতি মানের above নিম্নে."""
    joined = (canonical(" ".join(texts[first:])) for first in range(len(texts) - 2, -1, -1))
    readings = (_read_words(text, lexicon) for text in joined)
    return next((heading for heading in readings if heading.role), Heading(is_unknown=True))


def _with_period(heading: Heading, parts: Sequence[Heading]) -> Heading:
    """Let the period that stands nearest to the column tell a quarter's figures from those of longer."""
    stretch = next((part for part in reversed(parts) if part.covers), Heading())
    year = next((part.fiscal_year for part in reversed(parts) if part.fiscal_year), None)
    role = heading.role
    if role == "achievement" and stretch.covers in (WHOLE_YEAR, PART_OF_YEAR):
        role = "year_to_date"
    if role == "target" and stretch.covers in (QUARTER, PART_OF_YEAR):
        role = "target_of_quarter"
    return replace(heading, role=role, covers=stretch.covers, quarter=stretch.quarter, fiscal_year=year)


# --- one heading by itself ---------------------------------------------------------------------------


def _read_words(whole: str, lexicon: _Lexicon) -> Heading:
    held = _held_role(whole, lexicon)
    if held:
        return held
    percentage = _BAND_PERCENTAGE.fullmatch(ascii_digits(whole))
    if percentage and lexicon.unit_of.get(match_key(percentage[2] or "%")) == "percent":
        return Heading(role="band", band=int(percentage[1]), unit="percent")
    outside = _IN_BRACKETS.sub(" ", _PERCENTAGE.sub(" ", ascii_digits(whole))).strip()
    words = outside or whole.strip("()[] ")
    band = _band(words, lexicon)
    if band.value:
        return Heading(role="band", band=band.value, is_misspelt=band.is_misspelt)
    telling = _telling_words(words, lexicon)
    role = _role(telling, lexicon)
    covers, quarter = _stretch(read_line(whole))
    if not covers and lexicon.years.intersection(map(match_key, _words_of(whole))):
        covers = WHOLE_YEAR
    return Heading(
        role=role.value or "",
        unit=next(reversed(_units_in(words, lexicon)), ""),
        covers=covers,
        quarter=quarter,
        fiscal_year=_year(read_line(whole)),
        is_misspelt=role.is_misspelt,
        is_unknown=bool(outside and _without_units(telling, lexicon)) and not role.value,
    )


def _held_role(whole: str, lexicon: _Lexicon) -> Heading | None:
    key = match_key(whole)
    for phrase_key, (role, phrase) in lexicon.held.items():
        if phrase_key in key:
            return Heading(role=role, is_misspelt=phrase.casefold() not in whole.casefold())
    return None


def _units_in(words: str, lexicon: _Lexicon) -> list[str]:
    keys = map(match_key, _SEPARATORS.split(words))
    return [lexicon.unit_of[key] for key in keys if key in lexicon.unit_of]


def _role(words: Sequence[str], lexicon: _Lexicon) -> Meaning[str]:
    """Return the role that these words name together, with the unit among them or without it."""
    keys = (_key(words), _key(_without_units(words, lexicon)))
    exact = next((lexicon.roles.by_key[key] for key in keys if key in lexicon.roles.by_key), None)
    role = Meaning(exact) if exact else lexicon.roles.meaning(keys[1])
    return role if role.value else _agreed(_role(part, lexicon) for part in _in_both_languages(words))


def _band(words: str, lexicon: _Lexicon) -> Meaning[int]:
    """Return the band that these words name: অতি উত্তম, Very Good, or the one beside the other."""
    band = lexicon.bands.meaning(match_key(words.strip("()[] ")))
    if band.value:
        return band
    parts = (match_key(" ".join(part)) for part in _in_both_languages(words.split()))
    return _agreed(lexicon.bands.meaning(part) for part in parts)


def _in_both_languages(words: Sequence[str]) -> tuple[Sequence[str], ...]:
    """Return the Bengali and the English words of a heading that is given in both; nothing of any other."""
    bengali = [word for word in words if not word.isascii()]
    english = [word for word in words if word.isascii() and _LETTER.search(word)]
    return (bengali, english) if bengali and english else ()


def _agreed(meanings: Iterable[Meaning[Told]]) -> Meaning[Told]:
    """Return what the same heading means in both languages; nothing where that is not the same."""
    told = list(meanings)
    if len({meaning.value for meaning in told}) != 1:
        return Meaning(None)
    return Meaning(told[0].value, any(meaning.is_misspelt for meaning in told))


def _telling_words(text: str, lexicon: _Lexicon) -> list[str]:
    return [word for word in _words_of(text) if match_key(word) not in lexicon.fillers]


def _without_units(words: Sequence[str], lexicon: _Lexicon) -> list[str]:
    return [word for word in words if match_key(word) not in lexicon.unit_of]


def _words_of(text: str) -> Iterator[str]:
    """Yield the words of a text, without numbers, marks and the words of the calendar."""
    return (word.text for word in read_line(text).words if word.letter == _WORD)


def _key(words: Iterable[str]) -> str:
    return "".join(match_key(word) for word in words)


# --- the period in a heading -------------------------------------------------------------------------


def _stretch(line: Line) -> tuple[str, int | None]:
    """Return the stretch of the year that a line names, and which quarter it is where it is one.

    Months are believed before the number of a quarter, since some offices number calendar quarters; what
    runs *until* a day, month or quarter began with the year.
    """
    months = [span.months for span in spans_in(line) if span.months]
    lengths = [(last - first) % _MONTHS_OF_A_YEAR + 1 for first, last in months]
    quarters = {span.quarter for span in spans_in(line) if span.quarter}
    if _UNTIL in line.shape and all(length == 1 for length in lengths):
        return PART_OF_YEAR, None
    if lengths:
        if max(lengths) <= _MONTHS_OF_A_QUARTER and len(quarters) <= 1:
            return QUARTER, quarters.pop() if quarters else None
        return (WHOLE_YEAR if max(lengths) == _MONTHS_OF_A_YEAR else PART_OF_YEAR), None
    if _A_QUARTER in line.shape:
        numbered = quarter_in(line)
        return (PART_OF_YEAR, None) if numbered.flag else (QUARTER, numbered.value)
    if _HALF_A_YEAR in line.shape:
        return PART_OF_YEAR, None
    year = fiscal_year_in(line)
    names_a_year = _A_YEAR in line.shape or year.value is not None or year.is_refused
    return (WHOLE_YEAR, None) if names_a_year else ("", None)


def _year(line: Line) -> FiscalYear | None:
    """Return the one fiscal year that a line names, by its number or by days that lie in it."""
    named = fiscal_year_in(line).value
    by_days = {FiscalYear.of(day) for span in spans_in(line) for day in span.days.value or ()}
    return named or (by_days.pop() if len(by_days) == 1 else None)


# --- the lexicon -------------------------------------------------------------------------------------


@cache
def _lexicon(folder: str) -> _Lexicon:
    headings = load_toml("headings.toml")
    fillers = _keys_of(headings["fillers"]["words"])
    return _Lexicon(
        roles=NearEntries.of(
            {
                key: role
                for role, phrases in headings["roles"].items()
                for phrase in phrases
                if (key := _key(word for word in _words_of(phrase) if match_key(word) not in fillers))
            }
        ),
        held={
            match_key(phrase): (role, phrase)
            for role, phrases in headings["holding"].items()
            for phrase in phrases
        },
        bands=NearEntries.of({key: int(band) for key, band in _by_key(headings["bands"]).items()}),
        unit_of=_by_key(headings["units"]),
        scales=_keys_of(headings["scales"]["words"]),
        beside_scales=_keys_of(headings["scales"]["beside"]),
        years=_keys_of(headings["year"]["words"]),
        fillers=fillers,
        totals=frozenset(_key(_words_of(words)) for words in headings["totals"]["words"]),
        beside_totals=_keys_of(headings["totals"]["beside"]),
    )


def _keys_of(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(match_key, words))


def _by_key(entries: dict[str, list[str]]) -> dict[str, str]:
    return {match_key(phrase): meaning for meaning, phrases in entries.items() for phrase in phrases}
