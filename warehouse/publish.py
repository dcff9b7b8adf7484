"""The published warehouse: the copy that everyone opens, replaced whole while the old one is read."""

import os
import shutil
import time
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from extractors.durable import force_to_disk
from transforms.described import Column, Table
from warehouse.connection import open_copy
from warehouse.held_folder import held
from warehouse.lake import Lake
from warehouse.publication import (
    FOLLOWING,
    Publication,
    State,
    is_as_it_was,
    notice_changes,
    publication_of,
    published_tables,
    state_of,
    write_publication,
)
from warehouse.schema import create_tables
from warehouse.statements import quoted, rows, rows_of, run, run_text, sql
from warehouse.transaction import transaction

# Where the changes of the warehouse stand that is copied.
_NOTED_IN = "loaded.publishing"
# A copy that is carried on keeps some of the room of what it replaces. When it has grown so many times as
# large as it was, by that or by what came, it is made anew. A small one is all room of this kind.
_GROWN = 1.5
_SPARE_BYTES = 16 * 1024**2
_MOST_AT_ONCE = 1024**3


def publish(warehouse: Path | Lake, published: Path, *, anew: bool = False) -> None:
    """Copy a warehouse to where its readers open it, with a Parquet file of each table beside it.

    Readers see the old state or the new one, whole: the copy is made under another name in the same folder,
    forced to disk and put in place in one step; who has the old file open keeps it. It is made from the last
    copy and what has changed since; `anew` copies everything, as does whatever leaves nothing to go on from
    (`warehouse/publication.py`). Telephone numbers and mail addresses stay behind, and their bytes too: they
    never enter a copy. What was erased leaves the readers' files only where these are made `anew`.
    Close the writer's connection first: a process opens a file once. Raises `WarehouseBusy` while another
    process writes, `FileNotFoundError` where there is no warehouse.
    """
    published.parent.mkdir(parents=True, exist_ok=True)
    with held(published.parent):
        _sweep(published.parent)
        parquet = None if anew else _carry_on(warehouse, published)
        if parquet is None:
            parquet = _make_anew(warehouse, published, anew=anew)
        for path in (published, *parquet):
            _put_in_place(path)
        force_to_disk(published.parent)


def is_published(warehouse: Path | Lake, published: Path) -> bool:
    """Whether a warehouse has not been written to since it was published; of a lake nobody can tell."""
    copies = [published, *(path for _, path in _parquet_files(published.parent))]
    if not isinstance(warehouse, Path) or not all(path.exists() for path in copies):
        return False
    return warehouse.stat().st_mtime_ns < min(path.stat().st_mtime_ns for path in copies)


def _sweep(folder: Path) -> None:
    """Remove what a run that was killed has left behind."""
    for unfinished in folder.glob("*.new"):
        unfinished.unlink()
    for spilled in folder.glob("*.new.tmp"):
        shutil.rmtree(spilled)


def _carry_on(warehouse: Path | Lake, published: Path) -> list[Path] | None:
    """Make the next copy from the last one; `None` where there is nothing to go on from."""
    last = publication_of(published)
    if last is None or _has_grown(published, last):
        return None
    new = _new(published)
    _copy_file(published, new)
    moment = time.time_ns()
    with open_copy(new, warehouse) as connection:
        if not notice_changes(connection, last.state, _NOTED_IN):
            return None
        tables = published_tables()
        run(connection, "publish/hide_contacts")
        with transaction(connection):
            for table in tables:
                _replace_changed(connection, table)
        if not all(_is_counted_alike(connection, table) for table in tables):
            return None
        state = state_of(connection, _NOTED_IN)
        write_publication(connection, Publication(state, last.whole_bytes), moment)
        parquet = _write_parquet(connection, published.parent, state)
        connection.checkpoint()
    os.utime(new, ns=(moment, moment))
    return parquet


def _copy_file(source: Path, target: Path) -> None:
    """Copy a file, by reference where the file system can."""
    with source.open("rb") as read, target.open("wb") as write:
        try:
            while os.copy_file_range(read.fileno(), write.fileno(), _MOST_AT_ONCE):
                pass
        except OSError:  # not on this file system
            shutil.copyfile(source, target)


def _has_grown(published: Path, last: Publication) -> bool:
    return published.stat().st_size > _GROWN * last.whole_bytes + _SPARE_BYTES


def _make_anew(warehouse: Path | Lake, published: Path, *, anew: bool) -> list[Path]:
    """Make the next copy by copying everything; with `anew`, every Parquet file too."""
    new = _new(published)
    new.unlink(missing_ok=True)
    moment = time.time_ns()
    with open_copy(new, warehouse) as connection:
        tables = published_tables()
        create_tables(connection, tables)
        run(connection, "publish/hide_contacts")
        with transaction(connection):
            for table in tables:
                _copy(connection, table)
        connection.checkpoint()
        state = state_of(connection, _NOTED_IN)
        write_publication(connection, Publication(state, new.stat().st_size), moment)
        parquet = _write_parquet(connection, published.parent, state, anew=anew)
        connection.checkpoint()
    os.utime(new, ns=(moment, moment))
    return parquet


def _copy(connection: DuckDBPyConnection, table: Table) -> None:
    run_text(connection, sql("publish/copy_table").format(table=table.name, columns=_as_published(table)))


def _replace_changed(connection: DuckDBPyConnection, table: Table) -> None:
    if following := FOLLOWING.get(table.name):
        statements = sql("publish/replace_changed").format(
            table=table.name, columns=_as_published(table), key=following.key, changed=following.changed
        )
        run_text(connection, statements)


def _is_counted_alike(connection: DuckDBPyConnection, table: Table) -> bool:
    """Whether a copy has as many rows as the warehouse: it has not, if anyone else wrote to either."""
    (row,) = rows_of(connection, sql("publish/count").format(table=table.name))
    return bool(row["copied"] == row["loaded"])


def _as_published(table: Table) -> str:
    return ", ".join(map(_column_as_published, table.columns))


def _column_as_published(column: Column) -> str:
    shown = {"withheld": "NULL", "masked": f"hide_contacts({column.name})"}.get(column.personal, column.name)
    return f"{shown} AS {column.name}"


def _write_parquet(
    connection: DuckDBPyConnection, folder: Path, state: State, *, anew: bool = False
) -> list[Path]:
    """Write a Parquet file of every table whose file does not say already what the table says."""
    written = []
    for table, path in _parquet_files(folder):
        since = None if anew else _state_of_parquet(connection, path)
        if since and is_as_it_was(connection, table.name, since, state, _NOTED_IN):
            os.utime(path)  # as new as the others: `is_published` asks for that
        else:
            statement = sql("publish/parquet")
            filled_in = {"table": table.name, "path": quoted(str(_new(path))), "state": quoted(str(state))}
            run_text(connection, statement.format(**filled_in))
            written.append(path)
    return written


def _state_of_parquet(connection: DuckDBPyConnection, path: Path) -> State | None:
    """Return the state that a Parquet file shows; `None` where none of ours is there."""
    if not path.is_file():
        return None
    try:
        (row,) = rows(connection, "publish/parquet_state", path=str(path))
        return State.parse(row["state"])
    except (duckdb.Error, ValueError):
        return None


def _parquet_files(folder: Path) -> list[tuple[Table, Path]]:
    return [(table, folder / f"{table.name}.parquet") for table in published_tables()]


def _put_in_place(path: Path) -> None:
    force_to_disk(_new(path))
    _new(path).replace(path)


def _new(path: Path) -> Path:
    """Return where the next state of a file is made: beside it, since only there a rename is one step."""
    return path.with_name(f"{path.name}.new")
