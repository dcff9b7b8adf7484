"""Receipts: who gets one for what, when another, and when none."""

import shutil
from dataclasses import replace
from email import message_from_bytes
from email.policy import SMTP
from io import BytesIO

import pytest
from docx import Document

from extractors.covering_mail import CoveringMail
from extractors.originals import Originals
from extractors.submission import Channel, Submission
from flows.answering import Answered, answer
from flows.home import Home
from flows.outbox import Outbox, State
from flows.settings import WrongSetting
from tests.flows.mail_servers import mail_server
from tests.warehouse.reports import office_report, submission
from transforms.finding import finding
from transforms.report import Report
from warehouse.connection import open_writer
from warehouse.ledger import record_received
from warehouse.load import load

CORRESPONDENTS = """address,office_id
narail@example.org,narail
librarian.narail@example.org,narail
khulna@example.org,khulna
গ্রন্থাগার@example.org,jashore
"""
ASKED = finding(
    "unreadable_value",
    cell="Sheet1!K7",
    raw_text="৪টি?",
    indicator_code="4.1.2",
    unit_bn="সংখ্যা",
    unit_en="number",
)
UNKNOWN_FORM = finding("unknown_form", file="q2.docx", reason_bn="কোনো সারণি নেই।", reason_en="no table.")


@pytest.fixture(autouse=True)
def installed(tmp_path, monkeypatch):
    reference = tmp_path / "reference"
    reference.mkdir()
    (reference / "correspondents.csv").write_text(CORRESPONDENTS)
    monkeypatch.setenv("PROTIBEDON_REFERENCE", str(reference))
    monkeypatch.setenv("PROTIBEDON_MAIL_FROM", "reports@example.org")
    monkeypatch.setenv("PROTIBEDON_RECEIPTS_SINCE", "2025-01-01")


@pytest.fixture
def place(home) -> Home:
    return Home(home)


def take(place: Home, sent: Submission, report: Report, *, is_genuine: bool = True) -> None:
    """Keep and load one report, and let readers have it."""
    place.make()
    mail = CoveringMail("", "", "", "", is_genuine=is_genuine, is_admitted=is_genuine)
    came_with = mail if sent.channel is Channel.MAIL else None
    Originals(place.originals).keep(sent.file_name.encode(), sent, came_with)
    with open_writer(place.warehouse) as connection:
        record_received(connection, [sent])
        load(connection, [sent], [report])
    shutil.copyfile(place.warehouse, place.published)  # as publishing does, but for contacts and forms


def by_mail(name: str, sender: str) -> Submission:
    return submission(name, channel=Channel.MAIL, sender=sender)


def rejected(sent: Submission, *findings) -> Report:
    return Report(sent.submission_id).with_findings(findings or [UNKNOWN_FORM])


def mails(place: Home):
    outbox = Outbox(place.outbox)
    return [
        message_from_bytes(outbox.read(name, state), policy=SMTP)
        for state in State
        for name in outbox.names(state)
    ]


def body_of(mail) -> str:
    return mail.get_body(("plain",)).get_content()


def test_nobody_gets_a_receipt_unless_the_installation_says_so(place, monkeypatch):
    monkeypatch.delenv("PROTIBEDON_RECEIPTS_SINCE")
    sent = submission("q2.docx")
    take(place, sent, office_report(sent, {"4.1.2": 4}, office="narail"))
    assert answer(place) == Answered()
    assert not place.outbox.exists()


def test_a_report_from_the_folder_is_acknowledged_to_every_address_of_its_office(place):
    sent = submission("নড়াইল Q2.docx")
    take(place, sent, office_report(sent, {"4.1.2": 4}, office="narail"))
    answered = answer(place)
    assert (answered.written, answered.without_address, answered.posted.waiting) == (
        1,
        0,
        (f"receipt-{sent.submission_id[:16]}-001-taken-narail-2024-25-q2",),
    )
    [mail] = mails(place)
    assert [one.addr_spec for one in mail["To"].addresses] == [
        "narail@example.org",
        "librarian.narail@example.org",
    ]
    assert mail["Subject"].startswith("প্রাপ্তিস্বীকার: ২০২৪-২০২৫ অর্থবছরের ২য় ত্রৈমাসিক")
    assert mail["Auto-Submitted"] == "auto-generated"
    said = body_of(mail)
    assert "ফাইল: «নড়াইল Q2.docx»" in said
    assert "পাওয়ার তারিখ ও সময়: ১০/০১/২০২৫, ১২:০০" in said  # 06:00 UTC
    assert "কার্যালয়: জেলা সরকারি গণগ্রন্থাগার, নড়াইল" in said
    assert "প্রতিবেদনটি গ্রহণ করা হয়েছে। এ বিষয়ে আপাতত আর কিছু জানার নেই।" in said
    assert not list(mail.iter_attachments())


def test_what_is_asked_stands_in_the_receipt_and_in_a_letter_with_it(place):
    sent = submission("q2.xlsx")
    take(place, sent, office_report(sent, {"4.1.2": 4}, office="narail", findings=(ASKED,)))
    answer(place)
    [mail] = mails(place)
    said = body_of(mail)
    assert "নিচের ১টি বিষয় স্পষ্ট হওয়া প্রয়োজন" in said
    assert "১. শিট «Sheet1», ঘর K7" in said
    assert "যা লেখা আছে: ৪টি?" in said
    [letter] = mail.iter_attachments()
    assert letter.get_filename() == "narail-2024-25-q2.docx"
    [table] = Document(BytesIO(letter.get_content())).tables
    assert "শিট «Sheet1», ঘর K7" in table.rows[1].cells[1].text


def test_a_mailed_report_is_acknowledged_to_its_sender_alone(place):
    sent = by_mail("q2.docx", "librarian.narail@example.org")
    take(place, sent, office_report(sent, {"4.1.2": 4}, office="narail"))
    answer(place)
    [mail] = mails(place)
    assert mail["To"] == "librarian.narail@example.org"


def test_a_rejected_report_is_told_why_and_what_to_do(place):
    sent = by_mail("q2.docx", "narail@example.org")
    take(place, sent, rejected(sent))
    answer(place)
    [mail] = mails(place)
    assert mail["Subject"] == "আপনার পাঠানো প্রতিবেদন গ্রহণ করা যায়নি"
    said = body_of(mail)
    assert "প্রাপক:\r\nজেলা সরকারি গণগ্রন্থাগার, নড়াইল।" in said
    assert "১. «q2.docx» ফাইলে কোনো জানা প্রতিবেদন ছক পাওয়া যায়নি: কোনো সারণি নেই।" in said
    assert "প্রতিবেদনটি আবার পাঠানোর" in said


@pytest.mark.parametrize(
    "sender", ["", "somebody@example.net", "postmaster@example.org", "narail@example.net"]
)
def test_an_unknown_sender_is_never_answered(place, sender):
    sent = by_mail("q2.docx", sender)
    take(place, sent, office_report(sent, {"4.1.2": 4}, office="narail"))
    assert answer(place).without_address == 1
    assert mails(place) == []


def test_a_forged_sender_is_never_answered(place):
    sent = by_mail("q2.docx", "narail@example.org")
    apart = finding("unknown_sender", raw_text="narail@example.org", reason_bn="x", reason_en="x")
    take(place, sent, rejected(sent, apart), is_genuine=False)
    assert (answer(place).written, mails(place)) == (0, [])


def test_a_report_of_an_office_without_an_address_is_told_and_stops_nothing(place):
    one, other = submission("jashore.docx"), submission("narail.docx")
    take(place, one, office_report(one, {"4.1.2": 4}, office="jashore"))
    take(place, other, office_report(other, {"4.1.2": 4}, office="narail"))
    answered = answer(place)
    assert (answered.written, answered.without_address) == (1, 1)
    assert "1 not written, since no address is registered" in "\n".join(answered.lines())


def test_an_address_that_no_server_takes_may_send_a_report_and_stops_no_receipt(place):
    by_folder, mailed = submission("jashore.docx"), by_mail("jashore again.docx", "গ্রন্থাগার@example.org")
    for sent in (by_folder, mailed):
        take(place, sent, office_report(sent, {"4.1.2": 4}, office="jashore"))
    other = submission("narail.docx")
    take(place, other, office_report(other, {"4.1.2": 4}, office="narail"))
    answered = answer(place)
    assert (answered.written, answered.without_address) == (1, 1)


def test_the_same_fate_is_told_once_and_another_fate_once_more(place):
    sent = by_mail("q2.docx", "narail@example.org")
    accepted = office_report(sent, {"4.1.2": 4}, office="narail")
    fates = [rejected(sent), rejected(sent), accepted, replace(accepted, findings=(ASKED,)), rejected(sent)]
    written = []
    for report in fates:
        take(place, sent, report)
        written.append(answer(place).written)
    assert written == [1, 0, 1, 0, 1]
    assert [name.split("-", 2)[2] for name in Outbox(place.outbox).all_names()] == [
        "001-rejected-unknown_form",
        "002-taken-narail-2024-25-q2",
        "003-rejected-unknown_form",
    ]


def test_of_two_versions_that_come_together_the_later_one_alone_is_acknowledged(place):
    earlier, later = submission("q2.docx"), submission("q2 corrected.docx", "2025-01-12T06:00")
    take(place, earlier, office_report(earlier, {"4.1.2": 4}, office="narail"))
    take(place, later, office_report(later, {"4.1.2": 5}, office="narail"))
    assert answer(place).written == 1
    [mail] = mails(place)
    assert "পূর্বে পাঠানো «q2.docx»-এর স্থলে এটি ধরা হয়েছে।" in body_of(mail)
    assert answer(place).written == 0


def test_what_was_taken_before_the_day_gets_no_receipt(place, monkeypatch):
    monkeypatch.setenv("PROTIBEDON_RECEIPTS_SINCE", "2025-01-11")
    before, after = submission("q1.docx", "2025-01-10T17:59"), submission("q2.docx", "2025-01-10T18:00")
    take(place, before, office_report(before, {"4.1.2": 4}, office="narail", quarter=1))
    take(place, after, office_report(after, {"4.1.2": 4}, office="narail", quarter=2))
    answer(place)  # 18:00 UTC is midnight in Dhaka
    [mail] = mails(place)
    assert "«q2.docx»" in body_of(mail)


def test_a_name_that_plants_headers_stays_a_name(place):
    sent = by_mail("q2\r\nBcc: somebody@example.net\r\n\r\n\u202excod.docx", "narail@example.org")
    take(place, sent, office_report(sent, {"4.1.2": 4}, office="narail", findings=(ASKED,)))
    answer(place)
    [mail] = mails(place)
    assert set(mail.keys()) == {
        *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress"),
        *("MIME-Version", "Content-Type", "Content-Language"),
    }
    assert [one.addr_spec for one in mail["To"].addresses] == ["narail@example.org"]
    assert "\u202e" not in body_of(mail)


def test_receipts_are_sent_once_and_a_server_that_is_away_costs_nothing(place, tmp_path, monkeypatch):
    one, other = submission("narail.docx"), submission("khulna.docx")
    with mail_server(tmp_path / "server") as server:
        settings = server.settings()
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    take(place, one, office_report(one, {"4.1.2": 4}, office="narail"))
    away = answer(place)
    assert (away.written, len(away.posted.waiting)) == (1, 1)
    with mail_server(tmp_path / "server") as server:
        for name, value in server.settings().items():
            monkeypatch.setenv(name, value)
        take(place, other, office_report(other, {"4.1.2": 4}, office="khulna"))
        answered = answer(place)
        assert (answered.written, len(answered.posted.sent)) == (1, 2)
        assert answer(place) == Answered()
        assert {taken.to for taken in server.taken()} == {
            ("narail@example.org", "librarian.narail@example.org"),
            ("khulna@example.org",),
        }


@pytest.mark.parametrize(
    ("setting", "value"),
    [("PROTIBEDON_RECEIPTS_SINCE", "yes"), ("PROTIBEDON_MAIL_FROM", ""), ("PROTIBEDON_MAIL_FROM", "nobody")],
)
def test_settings_that_cannot_be_meant_are_told_before_anything_is_written(
    place, monkeypatch, setting, value
):
    sent = submission("q2.docx")
    take(place, sent, office_report(sent, {"4.1.2": 4}, office="narail"))
    monkeypatch.setenv(setting, value)
    with pytest.raises(WrongSetting, match=setting):
        answer(place)
    assert not place.outbox.exists()
