"""What our promises alone cost, and the tools that are fixed, before a single cell is understood.

Every file is kept and forced to disk; pandas, pandera and DuckDB are imported; a table with as many rows as
the reports have is checked at the border and put into a warehouse in one insert, and that is copied for its
readers. No cell is read: no road that keeps these promises with these tools can be faster.

Usage: python promises.py INBOX FOLDER ROWS_OF_A_REPORT
"""

import shutil
import sys
from pathlib import Path

import duckdb

from extractors.familiar import FamiliarFiles
from extractors.inbox import Inbox
from extractors.originals import Originals
from flows.taking import take_files
from transforms.border import check_at_border, observations_frame
from transforms.observation import Observation
from transforms.report import Report


def main(inbox: Path, folder: Path, rows: int) -> None:
    """Keep the files of a folder, and check and store as many rows as their reports have."""
    arrived, _ = take_files(
        Originals(folder / "originals"), Inbox([inbox]), FamiliarFiles(folder / "familiar"), ()
    )
    reports = check_at_border([_report(submission_id, rows) for submission_id in arrived])
    frame = observations_frame(reports)
    with duckdb.connect(str(folder / "warehouse.duckdb"), config={"threads": 1}) as connection:
        connection.register("incoming", frame)
        connection.execute("CREATE TABLE observations AS FROM incoming")
    shutil.copyfile(folder / "warehouse.duckdb", folder / "published.duckdb")
    print(len(frame))


def _report(submission_id: str, rows: int) -> Report:
    observations = tuple(_observation(submission_id, f"{place}.1.1") for place in range(1, rows + 1))
    return Report(submission_id, observations=observations)


def _observation(submission_id: str, code: str) -> Observation:
    return Observation(
        fiscal_year="2024-25",
        quarter=2,
        division_id="khulna",
        office_id="khulna",
        plan_id="egov-2024-25",
        indicator_code=code,
        indicator_key=code,
        unit="number",
        weight=5.0,
        state="reported",
        value=4.0,
        value_date=None,
        achieved_quarter=None,
        achieved_by=None,
        planned_quarter=None,
        planned_date=None,
        achievement_raw="৪",
        remark_raw="",
        achievement_text="৪",
        remark_text="",
        submission_id=submission_id,
        cell="Sheet1!K7",
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
