"""Bijoy text read into Unicode: real words and phrases, the whole code page, and what must not be touched."""

import csv
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.bijoy_typist import as_bijoy_says_it, typed_in_bijoy
from transforms.bijoy import bijoy_odds, to_unicode, words_of
from transforms.reference import load_toml

OWN_PAIRS = Path(__file__).with_name("bijoy_pairs.tsv")
CODE_PAGE = bytes(range(0x21, 0x100)).decode("cp1252", errors="ignore")


def pairs_of(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(unicodedata.normalize("NFC", row["unicode"]), row["bijoy"]) for row in rows]


@pytest.mark.parametrize(("unicode", "bijoy"), pairs_of(OWN_PAIRS))
def test_words_and_phrases_of_the_reports(unicode, bijoy):
    assert to_unicode(bijoy) == unicode


def test_own_pairs_use_every_glyph_of_the_table():
    typed = {glyph for _, bijoy in pairs_of(OWN_PAIRS) for glyph in bijoy}
    encoding = load_toml("bijoy.toml")
    tables = ["vowels", "consonants", "signs", "signs_before", "reph", "halves", "subjoined", "conjuncts"]
    assert {glyph for table in tables for glyph in encoding[table]} <= typed


def test_public_pairs_are_read_right_in_99_of_100(shared):
    pairs = pairs_of(shared / "domain" / "bijoy_pairs.tsv")
    wrong = [(bijoy, unicode, to_unicode(bijoy)) for unicode, bijoy in pairs if to_unicode(bijoy) != unicode]
    assert len(pairs) >= 300
    assert len(wrong) <= len(pairs) / 100, wrong


def test_every_phrase_officials_use_comes_back_from_bijoy(shared):
    with (shared / "domain" / "phrases.csv").open(encoding="utf-8-sig", newline="") as lines:
        phrases = [row["phrase_bn"] for row in csv.DictReader(lines)]
    bengali = [phrase for phrase in phrases if re.search("[ক-হ]", phrase)]
    read = [to_unicode(typed_in_bijoy(phrase)) for phrase in bengali]
    assert len(bengali) > 70
    assert read == list(map(as_bijoy_says_it, bengali))


@pytest.mark.parametrize(
    ("bijoy", "unicode"),
    [
        ("wb‡`©k", "নির্দেশ"),
        ("wm×všÍ", "সিদ্ধান্ত"),
        ("‡cŠi", "পৌর"),
        ("†`Šo", "দৌড়"),
        ("ˆ`wbK", "দৈনিক"),
        ("‡R¨ôZvi", "জ্যেষ্ঠতার"),
        ("KZ©…K", "কর্তৃক"),
        ("KZ…©K", "কর্তৃক"),
        ("Kvh©¨", "কার্য্য"),
        ("Kvh¨©", "কার্য্য"),
        ("¯^‡cœi", "স্বপ্নের"),
        ("›w`", "ন্দি"),
    ],
)
def test_signs_move_to_where_they_are_spoken(bijoy, unicode):
    assert to_unicode(bijoy) == unicode


def test_joiners_keep_apart_what_unicode_would_fuse():
    assert to_unicode("i¨ve") == "র\u200d্যাব"
    assert to_unicode("Kvh©") == "কার্য"
    assert to_unicode("D`&‡hvM") == "উদ্\u200cযোগ"
    assert to_unicode("evK&") == "বাক্"


def test_one_code_of_two_editions_is_read_by_its_neighbours():
    assert to_unicode("iæwP `ªæZ wbæ") == "রুচি দ্রুত নিম্ন"
    assert to_unicode("cøvU øvb") == "প্লাট স্নান"
    assert to_unicode("¶wZ ÿwZ Lÿ") == "ক্ষতি ক্ষতি খড়্গ"
    assert to_unicode("AvÍv ¯Íi šÍ") == "আত্মা স্তর ন্ত"
    assert to_unicode("`Ð 10 Ð 12") == "দণ্ড 10 – 12"


def test_signs_that_word_puts_in_by_itself_stay():
    assert to_unicode("• bvg – gvb — “bs” …… & Ab¨vb¨") == "• নাম – মান — “নং” …… & অন্যান্য"


@pytest.mark.parametrize(
    "text", ["", " ", "84.21%", "31/8/24", "[4.1.2]", "1,23,456.50", "- -- –", "(10)\t=\n2:3;"]
)
def test_figures_and_ascii_punctuation_stay(text):
    assert to_unicode(text) == text


def test_the_code_page_has_two_letters_that_are_no_glyph():
    unread = {sign for sign in CODE_PAGE if sign.isalpha() and to_unicode(sign) == sign}
    assert unread == set("Žž")


def test_bytes_and_symbols_read_like_the_code_page():
    bijoy = "¯^v¶wiZ †Kv‡qU©v‡i ‰`wbK †bŠKv ev”Pv wb›`v †¯œn wecøe"
    bytes_left_undecoded = bijoy.encode("cp1252").decode("latin-1")
    symbol_font = "".join(
        letter if letter == " " else chr(0xF000 | ord(letter)) for letter in bytes_left_undecoded
    )
    assert bytes_left_undecoded != bijoy
    assert to_unicode(bytes_left_undecoded) == to_unicode(bijoy)
    assert to_unicode(symbol_font) == to_unicode(bijoy)


@pytest.mark.parametrize(("copied", "stored"), [("M−vwb", "M\u00advwb"), ("μg", "µg"), ("ˉ’vb", "¯’vb")])
def test_look_alikes_read_like_the_glyph_they_replaced(copied, stored):
    assert to_unicode(copied) == to_unicode(stored)


@given(st.text(alphabet=CODE_PAGE + " \n\u00ad−\ue000\u0085\uf0a9", max_size=60))
def test_any_string_of_glyphs_is_read_into_nfc(text):
    read = to_unicode(text)
    assert read == unicodedata.normalize("NFC", read)


@pytest.mark.parametrize("glyph", ["¡", "w", "u", "©", "&", "v", "š"])
def test_a_hostile_line_is_read_in_time_that_grows_with_its_length(glyph):
    assert to_unicode("K" + glyph * 200_000 + "©")


BIJOY = [
    "miKvwi",
    "MYMÖš’vMvi",
    "AwR©Z",
    "n‡q‡Q",
    "ev¯—evwqZ",
    "msL¨v",
    "ZvwiL",
    "gšÍe¨",
    "gvP©",
    "wefvM",
    "Kvh©µg",
]
ENGLISH = [
    "report",
    "Library",
    "quarterly",
    "TARGET",
    "Khulna",
    "achieved",
    "Sarkari",
    "Gronthagar",
    "district",
    "weight",
]


@pytest.mark.parametrize("word", BIJOY)
def test_a_bijoy_word_is_likelier_bijoy(word):
    assert bijoy_odds(word) > 3


@pytest.mark.parametrize("word", ENGLISH)
def test_an_english_word_is_likelier_english(word):
    assert bijoy_odds(word) < -3


def test_a_word_in_another_script_is_not_bijoy():
    assert bijoy_odds("отчёт") < -3
    assert bijoy_odds("প্রতিবেদন") < -3


def test_words_hold_no_figures_and_no_punctuation():
    assert words_of("1g †KvqvU©v‡i (AR©b): 84.21% - [4.1.2] “bs `ß/e‡jb|") == [
        "g",
        "†KvqvU©v‡i",
        "AR©b",
        "bs",
        "`ß",
        "e‡jb",
    ]
