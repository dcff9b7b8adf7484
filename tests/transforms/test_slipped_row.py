"""A row of a matrix whose cells stand beside their headings: nothing of it is read as done."""

from dataclasses import replace

import pytest

from tests.transforms.matrix_papers import FIGURE, NO_REMARK, TARGET, Under, expected_of, matrix_paper
from tests.transforms.papers import as_docx, as_format, codes, figures, plan, read_bytes, told, with_cell

CODES = [indicator.code for indicator in plan("2023-24").indicators]
NOTHING_DONE = Under("অর্জন", lambda *_: "-")
BLANK_REMARK = Under("মন্তব্য", lambda *_: "")
ROW = 4  # of the second office, কুমিল্লা


def slipped(paper, by, *, start=2, rows=(ROW,)):
    """The paper with cells of some rows moved to the right, or to the left over what stood there."""
    width = len(paper.rows[ROW])
    moved = {}
    for place in rows:
        row = paper.rows[place]
        rest = ("",) * by + row[start:] if by > 0 else row[start - by :]
        moved[place] = (*row[:start], *rest, *[""] * width)[:width]
    return replace(paper, rows=tuple(moved.get(place, row) for place, row in enumerate(paper.rows)))


def states(report, office):
    return {code: state for code, (state, _) in figures(report, office).items()}


@pytest.mark.parametrize("remark", [NO_REMARK, BLANK_REMARK])
@pytest.mark.parametrize("achievement", [FIGURE, NOTHING_DONE])
@pytest.mark.parametrize("by", [-3, -2, -1, 1, 2, 3])
def test_row_that_stands_beside_its_targets_is_withheld(by, achievement, remark):
    report = read_bytes(as_docx(slipped(matrix_paper(TARGET, achievement, remark), by)))
    assert states(report, "cumilla") == dict.fromkeys(CODES, "unreadable")
    assert told(report, "row_out_of_line")
    assert not [band for band in report.target_bands if band.office_id == "cumilla"]
    assert "unreadable" not in states(report, "feni").values()


@pytest.mark.parametrize("file_format", ["docx", "xlsx"])
def test_cells_before_the_slip_are_read(file_format):
    paper = slipped(matrix_paper(TARGET, NOTHING_DONE, NO_REMARK), 1, start=2 + 3 * 4)
    report = read_bytes(as_format(paper, file_format))
    assert states(report, "cumilla") == {
        code: "unstated" if place < 4 else "unreadable" for place, code in enumerate(CODES)
    }


def test_rows_that_have_all_slipped_are_all_withheld():
    report = read_bytes(as_docx(slipped(matrix_paper(TARGET, FIGURE, NO_REMARK), 1, rows=(3, 4, 5))))
    for office in ("chattogram", "cumilla", "feni"):
        assert set(states(report, office).values()) == {"unreadable"}


@pytest.mark.parametrize("by", [1, 2])
def test_row_without_targets_that_has_slipped_is_withheld(by):
    report = read_bytes(as_docx(slipped(matrix_paper(FIGURE, NO_REMARK, score=False), by)))
    assert set(states(report, "cumilla").values()) == {"unreadable"}
    assert set(states(report, "feni").values()) == {"reported"}


# --- what has not slipped -----------------------------------------------------------------------------------


def test_targets_of_an_offices_own_are_no_slip():
    paper = matrix_paper()
    for place in (1, 4, 5):  # counts whose target is four
        paper = with_cell(with_cell(paper, ROW, 2 + 3 * place, "৩"), ROW, 3 + 3 * place, "২")
    report = read_bytes(as_docx(paper))
    assert "row_out_of_line" not in codes(report)
    assert figures(report, "cumilla")["2.1.1"] == ("reported", 2.0)


def test_targets_that_the_whole_table_prints_are_no_slip_though_the_plans_were_reached():
    of_the_quarter = Under("লক্ষ্যমাত্রা", lambda indicator, _: "১" if indicator.unit == "number" else "")
    reached = Under("অর্জন", lambda indicator, _: "৪" if indicator.unit == "number" else "-")
    report = read_bytes(as_docx(matrix_paper(of_the_quarter, reached, NO_REMARK)))
    assert "row_out_of_line" not in codes(report)
    assert figures(report, "cumilla")["5.1.1"] == ("reported", 4.0)


def test_targets_printed_in_the_first_row_alone_are_no_slip():
    reached = Under("অর্জন", TARGET.cells)  # every office did exactly what was asked
    paper = matrix_paper(TARGET, reached, NO_REMARK)
    for row in (4, 5):
        for place in range(len(CODES)):
            paper = with_cell(paper, row, 2 + 3 * place, "")
    report = read_bytes(as_docx(paper))
    assert "row_out_of_line" not in codes(report)
    assert set(states(report, "cumilla").values()) == {"reported"}


def test_single_target_beside_its_column_is_no_slip():
    paper = with_cell(with_cell(matrix_paper(), ROW, 5, "৩"), ROW, 6, "৪")
    report = read_bytes(as_docx(paper))
    assert figures(report, "cumilla")["2.1.1"] == ("reported", 4.0)
    assert figures(report, "feni") == expected_of(2)


def test_day_written_for_a_count_withholds_itself_alone():
    paper = with_cell(matrix_paper(FIGURE, NO_REMARK), ROW, 4, "১২.৫.২৪")
    report = read_bytes(as_docx(paper))
    assert [code for code, state in states(report, "cumilla").items() if state == "unreadable"] == ["2.1.1"]
