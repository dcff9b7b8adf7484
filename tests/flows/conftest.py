"""Prefect for the tests of flows: one database and server for the session, in a folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

EXAMPLES = REPOSITORY / "examples" / "inbox"


@pytest.fixture(scope="session")
def prefect_at_work() -> Iterator[None]:
    """A temporary Prefect server that flows in this process report to."""
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=120):
        yield


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"
