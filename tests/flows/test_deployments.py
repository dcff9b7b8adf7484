"""A real server, a real deployment: schedules must become runs, which the wrong library versions prevent."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import REPOSITORY

pytestmark = pytest.mark.server
PATIENCE_SECONDS = 120


class Server:
    """A Prefect server on a free port of this machine, and the command line that talks to it."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.api = f"http://127.0.0.1:{self.port}/api"
        self.environment = {
            **os.environ,
            "PREFECT_HOME": str(folder),
            "PREFECT_API_URL": self.api,
            "PREFECT_SERVER_API_PORT": str(self.port),
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
        }
        self.log = folder / "server.log"

    def prefect(self, *arguments: str) -> None:
        program = str(Path(sys.executable).with_name("prefect"))
        subprocess.run([program, *arguments], env=self.environment, cwd=REPOSITORY, check=True, timeout=120)

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        request = urllib.request.Request(
            self.api + path,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read())

    def wait_until_healthy(self) -> None:
        def is_healthy() -> bool:
            try:
                return self.ask("/health") is True
            except OSError:
                return False

        wait_until(is_healthy)


def wait_until(holds: Any) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.5)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("prefect"))
    program = str(Path(sys.executable).with_name("prefect"))
    with server.log.open("w") as log:
        process = subprocess.Popen(
            [program, "server", "start"], env=server.environment, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            server.wait_until_healthy()
            yield server
        finally:
            process.terminate()
            process.wait(timeout=60)


def test_the_deployments_get_their_runs_in_dhaka_time(server):
    server.prefect("work-pool", "create", "protibedon", "--type", "process")
    server.prefect("--no-prompt", "deploy", "--all")
    deployments = {found["name"]: found for found in server.ask("/deployments/filter", {})}
    assert set(deployments) == {"ingest-reports", "publish-summaries", "reprocess-quarter"}
    for deployment in deployments.values():
        assert deployment["entrypoint"].startswith("flows.")
    assert deployments.pop("reprocess-quarter")["schedules"] == []
    for deployment in deployments.values():
        [schedule] = deployment["schedules"]
        assert schedule["schedule"]["timezone"] == "Asia/Dhaka"
        assert schedule["active"] is True

    def scheduled() -> list[dict[str, Any]]:
        return server.ask(
            "/flow_runs/filter",
            {
                "deployments": {"name": {"any_": ["ingest-reports"]}},
                "flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}},
                "sort": "EXPECTED_START_TIME_ASC",
            },
        )

    wait_until(scheduled)
    first = scheduled()[0]["expected_start_time"]
    # Nine in the morning in Dhaka, in a month that follows a quarter's end.
    assert first[11:16] == "03:00"
    assert int(first[5:7]) in (1, 4, 7, 10)
