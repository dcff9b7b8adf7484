"""What stands on the page of a quarter: who reported, the scores and standings, what to ask, the trends.

Everything is asked of the warehouse here; how it looks is the templates' to say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from duckdb import DuckDBPyConnection

from transforms.fiscal_year import FiscalYear
from transforms.plan import BANDS
from warehouse.statements import rows
from warehouse.summary import DivisionReporting, reporting_status
from warehouse.trend import Quarter, Trend, percentage_trends, reporting_trends

# Where an office can stand under an indicator: at a band, below all of them (0), or nobody knows (`None`).
STEPS: tuple[int | None, ...] = (*BANDS, 0, None)

# One row of a query in `sql/ask`, by column name.
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """How many offices stand on one step of an indicator, and the plan's target for it, where it has one."""

    offices: int
    target: float | date | None


@dataclass(frozen=True, slots=True)
class IndicatorPart:
    """One indicator: its row of `ask/quarter_indicators`, a standing for each of `STEPS`, and its trend.

    Only a percentage has a trend.
    """

    row: Row
    standings: tuple[Standing, ...]
    trend: Trend | None


@dataclass(frozen=True, slots=True)
class PlanPart:
    """What concerns one plan: its row of `ask/quarter_plans`, and what its tables show."""

    row: Row
    divisions: Sequence[DivisionReporting]
    absences: Sequence[Row]
    scores: Sequence[Row]
    indicators: Sequence[IndicatorPart]
    reporting_trend: Trend | None


@dataclass(frozen=True, slots=True)
class PageContent:
    """Everything on the page of a quarter (1 to 4) of a fiscal year.

    `findings` and `observations` are rows of the queries of those names, of all plans together.
    """

    fiscal_year: FiscalYear
    quarter: int
    plans: Sequence[PlanPart]
    findings: Sequence[Row]
    observations: Sequence[Row]


def page_content(connection: DuckDBPyConnection, fiscal_year: str, quarter: int) -> PageContent:
    """Return what stands on the page of a quarter; hardly anything for one that nobody reported on."""
    year = FiscalYear.parse(fiscal_year)
    first_day, _ = year.quarter_days(quarter)
    period = {"fiscal_year": fiscal_year, "quarter": quarter}
    return PageContent(
        fiscal_year=year,
        quarter=quarter,
        plans=_plan_parts(connection, Quarter(fiscal_year, quarter)),
        findings=rows(connection, "ask/quarter_findings", **period, first_day=first_day),
        observations=rows(connection, "ask/quarter_observations", **period),
    )


def _plan_parts(connection: DuckDBPyConnection, quarter: Quarter) -> list[PlanPart]:
    period = quarter._asdict()
    divisions = reporting_status(connection, *quarter)
    absences = rows(connection, "ask/quarter_absences", **period)
    scores = rows(connection, "ask/quarter_scores", **period)
    indicators = _indicator_parts(connection, quarter)
    trends = {trend.annex: trend for trend in reporting_trends(connection, quarter)}
    return [
        PlanPart(
            row=plan,
            divisions=[one for one in divisions if one.plan_id == plan["plan_id"]],
            absences=[row for row in absences if row["plan_id"] == plan["plan_id"]],
            scores=[row for row in scores if row["plan_id"] == plan["plan_id"]],
            indicators=[part for part in indicators if part.row["plan_id"] == plan["plan_id"]],
            reporting_trend=trends.get(plan["annex"]),
        )
        for plan in rows(connection, "ask/quarter_plans", **period)
    ]


def _indicator_parts(connection: DuckDBPyConnection, quarter: Quarter) -> list[IndicatorPart]:
    period = quarter._asdict()
    found = rows(connection, "ask/quarter_standings", **period, bands=list(BANDS))
    standings = {(row["plan_id"], row["indicator_code"], row["band"]): _standing(row) for row in found}
    trends = {(trend.annex, trend.indicator_key): trend for trend in percentage_trends(connection, quarter)}
    return [
        IndicatorPart(
            row=row,
            standings=tuple(
                standings.get((row["plan_id"], row["indicator_code"], step), Standing(0, None))
                for step in STEPS
            ),
            trend=trends.get((row["annex"], row["indicator_key"])),
        )
        for row in rows(connection, "ask/quarter_indicators", **period)
    ]


def _standing(row: Row) -> Standing:
    target = row["target_date"] if row["target_value"] is None else row["target_value"]
    return Standing(offices=row["offices"], target=target)
