"""The schema: every table of the warehouse, made where it is absent and described by its comments.

No primary keys, unique constraints or sequences: a DuckLake has none, and the loads keep every key unique by
themselves. Times are naive and in UTC, which every reader shows the same, whatever its own time zone.
"""

from collections.abc import Iterable, Iterator

from duckdb import DuckDBPyConnection

from transforms.described import Table
from warehouse.statements import quoted, rows, run, run_text, sql
from warehouse.transaction import transaction


def create_schema(connection: DuckDBPyConnection, tables: Iterable[Table]) -> None:
    """Make the tables that are absent from the current database, and describe them all by comments."""
    described = tuple(tables)
    with transaction(connection):
        for table in described:
            run(connection, f"schema/{table.name}")
        _describe(connection, described)


def _describe(connection: DuckDBPyConnection, tables: Iterable[Table]) -> None:
    """Set the comments that are not already as described: opening a warehouse again writes nothing."""
    standing = {
        (row["table_name"], row["column_name"]): row["comment"]
        for row in rows(connection, "describe/comments")
    }
    for (table, column), comment in _comments(tables):
        if standing.get((table, column)) != comment:
            kind = "column" if column else "table"
            text = sql(f"describe/{kind}").format(table=table, column=column, comment=quoted(comment))
            run_text(connection, text)


def _comments(tables: Iterable[Table]) -> Iterator[tuple[tuple[str, str | None], str]]:
    for table in tables:
        yield (table.name, None), table.comment
        yield from (((table.name, column.name), column.comment) for column in table.columns)
