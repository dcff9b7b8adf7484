"""Legacy fonts: which text of a grid is Bijoy rather than Unicode, and the grid with that text converted.

The font decides wherever the file names one: a run in a legacy font is Bijoy, unless it already holds
Bengali letters (offices set Unicode text in SutonnyMJ too, and it displays). Where no legacy font is named,
as in plain text or CSV, only a file that is Bijoy as a whole is converted, and its English is left alone.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import chain, groupby, islice

from extractors.grid import Cell, Grid, Row, Run
from transforms.bijoy import bijoy_odds, to_unicode, words_of
from transforms.reference import load_toml

BENGALI_LETTER = re.compile("[\u0980-\u09ff]")
LATIN_LETTER = re.compile("[A-Za-z\u00a1-\u00ff]")
TOKEN = re.compile(r"\S+")
# Some signs are letters in Bijoy, but beside nothing but figures they are what they seem: 2×3, 37°.
FIGURES_ONLY = re.compile(r"[\s\d!-#%-/:-@\[-\]{}×÷±°·]*")

ADDRESS = (
    r"https?://\S+|www\.\S+"
    r"|(?<![\w.+%-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.(?:gov|com|org|net|edu|bd)\b"
)
INSIDE_A_WORD = r"[^\s\d!-/:-@\[-\]{}|]"
# A font's name inside a PDF begins with six letters of its subset: ABCDEF+SutonnyMJ.
SUBSET_PREFIX = re.compile("^[A-Z]{6}\\+")

# A Bijoy file may hold this share of Bengali letters, such as one heading typed in Unicode.
BENGALI_IN_A_BIJOY_FILE = 0.05
# A file is Bijoy where its distinct words say so together and on average. English words average -14 and
# Bijoy words +14, so that four words of English in ten already forbid it.
ODDS_OF_A_BIJOY_FILE = 12.0
MEAN_ODDS_OF_A_BIJOY_FILE = 3.0
ENOUGH_WORDS = 5_000
# What speaks for a cell before it is read, once its file is Bijoy.
LEANING_IN_A_BIJOY_FILE = 3.0
# A word this unlike Bijoy is English even in the middle of a Bijoy sentence.
CLEAR_ENGLISH = -8.0


@dataclass(frozen=True, slots=True)
class Converted:
    """One cell whose text was legacy: where it stands, what the file holds, and what that reads."""

    place: str
    raw_text: str
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a file as a whole says of its text.

    `fonts_decide`: some run is set in a legacy font, so the fonts of all others are believed too.
    `is_bijoy`: the text no font decides about is Bijoy by its words.
    """

    fonts_decide: bool
    is_bijoy: bool

    def leaves_to_words(self, cell: Cell) -> bool:
        """Whether the words of this cell, not its fonts, say if it is Bijoy."""
        return self.is_bijoy and not (self.fonts_decide and _names_a_font(cell))


@cache
def is_legacy_font(name: str) -> bool:
    """Whether a font of this name shows Bijoy glyphs over Latin characters.

    Legacy fonts end in MJ (SutonnyMJ, JugantorMJ), their Unicode sisters in OMJ (SutonnyOMJ).
    """
    fonts = load_toml("bijoy.toml")["fonts"]
    family = _family(name, fonts["style_words"])
    if family in map(_folded, fonts["legacy_families"]):
        return True
    return _ends_in(family, fonts["legacy_endings"]) and not _ends_in(family, fonts["unicode_endings"])


def to_unicode_grid(grid: Grid) -> tuple[Grid, tuple[Converted, ...]]:
    """Return the grid with its legacy text in Unicode, and a record of every cell this changed.

    Cells keep their place and span; neighbouring runs of a converted stretch become one, in the first
    one's font.
    """
    evidence = _evidence_of(grid)
    if not (evidence.fonts_decide or evidence.is_bijoy):
        return grid, ()
    sheets = tuple(
        replace(sheet, rows=tuple(_read_row(row, evidence) for row in sheet.rows)) for sheet in grid.sheets
    )
    read = replace(grid, sheets=sheets)
    both = zip(_cells(grid), _cells(read), strict=True)
    return read, tuple(Converted(old.place, old.text, new.text) for old, new in both if new is not old)


def read_legacy(text: str) -> str:
    """Return the text of a legacy font in Unicode; figures, addresses and known Latin words stay."""
    if FIGURES_ONLY.fullmatch(text):
        return text
    parts = _latin().split(text)
    parts[::2] = map(to_unicode, parts[::2])
    return "".join(parts)


def read_if_bijoy(text: str) -> str:
    """Return a text of a Bijoy file in Unicode, or unchanged where it is English or Unicode already."""
    parts = _latin().split(text)
    if BENGALI_LETTER.search(text) or FIGURES_ONLY.fullmatch(text):
        return text
    if sum(map(_odds, parts[::2])) + LEANING_IN_A_BIJOY_FILE < 0:
        return text
    parts[::2] = (TOKEN.sub(_read_unless_english, part) for part in parts[::2])
    return "".join(parts)


def _read_unless_english(token: re.Match[str]) -> str:
    return token.group() if _odds(token.group()) < CLEAR_ENGLISH else to_unicode(token.group())


def _odds(text: str) -> float:
    return sum(map(bijoy_odds, words_of(text)))


def _evidence_of(grid: Grid) -> Evidence:
    fonts = {run.font for cell in _cells(grid) for run in cell.runs}
    fonts_decide = any(map(is_legacy_font, fonts)) and any(
        _is_legacy(run) for cell in _cells(grid) for run in cell.runs
    )
    undecided = [cell.text for cell in _cells(grid) if not (fonts_decide and _names_a_font(cell))]
    return Evidence(fonts_decide, _is_bijoy_as_a_whole(undecided))


@lru_cache(maxsize=1 << 14)
def _letters(text: str) -> tuple[int, int]:
    """Count the Bengali and the Latin letters of a text."""
    return len(BENGALI_LETTER.findall(text)), len(LATIN_LETTER.findall(text))


def _is_bijoy_as_a_whole(texts: Sequence[str]) -> bool:
    bengali, latin = (sum(counts) for counts in zip((0, 0), *map(_letters, texts), strict=True))
    if bengali > BENGALI_IN_A_BIJOY_FILE * (bengali + latin):
        return False
    odds = [bijoy_odds(word) for word in islice(_distinct_words("\n".join(texts)), ENOUGH_WORDS)]
    return sum(odds) >= max(ODDS_OF_A_BIJOY_FILE, MEAN_ODDS_OF_A_BIJOY_FILE * len(odds))


def _distinct_words(text: str) -> dict[str, None]:
    """Return each word once, as a heading repeated in every row says it once; single letters say nothing."""
    words = chain.from_iterable(map(words_of, _latin().split(text)[::2]))
    return dict.fromkeys(word for word in words if len(word) > 1)


def _read_row(row: Row, evidence: Evidence) -> Row:
    return replace(row, cells=tuple(_read_cell(cell, evidence) for cell in row.cells))


def _read_cell(cell: Cell, evidence: Evidence) -> Cell:
    leave_to_words = evidence.leaves_to_words(cell)
    stretches = groupby(_runs_without_gaps(cell), key=_is_legacy)
    runs = tuple(
        chain.from_iterable(_read_stretch(list(runs), legacy, leave_to_words) for legacy, runs in stretches)
    )
    text = "".join(run.text for run in runs)
    if text == cell.text:
        return cell
    return replace(cell, text=text, runs=runs if cell.runs else (), received=cell.raw_text)


def _read_stretch(runs: Sequence[Run], legacy: bool, leave_to_words: bool) -> Sequence[Run]:
    """Read neighbouring runs as one: a word, and the signs to move in it, may lie across several."""
    raw = "".join(run.text for run in runs)
    text = raw
    if legacy:
        text = read_legacy(raw)
    elif leave_to_words:
        text = read_if_bijoy(raw)
    return runs if text == raw else [Run(text, runs[0].font)]


def _runs_without_gaps(cell: Cell) -> Iterable[Run]:
    """Return runs that together are the cell's text; what its own runs leave out has no font."""
    written = [run for run in cell.runs if run.text.strip()]
    if written and all(map(_is_legacy, written)):
        return (Run(cell.text, written[0].font),)
    return _located_runs(cell)


def _located_runs(cell: Cell) -> Iterator[Run]:
    end = 0
    for run in cell.runs:
        start = cell.text.find(run.text, end)
        if start > end:
            yield Run(cell.text[end:start], "")
        if start >= end:
            yield run
            end = start + len(run.text)
    if end < len(cell.text):
        yield Run(cell.text[end:], "")


def _is_legacy(run: Run) -> bool:
    return is_legacy_font(run.font) and not BENGALI_LETTER.search(run.text)


def _names_a_font(cell: Cell) -> bool:
    return any(run.font for run in cell.runs)


def _cells(grid: Grid) -> Iterator[Cell]:
    return (cell for sheet in grid.sheets for row in sheet.rows for cell in row.cells)


def _family(name: str, style_words: Sequence[str]) -> str:
    family = _folded(SUBSET_PREFIX.sub("", name))
    while style := next((word for word in style_words if family.endswith(word)), ""):
        family = family.removesuffix(style)
    return family


def _folded(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


def _ends_in(family: str, endings: Iterable[str]) -> bool:
    return family.endswith(tuple(map(_folded, endings)))


@cache
def _latin() -> re.Pattern[str]:
    """Match what stays Latin in any Bijoy text, in one group, for `split` to set apart."""
    words = "|".join(map(re.escape, load_toml("bijoy.toml")["latin"]["words"]))
    return re.compile(f"({ADDRESS}|(?<!{INSIDE_A_WORD})(?:{words})(?!{INSIDE_A_WORD}))")
