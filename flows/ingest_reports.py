"""The flow that takes reports in: receive, read, load and publish, one task a stage."""

from collections.abc import Sequence
from pathlib import Path

from prefect import flow, task
from prefect.concurrency.sync import concurrency

from extractors.submission import Submission
from flows import road
from flows.home import Home, installed_at
from flows.run_report import publish_run_report
from transforms.report import Report

# One load at a time, whichever deployment it belongs to: DuckDB has one writer. The limit binds where the
# operator has created it (`prefect gcl create`); DuckDB's own lock holds in any case.
LOAD_LIMIT = "protibedon-load"


@flow(name="ingest-reports", log_prints=False)
def ingest_reports(home: str = "", paths: Sequence[str] = ()) -> road.Walk:
    """Take every new report of the inbox through to the published warehouse.

    `home` is the installation's folder (default: `PROTIBEDON_HOME`, else `./data`); `paths` names files or
    folders to take instead of the inbox. Files taken before are not taken again.
    """
    place = Home.at(home)
    with installed_at(place):
        receipt = receive(place, tuple(Path(path) for path in paths))
        reports = read_waiting(place, receipt.waiting)
        load_reports(place, receipt.waiting, reports)
    walk = road.Walk(receipt, reports)
    publish_run_report(walk)
    return walk


@task(name="receive", retries=2, retry_delay_seconds=10)
def receive(home: Home, paths: Sequence[Path]) -> road.Receipt:
    """Take files into the originals and the ledger. A share that is away may be back in a moment."""
    return road.receive(home, paths)


@task(name="read")
def read_waiting(home: Home, submissions: Sequence[Submission]) -> tuple[Report, ...]:
    """Read the waiting submissions, all in one task: a task each would cost more than the reading."""
    return road.read_waiting(home, submissions)


@task(name="load and publish")
def load_reports(home: Home, submissions: Sequence[Submission], reports: Sequence[Report]) -> None:
    """Load the reports in one transaction and replace the published copy."""
    with concurrency(LOAD_LIMIT, occupy=1):
        road.load_reports(home, submissions, reports)
