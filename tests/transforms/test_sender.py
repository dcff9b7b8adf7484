"""Whose mail is let in, and whose reports it may bring."""

from datetime import UTC, datetime

import pytest

from extractors.covering_mail import CoveringMail
from extractors.originals import Arrival
from extractors.submission import Channel, Submission, submission_id_of
from transforms.report import Report
from transforms.sender import is_let_in, sender_of_another_office, unknown_sender

NOW = datetime(2025, 1, 13, tzinfo=UTC)
OFFICES = {"jashore", "khulna", "dhaka", "magura"}


@pytest.fixture(autouse=True)
def registered(tmp_path, monkeypatch):
    rows = "".join(f"{office}@example.org,{office}\n" for office in sorted(OFFICES))
    (tmp_path / "correspondents.csv").write_text(f"address,office_id\n{rows}")
    monkeypatch.setenv("PROTIBEDON_REFERENCE", str(tmp_path))


def by_mail(sender: str, *, is_genuine: bool = True, is_admitted: bool = False) -> Arrival:
    submission = Submission(submission_id_of(b""), "report.docx", Channel.MAIL, sender, NOW, NOW)
    return Arrival(submission, CoveringMail("", "", "", "", is_genuine=is_genuine, is_admitted=is_admitted))


def by_folder() -> Arrival:
    return Arrival(Submission(submission_id_of(b""), "report.docx", Channel.FOLDER, "", NOW, NOW))


@pytest.mark.parametrize(
    "arrival",
    [
        by_folder(),
        by_mail("jashore@example.org"),  # registered since
        by_mail("gone@example.org", is_admitted=True),  # registered then
        Arrival(by_mail("gone@example.org").submission),  # a draft that a person has accepted
    ],
)
def test_what_somebody_answers_for_is_let_in(arrival):
    assert is_let_in(arrival)


@pytest.mark.parametrize(
    ("arrival", "said_bn", "said_en"),
    [
        (by_mail("a@example.com"), "তালিকায় নেই", "“a@example.com” is not on the list"),
        (by_mail("jashore@example.org", is_genuine=False), "নিশ্চিত করেনি", "does not vouch"),
        (by_mail(""), "একটি মাত্র ঠিকানা", "does not name one address"),
        (by_mail("jashore@example.org, a@example.com"), "একটি মাত্র ঠিকানা", "does not name one address"),
    ],
)
def test_what_nobody_answers_for_is_not_and_says_why(arrival, said_bn, said_en):
    assert not is_let_in(arrival)
    found = unknown_sender(arrival.submission, [arrival])
    assert found.code == "unknown_sender"
    assert said_bn in found.message_bn
    assert said_en in found.message_en


@pytest.mark.parametrize(
    ("sender", "report"),
    [
        ("jashore", Report("", office_id="jashore", division_id="khulna")),
        ("khulna", Report("", office_id="jashore", division_id="khulna")),
        ("khulna", Report("", division_id="khulna")),
        ("dhaka", Report("", division_id="dhaka")),  # the national library collects for its division
        ("magura", Report("")),  # nobody knows whose it is
    ],
)
def test_an_office_sends_its_own_report_and_a_divisional_library_its_division_s(sender, report):
    assert sender_of_another_office(report, [by_mail(f"{sender}@example.org")]) == ()


@pytest.mark.parametrize(
    ("sender", "report", "said_bn"),
    [
        ("magura", Report("", office_id="jashore", division_id="khulna"), "যশোর-এর, কিন্তু এসেছে মাগুরা কার্যালয়ের"),
        ("dhaka", Report("", office_id="jashore", division_id="khulna"), "ঢাকা কার্যালয়ের"),
        ("jashore", Report("", division_id="khulna"), "খুলনা-এর, কিন্তু এসেছে যশোর"),
    ],
)
def test_a_report_from_another_office_is_asked_about(sender, report, said_bn):
    [found] = sender_of_another_office(report, [by_mail(f"{sender}@example.org")])
    assert (found.code, found.severity) == ("sender_of_another_office", "warn")
    assert said_bn in found.message_bn


@pytest.mark.parametrize(
    "other", [by_folder(), by_mail("jashore@example.org"), by_mail("gone@x.org", is_admitted=True)]
)
def test_a_report_that_also_came_in_a_better_way_is_not_asked_about(other):
    report = Report("", office_id="jashore", division_id="khulna")
    ways = [by_mail("magura@example.org"), by_mail("stranger@example.com")]
    assert sender_of_another_office(report, ways)
    assert sender_of_another_office(report, [*ways, other]) == ()
