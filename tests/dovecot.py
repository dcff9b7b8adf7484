"""A real IMAP server for the tests: Dovecot, started without privileges in a folder of its own."""

import grp
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from imap_tools.mailbox import MailBox

from extractors.mailbox import Account

PROGRAM = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")
PASSWORD = 'pa"ss\\word of জশোর'
USERS = tuple(f"reports-{number}@example.net" for number in range(100))
MONDAY = datetime(2025, 1, 13, 4, 30, tzinfo=UTC)

CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
mail_location = maildir:~/Maildir
first_valid_uid = 0
first_valid_gid = 0
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
auth_failure_delay = 0
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
"""


@dataclass(frozen=True)
class ImapServer:
    """A running server; its accounts have a mailbox each and all the same password."""

    folder: Path
    port: int
    identity: tuple[int, int]

    @property
    def certificate(self) -> Path:
        return self.folder / "certificate.pem"

    def account(self, user: str, **differing: object) -> Account:
        known = {
            "host": "127.0.0.1",
            "port": self.port,
            "user": user,
            "password": PASSWORD,
            "folder": "INBOX",
            "certificates": self.certificate,
            "timeout": 10.0,
        }
        return Account(**(known | differing))  # type: ignore[arg-type]

    def settings(self, user: str) -> dict[str, str]:
        return {
            "PROTIBEDON_MAILBOX_HOST": "127.0.0.1",
            "PROTIBEDON_MAILBOX_PORT": str(self.port),
            "PROTIBEDON_MAILBOX_USER": user,
            "PROTIBEDON_MAILBOX_PASSWORD": PASSWORD,
            "PROTIBEDON_MAILBOX_CERTIFICATES": str(self.certificate),
            "PROTIBEDON_MAILBOX_TIMEOUT": "10",
        }

    @contextmanager
    def opened(self, user: str, folder: str = "INBOX") -> Iterator[MailBox]:
        """Look into a mailbox as a person's mail program does."""
        trusted = ssl.create_default_context(cafile=self.certificate)
        with MailBox("127.0.0.1", self.port, 10, ssl_context=trusted) as mailbox:
            yield mailbox.login_utf8(user, PASSWORD, initial_folder=folder)

    def deliver(self, user: str, *messages: bytes, at: datetime = MONDAY, folder: str = "INBOX") -> None:
        with self.opened(user) as mailbox:
            for message in messages:
                mailbox.append(message, folder, dt=at)

    def flags(self, user: str, folder: str = "INBOX") -> list[tuple[str, ...]]:
        with self.opened(user) as mailbox:
            mailbox.folder.set(folder, readonly=True)
            return [message.flags for message in mailbox.fetch(mark_seen=False, headers_only=True)]

    def renumber(self, user: str, uid_validity: int) -> None:
        """Give the mailbox a new UIDVALIDITY, as after a restore."""
        configured = ["doveadm", "-c", str(self.folder / "dovecot.conf")]
        renumbered = ["mailbox", "update", "--uid-validity", str(uid_validity), "-u", user, "INBOX"]
        subprocess.run([*configured, *renumbered], check=True, **_as(*self.identity))


@contextmanager
def imap_server() -> Iterator[ImapServer]:
    """Start a server, and end it. Where root runs the tests, it runs as nobody."""
    uid, gid = (os.getuid(), os.getgid()) if os.getuid() else pwd.getpwnam("nobody")[2:4]
    # Not below pytest's own folder, which only its owner may enter.
    folder = Path(tempfile.mkdtemp(prefix="protibedon-dovecot-"))
    try:
        port = _free_port()
        _prepare(folder, port, uid, gid)
        command = [str(PROGRAM), "-F", "-c", str(folder / "dovecot.conf")]
        with subprocess.Popen(command, **_as(uid, gid)) as process:
            try:
                _wait_for(port, folder, process)
                yield ImapServer(folder, port, (uid, gid))
            finally:
                process.terminate()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _prepare(folder: Path, port: int, uid: int, gid: int) -> None:
    for name in ("run", "state", "mail"):
        (folder / name).mkdir()
    certificate = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    of_this_computer = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    subprocess.run([*certificate, *of_this_computer, *files], check=True, capture_output=True)
    (folder / "users").write_text("".join(f"{user}:{{PLAIN}}{PASSWORD}\n" for user in USERS))
    user, group = pwd.getpwuid(uid).pw_name, grp.getgrgid(gid).gr_name
    text = CONFIGURATION.format(folder=folder, port=port, uid=uid, gid=gid, user=user, group=group)
    (folder / "dovecot.conf").write_text(text)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, uid, gid)


def _as(uid: int, gid: int) -> dict[str, object]:
    return {} if os.getuid() == uid else {"user": uid, "group": gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_for(port: int, folder: Path, process: subprocess.Popen[bytes]) -> None:
    for _ in range(100):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        assert process.poll() is None, (folder / "log").read_text()
        time.sleep(0.05)
    raise AssertionError((folder / "log").read_text())
