from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.grid import Cell, Grid, Row, Sheet
from tests.transforms.matrix_papers import MATRIX_TITLE, matrix_paper
from tests.transforms.papers import (
    FIGURES,
    STANDARD,
    TITLE,
    Paper,
    as_docx,
    codes,
    figures,
    office_paper,
    read_bytes,
    with_cell,
    with_row,
)
from transforms.border import check_at_border
from transforms.finding import Severity, finding
from transforms.report import Report
from transforms.report_file import read_file, read_reports

NOTE, WARNING, REJECTION = finding("nothing_stated"), finding("missing_indicator"), finding("unknown_period")


# --- a report and its findings ---------------------------------------------------------------------------


def test_status_by_the_heaviest_finding():
    assert Report("a").status == "accepted"
    assert Report("a").with_findings([NOTE]).status == "accepted"
    assert Report("a").with_findings([NOTE, WARNING]).status == "accepted_with_findings"
    assert Report("a").with_findings([WARNING, REJECTION]).status == "rejected"
    assert Report("a").with_findings([WARNING, REJECTION]).rejection_code == "unknown_period"


def test_report_that_is_rejected_gives_up_its_figures():
    report = read_bytes(as_docx(office_paper()))
    assert report.observations
    assert report.target_bands
    rejected = report.with_findings([REJECTION])
    assert (rejected.observations, rejected.target_bands) == ((), ())
    assert rejected.findings == (*report.findings, REJECTION)


# --- what a file gives -----------------------------------------------------------------------------------


def test_file_of_a_form():
    (report,) = read_file("a" * 64, "যশোর.docx", as_docx(office_paper()))
    assert (report.submission_id, report.form, report.office_id, report.division_id) == (
        "a" * 64, "office_form", "jashore", "khulna",
    )  # fmt: skip
    assert (report.fiscal_year, report.quarter, report.status) == ("2024-25", 2, "accepted")
    assert {seen.submission_id for seen in report.observations} == {"a" * 64}
    assert figures(report) == FIGURES


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"PK\x03\x04 cut short"])
def test_file_that_cannot_be_read(content):
    (report,) = read_file("a" * 64, "যশোর.docx", content)
    assert (report.status, report.rejection_code) == ("rejected", "unreadable_file")
    assert "যশোর.docx" in report.findings[0].message_bn


def test_file_that_is_no_report():
    (report,) = read_file("a" * 64, "ছুটি.txt", "নৈমিত্তিক ছুটির আবেদন\n\nজনাব,\n".encode())
    assert (report.rejection_code, report.form) == ("unknown_form", "")
    assert "ছুটি.txt" in report.findings[0].message_bn


# --- what was known before a rejection is kept -----------------------------------------------------------


def test_form_without_a_period():
    above = tuple(line.replace("২য় ত্রৈমাসিক", "").replace("(অক্টোবর/২৪-ডিসেম্বর/২৪)", "") for line in TITLE)
    paper = office_paper(*STANDARD[:5], STANDARD[7], above=above)
    deed = with_cell(paper, 0, 5, "অর্জন")
    report = read_bytes(as_docx(replace(deed, merges=())))
    assert (report.rejection_code, report.form, report.quarter) == ("unknown_period", "office_form", None)


def test_form_of_an_unknown_annex():
    cells = list(office_paper().rows[3])
    cells[2] = "[১.১.১] অন্য কোনো কাজ"
    alone = Paper((TITLE[3], "২০২৪-২৫ অর্থবছরের ২য় ত্রৈমাসিক"), (*office_paper().rows[:3], tuple(cells)))
    report = read_bytes(as_docx(alone))
    assert (report.rejection_code, report.fiscal_year, report.quarter) == ("unknown_form", "2024-25", 2)


def test_form_with_no_indicator_of_the_plan():
    cells = list(office_paper().rows[3])
    cells[2] = "[৯.৯.৯] অন্য কোনো কাজ"
    report = read_bytes(as_docx(Paper(TITLE, (*office_paper().rows[:3], tuple(cells)))))
    assert (report.rejection_code, report.office_id) == ("unknown_form", "jashore")
    assert codes(report).count("unknown_indicator") == 1


def test_division_of_a_rejected_matrix_is_kept():
    rows = (*matrix_paper().rows[:3], ("১", "অজানাপুর", *[""] * 25))
    report = read_bytes(as_docx(Paper(MATRIX_TITLE, rows)))
    assert (report.rejection_code, report.division_id) == ("unknown_form", "chattogram")


# --- duplicates ------------------------------------------------------------------------------------------


def test_indicator_twice_and_the_same():
    report = read_bytes(as_docx(with_row(office_paper(), 6, office_paper().rows[4])))
    (found,) = (found for found in report.findings if found.code == "duplicate_indicator")
    assert (found.severity, found.indicator_code, found.cell) == (Severity.WARN, "2.1.1", "table 1 r7 c11")
    assert figures(report) == FIGURES


def test_indicator_twice_and_not_the_same_is_withheld():
    row = (*office_paper().rows[4][:10], "৪", "")
    report = read_bytes(as_docx(with_row(office_paper(), 6, row)))
    (found,) = (found for found in report.findings if found.code == "duplicate_indicator")
    assert (found.severity, found.raw_text) == (Severity.QUARANTINE, "৪")
    assert figures(report)["2.1.1"] == ("unreadable", None)
    assert [seen.indicator_code for seen in report.observations].count("2.1.1") == 1


# --- it never raises -------------------------------------------------------------------------------------

WORDS = [
    "", "-", "১", "[১.১.১] সেবা", "[৪.১.২]", "ক্রম", "কার্যক্রম", "কর্মসম্পাদন সূচক", "একক", "মান", "অর্জন", "মন্তব্য",
    "গ্রন্থাগারের নাম", "লক্ষ্যমাত্রা ২০২৪-২৫", "অসাধারণ", "১০০%", "২য় ত্রৈমাসিক (অক্টোবর-ডিসেম্বর ২০২৪)", "চট্টগ্রাম",
    "জেলা সরকারি গণগ্রন্থাগার, যশোর", "মোট", "ক্রমপুঞ্জিভূত অর্জন", "প্রকৃত অর্জন ২০২৩-২৪", "তারিখ", "%", "সংখ্যা", "০১/১২/২৪",
    "ই-গভর্ন্যান্স ও উদ্ভাবন কর্মপরিকল্পনা", "(১)", "১৬.৩.২৪", "[১.১] কার্যক্রম", "অজানা\nশব্দ", "\u200d", "=1+1", "{cell}",
]  # fmt: skip
TEXTS = st.sampled_from(WORDS) | st.text(max_size=6)


@st.composite
def rows_of_cells(draw):
    """Rows of cells anywhere, with any spans, some hidden: more than any file could hold."""
    rows, number = [], 0
    for _ in range(draw(st.integers(0, 8))):
        number += draw(st.integers(1, 2))
        cells, place = [], 1
        for text in draw(st.lists(TEXTS, max_size=7)):
            wide, high = draw(st.integers(1, 3)), draw(st.integers(1, 2))
            cells.append(Cell(f"r{number} c{place}", place, text, row_span=high, column_span=wide))
            place += wide + draw(st.integers(0, 1))
        rows.append(Row(number, tuple(cells), hidden=draw(st.booleans()) and draw(st.booleans())))
    return tuple(rows)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.builds(Sheet, st.just("ক"), rows_of_cells(), st.booleans()), max_size=2))
def test_any_grid_gives_a_report(sheets):
    reports = read_reports("a" * 64, "report", Grid("xlsx", tuple(sheets)))
    assert reports
    for report in reports:
        assert report.rejection_code or report.observations
        assert all(found.message_bn and found.message_en for found in report.findings)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from([office_paper(), matrix_paper()]),
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 25), TEXTS), max_size=6),
)
def test_any_change_of_a_real_form_gives_a_report(paper, changes):
    grid_rows = [list(row) for row in paper.rows]
    for row, column, text in changes:
        grid_rows[row % len(grid_rows)][column % len(grid_rows[0])] = text
    lines = [Row(number, (Cell(f"l{number}", 1, line),)) for number, line in enumerate(paper.above, 1)]
    table = [
        Row(20 + number, tuple(Cell(f"r{number} c{place}", place, text) for place, text in enumerate(row, 1)))
        for number, row in enumerate(grid_rows)
    ]
    (report,) = read_reports("a" * 64, "report", Grid("text", (Sheet("", (*lines, *table)),)))
    (checked,) = check_at_border([report])
    assert checked.rejection_code or checked.observations
