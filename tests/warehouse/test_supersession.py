from itertools import permutations

import pytest

from tests.warehouse.contents import all_rows, in_order, one
from tests.warehouse.reports import matrix_report, office_report, submission
from transforms.finding import finding
from warehouse.load import load

FIRST = submission("q2.docx", "2025-01-10T06:00")
SECOND = submission("q2 corrected.docx", "2025-01-11T06:00")
THIRD = submission("q2 final.docx", "2025-01-12T06:00")
READ = {
    FIRST: office_report(FIRST, {"4.1.2": 61.54, "5.1.1": 1}),
    SECOND: office_report(SECOND, {"4.1.2": 65}),
    THIRD: office_report(THIRD, {"4.1.2": 70}),
}


@pytest.mark.parametrize(
    "order", list(permutations(READ)), ids=lambda order: ", ".join(s.file_name for s in order)
)
def test_the_report_received_last_stands_whatever_the_order_of_arrival(tmp_path, order):
    held = in_order(tmp_path, "each", [[(sent, READ[sent])] for sent in order])
    assert held == in_order(tmp_path, "together", [[(sent, READ[sent]) for sent in READ]])
    assert [row[10:11] for row in held["observations"]] == [(70,)]


def test_a_report_names_the_one_it_supersedes_and_history_keeps_both(writer):
    load(writer, list(READ), list(READ.values()))
    assert all_rows(
        writer, "SELECT file_name, status, supersedes, superseded_by FROM submissions ORDER BY received_at"
    ) == [
        ("q2.docx", "superseded", None, SECOND.submission_id),
        ("q2 corrected.docx", "superseded", FIRST.submission_id, THIRD.submission_id),
        ("q2 final.docx", "accepted", SECOND.submission_id, None),
    ]
    assert one(writer, "SELECT count(*) FROM observation_revisions") == (4,)
    # The correction left 5.1.1 out, and speaks for the whole report.
    assert all_rows(writer, "SELECT indicator_code FROM observations") == [("4.1.2",)]


def test_a_superseded_report_is_told_so(writer):
    load(writer, [FIRST, SECOND], [READ[FIRST], READ[SECOND]])
    submission_id, severity, bengali, english = one(
        writer,
        "SELECT submission_id, severity, message_bn, message_en FROM findings WHERE code = 'superseded'",
    )
    assert (submission_id, severity) == (FIRST.submission_id, "note")
    assert "q2 corrected.docx" in bengali
    assert "q2 corrected.docx" in english


def test_two_reports_of_the_same_instant_are_put_in_the_order_of_their_ids(tmp_path):
    twins = sorted([submission("a.docx"), submission("b.docx")], key=lambda sent: sent.submission_id)
    pairs = [(sent, office_report(sent, {"4.1.2": 60 + place})) for place, sent in enumerate(twins)]
    held = in_order(tmp_path, "forth", [[pair] for pair in pairs])
    assert held == in_order(tmp_path, "back", [[pair] for pair in reversed(pairs)])
    assert [row[10] for row in held["observations"]] == [61]


@pytest.mark.parametrize(
    "other",
    [{"office": "jashore"}, {"quarter": 3}, {"fiscal_year": "2023-24"}],
    ids=["another office", "another quarter", "another year"],
)
def test_reports_of_different_things_do_not_supersede_each_other(writer, other):
    code = "5.1.1"
    load(
        writer,
        [FIRST, SECOND],
        [office_report(FIRST, {code: 1}), office_report(SECOND, {code: 2}, **other)],
    )
    assert all_rows(writer, "SELECT DISTINCT status, supersedes FROM submissions") == [("accepted", None)]
    assert one(writer, "SELECT count(*) FROM observations") == (2,)


def test_a_rejected_report_supersedes_nothing(writer):
    rejected = office_report(SECOND, {}, findings=(finding("unknown_period"),))
    load(writer, [FIRST, SECOND], [READ[FIRST], rejected])
    assert all_rows(writer, "SELECT status, superseded_by FROM submissions ORDER BY received_at") == [
        ("accepted", None),
        ("rejected", None),
    ]


def test_matrices_of_no_known_division_do_not_supersede_each_other(writer):
    reports = [
        matrix_report(FIRST, {"khulna": {"4.1.2": 60}}, division=""),
        matrix_report(SECOND, {"bhola": {"4.1.2": 70}}, division=""),
    ]
    load(writer, [FIRST, SECOND], reports)
    assert all_rows(writer, "SELECT office_id, value FROM observations ORDER BY office_id") == [
        ("bhola", 70),
        ("khulna", 60),
    ]


# --- an office and its division's matrix --------------------------------------------------------------------


@pytest.mark.parametrize("matrix_comes_first", [True, False])
def test_the_offices_own_word_counts_whenever_it_came(tmp_path, matrix_comes_first):
    own = submission("own.docx", "2025-01-11T06:00" if matrix_comes_first else "2025-01-09T06:00")
    matrix = submission("matrix.xlsx", "2025-01-10T06:00")
    pairs = [
        (own, office_report(own, {"4.1.2": 61.54})),
        (matrix, matrix_report(matrix, {"khulna": {"4.1.2": 80, "5.1.1": 1}, "jashore": {"4.1.2": 75}})),
    ]
    held = in_order(tmp_path, "forth", [[pair] for pair in pairs])
    assert held == in_order(tmp_path, "back", [[pair] for pair in reversed(pairs)])
    assert [(row[3], row[5], row[10]) for row in held["observations"]] == [
        ("jashore", "4.1.2", 75),
        ("khulna", "4.1.2", 61.54),
        ("khulna", "5.1.1", 1),
    ]
    assert {row[12] for row in held["submissions"]} == {"accepted", "accepted_with_findings"}


# --- the ladder that a report prints ------------------------------------------------------------------------


def test_the_offices_own_ladder_goes_before_a_later_matrix(writer):
    own, matrix = submission("own.docx"), submission("matrix.xlsx", "2025-07-10T06:00")
    load(
        writer,
        [own, matrix],
        [
            office_report(own, {"5.1.1": 1}, bands={"5.1.1": {100: 8, 90: 6}}),
            matrix_report(matrix, {"khulna": {"5.1.1": 1}}, quarter=4, bands={"5.1.1": {100: 4}}),
        ],
    )
    assert all_rows(writer, "SELECT band, target_value FROM target_bands ORDER BY band") == [
        (90, 6),
        (100, 8),
    ]


def test_the_latest_quarters_ladder_counts(writer):
    late, early = submission("q3.docx", "2025-03-01T06:00"), submission("q2.docx", "2025-06-01T06:00")
    load(
        writer,
        [late, early],
        [
            office_report(late, {"5.1.1": 1}, quarter=3, bands={"5.1.1": {100: 8}}),
            office_report(early, {"5.1.1": 1}, quarter=2, bands={"5.1.1": {100: 4, 90: 3}}),
        ],
    )
    assert all_rows(writer, "SELECT band, target_value FROM target_bands") == [(100, 8)]
    assert one(writer, "SELECT count(*) FROM target_band_revisions") == (3,)
