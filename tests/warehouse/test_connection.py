import subprocess
import sys

import duckdb
import pytest

from warehouse.connection import WarehouseBusy, open_reader, open_writer

HOLD = """
import sys, pathlib
from warehouse.connection import open_writer
connection = open_writer(pathlib.Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
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


def test_a_reader_cannot_write(warehouse, writer):
    writer.close()
    with open_reader(warehouse) as reader, pytest.raises(duckdb.InvalidInputException, match="read-only"):
        reader.execute("DELETE FROM offices")


def test_a_reader_makes_no_file(warehouse):
    with pytest.raises(FileNotFoundError, match=r"no warehouse at .*warehouse\.duckdb"):
        open_reader(warehouse)
    assert not warehouse.exists()


def test_times_are_shown_in_utc(writer):
    assert writer.execute("SELECT current_setting('TimeZone')").fetchone() == ("UTC",)
