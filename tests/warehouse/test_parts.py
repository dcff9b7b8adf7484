"""A file with several reports in the warehouse: a row for each, all of them the file's."""

from dataclasses import replace

import pytest

from extractors.submission import part_id_of
from tests.warehouse.contents import all_rows, one, whole
from tests.warehouse.reports import office_report, submission
from transforms.finding import finding
from transforms.office import office_of
from transforms.report import Report
from warehouse.audit import audit
from warehouse.ledger import already_taken, record_received, reports_taken, waiting
from warehouse.letter import letters
from warehouse.load import load
from warehouse.replay import replay, submissions_concerned

SENT = submission("দুই কার্যালয়.xlsx")
LATER = submission("সংশোধিত.xlsx", "2025-01-12T06:00")
ROWS = "SELECT file_name, office_id, status, rejection_code, part_of FROM submissions ORDER BY file_name"


def of_part(report: Report, number: int) -> Report:
    """A report as one of several in its file."""
    parent = report.submission_id
    report_id = part_id_of(parent, number)
    return replace(
        report,
        submission_id=report_id,
        part_of=parent,
        part=number,
        observations=tuple(seen._replace(submission_id=report_id) for seen in report.observations),
    )


def two_offices(sent, jashore=1, magura=2, **how):
    first = office_report(sent, {"5.1.1": jashore}, office="jashore")
    return [first, of_part(office_report(sent, {"5.1.1": magura}, office="magura", **how), 2)]


def figures(connection):
    return all_rows(connection, "SELECT office_id, value, submission_id FROM observations ORDER BY office_id")


def test_each_report_of_a_file_has_a_row_and_its_figures(writer):
    record_received(writer, [SENT])
    load(writer, [SENT], two_offices(SENT))
    assert all_rows(writer, ROWS) == [
        ("দুই কার্যালয়.xlsx", "jashore", "accepted", None, None),
        ("দুই কার্যালয়.xlsx (ফাইলের ২ নং প্রতিবেদন)", "magura", "accepted", None, SENT.submission_id),
    ]
    second = part_id_of(SENT.submission_id, 2)
    assert figures(writer) == [("jashore", 1, SENT.submission_id), ("magura", 2, second)]
    assert one(writer, "SELECT count(*) FROM ledger") == (1,)
    assert waiting(writer) == ()
    audit(writer)


def test_a_file_loaded_twice_is_loaded_once(writer):
    load(writer, [SENT], two_offices(SENT))
    before = whole(writer)
    load(writer, [SENT], two_offices(SENT))
    assert whole(writer) == before
    assert already_taken(writer, [SENT.submission_id]) == {SENT.submission_id}


def test_a_part_that_a_later_reading_does_not_find_is_gone(writer):
    load(writer, [SENT], two_offices(SENT))
    assert len(reports_taken(writer, [SENT.submission_id])) == 2
    changes = replay(writer, [SENT], two_offices(SENT)[:1])
    assert [row[1] for row in all_rows(writer, ROWS)] == ["jashore"]
    assert [row[0] for row in figures(writer)] == ["jashore"]
    assert "observations removed: 1" in changes.sentence()


def test_one_part_rejected_is_seen_and_does_not_stop_the_other(writer):
    refused = of_part(Report(SENT.submission_id, findings=(finding("unknown_period"),)), 2)
    load(writer, [SENT], [two_offices(SENT)[0], refused])
    assert [row[1:4] for row in all_rows(writer, ROWS)] == [
        ("jashore", "accepted", None),
        (None, "rejected", "unknown_period"),
    ]
    assert [row[0] for row in figures(writer)] == ["jashore"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_resubmission_replaces_the_part_that_it_is_about(writer, order):
    loads = [(SENT, two_offices(SENT)), (LATER, [office_report(LATER, {"5.1.1": 5}, office="magura")])]
    for number in order:
        sent, reports = loads[number]
        load(writer, [sent], reports)
    assert [row[:2] for row in figures(writer)] == [("jashore", 1), ("magura", 5)]
    second = part_id_of(SENT.submission_id, 2)
    assert one(writer, "SELECT supersedes FROM submissions WHERE file_name = 'সংশোধিত.xlsx'") == (second,)
    assert all_rows(writer, "SELECT submission_id FROM submissions WHERE status = 'superseded'") == [
        (second,)
    ]


def test_a_file_replaces_an_earlier_one_part_by_part(writer):
    load(writer, [SENT, LATER], [*two_offices(SENT), *two_offices(LATER, 3, 4)])
    assert [row[:2] for row in figures(writer)] == [("jashore", 3), ("magura", 4)]
    assert all_rows(writer, "SELECT part_of IS NULL FROM submissions WHERE status = 'superseded'") == [
        (True,),
        (False,),
    ]


@pytest.mark.parametrize("reports", [[], two_offices(LATER), [*two_offices(SENT), *two_offices(LATER)]])
def test_a_file_whose_reports_do_not_belong_to_it_is_not_loaded(writer, reports):
    with pytest.raises(ValueError, match="every submission needs its report"):
        load(writer, [SENT], reports)


def test_what_concerns_a_part_concerns_its_file(writer):
    load(writer, [SENT], two_offices(SENT))
    assert submissions_concerned(writer, "2024-25", 2, office_of("magura")) == {SENT.submission_id}


def test_a_letter_leads_back_from_a_part_to_the_file(writer):
    asked = finding("missing_indicator", indicator_code="8.1.1", office_id="magura")
    load(writer, [SENT], two_offices(SENT, findings=(asked,)))
    (letter,) = letters(writer, "2024-25", 2)
    (report,) = letter.reports
    assert (letter.office_id, report.file_id) == ("magura", SENT.submission_id)
    assert report.submission_id == part_id_of(SENT.submission_id, 2)
    assert report.file_name.endswith("(ফাইলের ২ নং প্রতিবেদন)")
