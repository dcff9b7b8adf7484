"""Both real reports, read from their text and from Word and Excel files of the same merged tables."""

import csv
import io

import pytest

from extractors.reader import read
from tests.seed_files import merged_areas, stored_value, table_of, write_docx, write_xlsx

SEEDS = ["khulna_office_report_2024-25_q2.txt", "chattogram_divisional_matrix_2023-24_q4.txt"]


@pytest.fixture(params=SEEDS)
def seed(request, shared):
    return (shared / "seeds" / request.param).read_text(encoding="utf-8")


def lines_of(seed_text):
    """What stands in a seed outside its table."""
    return [line for line in seed_text.splitlines() if "\t" not in line and line.strip()]


def placed(rows, first_row):
    """The written cells of a table as (row, column, text, row span, column span), counted from its corner."""
    return [
        (row.number - first_row + 1, cell.column, cell.text, cell.row_span, cell.column_span)
        for row in rows
        for cell in row.cells
        if not cell.is_blank
    ]


def expected_areas(seed_text):
    areas = merged_areas(table_of(seed_text))
    return [(a.row, a.column, a.text, a.row_span, a.column_span) for a in areas if a.text.strip()]


def parted(grid):
    """The texts of a grid outside its table, and the rows inside it."""
    (sheet,) = grid.sheets
    inside = [row for row in sheet.rows if len(row.cells) > 1 or row.cells[0].column > 1]
    outside = [row for row in sheet.rows if row not in inside]
    return [row.cells[0].text for row in outside], inside


def test_the_table_of_a_seed_is_whole_in_text(seed):
    headings, table = parted(read(seed.encode()))
    assert headings == lines_of(seed)
    written = {
        (row.number, cell.column): cell.text for row in table for cell in row.cells if not cell.is_blank
    }
    assert written == {
        (number, column): text
        for number, line in enumerate(seed.splitlines(), 1)
        if "\t" in line
        for column, text in enumerate(line.split("\t"), 1)
        if text.strip()
    }


def test_the_table_of_a_seed_is_whole_in_word(seed, tmp_path):
    write_docx(seed, tmp_path / "seed.docx")
    headings, table = parted(read((tmp_path / "seed.docx").read_bytes()))
    assert headings == lines_of(seed)
    assert placed(table, table[0].number) == expected_areas(seed)
    assert table[0].cells[0].place == "table 1 r1 c1"


def test_the_table_of_a_seed_is_whole_in_excel(seed, tmp_path):
    write_xlsx(seed, tmp_path / "seed.xlsx")
    headings, table = parted(read((tmp_path / "seed.xlsx").read_bytes()))
    assert headings == lines_of(seed)
    assert placed(table, table[0].number) == expected_areas(seed)


def test_numbers_percentages_and_dates_stored_by_excel_come_back_as_text(seed, tmp_path):
    write_xlsx(seed, tmp_path / "seed.xlsx", typed=True)
    _, table = parted(read((tmp_path / "seed.xlsx").read_bytes()))
    body = 4  # three rows of headings in both forms
    expected = [
        (row, column, stored_value(text).text if row >= body else text, height, width)
        for row, column, text, height, width in expected_areas(seed)
    ]
    assert placed(table, table[0].number) == expected
    assert len(set(expected) - set(expected_areas(seed))) >= 20  # cells whose text Excel has changed


def test_khulna_has_the_merges_a_person_sees(shared, tmp_path):
    write_docx((shared / "seeds" / SEEDS[0]).read_text(encoding="utf-8"), tmp_path / "seed.docx")
    (sheet,) = read((tmp_path / "seed.docx").read_bytes()).sheets
    spans = {cell.text: (cell.row_span, cell.column_span) for row in sheet.rows for cell in row.cells}
    assert spans["লক্ষ্যমাত্রা ২০২৪-২০২৫"] == (1, 5)
    assert spans["মন্তব্য"] == (3, 1)
    assert spans["০৪"] == spans["[৪.১] ই-নথির ব্যবহার বৃদ্ধি"] == (2, 1)
    assert spans["৬১.৫৪%"] == (1, 1)


def test_chattogram_has_the_merges_a_person_sees(shared, tmp_path):
    write_xlsx((shared / "seeds" / SEEDS[1]).read_text(encoding="utf-8"), tmp_path / "seed.xlsx")
    (sheet,) = read((tmp_path / "seed.xlsx").read_bytes()).sheets
    spans = {cell.text: (cell.row_span, cell.column_span) for row in sheet.rows for cell in row.cells}
    assert spans["গ্রন্থাগারের নাম"] == (3, 1)
    assert spans["[৫.১] তথ্য বাতায়ন হালনাগাদকরণ"] == (1, 6)
    assert spans["মন্তব্য [[ওয়ে টেড স্কোর: ১০ (৫০)]"] == (3, 1)
    assert next(span for text, span in spans.items() if text.startswith("[৪.১.১]")) == (1, 3)
    assert [len(row.cells) for row in sheet.rows if row.cells[0].text.isdecimal()] == [27] * 11


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("padded", [True, False])
def test_the_table_of_a_seed_is_whole_with_separators(seed, separator, padded):
    lines = [line.split("\t") for line in seed.splitlines()]
    widest = max(map(len, lines)) if padded else 0
    table = io.StringIO()
    csv.writer(table, delimiter=separator).writerows([*line, *[""] * (widest - len(line))] for line in lines)
    read_lines = read(table.getvalue().encode("utf-8-sig")).sheets[0].rows
    written = {(r.number, c.column): c.text for r in read_lines for c in r.cells if not c.is_blank}
    assert written == {
        (number, column): text
        for number, line in enumerate(lines, 1)
        for column, text in enumerate(line, 1)
        if text.strip()
    }
