"""Settling: what follows from several reports together is set anew, for as much as a load touches.

Which report stands, the current rows, scores, summaries, rates and comparisons are all derived from the
history of what every submission said. A load touches the submissions of its batch and those that they stand
in line with, the offices that any of these speaks of, and the divisions of these offices; everything else
stays as it is. So the tables depend on what was received, never on the order in which it was loaded, and one
late report costs as much as its division is large, however many years the warehouse holds.
"""

from collections.abc import Iterable

from duckdb import DuckDBPyConnection

from warehouse.comparison import compare_reports
from warehouse.scoring import summarise
from warehouse.statements import rows, run


def nothing_touched(connection: DuckDBPyConnection) -> None:
    """Begin anew to note down what is touched."""
    run(connection, "load/nothing_touched")


def touch(connection: DuckDBPyConnection, submission_ids: Iterable[str]) -> None:
    """Note down what these submissions touch as they are loaded now: before they are replaced, and after."""
    run(connection, "load/touch", submission_ids=list(submission_ids))


def settle(connection: DuckDBPyConnection) -> None:
    """Decide which reports stand among what was touched, and set everything that follows from them anew."""
    run(connection, "load/supersession")
    run(connection, "load/current_observations")
    run(connection, "load/current_target_bands")
    run(connection, "load/touched_divisions")
    summarise(connection)
    compare_reports(connection)
    run(connection, "load/statuses")


def settle_everything(connection: DuckDBPyConnection) -> None:
    """Set everything anew, year after year: for a registry, a plan or rules that have changed."""
    for year in rows(connection, "load/years"):
        nothing_touched(connection)
        run(connection, "load/touch_everything", **year)
        settle(connection)
