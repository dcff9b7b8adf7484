"""Bengali text in the one spelling that is kept, and what a person should look at in a text.

Reports are typed on many keyboards, converted from legacy fonts and copied out of PDFs, so one word
arrives in several encodings. `canonical` repairs what cannot be right in any Bengali word and leaves
everything else alone. (The normalisers on PyPI damage right words such as গভর্ন্যান্স.)
"""

import re
from functools import cache, lru_cache
from typing import Any
from unicodedata import decimal, normalize

from transforms.reference import load_toml

NUKTA = "\u09bc"
HASANTA = "\u09cd"
ZWNJ = "\u200c"
ZWJ = "\u200d"
VISARGA = "\u0983"

# Parts of character classes, by what the letters do in a syllable.
_VOWELS = "\u0985-\u0994"
_CONSONANTS = "\u0995-\u09b9"
_KHANDA_TA = "\u09ce"
_SIGNS = "\u09be-\u09cc\u09d7"
_NASALS = "\u0981\u0982"
_DEPENDENTS = f"{NUKTA}{HASANTA}{_SIGNS}{_NASALS}"
_JOINERS = f"{ZWNJ}{ZWJ}"
_WORD = f"\u0980-\u09e3{_JOINERS}"
_JOINED_TO_TA = f"তথনবমযর{_KHANDA_TA}"  # before all else, ta without a vowel is khanda ta
_WORD_OR_DIGIT = f"{_WORD}০-৯0-9A-Za-z"

# Text in which none of these stands needs no repair: most cells of most reports.
_SUSPECT = re.compile(
    rf"[^ -^`-{{}}~\u0981\u0982\u0985-\u09cd\u09ce০-৯।৳]"  # a character that may not be what it seems
    rf"|[{_SIGNS}][{_SIGNS}{NUKTA}{HASANTA}]|{HASANTA}[{_SIGNS}{_NASALS}{HASANTA}]"
    rf"|[{_NASALS}][{_DEPENDENTS}]|[{_VOWELS}{_KHANDA_TA}][{_SIGNS}{NUKTA}]|{_KHANDA_TA}{HASANTA}"
    rf"|(?<![ডঢযজ]){NUKTA}|(?<![{_WORD}])(?:[{_DEPENDENTS}]|র{HASANTA}য)"
    rf"|ত{HASANTA}(?![{_JOINED_TO_TA}])|^ | (?: |\Z)|[{_WORD}]:[{_CONSONANTS}]"
)

# --- one character for another ---------------------------------------------------------------------

_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
# Controls that are not white space, fillers, direction marks, variation selectors, noncharacters.
_INVISIBLE = (
    *(0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x200B, 0x200E, 0x200F, 0x2800, 0x3164, 0xFEFF, 0xFFA0),
    *(*range(0x00, 0x09), *range(0x0E, 0x1C), *range(0x7F, 0x85), *range(0x86, 0xA0)),
    *(*range(0x180B, 0x180F), *range(0x202A, 0x202F), *range(0x2060, 0x2070)),
    *(*range(0xFDD0, 0xFDF0), *range(0xFE00, 0xFE10), *range(0xFFF9, 0xFFFC)),
)
_EXCEL_CONTROL = re.compile(r"_x00(?:[01][0-9A-Fa-f]|7[Ff])_")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_ADDRESS_HELD = "\ufdd0"  # stands for an address during the repairs; no text holds it, see _INVISIBLE

# --- joiners ---------------------------------------------------------------------------------------

_RA_YA_PHALA = re.compile(
    f"র(?:[{_JOINERS}]+{HASANTA}+[{_JOINERS}]*|{HASANTA}+{ZWNJ}*{ZWJ}[{_JOINERS}]*)(?=য)"
)
_REPH_AT_START = re.compile(f"(?<![{_WORD}])র{HASANTA}+(?=য(?!{NUKTA}))")
_KHANDA_TA_JOINED = re.compile(f"ত{HASANTA}+[{_JOINERS}]+")
_KHANDA_TA_UNJOINED = re.compile(f"ত{HASANTA}(?![{_JOINED_TO_TA}])")
_HASANTA_SHOWN = re.compile(f"{HASANTA}{ZWJ}*{ZWNJ}[{_JOINERS}]*(?=[{_CONSONANTS}{_KHANDA_TA}])")
_STRAY_JOINER = re.compile(
    f"(?<!{HASANTA}){ZWNJ}|{ZWNJ}(?![{_CONSONANTS}{_KHANDA_TA}])|(?<!র){ZWJ}|{ZWJ}(?!{HASANTA}য)"
)

# --- syllables -------------------------------------------------------------------------------------

_CLUSTER = f"[{_CONSONANTS}]{NUKTA}?(?:{HASANTA}[{_CONSONANTS}]{NUKTA}?)*+"
_LINKED = f"(?:{HASANTA}+[{_CONSONANTS}]{NUKTA}?)++"
_AT_WORD_START = r"""(?<![^\s(\[{"'“‘/])"""
_LOOSE_SIGN = re.compile(
    f"(?<=[{_VOWELS}{_CONSONANTS}{NUKTA}]) +(?=[{_DEPENDENTS}])"
    f"|(?<=[{_SIGNS}]) +(?=[{NUKTA}{_NASALS}])"
    f"|(?<=[{_VOWELS}{_CONSONANTS}{_SIGNS}]) +(?={VISARGA}[{_VOWELS}{_CONSONANTS}])"
)
_TYPED_BEFORE_CLUSTER = re.compile(
    f"{_AT_WORD_START}(?:([িৈ])({_CLUSTER})(?![{_DEPENDENTS}])"
    f"|(ে)({_CLUSTER})(?![{NUKTA}{HASANTA}\u09bf-\u09cc{_NASALS}]))"
)
_STRAY_SIGNS = re.compile(f"{_AT_WORD_START}[{_DEPENDENTS}]+")
_SIGN_INSIDE_CLUSTER = re.compile(f"([{_SIGNS}]+ঁ?)({_LINKED})(?![{_DEPENDENTS}])")
_CANDRABINDU_INSIDE_CLUSTER = re.compile(f"(ঁ)({_LINKED})")
_SYLLABLE = re.compile(f"([{_VOWELS}{_CONSONANTS}{_KHANDA_TA}])([{_DEPENDENTS}{VISARGA}]+)")

_TWO_PART_SIGNS = {
    frozenset("\u09c7\u09be"): "\u09cb",  # e-kar and aa-kar, in either order, are o-kar
    frozenset("\u09c7\u09d7"): "\u09cc",  # e-kar and the au length mark are au-kar
    frozenset("\u09d7"): "\u09cc",  # nothing but au-kar ends in that mark
}
# A vowel that swallows the sign after it. এ is not here: "এে" is often a look-alike of "ত্র".
_VOWEL_WITH_SIGN = {
    "অ\u09be": "আ",
    "ও\u09cc": "ঔ",
    **{
        vowel + sign: vowel
        for vowel, sign in zip(
            "আইঈউঊঋঐওঔ", "\u09be\u09bf\u09c0\u09c1\u09c2\u09c3\u09c8\u09cb\u09cc", strict=True
        )
    },
}
_DOUBTFUL_SIGN = re.compile(f"[{_VOWELS}{_KHANDA_TA}{_SIGNS}][{_SIGNS}]")

# --- punctuation -----------------------------------------------------------------------------------

_VISARGA_AT_WORD_END = re.compile(
    f"(?<![{_WORD}])([{_WORD}]+){VISARGA}(?![{_WORD}])(?=( *[0-9০-৯A-Za-z{_ADDRESS_HELD}])?)"
)
_VISARGA_APART = re.compile(rf"(?<=[\s0-9০-৯A-Za-z)\]%]){VISARGA}(?![{_WORD}])")
_COLON_IN_WORD = re.compile(f"(?<![{_WORD}])([{_WORD}]+):(?=[{_CONSONANTS}])")
_PIPE_AS_DANDA = re.compile(rf"(?<=[{_WORD}])\|(?=\s|[)\]\"'”’]|\Z)|(?<=[{_WORD}] )\|\Z")
_DASH_IN_WORD = re.compile(rf"(?<=[{_WORD_OR_DIGIT}])[‒–—―−](?=[{_WORD_OR_DIGIT}])")

# --- numbers and keys ------------------------------------------------------------------------------

_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_NUMBER = re.compile(r"\d+(?:[.,·/-]\d+)*")


@lru_cache(maxsize=1 << 16)
def canonical(text: str) -> str:
    """Return the text in the one spelling that is kept: NFC, broken encodings repaired, spaces single.

    Idempotent, and right text comes back unchanged: joiners that are spelling (র‍্যাব, উদ্‌বোধন), the
    visarga of ইতঃপূর্বে and of shortenings such as (ভাঃ), Bengali digits, web and mail addresses. What
    could be two things stays as it is (`text_flag` says so).
    """
    if needs_no_repair(text):
        return text
    plain = _plain_characters(normalize("NFC", text))
    repaired = _repaired(_ADDRESS.sub(_ADDRESS_HELD, plain))
    for address in _ADDRESS.findall(plain):
        repaired = repaired.replace(_ADDRESS_HELD, address, 1)
    return normalize("NFC", repaired)


def needs_no_repair(text: str) -> bool:
    """Whether a text, like most, holds nothing that `canonical` might change; it is in NFC too."""
    return not _SUSPECT.search(text)


@lru_cache(maxsize=1 << 14)
def ascii_digits(text: str) -> str:
    """Return the text with every decimal digit, of whatever script, as 0 to 9 and all else untouched."""
    return _OTHER_DIGIT.sub(lambda digit: str(decimal(digit[0])), text)


def has_mixed_digits(text: str) -> bool:
    """Whether digits of two scripts stand within one number, as in ২০20 or ৬.০০2."""
    return any(len(_digit_scripts(number)) > 1 for number in _NUMBER.findall(text))


def text_flag(text: str) -> str | None:
    """Say what a person should look at in a text: `mixed_digits`, `doubtful_vowel_sign`, or nothing.

    A vowel sign is doubtful where `canonical` had to leave it on another vowel: "পএের" may stand for
    "পত্রের", and nobody but the writer knows.
    """
    if has_mixed_digits(text):
        return "mixed_digits"
    return "doubtful_vowel_sign" if _DOUBTFUL_SIGN.search(canonical(text)) else None


def foreign_letters(text: str) -> str:
    """Return the Assamese letters (ৰ, ৱ) that stand in a raw text, each once, in their order."""
    if "ৰ" not in text and "ৱ" not in text:
        return ""
    return "".join(dict.fromkeys(letter for letter in text if letter in "ৰৱ"))


def _digit_scripts(number: str) -> set[int]:
    """Return the zeros of the scripts a number is written in."""
    return {ord(digit) - decimal(digit) for digit in number if digit.isdecimal()}


# --- repairs ---------------------------------------------------------------------------------------


def _plain_characters(text: str) -> str:
    return _single_spaced(_EXCEL_CONTROL.sub(" ", text.translate(_character_table())))


def _repaired(text: str) -> str:
    # A repair may bring together what another repairs, so they go round until all is quiet.
    while (again := _repaired_once(text)) != text:
        text = again
    return text


def _repaired_once(text: str) -> str:
    text = _LOOSE_SIGN.sub("", _single_spaced(text))
    text = _with_settled_joiners(text)
    text = _with_settled_syllables(text)
    text = _KHANDA_TA_UNJOINED.sub(_KHANDA_TA, text)
    text = _with_settled_punctuation(text)
    return normalize("NFC", text)


def _single_spaced(text: str) -> str:
    return " ".join(text.split())


def _with_settled_joiners(text: str) -> str:
    """Keep the joiners that are spelling: র‍্য (ya-phala on ra) and a hasanta shown on purpose."""
    text = _RA_YA_PHALA.sub(f"র{ZWJ}{HASANTA}", text)
    text = _REPH_AT_START.sub(f"র{ZWJ}{HASANTA}", text)  # no word begins with reph: র্যালি is র‍্যালি
    text = _KHANDA_TA_JOINED.sub(_KHANDA_TA, text)
    text = _HASANTA_SHOWN.sub(HASANTA + ZWNJ, text)
    return _STRAY_JOINER.sub("", text)


def _with_settled_syllables(text: str) -> str:
    """Bring the signs of every syllable into order, and drop those that have no letter to stand on."""
    text = _TYPED_BEFORE_CLUSTER.sub(r"\2\1\4\3", text)
    text = _STRAY_SIGNS.sub("", text)
    text = _SIGN_INSIDE_CLUSTER.sub(r"\2\1", text)
    text = _CANDRABINDU_INSIDE_CLUSTER.sub(r"\2\1", text)
    return _SYLLABLE.sub(lambda syllable: _settled(syllable[1], syllable[2]), text)


@lru_cache(maxsize=1 << 12)
def _settled(letter: str, tail: str) -> str:
    """Return one letter with its nukta, vowel sign and marks each once and in the order of Unicode."""
    if NUKTA in tail:
        letter = _with_nukta(letter)
    sign = _whole_sign(tail)
    if letter + sign in _VOWEL_WITH_SIGN:
        letter, sign = _VOWEL_WITH_SIGN[letter + sign], ""
    marks = "".join(sorted(set(tail) & set(_NASALS + VISARGA)))
    if HASANTA in tail and not (sign or marks) and letter != _KHANDA_TA:
        return letter + HASANTA
    return letter + sign + marks


def _with_nukta(letter: str) -> str:
    """Return the letter with the dot below: of its own in ড়, ঢ়, য় (জ় in loans), for র under ব, else noise."""
    if letter == "ব":
        return "র"
    return letter + NUKTA if letter in "ডঢযজ" else letter


def _whole_sign(tail: str) -> str:
    """Return the vowel sign written in a tail: doubled signs once, the halves of ো and ৌ as one."""
    halves = frozenset(re.findall(f"[{_SIGNS}]", normalize("NFD", tail)))
    written = "".join(dict.fromkeys(re.findall(f"[{_SIGNS}]", tail)))
    return _TWO_PART_SIGNS.get(halves, written)


def _with_settled_punctuation(text: str) -> str:
    text = _VISARGA_AT_WORD_END.sub(_label_colon, text)
    text = _VISARGA_APART.sub(":", text)
    text = _COLON_IN_WORD.sub(_visarga_in_word, text)
    text = _PIPE_AS_DANDA.sub("।", text)
    return _DASH_IN_WORD.sub("-", text)


def _label_colon(found: re.Match[str]) -> str:
    """Write a colon for the visarga after a label, and leave the one that is a letter."""
    word, before_a_value = found[1], found[2] is not None
    is_label = word in _visarga_words("labels") or (before_a_value and not _is_shortening(word))
    return word + (":" if is_label else VISARGA)


def _visarga_in_word(found: re.Match[str]) -> str:
    """Write a visarga for the colon within a word that has one, and leave the one after a label."""
    return found[1] + (VISARGA if found[1] in _visarga_words("beginnings") else ":")


def _is_shortening(word: str) -> bool:
    if word in _visarga_words("abbreviations") or word.endswith(tuple(_visarga_words("adverb_endings"))):
        return True
    return len(re.findall(f"[{_VOWELS}{_CONSONANTS}](?<!{HASANTA}.)", word)) == 1


# --- reference data --------------------------------------------------------------------------------


def _lookalikes() -> dict[str, Any]:
    return load_toml("lookalikes.toml")


@cache
def _character_table() -> dict[int, str | None]:
    replaced = {ord(seen): meant for meant, group in _lookalikes()["characters"].items() for seen in group}
    return {**dict.fromkeys(_INVISIBLE), **_FULL_WIDTH, **replaced}


@cache
def _visarga_words(kind: str) -> frozenset[str]:
    return frozenset(normalize("NFC", word) for word in _lookalikes()["visarga"][kind])
