"""Prefect's server ends in the middle of a run and is started again: killed alone, or with all of `serve`."""

import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil

from tests.faults.installation import half_loaded
from tests.faults.round import Round
from tests.flows.served import Served

DEPLOYMENT = "ingest-reports"


def server_restarts(folder: Path, chance: random.Random) -> Iterator[Round]:
    """Kill the server under a run of the deployment; the next run, at a new server, must complete."""
    installation = half_loaded(folder / "home", chance, loaded=2)
    served = Served(installation.home)
    served.wait_until_ready()
    served.start(DEPLOYMENT)
    time.sleep(chance.uniform(0, 12))
    whole = chance.random() < 0.5
    if whole:
        _kill_everything(served)
    else:
        _kill_server_alone(served)
    served = Served(installation.home)
    try:
        served.wait_until_ready()
        served.wait_for(served.start(DEPLOYMENT)["id"])
    finally:
        served.stop()
    yield Round(installation, "all of it killed" if whole else "the server alone killed")


def _kill_server_alone(served: Served) -> None:
    """Kill the companion that is the server; the program that serves then ends by itself."""
    children = psutil.Process(served.process.pid).children()
    [server] = [child for child in children if "server" in child.cmdline()]
    os.kill(server.pid, signal.SIGKILL)
    served.process.wait(timeout=120)


def _kill_everything(served: Served) -> None:
    """Kill the program that serves, and all that it has started, as a machine does that loses its power."""
    program = psutil.Process(served.process.pid)
    for process in (program, *program.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            process.kill()
    served.process.wait(timeout=60)
