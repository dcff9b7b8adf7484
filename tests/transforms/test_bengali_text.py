"""Bengali text keeps what is right, repairs what cannot be, and forgets spelling only in keys."""

import re
import unicodedata
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.bengali_text import (
    ascii_digits,
    canonical,
    foreign_letters,
    has_mixed_digits,
    match_key,
    match_keys,
    text_flag,
)

# Letters, signs, joiners and marks out of which every broken spelling is made, with what stands round them.
BENGALI_PARTS = [
    *"অআএওঔকগঙজটডঢতনবমযরলশষসহৎৰৱ",
    *"\u09bc\u09cd\u09be\u09bf\u09c0\u09c1\u09c2\u09c7\u09c8\u09cb\u09cc\u09d7\u0981\u0982\u0983",
    *"\u200b\u200c\u200d\u00ad\u00a0 \n|-–—−।৷:ঃ.,()/%১৯5aZ",
    *("\u09df", "\u09dc", "র\u200d্য", "ক্ষ", "ট্ট", "ঙ্গ", "নং", "https://", "_x000D_", "ঃ ৫"),
]
bengali = st.lists(st.sampled_from(BENGALI_PARTS), max_size=12).map("".join)
any_text = st.one_of(bengali, st.text(max_size=20))

RIGHT_TEXT = """
    গণপ্রজাতন্ত্রী সংস্কৃতি মন্ত্রণালয় গণগ্রন্থাগার অধিদপ্তর গভর্ন্যান্স উদ্ভাবন কর্মপরিকল্পনা ত্রৈমাসিক অগ্রগতি
    ব্যবস্থাপনা সহজিকরণ ডিজিটাইজেশন ন্যূনতম উদ্ভাবনী বাস্তবায়িত আওতাধীন নিষ্পত্তিযোগ্য শ্রেষ্ঠ নির্বাচিত স্মার্ট
    বাড়ি আষাঢ় সময় ব্রাহ্মণবাড়িয়া রাঙ্গামাটি চাঁদপুর খাগড়াছড়ি মৌলভীবাজার কক্সবাজার লক্ষ্মীপুর হ্যাঁ ওঁ
    উৎসব হঠাৎ চিকিৎসা তৎকালীন উত্তর গুরুত্ব আত্মা রত্ন সত্য উত্থান তত্ত্ব সত্ত্বেও মিত্র
    মর্যাদা কার্যালয় সূর্য কর্ম পর্যায় র‍্যাব র‍্যালি র‍্যাংক উদ্‌বোধন উদ্‌যাপন
    ইতঃপূর্বে অতঃপর দুঃখ নিঃশব্দ পুনঃ অন্তঃসার প্রাতঃভ্রমণ স্বতঃস্ফূর্ত ক্রমশঃ মোঃ ডাঃ খ্রিঃ (ভাঃ) বিঃদ্রঃ
    এ্যাডভোকেট অ্যাপ ঐক্য ঔষধ ঋণ কৃষি বাংলা ব্যাংক রং শাহ্ আল্লাহ্ ক্ষুদ্র জ্ঞান হৃদয় ষান্মাষিক
    ২০২৩-২৪ ১০:৩০ [১.১.১] ৮৪.২১% ১ম ২য় ৳ “ই-গভর্ন্যান্স” ক|খ (৫০)
"""


def vectors(shared: Path, *categories: str) -> list[tuple[str, str, str]]:
    """The cases of some categories, as identity, input and what is wanted; \\uXXXX stands for a letter."""

    def letters(text: str) -> str:
        return re.sub(r"\\u([0-9A-F]{4})", lambda code: chr(int(code[1], 16)), text)

    lines = (shared / "domain" / "vectors.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    return [(row[0], letters(row[2]), letters(row[3])) for row in rows if row[1].startswith(categories)]


def test_canonical_text_is_what_the_shared_cases_want(shared: Path) -> None:
    cases = vectors(shared, "text.", "keep.")
    assert len(cases) > 50
    wrong = [
        (case, canonical(raw))
        for case, raw, want in cases
        if canonical(raw) != unicodedata.normalize("NFC", want)
    ]
    assert wrong == []


def test_digits_are_what_the_shared_cases_want(shared: Path) -> None:
    cases = vectors(shared, "digit")
    assert cases
    assert [case for case, raw, want in cases if ascii_digits(raw) != want] == []


def test_keys_meet_where_the_shared_cases_want_them_to(shared: Path) -> None:
    cases = vectors(shared, "key")
    assert {want for _, _, want in cases} == {"SAME", "DIFF"}
    for case, pair, want in cases:
        one, other = pair.split(" == ")
        assert (match_key(one) == match_key(other)) == (want == "SAME"), case


def test_keys_made_together_are_those_made_one_by_one(shared: Path) -> None:
    cases = [text for _, raw, want in vectors(shared, "") for text in (raw, want)]
    cells = [
        cell
        for seed in sorted((shared / "seeds").glob("*.txt"))
        for cell in re.split(r"[\t\n]", seed.read_text(encoding="utf-8"))
    ]
    assert len(cases) > 100 < len(cells)
    for texts in (cases, cells, RIGHT_TEXT.split(), [], [""], ["", ""], ["~"], ["ক~খ", "গ"]):
        assert match_keys(texts) == [match_key(text) for text in texts]


@given(st.lists(st.one_of(any_text, bengali.map("~".__add__)), max_size=8))
def test_any_keys_made_together_are_those_made_one_by_one(texts: list[str]) -> None:
    assert match_keys(texts) == [match_key(text) for text in texts]


def test_what_a_text_ends_or_begins_with_reaches_no_other_text() -> None:
    """All pairs of short texts, in which every rule could find its end in the next text."""
    edges = [*"কতরযঁংঃ\u09bc্াে১9~-–. /:(", "ত্", "র্", "্য", "ন্", "জ", "০-", "-৫", "ঙ্", "গ", "x"]
    texts = [edge + other for edge in edges for other in ("", "ক", "৫")] + ["ক" + edge for edge in edges]
    for pair in product(texts, repeat=2):
        assert match_keys([*pair, "ক"]) == [match_key(text) for text in (*pair, "ক")], pair


def test_only_a_single_mark_between_two_digits_parts_them() -> None:
    for width in range(6):
        for letters in product("1ক -", repeat=width):
            text = " ".join("".join(letters).split())
            parted = re.sub(r"(?<=1) ?-[ -]*(?=1)", "-", text)
            kept = re.sub(r"(?<=1)([ -])(?=1)", lambda mark: {" ": "s", "-": "d"}[mark[1]], parted)
            want = kept.replace(" ", "").replace("-", "").replace("s", " ").replace("d", "-")
            assert match_key(text) == want, text


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
def test_the_key_is_idempotent_and_does_not_see_repairs(text: str) -> None:
    key = match_key(text)
    assert match_key(key) == key
    assert match_key(canonical(text)) == key


@given(any_text)
def test_every_reader_of_text_stands_any_text(text: str) -> None:
    assert text_flag(text) in {None, "mixed_digits", "doubtful_vowel_sign"}
    assert len(ascii_digits(text)) == len(text)
    assert set(foreign_letters(text)) <= set("ৰৱ")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ব্রাহ্মণবাড়িয়া", "ব্রাক্ষ্মণবাড়ীয়া"),
        ("ব্রাহ্মণবাড়িয়া", "ব্রাক্ষণবাড়িয়া"),
        ("রাঙ্গামাটি", "রাংগামাটি"),
        ("রাঙ্গামাটি", "রাঙামাটি"),
        ("চট্টগ্রাম", "চট্রগ্রাম"),
        ("গণগ্রন্থাগার", "গনগ্রন্থাগার"),
        ("সরকারি", "সরকারী"),
        ("মুন্সীগঞ্জ", "মুন্সিগন্জ"),
        ("চাঁপাইনবাবগঞ্জ", "চাপাই নবাবগঞ্জ"),
        ("লক্ষ্মীপুর", "লক্ষীপুর"),
        ("\u09f0াজশাহী", "রাজশাহি"),
        ("ই-নথি", "ই নথি"),
        ("[৪.১.২]", "[4.1.2]"),
        ("APA", "apa"),
        ("ফেব্রু.", "ফেব্রুঃ"),
        ("২ - ৫", "2–5"),
    ],
)
def test_keys_forget_what_spellers_disagree_about(one: str, other: str) -> None:
    assert match_key(one) == match_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("১.১.১", "১১.১"),
        ("৮৪.২১", "৮৪২১"),
        ("২-৫", "২৫"),
        ("২০২৪ ২৫", "২০২৪২৫"),
        ("১/২", "১২"),
        ("হবিগঞ্জ", "নবীগঞ্জ"),
        ("মার্চ", "মার্চেন্ট"),
        ("অর্জিত হয়েছে", "অর্জিত হয়নি"),
    ],
)
def test_keys_keep_what_carries_meaning(one: str, other: str) -> None:
    assert match_key(one) != match_key(other)


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
