import pytest

from tests.warehouse.contents import all_rows, one
from tests.warehouse.reports import matrix_report, office_report, submission
from warehouse.load import load

TIMELY = submission("q2.docx", "2025-01-10T06:00")


# --- an office and its division's matrix --------------------------------------------------------------------

SAME, OTHER = True, False


@pytest.mark.parametrize(
    ("own", "matrix", "agree"),
    [
        (61.54, 61.54, SAME),
        (61.54, 80, OTHER),
        (1, "unstated", OTHER),
        (0, "unstated", SAME),
        ("unstated", 4, OTHER),
        (0, 4, OTHER),
        (1, "achieved", SAME),
        ("achieved", "not_achieved", OTHER),
        ("planned", "achieved", OTHER),
        ("planned", "unstated", SAME),
        ("unreadable", "unstated", SAME),
    ],
)
def test_a_matrix_that_says_otherwise_than_the_office_is_a_finding(writer, own, matrix, agree):
    office, division = submission("own.docx"), submission("matrix.xlsx")
    load(
        writer,
        [office, division],
        [office_report(office, {"5.1.1": own}), matrix_report(division, {"khulna": {"5.1.1": matrix}})],
    )
    found = all_rows(
        writer,
        "SELECT submission_id, severity, cell, raw_text, indicator_code, office_id, message_en"
        " FROM findings WHERE code = 'office_matrix_conflict'",
    )
    if agree:
        assert found == []
    else:
        (row,) = found
        assert row[:6] == (
            *(division.submission_id, "warn", "table 1 khulna 5.1.1", str(matrix)),
            *("5.1.1", "khulna"),
        )
        assert f"“{own}”" in row[6]
        assert f"“{matrix}”" in row[6]
    status = "accepted" if agree else "accepted_with_findings"
    assert one(writer, "SELECT status FROM submissions WHERE form = 'divisional_matrix'") == (status,)


def test_the_latest_matrix_is_compared_and_no_other(writer):
    own, wrong, right = (
        submission("own.docx"),
        submission("m1.xlsx"),
        submission("m2.xlsx", "2025-01-11T06:00"),
    )
    load(
        writer,
        [own, wrong],
        [office_report(own, {"5.1.1": 1}), matrix_report(wrong, {"khulna": {"5.1.1": 9}})],
    )
    assert one(writer, "SELECT count(*) FROM findings WHERE code = 'office_matrix_conflict'") == (1,)
    load(writer, [right], [matrix_report(right, {"khulna": {"5.1.1": 1}})])
    assert one(writer, "SELECT count(*) FROM findings WHERE code = 'office_matrix_conflict'") == (0,)
    assert one(writer, "SELECT status FROM submissions WHERE file_name = 'm2.xlsx'") == ("accepted",)


# --- received at the same moment ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "other", "raised"),
    [("2025-01-10T06:00", 9, True), ("2025-01-10T06:00", 1, False), ("2025-01-10T06:01", 9, False)],
)
def test_two_reports_of_one_moment_that_differ_are_asked_about(writer, moment, other, raised):
    one_file, another = submission("a.docx", "2025-01-10T06:00"), submission("b.docx", moment)
    load(
        writer,
        [one_file, another],
        [office_report(one_file, {"5.1.1": 1}), office_report(another, {"5.1.1": other})],
    )
    found = all_rows(
        writer,
        "SELECT file_name, superseded_by, severity, indicator_code, findings.office_id, message_bn"
        " FROM findings JOIN submissions USING (submission_id) WHERE code = 'received_together'",
    )
    if raised:
        ((name, superseded_by, *said, sentence),) = found
        assert (superseded_by, said) == (None, ["warn", "5.1.1", "khulna"])
        assert ({"a.docx", "b.docx"} - {name}).pop() in sentence
    else:
        assert found == []


# --- late ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "is_late"),
    [
        ("2025-01-15T17:59", False),  # 23:59 of the last day in Dhaka
        ("2025-01-15T18:00", True),  # midnight there
        ("2025-02-01T00:00", True),
    ],
)
def test_a_report_is_late_by_the_clock_of_dhaka(writer, received, is_late):
    sent = submission("q2.docx", received)
    load(writer, [sent], [office_report(sent, {"4.1.2": 61.54})])
    found = all_rows(writer, "SELECT submission_id, severity, message_en FROM findings WHERE code = 'late'")
    if is_late:
        (row,) = found
        assert row[:2] == (sent.submission_id, "note")
        assert "2025-01-15" in row[2]
    else:
        assert found == []
    assert one(writer, "SELECT status FROM submissions") == ("accepted",)


def test_a_correction_of_a_timely_report_is_not_late(writer):
    correction = submission("corrected.docx", "2025-03-01T06:00")
    load(
        writer,
        [TIMELY, correction],
        [office_report(TIMELY, {"4.1.2": 61.54}), office_report(correction, {"4.1.2": 62})],
    )
    assert one(writer, "SELECT count(*) FROM findings WHERE code = 'late'") == (0,)


def test_a_late_matrix_is_told_so(writer):
    matrix = submission("matrix.xlsx", "2025-01-16T06:00")
    load(writer, [matrix], [matrix_report(matrix, {"khulna": {"4.1.2": 60}})])
    assert one(writer, "SELECT submission_id FROM findings WHERE code = 'late'") == (matrix.submission_id,)


# --- a running sum ------------------------------------------------------------------------------------------


def test_a_running_sum_above_the_target_is_asked_about(writer):
    quarters = {1: 2, 2: 3, 3: "unstated"}  # the plan asks for 4 in the year
    sent = [submission(f"q{quarter}.docx") for quarter in quarters]
    reports = [
        office_report(file, {"5.1.1": answer}, quarter=quarter)
        for file, (quarter, answer) in zip(sent, quarters.items(), strict=True)
    ]
    load(writer, sent, reports)
    submission_id, cell, english = one(
        writer, "SELECT submission_id, cell, message_en FROM findings WHERE code = 'ytd_over_target'"
    )
    assert (submission_id, cell) == (sent[1].submission_id, "table 1 khulna 5.1.1")
    assert " is 5" in english
    assert "target 4" in english


def test_a_running_sum_at_the_target_is_not(writer):
    load(writer, [TIMELY], [office_report(TIMELY, {"5.1.1": 4})])
    assert one(writer, "SELECT count(*) FROM findings WHERE code = 'ytd_over_target'") == (0,)
