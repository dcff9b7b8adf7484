from extractors.submission import Channel
from tests.warehouse.reports import office_report, submission
from transforms.finding import finding
from transforms.report import Report
from warehouse.connection import open_writer
from warehouse.ledger import already_taken, record_received, waiting
from warehouse.load import load


def test_what_is_received_waits_until_it_is_loaded(writer):
    first, second = submission("first.docx"), submission("second.docx", "2025-01-11T06:00")
    record_received(writer, [second, first])
    assert waiting(writer) == (first, second)
    assert already_taken(writer, [first.submission_id, second.submission_id]) == set()

    load(writer, [first], [office_report(first, {"4.1.2": 61.54})])

    assert waiting(writer) == (second,)
    assert already_taken(writer, [first.submission_id, second.submission_id]) == {first.submission_id}


def test_what_is_received_survives_the_end_of_the_process(warehouse, writer):
    sent = submission("q2.docx", channel=Channel.MAIL, sender="library@example.org")
    record_received(writer, [sent])
    writer.close()
    with open_writer(warehouse) as connection:
        assert waiting(connection) == (sent,)


def test_the_same_file_by_folder_and_by_mail_counts_once(writer):
    by_folder = submission("q2.docx", "2025-01-10T06:00")
    by_mail = submission("q2.docx", "2025-01-12T06:00", channel=Channel.MAIL, sender="library@example.org")
    record_received(writer, [by_mail, by_folder])
    record_received(writer, [by_mail])
    assert waiting(writer) == (by_folder,)


def test_a_rejected_submission_is_taken_too(writer):
    sent = submission("holiday.jpg")
    load(writer, [sent], [Report(sent.submission_id, findings=(finding("unknown_period"),))])
    assert already_taken(writer, [sent.submission_id]) == {sent.submission_id}


def test_nothing_received_is_nothing_taken(writer):
    record_received(writer, [])
    assert waiting(writer) == ()
    assert already_taken(writer, []) == set()


def test_a_name_with_half_a_character_can_be_kept(writer):
    sent = submission("q2.docx")
    broken = type(sent)(
        sent.submission_id, "রিপোর্ট\udce0.docx", sent.channel, sent.sender, sent.received_at, sent.taken_at
    )
    record_received(writer, [broken])
    assert waiting(writer)[0].file_name == "রিপোর্ট\\udce0.docx"
