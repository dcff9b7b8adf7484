import subprocess
import sys

import duckdb
import pytest

from warehouse import connection
from warehouse.connection import WarehouseBusy, open_copy, open_reader, open_writer

HOLD = """
import sys, pathlib
from warehouse.connection import open_writer
connection = open_writer(pathlib.Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""
ADD = """
import sys, pathlib
from warehouse.connection import open_writer
with open_writer(pathlib.Path(sys.argv[1])) as connection:
    connection.execute("CREATE TABLE IF NOT EXISTS added (name VARCHAR)")
    connection.execute("INSERT INTO added VALUES ($name)", {"name": sys.argv[2]})
"""


@pytest.fixture
def held(warehouse):
    """A warehouse that another process writes to."""
    command = [sys.executable, "-c", HOLD, str(warehouse)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"open\n"
        yield warehouse
        process.stdin.close()
        process.wait(timeout=30)


@pytest.mark.parametrize("open_again", [open_writer, open_reader])
def test_a_second_process_is_told_that_the_warehouse_is_busy(held, open_again, monkeypatch):
    monkeypatch.setattr("warehouse.connection.PATIENCE", 0.3)
    with pytest.raises(WarehouseBusy, match=r"warehouse\.duckdb is in use by another run; wait"):
        open_again(held)


def test_another_trouble_is_not_called_busy(warehouse):
    warehouse.write_bytes(b"this is no database, but it is long enough to be taken for one" * 100)
    with pytest.raises(duckdb.Error):
        open_writer(warehouse)


@pytest.mark.parametrize("size", [0, 4096, 8192, 3 * 4096 - 1])
def test_a_file_whose_making_was_cut_off_is_made_anew(warehouse, size):
    open_writer(warehouse).close()
    whole = warehouse.read_bytes()
    warehouse.write_bytes(whole[:size])
    with open_writer(warehouse) as connection:
        assert connection.execute("SELECT count(*) FROM submissions").fetchone() == (0,)


def test_several_processes_may_make_the_file_at_once(warehouse):
    warehouse.parent.mkdir(parents=True, exist_ok=True)
    warehouse.touch()
    command = [sys.executable, "-c", ADD, str(warehouse)]
    processes = [subprocess.Popen([*command, name]) for name in ("one", "two", "three")]
    assert [process.wait(timeout=120) for process in processes] == [0, 0, 0]
    with open_reader(warehouse) as connection:
        assert connection.execute("FROM added ORDER BY ALL").fetchall() == [("one",), ("three",), ("two",)]


def test_a_reader_cannot_write(warehouse, writer):
    writer.close()
    with open_reader(warehouse) as reader, pytest.raises(duckdb.InvalidInputException, match="read-only"):
        reader.execute("DELETE FROM offices")


def test_a_reader_makes_no_file(warehouse):
    with pytest.raises(FileNotFoundError, match=r"no warehouse at .*warehouse\.duckdb"):
        open_reader(warehouse)
    assert not warehouse.exists()


def threads(opened):
    return opened.execute("SELECT current_setting('threads')").fetchone()


def test_a_small_warehouse_and_its_copy_are_worked_on_by_one_thread(warehouse, tmp_path):
    with open_writer(warehouse) as writer:
        assert threads(writer) == (1,)
    with open_copy(tmp_path / "copy.duckdb", warehouse) as copy:
        assert threads(copy) == (1,)


def test_a_large_warehouse_is_worked_on_by_as_many_threads_as_duckdb_would_start(
    warehouse, tmp_path, monkeypatch
):
    open_writer(warehouse).close()
    monkeypatch.setattr(connection, "SMALL_BYTES", warehouse.stat().st_size - 1)
    with duckdb.connect() as unasked, open_writer(warehouse) as writer:
        assert threads(writer) == threads(unasked)
    with duckdb.connect() as unasked, open_copy(tmp_path / "copy.duckdb", warehouse) as copy:
        assert threads(copy) == threads(unasked)


def test_times_are_shown_in_utc(writer):
    assert writer.execute("SELECT current_setting('TimeZone')").fetchone() == ("UTC",)
