import pytest

from tests.transforms.papers import office_paper, rows_of
from transforms.header import DEEPEST_HEADER, find_headers, headings_without_a_report, repeats_headings

PLAIN = ("ক্রম", "কর্মসম্পাদন সূচক", "একক", "অর্জন", "মন্তব্য")
BODY = ("১", "[১.১.১] সেবা", "তারিখ", "-", "")


def only_header(*texts):
    ((first, header),) = find_headers(rows_of(*texts))
    return first, header


def roles(header):
    return {column.number: column.role for column in header.columns}


def test_header_of_one_row():
    first, header = only_header(("শিরোনাম",), PLAIN, BODY)
    assert (first, len(header.rows)) == (1, 1)
    assert roles(header) == {1: "serial", 2: "indicator", 3: "unit", 4: "achievement", 5: "remark"}


@pytest.mark.parametrize("lines", [0, 1, 10, 40])
def test_header_is_found_however_far_down(lines):
    first, _ = only_header(*[("স্মারক নং",)] * lines, PLAIN, BODY)
    assert first == lines


def test_no_header_in_text_or_in_another_table():
    texts = [("অর্জন ও মন্তব্য",), ("ক্রম", "নাম", "পদবি"), ("১", "কল্পিত", "পরিচালক")]
    assert list(find_headers(rows_of(*texts))) == []


def test_table_without_an_achievement_is_no_report():
    assert list(find_headers(rows_of(("ক্রম", "কর্মসম্পাদন সূচক", "মন্তব্য"), BODY[:3]))) == []


def test_rows_of_bands_percentages_and_numbers_belong_to_the_header():
    rows = office_paper().rows[:3]
    numbering = [f"({number})" for number in ("১", "২", "৩", "৪", "৫", "৬", "৭", "৮", "৯", "১০", "১১", "১২")]
    _, header = only_header(*rows, numbering, office_paper().rows[3])
    assert len(header.rows) == 4
    bands = [column.heading.band for column in header.columns_of("band")]
    assert bands == [100, 90, 80, 70, 60]


def test_numbering_with_sums():
    _, header = only_header(PLAIN, ("১", "২", "৩", "৪=২+৩", "৫"), BODY)
    assert len(header.rows) == 2


def test_first_row_of_the_body_is_not_taken_for_numbering():
    _, header = only_header(PLAIN, ("১", "২", "৩", "৫", "৯"), BODY)
    assert len(header.rows) == 1


def test_groups_named_in_the_row_above():
    upper = ("", "", "", "লক্ষ্যমাত্রা ২০২৪-২০২৫", "", "অর্জন", "")
    lower = ("ক্রম", "কর্মসম্পাদন সূচক", "একক", "অসাধারণ", "অতি উত্তম", "২য় ত্রৈমাসিক", "মন্তব্য")
    first, header = only_header(upper, lower, ("১", "[১.১.১] সেবা"))
    assert (first, len(header.rows)) == (0, 2)
    assert [column.number for column in header.columns_of("achievement")] == [6]


def test_title_that_reads_like_a_heading_is_no_group():
    first, header = only_header(
        ("অগ্রগতি প্রতিবেদন",), ("কর্মসম্পাদন সূচক", "একক", "২য় ত্রৈমাসিকে অর্জন", "৩য় ত্রৈমাসিক")
    )
    assert first == 1
    assert roles(header)[4] == "unknown"


def test_matrix_with_neither_serial_nor_score():
    texts = [
        ("গ্রন্থাগারের নাম", "[১.১] সেবা", "", "[২.১] তথ্য", ""),
        ("", "[১.১.১] সেবা", "", "[২.১.১] তথ্য", ""),
        ("", "লক্ষ্যমাত্রা", "অর্জন", "লক্ষ্যমাত্রা", "অর্জন"),
        ("যশোর", "৪", "১", "৪", "২"),
    ]
    _, header = only_header(*texts)
    assert header.is_of_a_matrix
    assert len(header.rows) == 3
    assert [cell.text for cell in header.indicator_cells()] == ["[১.১.১] সেবা", "[২.১.১] তথ্য"]
    assert [column.indicator_cell.text for column in header.columns_of("achievement")] == [
        "[১.১.১] সেবা",
        "[২.১.১] তথ্য",
    ]


def test_codes_alone_over_a_matrix_are_not_numbering():
    texts = [
        ("নং", "গ্রন্থাগারের নাম", "[১.১.১]", "[২.১.১]", "[৩.১.১]"),
        ("", "", "অর্জন", "অর্জন", "অর্জন"),
        ("১", "যশোর", "১", "২", "৩"),
    ]
    _, header = only_header(*texts)
    assert len(header.indicator_cells()) == 3


def test_two_headers_on_one_sheet():
    found = list(find_headers(rows_of(PLAIN, BODY, ("শিরোনাম",), PLAIN, BODY)))
    assert [first for first, _ in found] == [0, 3]


def test_header_ends_somewhere_even_where_nothing_ends_it():
    _, header = only_header(PLAIN, *[("", "", "", "এই ত্রৈমাসিকে", "")] * 20)
    assert len(header.rows) == DEEPEST_HEADER


def test_figures_below_a_header_that_name_no_indicator_are_no_headings():
    _, header = only_header(PLAIN, ("", "", "", "৭", "টীকা"), BODY)
    assert len(header.rows) == 1
    assert roles(header)[5] == "remark"


def test_unknown_words_that_part_a_group_are_headings():
    upper = ("ক্রম", "কর্মসম্পাদন সূচক", "একক", "অর্জন", "", "মন্তব্য")
    _, header = only_header(upper, ("", "", "", "পুরুষ", "ক্রমপুঞ্জিভূত", ""), ("১", "[১.১.১] সেবা"))
    assert (len(header.rows), roles(header)[4], roles(header)[5]) == (2, "unknown", "year_to_date")


def test_repeated_headings_in_the_body():
    _, header = only_header(*office_paper().rows[:3], office_paper().rows[3])
    again, percentages, body = (office_paper().rows[number] for number in (0, 2, 3))
    assert repeats_headings(rows_of(again)[0], header)
    assert repeats_headings(rows_of(percentages)[0], header)
    assert not repeats_headings(rows_of(body)[0], header)
    assert not repeats_headings(rows_of(("মন্তব্য",))[0], header)


def test_unknown_headings_of_a_table_that_is_no_report_for_want_of_them():
    rows = rows_of(("ক্রম", "কর্মসম্পাদন সূচক", "একক", "কাজের বিবরণ", "মন্তব্য"), BODY)
    assert [cell.text for cell in headings_without_a_report(rows)] == ["কাজের বিবরণ"]
    assert list(headings_without_a_report(rows_of(PLAIN, BODY))) == []
