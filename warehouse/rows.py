"""Rows handed to DuckDB in bulk, in the types of the table that they are for."""

from collections.abc import Iterable, Mapping

from duckdb import DuckDBPyConnection

from transforms.frame import frame_of
from warehouse.statements import run_text, sql


def add_rows(connection: DuckDBPyConnection, table: str, rows: Iterable[Mapping[str, object]]) -> None:
    """Put rows, each by column name, into a table. A column that no row names is left empty."""
    run_with_rows(connection, sql("load/add").format(table=table), table, rows)


def run_with_rows(
    connection: DuckDBPyConnection, statement: str, table: str, rows: Iterable[Mapping[str, object]]
) -> None:
    """Run a statement that reads `incoming`: the rows, in the columns and types of a table."""
    connection.register("incoming", frame_of(table, rows))
    run_text(connection, statement)
    connection.unregister("incoming")  # after a failure the transaction's end does it
