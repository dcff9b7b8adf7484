from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import SMTP

import pytest

from flows.outgoing_mail import Attachment, NoAddress, OutgoingMail, checked_address, mail_from, written
from flows.settings import WrongSetting

NOW = datetime(2026, 1, 16, 3, 30, tzinfo=UTC)
SUBJECT = "প্রাপ্তিস্বীকার: ২০২৫-২০২৬ অর্থবছরের ২য় ত্রৈমাসিক (অক্টোবর-ডিসেম্বর ২০২৫) প্রতিবেদন"


@pytest.fixture(autouse=True)
def sender(monkeypatch):
    monkeypatch.setenv("PROTIBEDON_MAIL_FROM", "গণগ্রন্থাগার অধিদপ্তর <reports@example.org>")


def read(content: bytes):
    return message_from_bytes(content, policy=SMTP)


def test_a_bengali_mail_arrives_as_it_was_meant():
    letter = Attachment("natore-2025-26-q2.docx", "application/msword", b"\x00letter")
    body = "মহোদয়,\n\nর\u200d্যাব ও ক্ষ\u200cতি।\n.একটি বিন্দু\n"
    content = written(
        OutgoingMail("receipt-1", ("natore@example.org",), SUBJECT, body, attachments=(letter,)), NOW
    )
    content.decode("ascii")  # any server takes it
    assert max(map(len, content.split(b"\r\n"))) <= 998
    mail = read(content)
    assert mail["Subject"] == SUBJECT
    assert mail.get_body(("plain",)).get_content().replace("\r\n", "\n") == body
    assert mail.get_body(("plain",)).get_content_charset() == "utf-8"
    assert mail["From"].addresses[0].addr_spec == "reports@example.org"
    assert mail["To"] == "natore@example.org"
    assert mail["Date"].datetime == NOW
    assert mail["Message-ID"] == "<receipt-1@example.org>"
    assert (mail["Auto-Submitted"], mail["Content-Language"]) == ("auto-generated", "bn")
    [attached] = mail.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == (letter.file_name, b"\x00letter")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029", "\x0b", "\x0c"])
def test_nothing_written_by_an_office_becomes_a_header(end, monkeypatch):
    planted = f"যশোর{end}Bcc: somebody@example.net{end}{end}text"
    monkeypatch.setenv("PROTIBEDON_MAIL_FROM", f"Libraries{end}Bcc: x@example.net <reports@example.org>")
    mail = read(written(OutgoingMail("receipt-1", ("natore@example.org",), planted, planted), NOW))
    assert mail["Bcc"] is None
    assert mail["Subject"].startswith("যশোর")
    assert "Bcc: somebody@example.net" in mail["Subject"]


def test_halves_of_characters_and_marks_that_turn_text_round_are_taken_out():
    mail = read(
        written(
            OutgoingMail("receipt-1", ("a@example.org",), "যশোর\u202e\udc80x", "«\udcffর\u202eপ.docx»"), NOW
        )
    )
    assert mail["Subject"] == "যশোরx"
    assert mail.get_content().strip() == "«রপ.docx»"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "natore",
        "natore@",
        "@example.org",
        "natore@example.org\nBcc: x@example.net",
        "natore@example.org\n",
        "a@example.org,b@example.org",
        "a b@example.org",
        "<natore@example.org>",
        "natore@example..org",
        "natore@-example.org",
        ".natore@example.org",
        "নাটোর@example.org",
        f"{'n' * 250}@example.org",
    ],
)
def test_what_is_no_address_is_written_to_by_nobody(address):
    with pytest.raises(NoAddress):
        checked_address(address)
    with pytest.raises(NoAddress):
        OutgoingMail("receipt-1", (address,), "subject", "body")


def test_a_mail_is_to_somebody():
    with pytest.raises(NoAddress):
        OutgoingMail("receipt-1", (), "subject", "body")


@pytest.mark.parametrize("name", ["", "../up", "Receipt", "a b", ".hidden", "ক", "a\n"])
def test_a_name_is_fit_for_a_file_and_a_message_id(name):
    with pytest.raises(ValueError, match="named"):
        OutgoingMail(name, ("a@example.org",), "subject", "body")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("reports@example.org", ""),
        ("Libraries <reports@example.org>", "Libraries"),
        ('"Libraries, Dhaka" <reports@example.org>', "Libraries, Dhaka"),
        ("গণগ্রন্থাগার, ঢাকা <reports@example.org>", "গণগ্রন্থাগার, ঢাকা"),
    ],
)
def test_the_sender_may_have_a_name(monkeypatch, said, name):
    monkeypatch.setenv("PROTIBEDON_MAIL_FROM", said)
    assert (mail_from().display_name, mail_from().addr_spec) == (name, "reports@example.org")
    mail = read(written(OutgoingMail("receipt-1", ("a@example.org",), "subject", "body"), NOW))
    assert [one.addr_spec for one in mail["From"].addresses] == ["reports@example.org"]


@pytest.mark.parametrize(
    "said", ["", "Libraries", "Libraries <>", "reports@example.org>", "<reports@example.org"]
)
def test_without_a_sender_no_mail_is_written(monkeypatch, said):
    monkeypatch.setenv("PROTIBEDON_MAIL_FROM", said)
    with pytest.raises(WrongSetting, match="PROTIBEDON_MAIL_FROM"):
        written(OutgoingMail("receipt-1", ("a@example.org",), "subject", "body"), NOW)
