"""Whom a letter is to, or copied to: that office is not the one that reports."""

from dataclasses import replace

import pytest

from tests.transforms.papers import (
    FIGURES,
    SIGNATURE,
    TITLE,
    as_docx,
    codes,
    figures,
    office_paper,
    read_bytes,
)
from transforms.addressee import LONGEST_LIST, length_of_address

UNNAMED = TITLE[:3] + TITLE[4:]
DIVISION = "বিভাগীয় সরকারি গণগ্রন্থাগার, খুলনা"
SIGNED = (*SIGNATURE, "জেলা সরকারি গণগ্রন্থাগার, যশোর")


@pytest.mark.parametrize(
    ("lines", "length"),
    [
        (("বরাবর", "পরিচালক", DIVISION, "বিষয়: প্রতিবেদন"), 3),
        (("বরাবরঃ", "পরিচালক", "বিভাগীয় সরকারি গণগ্রন্থাগার", "খুলনা।", "বিষয়: প্রতিবেদন"), 4),
        ((f"বরাবর, পরিচালক, {DIVISION}", "জেলা সরকারি গণগ্রন্থাগার, যশোর"), 1),
        (("বরাবর", "মহাপরিচালক", "গণগ্রন্থাগার অধিদপ্তর", "শাহবাগ, ঢাকা।"), 3),
        ((f"প্রাপক: পরিচালক, {DIVISION}", "প্রেরক: জেলা সরকারি গণগ্রন্থাগার, যশোর"), 1),
        (("অনুলিপিঃ", f"১। {DIVISION}", "২। অফিস কপি", "জেলা সরকারি গণগ্রন্থাগার, যশোর"), 3),
        ((f"অনুলিপি: {DIVISION}", "স্বাক্ষর"), 1),
        (("বরাবর", "১", "২", "৩", "৪", DIVISION), 1),
        ((f"সূত্র: {DIVISION}র ০২ জানুয়ারি ২০২৫ তারিখের ১৫ নং স্মারক", "জেলা সরকারি গণগ্রন্থাগার, যশোর"), 1),
        ((f"সূত্রঃ {DIVISION}", ""), 1),
        ((DIVISION, "বরাবর"), 0),
        (("প্রতিবেদন",), 0),
        (("",), 0),
    ],
)
def test_lines_of_an_addressee(lines, length):
    assert length_of_address(lines) == length


def test_a_long_list_of_copies_is_not_followed_for_ever():
    assert length_of_address(("অনুলিপি:", *["১। অফিস কপি"] * 1000)) == LONGEST_LIST


@pytest.mark.parametrize(
    "above",
    [
        ("বরাবর", "পরিচালক", DIVISION),
        ("প্রেরক: জেলা সরকারি গণগ্রন্থাগার, যশোর", f"প্রাপক: পরিচালক, {DIVISION}"),
        ("জেলা সরকারি গণগ্রন্থাগার, যশোর", "বরাবর", "পরিচালক", "বিভাগীয় সরকারি গণগ্রন্থাগার", "খুলনা।"),
    ],
)
def test_a_report_is_of_the_office_that_sends_it(above):
    report = read_bytes(as_docx(office_paper(above=(*above, *UNNAMED), below=SIGNED)))
    assert (report.office_id, figures(report)) == ("jashore", FIGURES)
    assert not {"office_conflict", "unknown_office"} & set(codes(report))


def test_an_addressee_alone_does_not_report():
    paper = replace(office_paper(above=("বরাবর", DIVISION, *UNNAMED)), below=SIGNATURE)
    report = read_bytes(as_docx(paper))
    assert (report.office_id, report.status) == ("", "rejected")
    assert "unknown_office" in codes(report)
