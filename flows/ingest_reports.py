"""The flow that takes reports in: receive; read, load and publish; answer; a task each."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from prefect import State, Task, flow, get_run_logger, task
from prefect.client.schemas.objects import TaskRun
from prefect.concurrency.sync import concurrency
from prefect.runtime import task_run

from extractors.mailbox import ConnectionLost
from extractors.submission import Submission
from flows import road
from flows.answering import answer
from flows.batches import chosen_reader
from flows.choices import DryRun, HomeFolder, Paths
from flows.deploying import LOAD_LIMIT
from flows.fate import Fate
from flows.home import Home, installed_home
from flows.notifying import notify_of_failed_run, notify_of_rejections
from flows.rehearsal import stage_of
from flows.run_progress import reading_progress
from flows.run_report import publish_reporting, publish_run_report
from flows.run_title import name_this_run, title_of_walk
from flows.source import Source
from flows.stale_runs import at_work
from flows.summarising import Wanted, reporting

RETRY_DELAYS = [10.0, 60.0]  # seconds; a share that is away may be back in a moment


class SourceAway(Exception):  # noqa: N818 (named for what the operator reads)
    """A folder or a mailbox that cannot be looked into now."""


@flow(
    name="ingest-reports",
    flow_run_name="ingest-reports",
    on_failure=[notify_of_failed_run],
    on_crashed=[notify_of_failed_run],
)
def ingest_reports(
    home: HomeFolder = "", paths: Paths = (), source: Source = Source.BOTH, dry_run: DryRun = False
) -> road.Walk:
    """Take every new report through to the published warehouse.

    `home` is the installation's folder (default: `PROTIBEDON_HOME`, else `./data`); `paths` names files or
    folders to take instead of what the source brings: the inbox, the mailbox where one is configured, or
    both. Files taken before are not taken again.
    """
    with at_work(), installed_home(home) as place, stage_of(place, dry_run=dry_run) as stage:
        named = tuple(Path(path) for path in paths)
        received = receive(stage, named or (place.inbox,), Source.INBOX if named else source, dry_run)
        walk = road.Walk(received, take_in(stage, received.waiting))
        if not dry_run:
            answer_offices(place)
            notify_of_rejections(place, "ingest-reports", walk.fates)
        publish_run_report(walk)
        periods = {(one.fiscal_year, one.quarter) for one in walk.fates if one.quarter}
        publish_reporting(reporting(stage, Wanted()), periods)
    name_this_run(title_of_walk(walk), dry_run=dry_run)
    return walk


def _may_be_back(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Whether trying again may help: the world has failed us, and not the operator or the files."""
    return isinstance(state.result(raise_on_failure=False), SourceAway)


@task(
    name="receive",
    retries=len(RETRY_DELAYS),
    retry_delay_seconds=RETRY_DELAYS,
    retry_condition_fn=_may_be_back,
)
def receive(home: Home, paths: Sequence[Path], source: Source, is_rehearsal: bool) -> road.Received:
    """Take files into the originals and the ledger; a folder or mailbox that is away is looked for again.

    After the last try the run goes on with what has come.
    """
    received = road.receive(home, paths, source, is_rehearsal=is_rehearsal)
    away = [
        failure
        for failure in received.unavailable
        if failure.path in paths or isinstance(failure, ConnectionLost)
    ]
    if away and (task_run.run_count or 0) <= len(RETRY_DELAYS):
        raise SourceAway(f"{away[0]}; it is looked for again")
    return received


@task(name="read, load and publish")
def take_in(home: Home, submissions: Sequence[Submission]) -> tuple[Fate, ...]:
    """Read and load the waiting submissions, and replace the published copy.

    All in one task: one for each would cost more than the reading, and Prefect would keep every report that
    goes from one task to another.
    """
    with reading_progress(len(submissions)) as has_read, chosen_reader(home) as read:
        return road.take_in(home, submissions, has_read, read, one_load_at_a_time)


def one_load_at_a_time() -> AbstractContextManager[None]:
    """Hold the global concurrency limit around the load."""
    return concurrency(LOAD_LIMIT, occupy=1)


@task(name="answer")
def answer_offices(home: Home) -> None:
    """Write and send the receipts that the installation wants; the log says what became of the mail."""
    for line in answer(home).lines():
        get_run_logger().info(line)
