import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.warehouse.reports import office_report, submission
from transforms.described import described_tables
from warehouse.connection import open_writer
from warehouse.ledger import record_received, waiting
from warehouse.load import load

SENT = submission("q2.docx")
KILLED_LOAD = """
import os, signal, sys
from pathlib import Path
from tests.warehouse.test_crash import SENT, take
from warehouse import load
from warehouse.connection import open_writer

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

setattr(load, sys.argv[2], die)
take(Path(sys.argv[1]))
"""


def take(warehouse: Path) -> None:
    """What a run does with a file: write down that it came, then load what it says."""
    with open_writer(warehouse) as connection:
        record_received(connection, [SENT])
        load(connection, [SENT], [office_report(SENT, {"4.1.2": 61.54, "5.1.1": 1})])


def contents(warehouse: Path) -> dict[str, list[tuple[object, ...]]]:
    with open_writer(warehouse) as connection:
        return {
            table.name: connection.execute(f"FROM {table.name} ORDER BY ALL").fetchall()
            for table in described_tables()
        }


@pytest.mark.parametrize("moment", ["refresh_declared_tables", "add_rows", "touch", "settle_everything"])
def test_a_run_that_is_killed_loses_nothing_and_the_next_one_heals(warehouse, tmp_path, moment):
    repository = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", KILLED_LOAD, str(warehouse), moment]
    killed = subprocess.run(
        command, cwd=repository, env={**os.environ, "PYTHONPATH": _path(repository)}, timeout=60
    )
    assert killed.returncode == -signal.SIGKILL

    with open_writer(warehouse) as connection:
        assert waiting(connection) == (SENT,)
        assert connection.execute("SELECT count(*) FROM submissions").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM observation_revisions").fetchone() == (0,)

    take(warehouse)
    untroubled = tmp_path / "untroubled.duckdb"
    take(untroubled)
    assert contents(warehouse) == contents(untroubled)


def _path(repository: Path) -> str:
    return os.pathsep.join([str(repository), os.environ.get("PYTHONPATH", "")])
