from datetime import date

import pytest

from tests.warehouse.reports import office_report, submission
from transforms.office import all_offices
from warehouse.awaited_report import AwaitedReport, awaited_reports, reminded_of, reminder_day
from warehouse.load import load

DUE = date(2025, 1, 15)
DAYS = (-5, 1, 8)


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2025, 1, 9), None),
        (date(2025, 1, 10), -5),
        (date(2025, 1, 12), -5),  # the run of the 10th was missed
        (date(2025, 1, 15), -5),
        (date(2025, 1, 16), 1),
        (date(2025, 1, 22), 1),
        (date(2025, 1, 23), 8),
        (date(2025, 1, 29), 8),
        (date(2025, 1, 30), None),  # what is long past is let be
        (date(2026, 1, 12), None),
    ],
)
def test_a_reminder_is_for_its_day_and_made_up_for_within_a_week(today, day):
    assert reminder_day(DUE, today, DAYS) == day
    first, last = reminded_of(today, DAYS)
    assert day is None or first <= DUE <= last


@pytest.mark.parametrize(
    ("days", "passed", "day"),
    [((-20,), -14, -20), ((-20,), -13, None), ((0,), 0, 0), ((0,), 1, None), ((), 0, None), ((8, 1), 8, 8)],
)
def test_any_days_may_be_chosen(days, passed, day):
    assert reminder_day(DUE, date.fromordinal(DUE.toordinal() + passed), days) == day


def test_an_office_is_awaited_until_its_report_is_accepted(writer):
    q1, q2 = submission("q1.docx"), submission("q2.docx")
    load(writer, [q1], [office_report(q1, {"4.1.2": 4}, office="narail", quarter=1)])
    before = awaited_reports(writer, DUE, DUE)
    assert AwaitedReport("egov-2024-25", "2024-25", 2, "narail", DUE) in before
    assert {one.plan_id for one in before} == {"egov-2024-25"}  # nobody here reports on the other annexes
    assert len(before) == sum(office.is_active_on(date(2024, 12, 31)) for office in all_offices())
    load(writer, [q2], [office_report(q2, {"4.1.2": 4}, office="narail", quarter=2)])
    assert {one.office_id for one in before} - {
        one.office_id for one in awaited_reports(writer, DUE, DUE)
    } == {"narail"}


def test_the_next_years_first_quarter_is_awaited_though_nothing_came_for_it(writer):
    sent = submission("q1.docx")
    load(
        writer, [sent], [office_report(sent, {"1.1.1": 4}, office="narail", fiscal_year="2023-24", quarter=4)]
    )
    awaited = awaited_reports(writer, date(2024, 10, 15), date(2024, 10, 15))
    assert ("narail", "2024-25", 1) in {(one.office_id, one.fiscal_year, one.quarter) for one in awaited}


def test_nobody_is_awaited_where_nobody_has_ever_reported(writer):
    load(writer, [], [])
    assert awaited_reports(writer, date(2020, 1, 1), date(2030, 1, 1)) == ()


def test_the_sentences_say_what_is_due_and_when():
    awaited = AwaitedReport("egov-2024-25", "2024-25", 2, "narail", DUE)
    before, after = awaited.plain_text(-5), awaited.plain_text(1)
    assert awaited.subject(-5) == "স্মরণপত্র: ২০২৪-২০২৫ অর্থবছরের ২য় ত্রৈমাসিক প্রতিবেদন পাঠানোর শেষ তারিখ ১৫/০১/২০২৫"
    assert awaited.subject(0) == awaited.subject(-5)  # on the day itself it is not late
    assert awaited.subject(1) == "তাগিদপত্র: ২০২৪-২০২৫ অর্থবছরের ২য় ত্রৈমাসিক প্রতিবেদন এখনো পাওয়া যায়নি"
    assert before.startswith("প্রাপক:\nজেলা সরকারি গণগ্রন্থাগার, নড়াইল।\n\nমহোদয়,")
    assert "শেষ তারিখ ১৫/০১/২০২৫। নির্ধারিত ছকে যথাসময়ে" in before
    assert "(অক্টোবর-ডিসেম্বর ২০২৪)" in after
    assert "শেষ তারিখ ছিল ১৫/০১/২০২৫; প্রতিবেদনটি এখনো পাওয়া যায়নি" in after
