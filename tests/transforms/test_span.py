from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.calendar_words import read_line
from transforms.dates import write_month
from transforms.fiscal_year import FiscalYear, last_of_month
from transforms.numerals import bengali_digits
from transforms.span import read_span, spans_in

Q1_2024 = (date(2024, 7, 1), date(2024, 9, 30))
Q2_2024 = (date(2024, 10, 1), date(2024, 12, 31))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("(অক্টোবর/২৪-ডিসেম্বর/২৪)", Q2_2024),
        ("অক্টোবর’২৪ হতে ডিসেম্বর’২৪", Q2_2024),
        ("অক্টোঃ/২৪-ডিসেঃ/২৪", Q2_2024),
        ("অক্টো.-ডিসে. ২০২৪", Q2_2024),
        ("অক্টোবর, ২০২৪-ডিসেম্বর, ২০২৪", Q2_2024),
        ("অক্টোবর-২০২৪-ডিসেম্বর-২০২৪", Q2_2024),
        ("অক্টোবর ২০২৪ খ্রি. হতে ডিসেম্বর ২০২৪ খ্রি. পর্যন্ত", Q2_2024),
        ("অক্টোবর ২০২৪ - ডিসেম্বর", Q2_2024),
        ("October to December, 2024", Q2_2024),
        ("Oct 2024 - Dec 2024", Q2_2024),
        ("(অক্টোবর-ডিসেম্বর) ২০২৪", Q2_2024),
        ("(অক্টোবর-ডিসেম্বর), ২০২৪", Q2_2024),
        ("০১.১০.২০২৪ খ্রি. থেকে ৩১.১২.২০২৪ খ্রি. পর্যন্ত", Q2_2024),
        ("২০২৪-২৫ অর্থবছরের ২য়ত্রৈমাসিক", Q2_2024),
        ("অক্টোবর মাস হতে ডিসেম্বর মাস পর্যন্ত ২০২৪", Q2_2024),
        ("০১/১০/২০২৪-৩১/১২/২০২৪", Q2_2024),
        ("০১ অক্টোবর হতে ৩১ ডিসেম্বর ২০২৪", Q2_2024),
        ("অক্টোবর, নভেম্বর ও ডিসেম্বর ২০২৪", Q2_2024),
        ("১০/২০২৪ - ১২/২০২৪", Q2_2024),
        ("২০২৪ সালের অক্টোবর-ডিসেম্বর", Q2_2024),
        ("অক্টোবর-ডিসেম্বর ২০২৪-২৫", Q2_2024),
        ("২০২৪-২৫ অর্থবছরের ২য় ত্রৈমাসিক (অক্টোবর-ডিসেম্বর)", Q2_2024),
        ("জানুয়ারি-মার্চ ২০২৪ - ২৫", (date(2025, 1, 1), date(2025, 3, 31))),
        ("জানুয়ারি-মার্চ ২০২৪-২০২৫", (date(2025, 1, 1), date(2025, 3, 31))),
        ("২য় ত্রৈমাসিক ২০২৪-২৫", Q2_2024),
        ("Q2 FY2024-25", Q2_2024),
        ("অর্জন ২০২৪-২৫ (১ম প্রান্তিক)", Q1_2024),
        ("২০২৪-২০২৫ সালের জুলাই-সেপ্টেম্বর", Q1_2024),
        ("২০২৪ - ২০২৫ সালের জুলাই-সেপ্টেম্বর", Q1_2024),
        ("২য় ত্রৈমাসিক অগ্রগতির প্রতিবেদন (অক্টোবর/২৪-ডিসেম্বর/২৪)", Q2_2024),
        ("১ম অর্ধবার্ষিক ২০২৪-২৫", (date(2024, 7, 1), date(2024, 12, 31))),
        ("২য় ষান্মাষিক ২০২৪-২৫", (date(2025, 1, 1), date(2025, 6, 30))),
        ("২০২৪-২০২৫", (date(2024, 7, 1), date(2025, 6, 30))),
        ("২০২৪-২৫ অর্থবছরের বার্ষিক প্রতিবেদন", (date(2024, 7, 1), date(2025, 6, 30))),
        ("ফেব্রুয়ারি ২০২৪", (date(2024, 2, 1), date(2024, 2, 29))),
        ("২০২৪-২৫ অর্থবছরের অক্টোবর মাস", (date(2024, 10, 1), date(2024, 10, 31))),
        ("০১-০৬ চৈত্র ১৪৩১", (date(2025, 3, 15), date(2025, 3, 20))),
        ("০৬-০৬ জুলাই ২০২৪", (date(2024, 7, 6), date(2024, 7, 6))),
        ("২০২৪ খ্রি.", (date(2024, 1, 1), date(2024, 12, 31))),
        ("মার্চ মাসের সভা, অক্টোবর/২৪-ডিসেম্বর/২৪", Q2_2024),
        ("২০২৪-২৫ অর্থবছর (অক্টোবর/২৪-ডিসেম্বর/২৪)", Q2_2024),
        ("২০২৪-২৫ অর্থবছর (অক্টোবর/২৩-ডিসেম্বর/২৩)", (date(2023, 10, 1), date(2023, 12, 31))),
        ("২০২৪-২৫ অর্থবছর (০৫/১০/২৪ - ২০/১২/২৪)", (date(2024, 10, 5), date(2024, 12, 20))),
    ],
)
def test_a_span_is_read_in_the_forms_of_headings(text, days):
    reading = read_span(text)
    assert (reading.value, reading.flag) == (days, None)


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("অক্টোবর-ডিসেম্বর", "no_year"),
        ("২য় ত্রৈমাসিক", "no_year"),
        ("অক্টোবর", "no_year"),
        ("ডিসেম্বর-ফেব্রুয়ারি ২০২৫", "no_year"),
        ("ডিসেম্বর/২৪-অক্টোবর/২৪", "end_before_start"),
        ("০৬-০১ জুলাই ২০২৪", "end_before_start"),
        ("৩১ জুন হতে ৩০ সেপ্টেম্বর ২০২৪", "impossible_date"),
        ("০১/০৭/২৪ - ৩১/০৯/২৪", "impossible_date"),
        ("০০-০৬ জুলাই ২০২৪", "impossible_date"),
        ("১৩/২০২৪ - ১৪/২০২৪", "impossible_date"),
        ("১২/২০২৪ - ১৩/২০২৪", "impossible_date"),
        ("জুলাই/১৪৩১", "implausible_year"),
        ("জুলাই/১৪৩১ - সেপ্টেম্বর/২৪", "implausible_year"),
        ("জুলাই/২৪ - সেপ্টেম্বর/১৪৩১", "implausible_year"),
        ("অক্টোবর-ডিসেম্বর, জুলাই-সেপ্টেম্বর ২০২৪", "several_spans"),
        ("জুলাই ২০২৪, সেপ্টেম্বর ২০২৪", "several_spans"),
        ("জুলাই ও সেপ্টেম্বর ২০২৪", "several_spans"),
        ("২য় ও ৩য় ত্রৈমাসিক ২০২৪-২৫", "several_quarters"),
        ("ত্রৈমাসিক ২০২৪-২৫", "unnamed_quarter"),
        ("অর্ধবার্ষিক ২০২৪-২৫", "unnamed_half_year"),
        ("৩য় অর্ধবার্ষিক ২০২৪-২৫", "no_such_half_year"),
        ("২০৩২-২০২৪", "fiscal_year_not_consecutive"),
        ("২০২৪", "not_a_period"),
        ("১৬ মার্চ ২০২৫", "not_a_period"),
        ("মার্চ ১২ টি কর্মশালা", "no_year"),
        ("অর্জিত হয়েছে", "not_a_period"),
    ],
)
def test_what_names_no_single_span_is_refused(text, flag):
    reading = read_span(text)
    assert (reading.value, reading.flag) == (None, flag)


@pytest.mark.parametrize("text", ["", "-", "—", "প্রযোজ্য নয়"])
def test_a_blank_names_no_period(text):
    assert read_span(text).is_nothing


@pytest.mark.parametrize(
    ("text", "quarters"),
    [
        ("(অক্টোবর/২৪-ডিসেম্বর/২৪)", [2]),
        ("(অক্টোবর/২৩-ডিসেম্বর/২৪)", [2]),
        ("জুলাই-ডিসেম্বর ২০২৪", [None]),
        ("০১/০৭/২৪ - ৩০/০৯/২৪", [1]),
        ("০২/০৭/২৪ - ৩০/০৯/২৪", [None]),
        ("১ম কোয়ার্টার (জুলাই-সেপ্টেম্বর) ২য় কোয়ার্টার (অক্টোবর-ডিসেম্বর)", [1, 2]),
        ("০১/০৭/২৪ - ৩০/০৯/২৪ ও অক্টোবর/২৪-ডিসেম্বর/২৪", [1, 2]),
        ("১৬ মার্চ ২০২৫", []),
    ],
)
def test_a_span_knows_the_quarter_its_months_make(text, quarters):
    assert [span.quarter for span in spans_in(read_line(text))] == quarters


@pytest.mark.parametrize(("last", "outlasts"), [("০১/১১/২৪", False), ("০২/১১/২৪", True)])
def test_a_span_of_a_month_and_a_day_may_be_one_of_a_long_month(last, outlasts):
    (span,) = spans_in(read_line(f"০১/১০/২৪ - {last}"))
    assert span.outlasts_a_month is outlasts


def test_months_without_a_year_take_their_place_in_a_fiscal_year():
    (span,) = spans_in(read_line("জানুয়ারি-মার্চ"))
    assert span.within(FiscalYear(2024)).value == (date(2025, 1, 1), date(2025, 3, 31))
    (across,) = spans_in(read_line("জুলাই-জুন"))
    assert across.within(FiscalYear(2024)).value == (date(2024, 7, 1), date(2025, 6, 30))
    (backwards,) = spans_in(read_line("জুন-জুলাই"))
    assert backwards.within(FiscalYear(2024)).flag == "end_before_start"


FORMS = [
    "{first}/{y1}-{last}/{y2}",
    "({first}, {y1} হতে {last}, {y2})",
    "{first} {y1} – {last} {y2}",
    "{first}'{y1} থেকে {last}'{y2}",
    "{first}-{y1} হতে {last}-{y2} পর্যন্ত",
]


@given(
    st.dates(date(2000, 1, 1), date(2090, 1, 1)),
    st.integers(0, 24),
    st.sampled_from(FORMS),
    st.booleans(),
)
def test_two_months_with_their_years_are_read_back(first, later, form, is_short):
    year, month = divmod(first.year * 12 + first.month - 1 + later, 12)
    last = date(year, month + 1, 1)
    years = [f"{day:%y}" if is_short else f"{day:%Y}" for day in (first, last)]
    text = form.format(first=write_month(first.month), last=write_month(last.month), y1=years[0], y2=years[1])
    assert read_span(bengali_digits(text)).value == (first.replace(day=1), last_of_month(last)), text


@given(st.text(alphabet="০১২৪2/.-, ()জুলাইমে হতেওQ১মকোয়ার্টার'"))
def test_scraps_of_periods_give_days_in_order_or_a_reason(text):
    value = read_span(text).value
    assert value is None or value[0] <= value[1]


@given(st.text())
def test_no_text_breaks_the_reader(text):
    read_span(text)
