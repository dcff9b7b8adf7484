from datetime import date

import pytest

from tests.warehouse.ladders import LATEST
from tests.warehouse.reports import all_indicators, matrix_report, office_report, submission
from warehouse.load import load


def test_marks_are_reported_as_determined_out_of_possible(writer):
    sent = submission("q1.docx")
    answers = {**all_indicators("unstated"), LATEST: 61.54, "7.1.1": "achieved", "6.1.1": "not_applicable"}
    load(writer, [sent], [office_report(sent, answers, quarter=1)])
    (row,) = writer.execute(
        "SELECT marks, marks_possible, weighted_score, weighted_out_of, undetermined_marks FROM office_scores"
    ).fetchall()
    assert row == pytest.approx((4.3078, 41, 0.86156, 8.2, 9))


def test_an_office_of_which_nothing_can_be_known_has_no_marks_out_of_none(writer):
    sent = submission("q1.docx")
    load(writer, [sent], [office_report(sent, all_indicators("unreadable"), quarter=1)])
    assert writer.execute(
        "SELECT marks, marks_possible, weighted_score, weighted_out_of, undetermined_marks FROM office_scores"
    ).fetchall() == [(0, 0, 0, 0, 50)]


def test_a_division_tells_over_how_many_offices_its_mean_is_taken(writer):
    matrix = submission("matrix.xlsx")
    answers = {
        "khulna": all_indicators("planned"),
        "jashore": {**all_indicators("planned"), "7.1.1": "achieved"},
    }
    load(writer, [matrix], [matrix_report(matrix, answers, quarter=1)])
    (row,) = writer.execute(
        "SELECT division_id, offices_scored, offices_wholly_scored, mean_marks, mean_marks_possible,"
        " mean_weighted_out_of FROM division_scores"
    ).fetchall()
    assert row == ("khulna", 2, 1, 0, 47.5, 9.5)


def test_a_matrix_alone_scores_only_what_is_certain_where_no_ladder_is_known(writer):
    matrix = submission("chattogram q4.docx", "2024-07-03T06:00")
    answers = {"feni": {"4.1.1": 80, "2.1.1": 1, "1.1.1": "achieved", "3.1.1": date(2024, 5, 10)}}
    report = matrix_report(
        matrix, answers, division="chattogram", quarter=4, fiscal_year="2023-24", bands={"4.1.1": {100: 80}}
    )
    load(writer, [matrix], [report])
    found = writer.execute(
        "SELECT indicator_code, score_pct, reason FROM scores"
        " WHERE indicator_code IN ('1.1.1', '2.1.1', '3.1.1', '4.1.1') ORDER BY indicator_code"
    ).fetchall()
    assert found == [
        ("1.1.1", None, "date_missing"),
        ("2.1.1", None, "quarter_missing"),
        ("3.1.1", None, "no_ladder"),
        ("4.1.1", 100, None),
    ]
