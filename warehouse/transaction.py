"""A transaction: all of it stands, or none of it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from duckdb import DuckDBPyConnection


@contextmanager
def transaction(connection: DuckDBPyConnection) -> Iterator[None]:
    """Commit what is done inside; where anything is raised, undo all of it and let the error through."""
    connection.begin()
    with ExitStack() as undo:
        undo.callback(connection.rollback)
        yield
        undo.pop_all()
    connection.commit()
