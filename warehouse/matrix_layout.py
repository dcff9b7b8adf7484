"""How the divisional matrix is laid out in any kind of file: title, heading, rows, places to sign.

The words and their order are those of the matrix that divisional libraries send up; they are kept in
`reference/matrix_layout.toml`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Any

from transforms.fiscal_year import FiscalYear
from transforms.numerals import bengali_digits, write_number
from transforms.reference import load_toml
from warehouse.matrix import DivisionalMatrix, MatrixColumn, MatrixRow

HEADING_DEPTH = 3
OFFICE_COLUMNS = 2  # the serial and the library's name
COLUMNS_PER_INDICATOR = 3  # target, achievement, remark
SCORE_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class HeadingCell:
    """One cell of the heading; `row` (1 to 3) and `column` count from 1, spans are in rows and columns."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1


def sheet_name() -> str:
    """Return the name of the sheet that a matrix stands on."""
    return str(_words()["sheet"])


def title_of(matrix: DivisionalMatrix) -> str:
    """Return the title sentence: division, fiscal year, plan, quarter and its months."""
    year = FiscalYear.parse(matrix.fiscal_year)
    first, last = year.quarter_days(matrix.quarter)
    calendar = load_toml("calendar.toml")
    return bengali_digits(
        _words()["title"].format(
            division=matrix.division_name_bn,
            fiscal_year=f"{year.start}-{year.start + 1}",
            plan=matrix.plan_name_bn,
            quarter=calendar["written"]["quarters"][matrix.quarter - 1],
            first_month=calendar["months"][str(first.month)][0],
            first_year=f"{first:%y}",
            last_month=calendar["months"][str(last.month)][0],
            last_year=f"{last:%y}",
        )
    )


def width_of(matrix: DivisionalMatrix) -> int:
    """Return how many columns the matrix has: serial, name, three for each indicator, and the score."""
    return OFFICE_COLUMNS + COLUMNS_PER_INDICATOR * len(matrix.columns) + 1


def heading_cells(matrix: DivisionalMatrix) -> Iterator[HeadingCell]:
    """Yield the heading's cells: activities over their indicators over target, achievement and remark."""
    words = _words()["heading"]
    yield HeadingCell(1, 1, words["serial"], row_span=HEADING_DEPTH)
    yield HeadingCell(1, 2, words["office"], row_span=HEADING_DEPTH)
    yield from _activity_cells(matrix)
    for place, column in enumerate(matrix.columns):
        yield from _indicator_cells(column, _first_column(place))
    yield HeadingCell(1, width_of(matrix), _score_heading(matrix), row_span=HEADING_DEPTH)


def body_rows(matrix: DivisionalMatrix) -> Iterator[tuple[str, ...]]:
    """Yield one row of texts for each library, as wide as the heading."""
    for row in matrix.rows:
        answers = chain.from_iterable((cell.target, cell.achievement, cell.remark) for cell in row.cells)
        yield bengali_digits(str(row.serial)), row.office_name_bn, *answers, _last_text(row, matrix)


def date_line() -> str:
    """Return the place for the date, below the table."""
    return str(_words()["signature"]["date"])


def signature_lines(matrix: DivisionalMatrix) -> tuple[str, ...]:
    """Return the places for signature, name and designation, and the library that signs."""
    lines = _words()["signature"]["lines"]
    return tuple(line.format(division=matrix.division_name_bn) for line in lines)


def _activity_cells(matrix: DivisionalMatrix) -> Iterator[HeadingCell]:
    for activity, numbered in groupby(enumerate(matrix.columns), key=lambda entry: entry[1].activity):
        places = [place for place, _ in numbered]
        span = COLUMNS_PER_INDICATOR * len(places)
        yield HeadingCell(1, _first_column(places[0]), activity, column_span=span)


def _indicator_cells(column: MatrixColumn, first: int) -> Iterator[HeadingCell]:
    words = _words()
    unit = words["units"][column.unit]
    indicator = words["heading"]["indicator"].format(
        code=bengali_digits(column.indicator_code),
        statement=column.statement,
        unit=unit,
        weight=write_number(column.weight),
    )
    yield HeadingCell(2, first, indicator, column_span=COLUMNS_PER_INDICATOR)
    yield HeadingCell(3, first, words["heading"]["target"].format(unit=unit))
    yield HeadingCell(3, first + 1, words["heading"]["achievement"])
    yield HeadingCell(3, first + 2, words["heading"]["remark"])


def _first_column(place: int) -> int:
    return OFFICE_COLUMNS + 1 + COLUMNS_PER_INDICATOR * place


def _score_heading(matrix: DivisionalMatrix) -> str:
    template = _words()["heading"]["score"]
    weighted, marks = write_number(matrix.weighted_marks), write_number(matrix.marks)
    return str(template.format(weighted_marks=weighted, marks=marks))


def _last_text(row: MatrixRow, matrix: DivisionalMatrix) -> str:
    words = _words()["row"]
    if not row.reported:
        return str(words["not_reported"])
    if row.weighted_score is None:
        return ""
    score = write_number(row.weighted_score, decimals=SCORE_DECIMALS)
    if row.weighted_out_of >= matrix.weighted_marks:
        return score
    out_of = write_number(row.weighted_out_of, decimals=SCORE_DECIMALS)
    return str(words["part_score"].format(score=score, out_of=out_of))


def _words() -> dict[str, Any]:
    return load_toml("matrix_layout.toml")
