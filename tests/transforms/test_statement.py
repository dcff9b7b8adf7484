import pytest

from tests.transforms.papers import plan
from transforms.indicator_code import IndicatorText
from transforms.statement import (
    Agreement,
    agreement,
    annex_with_statements,
    annex_with_weights,
    is_activity_of_another,
)

THIS_YEAR, LAST_YEAR = plan("2024-25"), plan("2023-24")
SHORTENED = {
    "1.1.1": "উদ্ভাবনী ধারণা বাস্তবায়িত",
    "2.1.1": "ডাটাবেজ হালনাগাদকরণ",
    "3.1.1": "ইনোভেশন শোকেসিং আয়োজিত",
    "4.1.1": "নথির তালিকা নির্ধারিত",
    "4.1.2": "নোট নিষ্পত্তিকৃত",
    "5.1.1": "তথ্য বাতায়ন হালনাগাদ",
    "5.1.2": "আওতাধীন অফিসের বাতায়ন হালনাগাদ",
    "6.1.1": "স্মার্ট বাংলাদেশ কর্মশালা",
    "7.1.1": "অনলাইন রিপোর্ট সফটওয়্যার বাস্তবায়িত",
    "8.1.1": "মাইগভ কর্মশালা আয়োজিত",
}


def whose(code, statement, of=THIS_YEAR):
    return agreement(statement, of.indicator(code), of)


@pytest.mark.parametrize("indicator", THIS_YEAR.indicators, ids=lambda indicator: indicator.code)
def test_words_of_the_plan_are_the_indicators_own(indicator):
    assert whose(indicator.code, indicator.statement) is Agreement.OWN
    assert whose(indicator.code, f" {indicator.statement.replace('ণ', 'ন')}। ") is Agreement.OWN


@pytest.mark.parametrize("code", SHORTENED)
def test_shortened_words_are_the_indicators_own(code):
    assert whose(code, SHORTENED[code]) is Agreement.OWN


def test_words_of_the_same_indicator_in_another_year_are_its_own():
    assert whose("2.1.1", LAST_YEAR.indicator("2.1.1").statement) is Agreement.OWN
    assert whose("6.1.1", LAST_YEAR.indicator("6.1.1").statement) is Agreement.OWN


def test_no_words_say_nothing_against_the_code():
    assert whose("5.1.1", "") is Agreement.OWN
    assert whose("5.1.1", " । ") is Agreement.OWN


@pytest.mark.parametrize(
    ("year", "code", "words_of"),
    [
        ("2024-25", "4.1.1", "4.1.2"),
        ("2024-25", "4.1.2", "4.1.1"),
        ("2024-25", "5.1.1", "8.1.1"),
        ("2023-24", "6.1.2", "5.1.1"),
    ],
)
def test_words_of_another_indicator(year, code, words_of):
    of = plan(year)
    assert whose(code, of.indicator(words_of).statement, of) is Agreement.ANOTHERS


def test_words_of_an_indicator_that_had_this_code_in_another_year():
    assert whose("4.1.1", LAST_YEAR.indicator("4.1.1").statement) is Agreement.ANOTHERS
    assert whose("4.1.1", THIS_YEAR.indicator("4.1.1").statement, LAST_YEAR) is Agreement.ANOTHERS


@pytest.mark.parametrize("words", ["বৃক্ষরোপণ কর্মসূচি পালিত", "গণশুনানি আয়োজিত", "xyz"])
def test_words_like_nothing_in_the_plan(words):
    assert whose("5.1.1", words) is Agreement.UNLIKE_ANY


def stated(of, *, codes=None, words=True, weights=True):
    return [
        IndicatorText(
            indicator.code, indicator.statement if words else "", "", indicator.weight if weights else None
        )
        for indicator in of.indicators
        if codes is None or indicator.code in codes
    ]


@pytest.mark.parametrize("of", [THIS_YEAR, LAST_YEAR], ids=["2024-25", "2023-24"])
def test_annex_by_words(of):
    assert annex_with_statements(stated(of)) == "egov"
    assert annex_with_statements(stated(of, codes={"1.1.1", "2.1.1"})) == "egov"


def test_no_annex_by_words_of_nothing_or_of_little():
    assert annex_with_statements([]) is None
    assert annex_with_statements(stated(THIS_YEAR, words=False)) is None
    strange = [IndicatorText(f"9.{number}.1", "অন্য কাজ") for number in range(1, 8)]
    assert annex_with_statements([*stated(THIS_YEAR, codes={"1.1.1"}), *strange]) is None


def test_annex_by_codes_and_weights():
    assert annex_with_weights(stated(THIS_YEAR, words=False)) == "egov"
    assert annex_with_weights(stated(THIS_YEAR, codes={"1.1.1"}, words=False)) is None
    assert annex_with_weights(stated(THIS_YEAR, weights=False)) is None
    assert annex_with_weights([]) is None


@pytest.mark.parametrize("of", [THIS_YEAR, LAST_YEAR], ids=lambda plan: plan.plan_id)
def test_activity_is_that_of_its_own_indicators_alone(of):
    for indicator in of.indicators:
        for other in of.indicators:
            is_anothers = is_activity_of_another(other.activity, indicator, of)
            assert is_anothers is (other.activity != indicator.activity), (indicator.code, other.activity)


@pytest.mark.parametrize(
    ("activity", "is_anothers"),
    [
        ("[৫.১]", False),
        ("[৪.১]", False),
        ("[৯.৯]", False),
        ("", False),
        ("সেবা", False),
        ("[৫.১] ই-নথির ব্যবহার", False),
    ],
)
def test_activity_without_words_or_in_others_says_nothing(activity, is_anothers):
    assert is_activity_of_another(activity, THIS_YEAR.indicator("4.1.2"), THIS_YEAR) is is_anothers
