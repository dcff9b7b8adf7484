"""The plain script: each workbook read with pandas and openpyxl, all put together, and loaded at once.

What somebody writes on a first afternoon, but for the frames, which are put together once and not one by one.

Usage: python plain.py INBOX WAREHOUSE
"""

import sys
from pathlib import Path

import duckdb
import pandas as pd
from rows import COLUMNS, indicator_rows


def main(inbox: Path, warehouse: Path) -> None:
    """Load all reports of a folder into a new warehouse."""
    rows = []
    for path in sorted(inbox.iterdir()):
        sheet = pd.read_excel(path, header=None, dtype=str, keep_default_na=False, engine="openpyxl")
        rows.extend(indicator_rows(path.name, sheet.to_numpy().tolist()))
    incoming = pd.DataFrame(rows, columns=list(COLUMNS))
    with duckdb.connect(str(warehouse)) as connection:
        connection.register("incoming", incoming)
        connection.execute("CREATE TABLE reported AS SELECT * FROM incoming")
        print(connection.execute("SELECT count(*) FROM reported").fetchall()[0][0])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
