"""A frame: rows of one table as pandas holds them, in the types that `columns.toml` gives the table."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from transforms.described import Column, described_table

# Declared outright: pandas and DuckDB would guess the type of an untyped column from its values.
DTYPES = {
    "VARCHAR": "string",
    "INTEGER": "Int64",
    "DOUBLE": "Float64",
    "DATE": "datetime64[s]",
    "TIMESTAMP": "datetime64[us]",
    "BOOLEAN": "boolean",
}


def frame_of(table: str, rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Return rows, each by column name, as a frame with every column of a table, in its order and types.

    A column that no row names is empty, and so is an empty text wherever the table allows none.
    """
    gathered = list(rows)
    columns = described_table(table).columns
    return pd.DataFrame({column.name: _series(column, gathered) for column in columns})


def _series(column: Column, rows: list[Mapping[str, object]]) -> "pd.Series[Any]":
    values = [_storable(column, row.get(column.name)) for row in rows]
    return pd.Series(values, dtype=DTYPES[column.type])


def _storable(column: Column, value: object) -> object:
    """Return a value as the column keeps it: an empty text is NULL wherever NULL may stand."""
    if not isinstance(value, str):
        return value
    # A name from a mailbox may hold half a character; its backslash form can be stored.
    text = value.encode("utf-8", "backslashreplace").decode("utf-8")
    return None if column.nullable and not text else text
