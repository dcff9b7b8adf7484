"""Unicode Bengali as an officer would have typed it in Bijoy, so that whole real reports can be read back.

It spells with the glyphs of the reference file, and knows the order of a typewriter: what is drawn first is
stored first.
"""

import re
import unicodedata

from transforms.reference import load_toml

HASANTA = "\u09cd"
LETTER = "[ক-হ]\u09bc?"
SYLLABLE = f"(র{HASANTA}(?={LETTER}))?({LETTER}(?:\u200d?{HASANTA}{LETTER})*)([ািীুূৃেৈোৌ]?)"
TWO_PART_SIGNS = {"ো": ("ে", "া"), "ৌ": ("ে", "ৗ")}
# Bijoy has ASCII digits, and no letters of Assamese.
SAID_OTHERWISE = str.maketrans("০১২৩৪৫৬৭৮৯ৰৱ", "0123456789রব")


def typed_in_bijoy(text: str) -> str:
    """Return a text as Bijoy stores it."""
    return re.sub(f"{SYLLABLE}|.", _type_syllable_or_sign, as_bijoy_says_it(text))


def as_bijoy_says_it(text: str) -> str:
    """Return a text in Unicode as it must come back from Bijoy: in NFC, with ASCII digits."""
    return unicodedata.normalize("NFC", text).translate(SAID_OTHERWISE)


def _type_syllable_or_sign(stretch: re.Match[str]) -> str:
    reph, letters, sign = stretch.groups()
    if not letters:
        alone = _glyphs("vowels", "signs", "punctuation") | {"আ": "Av", HASANTA: "&", "\u200c": ""}
        return alone.get(stretch.group(), stretch.group())
    return _type_syllable(letters.replace("\u200d", ""), sign) + ("©" if reph else "")


def _type_syllable(letters: str, sign: str) -> str:
    with_its_sign = _glyphs("conjuncts").get(letters + sign)  # গু is one glyph
    if with_its_sign:
        return with_its_sign
    before, after = TWO_PART_SIGNS.get(sign, (sign, "") if sign in ("ি", "ে", "ৈ") else ("", sign))
    signs = _glyphs("signs_before", "signs") | {"": ""}
    return signs[before] + _type_conjunct(letters) + signs[after]


def _type_conjunct(letters: str) -> str:
    """Type one letter or ready conjunct, then what goes under it; or a half, then what completes it."""
    whole, subjoined = _glyphs("consonants", "conjuncts"), _glyphs("subjoined")
    halves = _glyphs("halves") | {"চ্": "”", "ঙ্": "•"}
    under = "|".join(sorted(subjoined, key=len, reverse=True))
    for base in sorted(whole, key=len, reverse=True):
        if re.fullmatch(f"{base}(?:{under})*", letters):
            return whole[base] + re.sub(under, lambda part: subjoined[part.group()], letters[len(base) :])
    half, rest = re.match(f"(.\u09bc?{HASANTA})(.+)", letters).groups()
    return halves.get(half, whole[half[:-1]] + "&") + _type_conjunct(rest)


def _glyphs(*tables: str) -> dict[str, str]:
    """Return the first glyph of each reading in some tables of the reference file."""
    encoding = load_toml("bijoy.toml")
    first: dict[str, str] = {}
    for table in tables:
        for glyph, reading in encoding[table].items():
            first.setdefault(unicodedata.normalize("NFC", reading), glyph)
    return first
