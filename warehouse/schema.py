"""The schema: every table of the warehouse, made where it is absent and described by its comments.

The columns stand in `columns.toml`, and nowhere else. No primary keys, unique constraints or sequences: a
DuckLake has none, and the loads keep every key unique by themselves. Times are naive and in UTC, which every
reader shows the same, whatever its own time zone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from duckdb import DuckDBPyConnection

from transforms.described import Column, Table, described_tables
from warehouse.publication import keep_track_of_changes
from warehouse.settling import settle_everything
from warehouse.statements import quoted, rows, run, run_text, sql
from warehouse.transaction import transaction, until_unopposed

# Raised when the rules change by which things are derived, or a table changes its meaning: a warehouse
# follows when it is next opened. A new column alone needs no new version.
VERSION = 2

# The comments that stand, by table and column; a table's own is that of no column.
_Comments = Mapping[tuple[str, str | None], str | None]


class OtherSchema(Exception):  # noqa: N818 (named for what it is)
    """A warehouse that this program cannot bring up to date: a later version wrote it, or one of long ago."""

    def __init__(self, trouble: str) -> None:
        super().__init__(
            f"{trouble}; move warehouse.duckdb away and run `protibedon reprocess`, which makes it anew from"
            " the originals"
        )


def bring_up_to_date(connection: DuckDBPyConnection) -> None:
    """Give the current database the schema as it is now, whatever schema it had, or none.

    What one of an earlier schema had derived is derived anew. Raises `OtherSchema` where it cannot.
    """
    until_unopposed(lambda: _bring_up_to_date(connection))


def create_tables(connection: DuckDBPyConnection, tables: Sequence[Table]) -> None:
    """Make what is absent from the current database, tables and columns, and describe it all by comments."""
    standing: _Comments = {
        (row["table_name"], row["column_name"]): row["comment"]
        for row in rows(connection, "describe/comments")
    }
    for table in tables:
        if (table.name, None) in standing:
            _add_absent_columns(connection, table, standing)
        else:
            columns = ", ".join(map(_declared, table.columns))
            run_text(connection, sql("schema/table").format(table=table.name, columns=columns))
    _describe(connection, tables, standing)


def _bring_up_to_date(connection: DuckDBPyConnection) -> None:
    with transaction(connection):
        standing = _version(connection)
        create_tables(connection, described_tables())
        keep_track_of_changes(connection)
        if standing != VERSION:
            run(connection, "load/take_turn")
            run(connection, "schema/write_version", version=VERSION)
        if 0 < standing < VERSION:
            settle_everything(connection)


def _version(connection: DuckDBPyConnection) -> int:
    """Return the version of what stands: 0 where nothing does, 1 where it was not yet written down."""
    standing = {row["table_name"] for row in rows(connection, "schema/tables")}
    if "schema_version" not in standing:
        return 1 if "ledger" in standing else 0
    (row,) = rows(connection, "schema/version")
    version = int(row["version"])
    if version > VERSION:
        raise OtherSchema(f"this warehouse has schema {version}, and this program knows only {VERSION}")
    return version


def _declared(column: Column) -> str:
    return f"{column.name} {column.type}" + ("" if column.nullable else " NOT NULL")


def _add_absent_columns(connection: DuckDBPyConnection, table: Table, standing: _Comments) -> None:
    for column in table.columns:
        if (table.name, column.name) not in standing:
            if not column.nullable:
                raise OtherSchema(f"this warehouse is from before {table.name}.{column.name} was known")
            text = sql("schema/add_column").format(table=table.name, column=column.name, type=column.type)
            run_text(connection, text)


def _describe(connection: DuckDBPyConnection, tables: Iterable[Table], standing: _Comments) -> None:
    """Set the comments that are not already as described: opening a warehouse again writes nothing.

    All in one text: a new warehouse needs hundreds, and handing them over one by one takes thrice as long.
    """
    texts = [
        sql("describe/column" if column else "describe/table").format(
            table=table, column=column, comment=quoted(comment)
        )
        for (table, column), comment in _comments(tables)
        if standing.get((table, column)) != comment
    ]
    if texts:
        run_text(connection, "\n".join(texts))


def _comments(tables: Iterable[Table]) -> Iterator[tuple[tuple[str, str | None], str]]:
    for table in tables:
        yield (table.name, None), table.comment
        yield from (((table.name, column.name), column.comment) for column in table.columns)
