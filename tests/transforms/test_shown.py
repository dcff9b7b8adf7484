import sys
from unicodedata import category

import pytest

from transforms.shown import plays_tricks, shown, shown_lines


@pytest.mark.parametrize(
    ("written", "as_shown"),
    [
        ("খুলনা ২য় ত্রৈমাসিক.docx", "খুলনা ২য় ত্রৈমাসিক.docx"),
        ("ক্\u200dষ র\u200cয", "ক্\u200dষ র\u200cয"),  # Bengali is written with the joiners
        ("\x1b[31mred\x07", "␛[31mred␇"),
        ("one\ntwo\r\u2028three\x85", "one␊two␍\ufffdthree\ufffd"),
        ("xcod.\u202eexe", "xcod.\ufffdexe"),
        ("half \udcff", "half \ufffd"),
        ("", ""),
    ],
)
def test_marks_that_play_tricks_are_shown_as_signs(written, as_shown):
    assert shown(written) == as_shown


def test_no_control_code_half_letter_or_line_end_is_shown_as_it_is():
    letters = "".join(map(chr, range(sys.maxunicode + 1)))
    kinds = {category(letter) for letter in shown(letters)}
    assert kinds.isdisjoint({"Cc", "Cs", "Zl", "Zp"})
    replaced = {letter for letter in letters if shown(letter) != letter}
    assert {category(letter) for letter in replaced} == {"Cc", "Cs", "Zl", "Zp", "Cf"}
    assert all(map(plays_tricks, replaced))


def test_lines_stay_lines():
    assert shown_lines("one\ttab\r\ntwo\x1b") == "one tab\ntwo␛"
