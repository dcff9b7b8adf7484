"""A frame: rows of one table as pandas holds them, in the types that `columns.toml` gives the table."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter, itemgetter
from typing import Any, TypeVar

import pandas as pd

from transforms.described import Column, described_table

T = TypeVar("T")

# Declared outright: pandas and DuckDB would guess the type of an untyped column from its values.
DTYPES = {
    "VARCHAR": "string",
    "INTEGER": "Int64",
    "BIGINT": "Int64",
    "DOUBLE": "Float64",
    "DATE": "datetime64[s]",
    "TIMESTAMP": "datetime64[us]",
    "BOOLEAN": "boolean",
}


def frame_of(table: str, rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Return rows, each by column name, as a frame with every column of a table, in its order and types.

    A column that no row names is empty, and so is an empty text wherever the table allows none.
    """
    return _frame(table, list(rows), itemgetter, lambda row, name: row.get(name))


def frame_of_records(table: str, records: Iterable[object]) -> pd.DataFrame:
    """Return records as `frame_of` does rows: their attributes are named after the columns."""
    return _frame(table, list(records), attrgetter, lambda record, name: getattr(record, name, None))


def _frame(
    table: str,
    rows: Sequence[T],
    getter: Callable[[str], Callable[[T], Any]],
    value_or_none: Callable[[T, str], Any],
) -> pd.DataFrame:
    """Return rows as a frame of a table; `getter` makes what gets a value, and fails where there is none."""

    def values_of(name: str) -> list[Any]:
        try:
            return list(map(getter(name), rows))  # in C: a load of a thousand reports gets a million values
        except (AttributeError, LookupError):
            return [value_or_none(row, name) for row in rows]

    columns = described_table(table).columns
    return pd.DataFrame({column.name: _series(column, values_of(column.name)) for column in columns})


def _series(column: Column, values: list[Any]) -> "pd.Series[Any]":
    if column.type == "VARCHAR":
        values = _storable(values)
        if column.nullable:  # an empty text is NULL wherever NULL may stand
            values = [value or None for value in values]
    return pd.Series(values, dtype=DTYPES[column.type])


def _storable(texts: list[str | None]) -> list[str | None]:
    """Return texts as a database takes them: a name from a mailbox may hold half a character."""
    try:
        "".join(filter(None, texts)).encode()
    except UnicodeEncodeError:
        # Its backslash form can be stored.
        return [text and text.encode("utf-8", "backslashreplace").decode("utf-8") for text in texts]
    return texts
