"""The office form in the layouts that offices give it: read right, or refused; never a column for another."""

import pytest

from tests.transforms.papers import (
    ACHIEVEMENT,
    ACTIVITY,
    BAND_NAMES,
    BANDS,
    FIGURES,
    FIVE_BANDS,
    FORMATS,
    INDICATOR,
    ONE_TARGET,
    REMARK,
    SERIAL,
    STANDARD,
    UNIT,
    UNITS,
    WEIGHT,
    Columns,
    achieved,
    activity_of,
    as_docx,
    as_format,
    codes,
    column,
    figures,
    named,
    office_paper,
    plain,
    read_bytes,
    remarked,
    serial_of,
    subcolumns,
    told,
    without_merges,
)
from transforms.numerals import bengali_digits

BEFORE_ACHIEVEMENT = STANDARD[:6]


def other(text):
    """Cells that say the same for every indicator, and nothing that the office reports."""
    return lambda indicator: text if indicator.unit == "number" else ""


def quarters():
    """The columns of four quarters, of which the second is the report's."""
    cells = (other("১"), achieved, other("৩"), other("৪"))
    return list(zip(("১ম", "২য়", "৩য়", "৪র্থ"), cells, strict=True))


MONTHS = ("জুলাই-সেপ্টেম্বর", "অক্টোবর-ডিসেম্বর", "জানুয়ারি-মার্চ", "এপ্রিল-জুন")
BY_MONTHS = [(f"({months})", cells) for months, (_, cells) in zip(MONTHS, quarters(), strict=True)]
BY_HEADING = [(f"{ordinal} কোয়ার্টারে অর্জন", cells) for ordinal, cells in quarters()]
BY_ORDINAL = [(f"{ordinal} ত্রৈমাসিক", cells) for ordinal, cells in quarters()]
TO_DATE = ("ক্রমপুঞ্জিভূত অর্জন (জুলাই/২৪-ডিসেম্বর/২৪)", other("৪"))
LAST_YEAR = column(other("৭"), "প্রকৃত অর্জন ২০২৩-২৪")
YEAR_BEFORE = column(other("৬"), "প্রকৃত অর্জন* ২০২২-২৩")
EVIDENCE = column(lambda _: "অফিস আদেশ", "প্রমাণক")
CODE = column(lambda indicator: bengali_digits(indicator.code), "সূচক নং")
CODE_UNHEADED = column(lambda indicator: bengali_digits(indicator.code), "")
WORDS = column(lambda indicator: indicator.statement, "কর্মসম্পাদন সূচক")
AREA = plain(("কার্যক্রমের ক্ষেত্র", lambda _: "প্রাতিষ্ঠানিক"), ("মান", lambda _: "২৫"))
ENGLISH = (
    column(serial_of, "Sl. No."),
    column(activity_of, "Activities"),
    column(named, "Performance Indicators"),
    column(lambda indicator: indicator.unit.title(), "Unit"),
    column(lambda indicator: f"{indicator.weight:g}", "Weight of Performance Indicators"),
    Columns(
        (
            ("Target 2024-25", "", "", "", ""),
            ("Excellent", "Very Good", "Good", "Fair", "Poor"),
            ("100%", "90%", "80%", "70%", "60%"),
        ),
        FIVE_BANDS.cells,
    ),
    column(achieved, "Achievement in 2nd Quarter (Oct-Dec 2024)"),
    column(remarked, "Remarks"),
)
OTHER_SPELLINGS = (
    column(serial_of, "ক্রঃ নং"),
    column(activity_of, "কার্যক্রম (Activities)"),
    column(named, "কর্ম-সম্পাদন সুচক\n(Performance Indicator)"),
    column(lambda indicator: UNITS[indicator.unit], "একক (Unit)"),
    column(lambda indicator: f"{indicator.weight:g}", "কর্মসম্পাদন সূচকের মান (Weight)"),
    subcolumns(
        "লক্ষ্যমাত্রা/নির্ণায়ক ২০২৪-২৫",
        *zip(
            ("অসাধারণ (১০০%)", "অতিউত্তম (৯০%)", "উত্তম (৮০%)", "চলতিমান (৭০%)", "চলতি মানের নীচে (৬০%)"),
            FIVE_BANDS.cells,
            strict=True,
        ),
    ),
    column(achieved, "প্রতিবেদনাধীন ত্রৈমাসিকে (অক্টোবর-ডিসেম্বর, ২০২৪) অগ্রগতি"),
    column(remarked, "মন্তব্য (যদি থাকে)"),
)

IN_BRACKETS = str.maketrans({"[": "", "]": ""})


def indicators(write):
    """The columns of the form with the indicators written otherwise."""
    return (SERIAL, ACTIVITY, column(write, "সূচক"), *STANDARD[3:])


def without_brackets(indicator):
    return named(indicator).translate(IN_BRACKETS)


def in_mixed_digits(indicator):
    return f"[{bengali_digits(indicator.code[:2])}{indicator.code[2:]}] {indicator.statement}"


def with_blanks(indicator):
    return named(indicator).replace(".", " . ").replace("[", "[ ")


MONTHS = tuple(
    (month, other(figure)) for month, figure in (("অক্টোবর", "৫"), ("নভেম্বর", "৬"), ("ডিসেম্বর", "৭"))
)


READ_RIGHT = {
    "as it is printed": STANDARD,
    "one annual target": (*STANDARD[:5], ONE_TARGET, ACHIEVEMENT, REMARK),
    "no serial": STANDARD[1:],
    "neither serial nor activity": STANDARD[2:],
    "columns in another order": tuple(reversed(STANDARD)),
    "year to date behind the quarter": (*BEFORE_ACHIEVEMENT, ACHIEVEMENT, plain(TO_DATE), REMARK),
    "year to date before the quarter": (*BEFORE_ACHIEVEMENT, plain(TO_DATE), ACHIEVEMENT, REMARK),
    "earlier years": (*STANDARD[:5], YEAR_BEFORE, LAST_YEAR, FIVE_BANDS, ACHIEVEMENT, REMARK),
    "evidence": (*STANDARD, EVIDENCE),
    "four quarters by months": (*BEFORE_ACHIEVEMENT, subcolumns("অর্জন", *BY_MONTHS), REMARK),
    "four quarters by number": (*BEFORE_ACHIEVEMENT, subcolumns("অর্জন", *BY_ORDINAL), REMARK),
    "four quarters and their sum": (
        *BEFORE_ACHIEVEMENT,
        subcolumns("অর্জন", *BY_ORDINAL, ("মোট", other("৯"))),
        REMARK,
    ),
    "four headings of their own": (*BEFORE_ACHIEVEMENT, plain(*BY_HEADING), REMARK),
    "target and achievement by quarter": (
        *BEFORE_ACHIEVEMENT,
        Columns(
            (("১ম ত্রৈমাসিক", "", "২য় ত্রৈমাসিক", ""), ("লক্ষ্যমাত্রা", "অর্জন") * 2, ("",) * 4),
            (other("১"), other("৭"), other("১"), achieved),
        ),
        REMARK,
    ),
    "this quarter and the year so far": (
        *BEFORE_ACHIEVEMENT,
        subcolumns("অর্জন", ("এই ত্রৈমাসিকে", achieved), ("ক্রমপুঞ্জিভূত", other("৪"))),
        REMARK,
    ),
    "the year so far and this quarter": (
        *BEFORE_ACHIEVEMENT,
        subcolumns("অর্জন", ("ক্রমপুঞ্জিভূত", other("৪")), ("এই ত্রৈমাসিকে", achieved)),
        REMARK,
    ),
    "quarter and year by months": (
        *BEFORE_ACHIEVEMENT,
        subcolumns("অর্জন", ("(অক্টোবর-ডিসেম্বর ২০২৪)", achieved), ("(জুলাই ২০২৪- জুন ২০২৫)", other("৪"))),
        REMARK,
    ),
    "until the last quarter": (
        *BEFORE_ACHIEVEMENT,
        plain(("১ম ত্রৈমাসিক পর্যন্ত অর্জন", other("৭")), ("২য় ত্রৈমাসিকে অর্জন", achieved)),
        REMARK,
    ),
    "months and their total": (
        *BEFORE_ACHIEVEMENT,
        subcolumns("২য় ত্রৈমাসিকে অর্জন", *MONTHS, ("মোট", achieved)),
        REMARK,
    ),
    "area and its weight": (AREA, *STANDARD[1:]),
    "codes in a column": (SERIAL, ACTIVITY, CODE, WORDS, *STANDARD[3:]),
    "codes in a column without heading": (SERIAL, ACTIVITY, CODE_UNHEADED, WORDS, *STANDARD[3:]),
    "no codes": (SERIAL, ACTIVITY, WORDS, *STANDARD[3:]),
    "codes without brackets": indicators(without_brackets),
    "codes in mixed digits": indicators(in_mixed_digits),
    "codes with blanks": indicators(with_blanks),
    "headings in English": ENGLISH,
    "headings in other spellings": OTHER_SPELLINGS,
    "headings of the grievance offices": (
        AREA,
        ACTIVITY,
        INDICATOR,
        UNIT,
        WEIGHT,
        column(lambda one: FIVE_BANDS.cells[0](one), "লক্ষ্যমাত্রা ২০২৪-২০২৫ (অসাধারণ)"),
        EVIDENCE,
        REMARK,
        column(achieved, "অগ্রগতি প্রতিবেদন"),
    ),
}


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("layout", READ_RIGHT)
def test_layout_that_is_read_right(layout, file_format):
    report = read_bytes(as_format(office_paper(*READ_RIGHT[layout]), file_format))
    assert figures(report) == FIGURES
    assert (report.office_id, report.fiscal_year, report.quarter) == ("jashore", "2024-25", 2)
    assert report.status == "accepted"


@pytest.mark.parametrize("layout", READ_RIGHT)
def test_layout_without_any_merged_cell(layout):
    report = read_bytes(as_docx(without_merges(office_paper(*READ_RIGHT[layout]))))
    assert (figures(report), report.status) == (FIGURES, "accepted")


@pytest.mark.parametrize(
    "layout",
    ["as it is printed", "columns in another order", "earlier years", "target and achievement by quarter"],
)
def test_bands_of_every_layout_are_the_years(layout):
    report = read_bytes(as_docx(office_paper(*READ_RIGHT[layout])))
    ladder = {band.band: band.target_value for band in report.target_bands if band.indicator_code == "2.1.1"}
    assert ladder == {100: 4.0, 90: 3.0, 80: 2.0, 70: 1.0}


@pytest.mark.parametrize(
    "write", ["{name}- {target}\n", "{name} ({band}%): {target}; ", "{band}%-{target}, "]
)
@pytest.mark.parametrize("file_format", FORMATS)
def test_bands_may_be_named_in_one_cell(write, file_format):
    def together(indicator):
        bands = zip(BANDS, BAND_NAMES, FIVE_BANDS.cells, strict=True)
        said = (write.format(name=name, band=band, target=cell(indicator)) for band, name, cell in bands)
        return bengali_digits("".join(said))

    columns = (*STANDARD[:5], column(together, "লক্ষ্যমাত্রা ২০২৪-২০২৫"), ACHIEVEMENT, REMARK)
    report = read_bytes(as_format(office_paper(*columns), file_format))
    usual = read_bytes(as_format(office_paper(), file_format))
    assert figures(report) == FIGURES
    assert [
        (one.indicator_code, one.band, one.target_value, one.target_date) for one in report.target_bands
    ] == [(one.indicator_code, one.band, one.target_value, one.target_date) for one in usual.target_bands]
    assert "unreadable_target" not in codes(report)


def test_one_annual_target_is_the_100_band_alone():
    report = read_bytes(as_docx(office_paper(*READ_RIGHT["one annual target"])))
    assert {band.band for band in report.target_bands} == {100}
    assert len(report.target_bands) == 10


def test_target_of_a_quarter_is_no_target_of_the_year():
    groups = (
        *STANDARD[:5],
        plain(("২য় ত্রৈমাসিকের লক্ষ্যমাত্রা", other("১")), ("২য় ত্রৈমাসিকে অর্জন", achieved)),
        REMARK,
    )
    report = read_bytes(as_docx(office_paper(*groups)))
    assert figures(report) == FIGURES
    assert report.target_bands == ()


def test_target_of_another_year_is_not_read():
    next_year = column(other("৯"), "লক্ষ্যমাত্রা ২০২৫-২০২৬")
    report = read_bytes(as_docx(office_paper(*STANDARD[:5], next_year, ONE_TARGET, ACHIEVEMENT, REMARK)))
    assert {band.target_value for band in report.target_bands if band.indicator_code == "2.1.1"} == {4.0}


# --- refused with a reason -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ([LAST_YEAR], "which of its achievement columns"),
        ([plain(TO_DATE)], "which of its achievement columns"),
        ([column(achieved, "অর্জন ২০২৪-২৫")], "which of its achievement columns"),
        ([plain(("অর্জন", achieved), ("অর্জন", other("৭")))], "which of its achievement columns"),
        (
            [plain(("অর্জন (অক্টোবর)", achieved), ("অর্জন (নভেম্বর)", other("৭")))],
            "which of its achievement columns",
        ),
        ([subcolumns("অর্জন", ("পুরুষ", achieved), ("মহিলা", other("৭")))], "no table with columns"),
        (
            [subcolumns("২য় ত্রৈমাসিকে অর্জন", ("পরিমাণ", achieved), ("হার (%)", other("৫০%")))],
            "which of its achievement columns",
        ),
        (
            [subcolumns("২য় ত্রৈমাসিকে অর্জন", *MONTHS)],
            "which of its achievement columns",
        ),
        (
            [subcolumns("২য় ত্রৈমাসিকে অর্জন", *MONTHS[:2], ("মোট", achieved))],
            "which of its achievement columns",
        ),
        (
            [subcolumns("অর্জন", *MONTHS, ("মোট", achieved))],  # of the quarter, or of the year?
            "which of its achievement columns",
        ),
        ([column(achieved, "অর্জিত মান")], "no table with columns"),
        ([column(achieved, "কাজের বিবরণ")], "no table with columns"),
    ],
)
@pytest.mark.parametrize("merged", [True, False])
def test_form_whose_achievement_cannot_be_told_is_refused(columns, reason, merged):
    paper = office_paper(*BEFORE_ACHIEVEMENT, *columns, REMARK)
    report = read_bytes(as_docx(paper if merged else without_merges(paper)))
    assert (report.rejection_code, report.observations) == ("unknown_form", ())
    (refusal,) = (found for found in report.findings if found.code == "unknown_form")
    assert reason in refusal.message_en


def test_headings_that_made_a_table_unknown_are_named():
    report = read_bytes(as_docx(office_paper(*BEFORE_ACHIEVEMENT, column(achieved, "কাজের বিবরণ"), REMARK)))
    assert told(report, "unknown_heading") == ["কাজের বিবরণ"]


def test_framework_whose_rows_are_all_targets_reports_nothing():
    quarters_of_the_framework = subcolumns("অগ্রগতি পরিবীক্ষণ, ২০২৪-২০২৫", *BY_ORDINAL)
    kind = column(lambda _: "লক্ষ্যমাত্রা", "লক্ষ্যমাত্রা/অর্জন")
    report = read_bytes(as_docx(office_paper(*STANDARD[:5], kind, quarters_of_the_framework, REMARK)))
    assert {figure for _, figure in figures(report).values()} == {None}
