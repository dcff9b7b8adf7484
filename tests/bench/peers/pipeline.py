"""The dlt pipeline: each workbook read with calamine, its rows merged into DuckDB by file and indicator.

The reader is the fastest, a file's rows are yielded together, and dlt's own calls home are turned off; the
rest is dlt as its documentation shows it.

Usage: python pipeline.py INBOX WAREHOUSE
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

os.environ |= {"RUNTIME__DLTHUB_TELEMETRY": "false", "RUNTIME__LOG_LEVEL": "ERROR"}

import dlt
from python_calamine import load_workbook
from rows import COLUMNS, indicator_rows


@dlt.resource(name="reported", write_disposition="merge", primary_key=("file_name", "indicator"))
def reported(inbox: Path) -> Iterator[list[dict[str, str]]]:
    """Yield the rows of each report of a folder."""
    for path in sorted(inbox.iterdir()):
        cells = load_workbook(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
        yield [dict(zip(COLUMNS, row, strict=True)) for row in indicator_rows(path.name, cells)]


def main(inbox: Path, warehouse: Path) -> None:
    """Load all reports of a folder into a new warehouse."""
    pipeline = dlt.pipeline(
        pipeline_name=warehouse.stem,
        pipelines_dir=str(warehouse.parent / "pipelines"),
        destination=dlt.destinations.duckdb(str(warehouse)),
        dataset_name="bench",
    )
    pipeline.run(reported(inbox))
    with pipeline.sql_client() as client, client.execute_query("SELECT count(*) FROM reported") as answer:
        print(answer.fetchall()[0][0])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
