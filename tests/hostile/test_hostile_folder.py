"""The whole road over a folder of hostile files: each is rejected by its code, and nothing else happens."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from tests.conftest import REPOSITORY
from tests.hostile import measuring
from tests.hostile.make_hostile import make_hostile_places, write_hostile_files

GOOD = REPOSITORY / "examples" / "inbox" / "jashore_q2.xlsx"
MEMORY_MB = 1024
SECONDS = 10


@dataclass(frozen=True)
class Run:
    """One `protibedon ingest` over the folder, and what could be seen of it from outside."""

    exit_code: int
    output: str
    errors: str
    largest_process_mb: float
    visitors: int
    strays: list[str]
    expected: dict[str, frozenset[str]]
    places: set[str]
    fates: dict[str, str]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    around, told = tmp_path_factory.mktemp("around"), tmp_path_factory.mktemp("told")
    inbox, outside, home = (around / name for name in ("inbox", "outside", "home"))
    for folder in (inbox, outside):
        folder.mkdir()
    with _listener() as listener:
        expected = write_hostile_files(inbox, f"http://127.0.0.1:{listener.getsockname()[1]}")
        places = make_hostile_places(inbox)
        shutil.copy(GOOD, inbox)
        before = _listing(around)
        exit_code, megabytes = _ingest(inbox, home, outside, told)
        visitors = _visitors(listener)
    strays = _listing(around) - before
    return Run(
        exit_code=exit_code,
        output=(told / "output").read_text(encoding="utf-8"),
        errors=(told / "errors").read_text(encoding="utf-8"),
        largest_process_mb=megabytes,
        visitors=visitors,
        strays=sorted(path for path in strays if Path(path).parts[0] != home.name),
        expected=expected,
        places=places,
        fates=_fates(home),
    )


@contextmanager
def _listener() -> Iterator[socket.socket]:
    """A door on this machine at which whatever is fetched would knock."""
    with socket.create_server(("127.0.0.1", 0), backlog=100) as listener:
        listener.setblocking(False)
        yield listener


def _visitors(listener: socket.socket) -> int:
    count = 0
    while True:
        try:
            listener.accept()[0].close()
        except BlockingIOError:
            return count
        count += 1


def _ingest(inbox: Path, home: Path, outside: Path, told: Path) -> tuple[int, float]:
    """Return the exit code, and the size in MB of the largest process: run, reader or program called."""
    protibedon = Path(sys.executable).with_name("protibedon")
    with (told / "output").open("wb") as output, (told / "errors").open("wb") as errors:
        exit_code = subprocess.call(
            [*_measured(told / "megabytes"), *_forbidding_what_is_forbidden(), protibedon, "ingest", inbox],
            stdout=output,
            stderr=errors,
            cwd=outside,
            env={
                **os.environ,
                "HOME": str(outside),
                "TMPDIR": str(outside),
                "PROTIBEDON_HOME": str(home),
                "PROTIBEDON_READ_MEMORY_MB": str(MEMORY_MB),
                "PROTIBEDON_READ_SECONDS": str(SECONDS),
            },
        )
    return exit_code, float((told / "megabytes").read_text(encoding="ascii"))


def _measured(note: Path) -> list[str | Path]:
    return [sys.executable, "-I", "-S", Path(measuring.__file__), note]


def _forbidding_what_is_forbidden() -> list[str]:
    """Return the command under which root, as whom tests often run, may not read what nobody may read."""
    if os.geteuid() != 0:
        return []
    without = "-dac_override,-dac_read_search"
    return ["setpriv", f"--bounding-set={without}", f"--inh-caps={without}"]


def _listing(folder: Path) -> set[str]:
    """Return all that stands in a folder, with the size and time of each file, so that a change shows."""
    paths = {Path(parent, name) for parent, folders, names in os.walk(folder) for name in (*folders, *names)}
    return {f"{path.relative_to(folder)} {_content_of(path)}".strip() for path in paths}


def _content_of(path: Path) -> str:
    status = path.lstat()
    return "" if path.is_dir() else f"{status.st_size} {status.st_mtime_ns}"


def _fates(home: Path) -> dict[str, str]:
    with duckdb.connect(str(home / "published" / "warehouse.duckdb"), read_only=True) as connection:
        asked = "SELECT file_name, coalesce(rejection_code, status) FROM submissions"
        return dict(connection.execute(asked).fetchall())


def test_the_run_goes_on_to_its_end(run):
    assert run.exit_code == 1, run.errors
    assert "Traceback" not in run.errors, run.errors


def test_each_file_is_rejected_by_its_code(run):
    fates = {(name.split("/")[0], code) for name, code in run.fates.items()}  # an archive is its files
    wrong = {(name, code) for name, code in fates if code not in run.expected.get(name, {"accepted"})}
    assert not wrong
    assert {name for name, _ in fates} == {*run.expected, GOOD.name}
    assert len(run.expected) > 70


def test_the_good_report_among_them_is_accepted(run):
    assert run.fates[GOOD.name].startswith("accepted")


def test_what_is_no_file_is_told_and_left(run):
    not_reachable = [line for line in run.output.splitlines() if line.startswith("not reachable")]
    for name in run.places:
        assert sum(name in line for line in not_reachable) == 1
    assert len(not_reachable) == len(run.places)


def test_no_process_outgrows_the_limit(run):
    assert run.largest_process_mb < MEMORY_MB


def test_nothing_is_fetched(run):
    assert run.visitors == 0


def test_nothing_is_written_outside_the_home(run):
    assert run.strays == []
