"""A warehouse file that is damaged: how it shows itself in errors of DuckDB, and what makes it good again."""

import duckdb

# DuckDB has no error of its own for it.
_SIGNS = (
    "not a valid DuckDB database file",
    "Corrupt database file",
    "Could not read enough bytes from file",
)


def said_of_damage(failure: BaseException) -> str:
    """Return the sentence that an operator is told; empty where it is another failure."""
    told = str(failure)
    if not isinstance(failure, duckdb.IOException) or not any(sign in told for sign in _SIGNS):
        return ""
    seen = told.splitlines()[0].removeprefix("IO Error: ").rstrip("!")
    return (
        f"a file of the warehouse is damaged ({seen}); nothing that was received is lost: remove"
        " published/warehouse.duckdb and run `protibedon ingest`, or, where that says the same, move"
        " warehouse.duckdb away too and run `protibedon reprocess`, which makes both anew from the originals"
    )
