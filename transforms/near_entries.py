"""Near entries: what words mean that an entry of a lexicon knows, also where they are one letter off."""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz.distance import OSA

_LETTER = re.compile("র্|্.|.")  # a joined one is one slip of the keys: কার্যক্রম, কাযক্রম
# A letter amiss makes another word of a short one: উত্তম, উত্তর; office, officer.
_FEWEST_LETTERS_BENGALI, _FEWEST_LETTERS_ENGLISH = 5, 8

Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class Meaning(Generic[Told]):
    """What a key means, `None` where nobody knows, and whether it had to be taken for another."""

    value: Told | None
    is_misspelt: bool = False


@dataclass(frozen=True, slots=True)
class NearEntries(Generic[Told]):
    """What entries of a lexicon mean, by their keys, and with their letters by how many those are."""

    by_key: dict[str, Told]
    by_length: dict[int, list[tuple[list[str], Told]]]

    @classmethod
    def of(cls, by_key: dict[str, Told]) -> "NearEntries[Told]":
        """Return the entries with these match keys and meanings."""
        by_length: defaultdict[int, list[tuple[list[str], Told]]] = defaultdict(list)
        for key, told in by_key.items():
            letters = _LETTER.findall(key)
            by_length[len(letters)].append((letters, told))
        return cls(by_key, dict(by_length))

    def meaning(self, key: str) -> Meaning[Told]:
        """Return what a key means, or what the entries one letter from it agree to mean."""
        if key in self.by_key:
            return Meaning(self.by_key[key])
        letters = _LETTER.findall(key)
        if len(letters) < (_FEWEST_LETTERS_ENGLISH if key.isascii() else _FEWEST_LETTERS_BENGALI):
            return Meaning(None)
        near = {
            told
            for length in range(len(letters) - 1, len(letters) + 2)
            for known, told in self.by_length.get(length, ())
            if OSA.distance(letters, known, score_cutoff=1) <= 1
        }
        return Meaning(near.pop(), is_misspelt=True) if len(near) == 1 else Meaning(None)
