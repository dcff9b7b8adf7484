"""The copy of a warehouse that a backup keeps: everything in it, also what the published copy withholds."""

from pathlib import Path

from warehouse.connection import open_copy
from warehouse.lake import Lake
from warehouse.statements import run_text, sql


def copy_warehouse(warehouse: Path | Lake, copy: Path) -> None:
    """Copy a whole warehouse into a new file, as it stood between two transactions.

    Raises `WarehouseBusy` while another process writes, `FileNotFoundError` where there is no warehouse.
    """
    with open_copy(copy, warehouse) as connection:
        run_text(connection, sql("backup/copy").format(database=copy.stem))
        connection.checkpoint()
