"""What is printed in a row is read once for all reports, and what an office fills in is no part of it."""

from dataclasses import replace

from extractors.grid import Cell, Row, Sheet
from extractors.reader import read
from tests.transforms.papers import as_docx, grid_of, office_paper, rows_of
from transforms.fiscal_year import FiscalYear
from transforms.reported_columns import reported_columns
from transforms.reporting_period import ReportingPeriod
from transforms.table import find_tables

HEADER = ("কার্যক্রম", "কর্মসম্পাদন সূচক", "একক", "মান", "লক্ষ্যমাত্রা", "অর্জন", "মন্তব্য", "বাড়তি")
LINE = ("[১.১] সেবা", "[১.১.১] সেবা সহজীকৃত", "সংখ্যা", "৫", "৪", "১", "", "")
PERIOD = ReportingPeriod(FiscalYear(2024), 2)


def printed(*line):
    (table,) = find_tables(grid_of(HEADER, line).sheets[0])
    ((_, row),) = table.rows
    return row


def filled_in(achievement, remark):
    return printed(*LINE[:5], achievement, remark, LINE[7])


def test_rows_that_differ_in_their_answers_are_one_printed_row():
    assert filled_in("২", "") is filled_in("১৬.০৩.২৫", "৩য় কোয়ার্টারে বাস্তবায়িত হবে।")


def test_rows_that_differ_in_anything_else_are_not():
    one = printed(*LINE)
    for place in (0, 1, 2, 3, 4, 7):
        assert printed(*LINE[:place], f"{LINE[place]} ", *LINE[place + 1 :]) is not one


def test_rows_under_another_header_are_not():
    other = (*HEADER[:7], "প্রমাণক")
    (table,) = find_tables(grid_of(other, LINE).sheets[0])
    assert table.rows[0][1] is not printed(*LINE)


def test_what_a_row_prints():
    row = printed(*LINE)
    assert (row.stated.code, row.stated.statement) == ("1.1.1", "সেবা সহজীকৃত")
    assert (row.stated.unit, row.stated.weight) == ("number", 5.0)
    assert [cell.text for cell in (row.subject, row.unit, row.weight, row.activity)] == [
        *("[১.১.১] সেবা সহজীকৃত", "সংখ্যা", "৫", "[১.১] সেবা"),
    ]
    (table,) = find_tables(grid_of(HEADER, LINE).sheets[0])
    columns = reported_columns(table.header.columns, PERIOD)
    assert columns is not None
    assert {band: cell.text for band, cell in columns.target_cells(row).items()} == {100: "৪"}
    assert reported_columns(table.header.columns, PERIOD) is columns
    assert columns.target_cells(row) is columns.target_cells(filled_in("৯", ""))


def test_an_answer_is_not_printed_however_it_reads():
    assert [cell.text for cell in filled_in("৩.১.১", "১.২.১ দেখুন").codes] == ["[১.১.১] সেবা সহজীকৃত"]


def test_an_answer_merged_over_another_column_is_part_of_the_row():
    (header,) = rows_of(HEADER)
    texts = (("a", 1, LINE[0]), ("b", 2, LINE[1]), ("c", 3, "সংখ্যা"), ("d", 4, "৫"))
    answers = (Cell("e", 5, "৪"), Cell("f", 6, "১"))

    def row_with(*last: Cell):
        cells = (*(Cell(*text) for text in texts), *answers, *last)
        (table,) = find_tables(Sheet("", (header, Row(2, cells))))
        return table.rows[0][1]

    over_both = row_with(Cell("g", 7, "যাচাই চলছে", column_span=2))
    assert over_both.cell(8).text == "যাচাই চলছে"
    assert row_with(Cell("g", 7, "যাচাই চলছে")).cell(7) is None


def test_what_is_merged_down_into_a_row_is_printed_in_it():
    paper = office_paper()
    down = replace(paper.merges[0], row=10, column=3, rows=3)
    (table,) = find_tables(read(as_docx(replace(paper, merges=(*paper.merges, down)))).sheets[0])
    (above, first), (below, second) = table.rows[7], table.rows[9]
    assert below.cell_at(4) is None
    assert second.cell(4) is above.cell_at(4) is first.cell(4)
    assert table.cell(below, 4) is second.cell(4)
