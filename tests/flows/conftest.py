"""Prefect for the tests of flows: one database and server for the session, in a folder of its own."""

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.dovecot import ImapServer

EXAMPLES = REPOSITORY / "examples" / "inbox"


@pytest.fixture(scope="session")
def prefect_at_work() -> Iterator[None]:
    """A temporary Prefect server that flows in this process report to, and that calls no one itself."""
    os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=120):
        yield


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def mailbox(
    home: Path, imap: ImapServer, user: str, monkeypatch: pytest.MonkeyPatch
) -> Callable[[bytes], None]:
    """A mailbox of the test's own: the settings lead to it, and what is delivered is there for the next run.

    The home knows one correspondent.
    """
    from tests.flows.mailed import SENDER, register

    for name, value in imap.settings(user).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PROTIBEDON_SETTLE_SECONDS", "0")
    register(home, f"{SENDER},natore")
    return partial(imap.deliver, user)
