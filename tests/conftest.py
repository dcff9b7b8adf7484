"""What every test may ask for."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.dovecot import PROGRAM, USERS, ImapServer, imap_server

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports and test vectors that stands beside the repository, where it does."""
    folder = REPOSITORY.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the shared folder with the real reports is not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def imap() -> Iterator[ImapServer]:
    """A real IMAP server, where Dovecot is installed."""
    if not PROGRAM or not shutil.which("openssl"):
        pytest.skip("dovecot-imapd and openssl are needed for a real mailbox")
    with imap_server() as server:
        yield server


@pytest.fixture(scope="session")
def unused_mailboxes() -> Iterator[str]:
    return iter(USERS)


@pytest.fixture
def user(unused_mailboxes: Iterator[str]) -> str:
    """The name of a mailbox that no other test has used."""
    return next(unused_mailboxes)
