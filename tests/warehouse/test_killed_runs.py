"""A run of `protibedon ingest` is killed at random moments, and whatever run comes next puts all right.

PROTIBEDON_TEST_ROUNDS says how often (else 50 times), PROTIBEDON_TEST_SEED repeats the moments of one test.
"""

import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from multiprocessing.process import BaseProcess
from pathlib import Path

import psutil

from extractors.submission import submission_id_of
from tests.warehouse.contents import whole
from transforms.described import described_tables
from warehouse.audit import audit
from warehouse.connection import open_reader, open_writer

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "inbox"
INBOX = (
    "natore_quarter_1.txt",
    "natore_quarter_2.docx",
    "পাবনা ২য় ত্রৈমাসিক.txt",
    "jashore_q2.xlsx",
    "jashore_q2_corrected.xlsx",
)
# Where runs are killed, and up to how many seconds after they have come so far.
STAGES = {"starting": 0.5, "receiving": 0.2, "reading": 0.6, "loading": 0.6, "publishing": 0.3}
ROUNDS = int(os.environ.get("PROTIBEDON_TEST_ROUNDS", "50"))
# Each run is a process of its own. A server that has imported the program already forks it, since the second
# that Python takes for its imports is of no interest here.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["flows.cli", "flows.road", "transforms.border", "warehouse.load"])


def ingest(home: Path) -> None:
    from flows.cli import main

    os.environ["PROTIBEDON_SETTLE_SECONDS"] = "0"
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
        main(["ingest", "--home", str(home)])


def start(home: Path) -> BaseProcess:
    run = PROCESSES.Process(target=ingest, args=(home,))
    run.start()
    return run


def finished(run: BaseProcess) -> int | None:
    run.join(timeout=60)
    return run.exitcode


def home_with_inbox(folder: Path, names: Iterable[str]) -> Path:
    (folder / "inbox").mkdir(parents=True)
    for name in names:
        drop(name, folder)
    return folder


def drop(name: str, home: Path) -> None:
    """Put a file into the inbox, each with an hour of its own, so that it is clear which came last."""
    file = shutil.copy(EXAMPLES / name, home / "inbox" / name)
    hour = 1_736_000_000 + 3600 * INBOX.index(name)
    os.utime(file, (hour, hour))


def held(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the warehouse but the moments at which files were taken."""
    with open_writer(home / "warehouse.duckdb") as connection:
        for table in ("ledger", "submissions"):
            connection.execute(f"UPDATE {table} SET taken_at = received_at")
        return whole(connection)


def published(home: Path) -> dict[str, list[tuple[object, ...]]]:
    with open_reader(home / "published" / "warehouse.duckdb") as connection:
        return {
            table.name: connection.execute(f"FROM {table.name} ORDER BY ALL").fetchall()
            for table in described_tables()
            if table.published and table.name != "submissions"
        }


def watched(home: Path, run: BaseProcess, stage: str) -> None:
    """Return when a run has come to a stage, or has ended: by what is seen of it from outside."""
    process = psutil.Process(run.pid)
    seen = {
        "starting": lambda: True,
        "receiving": lambda: any((home / "originals").glob("??/*")),
        "reading": lambda: bool(process.children()),
        "loading": lambda: read_before() and not process.children(),
        "publishing": lambda: (home / "published" / "warehouse.duckdb.new").exists(),
    }
    had_children = False

    def read_before() -> bool:
        nonlocal had_children
        had_children = had_children or bool(process.children())
        return had_children

    while run.is_alive() and not seen[stage]():
        time.sleep(0.002)


def test_a_run_killed_at_any_moment_loses_and_doubles_nothing_and_the_next_one_heals(tmp_path):
    seed = int(os.environ.get("PROTIBEDON_TEST_SEED", random.randrange(10**6)))
    moments, killed = random.Random(seed), Counter()
    model = home_with_inbox(tmp_path / "model", INBOX)
    assert finished(start(model)) == 0
    expected, expected_published = held(model), published(model)
    assert len(expected["submissions"]) == len(INBOX)
    sys.stdout.write(f"seed {seed}, {ROUNDS} kills\n")
    for life in range(0, ROUNDS, len(INBOX)):
        home = home_with_inbox(tmp_path / str(life), ())
        arriving = moments.sample(INBOX, len(INBOX))
        for name in arriving:
            drop(name, home)
            stage, delay = moments.choice(list(STAGES.items()))
            run = start(home)
            watched(home, run, stage)
            time.sleep(moments.uniform(0, delay))
            killed[stage] += run.is_alive()
            run.kill()
            run.join()
            nothing_lost_nothing_twice(home)
        assert finished(start(home)) == 0
        assert held(home) == expected, f"seed {seed}"
        assert published(home) == expected_published, f"seed {seed}"
        shutil.rmtree(home)
    sys.stdout.write(f"alive when killed: {killed.total()} while {dict(killed)}\n")
    assert killed.total() > ROUNDS / 2


def nothing_lost_nothing_twice(home: Path) -> None:
    """What must hold at any moment: the warehouse and its copy are whole, and what it names is kept."""
    if not (home / "warehouse.duckdb").exists():
        return
    with open_writer(home / "warehouse.duckdb") as connection:
        audit(connection)
        for table in ("ledger", "submissions"):
            ids = [key for (key,) in connection.execute(f"SELECT submission_id FROM {table}").fetchall()]
            assert len(set(ids)) == len(ids)
            for key in ids:
                assert submission_id_of((home / "originals" / key[:2] / key).read_bytes()) == key
    if (home / "published" / "warehouse.duckdb").exists():
        published(home)


def test_the_installed_command_killed_and_started_again(tmp_path):
    """Once as people start it; the rounds above differ only in what Python had imported before."""
    home = home_with_inbox(tmp_path / "home", INBOX)
    command = [Path(sys.executable).with_name("protibedon"), "ingest", "--home", home]
    environment = {**os.environ, "PROTIBEDON_SETTLE_SECONDS": "0"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as run:
        while not (home / "warehouse.duckdb").exists():
            time.sleep(0.01)
        run.send_signal(signal.SIGKILL)
    nothing_lost_nothing_twice(home)
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True, timeout=60)
    with open_reader(home / "published" / "warehouse.duckdb") as connection:
        assert connection.execute("SELECT count(*) FROM submissions").fetchone() == (len(INBOX),)


def test_of_two_runs_at_once_one_waits_and_nothing_is_taken_twice(tmp_path):
    homes = [home_with_inbox(tmp_path / name, INBOX) for name in ("together", "alone")]
    both = [start(homes[0]), start(homes[0])]
    assert [finished(run) for run in both] == [0, 0]
    assert finished(start(homes[1])) == 0
    assert held(homes[0]) == held(homes[1])
    assert published(homes[0]) == published(homes[1])
