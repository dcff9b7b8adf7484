"""Bijoy text: Bengali typed in a legacy font, stored as the Latin characters the font draws over.

Bijoy stores what the eye meets from left to right, one glyph after another; Unicode stores what the mouth
says. So a conversion has two halves: each glyph is read, and then the signs that are written on one side of
a letter and spoken on the other are moved. The glyphs are data (`reference/bijoy.toml`).
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log
from typing import Any

from transforms.reference import load_toml

# The tables of the reference file whose glyphs always read the same.
TABLES = ("vowels", "consonants", "signs", "signs_before", "halves", "subjoined", "conjuncts", "punctuation")

HASANTA = "\u09cd"
REPH = "র" + HASANTA
# A private mark for a reph still to be moved: the same two letters may also stand where they belong.
REPH_TO_MOVE = "\ue000"
LETTER = "[ক-হ]\u09bc?"
# No conjunct has more letters; without a bound a hostile line would be searched a million times over.
CLUSTER = f"{LETTER}(?:\u200d?{HASANTA}{LETTER}){{0,5}}"

LATE_REPH = re.compile(f"((?:{CLUSTER}|ঋ)[াীুূৃৗঁ]{{0,3}}){REPH_TO_MOVE}")
EARLY_SIGN = re.compile(f"([িেৈ])({CLUSTER})")
EARLY_CANDRABINDU = re.compile("(ঁ)([ািীুূৃেৈৗ]+)")

# Text that went through a program which knew only bytes, or took the font for one of symbols.
STRAY_BYTES = re.compile("[\u0080-\u009f\uf020-\uf0ff]")

# Letters between figures, spaces and ASCII punctuation; `_`, `` ` ``, `~` and `^` are letters in Bijoy.
WORD = re.compile(r"[^\s\d!-/:-@\[-\]{}|“”‘’–—…•][^\s\d!-/:-@\[-\]{}|]*")
# What Bengali spelling does not allow: a word that begins with a sign, a sign without a letter, two signs
# on one letter, vowels that only begin words inside one, and one letter three times running.
MISSPELLING = re.compile(
    "^[া-্ৗংঃঁৎ]|^[ডঢয]\u09bc|(?<![ক-হ\u09bc])[া-ৌৗ]|[ংঃঁ][া-ৌংঃ]|(?<=.)[অঈঊঋঐঔ]|ৎ[ংঃঁ]"
    r"|(..?)\1\1"
)
MISSPELLING_ODDS = log(100)

# Shares of glyphs the reference file does not name, in a thousand.
RARE_IN_BIJOY = 0.5
RARE_IN_ENGLISH = 0.01
NO_GLYPH_AT_ALL = 0.001

# How often English words are written all small, with one capital, all capital, and any other way.
SMALL, CAPITALISED, CAPITALS, MIXED = 0.8, 0.15, 0.05, 0.005


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The glyphs of the encoding: what each reads as, and which read otherwise beside which neighbours."""

    look_alikes: dict[int, str]
    in_context: tuple[tuple[re.Pattern[str], str], ...]
    alone: dict[int, str]


def to_unicode(text: str) -> str:
    """Return Bijoy text as Unicode Bengali in NFC; ASCII digits and what is no glyph stay as they are.

    The text must be as stored, before any cleaning: Bijoy writes letters as soft hyphens, accents and
    superscripts, which cleaning would lose. It must be Bijoy throughout (see `transforms.legacy_font`).
    """
    read = _read_glyphs(STRAY_BYTES.sub(_windows_character, text))
    return unicodedata.normalize("NFC", _in_spoken_order(read))


def words_of(text: str) -> list[str]:
    """Return the words of a text for `bijoy_odds`: no figures, no ASCII punctuation."""
    return WORD.findall(text)


@lru_cache(maxsize=65_536)  # a report repeats its words
def bijoy_odds(word: str) -> float:
    """Return how much likelier a word is Bijoy than English, as a natural logarithm: 0 leaves it open.

    A Bijoy word rarely falls below -3, a word of English rarely rises above 3; most lie far beyond. It weighs
    how common each letter is in either, how English uses capitals, and Bengali spelling.
    """
    letters = sum(_odds_of_glyphs().get(glyph, log(NO_GLYPH_AT_ALL / RARE_IN_ENGLISH)) for glyph in word)
    misspellings = sum(1 for _ in MISSPELLING.finditer(to_unicode(word)))
    return letters - misspellings * MISSPELLING_ODDS - log(_share_of_shape(word))


def _windows_character(stray: re.Match[str]) -> str:
    byte = bytes([ord(stray.group()) & 0xFF])
    return byte.decode("cp1252", errors="ignore") or stray.group()


def _read_glyphs(text: str) -> str:
    glyphs = _glyphs()
    text = text.translate(glyphs.look_alikes)
    for pattern, reading in glyphs.in_context:
        text = pattern.sub(reading, text)
    return text.translate(glyphs.alone)


def _in_spoken_order(text: str) -> str:
    """Move the signs to where they are spoken, and join what halves and subjoined letters left apart."""
    text = text.replace("অা", "আ").replace(HASANTA + HASANTA, HASANTA)
    text = LATE_REPH.sub(rf"{REPH}\1", text)
    text = EARLY_SIGN.sub(r"\2\1", text)
    text = EARLY_CANDRABINDU.sub(r"\2\1", text)
    return text.replace(REPH_TO_MOVE, REPH)


def _share_of_shape(word: str) -> float:
    if word.islower():
        return SMALL
    if word.istitle():
        return CAPITALISED
    return CAPITALS if word.isupper() else MIXED


@cache
def _glyphs() -> Glyphs:
    encoding = load_toml("bijoy.toml")
    alone = {glyph: reading for table in TABLES for glyph, reading in encoding[table].items()}
    alone |= dict.fromkeys(encoding["reph"], REPH_TO_MOVE)
    return Glyphs(
        look_alikes=str.maketrans(encoding["look_alikes"]),
        in_context=tuple((_neighbourhood(rule), rule["reads"]) for rule in encoding["by_context"]),
        alone=str.maketrans(alone),
    )


def _neighbourhood(rule: dict[str, Any]) -> re.Pattern[str]:
    behind = f"(?<=[{rule['after']}])" if "after" in rule else ""
    ahead = f"(?=[{rule['before']}])" if "before" in rule else ""
    return re.compile(f"{behind}[{rule['glyphs']}]{ahead}")


@cache
def _odds_of_glyphs() -> dict[str, float]:
    encoding = load_toml("bijoy.toml")
    bijoy, english = encoding["shares"]["bijoy"], encoding["shares"]["english"]
    glyphs = {chr(code) for code in (*_glyphs().alone, *_glyphs().look_alikes)}
    glyphs |= {glyph for rule in encoding["by_context"] for glyph in rule["glyphs"]}
    return {
        glyph: log(bijoy.get(glyph, RARE_IN_BIJOY) / english.get(glyph.lower(), RARE_IN_ENGLISH))
        for glyph in glyphs
    }
