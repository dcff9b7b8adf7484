"""Whose mail is let in, from a real server's mailbox: strangers, forgers, and what a person decides."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from extractors.originals import Originals
from flows.home import Home, installed_at
from flows.road import read_waiting
from tests.dovecot import PASSWORD
from tests.extractors.mails import NAME, attached, letter, mail
from tests.flows.mailed import NATORE, SENDER, asked, look, read, register, walk
from transforms.reference import ReferenceMistake


def test_what_a_stranger_sends_is_kept_apart_unread(home, mailbox):
    mailbox(mail(attached(NATORE, NAME), sender=f'"{SENDER}" <evil@example.com>'))
    taken = walk(home)
    [report] = taken.fates
    assert report.rejection_code == "unknown_sender"
    assert report.form == ""  # nobody has opened it
    [found] = report.findings
    assert "evil@example.com" in found.message_bn
    assert "তালিকায় নেই" in found.message_bn
    assert Originals(home / "originals").read(taken.received.waiting[0].submission_id) == NATORE
    assert asked(home, "SELECT count(*) FROM observations") == [(0,)]
    assert walk(home).fates == ()  # kept apart, and not asked about again and again


@pytest.mark.parametrize("sender", ["", f"{SENDER}, b@example.com", "undisclosed:;"])
def test_a_message_from_nobody_in_particular_is_a_stranger_s(home, mailbox, sender):
    mailbox(mail(attached(NATORE, NAME), sender=sender))
    [report] = read(home).fates
    assert report.rejection_code == "unknown_sender"
    assert "একটি মাত্র ঠিকানা" in report.findings[0].message_bn


@pytest.mark.parametrize("by_folder", [True, False])
def test_what_was_kept_apart_comes_in_once_somebody_we_know_sends_it(home, mailbox, by_folder):
    mailbox(mail(attached(NATORE, NAME), sender="librarian@example.com"))
    assert walk(home).fates[0].rejection_code == "unknown_sender"
    if by_folder:
        (home / "inbox" / "natore.docx").write_bytes(NATORE)
    else:
        mailbox(mail(attached(NATORE, NAME), sender=SENDER))
    taken = walk(home)
    [report] = taken.fates
    assert (report.office_id, report.rejection_code) == ("natore", None)
    assert taken.received.known == ()
    assert asked(home, "SELECT count(*), count(DISTINCT submission_id) FROM submissions") == [(1, 1)]
    assert walk(home).fates == ()


def test_an_office_taken_off_the_list_keeps_what_it_sent(home, mailbox):
    mailbox(mail(attached(NATORE, NAME), sender=SENDER))
    received = look(home)
    register(home, "other@example.org,natore")
    place = Home(home)
    with installed_at(place):
        [report] = read_waiting(place, received.waiting)
    assert report.rejection_code is None


@pytest.mark.parametrize(
    ("note", "fate"),
    [
        ("mx.example.net; dmarc=pass", None),
        ("mx.example.net; dmarc=fail", "unknown_sender"),
        ("mx.example.com; dmarc=pass", "unknown_sender"),
        ("", "unknown_sender"),
    ],
)
def test_the_own_server_may_be_asked_whether_an_address_is_true(home, mailbox, monkeypatch, note, fate):
    monkeypatch.setenv("PROTIBEDON_MAILBOX_AUTHSERV", "mx.example.net")
    headers = f"Authentication-Results: {note}\r\n" if note else ""
    mailbox(mail(attached(NATORE, NAME), sender=SENDER, headers=headers))
    [report] = read(home).fates
    assert report.rejection_code == fate
    if fate:
        assert "নিশ্চিত করেনি" in report.findings[0].message_bn


def test_a_forged_message_does_not_hide_the_true_one(home, mailbox, monkeypatch):
    monkeypatch.setenv("PROTIBEDON_MAILBOX_AUTHSERV", "mx.example.net")
    true = "Authentication-Results: mx.example.net; dmarc=pass\r\n"
    mailbox(
        mail(attached(NATORE, NAME), sender=SENDER), mail(attached(NATORE, NAME), sender=SENDER, headers=true)
    )
    [report] = read(home).fates
    assert report.rejection_code is None


def test_a_mistake_in_the_list_is_told_before_a_message_is_fetched(home, mailbox):
    register(home, f"{SENDER},nowhere")
    mailbox(mail(attached(NATORE, NAME), sender=SENDER))
    with pytest.raises(ReferenceMistake, match="nowhere"):
        look(home)
    assert asked(home, "SELECT count(*) FROM mails") == [(0,)]


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    program = "import sys; sys.argv[0] = 'protibedon'; from flows.cli import main; main()"
    command = [sys.executable, "-c", program, *words, "--home", str(home)]
    return subprocess.run(command, capture_output=True, text=True)


def test_a_person_lets_a_sender_in_by_commands_and_no_secret_is_written_down(home, mailbox):
    mailbox(mail(letter("সংযুক্ত"), attached(NATORE, NAME), sender="librarian@example.com"))
    told = [run(home, "ingest", "--source", "mailbox")]
    assert told[0].returncode == 1
    assert "unknown_sender" in told[0].stdout
    told.append(run(home, "sender", "waiting"))
    assert f"2025-01-13  librarian@example.com            {NAME}  “প্রতিবেদন”" in told[1].stdout
    told.append(run(home, "sender", "allow", "Librarian@example.com", "nator"))
    assert (told[2].returncode, "nearest are natore" in told[2].stderr) == (2, True)
    told.append(run(home, "sender", "allow", "Librarian@example.com", "natore"))
    assert told[3].returncode == 0
    written = (home / "reference" / "correspondents.csv").read_text(encoding="utf-8-sig")
    assert written == f"address,office_id\n{SENDER},natore\nlibrarian@example.com,natore\n"
    told.append(run(home, "reprocess"))
    assert told[4].returncode == 0, told[4]
    told.append(run(home, "sender", "waiting"))
    assert told[5].stdout.startswith("0 kept apart")
    assert asked(home, "SELECT office_id, status FROM submissions") == [("natore", "accepted")]

    secret = PASSWORD.encode()
    assert not [one for one in told if PASSWORD in one.stdout + one.stderr]
    assert not [path for path in home.rglob("*") if path.is_file() and secret in path.read_bytes()]
    with duckdb.connect(str(home / "published" / "warehouse.duckdb"), read_only=True) as published:
        assert published.execute("SELECT channel, sender FROM submissions").fetchall() == [("mail", None)]
        assert "mails" not in {name for (name,) in published.execute("SHOW TABLES").fetchall()}
    assert b"librarian@" not in (home / "published" / "warehouse.duckdb").read_bytes()
