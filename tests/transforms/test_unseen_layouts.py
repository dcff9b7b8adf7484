"""Layouts that nobody foresaw: read right, or told; of every cell of a table something is made or said."""

import os
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.reader import read
from tests.transforms.papers import (
    ACHIEVEMENT,
    FIGURES,
    REMARK,
    STANDARD,
    Columns,
    Paper,
    as_format,
    as_text,
    codes,
    column,
    figures,
    office_paper,
    read_bytes,
    told,
    with_cell,
    with_row,
)
from tests.transforms.test_unread import vanished
from tests.transforms.unseen_layouts import (
    BLANK_COLUMN,
    PAPERS,
    WORKBOOKS,
    over_two_pages,
    with_blank_rows,
    with_heading_again,
)
from tests.transforms.unseen_words import HEADINGS, PERIODS, of_office, of_period, with_spelling

ROUNDS = os.environ.get("PROTIBEDON_TEST_ROUNDS")  # more of them search anew; without, the same 60 each time


def is_read_right(content: bytes) -> bool:
    report = read_bytes(content)
    whose = (report.office_id, report.fiscal_year, report.quarter)
    assert figures(report) == FIGURES
    assert whose == ("jashore", "2024-25", 2)
    assert vanished(read(content)) == []
    return not {"unknown_heading", "unread_row", "unknown_indicator", "missing_indicator"} & set(
        codes(report)
    )


@pytest.mark.parametrize("file_format", ["text", "docx", "xlsx"])
@pytest.mark.parametrize("paper", PAPERS)
def test_paper_that_is_read_right(paper, file_format):
    assert is_read_right(as_format(PAPERS[paper], file_format))


@pytest.mark.parametrize("workbook", WORKBOOKS)
def test_workbook_that_is_read_right(workbook):
    assert is_read_right(WORKBOOKS[workbook]())


@pytest.mark.parametrize(
    "heading", [(place, text) for place in HEADINGS for text in HEADINGS[place]], ids=str
)
def test_heading_in_another_spelling(heading):
    assert is_read_right(as_text(with_spelling(*heading)))


@pytest.mark.parametrize("words", PERIODS)
def test_period_that_the_title_alone_names(words):
    assert is_read_right(as_text(of_period(words)))


def test_code_that_a_spreadsheet_ate_is_told_with_the_day_it_became():
    report = read_bytes(WORKBOOKS["codes eaten as day, month, year"]())
    restored = {found.indicator_code: found for found in report.findings if found.code == "code_restored"}
    assert set(restored) == set(FIGURES)
    assert restored["4.1.2"].raw_text == "2002-01-04"
    assert "[৪.১.২]" in restored["4.1.2"].message_bn


# --- offices -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "office_id"),
    [
        ("জেলা সরকারি গণগ্রন্থাগার, যশোর", "jashore"),
        ("জেলা সরকারী গণ-গ্রন্থাগার, যশোর।", "jashore"),
        ("যশোর জেলা সরকারি গনগ্রন্থাগার", "jashore"),
        ("কার্যালয়ের নাম: জেলা সরকারি গণগ্রন্থাগার, যশোর", "jashore"),
        ("দপ্তরের নামঃ যশোর", "jashore"),
        ("Govt. Public Library, Jessore", "jashore"),
        ("লাইব্রেরিয়ানের কার্যালয়\nজেলা সরকারি গণগ্রন্থাগার\nযশোর", "jashore"),
        ("বিভাগীয় সরকারি গণগ্রন্থাগার, খুলনা", "khulna"),
        ("উডবার্ন সরকারি গণগ্রন্থাগার, বগুড়া", "bogura"),
        ("উপজেলা সরকারি গণগ্রন্থাগার, বকশীগঞ্জ, জামালপুর", "bakshiganj"),
        ("সুফিয়া কামাল জাতীয় গণগ্রন্থাগার, শাহবাগ, ঢাকা", "dhaka"),
        ("জেলা সরকারি গণগ্রন্থাগার, রাঙ্গামাটি পার্বত্য জেলা", "rangamati"),
        ("জেলা সরকারি গণগ্রন্থাগার, চাঁপাই নবাবগঞ্জ", "chapainawabganj"),
        ("জেলা সরকারি গণগ্রন্থাগার, ব্রাক্ষণবাড়ীয়া", "brahmanbaria"),
    ],
)
def test_office_however_its_title_writes_it(line, office_id):
    report = read_bytes(as_text(of_office(line)))
    assert (report.office_id, figures(report)) == (office_id, FIGURES)


@pytest.mark.parametrize(
    ("line", "nearest"),
    [
        ("জেলা সরকারি গণগ্রন্থাগার, যশহর", "যশোর (৮৯%)"),
        ("শাখা গণগ্রন্থাগার, যশোর", "যশোর (১০০%)"),
        ("উপজেলা গণগ্রন্থাগার, যশোর", "যশোর (১০০%)"),
    ],
)
def test_unknown_office_is_held_with_three_names_and_bengali_figures(line, nearest):
    report = read_bytes(as_text(of_office(line)))
    (unknown,) = (found for found in report.findings if found.code == "unknown_office")
    assert (report.rejection_code, unknown.raw_text) == ("unknown_office", line)
    assert nearest in unknown.message_bn
    assert unknown.message_bn.count("%)") == unknown.message_en.count("%)") == 3
    assert not any(digit in unknown.message_bn.replace(unknown.cell, "") for digit in "0123456789")


# --- the property ------------------------------------------------------------------------------------------

CODE = column(lambda one: one.code, "সূচক নং")
WORDS = column(lambda one: one.statement, "সূচক")
ADDED = {
    "year to date": column(lambda one: "৯" if one.unit == "number" else "", "ক্রমপুঞ্জিভূত অর্জন"),
    "last year": column(lambda _: "৭", "প্রকৃত অর্জন ২০২৩-২৪"),
    "evidence": column(lambda _: "অফিস আদেশ", "প্রমাণক"),
    "unknown": column(lambda _: "কিছু", "অজানা শিরোনাম"),
    "unheaded": column(lambda _: "কিছু", ""),
    "blank": BLANK_COLUMN,
}


@st.composite
def layouts(draw: st.DrawFn) -> Paper:
    """An office form of shuffled, left out and added columns, broken, spaced and written over at random."""
    groups: list[Columns] = [*STANDARD[2:6], ACHIEVEMENT, REMARK]
    if draw(st.booleans()):
        groups[:1] = [CODE, WORDS]
    groups += draw(st.lists(st.sampled_from(STANDARD[:2]), unique_by=id))
    if draw(st.booleans()):
        groups = list(draw(st.permutations(groups)))
    for name in draw(st.lists(st.sampled_from(sorted(ADDED)), unique=True, max_size=2)):
        groups.insert(draw(st.integers(1, len(groups))), ADDED[name])
    paper = office_paper(*groups)
    body = st.integers(paper.header + 1, len(paper.rows) - 1)
    for row in draw(st.lists(body, max_size=2)):
        paper = with_cell(paper, row, draw(st.integers(0, len(paper.rows[0]) - 1)), draw(TYPED))
    if draw(st.booleans()):
        cells = draw(st.lists(st.sampled_from(["", "", "৭", "টীকা"]), min_size=1, max_size=len(paper.rows[0])))
        paper = with_row(paper, draw(body), cells)
    change = draw(st.sampled_from(["", "blank rows", "heading again", "two pages"]))
    if change == "blank rows":
        return with_blank_rows(paper, draw(st.lists(body, max_size=3)))
    if change == "heading again":
        return with_heading_again(paper, draw(body))
    return over_two_pages(paper, draw(body)) if change else paper


TYPED = st.one_of(
    st.sampled_from(
        ["৭", "৭%", "০১/০১/২৫", "টীকা", "-", "[৯.৯.৯] অন্য", "২০০%", "মোট", "৩য় কোয়ার্টারে হবে", "লক্ষ"]
    ),
    st.text("অআকখগাি্ ০১২.,%-", min_size=1, max_size=12),
)


@settings(
    max_examples=int(ROUNDS or 60),
    derandomize=not ROUNDS,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(layouts())
def test_of_every_cell_of_any_layout_something_is_made_or_said(paper):
    content = as_text(paper)
    report = read_bytes(content)
    if report.rejection_code is None:
        assert vanished(read(content)) == []
    else:
        assert all(found.message_bn and found.message_en for found in report.findings)


def test_heading_that_no_entry_knows_shifts_no_column():
    strange = column(lambda _: "৯৯", "অজানা শিরোনাম")
    for place in range(len(STANDARD) + 1):
        report = read_bytes(as_text(office_paper(*STANDARD[:place], strange, *STANDARD[place:])))
        assert figures(report) == FIGURES
        assert told(report, "unknown_heading") == ["অজানা শিরোনাম"]


def test_word_that_is_one_letter_from_two_meanings_is_none():
    report = read_bytes(as_text(with_spelling(6, "ওঅর্জন")))
    assert report.rejection_code == "unknown_form"
    assert told(report, "unknown_heading") == ["ওঅর্জন"]


def test_misspelt_heading_is_told_where_it_stands():
    report = read_bytes(as_text(replace(with_spelling(6, "প্রকৃত অজন"))))
    assert told(report, "heading_repaired") == ["প্রকৃত অজন"]
