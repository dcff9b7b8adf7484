"""A figure is read in one way or refused with the reason."""

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vectors import vectors_of
from transforms.match_key import match_key
from transforms.numerals import Number, bengali_digits, read_number, read_ordinal, write_number
from transforms.reading import Reading
from transforms.reference import load_toml

NUMBER_PARTS = [
    *"০১২৯05٤४１.,·-−–/%_ ()oe৳",
    "টি",
    "কোটি",
    "লক্ষ",
    "হাজার",
    "শত",
    "তিন",
    "বার",
    "দশমিক",
    "শতকরা",
    "ভাগ",
]
numberlike = st.lists(st.sampled_from(NUMBER_PARTS), max_size=10).map("".join)
any_text = st.one_of(numberlike, st.text(max_size=20))


def as_wanted(reading: Reading[Number]) -> str | tuple[float, bool]:
    if reading.value is not None:
        return reading.value.value, reading.value.is_percent
    return "NULL" if reading.is_nothing else "FLAG"


def test_numbers_are_what_the_shared_cases_want(shared: Path) -> None:
    cases = vectors_of(shared, "num")
    assert len(cases) > 20
    for case, _, raw, want in cases:
        wanted = want if want in ("NULL", "FLAG") else (float(want.rstrip("%")), want.endswith("%"))
        assert as_wanted(read_number(raw)) == wanted, case


def test_ordinals_are_what_the_shared_cases_want(shared: Path) -> None:
    for case, _, raw, want in vectors_of(shared, "ord"):
        assert read_ordinal(raw) == Reading(int(want)), case


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("১,২৩,৪৫৬", 123456),
        ("১,২৩,৪৫,৬৭৮", 12345678),
        ("১,২৩৪", 1234),
        ("১,২৩৪,৫৬৭.৫", 1234567.5),
        ("०१२", 12),
        ("٤٢", 42),
        ("１２３", 123),
        ("৮৪·২১", 84.21),
        (".৫", 0.5),
        ("-৫", -5),
        ("−৫.৫", -5.5),
        ("-১ লক্ষ ২০ হাজার", -120000),
        ("০২ টি", 2),
        ("৪টি।", 4),
        ("৩৭২৪ খানা", 3724),
        ("২৫ জন", 25),
        ("২ বার", 2),
        ("দুইবার", 2),
        ("তিনটি", 3),
        ("নয়টি", 9),
        ("একষট্টি", 61),
        ("পঁয়ত্রিশটি", 35),
        ("উনিশ", 19),
        ("শূন্য", 0),
        ("একশত", 100),
        ("পাঁচশো টাকা", 500),
        ("দুই শত পঁচিশ", 225),
        ("পাঁচশত টি", 500),
        ("৩ কোটি", 30000000),
        ("১.৫ লাখ", 150000),
        ("১ লক্ষ ২০ হাজার ৫ শত ৩", 120503),
        ("৫ হাজার কোটি", 5e10),
        ("৫,০০০/- টাকা মাত্র", 5000),
        ("৳৫০০", 500),
        ("Tk. 500", 500),
        ("৯৪ দশমিক ৯৭", 94.97),
        ("চুরানব্বই দশমিক নয় সাত", 94.97),
        ("৩ (তিন) টি", 3),
        ("৩টি (তিনটি)", 3),
        ("'৩", 3),
        ("’৩টি", 3),
        ("১২ (বার) জন", 12),
        ("০ (শূন্য)", 0),
    ],
)
def test_counts_and_amounts_are_read(text: str, value: float) -> None:
    assert read_number(text) == Reading(Number(value, is_percent=False))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("৬১.৫৪%", 61.54),
        ("১০০ ％", 100),
        ("৮৪.২১ শতাংশ", 84.21),
        ("শতকরা ৯৯.৯২ ভাগ", 99.92),
        ("শতকরা আশি", 80),
        ("শতভাগ", 100),
        ("শত ভাগ", 100),
        ("১০০% (একশত)", 100),
    ],
)
def test_percentages_are_in_percentage_points(text: str, value: float) -> None:
    assert read_number(text) == Reading(Number(value, is_percent=True))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "-",
        "--",
        "–",
        "—",
        "−",
        "×",
        "নাই",
        "নেই।",
        "প্রযোজ্য নয়",
        "প্রযোজ্য নহে",
        "N/A",
        "n/a",
        "এন/এ",
        "প্র/ন",
    ],
)
def test_nothing_is_not_zero(text: str) -> None:
    assert read_number(text).is_nothing
    assert read_number("০").value == Number(0.0, is_percent=False)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("o৫", "latin_letter_for_digit"),
        ("১O", "latin_letter_for_digit"),
        ("l২", "latin_letter_for_digit"),
        ("2_2200", "underscore_in_number"),
        ("১_০", "underscore_in_number"),
        ("1e5", "exponent"),
        ("১e৫", "exponent"),
        ("৭ ৫", "space_inside_number"),
        ("3 600", "space_inside_number"),
        ("৮৪ .২১", "space_inside_number"),
        ("১, ২৩৪", "space_inside_number"),
        ("৯.৫.২৪", "date_not_number"),
        ("১৬/০৩/২৫", "date_not_number"),
        ("2025-03-16", "date_not_number"),
        ("১.১.১", "code_not_number"),
        ("[৪.১.২]", "code_not_number"),
        ("৩-৫", "range"),
        ("৩–৫ টি", "range"),
        ("৩ থেকে ৫", "range"),
        ("২০২৪-২৫", "range"),
        ("১/২", "fraction"),
        ("১,২", "ambiguous_grouping"),
        ("১২,৩৪", "ambiguous_grouping"),
        ("০,১২৩", "ambiguous_grouping"),
        ("১,২৩৪,৫৬", "ambiguous_grouping"),
        ("৩ (চার) টি", "words_disagree"),
        ("২_২ (দুই) টি", "underscore_in_number"),  # words do not mend a figure that cannot be read
        ("nan", "not_a_number"),
        ("inf", "not_a_number"),
        ("½", "not_a_number"),
        ("- ৫", "not_a_number"),
        ("৩ (তিন", "not_a_number"),
        ("৩ (বই) টি", "not_a_number"),
        ("৩টি সভা", "not_a_number"),
        ("পাঁচ ছয়", "not_a_number"),
        ("২০ হাজার ১ লক্ষ", "not_a_number"),
        ("১.৫ লক্ষ ২০ হাজার", "not_a_number"),
        ("কোটি", "not_a_number"),
        ("১০০ ভাগ", "not_a_number"),
        ("অর্জিত হয়েছে", "not_a_number"),
        ("চুরানব্বই দশমিক সাতানব্বই", "not_a_number"),
        ("9" * 400, "not_a_number"),
    ],
)
def test_what_could_be_misread_is_refused_with_the_reason(text: str, reason: str) -> None:
    assert read_number(text) == Reading(flag=reason)


@pytest.mark.parametrize(("text", "value"), [("২০20", 2020), ("৬.০০2", 6.002), ("2৪টি", 24)])
def test_mixed_digits_are_read_and_pointed_out(text: str, value: float) -> None:
    assert read_number(text) == Reading(Number(value, is_percent=False), "mixed_digits")


def test_every_number_up_to_a_hundred_has_its_words_and_no_two_share_one() -> None:
    words = load_toml("numerals.toml")["words"]
    assert sorted(map(int, words)) == list(range(100))
    keys = [match_key(word) for spellings in words.values() for word in spellings]
    assert len(keys) == len(set(keys))
    for digits, spellings in words.items():
        for word in spellings:
            assert read_number(word).value == Number(float(digits), is_percent=False), word


@given(any_text)
def test_every_reading_of_any_text_is_a_finite_value_or_nothing_or_a_reason(text: str) -> None:
    number, ordinal = read_number(text), read_ordinal(text)
    assert number.value is None or math.isfinite(number.value.value)
    assert ordinal.value is None or ordinal.value > 0


@pytest.mark.parametrize("part", ["টি", "হাজার", "কোটি ", "(", "৩ (", "১,", "১ হাজার ", "দশমিক"])
def test_long_nonsense_is_refused_without_harm(part: str) -> None:
    assert read_number(part * 3000).is_refused
    assert read_ordinal(part * 3000).is_refused


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_what_is_written_reads_back_the_same(value: float) -> None:
    assert read_number(write_number(value)) == Reading(Number(value, is_percent=False))


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (1234567.5, None, "১২,৩৪,৫৬৭.৫"),
        (1234567.5, 2, "১২,৩৪,৫৬৭.৫০"),
        (123, None, "১২৩"),
        (1234, 0, "১,২৩৪"),
        (100000, None, "১,০০,০০০"),
        (2.345, 2, "২.৩৫"),
        (-98765, None, "-৯৮,৭৬৫"),
        (-0.001, 2, "০.০০"),
        (-0.0, None, "০"),
        (1e25, 1, "১,০০,০০,০০,০০,০০,০০,০০,০০,০০,০০,০০,০০০.০"),
    ],
)
def test_figures_are_written_in_lakhs(value: float, decimals: int | None, written: str) -> None:
    assert write_number(value, decimals=decimals) == written


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_not_finite_is_never_written(value: float) -> None:
    with pytest.raises(ValueError, match="cannot be written"):
        write_number(value)


def test_digits_become_bengali_and_the_rest_stays() -> None:
    assert bengali_digits("Q2 2024-25, ৩ ٤") == "Q২ ২০২৪-২৫, ৩ ৪"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("১ম", 1), ("২\u09df", 2), ("৩য়", 3), ("৪র্থ", 4), ("৪\u09f0্থ", 4), ("৪থ", 4), ("৬ষ্ঠ", 6), ("৬ষ্ট", 6),
        ("১০ম", 10), ("১১তম", 11), ("১লা", 1), ("২রা", 2), ("৪ঠা", 4), ("১৬ই", 16), ("২১শে", 21), ("৩১শে", 31),
        ("1ম", 1), ("1st", 1), ("2nd", 2), ("22nd", 22), ("11th", 11), ("31ST", 31), ("১ ম", 1), ("১-ম", 1),
        ("প্রথম", 1), ("দ্বিতীয়", 2), ("চতুর্থ", 4), ("চতূর্থ", 4), ("দশম", 10), ("একাদশ", 11), ("একুশে", 21),
    ],
)  # fmt: skip
def test_ordinals_are_read(text: str, place: int) -> None:
    assert read_ordinal(text) == Reading(place)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("১য়", "wrong_ordinal_ending"),
        ("২১ই", "wrong_ordinal_ending"),
        ("21th", "wrong_ordinal_ending"),
        ("০ম", "wrong_ordinal_ending"),
        ("৪", "not_an_ordinal"),
        ("৪টি", "not_an_ordinal"),
        ("চলমান", "not_an_ordinal"),
    ],
)
def test_what_is_no_ordinal_is_refused(text: str, reason: str) -> None:
    assert read_ordinal(text) == Reading(flag=reason)


def test_no_ordinal_in_a_blank_and_mixed_digits_are_pointed_out() -> None:
    assert read_ordinal(" – ").is_nothing
    assert read_ordinal("১2তম") == Reading(12, "mixed_digits")
