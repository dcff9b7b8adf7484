"""Headings that were exchanged, and indicators under the activity or with the targets of another."""

from dataclasses import replace

import pytest

from tests.transforms.matrix_papers import matrix_paper
from tests.transforms.papers import (
    FIGURES,
    FORMATS,
    Paper,
    as_format,
    as_text,
    codes,
    figures,
    office_paper,
    plan,
    read_bytes,
    told,
    with_cell,
)

PLACE_OF = {indicator.code: 2 + 3 * number for number, indicator in enumerate(plan("2023-24").indicators)}
ROW_OF = {indicator.code: 3 + number for number, indicator in enumerate(plan().indicators)}
ACTIVITY, INDICATOR = 1, 2
MATRIX_FINDINGS = {"activity_conflict", "targets_of_another", "statement_conflict", "headings_out_of_order"}


def exchanged(paper: Paper, one: tuple[int, int], other: tuple[int, int]) -> Paper:
    """The paper with two cells exchanged, each given by its row and column."""
    first, second = (paper.rows[row][column] for row, column in (one, other))
    return with_cell(with_cell(paper, *one, second), *other, first)


def with_headings_exchanged(one: str, other: str) -> Paper:
    return exchanged(matrix_paper(), (1, PLACE_OF[one]), (1, PLACE_OF[other]))


def withheld(report) -> set[str]:
    return {seen.indicator_code for seen in report.observations if seen.state == "unreadable"}


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize(("one", "other"), [("2.1.1", "5.1.1"), ("1.1.1", "3.1.1"), ("5.1.2", "6.1.1")])
def test_exchanged_headings_of_one_unit_withhold_both_indicators(one, other, file_format):
    report = read_bytes(as_format(with_headings_exchanged(one, other), file_format))
    assert withheld(report) == {one, other}
    found = [one for one in report.findings if one.code == "activity_conflict"]
    assert {one.indicator_code for one in found} == {one, other}
    assert {(one.severity, one.office_id) for one in found} == {("quarantine", "")}
    assert found[0].raw_text in {indicator.activity for indicator in plan("2023-24").indicators}


def test_exchanged_headings_under_one_activity_are_asked_about():
    report = read_bytes(as_text(with_headings_exchanged("5.1.1", "5.1.2")))
    (asked,) = (found for found in report.findings if found.code == "headings_out_of_order")
    assert (asked.indicator_code, asked.severity) == ("5.1.1", "warn")
    assert "[৫.১.২]" in asked.message_bn


def test_codes_exchanged_without_their_words_withhold_both():
    paper = matrix_paper()
    one, other = (paper.rows[1][PLACE_OF[code]] for code in ("5.1.1", "5.1.2"))
    paper = with_cell(paper, 1, PLACE_OF["5.1.1"], one.replace("[৫.১.১]", "[৫.১.২]"))
    paper = with_cell(paper, 1, PLACE_OF["5.1.2"], other.replace("[৫.১.২]", "[৫.১.১]"))
    report = read_bytes(as_text(paper))
    assert withheld(report) == {"5.1.1", "5.1.2"}
    assert told(report, "statement_conflict") != []


def test_matrix_in_order_raises_none_of_it_even_where_its_heading_is_repeated():
    paper = matrix_paper()
    again = replace(paper, rows=(*paper.rows[:4], *paper.rows[:3], *paper.rows[4:]))
    for each in (paper, again):
        assert not MATRIX_FINDINGS & set(codes(read_bytes(as_text(each))))


# --- the office form ---------------------------------------------------------------------------------------


def test_rows_whose_indicators_were_exchanged_are_withheld_by_their_targets():
    paper = exchanged(office_paper(), (ROW_OF["5.1.1"], INDICATOR), (ROW_OF["8.1.1"], INDICATOR))
    report = read_bytes(as_text(paper))
    assert {"5.1.1", "8.1.1"} <= withheld(report)
    (found,) = (
        one for one in report.findings if (one.code, one.indicator_code) == ("targets_of_another", "8.1.1")
    )
    assert (found.raw_text, found.office_id) == ("৪", "jashore")
    assert "[৫.১.১]" in found.message_bn


def test_indicator_beside_the_activity_of_another_is_withheld():
    other = plan().indicator("7.1.1").activity
    report = read_bytes(as_text(with_cell(office_paper(), ROW_OF["6.1.1"], ACTIVITY, other)))
    assert told(report, "activity_conflict") == [other]
    assert withheld(report) == {"6.1.1"}


@pytest.mark.parametrize("activity", ["", "[৯.৯] স্মার্ট বাংলাদেশ বিনির্মাণ", "স্মার্ট বাংলাদেশ", "[৬.১]", "উদ্ভাবন"])
def test_activity_that_is_its_own_or_only_written_otherwise_is_no_conflict(activity):
    report = read_bytes(as_text(with_cell(office_paper(), ROW_OF["6.1.1"], ACTIVITY, activity)))
    assert (told(report, "activity_conflict"), figures(report)) == ([], FIGURES)


def test_targets_of_an_office_s_own_are_no_exchange():
    paper = with_cell(office_paper(), ROW_OF["8.1.1"], 5, "৪")
    assert "targets_of_another" not in codes(read_bytes(as_text(paper)))
