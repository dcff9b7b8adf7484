"""Trends: how a percentage of each division went from quarter to quarter."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from duckdb import DuckDBPyConnection

from transforms.fiscal_year import FiscalYear
from warehouse import chart
from warehouse.bilingual import Bilingual
from warehouse.statements import rows

MOST_QUARTERS = 8  # two years beside each other


class Quarter(NamedTuple):
    """A quarter (1 to 4) of a fiscal year (`2024-25`)."""

    fiscal_year: str
    quarter: int


@dataclass(frozen=True, slots=True)
class TrendLine:
    """One division: its percentage in each quarter of the trend, `None` where there is none."""

    division: Bilingual
    percentages: tuple[float | None, ...]

    @property
    def drawn(self) -> chart.Line:
        """The line through the percentages."""
        return chart.line(self.percentages)


@dataclass(frozen=True, slots=True)
class Trend:
    """What one annex did over consecutive quarters: reporting, or one indicator by its lasting key.

    `indicator_key` is empty for the reporting rates.
    """

    annex: str
    indicator_key: str
    quarters: tuple[Quarter, ...]
    lines: tuple[TrendLine, ...]


def reporting_trends(connection: DuckDBPyConnection, last: Quarter) -> tuple[Trend, ...]:
    """Return the reporting rates of each annex up to a quarter, division by division."""
    return _trends(rows(connection, "ask/trend_reporting", **last._asdict()), last)


def percentage_trends(connection: DuckDBPyConnection, last: Quarter) -> tuple[Trend, ...]:
    """Return the divisions' means of each percentage of each annex up to a quarter."""
    return _trends(rows(connection, "ask/trend_percentages", **last._asdict()), last)


def quarters_until(last: Quarter, count: int) -> tuple[Quarter, ...]:
    """Return consecutive quarters, the last of them the one given."""
    end = _number(last)
    return tuple(_quarter(number) for number in range(end - count + 1, end + 1))


def _trends(found: Sequence[Mapping[str, Any]], last: Quarter) -> tuple[Trend, ...]:
    """Return a trend for each annex and indicator that any division has a percentage of."""
    shown = quarters_until(last, MOST_QUARTERS)
    known = [row for row in found if row["percentage"] is not None and _quarter_of(row) in shown]
    return tuple(
        _trend(annex, indicator_key, list(of_trend), last)
        for (annex, indicator_key), of_trend in groupby(
            known, key=lambda row: (row["annex"], row.get("indicator_key", ""))
        )
    )


def _trend(annex: str, indicator_key: str, found: Sequence[Mapping[str, Any]], last: Quarter) -> Trend:
    first = min(_number(_quarter_of(row)) for row in found)
    quarters = quarters_until(last, _number(last) - first + 1)
    lines = groupby(found, key=lambda row: Bilingual(row["division_bn"], row["division_en"]))
    return Trend(
        annex, indicator_key, quarters, tuple(_line(division, quarters, own) for division, own in lines)
    )


def _line(division: Bilingual, quarters: Sequence[Quarter], found: Iterable[Mapping[str, Any]]) -> TrendLine:
    percentages = {_quarter_of(row): row["percentage"] for row in found}
    return TrendLine(division, tuple(percentages.get(quarter) for quarter in quarters))


def _quarter_of(row: Mapping[str, Any]) -> Quarter:
    return Quarter(row["fiscal_year"], row["quarter"])


def _number(quarter: Quarter) -> int:
    """Return how many quarters lie before one, so that consecutive ones have consecutive numbers."""
    return FiscalYear.parse(quarter.fiscal_year).start * 4 + quarter.quarter - 1


def _quarter(number: int) -> Quarter:
    return Quarter(str(FiscalYear(number // 4)), number % 4 + 1)
