"""Mail servers for the tests: started as processes, with the settings that lead to them."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from tests.flows.smtp_process import PASSWORD, USER

PROGRAM = Path(__file__).with_name("smtp_process.py")


@dataclass(frozen=True)
class Taken:
    """A mail as the server took it: who it said it is from, for whom, and the mail itself."""

    sender: str
    to: tuple[str, ...]
    mail: EmailMessage


@dataclass(frozen=True)
class MailServerProcess:
    folder: Path
    port: int

    def settings(self) -> dict[str, str]:
        return {
            "PROTIBEDON_MAIL_FROM": "Department of Libraries <reports@example.org>",
            "PROTIBEDON_SMTP_HOST": "127.0.0.1",
            "PROTIBEDON_SMTP_PORT": str(self.port),
            "PROTIBEDON_SMTP_SECURITY": "none",
        }

    def taken(self) -> list[Taken]:
        return [self._taken(path) for path in sorted(self.folder.glob("*.json"))]

    def _taken(self, path: Path) -> Taken:
        envelope = json.loads(path.read_text())
        mail = message_from_bytes(path.with_suffix(".eml").read_bytes(), policy=SMTP)
        return Taken(envelope["from"], tuple(envelope["to"]), mail)


@dataclass(frozen=True)
class SafeMailServerProcess(MailServerProcess):
    """One that wants STARTTLS and a login; its certificate is to be trusted by `SSL_CERT_FILE`."""

    certificate: Path

    def settings(self) -> dict[str, str]:
        return {
            **MailServerProcess.settings(self),
            "PROTIBEDON_SMTP_SECURITY": "starttls",
            "PROTIBEDON_SMTP_USER": USER,
            "PROTIBEDON_SMTP_PASSWORD": PASSWORD,
            "SSL_CERT_FILE": str(self.certificate),
        }


@contextmanager
def mail_server(folder: Path) -> Iterator[MailServerProcess]:
    with _started(folder) as port:
        yield MailServerProcess(folder, port)


@contextmanager
def safe_mail_server(folder: Path) -> Iterator[SafeMailServerProcess]:
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    folder.mkdir()
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=127.0.0.1"),
            *("-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    with _started(folder, str(certificate), str(key)) as port:
        yield SafeMailServerProcess(folder, port, certificate)


@contextmanager
def _started(folder: Path, *certificate: str) -> Iterator[int]:
    folder.mkdir(exist_ok=True)
    command = [sys.executable, str(PROGRAM), str(folder), *certificate]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            yield int(process.stdout.readline())
        finally:
            process.kill()
