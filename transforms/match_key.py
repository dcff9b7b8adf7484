"""The match key of a text: the spelling that is only looked up by, and never shown or stored as text.

`canonical` repairs what cannot be right in any Bengali word; a key goes further, and forgets what spellers of
office names, headings and phrases disagree about.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from unicodedata import normalize

from transforms.bengali_text import VISARGA, ZWJ, ZWNJ, ascii_digits, canonical, needs_no_repair
from transforms.reference import load_toml

_DASHES = "‐‑‒–—―−-"
_DASH_BETWEEN_DIGITS = re.compile(rf"(?<=\d)\s*[{_DASHES}][\s{_DASHES}]*(?=\d)")
_SEPARATOR = re.compile(rf"[\s{_DASHES}](?:(?!\d)|(?<!\d[\s{_DASHES}]))")  # but the one between two digits
_FINAL_PUNCTUATION = f" ।॥.,;:!?|{VISARGA}"


@lru_cache(maxsize=1 << 16)
def match_key(text: str) -> str:
    """Return the text folded for look-up: what spellers of office names and headings disagree about is gone.

    Joiners, spaces, hyphens, candrabindu, the pairs of `lookalikes.toml`, letter case and final
    punctuation do not matter; digits are ASCII. What parts two digits stays: the key of ১.১.১ is not
    that of ১১.১, nor that of ২-৫ the key of ২৫.
    """
    key = _folded(canonical(text))
    # One folding may bring together what another folds.
    while (again := _folded(canonical(key))) != key:
        key = again
    return key


def match_keys(texts: Iterable[str]) -> list[str]:
    """Return the match key of each text: many at a time, for the thousands of a lexicon."""
    texts = list(texts)
    easy = [text for text in texts if all(map(_can_stand_among_others, text.split(" ")))]
    key_of = dict(zip(easy, _keys_together(easy), strict=True))
    return [key_of[text] if text in key_of else match_key(text) for text in texts]


def _folded(text: str) -> str:
    key = ascii_digits(text).casefold().replace(ZWNJ, "").replace(ZWJ, "")
    key = _SEPARATOR.sub("", _DASH_BETWEEN_DIGITS.sub("-", key))
    for spelling, fold in _folds():
        key = key.replace(spelling, fold)
    return key.rstrip(_FINAL_PUNCTUATION)


# Texts are folded together with this mark between them, across which no rule of spelling or folding reaches.
# It is no letter, digit, space or dash, composes with nothing, and so is to its neighbours what the end of a
# text is.
_BETWEEN_TEXTS = "~"


@lru_cache(maxsize=1 << 12)
def _can_stand_among_others(word: str) -> bool:
    """Whether a word needs no repair, wherever it stands between single spaces, and holds no such mark."""
    return bool(word) and _BETWEEN_TEXTS not in word and needs_no_repair(word)


def _keys_together(texts: Sequence[str]) -> list[str]:
    """Return the match keys of texts that need no repair."""
    if len(texts) <= 1 or any(_BETWEEN_TEXTS in spelling for fold in _folds() for spelling in fold):
        return list(map(match_key, texts))
    folded = _folded(_BETWEEN_TEXTS.join(texts)).split(_BETWEEN_TEXTS)
    keys = [key.rstrip(_FINAL_PUNCTUATION) for key in folded]
    together = _BETWEEN_TEXTS.join(keys)
    if needs_no_repair(together) and _folded(together) == together:
        return keys
    middle = len(texts) // 2  # one of them has to be folded again
    return _keys_together(texts[:middle]) + _keys_together(texts[middle:])


@cache
def _folds() -> tuple[tuple[str, str], ...]:
    folds = load_toml("lookalikes.toml")["key"]["folds"]
    return tuple((normalize("NFC", seen), normalize("NFC", fold)) for seen, fold in folds)
