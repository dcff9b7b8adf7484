"""Mail handed to a real server: a process of its own that keeps what it takes."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.outbox import Outbox, State
from flows.outgoing_mail import OutgoingMail, written
from flows.posting import Posted, post
from flows.settings import WrongSetting
from tests.conftest import REPOSITORY
from tests.flows.mail_servers import mail_server, safe_mail_server

NOW = datetime(2026, 1, 16, tzinfo=UTC)
KILLED_POSTING = """
import sys
from pathlib import Path
from tests.flows.test_posting import post_all
post_all(Path(sys.argv[1]))
"""
KILLED_AT_A_STEP = """
import os, signal, sys
from itertools import count
from pathlib import Path
from extractors import durable
from flows import outbox
from flows.outbox import Outbox
from tests.flows.test_posting import post_all, put

steps, last = count(1), int(sys.argv[2])

def die_at_the_last(*_):
    if next(steps) == last:
        os.kill(os.getpid(), signal.SIGKILL)

durable.force_to_disk = outbox.force_to_disk = die_at_the_last
put(Outbox(Path(sys.argv[1])), ("receipt-a", "natore@example.org"))
post_all(Path(sys.argv[1]))
"""


@pytest.fixture
def server(tmp_path, monkeypatch):
    with mail_server(tmp_path / "server") as process:
        _set(monkeypatch, process.settings())
        yield process


@pytest.fixture
def outbox(tmp_path) -> Outbox:
    return Outbox(tmp_path / "outbox")


def _set(monkeypatch, settings: dict[str, str]) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)


def put(outbox: Outbox, *addressed: tuple[str, str | tuple[str, ...]]) -> None:
    with outbox.held():
        for name, to in addressed:
            mail = OutgoingMail(name, (to,) if isinstance(to, str) else to, f"বিষয় {name}", "মহোদয়,\n.\n")
            outbox.put(name, written(mail, NOW))


def post_all(folder: Path) -> Posted:
    outbox = Outbox(folder)
    with outbox.held():
        return post(outbox, "receipt-")


def states(outbox: Outbox) -> dict[str, list[str]]:
    return {state.name: names for state in State if (names := outbox.names(state))}


def test_each_mail_arrives_once_as_it_was_written(server, outbox):
    put(outbox, ("receipt-a", "natore@example.org"), ("receipt-b", "pabna@example.org"))
    assert post_all(outbox.folder) == Posted(sent=("receipt-a", "receipt-b"))
    assert post_all(outbox.folder) == Posted()
    put(outbox, ("receipt-a", "natore@example.org"))  # said once more
    assert post_all(outbox.folder) == Posted()
    first, second = server.taken()
    assert (first.sender, first.to) == ("reports@example.org", ("natore@example.org",))
    assert (first.mail["Subject"], first.mail.get_content()) == ("বিষয় receipt-a", "মহোদয়,\r\n.\r\n")
    assert (server.folder / "000.eml").read_bytes() == outbox.read("receipt-a", State.SENT)
    assert second.to == ("pabna@example.org",)


def test_only_the_kind_asked_for_is_sent(server, outbox):
    put(outbox, ("receipt-a", "natore@example.org"), ("reminder-a", "natore@example.org"))
    assert post_all(outbox.folder).sent == ("receipt-a",)
    assert states(outbox) == {"WAITING": ["reminder-a"], "SENT": ["receipt-a"]}


def test_without_a_server_mail_waits(outbox, monkeypatch):
    monkeypatch.setenv("PROTIBEDON_MAIL_FROM", "reports@example.org")
    put(outbox, ("receipt-a", "natore@example.org"))
    assert post_all(outbox.folder) == Posted(waiting=("receipt-a",))


def test_one_address_refused_does_not_stop_the_others(server, outbox):
    put(
        outbox,
        ("receipt-1", "gone@example.org"),
        ("receipt-2", "later@example.org"),
        ("receipt-3", ("gone@example.org", "natore@example.org")),
        ("receipt-4", ("gone@example.org", "later@example.org")),
        ("receipt-5", "pabna@example.org"),
    )
    posted = post_all(outbox.folder)
    assert posted.sent == ("receipt-3", "receipt-5")
    assert posted.unheard == ("receipt-3",)
    assert posted.refused == ("receipt-1",)
    assert posted.waiting == ("receipt-2", "receipt-4")
    assert "451" in posted.trouble
    assert [taken.to for taken in server.taken()] == [("natore@example.org",), ("pabna@example.org",)]
    told = "\n".join(posted.lines())
    assert "refused/receipt-1.eml" in told
    assert "sent/receipt-3.eml" in told


def test_what_was_left_of_an_erased_mail_is_refused_and_stops_no_other(server, outbox):
    with outbox.held():
        outbox.put("receipt-0", b"Subject: Erased\r\n\r\nThis mail was erased.\r\n")
    put(outbox, ("receipt-1", "natore@example.org"))
    assert post_all(outbox.folder).refused == ("receipt-0",)
    assert states(outbox) == {"REFUSED": ["receipt-0"], "SENT": ["receipt-1"]}


def test_a_server_that_is_away_is_told_and_tried_again(outbox, tmp_path, monkeypatch):
    with mail_server(tmp_path / "server") as gone:
        settings = gone.settings()
    _set(monkeypatch, settings)
    put(outbox, ("receipt-a", "natore@example.org"))
    posted = post_all(outbox.folder)
    assert posted.waiting == ("receipt-a",)
    assert "could not be reached (Connection refused)" in posted.trouble
    with mail_server(tmp_path / "server") as back:
        _set(monkeypatch, back.settings())
        assert post_all(outbox.folder) == Posted(sent=("receipt-a",))
        assert len(back.taken()) == 1


def test_an_answer_that_is_lost_makes_a_mail_doubtful_and_no_other(server, outbox):
    put(outbox, *((f"receipt-{letter}", "natore@example.org") for letter in "abc"))
    (server.folder / "lose-answer").touch()
    posted = post_all(outbox.folder)
    assert posted.doubtful == ("receipt-a",)
    assert posted.sent == ("receipt-b", "receipt-c")
    assert "doubtful/receipt-a.eml" in "\n".join(posted.lines())
    assert post_all(outbox.folder) == Posted(doubtful=("receipt-a",))  # told again, never sent again
    assert len(server.taken()) == 3
    outbox.path("receipt-a", State.DOUBTFUL).rename(
        outbox.path("receipt-a", State.WAITING)
    )  # a person decides
    assert post_all(outbox.folder) == Posted(sent=("receipt-a",))


def test_a_run_killed_while_the_server_takes_a_mail_sends_it_no_second_time(server, outbox):
    put(outbox, ("receipt-a", "natore@example.org"), ("receipt-b", "pabna@example.org"))
    (server.folder / "hold-answer").touch()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(REPOSITORY), *sys.path])}
    command = [sys.executable, "-c", KILLED_POSTING, str(outbox.folder)]
    with subprocess.Popen(command, cwd=REPOSITORY, env=environment) as run:
        _wait_for(lambda: server.taken())
        assert states(outbox) == {"WAITING": ["receipt-b"], "SENDING": ["receipt-a"]}
        run.send_signal(signal.SIGKILL)
    assert post_all(outbox.folder) == Posted(sent=("receipt-b",), doubtful=("receipt-a",))
    assert [taken.to for taken in server.taken()] == [("natore@example.org",), ("pabna@example.org",)]


@pytest.mark.parametrize("step", range(1, 7))
def test_a_run_killed_at_any_step_loses_no_mail_and_sends_none_twice(server, outbox, step):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(REPOSITORY), *sys.path])}
    command = [sys.executable, "-c", KILLED_AT_A_STEP, str(outbox.folder), str(step)]
    killed = subprocess.run(command, cwd=REPOSITORY, env=environment, timeout=60, check=False)
    assert killed.returncode == -signal.SIGKILL
    put(outbox, ("receipt-a", "natore@example.org"))  # the next run says the same
    posted = post_all(outbox.folder)
    assert len(server.taken()) <= 1
    assert server.taken() or posted.doubtful == ("receipt-a",)  # what did not arrive, a person is told of
    assert [name for names in states(outbox).values() for name in names] == ["receipt-a"]


def test_two_runs_do_not_send_the_same_mail(server, outbox):
    put(outbox, *((f"receipt-{number}", "natore@example.org") for number in range(20)))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(REPOSITORY), *sys.path])}
    command = [sys.executable, "-c", KILLED_POSTING, str(outbox.folder)]
    runs = [subprocess.Popen(command, cwd=REPOSITORY, env=environment) for _ in range(2)]
    assert [run.wait(timeout=60) for run in runs] == [0, 0]
    assert len({taken.mail["Message-ID"] for taken in server.taken()}) == len(server.taken()) == 20


def test_a_server_that_wants_tls_and_a_login_gets_them(outbox, tmp_path, monkeypatch):
    with safe_mail_server(tmp_path / "server") as server:
        _set(monkeypatch, server.settings())
        put(outbox, ("receipt-a", "natore@example.org"))

        monkeypatch.setenv("PROTIBEDON_SMTP_PASSWORD", "wrong-5e1f")
        refused = post_all(outbox.folder)
        assert refused.waiting == ("receipt-a",)
        assert "refused us (535)" in refused.trouble
        assert "wrong-5e1f" not in repr(refused)

        _set(monkeypatch, server.settings())
        monkeypatch.delenv("SSL_CERT_FILE")  # nobody vouches for it
        assert "could not be trusted" in post_all(outbox.folder).trouble

        _set(monkeypatch, server.settings())
        assert post_all(outbox.folder) == Posted(sent=("receipt-a",))
        assert server.taken()[0].mail["Subject"] == "বিষয় receipt-a"


def test_a_server_that_lets_nobody_in_without_a_login_is_away(outbox, tmp_path, monkeypatch):
    with safe_mail_server(tmp_path / "server") as server:
        _set(monkeypatch, {**server.settings(), "PROTIBEDON_SMTP_USER": ""})
        put(outbox, ("receipt-a", "natore@example.org"))
        posted = post_all(outbox.folder)
    assert posted.waiting == ("receipt-a",)  # it is ours to mend, and not the mail's fault
    assert "takes nothing from us (530)" in posted.trouble


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("PROTIBEDON_SMTP_SECURITY", "ssl", "starttls, tls or none"),
        ("PROTIBEDON_SMTP_USER", "reports", "no password is sent for all to read"),
        ("PROTIBEDON_SMTP_PORT", "smtp", "PROTIBEDON_SMTP_PORT"),
    ],
)
def test_settings_that_cannot_be_meant_are_told_and_nothing_is_sent(
    server, outbox, monkeypatch, setting, value, told
):
    put(outbox, ("receipt-a", "natore@example.org"))
    monkeypatch.setenv(setting, value)
    with pytest.raises(WrongSetting, match=told):
        post_all(outbox.folder)
    assert states(outbox) == {"WAITING": ["receipt-a"]}
    assert server.taken() == []


def _wait_for(condition, seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)
