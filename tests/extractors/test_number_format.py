import pytest

from extractors.number_format import text_of


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (10, "General", "10"),
        (10.0, "", "10"),
        (0, "General", "0"),
        (-3, "0", "-3"),
        (29.95, "0.0", "29.95"),
        (1234567, "#,##0", "1234567"),
        (8801716151535, "0", "8801716151535"),
        (0.1 + 0.2, "General", "0.3"),
        (0.00001, "General", "0.00001"),
        (0.8, "General", "0.8"),
        (5, "@", "5"),
        (5, '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)', "5"),
    ],
)
def test_numbers_come_whole_and_without_grouping_or_exponent(value, code, text):
    assert text_of(value, code) == text


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.8, "0%", "80%"),
        (0.61539999999999995, "0.00%", "61.54%"),
        (0.8421052631578947, "0%", "84.2105263158%"),
        (0.57, "0%", "57%"),
        (1, "0%", "100%"),
        (0, "0%", "0%"),
        (61.54, '0.00"%"', "61.54%"),
        (61.54, r"0.00\%", "61.54%"),
        (3, '0" টি"', "3"),
    ],
)
def test_percentages_come_as_points_with_their_sign(value, code, text):
    assert text_of(value, code) == text


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (61.54, "[$-5000445]0.00", "৬১.৫৪"),
        (0.8, "[$-5000445]0%", "৮০%"),
        (0.842105, "[$-5000445]0.00%", "৮৪.২১০৫%"),
        (7, "[$-5000845]0", "৭"),
        (7, "[$-5010445]0", "৭"),
        (7, "[$-445]0", "৭"),
        (7, "[$-0845]0", "৭"),
        (7, "[$-409]0", "7"),
        (7, "[$-2000445]0", "7"),
        (7, "[$৳-845]#,##0", "৭"),
    ],
)
def test_bengali_digits_come_where_the_format_shows_them(value, code, text):
    assert text_of(value, code) == text


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (45732, "dd/mm/yyyy", "2025-03-16"),
        (45732, "mm-dd-yy", "2025-03-16"),
        (45732, "[$-5000445]dd/mm/yy", "2025-03-16"),
        (45732, '[$-445]d mmmm"," yyyy;@', "2025-03-16"),
        (45732, "d-mmm", "2025-03-16"),
        (45732.75, "dd/mm/yyyy", "2025-03-16"),
        (45732.4375, "dd/mm/yyyy hh:mm", "2025-03-16 10:30:00"),
        (45627, "mmm-yy", "2024-12"),
        (45627, "[$-5000445]mmmm yyyy", "2024-12"),
        (1, "dd/mm/yyyy", "1900-01-01"),
        (59, "dd/mm/yyyy", "1900-02-28"),
        (61, "dd/mm/yyyy", "1900-03-01"),
        (2958465, "dd/mm/yyyy", "9999-12-31"),
    ],
)
def test_dates_come_year_first_whatever_order_they_are_shown_in(value, code, text):
    assert text_of(value, code) == text


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0, "dd/mm/yyyy", "0"),
        (0, "[$-5000445]dd/mm/yy", "০"),
        (-5, "dd/mm/yyyy", "-5"),
        (1e9, "d/m/y", "1000000000"),
    ],
)
def test_a_zero_or_an_impossible_day_in_a_date_cell_stays_a_number(value, code, text):
    assert text_of(value, code) == text


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.4375, "hh:mm", "10:30:00"),
        (1.5, "[h]:mm:ss", "36:00:00"),
        (0.5, "mm:ss", "12:00:00"),
        (0.5, "h:mm AM/PM", "12:00:00"),
    ],
)
def test_times_come_in_hours_minutes_and_seconds(value, code, text):
    assert text_of(value, code) == text


def test_workbooks_of_old_macintoshes_count_from_1904():
    assert text_of(44270, "dd/mm/yyyy", from_1904=True) == "2025-03-16"


@pytest.mark.parametrize(
    "code", ["0.00_);[Red]\\(0.00\\)", '"মাস" 0', "[Red]0", "#,##0.00 [$TK]", '0 "days"', "0E+00"]
)
def test_letters_that_are_only_painted_make_no_date(code):
    assert text_of(45732, code) == "45732"
