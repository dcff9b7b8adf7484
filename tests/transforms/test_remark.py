import csv
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.numerals import Number
from transforms.phrase import spellings
from transforms.reference import load_toml
from transforms.remark import Meaning, Remark, combined, read_remark

LEXICON = load_toml("phrases.toml")
MEANING_OF_CLASS = {
    "ACHIEVED_NO_VALUE": Meaning.ACHIEVED,
    "ACHIEVED_EARLIER": Meaning.ACHIEVED,
    "ACHIEVED_BY_SUPERIOR": Meaning.ACHIEVED,
    "PLANNED": Meaning.PLANNED,
    "IN_PROGRESS": Meaning.IN_PROGRESS,
    "NOT_ACHIEVED": Meaning.NOT_ACHIEVED,
    "NOT_APPLICABLE": Meaning.NOT_APPLICABLE,
    "NO_CASE": Meaning.NO_CASE,
    "NIL": Meaning.NIL,
    "BLANK": Meaning.NOTHING,
    "DITTO": Meaning.DITTO,
    "EVIDENCE": Meaning.EVIDENCE,
}


def said(text: str) -> Remark:
    reading = read_remark(text)
    assert reading.value is not None, (text, reading.flag)
    return reading.value


def test_every_phrase_of_the_shared_list_means_what_its_class_says(shared):
    with (shared / "domain" / "phrases.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) >= 84
    read = {row["phrase_bn"]: said(row["phrase_bn"]).meaning for row in rows}
    assert read == {row["phrase_bn"]: MEANING_OF_CLASS[row["class"]] for row in rows}


def test_the_shared_list_says_who_and_when(shared):
    with (shared / "domain" / "phrases.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    by_superior = [said(row["phrase_bn"]) for row in rows if row["class"] == "ACHIEVED_BY_SUPERIOR"]
    earlier = [said(row["phrase_bn"]) for row in rows if row["class"] == "ACHIEVED_EARLIER"]
    assert by_superior
    assert all(remark.by == "superior" for remark in by_superior)
    assert earlier
    assert all(remark.done_elsewhere for remark in earlier)


@pytest.mark.parametrize("example", LEXICON["example"], ids=lambda example: example["text"])
def test_the_examples_of_the_lexicon_read_as_they_say(example):
    wanted = {**example, "meaning": Meaning(example["meaning"])}
    assert said(wanted.pop("text")) == Remark(**wanted)


def test_the_examples_hold_every_meaning():
    assert {example["meaning"] for example in LEXICON["example"]} == set(Meaning)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("বাস্তবায়ন করা হয়েছে", Remark(Meaning.ACHIEVED)),
        ("আয়োজিত হইয়াছে", Remark(Meaning.ACHIEVED)),
        ("বাস্তবায়িতহয়েছে।", Remark(Meaning.ACHIEVED)),
        ("হালনাগাদ  করা  হয়েছে।।", Remark(Meaning.ACHIEVED)),
        ("হয়েছে", Remark(Meaning.ACHIEVED)),
        ("প্রতিবেদন অধিদপ্তরে প্রেরণ করা হয়েছে", Remark(Meaning.ACHIEVED)),
        ("পরিকল্পনা অনুযায়ী বাস্তবায়িত হয়েছে", Remark(Meaning.ACHIEVED)),
        ("বাস্তবায়িত হয়েছে,প্রমাণক সংযুক্ত", Remark(Meaning.ACHIEVED)),
        ("মন্ত্রণালয় কর্তৃক বাস্তবায়িত হয়েছে", Remark(Meaning.ACHIEVED, by="superior")),
        ("নিজ অফিস কর্তৃক বাস্তবায়িত", Remark(Meaning.ACHIEVED, by="office")),
        ("কেন্দ্রীয়ভাবে বাস্তবায়িত", Remark(Meaning.ACHIEVED, by="superior")),
        ("দ্বিতীয় কোয়ার্টারে অর্জিত", Remark(Meaning.ACHIEVED, quarter=2)),
        ("বাস্তবায়িত হয়েছে (১৬/০৩/২৫)", Remark(Meaning.ACHIEVED, day=date(2025, 3, 16))),
        ("১৬।০৩।২৫ তারিখে অর্জিত হয়েছে।২য় কোয়ার্টারে", Remark(Meaning.ACHIEVED, 2, date(2025, 3, 16))),
        ("অর্জিত হয়েছে। প্রমাণক সংযুক্ত। ১৬/০৩/২৫", Remark(Meaning.ACHIEVED, day=date(2025, 3, 16))),
        ("প্রমাণক সংযুক্ত (১৬/০৩/২৫) অর্জিত হয়েছে", Remark(Meaning.ACHIEVED, day=date(2025, 3, 16))),
        ("প্রমাণক সংযুক্ত ১৬/০৩/২৫, অর্জিত হয়েছে", Remark(Meaning.ACHIEVED)),  # the day of the proof
        ("আগের কোয়ার্টারে বাস্তবায়িত হয়েছে", Remark(Meaning.ACHIEVED, earlier=True)),  # not of August
        ("৪টি অর্জিত", Remark(Meaning.ACHIEVED, figure=Number(4, False))),
        ("৩ (তিন) টি কর্মশালা অনুষ্ঠিত হয়েছে", Remark(Meaning.ACHIEVED, figure=Number(3, False))),
        ("১০০% অর্জিত", Remark(Meaning.ACHIEVED, figure=Number(100, True), in_full=True)),
        ("আগামী ১৬/০৩/২৫ তারিখে আয়োজন করা হবে", Remark(Meaning.PLANNED, day=date(2025, 3, 16))),
        ("আগামী কোয়ার্টারে সম্পন্ন করা হবে", Remark(Meaning.PLANNED)),
        ("৩য় প্রান্তিকে বাস্তবায়নের পরিকল্পনা রয়েছে", Remark(Meaning.PLANNED, quarter=3)),
        ("জুন/২৫ এর মধ্যে বাস্তবায়ন করা হবে", Remark(Meaning.PLANNED, quarter=4)),
        ("তারিখ নির্ধারণ করা হয়েছে", Remark(Meaning.PLANNED)),
        ("বাস্তবায়িত হয়েছে পরিকল্পনা অনুযায়ী", Remark(Meaning.ACHIEVED)),
        ("অধিদপ্তর কর্তৃক বাস্তবায়নাধীন", Remark(Meaning.IN_PROGRESS, by="superior")),
        ("আংশিক অর্জিত হয়েছে", Remark(Meaning.IN_PROGRESS)),
        ("বাস্তবায়ন করা সম্ভব হয়নি", Remark(Meaning.NOT_ACHIEVED)),
        ("অর্জন হয় নি", Remark(Meaning.NOT_ACHIEVED)),
        ("বাস্তবায়িত হবে না", Remark(Meaning.NOT_ACHIEVED)),
        ("অর্জিত নয়", Remark(Meaning.NOT_ACHIEVED)),
        ("২য় কোয়ার্টারে অর্জিত হয়নি", Remark(Meaning.NOT_ACHIEVED)),
        ("১৬/০৩/২৫ তারিখে অর্জিত হয়নি", Remark(Meaning.NOT_ACHIEVED)),
        ("অর্জিত হয়নি, কার্যক্রম চলমান", Remark(Meaning.NOT_ACHIEVED)),
        ("চলমান, পরবর্তী কোয়ার্টারে অর্জিত হবে", Remark(Meaning.PLANNED)),
        ("কোনো অভিযোগ পাওয়া যায়নি বিধায় প্রযোজ্য নয়", Remark(Meaning.NO_CASE)),
        ("-ঐ-", Remark(Meaning.DITTO)),
        ("০%", Remark(Meaning.NIL, figure=Number(0, True))),
        ("শূন্য", Remark(Meaning.NIL, figure=Number(0, False))),
        ("২য় কোয়ার্টারে", Remark(quarter=2)),
        ("৪র্থ কোয়ার্টারে অধিদপ্তর কর্তৃক", Remark(quarter=4, by="superior")),
    ],
)
def test_remarks_that_nobody_listed_read_from_their_parts(text, wanted):
    assert said(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "সংশ্লিষ্ট শাখায় যোগাযোগ করুন",
        "উদ্যোগ গ্রহণ করা হয়েছে",
        "বাজেট স্বল্পতার কারণে করা সম্ভব হয়নি",
        "প্রমাণক সংযুক্ত করা হয়নি",
        "প্রমাণক নাই",
        "শতভাগ অর্জিত হয়নি",
        "পরবর্তী কোয়ার্টারে বাস্তবায়িত",
        "১ম কোয়ার্টারে বাস্তবায়ন",
        "গত অর্থবছরে বাস্তবায়িত হয়েছে",
        "০টি অর্জিত হয়েছে",
        "১। অর্জিত",
        "২টি ছবি সংযুক্ত",
        "২৫/১২/২৪ হতে চলমান",
        "২৫/১২/২৪ তারিখে চলমান",
        "২৫/১২/২৪ তারিখে ২৬/১২/২৪ তারিখে অর্জিত",
        "২টি ৪টি অর্জিত",
        "অধিদপ্তর কর্তৃক নিজ অফিস কর্তৃক",
        "৩১/০৬/২৫ তারিখে বাস্তবায়িত হবে",
        "অর্জন",
        "কার্যক্রম",
        "কার্যক্রম নয়",
        "প্রযোজ্য",
    ],
)
def test_what_is_not_understood_to_the_last_word_is_refused(text):
    reading = read_remark(text)
    assert reading.value is None
    assert reading.flag == "unknown_phrase"


@pytest.mark.parametrize(
    "text",
    [
        "অর্জিত হয়েছে, অর্জিত হয়নি",
        "বাস্তবায়িত হয়েছে। ৪র্থ কোয়ার্টারে বাস্তবায়িত হবে।",
        "প্রযোজ্য নয়, চলমান",
        "১ম কোয়ার্টারে অর্জিত, ২য় কোয়ার্টারে বাস্তবায়িত",
        "অধিদপ্তর কর্তৃক বাস্তবায়িত, নিজ অফিস কর্তৃক সম্পন্ন",
    ],
)
def test_statements_that_exclude_each_other_are_refused(text):
    reading = read_remark(text)
    assert reading.value is None
    assert reading.flag == "contradictory_remark"


def test_no_negative_after_an_achievement_leaves_it_achieved():
    achieved = [
        text
        for phrase in LEXICON["achieved"]["phrases"]
        for text in list(spellings(phrase, LEXICON["words"]))[::7]
    ]
    assert len(achieved) > 50
    for text in achieved:
        for negative in ("না", "নয়", "নাই", "হয়নি", "হয় নাই", "হবে না", "যায়নি", "সম্ভব নয়"):
            remark = read_remark(f"{text} {negative}").value
            assert remark is None or remark.meaning is not Meaning.ACHIEVED, (text, negative)


def test_one_word_that_nobody_listed_makes_any_remark_unknown():
    for example in LEXICON["example"]:
        words = example["text"].split()
        for place in range(len(words) + 1):
            text = " ".join([*words[:place], "খটমট", *words[place:]])
            assert read_remark(text).flag == "unknown_phrase", text


def test_where_it_was_done_is_told_from_the_words():
    assert said("১ম কোয়ার্টারে অর্জিত").done_elsewhere
    assert said("ইতঃপূর্বে অর্জিত").done_elsewhere
    assert said("অধিদপ্তর কর্তৃক বাস্তবায়িত").done_elsewhere
    assert not said("অত্র দপ্তর কর্তৃক বাস্তবায়িত").done_elsewhere
    assert not said("৪র্থ কোয়ার্টারে বাস্তবায়িত হবে").done_elsewhere


def test_statements_are_combined_or_refused():
    achieved, planned = Remark(Meaning.ACHIEVED), Remark(Meaning.PLANNED, quarter=4)
    assert combined([achieved, Remark(Meaning.EVIDENCE)]) == achieved
    assert combined([Remark(Meaning.NOT_ACHIEVED), planned]) == Remark(Meaning.NOT_ACHIEVED, quarter=4)
    assert combined([Remark(Meaning.IN_PROGRESS), planned]) == planned
    assert combined([achieved, planned]) is None
    assert combined([planned, Remark(Meaning.PLANNED, quarter=3)]) is None
    assert combined([Remark(Meaning.NOTHING), Remark(Meaning.EVIDENCE)]) == Remark(Meaning.EVIDENCE)
    said_nothing = [Remark(Meaning.NOTHING), Remark(Meaning.EVIDENCE), Remark(quarter=2)]
    assert combined(said_nothing) == Remark(quarter=2)


def words_of_offices() -> list[str]:
    cores = [LEXICON[meaning].get(kind, []) for meaning in Meaning for kind in ("phrases", "bare", "whole")]
    plain = [phrase for phrases in cores for phrase in phrases if "{" not in phrase]
    return [*plain, "অর্জিত", "১ম কোয়ার্টারে", "১৬/০৩/২৫", "৪টি", "৮০%", "অধিদপ্তর কর্তৃক", "পরবর্তী কোয়ার্টারে", "নয়"]


@settings(deadline=None)
@given(st.lists(st.sampled_from(words_of_offices()) | st.sampled_from("।,;()- "), max_size=6).map(" ".join))
def test_any_words_are_read_or_refused_and_never_both(text):
    reading = read_remark(text)
    assert (reading.value is None) == (reading.flag is not None)
    if reading.value:
        assert reading.value.quarter in (None, 1, 2, 3, 4)
        assert reading.value.by in (None, "office", "superior")


@settings(deadline=None)
@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x9FF), max_size=30))
def test_any_text_at_all_is_read_or_refused(text):
    reading = read_remark(text)
    assert (reading.value is None) == (reading.flag is not None)
