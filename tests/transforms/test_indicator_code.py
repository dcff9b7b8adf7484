import pytest

from transforms.indicator_code import (
    ActivityText,
    IndicatorText,
    codes_eaten,
    names_activity,
    read_activity_text,
    read_indicator_text,
)


@pytest.mark.parametrize(
    "text",
    [
        "[১.১.১] সেবা সহজিকরণ",
        "[১.1.১] সেবা সহজিকরণ",
        "[ ১ . ১ . ১ ] সেবা সহজিকরণ",
        "১.১.১ সেবা সহজিকরণ",
        "(১.১.১)সেবা সহজিকরণ",
        "[১.১.১ সেবা সহজিকরণ",
        "১।১।১। সেবা সহজিকরণ",
        "০১.০১.০১ সেবা সহজিকরণ",
        "[১.১.১]\nসেবা সহজিকরণ",
        "১..১..১ সেবা সহজিকরণ",
        "১-১-১ সেবা সহজিকরণ",
        "(১-১-১) সেবা সহজিকরণ",
        "১,১,১ সেবা সহজিকরণ",
        "সূচক ১.১.১: সেবা সহজিকরণ",
        "সূচক নং-[১.১.১] সেবা সহজিকরণ",
        "Indicator No. 1.1.1 সেবা সহজিকরণ",
        "সেবা সহজিকরণ [১.১.১]",
        "সেবা সহজিকরণ [১.১.১]।",
    ],
)
def test_code_in_every_dress(text):
    assert read_indicator_text(text) == IndicatorText("1.1.1", "সেবা সহজিকরণ")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "[১.১] সেবা",
        "১.১ সেবা",
        "১.১.১.১ সেবা",
        "৬১.৫৪%",
        "১৬.৩.২৪",
        "৯.৫.২৪ তারিখে অর্জিত",
        "১,১,১",
        "১-১-১",
        "০৯-০৫-২৪ তারিখে অর্জিত",
        "তারিখ ১.৭.৯: সভা",
        "হালনাগাদ (১.৭.৯)",
        "১-১,১ সেবা",
    ],
)
def test_no_code(text):
    assert read_indicator_text(text).code == ""


def test_brackets_make_a_code_of_what_could_be_a_day():
    assert read_indicator_text("[১.১.২০] সেবা").code == "1.1.20"


def test_code_behind_the_statement_of_a_matrix_heading():
    assert read_indicator_text("সভা আয়োজিত [৩.১.১] একক-সংখ্যা (মান-৮)") == IndicatorText(
        "3.1.1", "সভা আয়োজিত", "number", 8.0
    )


def test_code_alone_has_no_statement():
    assert read_indicator_text("[৪.১.২]") == IndicatorText("4.1.2", "")


@pytest.mark.parametrize(
    "tail",
    [
        "একক-তারিখ (মান-৮)",
        "একক-তারিখ(মান-৮)",
        "(একক: তারিখ, মান: ৮)",
        "একক তারিখ মান ৮",
        "একক - তারিখ (মান = ৮)।",
        "(মান-৮) (একক-তারিখ)",
        "মান-৮, একক-তারিখ",
        "[একক = তারিখ] [মান = ৮]",
        "(তারিখ) (মান-৮)",
        "এককঃ তারিখ, মানঃ ০৮",
        "পরিমাপের একক: তারিখ, সূচকের মান: ৮ নম্বর",
        "Unit: Date (Weight: 8)",
        "একক-তারিখ মান৮",
    ],
)
def test_unit_and_weight_in_the_heading_of_a_matrix(tail):
    assert read_indicator_text(f"[৩.১.১] প্রদর্শনী আয়োজিত {tail}") == IndicatorText(
        "3.1.1", "প্রদর্শনী আয়োজিত", "date", 8.0
    )


@pytest.mark.parametrize(
    ("tail", "unit", "weight"),
    [
        ("(মান-৮)", "", 8.0),
        ("(মান ৮)", "", 8.0),
        ("মান: ৭.৫।", "", 7.5),
        ("(একক-তারিখ)", "date", None),
        ("একক: সংখ্যা", "number", None),
    ],
)
def test_unit_or_weight_alone_in_the_heading_of_a_matrix(tail, unit, weight):
    assert read_indicator_text(f"[৩.১.১] প্রদর্শনী (শোকেসিং) {tail}") == IndicatorText(
        "3.1.1", "প্রদর্শনী (শোকেসিং)", unit, weight
    )


@pytest.mark.parametrize("unit", ["সংখ্যা (লক্ষ)", "লক্ষ টাকা", "সংখ্যা"])
def test_unit_is_kept_as_it_stands(unit):
    text = read_indicator_text(f"[৩.১.১] আয়োজিত একক-{unit} (মান-৮)")
    assert (text.unit_text, text.statement, text.weight) == (unit, "আয়োজিত", 8.0)


def test_unit_that_is_none_and_weight_that_is_no_number_are_left_out():
    assert read_indicator_text("[৩.১.১] আয়োজিত একক-কপি (মান-আট টাকা)").unit == ""
    assert read_indicator_text("[৩.১.১] আয়োজিত একক-সংখ্যা (মান-ক)").weight is None


@pytest.mark.parametrize(
    "statement",
    [
        "সেবার মান উন্নয়ন ও একক সেবা কেন্দ্র চালু",
        "একক সেবা চালু",
        "একক সেবা মানোন্নয়ন",
        "সেবার মান ৫",
        "সভা আয়োজিত (সংখ্যা)",
        "চলমান-৫",
    ],
)
def test_words_for_unit_and_weight_within_a_statement_are_left_there(statement):
    assert read_indicator_text(f"[৫.১.১] {statement}") == IndicatorText("5.1.1", statement)


@pytest.mark.parametrize("text", ["[১.১] সেবা সহজিকরণ", "১.১ সেবা", "[ ১.১] সেবা"])
def test_activity(text):
    assert names_activity(text)


@pytest.mark.parametrize("text", ["", "[১.১.১] সেবা", "১০%", "১.৫", "[১.১]", "সেবা"])
def test_no_activity(text):
    assert not names_activity(text)


def test_number_and_words_of_an_activity():
    assert read_activity_text("[৪.১] ই-নথির ব্যবহার") == ActivityText("4.1", "ই-নথির ব্যবহার")
    assert read_activity_text("০১.০২ সভা") == ActivityText("1.2", "সভা")
    assert read_activity_text("ই-নথির ব্যবহার") == ActivityText()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("2002-01-04", {"4.1.2", "1.4.2"}),
        ("2001-01-01", {"1.1.1"}),
        ("2010-12-03", {"3.12.10", "12.3.10"}),
        ("2024-12-03", set()),
        ("[৪.১.২]", set()),
        ("০৪/০১/২০০২", set()),
        ("", set()),
    ],
)
def test_codes_that_a_spreadsheet_may_have_made_a_day_of(text, codes):
    assert codes_eaten(text) == codes
