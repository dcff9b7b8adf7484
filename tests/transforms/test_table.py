from dataclasses import replace

from extractors.grid import Cell, Row, Sheet
from extractors.reader import read
from tests.transforms.matrix_papers import matrix_paper
from tests.transforms.papers import as_docx, grid_of, office_paper, plan, rows_of, with_row
from transforms.table import find_tables

HEADER = ("ক্রম", "কর্মসম্পাদন সূচক", "একক", "অর্জন", "মন্তব্য")
FIRST = ("১", "[১.১.১] সেবা", "তারিখ", "-", "")
SECOND = ("২", "[২.১.১] তথ্য", "সংখ্যা", "১", "")


def tables(*texts):
    return find_tables(grid_of(*texts).sheets[0])


def subjects(table):
    return [cell.text for row in table.body_rows if (cell := table.printed(row).subject)]


def test_rows_above_in_and_below_a_table():
    (table,) = tables(("শিরোনাম",), HEADER, FIRST, SECOND, ("কল্পিত কর্মকর্তা",), ("সহকারী পরিচালক",))
    assert [row.number for row in table.rows_above] == [1]
    assert [row.number for row in table.body_rows] == [3, 4]
    assert [row.number for row in table.rows_below] == [5, 6]


def test_sheet_without_a_table():
    assert tables(("শিরোনাম",), ("ক্রম", "নাম")) == ()
    assert find_tables(Sheet("", ())) == ()


def test_table_without_a_body():
    (table,) = tables(HEADER, ("কল্পিত কর্মকর্তা",))
    assert table.body_rows == ()
    assert len(table.rows_below) == 1


def test_signatures_side_by_side_are_not_in_the_table():
    signed = [("প্রস্তুতকারী", "", "", "অনুমোদনকারী"), ("০৩.০১.২৫", "", "", "০৪.০১.২৫")]
    (table,) = tables(HEADER, FIRST, SECOND, ("কল্পিত কর্মকর্তা",), *signed)
    assert len(table.body_rows) == 2


def test_row_that_goes_on_below_the_last_indicator_is_in_the_table():
    (table,) = tables(HEADER, FIRST, ("", "", "", "", "পরে পাঠানো হবে"))
    assert len(table.body_rows) == 2
    assert table.printed(table.body_rows[1]).subject is None


def test_same_row_after_a_gap_is_not():
    (table,) = tables(HEADER, FIRST, ("",), ("", "", "", "", "পরে পাঠানো হবে"))
    assert len(table.body_rows) == 1


def test_row_without_a_code_is_known_by_its_words_and_unit():
    (table,) = tables(HEADER, FIRST, ("", "তথ্য বাতায়ন হালনাগাদকৃত", "সংখ্যা", "১", ""))
    assert subjects(table) == ["[১.১.১] সেবা", "তথ্য বাতায়ন হালনাগাদকৃত"]


def test_day_in_an_answer_is_no_code():
    (table,) = tables(HEADER, FIRST, ("", "", "", "[১৬.৩.২৪]", "১.১.১ তারিখে"), SECOND)
    assert list(table.codes()) == ["1.1.1", "2.1.1"]
    assert table.printed(table.body_rows[1]).subject is None


def test_line_merged_over_the_whole_table_names_no_indicator():
    rows = list(grid_of(HEADER, FIRST, ("",), SECOND).sheets[0].rows)
    rows[2] = Row(3, (Cell("r3", 1, "১.১.২ নম্বর সূচকের বিষয়ে", column_span=5),))
    (table,) = find_tables(Sheet("", tuple(rows)))
    assert len(table.body_rows) == 3
    assert table.printed(rows[2]).subject is None


def test_hidden_and_blank_rows_do_not_count():
    rows = grid_of(HEADER, FIRST, ("",) * 5, SECOND).sheets[0].rows
    hidden = (*rows[:1], replace(rows[1], hidden=True), *rows[2:])
    (table,) = find_tables(Sheet("", hidden))
    assert subjects(table) == ["[২.১.১] তথ্য"]


def test_repeated_header_begins_a_further_table():
    first, second = tables(HEADER, FIRST, HEADER, SECOND)
    assert (subjects(first), subjects(second)) == (["[১.১.১] সেবা"], ["[২.১.১] তথ্য"])


def test_cell_that_a_merge_above_reaches_down_to():
    paper = office_paper()
    merged = replace(paper, merges=(*paper.merges, *(replace(paper.merges[0], row=10, column=11, rows=3),)))
    (table,) = find_tables(read(as_docx(merged)).sheets[0])
    row = table.body_rows[9]
    assert row.cell_at(12) is None
    assert table.cell(row, 12) == table.body_rows[7].cell_at(12)
    assert table.cell(row, 3) == row.cell_at(3)
    assert table.cell(row, 99) is None


def test_subjects_tell_rows_apart_and_a_matrixs_columns_too():
    office_form, matrix = (
        find_tables(read(as_docx(paper)).sheets[0])[0] for paper in (office_paper(), matrix_paper())
    )
    assert "1.1.1" in office_form.subjects()
    assert len(office_form.subjects()) == 10
    assert len(matrix.subjects()) == 3
    narrower = matrix_paper(indicators=plan("2023-24").indicators[:4])
    assert not find_tables(read(as_docx(narrower)).sheets[0])[0].subjects() & matrix.subjects()


def test_matrix_row_is_one_with_an_office_and_something_beside_it():
    paper = with_row(matrix_paper(), 6, ("", "কুমিল্লা অফিসের কপি"))
    (table,) = find_tables(read(as_docx(paper)).sheets[0])
    assert len(table.body_rows) == 3


def test_cells_merged_over_target_and_achievement():
    (header,) = rows_of(("কর্মসম্পাদন সূচক", "লক্ষ্যমাত্রা", "অর্জন", "মন্তব্য"))
    both = Row(2, (Cell("2a", 1, "[১.১.১] সেবা"), Cell("2b", 2, "৪", column_span=2), Cell("2d", 4, "")))
    with_remark = Row(
        3, (Cell("3a", 1, "[২.১.১] তথ্য"), Cell("3b", 2, "৪"), Cell("3c", 3, "১", column_span=2))
    )
    (table,) = find_tables(Sheet("", (header, both, with_remark)))
    assert [cell.place for cell in table.cells_of_several_figures()] == ["2b"]


def test_of_merged_areas_that_overlap_the_second_reaches_nowhere():
    (header,) = rows_of(("কর্মসম্পাদন সূচক", "একক", "লক্ষ্যমাত্রা", "অর্জন", "মন্তব্য"))
    wide, hidden = Cell("2b", 2, "সংখ্যা", column_span=3), Cell("2c", 3, "৪", row_span=3, column_span=2)
    first = Row(2, (Cell("2a", 1, "[১.১.১] সেবা"), wide, hidden, Cell("2e", 5, "")))
    second = Row(3, (Cell("3a", 1, "[২.১.১] তথ্য"), Cell("3b", 2, "সংখ্যা"), Cell("3e", 5, "")))
    (table,) = find_tables(Sheet("", (header, first, second)))
    assert table.cell(second, 3) is None
    assert table.printed(second).cell(3) is None
