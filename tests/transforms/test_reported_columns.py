from extractors.grid import Cell
from transforms.column import Column
from transforms.fiscal_year import FiscalYear
from transforms.heading import read_heading
from transforms.reported_columns import reported_columns
from transforms.reporting_period import ReportingPeriod

PERIOD = ReportingPeriod(FiscalYear(2024), 2)


def chosen(*headings):
    """The headings of the columns that are read: achievement, targets, year to date."""
    columns = [
        Column(number, read_heading(*over).role, Cell("", number, over[-1]), read_heading(*over), ())
        for number, over in enumerate([(text,) if isinstance(text, str) else text for text in headings], 1)
    ]
    found = reported_columns(columns, PERIOD)
    if found is None:
        return None
    to_date = found.year_to_date.cell.text if found.year_to_date else ""
    return found.achievement.cell.text, [column.cell.text for column in found.targets], to_date


def test_only_achievement_whatever_it_names():
    assert chosen("অর্জন") == ("অর্জন", [], "")
    assert chosen("৩য় ত্রৈমাসিকে অর্জন")[0] == "৩য় ত্রৈমাসিকে অর্জন"


def test_achievement_of_the_quarter_among_others():
    assert chosen("১ম ত্রৈমাসিকে অর্জন", "২য় ত্রৈমাসিকে অর্জন", "৩য় ত্রৈমাসিকে অর্জন")[0] == "২য় ত্রৈমাসিকে অর্জন"
    assert chosen("অর্জন (জুলাই-সেপ্টেম্বর)", "অর্জন (অক্টোবর-ডিসেম্বর)")[0] == "অর্জন (অক্টোবর-ডিসেম্বর)"


def test_unnamed_achievement_beside_those_of_other_quarters():
    assert chosen("১ম ত্রৈমাসিকে অর্জন", "অর্জন")[0] == "অর্জন"


def test_same_quarter_of_two_years():
    assert chosen("২য় ত্রৈমাসিকে অর্জন ২০২৩-২৪", "২য় ত্রৈমাসিকে অর্জন ২০২৪-২৫")[0] == "২য় ত্রৈমাসিকে অর্জন ২০২৪-২৫"


def test_achievements_that_cannot_be_told_apart():
    assert chosen("অর্জন", "অগ্রগতি") is None
    assert chosen("২য় ত্রৈমাসিকে অর্জন", "২য় ত্রৈমাসিকে অগ্রগতি") is None
    assert chosen("১ম ত্রৈমাসিকে অর্জন", "৩য় ত্রৈমাসিকে অর্জন") is None


def test_column_that_a_quarter_alone_heads_is_read_for_that_quarter_only():
    bare = read_heading("২য় কোয়ার্টার")
    columns = [Column(1, "achievement", Cell("", 1, "২য় কোয়ার্টার"), bare, ())]
    assert reported_columns(columns, PERIOD) is not None
    assert reported_columns(columns, ReportingPeriod(FiscalYear(2024), 3)) is None


def test_share_of_the_target_beside_what_was_done():
    assert chosen("অর্জন", "অর্জন (%)")[0] == "অর্জন"
    assert chosen("অর্জন (শতকরা হারে)", "অর্জন")[0] == "অর্জন"
    assert chosen("অর্জন (সংখ্যা)", "অর্জন (%)") is None  # each may hold what is counted so
    assert chosen("১ম ত্রৈমাসিকে অর্জন", "২য় ত্রৈমাসিকে অর্জন", "২য় ত্রৈমাসিকে অর্জন %")[0] == "২য় ত্রৈমাসিকে অর্জন"


def test_no_achievement_of_a_quarter():
    assert chosen("প্রকৃত অর্জন ২০২৩-২৪", "ক্রমপুঞ্জিভূত অর্জন") is None
    assert chosen("মন্তব্য") is None
    assert chosen() is None


def test_year_to_date_is_this_years():
    assert chosen("অর্জন", "প্রকৃত অর্জন ২০২৩-২৪")[2] == ""
    assert chosen("অর্জন", "প্রকৃত অর্জন ২০২৩-২৪", "মোট অর্জন")[2] == "মোট অর্জন"
    assert chosen("২য় ত্রৈমাসিকে অর্জন", "অর্জন ২০২৩-২৪", "অর্জন ২০২৪-২৫")[2] == "অর্জন ২০২৪-২৫"


def test_bands_before_one_target():
    assert chosen("অর্জন", "অসাধারণ", "উত্তম", "লক্ষ্যমাত্রা ২০২৪-২৫")[1] == ["অসাধারণ", "উত্তম"]
    assert chosen("অর্জন", "লক্ষ্যমাত্রা ২০২৪-২৫")[1] == ["লক্ষ্যমাত্রা ২০২৪-২৫"]


def test_targets_of_the_year_where_several_have_theirs():
    assert chosen("অর্জন", "লক্ষ্যমাত্রা ২০২৩-২৪", "লক্ষ্যমাত্রা ২০২৪-২৫")[1] == ["লক্ষ্যমাত্রা ২০২৪-২৫"]
    bands = [(year, "অসাধারণ") for year in ("লক্ষ্যমাত্রা ২০২৫-২৬", "লক্ষ্যমাত্রা ২০২৪-২৫")]
    assert chosen("অর্জন", *bands)[1] == ["অসাধারণ"]


def test_target_whose_year_was_left_from_the_last_form_is_still_read():
    assert chosen("অর্জন", "লক্ষ্যমাত্রা ২০২৩-২৪")[1] == ["লক্ষ্যমাত্রা ২০২৩-২৪"]


def test_target_of_a_quarter_is_none_of_the_years():
    assert chosen("অর্জন", "২য় ত্রৈমাসিকের লক্ষ্যমাত্রা")[1] == []
