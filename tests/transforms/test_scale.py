"""A figure in lakhs or thousands is never taken as if it were in full."""

import pytest

from tests.transforms.matrix_papers import FIGURE, NO_REMARK, TARGET, Under, matrix_paper
from tests.transforms.papers import (
    ACHIEVEMENT,
    FIGURES,
    FIVE_BANDS,
    FORMATS,
    REMARK,
    STANDARD,
    TITLE,
    Columns,
    Paper,
    achieved,
    as_docx,
    as_format,
    as_text,
    column,
    figures,
    office_paper,
    plan,
    read_bytes,
    with_cell,
)
from transforms.finding import Severity

UNIT, DEED = 3, 10
ROW_OF = {indicator.code: 3 + number for number, indicator in enumerate(plan().indicators)}
COUNTED = {
    code for code, (_, figure) in FIGURES.items() if isinstance(figure, float)
}  # those of days have no scale


def with_unit(code: str, unit: str, achievement: str = "") -> Paper:
    paper = with_cell(office_paper(), ROW_OF[code], UNIT, unit)
    return with_cell(paper, ROW_OF[code], DEED, achievement) if achievement else paper


def conflicts(report):
    return [found for found in report.findings if found.code == "unit_conflict"]


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("unit", ["সংখ্যা (লক্ষ)", "হাজার", "লক্ষ টাকা", "কোটি", "সংখ্যা (হাজারে)", "Number (lakh)"])
def test_figure_of_a_scaled_unit_is_withheld_with_its_targets(unit, file_format):
    report = read_bytes(as_format(with_unit("5.1.1", unit), file_format))
    (conflict,) = conflicts(report)
    assert (conflict.severity, conflict.raw_text, conflict.indicator_code) == ("quarantine", unit, "5.1.1")
    assert figures(report) == FIGURES | {"5.1.1": ("unreadable", None)}
    assert not [band for band in report.target_bands if band.indicator_code == "5.1.1"]
    assert "পরিকল্পনার এককে" in conflict.message_bn


@pytest.mark.parametrize("achievement", ["-", "০"])
def test_where_nothing_is_reported_nothing_is_withheld(achievement):
    report = read_bytes(as_text(with_unit("5.1.1", "সংখ্যা (লক্ষ)", achievement)))
    assert [found.severity for found in conflicts(report)] == [Severity.WARN]
    assert figures(report)["5.1.1"] in {("unstated", None), ("reported", 0.0)}


@pytest.mark.parametrize("heading", ["২য় কোয়ার্টারে অর্জন (হাজার)", "অর্জন (লক্ষ টাকায়)", "Achievement (in lakh)"])
def test_scale_over_the_achievement_withholds_every_count(heading):
    report = read_bytes(as_text(office_paper(*STANDARD[:6], column(achieved, heading), REMARK)))
    assert {found.indicator_code for found in conflicts(report)} >= COUNTED
    assert {code for code, (state, _) in figures(report).items() if state == "unreadable"} == COUNTED


def test_scale_over_the_targets_withholds_every_count():
    headings = (("লক্ষ্যমাত্রা ২০২৪-২০২৫ (লক্ষ টাকায়)", *[""] * 4), *FIVE_BANDS.headings[1:])
    scaled = Columns(headings, FIVE_BANDS.cells)
    report = read_bytes(as_text(office_paper(*STANDARD[:5], scaled, ACHIEVEMENT, REMARK)))
    assert {code for code, (state, _) in figures(report).items() if state == "unreadable"} == COUNTED
    assert {band.indicator_code for band in report.target_bands} == set(FIGURES) - COUNTED


@pytest.mark.parametrize("note", ["(অঙ্কসমূহ লক্ষ টাকায়)", "(হাজারে)", "সংখ্যা লক্ষ এককে", "(Figures in thousand)"])
def test_note_above_the_table_holds_for_every_count(note):
    report = read_bytes(as_text(office_paper(above=(*TITLE, note))))
    assert {code for code, (state, _) in figures(report).items() if state == "unreadable"} == COUNTED
    assert {found.raw_text for found in conflicts(report)} == {note}


@pytest.mark.parametrize("line", ["লক্ষ্য: ১ লক্ষ পাঠক সেবা", "শত বর্ষের গ্রন্থাগার", "লক্ষ্যমাত্রা ও অর্জন"])
def test_line_that_only_mentions_a_number_scales_nothing(line):
    assert figures(read_bytes(as_text(office_paper(above=(*TITLE, line))))) == FIGURES


def test_unit_of_a_matrix_heading_withholds_the_figure_of_every_office():
    paper = matrix_paper()
    heading = paper.rows[1][2 + 3 * 4]
    scaled = with_cell(paper, 1, 2 + 3 * 4, heading.replace("একক-সংখ্যা", "একক-সংখ্যা (লক্ষ)"))
    report = read_bytes(as_docx(scaled))
    (conflict,) = conflicts(report)
    assert (conflict.office_id, conflict.severity, conflict.indicator_code) == ("", "quarantine", "5.1.1")
    withheld = {
        (seen.office_id, seen.indicator_code) for seen in report.observations if seen.state == "unreadable"
    }
    assert withheld == {(office, "5.1.1") for office in ("chattogram", "cumilla", "feni")}


def test_scaled_column_of_a_matrix_withholds_every_count():
    report = read_bytes(as_text(matrix_paper(TARGET, Under("অর্জন (লক্ষ)", FIGURE.cells), NO_REMARK)))
    counted = {one.code for one in plan("2023-24").indicators if one.unit != "date"}
    assert {seen.indicator_code for seen in report.observations if seen.state == "unreadable"} == counted


# --- a count or a share ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "unit", "achievement", "stands"),
    [
        ("4.1.2", "সংখ্যা", "৬১.৫৪", False),
        ("4.1.2", "সংখ্যা", "৬১.৫৪%", True),
        ("5.1.1", "%", "২", False),
        ("5.1.1", "কপি", "২", True),
        ("5.1.1", "তারিখ", "২", True),
    ],
)
def test_plain_figure_under_the_other_unit_is_withheld(code, unit, achievement, stands):
    report = read_bytes(as_text(with_unit(code, unit, achievement)))
    assert (figures(report)[code][0] == "reported") is stands
    assert [found.severity for found in conflicts(report)] == ["warn" if stands else "quarantine"]
