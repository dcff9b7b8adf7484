from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.calendar_words import read_line
from transforms.reference import load_toml


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("(অক্টোবর/২৪-ডিসেম্বর/২৪)", "(M/n-M/n)"),
        ("১৫ চৈত্র ১৪৩১ বঙ্গাব্দ", "n B y b"),
        ("২য় ত্রৈমাসিক", "O Q"),
        ("রবিবার, ১৬ই মার্চ ২০২৫ খ্রিঃ তারিখে", "W, nS M y E T"),
        ("জুলাই মাস হতে সেপ্টেম্বর পর্যন্ত", "M m > M u"),
        ("২০২৪–২৫ অর্থবছরের", "y-n F"),
        ("৪৫৭৩২ ১৬_০৩", "x n*n"),
    ],
)
def test_a_text_has_the_shape_of_its_words(text, shape):
    assert read_line(text).shape == shape


@pytest.mark.parametrize(
    ("parted", "shape"),
    [
        ("২ য় কোয়ার্টার", "O Q"),
        ("২০২১-২২ অর্থ-বছরের", "y-n F"),
        ("২০২১-২২ অর্থ বছর", "y-n F"),
        ("ত্রৈ মাসিক", "Q"),
        ("ফেব্রু য়ারি", "M"),
        ("সহ জুন", "w M"),
    ],
)
def test_what_a_stray_space_or_hyphen_parts_is_joined(parted, shape):
    assert read_line(parted).shape == shape


@pytest.mark.parametrize("word", ["মার্চেন্ট", "মেয়ে", "মেলা", "জুনিয়র", "মাসিক", "নভোচারী", "সাপ্তাহিক", "কোয়ার্টারমাস্টার"])
def test_a_word_that_only_begins_like_one_of_the_calendar_stays_unknown(word):
    assert read_line(word).shape == "w"


@pytest.mark.parametrize("word", ["মার্চে", "জুনের", "জানুয়ারিতে", "অক্টোবর-এর", "ফেব্রুয়ারির"])
def test_a_declined_month_is_that_month(word):
    assert read_line(word).shape == "M"


def test_no_spelling_of_a_month_means_two_months():
    calendar = load_toml("calendar.toml")
    for kind, letter in (("months", "M"), ("bangla_months", "B")):
        for number, spellings in calendar[kind].items():
            for spelling in spellings:
                (word,) = read_line(spelling).words
                assert (word.letter, word.value) == (letter, int(number)), spelling


@given(st.text())
def test_every_text_has_one_letter_for_each_word(text):
    line = read_line(text)
    assert len(line.shape) == len(line.words)


def test_a_replaced_reference_file_brings_its_own_spellings(tmp_path, monkeypatch):
    packaged = files("transforms.reference").joinpath("calendar.toml").read_text(encoding="utf-8")
    assert read_line("অগাস্টো").shape == "w"
    added = packaged.replace('"অগাস্ট"', '"অগাস্ট", "অগাস্টো"')
    (tmp_path / "calendar.toml").write_text(added, encoding="utf-8")
    monkeypatch.setenv("PROTIBEDON_REFERENCE", str(tmp_path))
    assert read_line("অগাস্টো").shape == "M"
