"""Forms that give an indicator two rows: the quarterly framework of the national integrity strategy."""

from dataclasses import replace

import pytest

from extractors.reader import read
from tests.transforms.integrity_papers import KIND, LINES, READ, REMARK, integrity_paper
from tests.transforms.papers import FORMATS, as_docx, as_format, as_text, figures, read_bytes, told, with_cell
from transforms.folded_rows import unfold
from transforms.form import find_forms
from transforms.plan_draft import draft_plan


@pytest.fixture(autouse=True)
def integrity_plan(tmp_path, monkeypatch):
    """The plan as `protibedon plan draft` writes it from the very report, nothing changed by hand."""
    plans = tmp_path / "plans"
    plans.mkdir()
    draft = draft_plan(read(as_docx(integrity_paper()))).write("integrity.docx")
    (plans / "integrity-2024-25.toml").write_text(draft, encoding="utf-8")
    monkeypatch.setenv("PROTIBEDON_REFERENCE", str(tmp_path))


def table_of(paper):
    (form,) = find_forms(read(as_text(paper)))
    return form.tables[0]


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("merged", [True, False])
def test_two_rows_of_an_indicator_are_read_as_one(file_format, merged):
    report = read_bytes(as_format(integrity_paper(merged=merged), file_format))
    assert figures(report) == READ
    assert {seen.plan_id for seen in report.observations} == {"integrity-2024-25"}
    assert (report.office_id, report.fiscal_year, report.quarter) == ("jashore", "2024-25", 2)
    assert {band.indicator_code: band.target_raw for band in report.target_bands} == {
        "1.1.1": "৪",
        "1.2.1": "১০০%",
        "1.3.1": "২",
        "2.1.1": "৩০/০৬/২৫",
    }
    assert {found.code for found in report.findings if found.severity != "note"} <= {"value_missing"}


def test_target_of_the_quarter_is_never_taken_for_what_was_done():
    blank = tuple(replace(line, done=("", "", "", ""), total="") for line in LINES[:3])
    report = read_bytes(as_text(integrity_paper((*blank, LINES[3]))))
    assert {state for state, _ in figures(report).values()} == {"unstated", "planned"}


def test_row_without_its_second_one_reports_nothing():
    paper = integrity_paper(merged=False)
    alone = replace(paper, rows=(*paper.rows[:5], *paper.rows[6:]))
    report = read_bytes(as_text(alone))
    assert figures(report)["1.1.1"] == ("unstated", None)
    assert {code: figures(report)[code] for code in ("1.2.1", "1.3.1")} == {
        code: READ[code] for code in ("1.2.1", "1.3.1")
    }


def test_second_row_that_names_another_indicator_is_its_own():
    paper = with_cell(integrity_paper(merged=False), 5, 0, "৯.৯ অন্য কার্যক্রম")
    assert len(table_of(paper).body_rows) == 1 + len(LINES) + 1


def test_rows_are_told_apart_by_their_words_where_their_column_has_no_heading():
    assert figures(read_bytes(as_docx(integrity_paper(kind="")))) == READ


@pytest.mark.parametrize("kind", ["লক্ষ্যমাত্রা ও অর্জন", "লক্ষমাত্রা/অর্জন", "Target/Achievement"])
def test_column_of_kinds_in_other_words(kind):
    assert figures(read_bytes(as_text(integrity_paper(kind=kind)))) == READ


def test_words_of_both_rows_are_read_or_told():
    paper = with_cell(integrity_paper(merged=False), 4, REMARK, "প্রমাণক সংযুক্ত")
    assert read_bytes(as_text(paper)).observations[0].remark_raw == "প্রমাণক সংযুক্ত"
    twice = with_cell(paper, 5, REMARK, "পরে জানানো হবে")
    assert told(read_bytes(as_text(twice)), "unread_row") == ["পরে জানানো হবে"]
    same = with_cell(paper, 5, REMARK, "প্রমাণক সংযুক্ত")
    assert told(read_bytes(as_text(same)), "unread_row") == []


def test_of_every_cell_of_the_two_rows_something_is_made():
    table = table_of(integrity_paper(merged=False))
    kept = {cell.place for row in table.body_rows for cell in row.cells}
    (sheet,) = read(as_text(integrity_paper(merged=False))).sheets
    rows = [row for row in sheet.rows if row.number > table.header.rows[-1].number and len(row.cells) > 2]
    for row in rows:
        kind = row.cell_at(KIND + 1).text
        gone = {cell.column for cell in row.cells if not cell.is_blank and cell.place not in kept}
        # Known and not read: the word লক্ষ্যমাত্রা, and the targets of single quarters beside it.
        assert gone <= (set(range(KIND + 1, KIND + 6)) if kind == "লক্ষ্যমাত্রা" else set())


def test_rows_of_any_other_form_stay_as_they_are():
    table = table_of(integrity_paper())
    plain = replace(table.header, columns=tuple(c for c in table.header.columns if c.role != "row_kind"))
    rows = table.body_rows[1:]  # unfolded, each says only what was done
    assert unfold(plain, rows).rows == rows


def test_row_that_cannot_be_either_is_told():
    paper = with_cell(integrity_paper(merged=False), 5, KIND, "প্রক্ষেপণ")
    report = read_bytes(as_text(paper))
    assert figures(report)["1.1.1"] == ("unstated", None)
    assert any("প্রক্ষেপণ" in raw for raw in told(report, "unread_row"))
