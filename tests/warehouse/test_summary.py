from datetime import date

import pytest

from tests.warehouse.reports import matrix_report, office_report, submission
from warehouse.load import load
from warehouse.summary import divisional_matrix, periods, reporting_status, summary_table


@pytest.fixture
def loaded(writer):
    """Khulna by its own form, Jashore and Magura in the division's matrix; Chattogram the year before."""
    own, matrix = submission("own.docx", "2025-01-10T06:00"), submission("matrix.xlsx", "2025-01-20T06:00")
    before = submission("chattogram.docx", "2024-07-03T06:00")
    load(
        writer,
        [own, matrix, before],
        [
            office_report(
                own,
                {
                    "4.1.2": {
                        "state": "reported",
                        "value": 61.54,
                        "achievement_raw": "৬১.৫৪%",
                        "remark_raw": "চলমান",
                    },
                    "7.1.1": date(2024, 12, 1),
                },
                bands={"4.1.2": {100: 100, 90: 90}},
            ),
            matrix_report(matrix, {"jashore": {"4.1.2": 75}, "magura": {"4.1.2": 80}}),
            matrix_report(
                before, {"feni": {"4.1.1": 80}}, division="chattogram", quarter=4, fiscal_year="2023-24"
            ),
        ],
    )
    return writer


def test_the_periods_reported_are_told_from_the_oldest(loaded):
    assert periods(loaded) == [("2023-24", 4, "egov-2023-24"), ("2024-25", 2, "egov-2024-25")]


def test_nothing_loaded_has_no_periods(writer):
    assert periods(writer) == []
    assert reporting_status(writer, "2024-25", 2) == []


def test_who_has_not_reported_is_named(loaded):
    status = {line.division_id: line for line in reporting_status(loaded, "2024-25", 2)}
    assert len(status) == 8
    khulna = status["khulna"]
    assert (khulna.expected, khulna.received, khulna.on_time, khulna.late, khulna.missing) == (10, 3, 1, 2, 7)
    assert (khulna.rate_pct, khulna.on_time_pct) == (30, 10)
    assert khulna.division_name_bn == "খুলনা"
    assert khulna.missing_offices == [
        *("কুষ্টিয়া", "চুয়াডাঙ্গা", "ঝিনাইদহ", "নড়াইল", "বাগেরহাট", "মেহেরপুর", "সাতক্ষীরা"),
    ]


def test_the_summary_of_a_division_follows_the_plan(loaded):
    lines = summary_table(loaded, "2024-25", 2, "khulna")
    assert [line.indicator_code for line in lines] == [
        *("1.1.1", "2.1.1", "3.1.1", "4.1.1", "4.1.2", "5.1.1", "5.1.2", "6.1.1", "7.1.1", "8.1.1"),
    ]
    disposed = lines[4]
    assert disposed.statement_bn == "ই ফাইলে নোট নিষ্পত্তিকৃত"
    assert (disposed.offices_expected, disposed.offices_reported, disposed.unit) == (10, 3, "percent")
    assert disposed.mean_value == pytest.approx((61.54 + 75 + 80) / 3)


def test_a_matrix_has_a_row_for_every_library_the_divisional_one_first(loaded):
    matrix = divisional_matrix(loaded, "2024-25", 2, "khulna", "egov-2024-25")
    assert (matrix.division_name_bn, matrix.fiscal_year, matrix.quarter) == ("খুলনা", "2024-25", 2)
    assert [(row.serial, row.office_id, row.reported) for row in matrix.rows] == [
        (1, "khulna", True),
        (2, "kushtia", False),
        (3, "chuadanga", False),
        (4, "jhenaidah", False),
        (5, "narail", False),
        (6, "bagerhat", False),
        (7, "magura", True),
        (8, "meherpur", False),
        (9, "jashore", True),
        (10, "satkhira", False),
    ]


def test_smaller_libraries_stand_behind_their_district(loaded):
    matrix = divisional_matrix(loaded, "2024-25", 2, "mymensingh", "egov-2024-25")
    assert [row.office_id for row in matrix.rows] == [
        *("mymensingh", "jamalpur", "dewanganj", "bakshiganj", "netrokona", "sherpur"),
    ]


def test_a_cell_holds_target_achievement_and_remark(loaded):
    matrix = divisional_matrix(loaded, "2024-25", 2, "khulna", "egov-2024-25")
    cells = dict(zip([column.indicator_code for column in matrix.columns], matrix.rows[0].cells, strict=True))
    disposed, implemented, unreported = cells["4.1.2"], cells["7.1.1"], cells["1.1.1"]
    assert (disposed.target, disposed.achievement, disposed.remark) == ("১০০%", "৬১.৫৪%", "চলমান")
    assert (implemented.target, implemented.achievement) == ("০১/১২/২৪", "০১/১২/২৪")  # the plan's target
    assert (unreported.target, unreported.achievement, unreported.remark) == ("", "", "")


def test_a_row_tells_its_weighted_score_and_what_it_is_out_of(loaded):
    khulna, kushtia, *_ = divisional_matrix(loaded, "2024-25", 2, "khulna", "egov-2024-25").rows
    # 4.1.2 lies below its lowest band and 7.1.1 met its top: 5 of 12 marks, a fifth of that weighted.
    assert (khulna.weighted_score, khulna.weighted_out_of) == pytest.approx((1, 2.4))
    assert (kushtia.weighted_score, kushtia.weighted_out_of) == (None, 0)


@pytest.mark.parametrize("wrong", [{"division_id": "sundarban"}, {"plan_id": "egov-1999-00"}])
def test_an_unknown_division_or_plan_is_an_error(loaded, wrong):
    asked = {"division_id": "khulna", "plan_id": "egov-2024-25", **wrong}
    with pytest.raises(KeyError):
        divisional_matrix(loaded, "2024-25", 2, **asked)
