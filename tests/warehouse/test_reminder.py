from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from tests.warehouse.reports import office_report, submission
from transforms.office import all_divisions, expected_offices
from transforms.plan import all_plans
from warehouse.letter import address_of
from warehouse.load import load
from warehouse.reminder import reminder_list, reminder_text, write_reminder_workbook

ASKED = ("2024-25", 2, "egov-2024-25")


@pytest.fixture
def listed(writer):
    sent = submission("own.docx")
    load(writer, [sent], [office_report(sent, {"4.1.2": 50})])
    return reminder_list(writer, *ASKED)


def test_every_expected_office_is_reminded_but_those_that_have_reported(listed):
    expected = {
        address_of(office.office_id)
        for division in all_divisions()
        for office in expected_offices(division.division_id, date(2024, 12, 31))
    }
    assert {one.office for one in listed.reminders} == expected - {address_of("khulna")}
    assert len(listed.reminders) == len(expected) - 1


def test_reminder_names_office_period_and_due_date(listed):
    reminder = next(one for one in listed.reminders if one.office.endswith("যশোর"))
    plan = next(plan for plan in all_plans() if plan.plan_id == ASKED[2])
    assert reminder.due_date == plan.due_date(2, "district")
    for part in (
        "জেলা সরকারি গণগ্রন্থাগার, যশোর",
        "২০২৪-২০২৫ অর্থবছরের ২য় ত্রৈমাসিক (অক্টোবর-ডিসেম্বর ২০২৪)",
        "শেষ তারিখ ১৫/০১/২০২৫",
    ):
        assert part in reminder.message


def test_text_has_the_title_and_a_paragraph_for_each_office(listed):
    title, *messages = reminder_text(listed).rstrip("\n").split("\n\n")
    assert title == listed.title
    assert messages == [one.message for one in listed.reminders]


def test_text_says_so_where_everybody_has_reported(writer):
    text = reminder_text(reminder_list(writer, *ASKED))
    assert text.endswith("সব কার্যালয়ের প্রতিবেদন পাওয়া গেছে।\n")


def test_workbook_has_a_row_for_each_office_with_a_date_that_is_one(listed, tmp_path):
    write_reminder_workbook(listed, tmp_path / "reminders.xlsx")
    sheet = load_workbook(tmp_path / "reminders.xlsx").active
    rows = list(sheet.iter_rows(min_row=3))
    assert [row[2].value for row in rows] == [one.office for one in listed.reminders]
    assert {type(row[3].value) for row in rows} == {datetime}
    assert {row[3].number_format for row in rows} == {"[$-5000445]dd/mm/yyyy"}
    assert sheet.auto_filter.ref == f"A2:E{len(rows) + 2}"
    assert sheet.freeze_panes == "D3"


def test_rows_of_the_workbook_are_tall_enough_for_their_messages(listed, tmp_path):
    write_reminder_workbook(listed, tmp_path / "reminders.xlsx")
    sheet = load_workbook(tmp_path / "reminders.xlsx").active
    heights = [sheet.row_dimensions[row].height for row in range(3, sheet.max_row + 1)]
    assert min(heights) > 3 * 11
