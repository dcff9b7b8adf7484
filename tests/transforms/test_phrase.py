from collections import defaultdict
from datetime import date

import pytest

from transforms.dates import write_month
from transforms.match_key import match_key, match_keys
from transforms.phrase import (
    LONGEST_FACT,
    LONGEST_PHRASE,
    Meaning,
    Role,
    cut_into_phrases,
    spellings,
    whole_meaning,
)
from transforms.reference import load_toml
from transforms.remark import read_remark

LEXICON = load_toml("phrases.toml")
KINDS = ("phrases", "bare", "timed", "whole")


def spelt_out(section: str, kind: str) -> list[str]:
    return [text for phrase in LEXICON[section].get(kind, ()) for text in spellings(phrase, LEXICON["words"])]


def test_every_section_and_list_of_the_lexicon_is_one_that_is_read():
    assert set(LEXICON) == {"words", "parts", "example", *Meaning}
    assert {kind for meaning in Meaning for kind in LEXICON[meaning]} == set(KINDS)
    assert set(LEXICON["parts"]) <= set(Role)


def test_no_phrase_belongs_to_two_meanings_or_roles():
    owners = defaultdict(set)
    for section in (*Meaning, "parts"):
        for kind in LEXICON[section]:
            for text in spelt_out(section, kind):
                owners[match_key(text) or text].add(section if section in set(Meaning) else kind)
    assert len(owners) > 5000
    assert {key: found for key, found in owners.items() if len(found) > 1} == {}


def all_phrases():
    sections = (*Meaning, "parts")
    return [text for section in sections for kind in LEXICON[section] for text in spelt_out(section, kind)]


def test_the_keys_of_all_phrases_made_together_are_those_made_one_by_one():
    texts = all_phrases()
    assert match_keys(texts) == [match_key(text) for text in texts]


@pytest.mark.parametrize("meaning", list(Meaning))
def test_every_phrase_reads_as_its_own_meaning(meaning):
    alone = [text for kind in ("phrases", "bare", "whole") for text in spelt_out(meaning, kind)]
    timed = [f"১ম কোয়ার্টারে {text}" for text in spelt_out(meaning, "timed")]
    readings = {text: read_remark(text).value for text in (*alone, *timed)}
    assert readings
    assert {
        text: read for text, read in readings.items() if read is None or read.meaning is not meaning
    } == {}


def test_every_list_of_words_is_used_and_every_list_that_is_named_exists():
    sources = [str(LEXICON[section]) for section in (*Meaning, "parts")]
    for name in LEXICON["words"]:
        assert any(f"{{{name}}}" in source for source in sources), name
    with pytest.raises(KeyError):
        list(spellings("{নেই এমন} তালিকা", LEXICON["words"]))


def test_the_longest_phrase_fits_the_window():
    assert max(len(text.split()) for text in all_phrases()) <= LONGEST_PHRASE


def test_a_remark_is_cut_into_facts_and_phrases():
    phrases = cut_into_phrases("১৬ মার্চ, ২০২৫ তারিখে (৩য় কোয়ার্টারে) ২টি কর্মশালা আয়োজন করা হবে") or ()
    spoken = [phrase for phrase in phrases if phrase.role is not Role.PAUSE]
    assert [phrase.role for phrase in spoken] == [
        *(Role.DAY, Role.QUARTER, Role.FIGURE),
        *(Role.THING, Role.CORE),
    ]
    assert (spoken[0].day, spoken[1].quarter) == (date(2025, 3, 16), 3)
    assert spoken[2].figure is not None
    assert spoken[2].figure.value == 2
    assert spoken[4].meaning is Meaning.PLANNED


@pytest.mark.parametrize(
    ("text", "quarter"),
    [
        ("২য় কোয়ার্টারে", 2),
        ("চতুর্থ ত্রৈমাসিকে", 4),
        ("(৩য় প্রান্তিকে)", 3),
        ("Q1", 1),
        ("কোয়ার্টার-২", 2),
        ("মার্চ মাসে", 3),
        ("জুন/২৫", 4),
        ("জানুয়ারি-মার্চ ২০২৫", 3),
        ("অক্টোবর/২৪-ডিসেম্বর/২৪", 2),
    ],
)
def test_a_quarter_by_number_or_by_months(text, quarter):
    assert [phrase.quarter for phrase in cut_into_phrases(text) or () if phrase.quarter] == [quarter]


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_tells_its_quarter(month):
    [phrase] = cut_into_phrases(f"{write_month(month)} মাসে") or ()
    assert phrase.quarter == (month - 7) % 12 // 3 + 1  # the year begins with July


def test_a_fact_is_found_behind_a_phrase_that_is_longer_than_any_fact():
    phrase = "গণগ্রন্থাগার অধিদপ্তর হতে প্রাপ্ত নির্দেশনা অনুযায়ী"
    assert len(phrase.split()) > LONGEST_FACT
    assert [one.role for one in cut_into_phrases(f"{phrase} ১৬/০৩/২৫") or ()] == [Role.FILLER, Role.DAY]


@pytest.mark.parametrize("text", ["ডিসেম্বর-জানুয়ারি মাসে", "৫ম কোয়ার্টারে", "১ম ও ২য় কোয়ার্টারে", "মার্চ ২৫", "মার্চ"])
def test_what_names_no_single_quarter_is_not_cut(text):
    assert not any(phrase.quarter for phrase in cut_into_phrases(text) or ())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "-",
        "---",
        "- -",
        "—",
        "×",
    ],
)
def test_marks_of_a_blank_cell_mean_nothing_however_often_repeated(text):
    assert whole_meaning(text) is Meaning.NOTHING


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("NIL", Meaning.NIL),
        ("not achieved.", Meaning.NOT_ACHIEVED),
        ("প্রঃনঃ", Meaning.NOT_APPLICABLE),
        ("প্রমানক", Meaning.EVIDENCE),
    ],
)
def test_a_whole_cell_is_known_in_other_letters_too(text, meaning):
    assert whole_meaning(text) is meaning


@pytest.mark.parametrize("text", ["?", "ঐ নয়", "প্রমাণক নাই", "না হলে"])
def test_what_is_a_whole_cell_elsewhere_says_nothing_within_other_words(text):
    assert whole_meaning(text) is None
