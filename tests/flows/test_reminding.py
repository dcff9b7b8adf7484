"""Reminders: offices whose report has not come are written to, once for each day that is for reminding."""

import shutil
from datetime import date, timedelta
from email import message_from_bytes
from email.policy import SMTP

import pytest
from click.testing import CliRunner

from flows.cli import main
from flows.home import Home
from flows.outbox import Outbox, State
from flows.reminding import Reminded, remind
from flows.settings import WrongSetting
from tests.flows.mail_servers import mail_server
from tests.warehouse.reports import office_report, submission
from warehouse.connection import open_writer
from warehouse.load import load

DUE = date(2025, 1, 15)
SOON, LATE = DUE - timedelta(days=5), DUE + timedelta(days=1)
NARAIL, KHULNA = "reminder-egov-2024-25-q2-narail", "reminder-egov-2024-25-q2-khulna"


@pytest.fixture
def place(home, tmp_path, monkeypatch) -> Home:
    """A home where Narail has reported for the first quarter, and two offices have an address."""
    reference = tmp_path / "reference"
    reference.mkdir()
    (reference / "correspondents.csv").write_text(
        "address,office_id\nnarail@example.org,narail\nkhulna@example.org,khulna\nগ্রন্থাগার@example.org,jashore\n"
    )
    monkeypatch.setenv("PROTIBEDON_REFERENCE", str(reference))
    monkeypatch.setenv("PROTIBEDON_MAIL_FROM", "reports@example.org")
    monkeypatch.setenv("PROTIBEDON_REMINDERS", "true")
    place = Home(home)
    place.make()
    report(place, 1)
    return place


def report(place: Home, quarter: int, office: str = "narail") -> None:
    sent = submission(f"{office} q{quarter}.docx")
    with open_writer(place.warehouse) as connection:
        load(connection, [sent], [office_report(sent, {"4.1.2": 4}, office=office, quarter=quarter)])
    shutil.copyfile(place.warehouse, place.published)  # as publishing does, but for contacts and forms


def waiting(place: Home) -> list[str]:
    return Outbox(place.outbox).names(State.WAITING)


def test_nobody_is_reminded_unless_the_installation_says_so(place, monkeypatch):
    monkeypatch.delenv("PROTIBEDON_REMINDERS")
    assert remind(place, today=SOON) == Reminded(is_off=True)
    assert not place.outbox.exists()


def test_a_dry_run_says_whom_it_would_remind_and_writes_nothing(place, monkeypatch):
    monkeypatch.delenv("PROTIBEDON_REMINDERS")
    reminded = remind(place, today=SOON, dry_run=True)
    assert reminded.written == 2
    assert reminded.sentence().startswith(
        f"{len(reminded.reminders)} reports awaited · 2 reminders would be written"
    )
    assert not place.outbox.exists()


def test_offices_are_reminded_before_and_after_the_due_date_and_once_each_time(place):
    for _ in range(2):
        remind(place, today=SOON)
        remind(place, today=SOON + timedelta(days=1))
    assert waiting(place) == [f"{KHULNA}-5-before", f"{NARAIL}-5-before"]
    mail = message_from_bytes(Outbox(place.outbox).read(f"{NARAIL}-5-before", State.WAITING), policy=SMTP)
    assert mail["To"] == "narail@example.org"
    assert mail["Subject"].startswith("স্মরণপত্র: ২০২৪-২০২৫ অর্থবছরের ২য় ত্রৈমাসিক")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "শেষ তারিখ ১৫/০১/২০২৫" in mail.get_content()
    assert remind(place, today=LATE).written == 2
    assert waiting(place) == [f"{KHULNA}-1-after", f"{NARAIL}-1-after"]  # the others say what is past


def test_an_office_that_has_reported_is_left_alone_and_its_waiting_reminder_taken_back(place):
    remind(place, today=LATE)
    report(place, 2)
    remind(place, today=LATE)
    assert waiting(place) == [f"{KHULNA}-1-after"]


def test_each_reminder_is_sent_once(place, tmp_path, monkeypatch):
    with mail_server(tmp_path / "server") as server:
        for name, value in server.settings().items():
            monkeypatch.setenv(name, value)
        for today in (SOON, SOON, LATE, LATE):
            remind(place, today=today)
        assert [taken.mail["Message-ID"] for taken in server.taken()] == [
            f"<{name}@example.org>"
            for name in (f"{KHULNA}-5-before", f"{NARAIL}-5-before", f"{KHULNA}-1-after", f"{NARAIL}-1-after")
        ]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"fiscal_year": "2023-24"}, []),
        ({"quarter": 3}, []),
        ({"quarter": 2, "office_id": "narail"}, [f"{NARAIL}-5-before"]),
        ({"division_id": "khulna"}, [f"{KHULNA}-5-before", f"{NARAIL}-5-before"]),
        ({"division_id": "sylhet"}, []),
    ],
)
def test_only_what_is_asked_for_is_written(place, asked, names):
    remind(place, today=SOON, **asked)
    assert waiting(place) == names


def test_offices_without_an_address_are_told(place):
    reminded = remind(place, today=SOON, office_id="jashore")
    assert (reminded.written, reminded.without_address) == (0, ("jashore",))
    assert [line for line in reminded.lines() if "jashore" in line and "no address is registered" in line]


@pytest.mark.parametrize("said", ["-5, soon", "1, 99999999999"])
def test_days_that_are_none_are_told(place, monkeypatch, said):
    monkeypatch.setenv("PROTIBEDON_REMIND_DAYS", said)
    with pytest.raises(WrongSetting, match="PROTIBEDON_REMIND_DAYS"):
        remind(place, today=SOON)


def test_the_command_tells_what_it_did(place):
    done = CliRunner().invoke(main, ["remind", "--dry-run", "--home", str(place.folder)])
    assert done.exit_code == 0, done.output
    assert "reminders would be written" in done.output


def test_the_command_says_where_reminders_are_turned_on(place, monkeypatch):
    monkeypatch.delenv("PROTIBEDON_REMINDERS")
    done = CliRunner().invoke(main, ["remind", "--home", str(place.folder)])
    assert (done.exit_code, done.output) == (
        0,
        "reminders are off; PROTIBEDON_REMINDERS=true lets them be written\n",
    )


def test_a_home_where_nothing_was_published_is_told_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("PROTIBEDON_REMINDERS", "true")
    done = CliRunner().invoke(main, ["remind", "--home", str(tmp_path / "new")])
    assert done.exit_code == 2
    assert "no warehouse at" in done.output
