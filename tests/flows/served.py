"""`protibedon serve` as its operator starts it, on free ports of this machine, and the API of its server."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.conftest import REPOSITORY

PATIENCE_SECONDS = 120
READY = "Ctrl-C stops everything"
OVER = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")


def wait_until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.2)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def is_listened_on(port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


def serve_command(home: Path, port: int) -> list[str]:
    program = str(Path(sys.executable).with_name("protibedon"))
    return [program, "serve", "--home", str(home), "--port", str(port)]


def serve_environment(papers_port: int) -> dict[str, str]:
    """The environment of a terminal: nothing of what the tests have told Prefect in this process."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT")}
    return {**kept, "PROTIBEDON_PAPERS_PORT": str(papers_port)}


class Served:
    """One home that is being served."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port, self.papers_port = free_port(), free_port()
        self.ui = f"http://127.0.0.1:{self.port}"
        self.output = home.with_name("serve.log")
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                serve_command(home, self.port),
                env=serve_environment(self.papers_port),
                cwd=REPOSITORY,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def said(self) -> str:
        return self.output.read_text(encoding="utf-8")

    def wait_until_ready(self) -> None:
        wait_until(lambda: READY in self.said() or self.process.poll() is not None)
        assert READY in self.said(), self.said()

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=90)

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """Ask the API, again while it says that it is busy; a refusal is returned as it was told."""
        request = urllib.request.Request(
            f"{self.ui}/api{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        while True:
            try:
                with urllib.request.urlopen(request, timeout=60) as answer:
                    return json.loads(answer.read())
            except urllib.error.HTTPError as refusal:
                if refusal.code != 503:
                    return json.loads(refusal.read())
                time.sleep(0.5)

    def deployments(self) -> dict[str, dict[str, Any]]:
        return {found["name"]: found for found in self.ask("/deployments/filter", {})}

    def runs(self, deployment: str, *states: str) -> list[dict[str, Any]]:
        """Return a deployment's runs in these states, or in any."""
        wanted = {
            "deployments": {"name": {"any_": [deployment]}},
            "flow_runs": {"state": {"type": {"any_": list(states)}}} if states else {},
            "sort": "EXPECTED_START_TIME_ASC",
        }
        found: list[dict[str, Any]] = self.ask("/flow_runs/filter", wanted)
        return found

    def start(self, deployment: str, **parameters: object) -> Any:
        """Start a run; returns what the server answers, its refusal too."""
        deployment_id = self.deployments()[deployment]["id"]
        return self.ask(f"/deployments/{deployment_id}/create_flow_run", {"parameters": parameters})

    def wait_for(self, run_id: str) -> dict[str, Any]:
        wait_until(lambda: self.ask(f"/flow_runs/{run_id}")["state_type"] in OVER)
        run: dict[str, Any] = self.ask(f"/flow_runs/{run_id}")
        assert run["state_type"] == "COMPLETED", run["state"]
        return run

    def artifact(self, run_id: str, key: str) -> dict[str, Any]:
        found = self.ask("/artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [run_id]}}})
        return next(artifact for artifact in found if artifact["key"] == key)
