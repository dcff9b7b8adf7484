"""Notices: somebody hears that a run failed or rejected a report, and a deaf listener costs nothing."""

import logging
from datetime import UTC, datetime
from uuid import UUID

import pytest
from click.testing import CliRunner

from flows import road
from flows.cli import main
from flows.home import Home
from flows.notice import Event, Notice, sentence_of_failure
from flows.notifying import failure_notified, notify, notify_of_failed_run, notify_of_rejections
from flows.outbox import Outbox, State
from tests.flows.listeners import listener
from tests.flows.mail_servers import mail_server
from transforms.finding import finding
from transforms.report import Report
from warehouse.audit import AuditFailed, Violation
from warehouse.connection import WarehouseBusy

NOTICE = Notice(
    Event.FAILURE, "ingest", "Another process holds the warehouse open.", datetime(2026, 1, 16, tzinfo=UTC)
)
UNKNOWN_FORM = finding("unknown_form", file="রহিম.docx", reason_bn="x", reason_en="x")
REPORTS = [Report("a"), Report("b").with_findings([UNKNOWN_FORM])]


@pytest.fixture
def heard(monkeypatch):
    with listener() as one:
        monkeypatch.setenv("PROTIBEDON_NOTIFY_WEBHOOK", one.address())
        yield one


@pytest.fixture
def place(home) -> Home:
    return Home(home)


def test_nobody_is_told_of_anything_by_default(place):
    notify(place, NOTICE)
    assert not place.folder.exists()


def test_a_webhook_gets_a_short_json(place, heard):
    notify(place, NOTICE)
    assert heard.notices == [
        {
            "text": "Protibedon · ingest: Another process holds the warehouse open.",
            "event": "failure",
            "run": "ingest",
            "at": "2026-01-16T00:00:00+00:00",
        }
    ]
    assert heard.paths == ["/services/hook"]


def test_a_failure_is_told_and_passes(place, heard):
    with pytest.raises(WarehouseBusy), failure_notified(place, "ingest"):
        raise WarehouseBusy("warehouse.duckdb is in use by another run")
    assert [notice["run"] for notice in heard.notices] == ["ingest"]
    with failure_notified(place, "ingest"):
        pass
    assert len(heard.notices) == 1


def test_a_command_that_fails_tells_what_kind_of_fault_it_met_and_no_more(place, heard, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("রহিম, 01711123456")

    monkeypatch.setattr(road, "receive", fail)
    done = CliRunner().invoke(main, ["ingest", "--home", str(place.folder)])
    assert isinstance(done.exception, ZeroDivisionError)  # its traceback is kept
    [notice] = heard.notices
    assert "ZeroDivisionError" in notice["text"]
    assert "রহিম" not in notice["text"]


@pytest.mark.parametrize(("asked", "told"), [("failure", 0), ("rejection", 1)])
def test_rejections_are_told_where_they_are_asked_for(place, heard, monkeypatch, asked, told):
    monkeypatch.setenv("PROTIBEDON_NOTIFY_ON", asked)
    notify_of_rejections(place, "ingest", REPORTS)
    notify_of_rejections(place, "ingest", [Report("a")])
    assert [notice["text"] for notice in heard.notices] == [
        "Protibedon · ingest: 1 of 2 reports were rejected: unknown_form 1."
    ] * told


@pytest.mark.parametrize("answer", [302, 404, 500])
def test_a_webhook_that_refuses_is_a_warning_that_does_not_name_it(place, heard, caplog, answer):
    heard.answer = answer
    with caplog.at_level(logging.DEBUG):
        notify(place, NOTICE)
    assert len(heard.notices) == 1  # no redirect is followed
    assert f"the webhook refused a notice ({answer})" in caplog.text
    assert "services" not in caplog.text


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://127.0.0.1:9/services/s3cret", "did not get a notice (URLError)"),
        ("http://127.0.0.1:port/s3cret", "did not get a notice (InvalidURL)"),
        ("http:///s3cret", "did not get a notice"),
        ("file:///etc/s3cret", "is no address that begins with https:// or http://"),
    ],
)
def test_a_webhook_that_is_not_there_never_breaks_the_run(place, caplog, monkeypatch, address, told):
    monkeypatch.setenv("PROTIBEDON_NOTIFY_WEBHOOK", address)
    notify(place, NOTICE)
    assert told in caplog.text
    assert "s3cret" not in caplog.text


def test_a_notice_goes_by_mail_too(place, tmp_path, monkeypatch):
    monkeypatch.setenv("PROTIBEDON_NOTIFY_MAIL", "operator@example.org, director@example.org")
    with mail_server(tmp_path / "server") as server:
        for name, value in server.settings().items():
            monkeypatch.setenv(name, value)
        notify(place, NOTICE)
        [taken] = server.taken()
    assert taken.to == ("operator@example.org", "director@example.org")
    assert taken.mail["Subject"] == NOTICE.text
    assert taken.mail["Auto-Submitted"] == "auto-generated"
    assert Outbox(place.outbox).names(State.SENT) == ["notice-20260116-000000-000000-failure"]


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("PROTIBEDON_MAIL_FROM", ""),
        ("PROTIBEDON_NOTIFY_MAIL", "operator"),
        ("PROTIBEDON_NOTIFY_ON", "everything"),
        ("PROTIBEDON_SMTP_SECURITY", "ssl"),
    ],
)
def test_wrong_settings_of_notices_are_a_warning(place, monkeypatch, caplog, setting, value):
    monkeypatch.setenv("PROTIBEDON_MAIL_FROM", "reports@example.org")
    monkeypatch.setenv("PROTIBEDON_NOTIFY_MAIL", "operator@example.org")
    monkeypatch.setenv("PROTIBEDON_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv(setting, value)
    notify(place, NOTICE)
    assert f"nobody was notified: {setting}" in caplog.text


def test_a_home_that_cannot_be_written_to_is_a_warning(place, monkeypatch, caplog):
    monkeypatch.setenv("PROTIBEDON_MAIL_FROM", "reports@example.org")
    monkeypatch.setenv("PROTIBEDON_NOTIFY_MAIL", "operator@example.org")
    place.folder.write_text("a file where the home should be")
    notify(place, NOTICE)
    assert "a notice could not be mailed (Not a directory)" in caplog.text


@pytest.mark.parametrize(
    ("failure", "sentence"),
    [
        (WarehouseBusy("w"), "Another process holds the warehouse open."),
        (
            AuditFailed([Violation("x", "stop", "y", ({"file_name": "রহিম.docx"},))]),
            "The warehouse contradicts itself, so nothing is published; the copy that readers have stays.",
        ),
        (OSError(28, "No space left on device", "/home/রহিম"), "The run failed: No space left on device."),
        (KeyError("রহিম"), "The run failed by a fault in the program (KeyError); its log says more."),
    ],
)
def test_a_failure_is_told_by_its_kind_and_never_by_what_an_office_wrote(failure, sentence):
    assert sentence_of_failure(failure) == sentence


@pytest.mark.parametrize("settings", ["", "no_such_setting = 1\n"])
def test_a_flow_run_that_failed_or_crashed_is_told(place, heard, settings):
    from prefect.client.schemas.objects import FlowRun
    from prefect.states import Crashed, Failed

    from flows.publish_summaries import publish_summaries

    place.folder.mkdir()
    place.settings.write_text(settings)
    run = FlowRun(flow_id=UUID(int=1), parameters={"home": str(place.folder)})
    for state in (Failed(data=WarehouseBusy("রহিম")), Crashed(message="রহিম")):
        notify_of_failed_run(publish_summaries, run, state)
    assert [(notice["run"], notice["text"].partition(": ")[2]) for notice in heard.notices] == [
        ("publish-summaries", "Another process holds the warehouse open."),
        ("publish-summaries", "The run ended before its time; its log says more."),
    ]


def test_the_settings_of_the_home_hold_for_a_flow_run_that_failed(place, heard):
    from prefect.client.schemas.objects import FlowRun
    from prefect.states import Crashed

    from flows.publish_summaries import publish_summaries

    place.folder.mkdir()
    place.settings.write_text('mail_from = "reports@example.org"\nnotify_mail = "operator@example.org"\n')
    run = FlowRun(flow_id=UUID(int=1), parameters={"home": str(place.folder)})
    notify_of_failed_run(publish_summaries, run, Crashed())
    assert len(Outbox(place.outbox).names(State.WAITING)) == 1
    assert len(heard.notices) == 1
