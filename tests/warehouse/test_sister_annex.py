"""The made reports hold one library that reports on two annexes in the same quarters."""

import pytest

from tests.warehouse.examples_taken import take_examples
from warehouse.connection import open_reader
from warehouse.matrix_layout import title_of
from warehouse.summary import divisional_matrix, reporting_status, summary_table

EGOV, GRIEVANCE = "egov-2024-25", "grievance-2024-25"


@pytest.fixture(scope="module")
def examples(tmp_path_factory):
    warehouse, _ = take_examples(tmp_path_factory.mktemp("examples"))
    with open_reader(warehouse) as connection:
        yield connection


def ask(connection, query):
    return connection.execute(query).fetchall()


def test_one_office_reports_on_two_annexes_in_one_quarter_and_both_stand(examples):
    reports = ask(
        examples,
        """SELECT plan_id, quarter, count(*), count(supersedes) FROM submissions
           WHERE office_id = 'khulna' AND rejection_code IS NULL GROUP BY ALL ORDER BY ALL""",
    )
    assert reports == [(EGOV, 1, 1, 0), (EGOV, 2, 1, 0), (GRIEVANCE, 1, 1, 0), (GRIEVANCE, 2, 1, 0)]
    figures = ask(
        examples,
        """SELECT plan_id, count(*) FROM observations
           WHERE office_id = 'khulna' AND quarter = 2 GROUP BY ALL ORDER BY ALL""",
    )
    assert figures == [(EGOV, 10), (GRIEVANCE, 5)]


def test_a_code_that_both_annexes_have_is_two_indicators(examples):
    assert ask(
        examples,
        """SELECT plan_id, indicator_key, unit, state, value FROM observations
           WHERE office_id = 'khulna' AND quarter = 2 AND indicator_code IN ('1.1.1', '2.1.1')
           ORDER BY ALL""",
    ) == [
        (EGOV, "innovation_idea_implemented", "date", "planned", None),
        (EGOV, "service_database_updated", "number", "reported", 1),
        (GRIEVANCE, "complaints_resolved", "percent", "reported", 100),
        (GRIEVANCE, "grievance_officers_published", "number", "reported", 1),
    ]


def test_twenty_five_marks_count_as_four(examples):
    ((marks, possible, weighted, out_of),) = ask(
        examples,
        f"""SELECT marks, marks_possible, weighted_score, weighted_out_of FROM office_scores
            WHERE office_id = 'khulna' AND plan_id = '{GRIEVANCE}' AND quarter = 2""",
    )
    assert (marks, possible, out_of) == (22.5, 25, 4)
    assert weighted == pytest.approx(22.5 * 4 / 25)


def test_no_complaint_in_the_first_quarter_leaves_its_marks_undetermined_and_not_lost(examples):
    score = f"""SELECT quarter, score_pct, marks, basis, reason FROM scores
                WHERE plan_id = '{GRIEVANCE}' AND indicator_code = '2.1.1' ORDER BY quarter"""
    assert ask(examples, score) == [
        (1, None, None, "undetermined", "no_case"),
        (2, 100, 8, "computed", None),
    ]
    office = f"""SELECT marks_possible, undetermined_marks FROM office_scores
                 WHERE plan_id = '{GRIEVANCE}' AND quarter = 1"""
    assert ask(examples, office) == [(17, 8)]


def test_who_reported_is_counted_annex_by_annex(examples):
    in_khulna = {
        one.plan_id: (one.expected, one.received)
        for one in reporting_status(examples, "2024-25", 2)
        if one.division_id == "khulna"
    }
    assert in_khulna == {EGOV: (10, 7), GRIEVANCE: (10, 1)}


def test_summary_and_matrix_are_each_annex_s_own(examples):
    lines = summary_table(examples, "2024-25", 2, "khulna")
    assert [line.plan_id for line in lines] == [EGOV] * 10 + [GRIEVANCE] * 5
    matrix = divisional_matrix(examples, "2024-25", 2, "khulna", GRIEVANCE)
    assert "“অভিযোগ প্রতিকার ব্যবস্থা”" in title_of(matrix)
    assert (len(matrix.columns), matrix.marks, matrix.weighted_marks) == (5, 25, 4)
    (reported,) = (row for row in matrix.rows if row.reported)
    assert (reported.office_id, round(reported.weighted_score, 3)) == ("khulna", 3.6)
