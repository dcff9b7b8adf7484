"""The statements of the `sql` folder: read by name, run with bound parameters."""

from functools import cache
from importlib.resources import files
from typing import Any

from duckdb import DuckDBPyConnection


@cache
def sql(name: str) -> str:
    """Return the text of one SQL file, such as `load/supersession`."""
    return files("warehouse").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def run(connection: DuckDBPyConnection, name: str, **parameters: object) -> None:
    """Run every statement of one SQL file, each with the parameters (`$name`) that it mentions."""
    run_text(connection, sql(name), **parameters)


def run_text(connection: DuckDBPyConnection, text: str, **parameters: object) -> None:
    """Run every statement of a text.

    Those with parameters run one by one, because DuckDB binds the parameters of several statements to the
    last one only.
    """
    if not parameters:
        connection.execute(text)
        return
    for statement in connection.extract_statements(text):
        bound = {name: parameters[name] for name in statement.named_parameters}
        connection.execute(statement, bound)


def rows(connection: DuckDBPyConnection, name: str, **parameters: object) -> list[dict[str, Any]]:
    """Return the rows that the one query in a file selects, each by column name, in the query's order."""
    return rows_of(connection, sql(name), **parameters)


def rows_of(connection: DuckDBPyConnection, query: str, **parameters: object) -> list[dict[str, Any]]:
    """Return the rows that a query selects, each by column name."""
    cursor = connection.execute(query, parameters)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def quoted(text: str) -> str:
    """Write a text as an SQL literal, for the few statements that take no bound parameters."""
    return "'" + text.replace("'", "''") + "'"
