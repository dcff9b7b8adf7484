"""The floor: every cell read with the fastest reader, the rows inserted in bulk, nothing checked.

Usage: python floor.py INBOX WAREHOUSE
"""

import sys
from pathlib import Path

import duckdb
import numpy as np
from python_calamine import load_workbook
from rows import COLUMNS, indicator_rows


def main(inbox: Path, warehouse: Path) -> None:
    """Load all reports of a folder into a new warehouse."""
    rows = []
    for path in sorted(inbox.iterdir()):
        cells = load_workbook(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
        rows.extend(indicator_rows(path.name, cells))
    # Arrays go into DuckDB as they are; making a DataFrame first would only add the import of pandas.
    incoming = {name: np.array(column) for name, column in zip(COLUMNS, zip(*rows, strict=True), strict=True)}
    with duckdb.connect(str(warehouse)) as connection:
        connection.register("incoming", incoming)
        connection.execute("CREATE TABLE reported AS SELECT * FROM incoming")
        print(connection.execute("SELECT count(*) FROM reported").fetchall()[0][0])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
