"""The lake: a warehouse for several machines, with its catalogue in PostgreSQL and its tables in Parquet.

DuckLake gives it the same SQL and the same transactions as a file of its own. What it lacks the warehouse
does not lean on: there are no keys and no sequences, and of two loaders that meet one does its work again
(`warehouse/transaction.py`). The Parquet files and the originals stand on storage that all machines share.
"""

import re
from dataclasses import dataclass

KIND = "ducklake:"
_PASSWORD = re.compile(r"\bpassword\s*=|://[^/@\s]*:[^/@\s]*@", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lake:
    """A DuckLake: its catalogue as DuckDB names it (`postgres:dbname=…`), and its folder of Parquet files."""

    catalogue: str
    data: str

    @classmethod
    def parse(cls, written: str) -> "Lake":
        """Read `ducklake:postgres:dbname=protibedon host=db;data=/shared/parquet`.

        Raises `ValueError` for anything else, and for a password, which would be seen wherever the setting
        is: PostgreSQL's own PGPASSWORD or ~/.pgpass keeps it.
        """
        catalogue, parted, data = written.removeprefix(KIND).partition(";data=")
        if not (written.startswith(KIND) and catalogue and parted and data):
            raise ValueError("a lake is written as ducklake:postgres:dbname=… host=…;data=FOLDER")
        if _PASSWORD.search(catalogue):
            raise ValueError("a lake is named without its password; set PGPASSWORD, or write a ~/.pgpass")
        return cls(catalogue, data)
