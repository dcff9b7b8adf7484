"""A transaction: all of it stands, or none of it; and several loaders' stand one after the other."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.statements import run

# Several loaders need a handful of attempts each; a pause is up to this many seconds times the attempt.
_ATTEMPTS = 50
_PAUSE = 0.2
# DuckDB has no error of its own for a commit that the disk refused; to wait for that is to wait in vain.
_REFUSED_BY_THE_DISK = "Could not write file"


@contextmanager
def transaction(connection: DuckDBPyConnection) -> Iterator[None]:
    """Commit what is done inside; where anything is raised, undo all of it and let the error through."""
    connection.begin()
    with ExitStack() as undo:
        undo.callback(connection.rollback)
        yield
        undo.pop_all()
    connection.commit()


def in_turn(connection: DuckDBPyConnection, work: Callable[[], None]) -> None:
    """Do work in a transaction that stands as if no other loader had been writing meanwhile.

    A lake lets two loaders begin at once, and has no keys by which the second would be found out. So both
    touch the same one row: whoever commits later is refused, and does all its work again on what the other
    one left. A file has one writer at a time, who is never refused.
    """

    def turn() -> None:
        with transaction(connection):
            run(connection, "load/take_turn")
            work()

    until_unopposed(turn)


def until_unopposed(attempt: Callable[[], None]) -> None:
    """Make an attempt until no other loader's transaction is in its way, for some minutes at most."""
    for number in range(1, _ATTEMPTS):
        try:
            return attempt()
        except duckdb.TransactionException as refusal:
            if _REFUSED_BY_THE_DISK in str(refusal):
                raise
            time.sleep(random.uniform(0, _PAUSE * number))
    return attempt()
