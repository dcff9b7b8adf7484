"""What readers ask of the warehouse: its periods, a divisional summary, a matrix, and who has reported.

Every function takes a connection to a published warehouse, or the writer's own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from duckdb import DuckDBPyConnection

from transforms.achievement import State
from transforms.office import division_of
from transforms.plan import all_plans
from warehouse.matrix import (
    DivisionalMatrix,
    MatrixCell,
    MatrixColumn,
    MatrixRow,
    columns_of,
    matrix_cell,
    name_in_title,
)
from warehouse.statements import rows

_BLANK = MatrixCell("", "", "")


class Period(NamedTuple):
    """A quarter (1 to 4) of a fiscal year (`2024-25`), and the plan that was reported on in it."""

    fiscal_year: str
    quarter: int
    plan_id: str


@dataclass(frozen=True, slots=True)
class DivisionReporting:
    """How a division reported for one quarter and plan, in offices; rates are percentages of `expected`.

    The rates are `None` where no office is expected. `missing_offices` are Bengali names.
    """

    fiscal_year: str
    quarter: int
    plan_id: str
    division_id: str
    division_name_bn: str
    division_name_en: str
    expected: int
    received: int
    on_time: int
    late: int
    missing: int
    rate_pct: float | None
    on_time_pct: float | None
    missing_offices: list[str]


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One indicator of a divisional summary; its figures are the table's, described in `columns.toml`."""

    fiscal_year: str
    quarter: int
    division_id: str
    plan_id: str
    indicator_code: str
    statement_bn: str
    unit: str
    weight: float
    offices_expected: int
    offices_reported: int
    offices_stated: int
    offices_with_value: int
    offices_achieved: int
    total_value: float | None
    mean_value: float | None
    min_value: float | None
    max_value: float | None


def periods(connection: DuckDBPyConnection) -> list[Period]:
    """Return every quarter and plan that anything was accepted for, the oldest first."""
    return [Period(**row) for row in rows(connection, "ask/periods")]


def reporting_status(
    connection: DuckDBPyConnection, fiscal_year: str, quarter: int
) -> list[DivisionReporting]:
    """Return how each division reported for a quarter, plan by plan; nothing for a quarter not begun."""
    found = rows(connection, "ask/reporting", fiscal_year=fiscal_year, quarter=quarter)
    return [DivisionReporting(**row) for row in found]


def summary_table(
    connection: DuckDBPyConnection, fiscal_year: str, quarter: int, division_id: str
) -> list[SummaryLine]:
    """Return the divisional summary of a quarter, in the order of the plans and their indicators."""
    found = rows(
        connection, "ask/summary_lines", fiscal_year=fiscal_year, quarter=quarter, division_id=division_id
    )
    return [SummaryLine(**row) for row in found]


def divisional_matrix(
    connection: DuckDBPyConnection, fiscal_year: str, quarter: int, division_id: str, plan_id: str
) -> DivisionalMatrix:
    """Return the matrix of a division for a quarter under one plan, a row for every library expected.

    Raises `KeyError` for a division or a plan that the reference files do not hold.
    """
    plan = {plan.plan_id: plan for plan in all_plans()}[plan_id]
    columns = columns_of(plan)
    period = {"fiscal_year": fiscal_year, "quarter": quarter, "plan_id": plan_id}
    offices = rows(connection, "ask/matrix_offices", **period, division_id=division_id)
    expected = {office["office_id"] for office in offices}
    cells = {
        (row["office_id"], row["indicator_code"]): cell_of(row)
        for row in rows(connection, "ask/matrix_cells", **period)
        if row["office_id"] in expected
    }
    return DivisionalMatrix(
        division_name_bn=division_of(division_id).name_bn,
        fiscal_year=fiscal_year,
        quarter=quarter,
        plan_name_bn=name_in_title(plan),
        marks=plan.marks,
        weighted_marks=plan.weighted_marks,
        columns=columns,
        rows=tuple(_row(serial, office, columns, cells) for serial, office in enumerate(offices, start=1)),
    )


def cell_of(row: Mapping[str, Any]) -> MatrixCell:
    """Return a row of `ask/matrix_cells` as it is printed."""
    return matrix_cell(
        unit=row["unit"],
        target=_figure(row["target_value"], row["target_date"]),
        achievement=_figure(row["value"], row["value_date"]),
        achievement_text=row["achievement_text"],
        remark_text=row["remark_text"],
        withheld=row["state"] == State.UNREADABLE,
    )


def _row(
    serial: int,
    office: Mapping[str, Any],
    columns: Sequence[MatrixColumn],
    cells: Mapping[tuple[str, str], MatrixCell],
) -> MatrixRow:
    office_id = office["office_id"]
    return MatrixRow(
        serial=serial,
        office_id=office_id,
        office_name_bn=office["name_bn"],
        reported=office["reported"],
        cells=tuple(cells.get((office_id, column.indicator_code), _BLANK) for column in columns),
        weighted_score=office["weighted_score"] if office["weighted_out_of"] else None,
        weighted_out_of=office["weighted_out_of"],
    )


def _figure(value: float | None, day: date | None) -> float | date | None:
    return day if value is None else value
