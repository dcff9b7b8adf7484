"""The connection to a warehouse: one writer at a time to a file, several to a lake, and readers."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import gettempdir
from typing import TypeVar

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.held_folder import held
from warehouse.lake import Lake
from warehouse.lake_connection import attach_lake
from warehouse.schema import bring_up_to_date
from warehouse.statements import quoted, run, run_text, sql

# Files that DuckDB 1.5 reads too, also where a newer DuckDB writes them.
STORAGE_VERSION = "v1.5.0"
# Memory of one connection in MB, unless PROTIBEDON_WAREHOUSE_MEMORY_MB says otherwise: what needs more is put
# on disk meanwhile.
MEMORY_MB = 512
# A warehouse of up to so many bytes is worked on by one thread. DuckDB deals tables out to its threads in
# groups of 122,880 rows, and a small table is one group: while one thread has it, another waits for it wide
# awake (duckdb/duckdb#22178), which made a load of a thousand reports cost half as much again, and no faster.
SMALL_BYTES = 32 * 1024**2
# How long one run waits for another to let go of the file, in seconds; a load holds it that long at most.
PATIENCE = 60.0
# What each DuckDB file begins with.
_SIGNATURE, _SIGNED_AT, _HEADERS_BYTES = b"DUCK", 8, 3 * 4096
_HELD_BY_ANOTHER = "Could not set lock on file"
_LOOK_AGAIN = 0.1
T = TypeVar("T")


class WarehouseBusy(Exception):  # noqa: N818 (named for what it is)
    """Another process holds the warehouse open."""


def open_writer(warehouse: Path | Lake) -> DuckDBPyConnection:
    """Open the warehouse for writing, with all its tables; makes the file where there is none.

    Waits while another process holds a file, and raises `WarehouseBusy` where that takes too long. Close
    every other connection of this process to the same file first. Raises `LakeUnavailable` for a lake, and
    `OtherSchema` for a warehouse that cannot be brought up to date.
    """
    connection = _open_lake(warehouse) if isinstance(warehouse, Lake) else _open_file(warehouse)
    bring_up_to_date(connection)
    return connection


def open_reader(path: Path) -> DuckDBPyConnection:
    """Open a warehouse for reading only.

    Raises `FileNotFoundError` where there is none, `WarehouseBusy` while another process writes to it.
    """
    if not path.is_file():
        raise FileNotFoundError(f"no warehouse at {path}")
    return _connect(path, read_only=True)


def open_copy(path: Path, warehouse: Path | Lake) -> DuckDBPyConnection:
    """Open a file for writing, with a warehouse beside it as `loaded`, to be read only.

    Raises as `open_reader` does for the warehouse.
    """
    if isinstance(warehouse, Path) and not warehouse.is_file():
        raise FileNotFoundError(f"no warehouse at {warehouse}")
    connection = _connect(path, read_only=False)
    _use_threads_for(connection, warehouse)
    if isinstance(warehouse, Lake):
        attach_lake(connection, warehouse, "loaded", read_only=True)
    else:
        attach = sql("publish/attach").format(path=quoted(str(warehouse)))
        _when_free(warehouse, lambda: run_text(connection, attach))
    return connection


def _open_file(path: Path) -> DuckDBPyConnection:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or _is_unfinished(path):
        with held(path.parent):
            if _is_unfinished(path):
                path.unlink()
            _connect(path, read_only=False).close()
    connection = _connect(path, read_only=False)
    _use_threads_for(connection, path)
    return connection


def _is_unfinished(path: Path) -> bool:
    """Whether a run was killed in the moment in which it made the file, before anything could be in it.

    DuckDB writes three headers first, and takes no file that lacks any of them.
    """
    if not path.exists() or path.stat().st_size >= _HEADERS_BYTES:
        return False
    with path.open("rb") as file:
        beginning = file.read(_SIGNED_AT + len(_SIGNATURE))
    return not beginning or beginning[_SIGNED_AT:] == _SIGNATURE


def _open_lake(lake: Lake) -> DuckDBPyConnection:
    connection = duckdb.connect(config=_limits() | {"temp_directory": gettempdir()})
    attach_lake(connection, lake, "warehouse", read_only=False)
    run(connection, "lake/use")
    run(connection, "session/utc")
    return connection


def _connect(path: Path, *, read_only: bool) -> DuckDBPyConnection:
    settings = _limits() | {"storage_compatibility_version": STORAGE_VERSION}
    connection = _when_free(path, lambda: duckdb.connect(str(path), read_only=read_only, config=settings))
    run(connection, "session/utc")
    return connection


def _limits() -> dict[str, str | bool | int | float | list[str]]:
    megabytes = os.environ.get("PROTIBEDON_WAREHOUSE_MEMORY_MB") or MEMORY_MB
    return {"memory_limit": f"{megabytes}MB"}


def _use_threads_for(connection: DuckDBPyConnection, warehouse: Path | Lake) -> None:
    if isinstance(warehouse, Path) and warehouse.stat().st_size <= SMALL_BYTES:
        run(connection, "session/one_thread")


def _when_free(path: Path, open_it: Callable[[], T]) -> T:
    """Open a file as soon as no other process holds it; raises `WarehouseBusy` where that takes too long."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return open_it()
        except duckdb.IOException as error:
            # DuckDB has no error of its own for a file that is locked; any other trouble is passed on.
            if _HELD_BY_ANOTHER not in str(error):
                raise
            if time.monotonic() > until:
                raise WarehouseBusy(
                    f"{path.name} is in use by another run; wait for it to end, then try again"
                ) from error
        time.sleep(_LOOK_AGAIN)
