from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.vectors import vectors_of
from transforms.bangla_calendar import from_bangla
from transforms.dates import dates_in, read_date, read_month, write_date, write_month
from transforms.fiscal_year import FiscalYear
from transforms.numerals import bengali_digits

DATES = st.dates(date(1990, 1, 1), date(2090, 12, 31))
DAY_ENDINGS = (
    {1: "লা", 2: "রা", 3: "রা", 4: "ঠা"} | dict.fromkeys(range(5, 19), "ই") | dict.fromkeys(range(19, 32), "শে")
)
FORMS = [
    write_date,
    date.isoformat,
    lambda day: f"{day.isoformat()} 00:00:00",
    lambda day: f"{day.isoformat()}T00:00:00",
    lambda day: f"{day:%d.%m.%Y}",
    lambda day: f"{day:%d-%m-%Y} খ্রি.",
    lambda day: f"{day.day}/{day.month}/{day.year}",
    lambda day: f"{day:%d / %m / %Y}",
    lambda day: f"{day:%d।%m।%Y}",
    lambda day: f"{day:%Y/%m/%d}",
    lambda day: f"{day:%d-%b-%Y}",
    lambda day: f"{day:%B} {day.day}, {day.year}",
    lambda day: f"তারিখঃ {day:%d/%m/%Y} খ্রিঃ",
    lambda day: f"{day:%d/%m/%Y} ইং তারিখে।",
    lambda day: bengali_digits(f"{day.day} {write_month(day.month)} {day.year}"),
    lambda day: bengali_digits(f"{day.day} {write_month(day.month)}, {day.year} খ্রিস্টাব্দ"),
    lambda day: bengali_digits(f"{write_month(day.month)} {day.day}, {day.year}"),
    lambda day: bengali_digits(f"{day.day}{DAY_ENDINGS[day.day]} {write_month(day.month)} {day.year}"),
    lambda day: bengali_digits(f"{day.year} সালের {day.day} {write_month(day.month)}"),
    lambda day: bengali_digits(f"{day:%d}-") + f"{day:%m-%Y}",
]
SHORT_FORMS = [
    lambda day: bengali_digits(f"{day:%d/%m/%y}"),
    lambda day: bengali_digits(f"{day.day}.{day.month}.{day:%y}"),
    lambda day: f"{day:%d-%b-%y}",
    lambda day: bengali_digits(f"{day.day} {write_month(day.month)}/{day:%y}"),
]


def as_wanted(reading):
    if reading.is_refused:
        return "FLAG"
    return "NULL" if reading.is_nothing else str(reading.value)


@pytest.mark.parametrize(
    ("category", "reader", "count"), [("date", read_date, 19), ("month", read_month, 19)]
)
def test_every_shared_case_reads_as_wanted(shared, category, reader, count):
    cases = vectors_of(shared, category)
    wrong = {
        name: (text, as_wanted(reader(text)))
        for name, _, text, wanted in cases
        if as_wanted(reader(text)) != wanted
    }
    assert wrong == {}
    assert len(cases) >= count


@given(DATES, st.sampled_from(FORMS))
def test_a_date_written_with_its_whole_year_is_read_back(day, form):
    assert (read_date(form(day)).value, read_date(form(day)).flag) == (day, None), form(day)


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.sampled_from(SHORT_FORMS))
def test_a_date_with_a_year_of_two_digits_is_of_this_century(day, form):
    assert read_date(form(day)).value == day, form(day)


@given(st.integers(1394, 1497), st.integers(1, 12), st.integers(1, 29))
def test_a_bangla_date_is_read_by_its_month(year, month, day):
    names = ["বৈশাখ", "জ্যৈষ্ঠ", "আষাঢ়", "শ্রাবণ", "ভাদ্র", "আশ্বিন", "কার্তিক", "অগ্রহায়ণ", "পৌষ", "মাঘ", "ফাল্গুন", "চৈত্র"]
    wanted = from_bangla(year, month, day)
    assert read_date(bengali_digits(f"{day} {names[month - 1]} {year}")).value == wanted
    assert read_date(bengali_digits(f"{day:02}/{month:02}/{year} বঙ্গাব্দ")).value == wanted


@given(DATES, st.sampled_from([form for form in FORMS if ":00" not in form(date(2025, 3, 16))]), st.data())
def test_a_date_that_has_lost_a_digit_never_passes_for_the_same_date(day, form, data):
    text = form(day)
    place = data.draw(st.sampled_from([place for place, letter in enumerate(text) if letter.isdecimal()]))
    starts_number = place == 0 or not text[place - 1].isdecimal()
    assume(not (starts_number and int(text[place]) == 0))  # ০৬/০৪ and ৬/৪ are the same day
    assert read_date(text[:place] + text[place + 1 :]).value != day


@given(st.text())
def test_no_text_breaks_a_reader(text):
    read_date(text), read_month(text), dates_in(text)


@given(st.text(alphabet="০১২৩৪৫৬৭৮৯0123456789/.-।, ():মার্চজুনখ্রিঃতারিখেওহতে'|"))
def test_what_is_read_from_scraps_of_dates_is_a_date_or_a_reason(text):
    reading = read_date(text)
    assert reading.value is None or reading.value.year in range(1900, 2100)
    assert reading.value is None or reading.flag is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("১৬. ০৩. ২০২৫", date(2025, 3, 16)),
        ("১৬/০৩/২৫।", date(2025, 3, 16)),
        ("(১৬/০৩/২৫)", date(2025, 3, 16)),
        ("১৬-০৩-২০২৫ইং", date(2025, 3, 16)),
        ("তাং- ১৬/০৩/২৫", date(2025, 3, 16)),
        ("১৬/০৩/২০২৫খ্রি.", date(2025, 3, 16)),
        ("১৬|০৩|২৫", date(2025, 3, 16)),
        ("16th March, 2025", date(2025, 3, 16)),
        ("১৬ মার্চ ’২৫", date(2025, 3, 16)),
        ("১৬/০৩/’২৫", date(2025, 3, 16)),
        ("'১৬/০৩/২৫", date(2025, 3, 16)),
        ("১৬/০৩/২০২৫ তারিখ", date(2025, 3, 16)),
        ("১৬ মার্চ ২০২৫ খ্রিঃ তারিখে", date(2025, 3, 16)),
        ("রবিবার, ১ ডিসেম্বর ২০২৪", date(2024, 12, 1)),
        ("০১/১২/২৪ (রবিবার)", date(2024, 12, 1)),
        ("১লা জুলাই ২০২৪", date(2024, 7, 1)),
        ("২৯/০২/২৪", date(2024, 2, 29)),
        ("2025-03-16 10:30:00.000123", date(2025, 3, 16)),
        ("২১ শে ফেব্রুয়ারী, ২০২৫", date(2025, 2, 21)),
        ("পহেলা বৈশাখ ১৪৩২", date(2025, 4, 14)),
        ("৮ই ফাল্গুন ১৪৩১ বঙ্গাব্দ", date(2025, 2, 21)),
        ("১৫ চৈত্র ১৪৩১ বঙ্গাব্দ / ২৯ মার্চ ২০২৫ খ্রিস্টাব্দ", date(2025, 3, 29)),
    ],
)
def test_dates_are_read_with_what_offices_put_round_them(text, day):
    reading = read_date(text)
    assert (reading.value, reading.flag) == (day, None)


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("৩১/০৬/২৫", "impossible_date"),
        ("৩০/০২/২০২৫", "impossible_date"),
        ("২৯/০২/২৫", "impossible_date"),
        ("৬/১৩/২৫", "impossible_date"),
        ("০০/০৩/২৫", "impossible_date"),
        ("৩১০-০৬-২০২০", "impossible_date"),
        ("010/05/2024", "impossible_date"),
        ("৩১ কার্তিক ১৪৩১", "impossible_date"),
        ("৩০-০৫-২০২", "truncated_year"),
        ("১৬/০৩/৫", "truncated_year"),
        ("১৫ চৈত্র ৩১", "truncated_year"),
        ("১৫/১২/৩১ বঙ্গাব্দ", "truncated_year"),
        ("১৬/০৩/১৪৩১", "implausible_year"),
        ("১৬/০৩/২২০৫", "implausible_year"),
        ("১৬/০৩/২০২৫৫", "implausible_year"),
        ("০১-০৬ জুলাই ২০২৪", "date_range"),
        ("০১/০৭/২৪ - ০৬/০৭/২৪", "date_range"),
        ("০১/০৭/২৪-০৬/০৭/২৪", "date_range"),
        ("১ জুলাই হতে ৬ জুলাই ২০২৪ পর্যন্ত", "date_range"),
        ("১৬ ও ১৭ মার্চ ২০২৫", "several_dates"),
        ("১৬/০৩/২৫, ১৭/০৩/২৫", "several_dates"),
        ("১৫ চৈত্র ১৪৩১ / ৩০ মার্চ ২০২৫", "several_dates"),
        ("১৬.০৩.২০২৫ তারিখে বাস্তবায়িত হবে।", "date_in_sentence"),
        ("১৬/০৩", "incomplete_date"),
        ("১৬ মার্চ", "incomplete_date"),
        ("মার্চ ২০২৫", "incomplete_date"),
        ("45732", "plain_number"),
        ("45732.0", "plain_number"),
        ("০", "plain_number"),
        ("অর্জিত হয়েছে", "not_a_date"),
        ("o৫/০৩/২৫", "not_a_date"),
        ("১৬_০৩_২৫", "not_a_date"),
        ("[১.১.১০]", "not_a_date"),
        ("অক্টোবর/২৪-ডিসেম্বর/২৪", "not_a_date"),
    ],
)
def test_what_is_not_one_whole_date_is_refused_with_the_reason(text, flag):
    reading = read_date(text)
    assert (reading.value, reading.flag) == (None, flag)


@pytest.mark.parametrize("text", ["", "  ", "-", "--", "–", "—", "×", "প্রযোজ্য নয়", "নাই", "N/A"])
def test_a_cell_without_a_date_holds_nothing(text):
    assert read_date(text).is_nothing


def test_a_date_outside_its_fiscal_year_is_kept_and_flagged():
    year = FiscalYear(2019)
    outside = read_date("২১-০৬-২০১৯", year)
    assert (outside.value, outside.flag) == (date(2019, 6, 21), "outside_fiscal_year")
    assert read_date("৩০-০৬-২০২০", year).flag is None
    assert read_date("৩১/০৬/২৫", year).flag == "impossible_date"
    assert read_date("-", year).is_nothing


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("জানু.", 1),
        ("ফেব্রুয়ারী", 2),
        ("ফেব্রু", 2),
        ("মার্চ মাস", 3),
        ("মার্চ মাসে", 3),
        ("মার্চে", 3),
        ("এপ্রিল", 4),
        ("জুলাই", 7),
        ("সেপ্টেম্বর", 9),
        ("অক্টো.", 10),
        ("নভেঃ", 11),
        ("নভেম্বর", 11),
        ("ডিসে:", 12),
        ("September", 9),
        ("Sept.", 9),
        ("MAY", 5),
    ],
)
def test_a_month_is_read_whole_or_shortened(text, month):
    assert read_month(text).value == month


@pytest.mark.parametrize(
    "text", ["", "-", "মার্চেন্ট", "মেয়ে", "মেলা", "জুনিয়র", "মার্চ ২০২৫", "৩", "১৬ মার্চ", "চৈত্র", "মাস"]
)
def test_what_is_no_name_of_a_month_says_nothing(text):
    assert read_month(text).is_nothing


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_we_write_is_read_back(month):
    assert read_month(write_month(month)).value == month


def test_there_is_no_thirteenth_month_to_write():
    with pytest.raises(KeyError):
        write_month(13)


def test_a_date_is_written_as_offices_write_it():
    assert write_date(date(2025, 3, 16)) == "১৬/০৩/২০২৫"


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("১৬.০৩.২০২৫ তারিখে (৩য় কোয়ার্টারে) বাস্তবায়িত হবে।", [date(2025, 3, 16)]),
        ("১৬.০৩.২০২৫. ২ টি কর্মশালা", [date(2025, 3, 16)]),
        ("কর্মশালা ১৬ মার্চ ২০২৫ ও ২০/০৩/২৫ তারিখে", [date(2025, 3, 16), date(2025, 3, 20)]),
        ("০১/০৭/২৪-০৬/০৭/২৪ পর্যন্ত", [date(2024, 7, 1), date(2024, 7, 6)]),
        ("স্মারক ৪৩.২৪.০০০০.১১২.১৬.০৩.২৫ তারিখ: ০৩/০৭/২০২৪", [date(2024, 7, 3)]),
        ("[১.১.১০] সূচক ১৬/০৩/২৫", [date(2025, 3, 16)]),
        ("৩১/০৬/২৫ তারিখে নয়, ৩০/০৬/২৫ তারিখে", [date(2025, 6, 30)]),
    ],
)
def test_full_dates_are_found_in_a_sentence(sentence, days):
    assert dates_in(sentence) == tuple(days)


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "৪র্থ কোয়ার্টারে বাস্তবায়িত হবে।",
        "(অক্টোবর/২৪-ডিসেম্বর/২৪)",
        "জুলাই ২৪ - সেপ্টেম্বর ২৪",
        "অক্টোবর২৪-ডিসেম্বর২৪",
        "(এপ্রিল, ২৪ হতে জুন, ২৪)",
        "১৬ মার্চ ১২ টি কর্মশালা",
        "১৬ ও ১৭ মার্চ ২০২৫",
        "০১-০৬ জুলাই ২০২৪",
        "১ জুলাই হতে ৬ জুলাই ২০২৪",
        "১২.৫.২৪.০০১",
        "১/১/২৪/১",
        "[১.১.১০]",
        "[১.১.১০ ও ১.১.১১]",
        "o৫/০৩/২৫",
        "১৬/০৩/২০2o",
        "০২৪০০০০০০০১/০২৪০০০০০০০২",
        "৩০-০৫-২০২ তারিখে",
        "২০২৪-২০২৫",
        "অর্জিত হয়েছে",
    ],
)
def test_what_only_looks_like_a_date_is_passed_over(sentence):
    assert dates_in(sentence) == ()


@given(DATES, DATES, st.text(alphabet="কখ হবে।()", max_size=8))
def test_every_written_date_is_found_between_words(first, second, words):
    sentence = f"সভা {write_date(first)} তারিখে {words} এবং {second.isoformat()} তারিখে"
    assert dates_in(sentence) == (first, second)


def test_reading_the_days_of_a_century_takes_one_order_only():
    day, mistaken = date(1990, 1, 1), []
    while day.year < 2091:
        if read_date(f"{day:%d/%m/%Y}").value != day:
            mistaken.append(day)
        day += timedelta(days=1)
    assert mistaken == []
