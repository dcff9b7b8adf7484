from datetime import date

import pytest

from transforms.plan import all_plans
from warehouse.matrix import MatrixCell, columns_of, matrix_cell, name_in_title, printed_figure


@pytest.fixture
def plan():
    return next(plan for plan in all_plans() if plan.plan_id == "egov-2024-25")


@pytest.mark.parametrize(
    ("figure", "unit", "printed"),
    [
        (4.0, "number", "৪"),
        (0.0, "number", "০"),
        (123456.0, "number", "১,২৩,৪৫৬"),
        (61.54, "percent", "৬১.৫৪%"),
        (100.0, "percent", "১০০%"),
        (date(2024, 12, 1), "date", "০১/১২/২৪"),
        (None, "number", ""),
    ],
)
def test_figures_are_printed_in_bengali_digits(figure, unit, printed):
    assert printed_figure(figure, unit) == printed


@pytest.mark.parametrize(
    ("unit", "achievement", "raw", "printed"),
    [
        ("percent", 61.54, "61.54%", "৬১.৫৪%"),
        ("date", date(2024, 12, 1), "2024-12-01", "০১/১২/২৪"),
        ("number", 4.0, "০৪ টি", "৪"),
        ("number", 0.0, "0", "০"),
        ("number", None, "-", "-"),
        ("date", None, "অর্জিত হয়েছে", "অর্জিত হয়েছে"),
        ("number", None, "প্রায় 4টি", "প্রায় ৪টি"),
        ("number", None, " ", ""),
    ],
)
def test_achievement_is_the_figure_where_one_was_reported_and_the_offices_words_otherwise(
    unit, achievement, raw, printed
):
    cell = matrix_cell(unit=unit, target=None, achievement=achievement, achievement_text=raw, remark_text="")
    assert cell.achievement == printed


def test_figure_that_is_withheld_says_so():
    cell = matrix_cell(
        unit="percent",
        target=100.0,
        achievement=None,
        achievement_text="103.5%",
        remark_text="",
        withheld=True,
    )
    assert cell.achievement == "১০৩.৫% (যাচাইসাপেক্ষ)"


def test_remark_keeps_its_words_and_gets_bengali_digits():
    cell = matrix_cell(
        unit="date",
        target=date(2025, 3, 16),
        achievement=None,
        achievement_text="0",
        remark_text="16.03.2025 তারিখে বাস্তবায়িত হবে।\n",
    )
    assert cell == MatrixCell("১৬/০৩/২৫", "০", "১৬.০৩.২০২৫ তারিখে বাস্তবায়িত হবে।")


def test_columns_are_the_indicators_of_the_plan_in_its_order(plan):
    columns = columns_of(plan)
    assert [column.indicator_code for column in columns] == [
        "1.1.1", "2.1.1", "3.1.1", "4.1.1", "4.1.2", "5.1.1", "5.1.2", "6.1.1", "7.1.1", "8.1.1",
    ]  # fmt: skip
    assert sum(column.weight for column in columns) == plan.marks


def test_title_quotes_what_the_plan_is_about(plan):
    assert name_in_title(plan) == "ই-গভর্ন্যান্স ও উদ্ভাবন"
