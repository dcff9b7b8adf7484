"""What a warehouse holds, for comparing one with another."""

from transforms.described import described_tables
from warehouse.connection import open_writer
from warehouse.load import load


def all_rows(connection, query):
    return connection.execute(query).fetchall()


def one(connection, query):
    (row,) = all_rows(connection, query)
    return row


def whole(connection):
    """Everything that the warehouse holds, in an order of its own."""
    tables = [table.name for table in described_tables()]
    return {table: all_rows(connection, f"FROM {table} ORDER BY ALL") for table in tables}


def in_order(tmp_path, name, batches):
    """What the warehouse holds after the batches were loaded one after the other."""
    with open_writer(tmp_path / f"{name}.duckdb") as connection:
        for batch in batches:
            load(connection, [sent for sent, _ in batch], [report for _, report in batch])
        return whole(connection)
