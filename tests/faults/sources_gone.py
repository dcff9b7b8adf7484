"""A source goes away in the middle of a run: the folder of the inbox, or the server of the mailbox."""

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil

from tests.dovecot import PROGRAM, USERS, ImapServer, _as, _wait_for, imap_server
from tests.faults.installation import REPORTS, Installation, completes, ended, said_in_a_sentence
from tests.faults.kill import Life
from tests.faults.round import Round


def share_goes_away(folder: Path, chance: random.Random) -> Iterator[Round]:
    """Take the inbox away while a run looks into it, and bring it back when the run has ended."""
    installation = Installation(folder / "home")
    for name in REPORTS:
        installation.drop(name)
    away = installation.inbox.with_name("away")
    installation.settings = {"PROTIBEDON_SETTLE_SECONDS": "0.5"}
    run = installation.start("ingest")
    _wait_until(lambda: installation.warehouse.exists(), run)
    time.sleep(chance.uniform(0, 1.5))  # it now waits for the files to settle, and takes them, and reads them
    installation.inbox.rename(away)
    code, said = ended(run)
    failures = said_in_a_sentence(code, said)
    if installation.inbox.exists():
        installation.inbox.rmdir()  # a run that had not begun to look has made a new one, which is empty
    away.rename(installation.inbox)
    told = "told as not reachable" if "not reachable" in said else f"ended with {code}"
    yield Round(installation, told, failures)


def mailbox_goes_away(folder: Path, chance: random.Random) -> Iterator[Round]:
    """Kill the mail server while a run fetches from it, and start it again when the run has ended."""
    with imap_server() as server:
        (folder / "homes").mkdir()
        model, life = (Life(folder / "homes" / user, server, user) for user in chance.sample(USERS, 2))
        for name in life.arrivals():
            for one in (model, life):
                one.comes_by_mail(name, server)
        completes(model.installation)
        installation = life.installation
        run = installation.start("ingest")
        first_to_miss = chance.randrange(1, len(life.arrivals()))
        originals = installation.home / "originals"
        _wait_until(lambda: sum(1 for _ in originals.glob("??/*.json")) >= first_to_miss, run)
        _kill_server(server)
        code, said = ended(run)
        failures = said_in_a_sentence(code, said)
        told = "told as not reachable" if "not reachable" in said else f"ended with {code}"
        again = [str(PROGRAM), "-F", "-c", str(server.folder / "dovecot.conf")]
        with subprocess.Popen(again, **_as(*server.identity)) as process:
            try:
                _wait_for(server.port, server.folder, process)
                yield Round(installation, told, failures, model.installation)
            finally:
                process.terminate()


def _wait_until(holds: Callable[[], bool], run: "subprocess.Popen[str]") -> None:
    """Return when something has come about, or when a run is over."""
    while run.poll() is None and not holds():
        time.sleep(0.001)


def _kill_server(server: ImapServer) -> None:
    master = psutil.Process(int((server.folder / "run" / "master.pid").read_text()))
    for process in (*master.children(recursive=True), master):
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
    with suppress(psutil.NoSuchProcess, psutil.TimeoutExpired):
        master.wait(timeout=10)
