"""The mailbox, against a real server."""

import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from extractors.inbox import SourceUnavailable
from extractors.mailbox import ConnectionLost, open_mailbox
from tests.cutting_proxy import breaking_line
from tests.dovecot import MONDAY, PASSWORD
from tests.extractors.mails import NAME, attached, letter, mail

MESSAGE = mail(letter("জনাব"), attached(b"report " * 400, NAME))
OTHER = mail(letter("আরেকটি"))


def test_messages_are_fetched_byte_for_byte_with_the_server_s_time(imap, user):
    imap.deliver(user, MESSAGE, OTHER)
    with open_mailbox(imap.account(user)) as mailbox:
        assert mailbox.uids() == [1, 2]
        assert mailbox.uid_validity > 0
        assert mailbox.sizes([1, 2, 99]) == {1: len(MESSAGE), 2: len(OTHER)}
        fetched = mailbox.fetch(1)
        assert (fetched.uid, fetched.content, fetched.received_at) == (1, MESSAGE, MONDAY)
        assert mailbox.fetch(1, headers_only=True).content == MESSAGE.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
        assert mailbox.fetch(99) is None


def test_an_empty_mailbox_is_one_without_messages(imap, user):
    with open_mailbox(imap.account(user)) as mailbox:
        assert mailbox.uids() == []
        assert mailbox.sizes([]) == {}


def test_many_messages_are_measured_in_several_commands(imap, user):
    imap.deliver(user, *[OTHER] * 205)
    with open_mailbox(imap.account(user)) as mailbox:
        assert mailbox.sizes(mailbox.uids()) == dict.fromkeys(range(1, 206), len(OTHER))


def test_no_message_is_received_later_than_now(imap, user):
    imap.deliver(user, OTHER, at=datetime.now(UTC) + timedelta(days=400))
    with open_mailbox(imap.account(user)) as mailbox:
        assert datetime.now(UTC) - mailbox.fetch(1).received_at < timedelta(minutes=1)


def test_looking_changes_no_flag(imap, user):
    imap.deliver(user, MESSAGE, OTHER)
    with imap.opened(user) as person:
        person.flag("2", "\\Seen", True)
    before = imap.flags(user)
    with open_mailbox(imap.account(user)) as mailbox:
        assert [mailbox.fetch(uid).content for uid in mailbox.uids()] == [MESSAGE, OTHER]
    assert imap.flags(user) == before
    assert ["\\Seen" in flags for flags in before] == [False, True]


@pytest.mark.parametrize("folder", ["Taken", "গৃহীত", "Taken reports"])
def test_messages_are_moved_into_a_folder_that_is_made_for_them(imap, user, folder):
    imap.deliver(user, MESSAGE, OTHER, OTHER)
    with imap.opened(user) as person:
        person.flag("1", "\\Flagged", True)
    with open_mailbox(imap.account(user)) as mailbox:
        mailbox.move([1, 2], folder)
    with open_mailbox(imap.account(user)) as mailbox:
        mailbox.move([3], folder)
        assert mailbox.uids() == []
    moved = imap.flags(user, folder)
    assert len(moved) == 3
    assert "\\Flagged" in moved[0]
    assert not any("\\Seen" in flags for flags in moved)


def test_nothing_is_moved_once_the_numbers_mean_something_else(imap, user):
    imap.deliver(user, MESSAGE)
    with open_mailbox(imap.account(user)) as mailbox:
        looked_at = mailbox.uid_validity
        imap.renumber(user, looked_at + 7)
        mailbox.move([1], "Taken")
    with open_mailbox(imap.account(user)) as mailbox:
        assert mailbox.uid_validity == looked_at + 7
        assert mailbox.uids() == [1]


@pytest.mark.parametrize(
    ("differing", "sentence"),
    [
        ({"password": "wrong"}, "the user name or the password was not accepted"),
        ({"password": "ভুল"}, "the user name or the password was not accepted"),
        ({"folder": "Nowhere"}, "there is no such folder"),
        ({"certificates": None}, "its certificate is not trusted (self-signed certificate)"),
        (
            {"certificates": Path("/nowhere.pem")},
            "the certificates to trust cannot be read from /nowhere.pem (no",
        ),
        ({"certificates": Path(__file__)}, "the certificates to trust cannot be read from"),
        ({"host": "mail.invalid"}, "no server of that name is found"),
        ({"port": 1}, "the connection failed (connection refused)"),
    ],
)
def test_a_mailbox_that_cannot_be_entered_says_why_in_one_sentence(imap, user, differing, sentence):
    account = imap.account(user, **differing)
    with pytest.raises(SourceUnavailable) as told, open_mailbox(account):
        pass
    assert str(told.value).startswith(f"{account.place}: {sentence}")
    assert "\n" not in str(told.value)


def test_a_certificate_of_another_host_is_not_trusted(imap, user):
    account = imap.account(user, host="localhost")
    with pytest.raises(SourceUnavailable, match="certificate is not trusted"), open_mailbox(account):
        pass


def test_a_server_that_speaks_no_tls_gets_no_password(user, imap):
    with socket.create_server(("127.0.0.1", 0)) as plain:
        plain.settimeout(5)
        account = imap.account(user, port=plain.getsockname()[1], timeout=1.0)
        with pytest.raises(ConnectionLost), open_mailbox(account):
            pass
        with plain.accept()[0] as connection:
            assert PASSWORD.encode() not in connection.recv(4096)


@pytest.mark.parametrize("allowance", [0, 700, 3000, 4500])
def test_a_line_that_breaks_is_told_wherever_it_does(imap, user, allowance):
    imap.deliver(user, *[MESSAGE] * 4)
    with breaking_line(imap.port, then=allowance) as line:
        account = imap.account(user, port=line.port)
        with pytest.raises(ConnectionLost, match="the connection failed"), open_mailbox(account) as mailbox:
            for uid in mailbox.uids():
                mailbox.fetch(uid)


def test_the_password_is_in_nothing_that_is_printed(imap, user):
    account = imap.account(user)
    assert PASSWORD not in repr(account)
    assert PASSWORD not in account.place
