"""No cell may vanish: each is read, stands in a column known not to be read, or is told by a finding."""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.grid import Cell, Grid, Row, Sheet
from extractors.reader import read
from extractors.refusal import Refusal
from tests.seed_files import write_docx, write_xlsx
from tests.transforms.matrix_papers import FIGURE, NO_REMARK, TARGET, Under, matrix_paper
from tests.transforms.papers import (
    ACHIEVEMENT,
    REMARK,
    STANDARD,
    Paper,
    as_docx,
    as_text,
    as_xlsx,
    column,
    office_paper,
    read_bytes,
    told,
    with_cell,
    with_row,
)
from transforms.column import DEEDS, NAMING_ROLES, TARGETS
from transforms.divisional_matrix import gather_matrix
from transforms.entry import Entry
from transforms.form import Form, find_forms
from transforms.heading import is_total
from transforms.identity import annex_of, division_of_form, office_of_form
from transforms.legacy_font import to_unicode_grid
from transforms.office_form import gather_office_form
from transforms.plan import plan_of
from transforms.report import Report
from transforms.report_file import read_reports
from transforms.reported_columns import reported_columns

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "inbox"
SEEDS = ("khulna_office_report_2024-25_q2.txt", "chattogram_divisional_matrix_2023-24_q4.txt")
# Known, and said not to be read: other quarters and years among them.
DECLARED = NAMING_ROLES | DEEDS | TARGETS | {"ignored", "weighted_score", "unknown", "unit", "weight"}


def vanished(grid: Grid) -> list[tuple[str, str]]:
    """The written cells of the tables' bodies that were not read, not declared and not told."""
    unicode_grid, _ = to_unicode_grid(grid)
    (report,) = read_reports("0" * 64, "report", unicode_grid)
    (form,) = find_forms(unicode_grid)
    read_cells = {cell.place for entry in entries_of(form) for cell in cells_of(entry)}
    return [
        (cell.place, cell.text)
        for row, cell, role in body_cells(form)
        if cell.place not in read_cells
        and not is_told(row, cell, report)
        and not (role in DECLARED and row_was_read(row, read_cells))
        and not (role in NAMING_ROLES or is_total(written(row)[0].text))
    ]


def entries_of(form: Form) -> list[Entry]:
    period = form.period().period
    assert period is not None
    plan = plan_of(annex_of(form) or "", period.fiscal_year)
    assert plan is not None
    entries: list[Entry] = []
    for table in form.tables:
        columns = reported_columns(table.header.columns, period)
        if form.kind == "divisional_matrix":
            entries += gather_matrix(table, plan, period, division_of_form(form)).entries
        else:
            office = office_of_form(form).office
            assert columns is not None
            assert office is not None
            entries += gather_office_form(table, plan, office, columns).entries
    return entries


def cells_of(entry: Entry) -> Iterator[Cell]:
    others = (entry.achievement, entry.remark, entry.unit_cell, entry.weight_cell, entry.year_to_date)
    yield from (entry.heading, *entry.targets.values(), *(cell for cell in others if cell))


def body_cells(form: Form) -> Iterator[tuple[Row, Cell, str]]:
    for table in form.tables:
        role_of = {column.number: column.role for column in table.header.columns}
        for row in table.body_rows:
            for cell in written(row):
                yield row, cell, role_of.get(cell.column, "")


def written(row: Row) -> list[Cell]:
    return [cell for cell in row.cells if not cell.is_blank]


def row_was_read(row: Row, read_cells: set[str]) -> bool:
    return any(cell.place in read_cells for cell in row.cells)


def is_told(row: Row, cell: Cell, report: Report) -> bool:
    """Whether a finding names the cell, or its row as one that was not read."""
    whole_row = {"unknown_indicator", "unknown_office", "row_out_of_line", "unread_row", "line_between_rows"}
    places = {other.place for other in row.cells}
    return any(
        found.cell == cell.place
        or (found.code in whole_row and found.cell in places)
        or (found.code == "unheaded_column" and cell.raw_text.strip() in found.raw_text)
        for found in report.findings
    )


# --- the property ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SEEDS)
def test_no_cell_of_a_real_report_vanishes(name, shared, tmp_path):
    text = (shared / "seeds" / name).read_text(encoding="utf-8")
    assert vanished(read(text.encode())) == []
    for write in (write_docx, write_xlsx):
        write(text, tmp_path / "report")
        assert vanished(read((tmp_path / "report").read_bytes())) == []


@pytest.mark.parametrize("path", sorted(EXAMPLES.iterdir()), ids=lambda path: path.name)
def test_no_cell_of_an_example_vanishes(path):
    content = path.read_bytes()
    try:
        grid = read(content)
    except Refusal:
        pytest.skip("gives no grid")
    if read_bytes(content).rejection_code:
        pytest.skip("is rejected as a whole")
    assert vanished(grid) == []


WIDE = matrix_paper(TARGET, FIGURE, NO_REMARK, Under("অজানা", lambda *_: "পত্র"))
ODD = {
    "unknown heading": office_paper(*STANDARD, column(lambda _: "কিছু", "অজানা শিরোনাম")),
    "no heading": office_paper(*STANDARD[:4], column(lambda _: "কিছু", ""), *STANDARD[4:]),
    "cell right of the table": with_cell(office_paper(*STANDARD, column(lambda _: "", "")), 6, 12, "টীকা"),
    "two remarks": office_paper(*STANDARD, column(lambda _: "আরও", "মন্তব্য")),
    "two units": office_paper(*STANDARD, column(lambda _: "টি", "একক")),
    "row about nothing": with_row(office_paper(), 7, [""] * 9 + ["৭", "৮", "৯"]),
    "row below": with_row(office_paper(), 13, [*[""] * 10, "৭", "পরে"]),
    "line between": with_row(office_paper(), 7, ["খ. সেবার মান"]),
    "activity alone": with_row(office_paper(), 7, ["", "[৯.৯] অন্য কার্যক্রম"]),
    "total": with_row(office_paper(), 13, ["মোট", "", "", "", "৫০"]),
    "total typed over an indicator": with_cell(office_paper(*reversed(STANDARD)), 7, 9, "মোট"),
    "another code beside the table": with_cell(
        office_paper(*STANDARD, column(lambda _: "", "")), 6, 12, "[৯.৯.৯] অন্য"
    ),
    "unknown indicator": with_row(
        office_paper(), 7, ["", "", "[৯.৯.৯] অন্য", "সংখ্যা", "১", *["৭"] * 6, "মন্তব্য"]
    ),
    "earlier year": office_paper(*STANDARD[:5], column(lambda _: "৭", "প্রকৃত অর্জন ২০২৩-২৪"), *STANDARD[5:]),
    "year to date": office_paper(*STANDARD[:6], ACHIEVEMENT, column(lambda _: "৭", "ক্রমপুঞ্জিভূত"), REMARK),
    "slipped row": with_row(office_paper(), 7, ["[৫.১.১] নিজ তথ্য বাতায়ন হালনাগাদকৃত", "সংখ্যা", "৬", "৪"]),
    "matrix": matrix_paper(),
    "matrix with an unknown heading": WIDE,
    "matrix with an unknown office": with_row(matrix_paper(), 5, ["৪", "অজানাপুর", *["৭"] * 24]),
    "matrix with a nameless row": with_row(matrix_paper(), 6, ["", "", *["৭"] * 24]),
    "matrix with a total": with_row(matrix_paper(), 6, ["", "মোট", *["৭"] * 24]),
}


@pytest.mark.parametrize("write", [as_text, as_docx, as_xlsx])
@pytest.mark.parametrize("paper", ODD)
def test_no_cell_of_an_odd_paper_vanishes(paper, write):
    assert vanished(read(write(ODD[paper]))) == []


@pytest.mark.parametrize("seed", range(30))
def test_no_cell_vanishes_that_anyone_typed_anywhere(seed):
    chance = random.Random(seed)
    paper = chance.choice([office_paper(), matrix_paper(), office_paper(*reversed(STANDARD))])
    for _ in range(4):
        row = chance.randrange(paper.header, len(paper.rows))
        if chance.random() < 0.4:
            cells = [chance.choice(["", "", "৭", "টীকা"]) for _ in paper.rows[0]]
            paper = with_row(paper, row, cells)
        else:
            paper = with_cell(paper, row, chance.randrange(len(paper.rows[0])), f"টীকা {chance.random():.3f}")
    assert vanished(read(chance.choice([as_text, as_docx])(paper))) == []


def test_property_sees_a_cell_that_vanishes(monkeypatch):
    paper = with_row(office_paper(), 7, [""] * 9 + ["৭", "৮", "৯"])
    monkeypatch.setattr("transforms.office_form.unread_row", lambda table, row: ())
    assert [text for _, text in vanished(read(as_docx(paper)))] == ["৭", "৮", "৯"]


# --- what the findings say -------------------------------------------------------------------------------


def test_row_is_told_once_with_all_that_stands_in_it():
    report = read_bytes(as_docx(with_row(office_paper(), 7, [""] * 9 + ["৭", "৮", "৯"])))
    assert told(report, "unread_row") == ["৭ | ৮ | ৯"]


def test_column_without_heading_is_told_once():
    report = read_bytes(as_docx(ODD["no heading"]))
    (found,) = (found for found in report.findings if found.code == "unheaded_column")
    assert found.raw_text == " | ".join(["কিছু"] * 10)
    assert "১০টি" in found.message_bn


def test_total_that_stands_where_an_indicator_was_is_told_with_its_figures():
    report = read_bytes(as_text(ODD["total typed over an indicator"]))
    (row,) = told(report, "unread_row")
    assert "মোট" in row
    assert len(told(report, "missing_indicator")) == 1


def test_hidden_rows_are_noted():
    grid = read(as_xlsx(office_paper()))
    rows = [replace(row, hidden=row.number in (16, 17)) for row in grid.sheets[0].rows]
    (report,) = read_reports("0" * 64, "report", Grid("xlsx", (Sheet("Sheet1", tuple(rows)),)))
    (found,) = (found for found in report.findings if found.code == "hidden_content")
    assert found.cell.endswith("16")
    assert "2 hidden" in found.message_en
    assert told(report, "missing_indicator") == ["", ""]


def test_hidden_columns_are_noted_and_read():
    grid = read(as_xlsx(office_paper()))
    shown = read_reports("0" * 64, "report", grid)[0]
    sheet = replace(grid.sheets[0], hidden_columns=frozenset({6, 7, 16_384}))
    (report,) = read_reports("0" * 64, "report", Grid("xlsx", (sheet,)))
    (found,) = (found for found in report.findings if found.code == "hidden_columns")
    assert "২টি কলাম" in found.message_bn
    assert found.cell.startswith("Sheet1!F")
    assert report.observations == shown.observations


def test_nothing_hidden_is_nothing_noted():
    assert told(read_bytes(as_xlsx(office_paper(), Paper((), ()))), "hidden_content") == []
