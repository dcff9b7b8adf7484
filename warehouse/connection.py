"""The connection to a warehouse file: one writer at a time, and readers of what was published."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from transforms.described import described_tables
from warehouse.schema import create_schema
from warehouse.statements import quoted, run, run_text, sql

# Files that DuckDB 1.5 reads too, also where a newer DuckDB writes them.
STORAGE_VERSION = "v1.5.0"
_HELD_BY_ANOTHER = "Could not set lock on file"


class WarehouseBusy(Exception):  # noqa: N818 (named for what it is)
    """Another process holds the warehouse open."""


def open_writer(path: Path) -> DuckDBPyConnection:
    """Open the warehouse for writing, with all its tables; makes the file where there is none.

    Raises `WarehouseBusy` while another process holds it. Close every other connection of this process
    to the same file first.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = _connect(path, read_only=False)
    create_schema(connection, described_tables())
    return connection


def open_reader(path: Path) -> DuckDBPyConnection:
    """Open a warehouse for reading only.

    Raises `FileNotFoundError` where there is none, `WarehouseBusy` while another process writes to it.
    """
    if not path.is_file():
        raise FileNotFoundError(f"no warehouse at {path}")
    return _connect(path, read_only=True)


def open_copy(path: Path, warehouse: Path) -> DuckDBPyConnection:
    """Open a new file for writing, with a warehouse beside it as `loaded`, to be read only.

    Raises as `open_reader` does for the warehouse.
    """
    if not warehouse.is_file():
        raise FileNotFoundError(f"no warehouse at {warehouse}")
    connection = _connect(path, read_only=False)
    with _told_when_busy(warehouse):
        run_text(connection, sql("publish/attach").format(path=quoted(str(warehouse))))
    return connection


def _connect(path: Path, *, read_only: bool) -> DuckDBPyConnection:
    settings: dict[str, str | bool | int | float | list[str]] = {
        "storage_compatibility_version": STORAGE_VERSION
    }
    with _told_when_busy(path):
        connection = duckdb.connect(str(path), read_only=read_only, config=settings)
    run(connection, "session/utc")
    return connection


@contextmanager
def _told_when_busy(path: Path) -> Iterator[None]:
    try:
        yield
    except duckdb.IOException as error:
        # DuckDB has no error of its own for a file that is locked; any other trouble is passed on.
        if _HELD_BY_ANOTHER not in str(error):
            raise
        raise WarehouseBusy(
            f"{path.name} is in use by another run; wait for it to end, then try again"
        ) from error
