"""The flow that reads kept originals again, by hand, after what we know about reports has changed."""

from collections.abc import Sequence

from prefect import flow, task
from prefect.concurrency.sync import concurrency

from extractors.submission import Submission
from flows import replaying
from flows.home import Home, installed_at
from flows.ingest_reports import LOAD_LIMIT, read_waiting
from flows.run_report import publish_changes
from transforms.report import Report
from warehouse.replay import Changes


@flow(name="reprocess-quarter", log_prints=False)
def reprocess_quarter(
    home: str = "", fiscal_year: str = "", quarter: int | None = None, office: str = ""
) -> Changes:
    """Read the reports of a quarter or an office again, or all of them where nothing is named.

    What was rejected before is always tried again. The run's artifacts say what changed.
    """
    place = Home.at(home)
    with installed_at(place):
        selected = select_kept(place, replaying.Selection(fiscal_year, quarter, office))
        reports = read_waiting(place, selected)
        changes = load_again(place, selected, reports)
    publish_changes(changes)
    return changes


@task(name="select")
def select_kept(home: Home, selection: replaying.Selection) -> tuple[Submission, ...]:
    """Find the kept originals that the selection concerns."""
    return replaying.select_kept(home, selection)


@task(name="load again and publish")
def load_again(home: Home, submissions: Sequence[Submission], reports: Sequence[Report]) -> Changes:
    """Replace what the submissions said in one transaction, and the published copy after it."""
    with concurrency(LOAD_LIMIT, occupy=1):
        return replaying.load_again(home, submissions, reports)
