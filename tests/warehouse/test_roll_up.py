from dataclasses import replace
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from tests.warehouse.examples_taken import take_examples
from tests.warehouse.reports import office_report, submission
from transforms.numerals import bengali_digits
from transforms.office import all_divisions, expected_offices
from warehouse.connection import open_reader
from warehouse.load import load
from warehouse.roll_up import FIRST_ROW, HEADING_ROW, write_roll_up

ASKED = ("2024-25", 2, "egov-2024-25")


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    folder = tmp_path_factory.mktemp("roll-up")
    warehouse, _ = take_examples(folder)
    with open_reader(warehouse) as connection:
        write_roll_up(connection, *ASKED, folder / "roll-up.xlsx")
        figures = connection.execute(
            "SELECT office_id, indicator_code, value, value_date FROM observations"
            " WHERE fiscal_year = ? AND quarter = ? AND plan_id = ?",
            ASKED,
        ).fetchall()
    book = load_workbook(folder / "roll-up.xlsx")
    book.stored = {(office, code): value if day is None else day for office, code, value, day in figures}
    return book


def headings(sheet):
    return {cell.value.split(" ")[0]: cell.column for cell in sheet[HEADING_ROW]}


def row_named(sheet, name, column):
    return next(row for row in sheet.iter_rows(min_row=FIRST_ROW) if row[column - 1].value == name)


def test_first_sheet_has_the_divisions_and_each_division_a_sheet_of_its_own(workbook):
    names = sorted(division.name_bn for division in all_divisions())
    first, *others = workbook.worksheets
    assert [sheet.title for sheet in others] == names
    said = [row[0].value for row in first.iter_rows(min_row=FIRST_ROW)]
    assert said == [*names, "সারা দেশ"]


def test_sheet_of_a_division_has_a_row_for_every_office_expected(workbook):
    sheet = workbook["খুলনা"]
    said = {row[1].value for row in sheet.iter_rows(min_row=FIRST_ROW)}
    assert said == {office.name_bn for office in expected_offices("khulna", date(2024, 12, 31))}


def test_figures_are_numbers_fractions_and_days_that_look_bengali(workbook):
    sheet = workbook["খুলনা"]
    columns = headings(sheet)
    row = row_named(sheet, "নড়াইল", 2)
    percent, day, number = (row[columns[code] - 1] for code in ("[৪.১.২]", "[৭.১.১]", "[২.১.১]"))
    assert percent.value == pytest.approx(workbook.stored["narail", "4.1.2"] / 100)
    assert percent.number_format == "[$-5000445]0.00%"
    assert day.value == datetime.combine(workbook.stored["narail", "7.1.1"], datetime.min.time())
    assert day.number_format == "[$-5000445]dd/mm/yyyy"
    assert (number.value, number.number_format) == (workbook.stored["narail", "2.1.1"], "[$-5000445]0")


def test_division_has_the_sum_of_numbers_and_the_mean_of_percentages(workbook):
    first = workbook.worksheets[0]
    columns = headings(first)
    row = row_named(first, "খুলনা", 1)
    offices = {office.office_id for office in expected_offices("khulna", date(2024, 12, 31))}

    def of_khulna(code):
        figures = [
            figure for (office, key), figure in workbook.stored.items() if office in offices and key == code
        ]
        return [figure for figure in figures if figure is not None]

    numbers, percents = of_khulna("2.1.1"), of_khulna("4.1.2")
    assert len(numbers) > 3
    assert row[columns["[২.১.১]"] - 1].value == sum(numbers)
    assert row[columns["[৪.১.২]"] - 1].value == pytest.approx(sum(percents) / len(percents) / 100)
    assert [cell.value for cell in row[1:3]] == [10, 7]


def test_division_that_nobody_reported_from_has_no_figures(workbook):
    row = row_named(workbook.worksheets[0], "ঢাকা", 1)
    assert row[4].value == 0
    assert {cell.value for cell in row[5:]} == {None}


def test_figure_in_doubt_is_told_in_words_and_counts_in_no_sum(workbook):
    sheet = workbook["খুলনা"]
    cell = row_named(sheet, "বাগেরহাট", 2)[headings(sheet)["[৬.১.১]"] - 1]
    assert (cell.value, cell.data_type) == ("প্রায় ৪টি (যাচাইসাপেক্ষ)", "s")


def test_office_without_a_report_is_marked(workbook):
    sheet = workbook["খুলনা"]
    missing, reported = row_named(sheet, "মাগুরা", 2), row_named(sheet, "নড়াইল", 2)
    assert missing[2].value == "পাওয়া যায়নি"
    assert missing[3].value is None
    assert isinstance(reported[3].value, datetime)
    assert missing[1].fill.fgColor.rgb != reported[1].fill.fgColor.rgb


def test_every_sheet_is_frozen_filtered_and_free_of_formulas(workbook):
    for sheet in workbook:
        assert sheet.freeze_panes.endswith(str(FIRST_ROW))
        assert sheet.auto_filter.ref.startswith(f"A{HEADING_ROW}:")
        kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
        assert kinds <= {"s", "n", "d"}


def test_filter_leaves_the_country_at_its_place(workbook):
    first = workbook.worksheets[0]
    assert first.cell(first.max_row, 1).value == "সারা দেশ"
    assert first.auto_filter.ref.endswith(str(first.max_row - 1))


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("http://example.org")', "+1", "-1", "@SUM(A1)", "#REF!", "a\x07b"]
)
def test_hostile_text_stays_text(writer, tmp_path, text):
    sent = submission("own.docx")
    said = {"state": "unstated", "achievement_raw": text, "remark_raw": ""}
    report = office_report(sent, {"4.1.2": said})
    named = tuple(seen._replace(achievement_text=text) for seen in report.observations)
    load(writer, [sent], [replace(report, observations=named)])
    write_roll_up(writer, *ASKED, tmp_path / "roll-up.xlsx")
    sheet = load_workbook(tmp_path / "roll-up.xlsx")["খুলনা"]
    cell = row_named(sheet, "খুলনা", 2)[headings(sheet)["[৪.১.২]"] - 1]
    assert (cell.value, cell.data_type) == (bengali_digits(text).replace("\x07", " "), "s")
