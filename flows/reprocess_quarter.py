"""The flow that reads kept originals again, by hand, after what we know about reports has changed."""

from collections.abc import Sequence

from prefect import flow, task

from extractors.submission import Submission
from flows import replaying, road
from flows.batches import chosen_reader
from flows.choices import DryRun, FiscalYearChoice, HomeFolder, OfficeChoice, QuarterChoice
from flows.home import Home, installed_home
from flows.ingest_reports import answer_offices, one_load_at_a_time
from flows.notifying import notify_of_failed_run, notify_of_rejections
from flows.rehearsal import stage_of
from flows.run_progress import reading_progress
from flows.run_report import publish_changes
from flows.run_title import name_this_run, title_of_replay
from flows.stale_runs import at_work
from transforms.report import Report
from warehouse.replay import Changes


@flow(
    name="reprocess-quarter",
    flow_run_name="reprocess-quarter",
    on_failure=[notify_of_failed_run],
    on_crashed=[notify_of_failed_run],
)
def reprocess_quarter(
    home: HomeFolder = "",
    fiscal_year: FiscalYearChoice = "",
    quarter: QuarterChoice = None,
    office: OfficeChoice = "",
    dry_run: DryRun = False,
) -> Changes:
    """Read the reports of a quarter or an office again, or all of them where nothing is named.

    What was rejected before is always tried again. The run's artifacts say what changed.
    """
    with at_work(), installed_home(home) as place, stage_of(place, dry_run=dry_run) as stage:
        selected = select_kept(stage, replaying.Selection(fiscal_year, quarter, office))
        reports = read_waiting(stage, selected)
        changes = load_again(stage, selected, reports)
        if not dry_run:
            answer_offices(place)
            notify_of_rejections(place, "reprocess-quarter", reports)
    publish_changes(changes)
    name_this_run(title_of_replay(reports, changes), dry_run=dry_run)
    return changes


@task(name="select")
def select_kept(home: Home, selection: replaying.Selection) -> tuple[Submission, ...]:
    """Find the kept originals that the selection concerns."""
    return replaying.select_kept(home, selection)


@task(name="read")
def read_waiting(home: Home, submissions: Sequence[Submission]) -> tuple[Report, ...]:
    """Read the selected submissions, all in one task: a task each would cost more than the reading."""
    with reading_progress(len(submissions)) as has_read, chosen_reader(home) as read:
        return road.read_waiting(home, submissions, has_read, read)


@task(name="load again and publish")
def load_again(home: Home, submissions: Sequence[Submission], reports: Sequence[Report]) -> Changes:
    """Replace what the submissions said in one transaction, and the published copy after it."""
    with one_load_at_a_time():
        return replaying.load_again(home, submissions, reports)
