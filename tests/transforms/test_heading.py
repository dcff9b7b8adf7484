import pytest

from transforms.calendar_words import read_line
from transforms.fiscal_year import FiscalYear
from transforms.heading import (
    PART_OF_YEAR,
    QUARTER,
    WHOLE_YEAR,
    is_note_of_a_scale,
    is_total,
    may_name_a_column,
    names_a_scale,
    read_heading,
    read_unit,
    units_named,
)
from transforms.match_key import match_key
from transforms.reference import load_toml

# --- one heading -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("ক্রম", "serial"),
        ("ক্রঃ নং", "serial"),
        ("ক্র. নং", "serial"),
        ("Sl. No.", "serial"),
        ("কার্যক্রম (Activities)", "activity"),
        ("কর্মসম্পাদন\nসূচক", "indicator"),
        ("কর্ম-সম্পাদন সুচক", "indicator"),
        ("Performance Indicators", "indicator"),
        ("সূচক নং", "code"),
        ("একক (Unit)", "unit"),
        ("মান", "weight"),
        ("কর্মসম্পাদন সূচকের মান", "weight"),
        ("কৌশলগত উদ্দেশ্যের মান (Weight of Strategic Objective)", "area_weight"),
        ("কার্যক্রমের ক্ষেত্র", "area"),
        ("লক্ষ্যমাত্রা ২০২৪-২০২৫", "target"),
        ("বাৎসরিক লক্ষ্যমাত্রা ২০২১-২২", "target"),
        ("লক্ষ্যমাত্রা/নির্ণায়ক ২০২৪-২৫", "target"),
        ("লক্ষ্যমাত্রা ২০২৩-২০২৪ (অসাধারণ)", "target"),
        ("২য় কোয়ার্টারে অর্জন (অক্টোবর/২৪-ডিসেম্বর/২৪)", "achievement"),
        ("প্রতিবেদনাধীন ত্রৈমাসিকে (অক্টোবর-ডিসেম্বর, ২০২৪) অগ্রগতি", "achievement"),
        ("Achievement in Q2", "achievement"),
        ("অগ্রগতি প্রতিবেদন", "achievement"),
        ("১ অক্টোবর ২০২৪ হতে ৩১ ডিসেম্বর ২০২৪ পর্যন্ত অর্জন", "achievement"),
        ("মন্তব্য (যদি থাকে)", "remark"),
        ("মন্তব্য/ব্যাখ্যা", "remark"),
        ("মন্তব্য/প্রমাণক", "remark"),
        ("গ্রন্থাগারের নাম", "office"),
        ("প্রমাণক", "ignored"),
        ("বাস্তবায়নের জন্য দায়িত্বপ্রাপ্ত শাখা", "ignored"),
        ("মন্তব্য [[ওয়ে টেড স্কোর: ১০ (৫০)]", "weighted_score"),
    ],
)
def test_role_of_a_heading(text, role):
    assert read_heading(text).role == role


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("ক্রমিক নং\nSl. No.", "serial"),
        ("কর্মসম্পাদন সূচক\nPerformance Indicators", "indicator"),
        ("সূচকের মান Weight of PI", "weight"),
        ("একক Unit", "unit"),
        ("৩য় ত্রৈমাসিক (জানুয়ারি-মার্চ ২০২৫) অর্জন\nAchievement", "achievement"),
        ("মন্তব্য / Remarks", "remark"),
        ("লক্ষ্যমাত্রা/ক্রাইটেরিয়া মান Target/Criteria Value", "target"),
        ("অর্জন Remarks", ""),
        ("মন্তব্য Evidence", ""),
        ("অর্জন Notes", ""),
        ("মান A", ""),
    ],
)
def test_heading_given_in_both_languages(text, role):
    assert (read_heading(text).role, read_heading(text).is_unknown) == (role, not role)


def test_band_given_in_both_languages():
    assert [read_heading(text).band for text in ("অতি উত্তম\nVery Good", "চলতি মান / Fair")] == [90, 70]
    assert read_heading("উত্তম Very Good").band is None


@pytest.mark.parametrize(
    "text",
    [
        "ক্রমপুঞ্জিভূত অর্জন",
        "ক্রমপুঞ্জীভুত অর্জন (জুলাই/২৪-ডিসেম্বর/২৪)",
        "এ পর্যন্ত অর্জন",
        "৩১ ডিসেম্বর ২০২৪ পর্যন্ত অর্জন",
        "২য় ত্রৈমাসিক পর্যন্ত অর্জন",
        "অর্জন (জুলাই-ডিসেম্বর)",
        "অর্জন (১ম ও ২য় ত্রৈমাসিক)",
        "অর্ধবার্ষিক অর্জন",
        "অর্জন (জুলাই ২০২৪- জুন ২০২৫)",
        "মোট অর্জন",
    ],
)
def test_achievement_of_more_than_a_quarter_is_not_the_quarters(text):
    assert read_heading(text).role == "year_to_date"


@pytest.mark.parametrize(
    "text",
    [
        "পূর্ববর্তী ত্রৈমাসিক পর্যন্ত অর্জন",
        "বিগত অর্থবছরের অর্জন",
        "অর্জিত মান",
        "প্রাপ্ত নম্বর",
        "ভিত্তিবছর (Baseline) ২০১৬-২০১৭",
        "প্রক্ষেপণ ২০২৫-২৬",
    ],
)
def test_marks_and_other_years_are_known_and_not_read(text):
    assert read_heading(text).role == "ignored"


@pytest.mark.parametrize(
    "text", ["অর্জন ও মন্তব্য", "পরিবীক্ষণ, ২০১৭-২০১৮", "অজানা শিরোনাম", "লক্ষ্যমাত্রা/অর্জন/মন্তব্য", "পুরুষ"]
)
def test_words_that_no_entry_knows_have_no_role(text):
    heading = read_heading(text)
    assert (heading.role, heading.is_unknown, heading.names_a_column) == ("", True, False)


@pytest.mark.parametrize(
    "text", ["", " ", "(১)", "১২", "২০২৪-২৫", "(জুলাই-সেপ্টেম্বর ২০২১)", "১ম কোয়ার্টার", "(যদি থাকে)"]
)
def test_no_words_at_all_are_not_unknown_words(text):
    heading = read_heading(text)
    assert (heading.role, heading.is_unknown) == ("", False)


# --- bands and units -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("অসাধারণ", 100),
        ("অসাধারণ (১০০%)", 100),
        ("অসাধারণ ১০০%", 100),
        ("অসাধরণ", 100),
        ("অতিউত্তম (৯০%)", 90),
        ("অত্যুত্তম", 90),
        ("উত্তম", 80),
        ("চলতি মান", 70),
        ("চলতিমান (৭০%)", 70),
        ("চলতি মানের নীচে", 60),
        ("Very Good", 90),
        ("Poor", 60),
        ("৯০%", 90),
        ("(৬০%)", 60),
        ("১০০", 100),
    ],
)
def test_band_by_name_or_by_percentage(text, band):
    assert (read_heading(text).role, read_heading(text).band) == ("band", band)


def test_percentage_alone_names_no_column():
    assert not read_heading("৯০%").names_a_column
    assert read_heading("অতি উত্তম").names_a_column


def test_band_whose_name_and_percentage_disagree_is_not_known():
    assert read_heading("অতি উত্তম", "৮০%").role == ""
    assert read_heading("অতি উত্তম", "৯০%").band == 90


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("তারিখ", "date"),
        ("সংখ্যা", "number"),
        ("সংখ্যা (টি)", "number"),
        ("%", "percent"),
        ("শতকরা (%)", "percent"),
        ("শতকরা হার", "percent"),
        ("Number", "number"),
    ],
)
def test_unit(text, unit):
    assert read_unit(text) == unit


@pytest.mark.parametrize("text", ["", "কপি", "সংখ্যা (লক্ষ)", "সংখ্যা(হাজার)", "সংখ্যা ও তারিখ", "সংখ্যা/তারিখ", "১০"])
def test_no_unit_of_ours(text):
    assert read_unit(text) == ""


def test_unit_word_in_a_target_heading():
    assert read_heading("লক্ষ্যমাত্রা তারিখ").unit == "date"
    assert read_heading("লক্ষ্যমাত্রা", "সংখ্যা").unit == "number"
    assert read_heading("লক্ষ্যমাত্রা %").unit == "percent"


# --- headings over one another ---------------------------------------------------------------------------


def test_period_below_a_group_takes_the_groups_meaning():
    assert read_heading("অর্জন", "(জুলাই-সেপ্টেম্বর ২০২১)").role == "achievement"
    assert read_heading("অর্জন", "(জুলাই ২০২১- জুন ২০২২)").role == "year_to_date"
    assert read_heading("অর্জন", "এই ত্রৈমাসিকে").role == "achievement"
    assert read_heading("অর্জন", "ক্রমপুঞ্জিভূত").role == "year_to_date"
    assert read_heading("অর্জন ২০২৪-২৫", "২য় ত্রৈমাসিক").role == "achievement"


def test_unknown_words_below_a_group_mean_nothing():
    assert read_heading("অর্জন", "পুরুষ").role == ""


def test_quarter_above_target_and_achievement_is_theirs():
    target, achievement = (read_heading("২য় ত্রৈমাসিক (অক্টোবর-ডিসেম্বর)", word) for word in ("লক্ষ্যমাত্রা", "অর্জন"))
    assert (target.role, achievement.role) == ("target_of_quarter", "achievement")
    assert target.quarter == achievement.quarter == 2


def test_one_heading_broken_over_two_rows():
    assert read_heading("কর্মসম্পাদন", "সূচক").role == "indicator"
    assert read_heading("কর্মসম্পাদন সূচকের", "মান").role == "weight"
    assert read_heading("চলতি মানের", "নিম্নে").band == 60
    assert read_heading("লক্ষ্যমাত্রা ২০২৪-২০২৫", "চলতি মানের", "নিম্নে").band == 60


# --- the period in a heading -----------------------------------------------------------------------------


def test_months_are_believed_before_the_number_of_a_quarter():
    assert read_heading("তৃতীয় কোয়ার্টারে অর্জন (জুলাই-সেপ্টেম্বর)").quarter == 1


def test_months_alone_tell_the_quarter():
    heading = read_heading("অর্জন (অক্টোবর-ডিসেম্বর ২০২৪)")
    assert (heading.quarter, heading.covers, heading.fiscal_year) == (2, QUARTER, FiscalYear(2024))


def test_stretch_that_a_heading_names():
    assert read_heading("প্রকৃত অর্জন ২০২৩-২৪").covers == WHOLE_YEAR
    assert read_heading("প্রকৃত অর্জন ২০২৩-২৪").fiscal_year == FiscalYear(2023)
    assert read_heading("অর্জন (জুলাই-ডিসেম্বর)").covers == PART_OF_YEAR
    assert read_heading("লক্ষ্যমাত্রা ২০৪২-২০২৫").covers == WHOLE_YEAR  # a slip of the keys, told as a conflict
    assert read_heading("অর্জন").covers == ""


def test_units_of_a_heading():
    assert units_named("অর্জন (%)") == {"percent"}
    assert units_named("অর্জন (সংখ্যা/তারিখ)") == {"number", "date"}
    assert units_named("অর্জন") == units_named("") == frozenset()


def test_bare_period():
    assert read_heading("৩য় ত্রৈমাসিক").is_bare_period
    assert not read_heading("৩য় ত্রৈমাসিকে অর্জন").is_bare_period
    assert not read_heading("১২").is_bare_period


# --- totals, and the lexicon itself ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "মোট",
        "মোট = ৫০",
        "মোট মানঃ ৫০",
        "সর্বমোট",
        "Total",
        "মোট ওয়েটেড স্কোর",
        "সর্বমোট (১১টি)",
        "বিভাগের মোট",
        "বিভাগীয় গড়",
        "গড় অর্জন",
        "মোট গ্রন্থাগার: ১১টি",
        "Average",
    ],
)
def test_total(text):
    assert is_total(text)


@pytest.mark.parametrize("text", ["", "৫০", "মোট কর্মশালা আয়োজিত", "১", "পঞ্চ গড়", "বিভাগ", "অর্জন"])
def test_no_total(text):
    assert not is_total(text)


def test_no_heading_stands_in_two_roles():
    headings = load_toml("headings.toml")
    role_of: dict[str, set[str]] = {}
    for role, phrases in headings["roles"].items():
        for phrase in phrases:
            words = "".join(match_key(word.text) for word in read_line(phrase).words if word.letter == "w")
            role_of.setdefault(words, set()).add(role)
    assert {words: roles for words, roles in role_of.items() if len(roles) > 1} == {}


def test_every_heading_of_the_lexicon_is_read_as_its_role():
    roles = load_toml("headings.toml")["roles"]
    wrong = {
        phrase: read_heading(phrase).role
        for role, phrases in roles.items()
        for phrase in phrases
        if read_heading(phrase).role != role
    }
    assert wrong == {}


# --- one letter amiss --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("কমসম্পাদন সূচক", "indicator"),
        ("কর্মসম্পদন সূচক", "indicator"),
        ("কাযক্রম", "activity"),
        ("লক্ষ্যমাত্র", "target"),
        ("প্রকৃত অজন", "achievement"),
        ("অগ্রগতির", "achievement"),
        ("ক্রমপুঞ্জিভত অর্জন", "year_to_date"),
        ("মন্তব্যা", "remark"),
        ("Acheivement", "achievement"),
        ("Performance Indicater", "indicator"),
    ],
)
def test_one_letter_amiss_is_read_and_told(text, role):
    heading = read_heading(text)
    assert (heading.role, heading.is_misspelt, heading.is_unknown) == (role, True, False)


@pytest.mark.parametrize(("text", "band"), [("অতি উত্তমে", 90), ("অষাধারণ", 100), ("চলতি মানের নিন্মে", 60)])
def test_band_one_letter_amiss(text, band):
    assert read_heading(text).band == band


@pytest.mark.parametrize(
    "text", ["উত্তর", "Officer", "Scope", "বর্জন", "মন", "ওঅর্জন", "কর্মসম্পাদন সূত্র", "লক্ষ্য মাত্র পথ", "অর্জনা গণনা"]
)
def test_other_words_are_not_taken_for_a_slip(text):
    assert (read_heading(text).role, read_heading(text).is_unknown) == ("", True)


# --- the year, and scales ----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["চলতি বছরের অর্জন", "এই বছরে অর্জন", "Achievement of the year"])
def test_achievement_of_the_year_without_its_number_is_not_the_quarters(text):
    assert (read_heading(text).role, read_heading(text).covers) == ("year_to_date", WHOLE_YEAR)


@pytest.mark.parametrize("text", ["সংখ্যা (লক্ষ)", "হাজার টাকা", "কোটিতে", "in lakh", "অর্জন (লাখে)"])
def test_words_that_scale(text):
    assert names_a_scale(text)


@pytest.mark.parametrize("text", ["", "লক্ষ্যমাত্রা", "লক্ষ্য", "শতকরা", "শতাংশ", "সংখ্যা", "%"])
def test_words_that_do_not_scale(text):
    assert not names_a_scale(text)


@pytest.mark.parametrize(
    ("text", "is_note"), [("(লক্ষ টাকায়)", True), ("অঙ্কসমূহ হাজারে", True), ("১ লক্ষ পাঠক", False), ("টাকায়", False)]
)
def test_note_that_scales_a_table(text, is_note):
    assert is_note_of_a_scale(text) is is_note


@pytest.mark.parametrize(
    "figures",
    ["১০০%", "100", "৯০ %", "(১)", "৬/১০/২৪", "০১.০৭.২০২৪-৩০.০৯.২০২৪", "২০২৪-২৫", "—", "৭৫.৫", "%", ""],
)
def test_figures_alone_name_no_column(figures):
    assert not may_name_a_column(figures)
    assert not read_heading(figures).names_a_column


def test_every_heading_of_the_lexicon_may_name_a_column():
    headings = load_toml("headings.toml")
    known = [headings["roles"], headings["holding"], headings["bands"]]
    assert all(may_name_a_column(phrase) for kind in known for phrases in kind.values() for phrase in phrases)
