"""Bengali text keeps what is right, and repairs what cannot be."""

import re
import unicodedata
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given

from tests.transforms.bengali_texts import RIGHT_TEXT, any_text
from tests.vectors import vectors_of
from transforms.bengali_text import ascii_digits, canonical, foreign_letters, has_mixed_digits, text_flag


def test_canonical_text_is_what_the_shared_cases_want(shared: Path) -> None:
    cases = vectors_of(shared, "text.", "keep.")
    assert len(cases) > 50
    wrong = [
        (case, canonical(raw))
        for case, _, raw, want in cases
        if canonical(raw) != unicodedata.normalize("NFC", want)
    ]
    assert wrong == []


def test_digits_are_what_the_shared_cases_want(shared: Path) -> None:
    cases = vectors_of(shared, "digit")
    assert [case for case, _, raw, want in cases if ascii_digits(raw) != want] == []


def test_two_or_three_characters_that_need_no_repair_are_in_nfc() -> None:
    signs = "কডবযর\u09bc\u09cd\u09be\u09c7\u09cb\u09d7\u0981\u0982\u09ce\u0985e\u0301"
    bengali_and_ascii = [*map(chr, range(0x20, 0x7F)), *map(chr, range(0x980, 0xA00)), *"।॥\u200c\u200d"]
    for characters in (*product(bengali_and_ascii, repeat=2), *product(signs, repeat=4)):
        kept = canonical("".join(characters))
        assert unicodedata.is_normalized("NFC", kept), characters


@pytest.mark.parametrize(
    "name", ["khulna_office_report_2024-25_q2.txt", "chattogram_divisional_matrix_2023-24_q4.txt"]
)
def test_real_reports_change_only_where_they_are_mistyped(shared: Path, name: str) -> None:
    cells = re.split(r"[\t\n]", (shared / "seeds" / name).read_text(encoding="utf-8"))
    changed = {cell.strip(): canonical(cell) for cell in cells if canonical(cell) != cell.strip()}
    for raw, repaired in changed.items():
        assert repaired == unicodedata.normalize("NFC", raw.replace("ৱ", "ব").replace("ফোনঃ", "ফোন:"))
    assert len(changed) <= 2


@pytest.mark.parametrize("word", RIGHT_TEXT.split())
def test_right_words_come_back_unchanged(word: str) -> None:
    assert canonical(word) == unicodedata.normalize("NFC", word)
    assert canonical(f"এই {word} আছে") == unicodedata.normalize("NFC", f"এই {word} আছে")


def test_both_forms_of_the_dotted_letters_become_one() -> None:
    assert canonical("সম\u09df বা\u09dcি আষা\u09dd") == canonical("সময় বাড়ি আষাঢ়") == "সময় বাড়ি আষাঢ়"


@pytest.mark.parametrize(
    ("broken", "repaired"),
    [
        ("চ\u0981\u09beদপুর", "চাঁদপুর"),
        ("হ\u0981্যা", "হ্যাঁ"),
        ("ক\u09be\u09c7র্স", "কোর্স"),
        ("ম\u09d7\u09c7লভী", "মৌলভী"),
        ("ম\u09d7লভী", "মৌলভী"),
        ("স্\u09cdথান", "স্থান"),
        ("ক্\u09beজ", "কাজ"),
        ("ব\u09be্য", "ব্যা"),
        ("\u09bfবভাগ", "বিভাগ"),
        ("\u09c7কার্স", "কোর্স"),
        ("গ ্রন্থাগার", "গ্রন্থাগার"),
        ("বা ংলা", "বাংলা"),
        ("সময \u09bc", "সময়"),
        ("বাড\u09bf\u09bc", "বাড়ি"),
        ("সেব\u09bcা", "সেরা"),
        ("ক\u09bcলম", "কলম"),
        ("অ\u09be\u09beমার", "আমার"),
        ("ঔ\u09cc", "ঔ"),
        ("ও\u09d7ষধ", "ঔষধ"),
    ],
)
def test_broken_syllables_are_repaired(broken: str, repaired: str) -> None:
    assert canonical(broken) == repaired


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("চিকিত্সা", "চিকিৎসা"),
        ("বিদ্যুত্ বিল", "বিদ্যুৎ বিল"),
        ("উত্\u200dসব", "উৎসব"),
        ("র\u200c্যাব", "র\u200d্যাব"),
        ("র্\u200dযাব", "র\u200d্যাব"),
        ("র্যালি", "র\u200d্যালি"),
        ("শাহ্\u200c আলম", "শাহ্ আলম"),
        ("উদ্\u200d\u200cবোধন", "উদ্\u200cবোধন"),
        ("সর\u00adকার", "সরকার"),
        ("\ufeffবাংলা\u200e", "বাংলা"),
        ("ঢাকা\t \u2009জেলা\x0b", "ঢাকা জেলা"),
    ],
)
def test_joiners_and_invisible_characters_stay_only_where_they_are_spelling(written: str, kept: str) -> None:
    assert canonical(written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("তারিখঃ ১৬/০৩/২৫", "তারিখ: ১৬/০৩/২৫"),
        ("মোবাইলঃ০১৭", "মোবাইল:০১৭"),
        ("স্মারক নংঃ ৫", "স্মারক নং: ৫"),
        ("ফোন ঃ ০২৪", "ফোন : ০২৪"),
        ("ই-মেইলঃ a@b.org", "ই-মেইল: a@b.org"),
        ("ওয়েবঃ https://x.org/ঃ", "ওয়েব: https://x.org/ঃ"),
        ("বিষয়ঃ সভা", "বিষয়: সভা"),
        ("১০ঃ৩০", "১০:৩০"),
        ("মোঃ রহিম", "মোঃ রহিম"),
        ("জানুঃ ২০২৫", "জানুঃ ২০২৫"),
        ("প্রধানতঃ ৩টি", "প্রধানতঃ ৩টি"),
        ("পৃঃ ১২", "পৃঃ ১২"),
        ("দু ঃখ", "দুঃখ"),
        ("ইত:পূর্বে", "ইতঃপূর্বে"),
        ("দু:খিত", "দুঃখিত"),
        ("নাম:রহিম", "নাম:রহিম"),
    ],
)
def test_a_visarga_is_a_colon_only_after_a_label(written: str, kept: str) -> None:
    assert canonical(written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("করা হয়েছে| সভা", "করা হয়েছে। সভা"),
        ("করা হয়েছে |", "করা হয়েছে ।"),
        ("করা হয়েছে৷", "করা হয়েছে।"),
        ("ঢাকা | বরিশাল", "ঢাকা | বরিশাল"),
        ("২০২৩–২৪", "২০২৩-২৪"),
        ("অক্টোবর – ডিসেম্বর", "অক্টোবর – ডিসেম্বর"),
        ("−৫", "−৫"),
        ("１００％", "100%"),
        ("বিষয়：সভা", "বিষয়:সভা"),
        ("a_x000D_b_x005F_", "a b_x005F_"),
        ("দেখুন https://x.org/a|b| এবং ক|", "দেখুন https://x.org/a|b| এবং ক।"),
    ],
)
def test_look_alike_punctuation_is_told_apart(written: str, kept: str) -> None:
    assert canonical(written) == kept


@pytest.mark.parametrize(
    "part", ["ত\u09cd", "\u09bf\u09cdক", "কঃ", "\u200c", "র\u200c", "|", "ে ক", "https://"]
)
def test_a_long_hostile_text_is_settled_in_few_rounds(part: str) -> None:
    settled = canonical(part * 3000)
    assert canonical(settled) == settled


@given(any_text)
def test_canonical_is_idempotent_and_nfc(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(any_text)
def test_every_reader_of_text_stands_any_text(text: str) -> None:
    assert text_flag(text) in {None, "mixed_digits", "doubtful_vowel_sign"}
    assert len(ascii_digits(text)) == len(text)
    assert set(foreign_letters(text)) <= set("ৰৱ")


def test_digits_of_any_script_become_ascii() -> None:
    assert ascii_digits("২৪ ४२ ٤٢ ۴۲ １２ 7 ½ ক") == "24 42 42 42 12 7 ½ ক"


@pytest.mark.parametrize("text", ["২০20", "৬.০০2", "[১.2.১]", "১৬/03/২৫", "১,2৩৪"])
def test_two_scripts_in_one_number_are_noticed(text: str) -> None:
    assert has_mixed_digits(text)
    assert text_flag(text) == "mixed_digits"


@pytest.mark.parametrize("text", ["২০২০", "2020", "১ম ও 2য়", "৩ 4", "", "একক"])
def test_numbers_that_stand_apart_are_not_mixed(text: str) -> None:
    assert not has_mixed_digits(text)


def test_a_sign_on_another_vowel_is_left_and_flagged() -> None:
    assert canonical("পএ\u09c7র") == "পএ\u09c7র"
    assert text_flag("পএ\u09c7র") == "doubtful_vowel_sign"
    assert text_flag("কি\u09c1") == "doubtful_vowel_sign"
    assert text_flag("এ্যাডভোকেট অ্যাপ") is None


def test_assamese_letters_are_named_in_their_order() -> None:
    assert foreign_letters("ব্যৱস্থাপনা ৪ৰ্থ ৱ") == "ৱৰ"
    assert foreign_letters("ব্যবস্থাপনা") == ""
