"""Serving: Prefect's server with its UI, the deployments and a worker on one machine, as one program."""

import base64
import fcntl
import os
import signal
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from flows.companion import Companion
from flows.deploying import REPOSITORY, WORK_POOL, CannotDeploy, deploy_all, prefect_command, prepare_server
from flows.home import Home, prefect_settings
from flows.papers_server import HOST, is_free, papers_served

_START_SECONDS = 180  # the first start makes Prefect's own database, on a slow disk
_STOP_SECONDS = 60  # a run under way is given this long to be ended in order
_GLANCE_SECONDS = 0.5
_OTHER_VERSION = "Can't locate revision"
_NO_DATABASE = "file is not a database"


class CannotServe(RuntimeError):  # noqa: N818 (named for what the operator reads)
    """A server that cannot be started, or that has ended by itself, told in one sentence."""


class Asked(Exception):  # noqa: N818 (a request, and no error)
    """Somebody has asked us to stop, by Ctrl-C or by the signal that systemd sends."""


@dataclass(frozen=True, slots=True)
class Address:
    """The ports that are listened on, all on this machine alone; `papers_port` 0 means none."""

    port: int
    papers_port: int

    @property
    def ui(self) -> str:
        """Where the operator opens the UI."""
        return f"http://{HOST}:{self.port}"

    @property
    def api(self) -> str:
        """Where flows and workers report to."""
        return f"{self.ui}/api"


def serve(home: Home, address: Address, say: Callable[[str], None]) -> None:
    """Start everything, say where it is, and stay until somebody asks to stop.

    Schedules stay active over a stop: what falls due meanwhile is late, and begins at the next start. Raises
    `CannotServe` where something is in the way.
    """
    with _stopped_by_signals():
        try:
            _serve(home, address, say)
        except Asked:
            say("stopped; the schedules stay active")


def _serve(home: Home, address: Address, say: Callable[[str], None]) -> None:
    with _only_one(home), ExitStack() as until_the_end:
        for port in (address.port, address.papers_port):
            if port and not is_free(port):
                raise CannotServe(f"port {port} is in use by another program; choose another one")
        environment = environment_of(home, address)
        os.environ.update(environment)  # for Prefect's client in this process, imported further down
        papers = until_the_end.enter_context(papers_served(home.all_summaries, address.papers_port))
        _stay(home, address, environment, say, papers)


def environment_of(home: Home, address: Address) -> dict[str, str]:
    """Return the environment of the server, its worker and their runs; what the operator has set, holds.

    Everything stays on this machine: no analytics, and the older UI, since the newer one calls outside.
    """
    chosen = {
        **prefect_settings(home),
        "PREFECT_SERVER_UI_V2_ENABLED": "false",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        # Where the server unpacks the pages of the UI: the program's own folder may be read-only.
        "PREFECT_SERVER_UI_STATIC_DIRECTORY": str(home.prefect / "ui"),
        # SQLite has one writer at a time, and a busy machine may keep the others waiting.
        "PREFECT_SERVER_DATABASE_TIMEOUT": "60",
        "PREFECT_SERVER_DATABASE_CONNECTION_TIMEOUT": "60",
        "PREFECT_CLI_COLORS": "false",
        "PYTHONUNBUFFERED": "1",
    }
    decided = {
        "PREFECT_API_URL": address.api,
        "PREFECT_SERVER_API_HOST": HOST,
        "PREFECT_SERVER_API_PORT": str(address.port),
        "PROTIBEDON_HOME": str(home.folder),
        "PROTIBEDON_PAPERS_PORT": str(address.papers_port),
        "PROJECT_DIR": str(REPOSITORY),
    }
    password = os.environ.get("PREFECT_SERVER_API_AUTH_STRING")
    if password:
        chosen["PREFECT_API_AUTH_STRING"] = password
    return {**chosen, **os.environ, **decided}


def _stay(
    home: Home, address: Address, environment: Mapping[str, str], say: Callable[[str], None], papers: str
) -> None:
    with ExitStack() as in_reverse:
        server = _companion("server", home, environment, "server", "start")
        in_reverse.callback(server.stop, _STOP_SECONDS)
        _wait_until_healthy(server, address, environment)
        _prepare(home, environment, say)
        in_reverse.callback(_sweep_stopped, server, say)
        worker = _companion(
            "worker", home, environment, "worker", "start", "--pool", WORK_POOL, "--type", "process"
        )
        in_reverse.callback(worker.stop, _STOP_SECONDS)
        say(f"UI         {address.ui}")
        if papers:
            say(f"summaries  {papers}")
        say(f"inbox      {home.inbox}")
        say(f"logs       {server.log} and {worker.log.name}")
        say("Ctrl-C stops everything; the schedules stay active.")
        while True:
            for companion in (server, worker):
                if companion.has_ended:
                    raise CannotServe(why_it_ended(companion))
            time.sleep(_GLANCE_SECONDS)


def _prepare(home: Home, environment: Mapping[str, str], say: Callable[[str], None]) -> None:
    """Bring the server to where a worker may begin, and tell somebody of what a crash left behind."""
    from flows.notice import Event, Notice
    from flows.notifying import notify
    from flows.stale_runs import LEFT_BEHIND, sweep_stale_runs

    prepare_server()
    for name in sweep_stale_runs(LEFT_BEHIND):
        say(f"{name}: {LEFT_BEHIND}")
        notify(home, Notice(Event.FAILURE, name, LEFT_BEHIND, datetime.now(UTC)))
    try:
        deploy_all(environment, home.prefect / "deployments.log")
    except CannotDeploy as failure:
        raise CannotServe(str(failure)) from failure


def _sweep_stopped(server: Companion, say: Callable[[str], None]) -> None:
    """Let no run that ended with its worker be called running while nothing is."""
    from flows.stale_runs import STOPPED, sweep_stale_runs

    if not server.has_ended:
        for name in sweep_stale_runs(STOPPED):
            say(f"{name}: {STOPPED}")


def _companion(name: str, home: Home, environment: Mapping[str, str], *arguments: str) -> Companion:
    log = home.prefect / f"{name}.log"
    return Companion(name, prefect_command(*arguments), environment, REPOSITORY, log)


def _wait_until_healthy(server: Companion, address: Address, environment: Mapping[str, str]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not _is_healthy(address, environment):
        if server.has_ended:
            raise CannotServe(why_it_ended(server))
        if time.monotonic() > deadline:
            raise CannotServe(f"Prefect's server did not answer within {_START_SECONDS} s; see {server.log}")
        time.sleep(_GLANCE_SECONDS)


def _is_healthy(address: Address, environment: Mapping[str, str]) -> bool:
    request = urllib.request.Request(f"{address.api}/health")
    if password := environment.get("PREFECT_SERVER_API_AUTH_STRING"):
        request.add_header("Authorization", f"Basic {base64.b64encode(password.encode()).decode()}")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # no proxy knows this machine
    try:
        with opener.open(request, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def why_it_ended(companion: Companion) -> str:
    """Return why a companion has ended, in a sentence where we know what to do about it."""
    said = companion.last_words()
    if _OTHER_VERSION in said:
        return (
            "Prefect's own database was made by a newer Prefect; install that one, or move the database away "
            "(it holds the history of runs, and no report)"
        )
    if _NO_DATABASE in said:
        return "Prefect's own database is damaged; move it away (it holds the history of runs, and no report)"
    last = next((line.strip() for line in reversed(said.splitlines()) if line.strip()), "it said nothing")
    return f"Prefect's {companion.name} has ended; see {companion.log} ({last})"


@contextmanager
def _only_one(home: Home) -> Iterator[None]:
    """Hold the home's lock; the operating system lets go of it however we end."""
    home.make()
    home.prefect.mkdir(parents=True, exist_ok=True)
    with Path(home.prefect, "serve.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotServe(f"{home.folder} is being served already; stop that one first") from None
        yield


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """Let the first Ctrl-C or SIGTERM ask us to stop, and let further ones wait for the end."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        for one in before:
            signal.signal(one, signal.SIG_IGN)
        raise Asked

    before = {one: signal.signal(one, stop) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
