"""Rows handed to DuckDB in bulk, in the types of the table that they are for."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from duckdb import DuckDBPyConnection

from transforms.frame import frame_of, frame_of_records
from warehouse.statements import rows_of, run_text, sql


def add_rows(connection: DuckDBPyConnection, table: str, rows: Iterable[Mapping[str, object]]) -> None:
    """Put rows, each by column name, into a table. A column that no row names is left empty."""
    with incoming(connection, table, rows):
        run_text(connection, sql("load/add").format(table=table))


def add_records(connection: DuckDBPyConnection, table: str, records: Iterable[object]) -> None:
    """Put records into a table whose columns are named after their attributes."""
    connection.register("incoming", frame_of_records(table, records))
    run_text(connection, sql("load/add").format(table=table))
    connection.unregister("incoming")


def differs_from_incoming(connection: DuckDBPyConnection, table: str) -> bool:
    """Whether a table holds other rows than those that are `incoming`."""
    return bool(rows_of(connection, sql("load/differing").format(table=table)))


@contextmanager
def incoming(
    connection: DuckDBPyConnection, table: str, rows: Iterable[Mapping[str, object]]
) -> Iterator[None]:
    """Let statements read `incoming` meanwhile: the rows, in the columns and types of a table."""
    connection.register("incoming", frame_of(table, rows))
    yield
    connection.unregister("incoming")  # after a failure the transaction's end does it
