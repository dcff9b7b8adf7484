import csv
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vectors import vectors_of
from transforms.dates import read_date, read_month
from transforms.reporting_period import (
    FiscalYear,
    ReportingPeriod,
    Source,
    read_fiscal_year,
    read_quarter,
    read_reporting_period,
    read_span,
    write_period,
)

KHULNA = [
    "ই-গভর্ন্যান্স ও উদ্ভাবন কর্মপরিকল্পনার ২য় ত্রৈমাসিক অগ্রগতির প্রতিবেদন (অক্টোবর/২৪-ডিসেম্বর/২৪)",
    "লক্ষ্যমাত্রা ২০২৪-২০২৫",
    "২য় কোয়ার্টারে অর্জন (অক্টোবর/২৪-ডিসেম্বর/২৪)",
]
Q2_2024 = ReportingPeriod(FiscalYear(2024), 2)


def span(first, last):
    return date.fromisoformat(first), date.fromisoformat(last)


# What each written form of formats.csv must read as: (reader, text, value or the flag it is refused with).
WRITTEN_FORMS = {
    "১ম ত্রৈমাসিক": [(read_quarter, "১ম ত্রৈমাসিক", 1)],
    "২য় কোয়ার্টারে": [(read_quarter, "২য় কোয়ার্টারে", 2)],
    "১ম কোয়ার্টার": [(read_quarter, "১ম কোয়ার্টার", 1)],
    "১ম প্রান্তিক": [(read_quarter, "১ম প্রান্তিক", 1)],
    "প্রথম/দ্বিতীয়/তৃতীয়/চতুর্থ কোয়ার্টার": [
        (read_quarter, "প্রথম কোয়ার্টার", 1),
        (read_quarter, "দ্বিতীয় কোয়ার্টার", 2),
        (read_quarter, "তৃতীয় কোয়ার্টার", 3),
        (read_quarter, "চতুর্থ কোয়ার্টার", 4),
    ],
    "Q1, 1st Quarter, কোয়াটার, কোয়াটার্র": [
        (read_quarter, "Q1", 1),
        (read_quarter, "1st Quarter", 1),
        (read_quarter, "১ম কোয়াটার", 1),
        (read_quarter, "১ম কোয়াটার্র", 1),
    ],
    "অর্ধবার্ষিক, ষান্মাসিক/ষান্মাষিক, বার্ষিক/বাৎসরিক": [
        (read_quarter, "অর্ধবার্ষিক", None),
        (read_span, "১ম ষান্মাসিক ২০২৪-২৫", span("2024-07-01", "2024-12-31")),
        (read_span, "ষান্মাষিক ২০২৪-২৫", "unnamed_half_year"),
        (read_span, "বার্ষিক ২০২৪-২৫", span("2024-07-01", "2025-06-30")),
        (read_span, "বাৎসরিক ২০২৪-২৫", span("2024-07-01", "2025-06-30")),
    ],
    "২০২৪-২০২৫": [(read_fiscal_year, "২০২৪-২০২৫", FiscalYear(2024))],
    "২০২৩-২০২৪ অর্থবছরের": [(read_fiscal_year, "২০২৩-২০২৪ অর্থবছরের", FiscalYear(2023))],
    "২০২১-২২": [(read_fiscal_year, "২০২১-২২", FiscalYear(2021))],
    "২০২১-২২ অর্থ-বছরের / অর্থ বছর / অর্থবছর": [
        (read_fiscal_year, "২০২১-২২ অর্থ-বছরের", FiscalYear(2021)),
        (read_fiscal_year, "২০২১-২২ অর্থ বছর", FiscalYear(2021)),
        (read_fiscal_year, "২০২১-২২ অর্থবছর", FiscalYear(2021)),
    ],
    "জুলাই ০১, ২০20 - জুন ৩০, ২০21": [
        (read_span, "জুলাই ০১, ২০20 - জুন ৩০, ২০21", span("2020-07-01", "2021-06-30"))
    ],
    "২০১7-২০১8": [(read_fiscal_year, "২০১7-২০১8", FiscalYear(2017))],
    "২০৩২-২০২৪": [(read_fiscal_year, "২০৩২-২০২৪", "fiscal_year_not_consecutive")],
    "২০২১খ্রি:": [
        (read_span, "২০২১খ্রি:", span("2021-01-01", "2021-12-31")),
        (read_fiscal_year, "২০২১খ্রি:", None),
    ],
    "(অক্টোবর/২৪-ডিসেম্বর/২৪)": [(read_span, "(অক্টোবর/২৪-ডিসেম্বর/২৪)", span("2024-10-01", "2024-12-31"))],
    "(এপ্রিল, ২৪ হতে জুন, ২৪)": [(read_span, "(এপ্রিল, ২৪ হতে জুন, ২৪)", span("2024-04-01", "2024-06-30"))],
    "(জুলাই-সেপ্টেম্বর ২০২১)": [(read_span, "(জুলাই-সেপ্টেম্বর ২০২১)", span("2021-07-01", "2021-09-30"))],
    "জুলাই-সেপ্টেম্বর-১৭": [(read_span, "জুলাই-সেপ্টেম্বর-১৭", span("2017-07-01", "2017-09-30"))],
    "(জুলাই ২০২১- জুন ২০২২)": [(read_span, "(জুলাই ২০২১- জুন ২০২২)", span("2021-07-01", "2022-06-30"))],
    "১৬/০৩/২৫": [(read_date, "১৬/০৩/২৫", date(2025, 3, 16))],
    "৬/০৪/২৫": [(read_date, "৬/০৪/২৫", date(2025, 4, 6))],
    "৩১/৮/২৪": [(read_date, "৩১/৮/২৪", date(2024, 8, 31))],
    "১৬.০৩.২০২৫": [(read_date, "১৬.০৩.২০২৫", date(2025, 3, 16))],
    "১৬.৩.২৪": [(read_date, "১৬.৩.২৪", date(2024, 3, 16))],
    "০৩-০৭-২০২৪": [(read_date, "০৩-০৭-২০২৪", date(2024, 7, 3))],
    "০৫/০৬/২৫": [(read_date, "০৫/০৬/২৫", date(2025, 6, 5))],
    "05/02/2020": [(read_date, "05/02/2020", date(2020, 2, 5))],
    "৩১০-০৬-২০২০": [(read_date, "৩১০-০৬-২০২০", "impossible_date")],
    "৩০-০৫-২০২": [(read_date, "৩০-০৫-২০২", "truncated_year")],
    # Wrong only beside the other bands of their ladder, which a reader of one cell does not see.
    "২১-০৬-২০১৯": [(read_date, "২১-০৬-২০১৯", date(2019, 6, 21))],
    "০৮/০৮/২৪": [(read_date, "০৮/০৮/২৪", date(2024, 8, 8))],
    "১৮ নভেম্বর ২০২৪": [(read_date, "১৮ নভেম্বর ২০২৪", date(2024, 11, 18))],
    "২৮ সেপ্টেম্বর, ২০২৪ খ্রিস্টাব্দ": [(read_date, "২৮ সেপ্টেম্বর, ২০২৪ খ্রিস্টাব্দ", date(2024, 9, 28))],
    "১৫ মে ২০২৪ খ্রিস্টাব্দ": [(read_date, "১৫ মে ২০২৪ খ্রিস্টাব্দ", date(2024, 5, 15))],
    "০১-০৬ জুলাই ২০২৪": [
        (read_date, "০১-০৬ জুলাই ২০২৪", "date_range"),
        (read_span, "০১-০৬ জুলাই ২০২৪", span("2024-07-01", "2024-07-06")),
    ],
    "১৬ কার্তিক ১৪৩২": [(read_date, "১৬ কার্তিক ১৪৩২", date(2025, 11, 1))],
    "১৫ জানুয়ারী / জানুয়ারি": [
        (read_month, "জানুয়ারী", 1),
        (read_month, "জানুয়ারি", 1),
        (read_date, "১৫ জানুয়ারী ২০২৫", date(2025, 1, 15)),
        (read_date, "১৫ জানুয়ারী", "incomplete_date"),
    ],
}


def test_every_written_form_of_a_period_reads_as_stated(shared):
    with (shared / "domain" / "formats.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["kind"] in {"quarter", "fy", "period", "date"}]
    assert {row["written"] for row in rows} == set(WRITTEN_FORMS)
    wrong = {
        text: reading
        for row in rows
        for reader, text, wanted in WRITTEN_FORMS[row["written"]]
        if (reading := reader(text))
        and (reading.value if reading.value is not None else reading.flag) != wanted
    }
    assert wrong == {}


def test_every_shared_period_reads_as_wanted(shared):
    cases = vectors_of(shared, "period")
    wrong = {
        text: days
        for _, _, text, wanted in cases
        if "/".join(map(str, days := read_span(text).value or ())) != wanted
    }
    assert wrong == {}
    assert len(cases) >= 4


def test_the_khulna_office_form_states_one_period(shared):
    text = (shared / "seeds" / "khulna_office_report_2024-25_q2.txt").read_text(encoding="utf-8")
    headings = [cell for line in text.splitlines()[:12] for cell in line.split("\t")]
    reading = read_reporting_period(headings)
    assert (reading.period, reading.conflict) == (Q2_2024, None)
    assert [said.source for said in reading.statements].count(Source.MONTHS) == 2


def test_the_chattogram_matrix_states_one_period(shared):
    text = (shared / "seeds" / "chattogram_divisional_matrix_2023-24_q4.txt").read_text(encoding="utf-8")
    reading = read_reporting_period(text.splitlines()[:8])
    assert (reading.period, reading.conflict) == (ReportingPeriod(FiscalYear(2023), 4), None)


@pytest.mark.parametrize(
    ("texts", "period"),
    [
        (KHULNA, "2024-25 Q2"),
        (["৩য় ত্রৈমাসিক প্রতিবেদন, ২০২৪-২৫ অর্থবছর"], "2024-25 Q3"),
        (["প্রতিবেদন (জানুয়ারি-মার্চ)", "লক্ষ্যমাত্রা ২০২৪-২০২৫"], "2024-25 Q3"),
        (["প্রতিবেদন (জানুয়ারি-মার্চ ২০২৫)"], "2024-25 Q3"),
        (["০১/০১/২০২৫ হতে ৩১/০৩/২০২৫ পর্যন্ত"], "2024-25 Q3"),
        (["Progress Report, 3rd Quarter, FY 2024-25"], "2024-25 Q3"),
        # A column of the year so far beside the quarter's is no second opinion.
        ([*KHULNA, "ক্রমপুঞ্জিভূত অর্জন (জুলাই ২০২৪-ডিসেম্বর ২০২৪)"], "2024-25 Q2"),
        (["২য় ত্রৈমাসিক", "ক্রমপুঞ্জিভূত অর্জন (জুলাই ২০২৪-ডিসেম্বর ২০২৪)"], "2024-25 Q2"),
        # The month and the days of a letter are not the period it reports on.
        (["২০২৪-২৫ অর্থবছরের ৪র্থ ত্রৈমাসিক", "জুলাই ২০২৫ মাসের সভা", "০১-০৬ জুলাই ২০২৫"], "2024-25 Q4"),
        ([*KHULNA, "২০২৪-২৫ অর্থবছরের বার্ষিক লক্ষ্যমাত্রা", "তারিখঃ ০৫/০১/২০২৫"], "2024-25 Q2"),
        # A form with a column for each quarter, of which the title names the one reported.
        (
            [
                "২য় ত্রৈমাসিক প্রতিবেদন ২০২৪-২৫",
                *("১ম কোয়ার্টার (জুলাই-সেপ্টেম্বর)", "২য় কোয়ার্টার (অক্টোবর-ডিসেম্বর)"),
                *("৩য় কোয়ার্টার (জানুয়ারি-মার্চ)", "৪র্থ কোয়ার্টার (এপ্রিল-জুন)"),
            ],
            "2024-25 Q2",
        ),
    ],
)
def test_a_period_stated_without_contradiction_is_believed(texts, period):
    reading = read_reporting_period(texts)
    assert (str(reading.period), reading.conflict) == (period, None)


@pytest.mark.parametrize(
    ("texts", "period", "conflict"),
    [
        # Quarters of the calendar year: the months are believed.
        (
            ["তৃতীয় কোয়ার্টার (জুলাই-সেপ্টেম্বর)", "লক্ষ্যমাত্রা ২০২৪-২০২৫"],
            "2024-25 Q1",
            "ordinal says 3, months say 1",
        ),
        # A column heading left over from the quarter before.
        (
            [*KHULNA[:2], "১ম কোয়ার্টারে অর্জন (অক্টোবর/২৪-ডিসেম্বর/২৪)"],
            "2024-25 Q2",
            "ordinal says 2 and 1, months say 2",
        ),
        (
            ["২য় ত্রৈমাসিক (অক্টোবর/২৪-ডিসেম্বর/২৪)", "অর্জন (জুলাই/২৪-সেপ্টেম্বর/২৪)"],
            "2024-25 Q2",
            "ordinal says 2, months say 2 and 1",
        ),
        (
            ["(অক্টোবর/২৪-ডিসেম্বর/২৪)", "(জুলাই/২৪-সেপ্টেম্বর/২৪)"],
            "2024-25 Q2",
            "months say 2 and 1",
        ),
        (
            ["(অক্টোবর/২৩-ডিসেম্বর/২৩)", "লক্ষ্যমাত্রা ২০২৪-২০২৫"],
            "2023-24 Q2",
            "months say 2023-24, fiscal year says 2024-25",
        ),
        # The fiscal year mistyped, the months telling the truth.
        (
            ["২০৩২-২০২৪ অর্থবছরের প্রতিবেদন (জুলাই/২৩-সেপ্টেম্বর/২৩)"],
            "2023-24 Q1",
            "fiscal year does not end in the year after its start",
        ),
        # The number of the quarter mistyped.
        (
            ["৮য় ত্রৈমাসিক (অক্টোবর/২৪-ডিসেম্বর/২৪)"],
            "2024-25 Q2",
            "the number of the quarter is none of the four",
        ),
        # A year of the months mistyped.
        (
            ["(অক্টোবর/২৩-ডিসেম্বর/২৪)", "লক্ষ্যমাত্রা ২০২৪-২০২৫"],
            "2024-25 Q2",
            "months of one quarter stand in two years",
        ),
        (
            ["(অক্টোবর/২৪-ডিসেম্বর/২৩)", "লক্ষ্যমাত্রা ২০২৪-২০২৫"],
            "2024-25 Q2",
            "years of the months cannot be right",
        ),
    ],
)
def test_where_statements_disagree_the_months_are_believed_and_the_conflict_is_told(texts, period, conflict):
    reading = read_reporting_period(texts)
    assert (str(reading.period), reading.conflict) == (period, conflict)


@pytest.mark.parametrize(
    "texts",
    [
        [],
        ["", "-"],
        ["২য় ত্রৈমাসিক"],
        ["লক্ষ্যমাত্রা ২০২৪-২০২৫"],
        ["(অক্টোবর-ডিসেম্বর)"],
        ["অর্ধবার্ষিক প্রতিবেদন (জুলাই ২০২৪-ডিসেম্বর ২০২৪)"],
        ["৩য় ত্রৈমাসিক ২০২৪-২৫", "২য় কোয়ার্টারে অর্জন"],
        ["৩য় ত্রৈমাসিক ২০২৪-২৫", "লক্ষ্যমাত্রা ২০২৩-২০২৪"],
        ["২০৩২-২০২৪ অর্থবছরের ৩য় ত্রৈমাসিক"],
        ["সংযোজনী- ৫: কর্মপরিকল্পনা", "[১.১] ফোনঃ ০২৪০০০০০০০১"],
    ],
)
def test_a_period_that_cannot_be_known_is_not_guessed(texts):
    assert read_reporting_period(texts).period is None


def test_what_each_text_states_is_kept():
    statements = read_reporting_period(KHULNA).statements
    assert [(said.text, said.source) for said in statements] == [
        (KHULNA[0], Source.ORDINAL),
        (KHULNA[0], Source.MONTHS),
        (KHULNA[1], Source.FISCAL_YEAR),
        (KHULNA[2], Source.ORDINAL),
        (KHULNA[2], Source.MONTHS),
    ]
    assert statements[1].quarter == 2
    assert statements[1].fiscal_year == statements[2].fiscal_year == FiscalYear(2024)


def test_a_period_is_written_as_headings_write_it():
    assert write_period(Q2_2024) == "২০২৪-২৫ অর্থবছরের ২য় ত্রৈমাসিক (অক্টোবর-ডিসেম্বর ২০২৪)"
    assert str(Q2_2024) == "2024-25 Q2"


PERIODS = st.builds(ReportingPeriod, st.builds(FiscalYear, st.integers(2000, 2089)), st.integers(1, 4))


@given(PERIODS)
def test_a_period_that_we_write_is_read_back(period):
    reading = read_reporting_period([write_period(period)])
    assert (reading.period, reading.conflict) == (period, None)
    assert read_reporting_period([str(period)]).period == period


@given(st.lists(st.text()))
def test_no_heading_breaks_the_reader(texts):
    read_reporting_period(texts)
