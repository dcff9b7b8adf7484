"""Every question of the audit finds nothing in a sound warehouse, and finds the fault it is there for."""

from datetime import date

import pytest

from tests.warehouse.reports import matrix_report, office_report, submission
from transforms.finding import finding
from transforms.report import Report
from warehouse.audit import AuditFailed, audit, audit_names
from warehouse.ledger import record_received
from warehouse.load import load

MATRIX = submission("khulna q2.xlsx", "2025-01-10T06:00")
OWN = submission("jashore q2.docx", "2025-01-11T06:00")
LOST = submission("cut short.docx", "2025-01-11T06:00")

# What breaks each sentence.
FAULTS = {
    "a_figure_is_of_its_unit": "UPDATE observations SET value = 101 WHERE unit = 'percent'",
    "a_figure_stands_where_one_is_reported": "UPDATE observations SET state = 'planned' WHERE value = 60",
    "every_figure_leads_back": "UPDATE observations SET cell = ' ' WHERE office_id = 'khulna'",
    "everyone_reported_the_same": (
        "UPDATE divisional_summary SET offices_with_value = 8, max_value = min_value"
    ),
    "marks_within_weights": "UPDATE scores SET score_pct = 101 WHERE basis = 'computed'",
    "one_current_observation_a_key": "INSERT INTO observations SELECT * FROM observations LIMIT 1",
    "one_report_stands": "UPDATE submissions SET form = 'office_form', office_id = 'feni' WHERE quarter = 2",
    "rates_add_up": "UPDATE reporting_rates SET late = late + 1",
    "totals_are_sums_of_observations": "UPDATE divisional_summary SET total_value = 99",
    "what_is_accepted_says_something": "DELETE FROM observation_revisions WHERE office_id = 'jashore'",
    "what_is_received_is_told": "DELETE FROM ledger",
    "what_is_rejected_says_why": "DELETE FROM findings WHERE code = 'unreadable_file'",
}


@pytest.fixture
def sound(writer):
    unreadable = finding("unreadable_file", file=LOST.file_name, reason_bn="খালি।", reason_en="empty.")
    record_received(writer, [MATRIX, OWN, LOST])
    load(
        writer,
        [MATRIX, OWN, LOST],
        [
            matrix_report(MATRIX, {"khulna": {"5.1.1": 1, "4.1.2": 60, "7.1.1": date(2024, 12, 1)}}),
            office_report(OWN, {"5.1.1": 2, "4.1.2": 80, "7.1.1": "achieved"}, office="jashore"),
            Report(LOST.submission_id, findings=(unreadable,)),
        ],
    )
    return writer


def test_a_sound_warehouse_breaks_no_sentence(sound):
    assert audit(sound) == ()


def test_every_question_has_a_fault_that_it_finds():
    assert set(audit_names()) == set(FAULTS)


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_the_fault_is_found_and_named(sound, name):
    sound.execute(FAULTS[name])
    try:
        found = audit(sound)
    except AuditFailed as failure:
        found = failure.violations
        assert name in str(failure)
        assert str(failure).startswith("not published")
    assert name in {violation.name for violation in found}
    assert all(violation.rows for violation in found)


def test_a_warning_does_not_stop(sound):
    sound.execute(FAULTS["everyone_reported_the_same"])
    [warning] = audit(sound)
    assert warning.severity == "warn"
