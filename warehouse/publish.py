"""The published warehouse: the copy that everyone opens, replaced whole while the old one is read."""

import os
from collections.abc import Sequence
from pathlib import Path

from duckdb import DuckDBPyConnection

from transforms.described import Column, Table, described_tables
from warehouse.connection import open_copy
from warehouse.schema import create_schema
from warehouse.statements import run, run_text, sql
from warehouse.transaction import transaction


def publish(warehouse: Path, published: Path) -> None:
    """Copy a warehouse to where its readers open it, with a Parquet file of each table beside it.

    Readers see the old state or the new one, whole: the copy is made under another name in the same folder,
    forced to disk and put in place in one step; who has the old file open keeps it. Telephone numbers and
    mail addresses stay behind, and their bytes too, since the copy is a new file and not an edited one.
    Close the writer's connection first: a process opens a file once. Raises `WarehouseBusy` while another
    process writes, `FileNotFoundError` where there is no warehouse.
    """
    published.parent.mkdir(parents=True, exist_ok=True)
    tables = [table for table in described_tables() if table.published]
    new = _new(published)
    new.unlink(missing_ok=True)  # left behind by a run that was killed
    with open_copy(new, warehouse) as connection:
        create_schema(connection, tables)
        _copy(connection, tables)
        parquet = _write_parquet(connection, tables, published.parent)
        connection.checkpoint()
    for path in (published, *parquet):
        _put_in_place(path)
    _force_to_disk(published.parent)


def _copy(connection: DuckDBPyConnection, tables: Sequence[Table]) -> None:
    run(connection, "publish/hide_contacts")
    with transaction(connection):
        for table in tables:
            columns = ", ".join(map(_as_published, table.columns))
            run_text(connection, sql("publish/copy_table").format(table=table.name, columns=columns))


def _as_published(column: Column) -> str:
    shown = {"withheld": "NULL", "masked": f"hide_contacts({column.name})"}.get(column.personal, column.name)
    return f"{shown} AS {column.name}"


def _write_parquet(connection: DuckDBPyConnection, tables: Sequence[Table], folder: Path) -> list[Path]:
    paths = [folder / f"{table.name}.parquet" for table in tables]
    for table, path in zip(tables, paths, strict=True):
        connection.table(table.name).write_parquet(str(_new(path)))
    return paths


def _put_in_place(path: Path) -> None:
    _force_to_disk(_new(path))
    _new(path).replace(path)


def _new(path: Path) -> Path:
    """Return where the next state of a file is made: beside it, since only there a rename is one step."""
    return path.with_name(f"{path.name}.new")


def _force_to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
