"""A draft: a workbook of what was recognised in a scan, for a person to correct by the pictures beside it.

    drafts/3fa9…c2/draft.xlsx    what to do, and every row as it was recognised
    drafts/3fa9…c2/page-1.png    the pages

The workbook names the submission it was made from, so that what a person has made of it leads back there.
"""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.grid import Grid
from extractors.submission import submission_id_of

if TYPE_CHECKING:
    from extractors.scan import RecognisedPage  # which brings numpy, for runs that meet no scan

DRAFT_NAME = "draft.xlsx"
_HASH_NAME = "draft.sha256"  # of the draft as it was made, to tell whether a person has saved it since
_SUBMISSION_ID = re.compile(r"[0-9a-f]{64}")


def write_draft(pages: "Iterable[RecognisedPage]", file_name: str, submission_id: str, folder: Path) -> None:
    """Write a draft into a folder of its own, all of it or nothing; leave one that is there as it is.

    `file_name` and `submission_id` are those of the scan. `pages` is not asked for anything where the draft
    is there: a person may be working on it.
    """
    from transforms.draft_workbook import draft_workbook  # here, for runs that meet no scan

    if (folder / DRAFT_NAME).exists():
        return
    unfinished = folder.with_name(f".{folder.name}.tmp")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    try:
        draft_workbook(pages, file_name, submission_id, unfinished).save(unfinished / DRAFT_NAME)
        made = submission_id_of((unfinished / DRAFT_NAME).read_bytes())
        (unfinished / _HASH_NAME).write_text(made, encoding="ascii")
        unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def is_untouched(content: bytes, folder: Path) -> bool:
    """Whether a draft is still what was written into its folder, so that nobody can have corrected it."""
    made = folder / _HASH_NAME
    return made.exists() and made.read_text(encoding="ascii") == submission_id_of(content)


def scan_behind(grid: Grid) -> str:
    """Return the id of the submission that a draft, read back, was made from; empty for what is no draft."""
    texts = (cell.text.strip() for sheet in grid.sheets for row in sheet.rows for cell in row.cells)
    return next(filter(_SUBMISSION_ID.fullmatch, texts), "")
