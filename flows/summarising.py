"""Summarising: what people read about the quarters wanted, from the published warehouse: papers and tables.

It stands apart from the road, so that a run that only takes reports in does not load what writes Word, Excel
and PDF.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from extractors.originals import Originals
from flows.home import Home
from warehouse.connection import open_reader
from warehouse.decisions import OpenDecision, open_decisions
from warehouse.page import write_page
from warehouse.papers import write_letters, write_matrices, write_plan_papers
from warehouse.summary import (
    DivisionReporting,
    SummaryLine,
    periods,
    reporting_status,
    summary_table,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which summaries are wanted; an empty field wants all."""

    fiscal_year: str = ""
    quarter: int | None = None
    division_id: str = ""

    def takes(self, fiscal_year: str, quarter: int, division_id: str) -> bool:
        """Whether a division's summary of one quarter is wanted."""
        return (
            self.fiscal_year in ("", fiscal_year)
            and self.quarter in (None, quarter)
            and self.division_id in ("", division_id)
        )


def summarise(home: Home, wanted: Wanted) -> tuple[Path, ...]:
    """Write the papers of every division and quarter wanted that any report came for, and the pages.

    A division has a matrix under each plan, in every form; a quarter has its page, its letters, and under
    each plan the directorate's workbook and the reminders, for all its divisions together.
    """
    written: list[Path] = []
    plans: dict[tuple[str, int], dict[str, None]] = {}
    originals = Originals(home.originals)
    with open_reader(home.published) as connection:
        for one in _reporting(connection, wanted):
            quarter = one.fiscal_year, one.quarter
            folder = home.summaries(*quarter)
            folder.mkdir(parents=True, exist_ok=True)
            plans.setdefault(quarter, {})[one.plan_id] = None
            written += write_matrices(connection, *quarter, one.division_id, one.plan_id, folder)
        for quarter, of_quarter in plans.items():
            folder = home.summaries(*quarter)
            for plan_id in of_quarter:
                written += write_plan_papers(connection, *quarter, plan_id, folder)
            written += write_letters(connection, originals, *quarter, folder / "letters")
            written.append(write_page(connection, *quarter, folder))
    return tuple(written)


def reporting(home: Home, wanted: Wanted) -> list[DivisionReporting]:
    """Return how every division wanted has reported, quarter by quarter, also those with nothing yet."""
    with open_reader(home.published) as connection:
        return list(_rates(connection, wanted))


def undone_decisions(home: Home, wanted: Wanted) -> list[OpenDecision]:
    """Return the declared corrections and waivers of the quarters wanted that have changed nothing."""
    with open_reader(home.published) as connection:
        return [
            one
            for one in open_decisions(connection)
            if wanted.fiscal_year in ("", one.fiscal_year) and wanted.quarter in (None, one.quarter)
        ]


def divisional_summary(home: Home, wanted: Wanted) -> list[SummaryLine]:
    """Return the divisional summary, line by line, of every division wanted that any report came for."""
    with open_reader(home.published) as connection:
        divisions = {
            (one.fiscal_year, one.quarter, one.division_id): None for one in _reporting(connection, wanted)
        }
        return [line for division in divisions for line in summary_table(connection, *division)]


def _reporting(connection: DuckDBPyConnection, wanted: Wanted) -> Iterator[DivisionReporting]:
    return (one for one in _rates(connection, wanted) if one.received)


def _rates(connection: DuckDBPyConnection, wanted: Wanted) -> Iterator[DivisionReporting]:
    quarters = {(period.fiscal_year, period.quarter): None for period in periods(connection)}
    for quarter in quarters:
        for one in reporting_status(connection, *quarter):
            if wanted.takes(one.fiscal_year, one.quarter, one.division_id):
                yield one
