import pytest

from tests.transforms.matrix_papers import MATRIX_TITLE
from tests.transforms.papers import (
    ACHIEVEMENT,
    FIVE_BANDS,
    INDICATOR,
    TITLE,
    office_paper,
    rows_of,
)
from transforms.header import find_headers
from transforms.title import (
    division_named,
    headings_of_the_period,
    keys_of,
    lines_of,
    offices_named,
    period_stated,
)


def lines(*texts):
    return lines_of(rows_of(*[(text,) for text in texts]))


def header_of(*groups):
    ((_, header),) = find_headers(rows_of(*office_paper(*groups).rows))
    return header


def test_letterhead_in_one_cell_has_several_lines():
    (row,) = rows_of(("গণগ্রন্থাগার অধিদপ্তর\nজেলা সরকারি গণগ্রন্থাগার, যশোর\n\n",))
    assert [line.text for line in lines_of([row])] == ["গণগ্রন্থাগার অধিদপ্তর", "জেলা সরকারি গণগ্রন্থাগার, যশোর"]
    assert {line.cell.place for line in lines_of([row])} == {"r1 c1"}


# --- offices ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "texts",
    [
        TITLE,
        ["জেলা সরকারি গণগ্রন্থাগার, যশোর"],
        ["জেলা সরকারি গণগ্রন্থাগার", "যশোর"],
        ["যশোর", "জেলা সরকারি গণগ্রন্থাগার"],
        ["যশোর জেলা সরকারি গণগ্রন্থাগারের ২০২৪-২৫ অর্থবছরের ২য় ত্রৈমাসিক অগ্রগতি প্রতিবেদন"],
        ["সহকারী পরিচালক, জেলা সরকারি গণগ্রন্থাগার, যশোর"],
        ["কার্যালয়ের নাম: জেলা সরকারি গণগ্রন্থাগার, যশোর"],
        ["কার্যালয়ের নাম: যশোর"],
        ["কার্যালয়ের নামঃ", "যশোর"],
        ["District Government Public Library, Jashore"],
    ],
)
def test_office_however_it_is_named(texts):
    named = offices_named(lines(*texts))
    assert named.only_one is not None
    assert (named.only_one.office_id, named.unknown) == ("jashore", ())


def test_superiors_and_persons_name_no_office():
    named = offices_named(
        lines(
            "গণগ্রন্থাগার অধিদপ্তর",
            "সংস্কৃতি বিষয়ক মন্ত্রণালয়",
            "প্রিন্সিপাল লাইব্রেরিয়ান-কাম-উপপরিচালক (ভাঃ)",
            "সহকারী গ্রন্থাগারিক",
        )
    )
    assert (named.known, named.unknown, named.only_one) == ({}, (), None)


def test_library_that_the_registry_does_not_hold():
    named = offices_named(lines("শার্শা উপজেলা সরকারি গণগ্রন্থাগার, যশোর"))
    assert named.known == {}
    assert [line.text for line in named.unknown] == ["শার্শা উপজেলা সরকারি গণগ্রন্থাগার, যশোর"]


def test_several_offices_and_where_each_stands_first():
    named = offices_named(
        lines("বিভাগীয় সরকারি গণগ্রন্থাগার, খুলনা", "জেলা সরকারি গণগ্রন্থাগার, যশোর", "যশোর জেলা সরকারি গণগ্রন্থাগার")
    )
    assert set(named.known) == {"khulna", "jashore"}
    assert named.only_one is None
    assert named.lines["jashore"].cell.place == "r2 c1"


def test_label_is_asked_only_where_no_library_is_named():
    named = offices_named(lines("জেলা: মাগুরা", "জেলা সরকারি গণগ্রন্থাগার, যশোর"))
    assert set(named.known) == {"jashore"}


def test_division_of_a_title():
    assert division_named(lines(*MATRIX_TITLE)).division_id == "chattogram"
    assert division_named(lines("চট্টগ্রাম\nবিভাগসহ অধীনস্থ গ্রন্থাগারসমূহ")).division_id == "chattogram"
    assert division_named(lines("শাহবাগ, ঢাকা", "বিভাগীয় সরকারি গণগ্রন্থাগার, চট্টগ্রাম")) is None
    assert division_named(lines("সমন্বিত প্রতিবেদন")) is None


# --- the period ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "texts",
    [
        TITLE,
        ["২০২৪-২৫ অর্থবছরের ২য় ত্রৈমাসিক"],
        ["কর্মপরিকল্পনার ২য় ত্রৈমাসিক", "অগ্রগতির প্রতিবেদন", "(অক্টোবর/২৪-", "ডিসেম্বর/২৪)"],
        ["২য়", "ত্রৈমাসিক", "অর্থবছর ২০২৪-২০২৫"],
    ],
)
def test_period_of_a_title_in_one_line_or_several(texts):
    assert str(period_stated(lines(*texts), ()).period) == "2024-25 Q2"


def test_period_told_by_title_and_headings_together():
    headings = headings_of_the_period(header_of(INDICATOR, FIVE_BANDS, ACHIEVEMENT))
    assert [cell.text for cell in headings] == [
        "২য় কোয়ার্টারে অর্জন (অক্টোবর/২৪-ডিসেম্বর/২৪)",
        "লক্ষ্যমাত্রা ২০২৪-২০২৫",
    ]
    assert str(period_stated((), headings).period) == "2024-25 Q2"


def test_no_period():
    assert period_stated(lines("প্রতিবেদন"), ()).period is None


def test_lines_compared_by_key():
    assert keys_of(lines("জেলা সরকারী গণগ্রন্থাগার")) == keys_of(lines("জেলা  সরকারি গনগ্রন্থাগার"))
