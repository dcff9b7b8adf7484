"""What a careful reader notices about a whole report, check by check, each with a report that is in order."""

from dataclasses import replace
from datetime import date

import pytest

from tests.transforms.matrix_papers import FIGURE, NO_REMARK, TARGET, Under, matrix_paper
from tests.transforms.papers import (
    ACHIEVEMENT,
    FIGURES,
    REMARK,
    STANDARD,
    as_docx,
    as_text,
    codes,
    column,
    figures,
    office_paper,
    plan,
    read_bytes,
    told,
    with_cell,
)
from transforms.checks import MATRIX_CHECKS, OFFICE_FORM_CHECKS
from transforms.finding import Severity
from transforms.office import expected_offices

UNIT, WEIGHT, TOP_BAND, DEED, SAID = 3, 4, 5, 10, 11  # columns of the standard form, counted from 0
ROW_OF = {indicator.code: 3 + number for number, indicator in enumerate(plan().indicators)}


def with_answer(code, achievement, remark=""):
    return with_cell(with_cell(office_paper(), ROW_OF[code], DEED, achievement), ROW_OF[code], SAID, remark)


def read(paper):
    return read_bytes(as_docx(paper))


def found(report, code):
    return [one for one in report.findings if one.code == code]


def test_report_in_order_raises_notes_alone():
    report = read(office_paper())
    assert {one.severity for one in report.findings} == {Severity.NOTE}
    assert set(codes(report)) == {"weights_add_up", "zero_band", "top_band_met"}


def test_every_check_says_what_it_holds():
    for check in {*OFFICE_FORM_CHECKS, *MATRIX_CHECKS}:
        assert check.__doc__


# --- weights, units, words -------------------------------------------------------------------------------


def test_weights_that_do_not_add_up():
    report = read(with_cell(office_paper(), ROW_OF["5.1.1"], WEIGHT, "৭"))
    assert "weights_add_up" not in codes(report)
    (sums,) = found(report, "weights_do_not_add_up")
    assert ("৫১" in sums.message_bn, "50" in sums.message_en) == (True, True)
    (weight,) = found(report, "weight_conflict")
    assert (weight.indicator_code, weight.raw_text, weight.cell) == ("5.1.1", "৭", "table 1 r9 c5")


@pytest.mark.parametrize("text", ["ছয়টি মার্ক", "৬ এর মধ্যে"])
def test_weight_that_is_no_number_is_told(text):
    report = read(with_cell(office_paper(), ROW_OF["5.1.1"], WEIGHT, text))
    assert told(report, "weight_conflict") == [text]


def test_form_without_weights_is_asked_about_none():
    report = read(office_paper(*STANDARD[:4], *STANDARD[5:]))
    assert not {"weights_add_up", "weights_do_not_add_up", "weight_conflict"} & set(codes(report))


@pytest.mark.parametrize("text", ["তারিখ", "সংখ্যা (লক্ষ)", "কপি", "%"])
def test_unit_that_is_not_the_plans(text):
    report = read(with_cell(office_paper(), ROW_OF["2.1.1"], UNIT, text))
    (unit,) = found(report, "unit_conflict")
    assert (unit.raw_text, unit.indicator_code, unit.cell) == (text, "2.1.1", "table 1 r5 c4")


@pytest.mark.parametrize("text", ["সংখ্যা", "সংখ্যা (টি)", "টি", ""])
def test_unit_that_is_the_plans_or_left_out(text):
    assert not found(read(with_cell(office_paper(), ROW_OF["2.1.1"], UNIT, text)), "unit_conflict")


def test_words_of_another_indicator_withhold_the_figure():
    words = f"[৪.১.১] {plan().indicator('4.1.2').statement}"
    report = read(with_cell(office_paper(), ROW_OF["4.1.1"], 2, words))
    (conflict,) = found(report, "statement_conflict")
    assert (conflict.severity, conflict.raw_text, conflict.office_id) == ("quarantine", words, "jashore")
    assert figures(report)["4.1.1"] == ("unreadable", None)
    assert figures(report)["4.1.2"] == FIGURES["4.1.2"]


def test_words_like_no_indicators_are_asked_about_and_the_figure_stands():
    report = read(with_cell(office_paper(), ROW_OF["5.1.1"], 2, "[৫.১.১] বৃক্ষরোপণ কর্মসূচি পালিত"))
    assert [one.severity for one in found(report, "statement_conflict")] == ["warn"]
    assert figures(report) == FIGURES


def test_form_of_last_years_plan_under_this_years_title():
    old = plan("2023-24").indicators
    cells = column(lambda indicator: "১" if indicator.unit == "number" else "-", "২য় কোয়ার্টারে অর্জন")
    groups = (*STANDARD[2:5], cells, column(lambda _: "", "মন্তব্য"))
    report = read(office_paper(*groups, indicators=old))
    assert [one.indicator_code for one in found(report, "statement_conflict")] == ["4.1.1"]
    assert [one.indicator_code for one in found(report, "unknown_indicator")] == ["6.1.2"]
    assert {one.indicator_code for one in found(report, "missing_indicator")} == {"4.1.2", "7.1.1", "8.1.1"}
    assert {one.indicator_code for one in found(report, "weight_conflict")} >= {"2.1.1", "3.1.1", "4.1.1"}


def test_missing_indicator():
    report = read(office_paper(indicators=plan().indicators[1:]))
    (missing,) = found(report, "missing_indicator")
    assert (missing.indicator_code, missing.office_id) == ("1.1.1", "jashore")


def test_misspelt_heading_and_foreign_letter():
    report = read(matrix_paper())
    assert not found(report, "heading_repaired")
    spaced = [cell.replace("ওয়েটেড", "ওয়ে টেড") for cell in matrix_paper().rows[0]]
    repaired = replace(matrix_paper(), rows=(tuple(spaced), *matrix_paper().rows[1:]))
    assert [one.raw_text for one in found(read(repaired), "heading_repaired")] == [spaced[-1]]
    foreign = with_cell(office_paper(), ROW_OF["5.1.1"], SAID, "কাৰ্যক্রম চলমান")
    assert "ৰ" in found(read(foreign), "foreign_letter")[0].message_bn


def test_foreign_letter_in_the_title():
    paper = replace(office_paper(), above=(*office_paper().above, "গ্ৰন্থাগার"))
    assert [one.raw_text for one in found(read(paper), "foreign_letter")] == ["গ্ৰন্থাগার"]


# --- targets ---------------------------------------------------------------------------------------------


def test_bands_out_of_order():
    report = read(with_cell(office_paper(), ROW_OF["5.1.1"], TOP_BAND + 1, "৫"))
    (step,) = found(report, "target_bands_not_monotonic")
    assert (step.raw_text, step.indicator_code) == ("৫", "5.1.1")
    assert "৪" in step.message_bn


def test_band_of_zero_is_noted_where_more_is_better():
    assert {one.indicator_code for one in found(read(office_paper()), "zero_band")} == {"5.1.1", "5.1.2"}


def test_target_that_cannot_be_read():
    report = read(with_cell(office_paper(), ROW_OF["2.1.1"], TOP_BAND, "চার বা পাঁচ"))
    assert told(report, "unreadable_target") == ["চার বা পাঁচ"]
    assert 100 not in {band.band for band in report.target_bands if band.indicator_code == "2.1.1"}


def test_top_band_met():
    assert {one.indicator_code for one in found(read(office_paper()), "top_band_met")} == {
        "4.1.1",
        "7.1.1",
        "8.1.1",
    }


# --- achievements ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("২৯/১২/২৩", "date_outside_fiscal_year"),
        ("০১/০৭/২৫", "date_outside_fiscal_year"),
        ("০১/০১/২৫", "date_after_quarter"),
    ],
)
def test_day_outside_the_year_or_after_the_quarter(day, code):
    report = read(with_answer("7.1.1", day))
    assert told(report, code) == [day]


def test_target_outside_the_year():
    report = read(with_cell(office_paper(), ROW_OF["7.1.1"], TOP_BAND, "12/01/2024"))
    assert told(report, "date_outside_fiscal_year") == ["12/01/2024"]


@pytest.mark.parametrize("day", ["০১/০৭/২৪", "৩১/১২/২৪"])
def test_first_and_last_day_that_a_quarter_may_report(day):
    assert not {"date_outside_fiscal_year", "date_after_quarter"} & set(
        codes(read(with_answer("7.1.1", day)))
    )


@pytest.mark.parametrize(
    ("achievement", "remark", "state"),
    [("-", "৩য় কোয়ার্টারে অর্জন", "unreadable"), ("১", "৪র্থ কোয়ার্টারে অর্জিত হয়েছে", "reported")],
)
def test_done_in_a_quarter_that_is_still_to_come(achievement, remark, state):
    report = read(with_answer("2.1.1", achievement, remark))
    assert told(report, "achieved_in_later_quarter") == [remark]
    assert figures(report)["2.1.1"][0] == state


@pytest.mark.parametrize(
    ("code", "achievement", "remark", "asked"),
    [
        ("2.1.1", "১", "১ম কোয়ার্টারে অর্জন করা হয়েছে", ["১ম কোয়ার্টারে অর্জন করা হয়েছে"]),
        ("2.1.1", "১ম কোয়ার্টারে ১টি", "", ["১ম কোয়ার্টারে ১টি"]),
        ("2.1.1", "১", "২য় কোয়ার্টারে অর্জিত হয়েছে", []),
        ("2.1.1", "-", "১ম কোয়ার্টারে অর্জন করা হয়েছে", []),  # the figure stands in that quarter's report
        ("2.1.1", "০", "১ম কোয়ার্টারে অর্জন করা হয়েছে", []),
        ("4.1.1", "২৭/০৮/২৪", "১ম কোয়ার্টারে অর্জন করা হয়েছে", []),  # a day is summed with none
        ("4.1.2", "৬১.৫৪%", "১ম কোয়ার্টারে অর্জিত হয়েছে", []),
    ],
)
def test_a_figure_that_an_earlier_quarter_may_have_told_stands_and_is_asked_about(
    code, achievement, remark, asked
):
    report = read(with_answer(code, achievement, remark))
    assert told(report, "figure_of_earlier_quarter") == asked
    assert figures(report)[code][0] == ("achieved" if achievement == "-" else "reported")


@pytest.mark.parametrize(
    ("remark", "asked"),
    [
        ("১ম কোয়ার্টারে বাস্তবায়িত হবে", True),
        ("৩০/০৯/২৪ তারিখে বাস্তবায়িত হবে", True),
        ("২য় কোয়ার্টারে বাস্তবায়িত হবে", False),
        ("০১/১০/২৪ তারিখে বাস্তবায়িত হবে", False),
        ("পরবর্তী কোয়ার্টারে বাস্তবায়িত হবে", False),
    ],
)
def test_planned_for_a_time_gone_by(remark, asked):
    report = read(with_answer("2.1.1", "-", remark))
    assert told(report, "planned_before_quarter") == ([remark] if asked else [])
    assert figures(report)["2.1.1"] == ("planned", None)


def test_nothing_stated():
    report = read(with_answer("5.1.1", "-"))
    assert [one.indicator_code for one in found(report, "nothing_stated")] == ["5.1.1"]
    assert report.status == "accepted"


@pytest.mark.parametrize(
    ("to_date", "asked"), [("১", True), ("২", False), ("৫", False), ("-", False), ("অনেক", False)]
)
def test_year_to_date_is_never_below_the_quarter(to_date, asked):
    cells = column(lambda indicator: to_date if indicator.code == "5.1.1" else "", "ক্রমপুঞ্জিভূত অর্জন")
    report = read(office_paper(*STANDARD[:6], ACHIEVEMENT, cells, REMARK))
    assert bool(found(report, "year_to_date_conflict")) is asked


def test_year_to_date_of_a_matrix_is_compared_too():
    report = read(matrix_paper(TARGET, FIGURE, Under("ক্রমপুঞ্জিভূত অর্জন", lambda *_: "১"), NO_REMARK))
    assert {one.indicator_code for one in found(report, "year_to_date_conflict")} == {
        "2.1.1",
        "5.1.1",
        "5.1.2",
        "6.1.1",
    }


def test_other_figure_in_the_remark_withholds_both():
    report = read(with_answer("5.1.1", "২", "৩"))
    (slipped,) = found(report, "row_out_of_line")
    assert (slipped.raw_text, slipped.severity) == ("৩", "quarantine")
    assert figures(report)["5.1.1"] == ("unreadable", None)


@pytest.mark.parametrize("remark", ["২", "২টি", "-", "", "২ টি সভা হয়েছে"])
def test_same_figure_in_the_remark_or_words_with_it_are_no_slip(remark):
    assert not found(read(with_answer("5.1.1", "২", remark)), "row_out_of_line")


# --- across the offices of a matrix ----------------------------------------------------------------------


def test_offices_that_are_absent_and_all_present():
    (absent,) = found(read(matrix_paper()), "offices_absent")
    assert ("৩টি" in absent.message_bn, "11" in absent.message_en) == (True, True)
    assert "নোয়াখালী" in absent.message_bn
    every = tuple(office.name_bn for office in expected_offices("chattogram", date(2024, 6, 30)))
    same = Under(
        "অর্জন", lambda indicator, _: {"date": "০৯.৫.২৪", "number": "১", "percent": "৮০%"}[indicator.unit]
    )
    report = read_bytes(as_text(matrix_paper(TARGET, same, NO_REMARK, offices=every)))
    assert "all_offices_present" in codes(report)
    assert report.status == "accepted"


def test_superior_named_for_one_office_alone():
    remark = Under(
        "মন্তব্য",
        lambda indicator, office: "অধিদপ্তর কর্তৃক বাস্তবায়িত" if (indicator.code, office) == ("6.1.1", 1) else "-",
    )
    (uneven,) = found(read(matrix_paper(TARGET, FIGURE, remark)), "superior_named_unevenly")
    assert (uneven.indicator_code, uneven.office_id) == ("6.1.1", "cumilla")
    all_of_them = Under("মন্তব্য", lambda *_: "অধিদপ্তর কর্তৃক বাস্তবায়িত")
    assert not found(read(matrix_paper(TARGET, FIGURE, all_of_them)), "superior_named_unevenly")


def test_one_office_alone_reports_another_figure():
    figure = Under(
        "অর্জন",
        lambda indicator, office: (
            "৭"
            if (indicator.code, office) == ("5.1.1", 2)
            else {"number": "১", "percent": "৮০%", "date": "-"}[indicator.unit]
        ),
    )
    (alone,) = found(read(matrix_paper(TARGET, figure, NO_REMARK)), "stands_alone")
    assert (alone.indicator_code, alone.office_id, alone.raw_text) == ("5.1.1", "feni", "৭")
    assert "১" in alone.message_bn
