"""Keys forget what spellers disagree about, and keep what carries meaning."""

import re
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.bengali_texts import RIGHT_TEXT, any_text, bengali
from tests.vectors import vectors_of
from transforms.bengali_text import canonical
from transforms.match_key import match_key, match_keys


def test_keys_meet_where_the_shared_cases_want_them_to(shared: Path) -> None:
    cases = vectors_of(shared, "key")
    assert {case.wanted for case in cases} == {"SAME", "DIFF"}
    for case, _, pair, want in cases:
        one, other = pair.split(" == ")
        assert (match_key(one) == match_key(other)) == (want == "SAME"), case


def test_keys_made_together_are_those_made_one_by_one(shared: Path) -> None:
    cases = [text for case in vectors_of(shared, "") for text in (case.written, case.wanted)]
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


@given(any_text)
def test_the_key_is_idempotent_and_does_not_see_repairs(text: str) -> None:
    key = match_key(text)
    assert match_key(key) == key
    assert match_key(canonical(text)) == key


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
