"""What the peers load of a report: for each indicator a row, as text and as it stands in the sheet.

They know the columns of the form by number and check nothing, as whoever writes such a script for one form
would.
"""

from collections.abc import Iterator, Sequence
from typing import Any

COLUMNS = (
    "file_name",
    "office",
    "title",
    "indicator",
    "unit",
    "weight",
    "target_100",
    "target_90",
    "target_80",
    "target_70",
    "target_60",
    "achievement",
    "remark",
)
OFFICE_ROW, TITLE_ROW = 3, 6  # where the form names its office and its period, counted from 0
INDICATOR, REMARK = 2, 11  # the first and the last column taken


def indicator_rows(file_name: str, cells: Sequence[Sequence[Any]]) -> Iterator[tuple[str, ...]]:
    """Yield a row for each indicator of a sheet, whose cells are given row by row."""
    office, title = str(cells[OFFICE_ROW][0]), str(cells[TITLE_ROW][0])
    for row in cells:
        if len(row) > REMARK and str(row[INDICATOR] or "").startswith("["):
            yield file_name, office, title, *(_text(cell) for cell in row[INDICATOR : REMARK + 1])


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell)
