import duckdb
import pytest

from tests.warehouse.contents import all_rows, one, whole
from tests.warehouse.reports import all_indicators, matrix_report, office_report, submission
from transforms.finding import finding
from transforms.report import Report
from warehouse.load import load

# --- one report -----------------------------------------------------------------------------------------


def test_a_report_enters_every_table_that_it_speaks_to(writer):
    sent = submission("khulna q2.docx", sender="library@example.org")
    note, warning = (
        finding("nothing_stated", cell="r4 c11"),
        finding("missing_indicator", indicator_code="8.1.1"),
    )
    report = office_report(
        sent, {"4.1.2": 61.54}, bands={"4.1.2": {100: 100, 90: 90}}, findings=(note, warning)
    )
    load(writer, [sent], [report])

    assert one(
        writer,
        "SELECT file_name, channel, sender, received_at::VARCHAR, form, plan_id, office_id, division_id,"
        " fiscal_year, quarter, status, supersedes, superseded_by, rejection_code FROM submissions",
    ) == (
        *("khulna q2.docx", "folder", "library@example.org", "2025-01-10 06:00:00", "office_form"),
        *("egov-2024-25", "khulna", "khulna", "2024-25", 2, "accepted_with_findings", None, None, None),
    )
    expected = [tuple(report.observations[0])]
    assert all_rows(writer, "FROM observations") == all_rows(writer, "FROM observation_revisions") == expected
    assert all_rows(writer, "SELECT band, target_value FROM target_bands ORDER BY band") == [
        (90, 90),
        (100, 100),
    ]
    assert all_rows(
        writer, "SELECT position, code, severity, cell, indicator_code, office_id, raised_by FROM findings"
    ) == [
        (1, "nothing_stated", "note", "r4 c11", None, None, "reading"),
        (2, "missing_indicator", "warn", None, "8.1.1", None, "reading"),
    ]


@pytest.mark.parametrize(
    ("codes", "status"),
    [((), "accepted"), (("nothing_stated",), "accepted"), (("missing_indicator",), "accepted_with_findings")],
)
def test_notes_alone_leave_a_report_accepted(writer, codes, status):
    sent = submission("q2.docx")
    load(writer, [sent], [office_report(sent, {"4.1.2": 61.54}, findings=tuple(map(finding, codes)))])
    assert one(writer, "SELECT status FROM submissions") == (status,)


def test_a_rejected_report_is_kept_with_its_reason_and_out_of_the_figures(writer):
    good, bad = submission("good.docx"), submission("bad.docx")
    rejected = Report(bad.submission_id, findings=(finding("unknown_period"),))
    load(writer, [good, bad], [office_report(good, {"4.1.2": 61.54}), rejected])

    assert one(
        writer,
        "SELECT form, office_id, fiscal_year, quarter, status, rejection_code FROM submissions"
        " WHERE file_name = 'bad.docx'",
    ) == (None, None, None, None, "rejected", "unknown_period")
    assert all_rows(writer, f"SELECT code FROM findings WHERE submission_id = '{bad.submission_id}'") == [
        ("unknown_period",)
    ]
    assert one(writer, "SELECT count(*), any_value(submission_id) FROM observation_revisions") == (
        1,
        good.submission_id,
    )


def test_figures_of_a_rejected_report_stay_out_even_where_it_still_carries_them(writer):
    sent = submission("macro.docx")
    load(writer, [sent], [office_report(sent, {"4.1.2": 61.54}, findings=(finding("unknown_period"),))])
    assert all_rows(writer, "FROM observation_revisions") == []
    assert all_rows(writer, "FROM scores") == []


def test_a_submission_without_a_report_is_refused(writer):
    sent, other = submission("q2.docx"), submission("q1.docx")
    with pytest.raises(ValueError, match=other.submission_id):
        load(writer, [sent, other], [office_report(sent, {"4.1.2": 61.54})])
    assert all_rows(writer, "FROM submissions") == []


# --- all or nothing, once and not twice ---------------------------------------------------------------------


def test_the_same_batch_twice_is_the_batch_once(writer):
    sent, matrix = submission("q2.docx"), submission("matrix.xlsx", "2025-01-12T06:00")
    batch = (
        [sent, matrix],
        [
            office_report(sent, all_indicators(1.0), findings=(finding("nothing_stated"),)),
            matrix_report(matrix, {"khulna": all_indicators(2.0), "jashore": all_indicators(3.0)}),
        ],
    )
    load(writer, *batch)
    once = whole(writer)
    load(writer, *batch)
    assert whole(writer) == once
    assert len(once["observations"]) == 20


def test_a_load_that_fails_leaves_nothing_of_itself(writer):
    sent, broken = submission("q2.docx"), submission("broken.docx")
    load(writer, [sent], [office_report(sent, {"4.1.2": 61.54})])
    before = whole(writer)
    nowhere = office_report(broken, {"4.1.2": {"state": None}}, office="jashore")
    with pytest.raises(duckdb.ConstraintException, match="NOT NULL"):
        load(writer, [broken], [nowhere])
    assert whole(writer) == before
    load(writer, [broken], [office_report(broken, {"4.1.2": 75}, office="jashore")])
    assert one(writer, "SELECT count(*) FROM observations") == (2,)


def test_reading_an_original_again_replaces_what_it_said(writer):
    sent = submission("q2.docx")
    load(writer, [sent], [office_report(sent, {"4.1.2": 6154}, fiscal_year="2024-25")])
    load(writer, [sent], [office_report(sent, {"4.1.1": 61.54}, quarter=4, fiscal_year="2023-24")])
    assert all_rows(writer, "SELECT fiscal_year, indicator_code, value FROM observations") == [
        ("2023-24", "4.1.1", 61.54)
    ]
    assert all_rows(writer, "SELECT DISTINCT fiscal_year FROM scores") == [("2023-24",)]
    assert one(writer, "SELECT count(*) FROM submissions") == (1,)


def test_an_empty_batch_changes_no_figures(writer):
    sent = submission("q2.docx")
    load(writer, [sent], [office_report(sent, {"4.1.2": 61.54})])
    before = whole(writer)
    load(writer, [], [])
    assert whole(writer) == before
