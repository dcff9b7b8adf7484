"""The divisional matrix of one quarter: every library of a division beside every indicator of a plan.

All its texts are ready to print, in Bengali digits; where they go on a page is `matrix_layout`'s to say.
"""

from dataclasses import dataclass
from datetime import date

from transforms.numerals import bengali_digits, write_number
from transforms.plan import Plan
from transforms.reference import load_toml


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """One indicator: its code in ASCII digits (`4.1.2`), the plan's own words, its unit and weight in marks.

    `unit` is `date`, `number` or `percent`; `activity` begins with its bracketed number (`[৪.১] …`).
    """

    indicator_code: str
    activity: str
    statement: str
    unit: str
    weight: float


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What one library has under one indicator: the year's target, what was achieved, and the remark."""

    target: str
    achievement: str
    remark: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One library, in the order of its `serial`, with a cell for each column of the matrix.

    A library that did not report has blank cells and is marked so. `weighted_score` is `None` where nothing
    of it is determined; `weighted_out_of` is how many weighted marks it could have been.
    """

    serial: int
    office_id: str
    office_name_bn: str
    reported: bool
    cells: tuple[MatrixCell, ...]
    weighted_score: float | None
    weighted_out_of: float


@dataclass(frozen=True, slots=True)
class DivisionalMatrix:
    """The matrix of one division, fiscal year (`2024-25`) and quarter (1 to 4) under one plan.

    `plan_name_bn` is the plan's name as the title quotes it; `marks` is what the weights add to and
    `weighted_marks` what they count as.
    """

    division_name_bn: str
    fiscal_year: str
    quarter: int
    plan_name_bn: str
    marks: float
    weighted_marks: float
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]


def columns_of(plan: Plan) -> tuple[MatrixColumn, ...]:
    """Return a column for each indicator of a plan, in the plan's order."""
    return tuple(
        MatrixColumn(
            indicator.code, indicator.activity, indicator.statement, indicator.unit, indicator.weight
        )
        for indicator in plan.indicators
    )


def name_in_title(plan: Plan) -> str:
    """Return the name by which the title quotes a plan: what it is about, without the word for a plan."""
    return plan.title_phrases[0]


def matrix_cell(
    *,
    unit: str,
    target: float | date | None,
    achievement: float | date | None,
    achievement_text: str,
    remark_text: str,
    withheld: bool = False,
) -> MatrixCell:
    """Return a cell ready to print, in Bengali digits.

    `target` is the 100 band, `achievement` the figure reported, if one was; without it the office's own
    words stand (`-`, `অর্জিত হয়েছে`), as its remark does. What is `withheld` until the office has answered
    says so: nobody must sign it as a figure, and no reader take it for one.
    """
    words = bengali_digits(achievement_text.strip())
    return MatrixCell(
        target=printed_figure(target, unit),
        achievement=printed_figure(achievement, unit) or (_in_doubt(words) if withheld else words),
        remark=bengali_digits(remark_text.strip()),
    )


def printed_figure(figure: float | date | None, unit: str) -> str:
    """Write a figure as the matrix shows it: ৪, ৬১.৫৪%, ০১/১২/২৪; nothing for `None`."""
    if figure is None:
        return ""
    if isinstance(figure, date):
        return bengali_digits(f"{figure:%d/%m/%y}")
    return write_number(figure) + ("%" if unit == "percent" else "")


def _in_doubt(words: str) -> str:
    return str(load_toml("matrix_layout.toml")["row"]["withheld"].format(words=words))
