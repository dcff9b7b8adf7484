"""A reader of published Parquet files who notices that one was replaced under the query."""

from pathlib import Path
from typing import Any

import duckdb

_MOST_REPLACED = 20


def ask_parquet(file: Path, query: str) -> tuple[Any, int]:
    """Return a query's answer of one whole file, and how often it was asked in vain before.

    `query` has the file's place in it as `{}`. DuckDB opens a Parquet file by its name once for what is in it
    and once more for its rows, so that a query may begin in one file and end in the next: in an error of any
    kind, or in rows of both (docs/reliability.md). Only where the name has meant the same file from before
    the query until after it, its answer is one of that file, and its error one.
    """
    for asked in range(_MOST_REPLACED):
        before = _which(file)
        try:
            answer = duckdb.execute(query.format(f"read_parquet('{file}')")).fetchone()
        except duckdb.Error:
            if _which(file) == before:
                raise
            continue
        if _which(file) == before:
            return answer, asked
    raise AssertionError(f"{file.name} was replaced under each of {_MOST_REPLACED} queries")


def _which(file: Path) -> tuple[int, int]:
    """Return what tells the file of a name from the one that takes its place."""
    told = file.stat()
    return told.st_ino, told.st_mtime_ns
