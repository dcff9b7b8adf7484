"""What a warehouse knows of a person: the rows that name them, and how to take them out.

Figures are of offices and name nobody. A person stands beside them: as the sender of a file, in the name of
one, in a message, in a finding about either.
"""

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection
from duckdb.sqltypes import VARCHAR

from extractors.durable import force_to_disk
from transforms.described import described_tables
from warehouse.connection import STORAGE_VERSION
from warehouse.statements import quoted, rows, rows_of, run, run_text, sql
from warehouse.transaction import in_turn


def rows_that_name(connection: DuckDBPyConnection, words: str) -> dict[str, list[dict[str, Any]]]:
    """Return the rows in which some words stand, whatever their capitals, by table; no table without any."""
    found = {
        table.name: rows_of(connection, sql("personal/rows_that_name").format(table=table.name), words=words)
        for table in described_tables()
    }
    return {table: of_table for table, of_table in found.items() if of_table}


def messages_taken(connection: DuckDBPyConnection) -> dict[str, str]:
    """Return the SHA-256 of every message that was taken from a mailbox, with its sender."""
    return {row["original"]: row["sender"] for row in rows(connection, "personal/mails_of")}


def erase_person(
    connection: DuckDBPyConnection,
    address: str,
    messages: Collection[str],
    taken_out_of: Callable[[str], str],
) -> None:
    """Take a person's address out of all that is known beside the reports, in one transaction.

    `messages` are the SHA-256 of messages of which nothing but that is to stay. `taken_out_of` returns a text
    without the address.
    """
    connection.create_function("without_person", taken_out_of, [VARCHAR], VARCHAR)
    in_turn(
        connection,
        lambda: run(connection, "personal/erase", address=address, messages=sorted(messages)),
    )
    connection.remove_function("without_person")


def rewrite(connection: DuckDBPyConnection, warehouse: Path) -> None:
    """Write a warehouse's file anew while this connection holds it; close the connection next.

    DuckDB leaves what was erased in the unused parts of its file. The new file takes the old one's place in
    one step, so that a run that waits for the file opens the new one.
    """
    new = warehouse.with_name(f"{warehouse.name}.new")
    new.unlink(missing_ok=True)  # left behind by an erasure that was killed
    connection.checkpoint()
    statement = sql("personal/copy_whole")
    storage, path = quoted(STORAGE_VERSION), quoted(str(new))
    run_text(connection, statement.format(path=path, storage=storage, database=warehouse.stem))
    force_to_disk(new)
    new.replace(warehouse)
