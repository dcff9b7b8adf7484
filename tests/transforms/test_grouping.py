"""Findings with one cause are told once, with every cell; those of a figure withheld never are."""

from dataclasses import replace

import pytest

from tests.transforms.matrix_papers import matrix_paper
from tests.transforms.papers import (
    Paper,
    as_docx,
    as_xlsx,
    codes,
    office_paper,
    read_bytes,
    told,
    with_cell,
)
from transforms.border import check_at_border
from transforms.finding import Finding, Severity, finding
from transforms.grouping import MOST_PLACES_TOLD, grouped

UNIT = {"unit_bn": "সংখ্যা", "unit_en": "number"}


def phrase(
    cell: str, text: str = "হবে হবে", *, indicator: str = "", office: str = "jashore", **how
) -> Finding:
    return finding(
        "unknown_phrase", cell=cell, raw_text=text, indicator_code=indicator, office_id=office, **UNIT, **how
    )


def test_one_phrase_in_several_rows_is_asked_about_once():
    first, *_ = same = [phrase("S!K7", indicator="2.1.1"), phrase("S!K9", "হবে  হবে\n", indicator="4.1.2")]
    (found,) = grouped([*same, phrase("S!K12", indicator="5.1.1")])
    assert (found.cell, found.cells) == ("S!K7", "S!K7; S!K9; S!K12")
    assert (found.code, found.indicator_code, found.office_id) == ("unknown_phrase", "2.1.1", "jashore")
    assert found.message_en == (
        f"{first.message_en} (The same in 3 cells: [2.1.1] S!K7, [4.1.2] S!K9, [5.1.1] S!K12)"
    )
    assert found.message_bn == (
        f"{first.message_bn} (একই বিষয় মোট ৩টি ঘরে: [২.১.১] S!K7, [৪.১.২] S!K9, [৫.১.১] S!K12)"
    )


@pytest.mark.parametrize(
    "other",
    [
        phrase("S!K9", "করা হবে"),
        phrase("S!K9", office="magura"),
        phrase("S!K9", severity=Severity.QUARANTINE),
        phrase("S!K9")._replace(waived_by="একজন কর্মকর্তা"),
        phrase(""),
        finding("percent_over_100", cell="S!K9", raw_text="হবে হবে", office_id="jashore"),
    ],
)
def test_what_differs_in_words_office_weight_or_decision_is_told_apart(other):
    assert grouped([phrase("S!K7"), other]) == (phrase("S!K7"), other)


def test_figures_withheld_stay_with_their_indicators():
    withheld = [
        phrase(f"S!K{row}", indicator=f"{row}.1.1", severity=Severity.QUARANTINE) for row in (4, 5, 6)
    ]
    assert grouped(withheld) == tuple(withheld)


def test_the_order_is_that_of_the_first():
    other = finding("weights_add_up", total=20.0, expected=20.0)
    found = grouped([phrase("S!K7"), other, phrase("S!K9")])
    assert [one.code for one in found] == ["unknown_phrase", "weights_add_up"]


def test_a_long_list_is_cut_short_in_the_sentence_and_whole_in_the_cells():
    (found,) = grouped(phrase(f"S!K{row}") for row in range(1, 41))
    assert len(found.cells.split("; ")) == 40
    assert "40 cells" in found.message_en
    assert found.message_en.endswith(f"S!K{MOST_PLACES_TOLD} …)")


def test_a_heading_misspelt_on_every_page_is_told_once():
    def page(*offices: str) -> Paper:
        paper = matrix_paper(offices=offices)
        spaced = tuple(text.replace("ওয়েটেড", "ওয়ে টেড") for text in paper.rows[0])
        return replace(paper, rows=(spaced, *paper.rows[1:]), below=())

    pages = replace(page("চট্টগ্রাম"), then=replace(page("রাঙ্গামাটি"), above=()))
    (report,) = check_at_border([read_bytes(as_docx(pages))])
    assert len({seen.office_id for seen in report.observations}) == 2
    (found,) = (one for one in report.findings if one.code == "heading_repaired")
    first, second = found.cells.split("; ")
    assert (first.partition(" r")[0], second.partition(" r")[0]) == ("table 1", "table 2")


def test_an_office_of_a_matrix_that_says_nothing_is_told_once_and_the_others_apart():
    paper = matrix_paper()
    (report,) = check_at_border([read_bytes(as_xlsx(paper))])
    assert len(
        {(one.office_id, one.raw_text) for one in report.findings if one.code == "nothing_stated"}
    ) == len(told(report, "nothing_stated"))


def test_a_blank_weight_makes_no_sum_that_does_not_add_up():
    paper = office_paper()
    column = next(number for number, text in enumerate(paper.rows[0]) if "মান" in text and "সূচকের" in text)
    report = read_bytes(as_docx(with_cell(paper, 5, column, "")))
    assert not {"weights_add_up", "weights_do_not_add_up"} & set(codes(report))
    wrong = read_bytes(as_docx(with_cell(paper, 5, column, "৯")))
    assert "weights_do_not_add_up" in codes(wrong)
