"""An office's name: the places and the words for an office that it is made of, however it is written."""

import re
from dataclasses import dataclass
from functools import cache

from transforms.bengali_text import canonical
from transforms.calendar_words import read_line
from transforms.match_key import match_key
from transforms.reference import load_toml, replacement_folder

_PIECE = re.compile(r"[,;:।()\[\]/]+")
_WORD = re.compile(r"[\s–—-]+")
_ITEM_MARK = re.compile(r"^\W*(?:[ক-হ]|[ivx]{1,4})(?:\)|[.।](?=\s))\s*", re.IGNORECASE)  # ক., (খ), iii)
_ROUND_A_NAME = "\"'‘’“”*•"  # quotes, and marks that a note below the table explains
_NAME_LETTER = "w"  # in the shape of a line, a word that is none of the calendar's


@dataclass(frozen=True, slots=True)
class OfficeName:
    """An office name taken apart: the level words it holds, and the places it names, as keys.

    `beside` are those of the places that stand apart from the words for the office, as roads do.
    """

    levels: frozenset[str]
    places: tuple[str, ...]
    beside: frozenset[str]


@dataclass(frozen=True, slots=True)
class _OfficeWords:
    level_of: dict[str, str]
    without_place: frozenset[str]
    libraries: tuple[str, ...]

    def tells_of_an_office(self, word: str) -> bool:
        """Whether a word is one for a library, or for the level of one."""
        key = match_key(word)
        return key in self.level_of or key.startswith(self.libraries)

    def carries_no_place(self, word: str) -> bool:
        """Whether a word is one for an office, a library, a title, a person, or one of the calendar."""
        key = match_key(word)
        is_of_the_calendar = _NAME_LETTER not in read_line(word).shape
        return not key or is_of_the_calendar or key in self.without_place or key.startswith(self.libraries)


def take_apart(name: str) -> OfficeName:
    """Return what an office's name is made of; a list's mark before it and quotes round it do not matter."""
    words = _office_words(replacement_folder())
    levels: set[str] = set()
    places: list[str] = []
    beside: list[str] = []
    unmarked = _ITEM_MARK.sub("", canonical(name))
    pieces = [
        [bare for word in _WORD.split(piece) if (bare := word.strip(_ROUND_A_NAME))]
        for piece in _PIECE.split(unmarked)
    ]
    for piece in _without_division(pieces):
        place_words = []
        for word in piece:
            key = match_key(word)
            if key in words.level_of:
                levels.add(words.level_of[key])
            elif not words.carries_no_place(word):
                place_words.append(word)
        if place_words:
            places.append(match_key("".join(place_words)))
            if not any(map(words.tells_of_an_office, piece)):
                beside.append(places[-1])
    return OfficeName(frozenset(levels), tuple(dict.fromkeys(places)), frozenset(beside))


def name_endings() -> tuple[str, ...]:
    """Return what Bengali adds to a name in a sentence: যশোরের, খুলনার."""
    return tuple(load_toml("office_words.toml")["endings"])


def _without_division(pieces: list[list[str]]) -> list[list[str]]:
    """Leave out "খুলনা বিভাগ" behind an office's own place: it says where the place lies."""
    division_word = match_key("বিভাগ")
    places = [piece for piece in pieces if all(match_key(word) != division_word for word in piece)]
    return places if any(places) else pieces


@cache
def _office_words(folder: str) -> _OfficeWords:
    words = load_toml("office_words.toml")
    without_place = (*words["fillers"]["words"], *words["titles"], *words["signatures"])
    return _OfficeWords(
        level_of={match_key(word): level for level, spelt in words["levels"].items() for word in spelt},
        without_place=frozenset(match_key(word) for word in without_place),
        libraries=tuple(match_key(phrase.split()[-1]) for phrase in words["library"]),
    )
