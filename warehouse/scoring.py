"""The summaries that follow from what stands: scores, divisional and national summaries, reporting rates.

The rules stand in `sql/summary`, one idea a file; this is the order in which one builds on another.
"""

from duckdb import DuckDBPyConnection

from warehouse.statements import run

SCORING = (
    "as_of",
    "quarter_words",
    "year_so_far",
    "year_by_sum",
    "year_by_average",
    "year_by_latest",
    "year_by_date",
    "year_to_date",
    "rungs",
    "ladders",
    "climbs",
    "verdicts",
    "scores",
    "office_scores",
    "division_scores",
)
SUMMARIES = (
    "division_observations",
    "expected_offices",
    "achieved",
    "answers",
    "divisional_summary",
    "national_summary",
)
REPORTING = ("reporting_status", "reporting_rates")


def summarise(connection: DuckDBPyConnection) -> None:
    """Set the scores of the touched offices anew, and the summaries and rates of their divisions."""
    for step in (*SCORING, *SUMMARIES, *REPORTING):
        run(connection, f"summary/{step}")
