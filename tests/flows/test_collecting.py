"""Reports by mail, from a real server's mailbox into the warehouse, whatever goes wrong on the way."""

import io
import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile

import pytest

from extractors.mailbox import ConnectionLost, Mailbox
from extractors.originals import Originals
from extractors.submission import Channel, submission_id_of
from flows.home import Home
from flows.settings import WrongSetting
from flows.source import Source
from tests.cutting_proxy import breaking_line
from tests.dovecot import MONDAY
from tests.extractors.mails import NAME, attached, forwarded, letter, mail, part
from tests.flows.conftest import EXAMPLES
from tests.flows.mailed import NATORE, SENDER, asked, look, read, walk

JASHORE = (EXAMPLES / "jashore_q1.xlsx").read_bytes()
ROUNDS = int(os.environ.get("PROTIBEDON_TEST_ROUNDS", "4"))


def message(number: int) -> bytes:
    return mail(letter("সংযুক্ত"), attached(b"%d " % number * 2000, f"{number}.txt"), sender=SENDER)


def archive(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as written:
        for name in names:
            written.writestr(name, (EXAMPLES / name).read_bytes())
    return file.getvalue()


def test_an_attachment_becomes_a_submission_and_its_message_is_kept(home, mailbox):
    sent = mail(letter("জনাব, সংযুক্ত।"), attached(NATORE, NAME), sender=f"নাটোর <{SENDER.upper()}>")
    mailbox(sent)
    taken = walk(home)
    [submission] = taken.received.waiting
    assert (submission.file_name, submission.channel, submission.sender) == (NAME, Channel.MAIL, SENDER)
    assert submission.received_at == MONDAY
    [report] = taken.fates
    assert (report.office_id, report.rejection_code) == ("natore", None)
    assert "sender_of_another_office" not in {found.code for found in report.findings}
    originals = Originals(home / "originals")
    assert originals.read(submission_id_of(sent)) == sent
    assert originals.read(submission.submission_id) == NATORE
    [way] = originals.ways(submission.submission_id)
    assert way.mail.subject == "প্রতিবেদন"
    assert way.mail.text == "জনাব, সংযুক্ত।"
    assert way.mail.original == submission_id_of(sent)
    assert asked(home, "SELECT message_id, original, sender, files, is_admitted FROM mails") == [
        ("<1@example.org>", submission_id_of(sent), SENDER, 1, True)
    ]


def test_every_file_of_a_message_is_a_submission(home, mailbox):
    inner = mail(attached(JASHORE, "jashore.xlsx", "application/octet-stream"))
    mailbox(
        mail(
            attached(archive("natore_quarter_1.txt", "natore_quarter_2.docx"), "সব.zip", "application/zip"),
            forwarded(inner),
            part(b"\x78\x9f\x3e\x22" + b"\0" * 200, "Content-Type: application/ms-tnef; name=winmail.dat"),
            sender=SENDER,
        )
    )
    taken = read(home)
    fates = {fate.file_name: fate for fate in taken.fates}
    assert set(fates) == {
        "সব.zip/natore_quarter_1.txt",
        "সব.zip/natore_quarter_2.docx",
        "jashore.xlsx",
        "winmail.dat",
    }
    assert fates["winmail.dat"].rejection_code == "unreadable_file"
    assert "winmail.dat" in fates["winmail.dat"].findings[0].message_bn
    assert {found.code for found in fates["jashore.xlsx"].findings} >= {"sender_of_another_office"}
    assert fates["jashore.xlsx"].status == "accepted_with_findings"


def test_a_letter_without_a_file_is_told_and_kept(home, mailbox):
    sent = mail(letter("ধন্যবাদ"), sender=SENDER)
    mailbox(sent)
    taken = walk(home)
    assert taken.received.waiting == ()
    assert not taken.refused_something
    assert list(taken.lines()) == [f"brought no file         “প্রতিবেদন” from {SENDER}"]
    assert Originals(home / "originals").read(submission_id_of(sent)) == sent
    assert walk(home).received.without_file == ()


def test_what_was_taken_is_not_fetched_again_and_no_flag_is_changed(home, mailbox, imap, user):
    mailbox(message(1), message(2))
    before = imap.flags(user)
    assert len(look(home).waiting) == 2
    assert imap.flags(user) == before
    mailbox(message(3))
    with imap.opened(user) as person:
        person.flag(["1", "2", "3"], "\\Seen", True)  # what people have read already counts no less
    again = look(home)
    assert [one.file_name for one in again.waiting] == ["1.txt", "2.txt", "3.txt"]  # none is loaded yet
    assert again.known == ()
    assert asked(home, "SELECT uid FROM mails ORDER BY uid") == [(1,), (2,), (3,)]


def test_the_same_file_by_mail_twice_and_by_folder_counts_once(home, mailbox):
    mailbox(mail(attached(NATORE, NAME), sender=SENDER), mail(attached(NATORE, "again.docx"), sender=SENDER))
    (home / "inbox").mkdir()
    (home / "inbox" / "natore.docx").write_bytes(NATORE)
    assert len(walk(home).fates) == 1
    again = walk(home)
    assert again.fates == ()
    assert len(again.received.known) == 1
    assert asked(home, "SELECT count(*) FROM submissions") == [(1,)]
    ways = Originals(home / "originals").arrivals(submission_id_of(NATORE))
    assert {one.file_name for one in ways} == {NAME, "again.docx", "natore.docx"}


def test_a_new_numbering_is_looked_at_anew_and_harms_nothing(home, mailbox, imap, user):
    mailbox(message(1), message(2))
    walk(home)
    imap.renumber(user, 4_000_000_000)  # beyond what fits into 32 bits with a sign
    mailbox(message(3))
    taken = walk(home)
    assert [one.file_name for one in taken.received.waiting] == ["3.txt"]
    assert {one.file_name for one in taken.received.known} == {"1.txt", "2.txt"}
    assert asked(home, "SELECT count(*), count(DISTINCT uid_validity), max(uid_validity) FROM mails") == [
        (5, 2, 4_000_000_000)
    ]
    assert asked(home, "SELECT count(*), count(DISTINCT submission_id) FROM submissions") == [(3, 3)]
    assert walk(home).received.known == ()


def test_a_line_that_breaks_in_the_middle_is_taken_up_again(home, mailbox, imap, monkeypatch):
    mailbox(*map(message, range(6)))
    with breaking_line(imap.port, 12_000, 14_000, 18_000) as line:
        monkeypatch.setenv("PROTIBEDON_MAILBOX_PORT", str(line.port))
        received = look(home)
    assert line.connections == 4
    assert received.unavailable == ()
    assert len(received.waiting) == 6
    assert asked(home, "SELECT count(*), count(DISTINCT uid) FROM mails") == [(6, 6)]
    assert asked(home, "SELECT count(*) FROM ledger") == [(6,)]


def test_a_line_that_brings_nothing_is_given_up_and_the_next_run_goes_on(home, mailbox, imap, monkeypatch):
    mailbox(*map(message, range(6)))
    with breaking_line(imap.port, 12_000, then=4_000) as line:
        monkeypatch.setenv("PROTIBEDON_MAILBOX_PORT", str(line.port))
        received = look(home)
    [failure] = received.unavailable
    assert "the connection failed" in failure.cause
    assert 0 < len(received.waiting) < 6
    monkeypatch.setenv("PROTIBEDON_MAILBOX_PORT", str(imap.port))
    again = look(home)
    assert again.unavailable == ()
    assert len(again.waiting) == 6
    assert asked(home, "SELECT count(*), count(DISTINCT uid) FROM mails") == [(6, 6)]


def test_a_message_that_its_server_cannot_read_stops_no_other(home, mailbox, imap, user, monkeypatch):
    monkeypatch.setenv("PROTIBEDON_MAILBOX_MOVE_TO", "Taken")
    mailbox(message(1), message(2), message(3))
    kept_there = sorted((imap.folder / "mail" / user).rglob("*,S=*"))
    kept_there[0].chmod(0)
    received = look(home)
    assert len(received.waiting) == 2
    [failure] = received.unavailable
    assert failure.cause == "its server breaks off at message 1, which was left there"
    assert (len(imap.flags(user, "Taken"))) == 2
    kept_there[0].chmod(0o600)
    again = look(home)
    assert (len(again.waiting), again.unavailable) == (3, ())


def test_a_mailbox_that_is_away_stops_nothing_else(home, mailbox, monkeypatch):
    monkeypatch.setenv("PROTIBEDON_MAILBOX_PORT", "1")
    (home / "inbox").mkdir()
    (home / "inbox" / "natore.docx").write_bytes(NATORE)
    taken = read(home)
    assert [report.status for report in taken.fates] == ["accepted"]
    [failure] = taken.received.unavailable
    assert failure.cause == "the connection failed (connection refused)"
    assert taken.refused_something


def test_a_message_that_is_too_large_is_told_and_left(home, mailbox, imap, user, monkeypatch):
    monkeypatch.setenv("PROTIBEDON_MAILBOX_LARGEST_MB", "0.1")
    monkeypatch.setenv("PROTIBEDON_MAILBOX_MOVE_TO", "Taken")
    mailbox(mail(attached(b"film" * 50_000, "film.mp4"), sender=SENDER), message(1))
    received = look(home)
    assert [one.file_name for one in received.waiting] == ["1.txt"]
    [failure] = received.unavailable
    assert (
        f"“প্রতিবেদন” from {SENDER} has 0.3 MB and was left there; mailbox_largest_mb is 0.1" in failure.cause
    )
    assert len(imap.flags(user)) == 1
    monkeypatch.setenv("PROTIBEDON_MAILBOX_LARGEST_MB", "1")
    assert {one.file_name for one in look(home).waiting} == {"1.txt", "film.mp4"}


def test_messages_are_moved_only_once_they_are_kept(home, mailbox, imap, user, monkeypatch):
    mailbox(message(1), message(2))
    look(home)  # and killed before it could move anything, as it were
    assert len(imap.flags(user)) == 2
    monkeypatch.setenv("PROTIBEDON_MAILBOX_MOVE_TO", "গৃহীত")
    mailbox(message(3))
    look(home, is_rehearsal=True)
    assert len(imap.flags(user)) == 3
    assert look(home).known == ()
    assert imap.flags(user) == []
    assert not any("\\Seen" in flags for flags in imap.flags(user, "গৃহীত"))
    assert len(imap.flags(user, "গৃহীত")) == 3
    assert asked(home, "SELECT count(*) FROM mails") == [(3,)]


def test_a_server_that_breaks_off_at_each_move_ends_no_run_in_a_circle(home, mailbox, monkeypatch):
    """What is told already is not asked for again, or every new connection would look like progress."""
    monkeypatch.setenv("PROTIBEDON_MAILBOX_LARGEST_MB", "0.1")
    monkeypatch.setenv("PROTIBEDON_MAILBOX_MOVE_TO", "Taken")
    mailbox(mail(attached(b"film" * 50_000, "film.mp4"), sender=SENDER), message(1))
    moves = 0

    def break_off(opened: Mailbox, *_: object) -> None:
        nonlocal moves
        moves += 1
        assert moves < 10
        raise ConnectionLost(opened.account.place, "the connection failed")

    monkeypatch.setattr(Mailbox, "move", break_off)
    received = look(home)
    assert [one.file_name for one in received.waiting] == ["1.txt"]
    assert len(received.unavailable) == 2


def test_the_mailbox_is_looked_into_only_where_it_is_wanted(home, mailbox, monkeypatch):
    mailbox(message(1))
    assert look(home, Source.INBOX).waiting == ()
    (home / "inbox" / "natore.docx").write_bytes(NATORE)
    assert [one.file_name for one in look(home, Source.MAILBOX).waiting] == ["1.txt"]
    monkeypatch.delenv("PROTIBEDON_MAILBOX_HOST")
    assert {one.file_name for one in look(home).waiting} == {"1.txt", "natore.docx"}
    with pytest.raises(WrongSetting, match="no mailbox is configured"):
        look(home, Source.MAILBOX)


@pytest.mark.parametrize("name", ["MAILBOX_USER", "MAILBOX_PASSWORD"])
def test_a_mailbox_that_nobody_can_log_in_to_is_told(home, mailbox, monkeypatch, name):
    monkeypatch.delenv(f"PROTIBEDON_{name}")
    with pytest.raises(WrongSetting, match=name.lower()):
        look(home)


COLLECT = """
import sys
from flows.home import Home, installed_at
from flows.road import receive
from flows.source import Source
place = Home.at(sys.argv[1])
with installed_at(place):
    print("ready", flush=True)
    receive(place, source=Source.MAILBOX)
"""


def test_a_run_killed_at_any_moment_loses_and_doubles_nothing(home, mailbox, imap, user, monkeypatch):
    """PROTIBEDON_TEST_ROUNDS sets how often; each round kills a run somewhere within its work."""
    monkeypatch.setenv("PROTIBEDON_MAILBOX_MOVE_TO", "Taken")
    luck = random.Random(8)
    sent = [message(number) for number in range(4 * ROUNDS)]
    for round_number in range(ROUNDS):
        mailbox(*sent[4 * round_number : 4 * round_number + 4])
        with subprocess.Popen([sys.executable, "-c", COLLECT, home], stdout=subprocess.PIPE) as process:
            assert process.stdout.readline() == b"ready\n"
            time.sleep(luck.uniform(0, 0.5))
            process.send_signal(signal.SIGKILL)
    received = look(home)
    assert received.unavailable == ()
    assert {one.file_name for one in received.waiting} == {f"{number}.txt" for number in range(4 * ROUNDS)}
    originals = Originals(home / "originals")
    assert all(originals.read(submission_id_of(one)) == one for one in sent)
    assert asked(home, "SELECT count(*), count(DISTINCT submission_id) FROM ledger") == [(4 * ROUNDS,) * 2]
    assert asked(home, "SELECT count(*), count(DISTINCT uid) FROM mails") == [(4 * ROUNDS,) * 2]
    assert (len(imap.flags(user)), len(imap.flags(user, "Taken"))) == (0, 4 * ROUNDS)
    for record in (home / "originals").glob("??/*.json"):
        assert len(json.loads(record.read_text())["arrivals"]) == 1


def test_a_run_under_prefect_looks_for_a_lost_mailbox_again(home, mailbox, monkeypatch):
    from flows.ingest_reports import SourceAway
    from flows.ingest_reports import receive as receive_task

    monkeypatch.setenv("PROTIBEDON_MAILBOX_PORT", "1")
    with pytest.raises(SourceAway, match="connection refused"):
        receive_task.fn(Home(home), (), Source.MAILBOX, True)
