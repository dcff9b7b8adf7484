"""The flow that writes the divisional summaries from the published warehouse."""

from pathlib import Path

from prefect import flow, task

from flows import summarising
from flows.choices import DivisionChoice, DryRun, FiscalYearChoice, HomeFolder, QuarterChoice
from flows.home import Home, installed_home
from flows.notifying import notify_of_failed_run
from flows.rehearsal import stage_of
from flows.run_report import publish_rehearsed_papers, publish_reporting, publish_summary_links
from flows.run_title import name_this_run, title_of_papers
from flows.stale_runs import at_work


@flow(
    name="publish-summaries",
    flow_run_name="publish-summaries",
    on_failure=[notify_of_failed_run],
    on_crashed=[notify_of_failed_run],
)
def publish_summaries(
    home: HomeFolder = "",
    fiscal_year: FiscalYearChoice = "",
    quarter: QuarterChoice = None,
    division: DivisionChoice = "",
    dry_run: DryRun = False,
) -> tuple[Path, ...]:
    """Write the divisional matrices; of every quarter and division, or only of those named."""
    wanted = summarising.Wanted(fiscal_year, quarter, division)
    with at_work(), installed_home(home) as place, stage_of(place, dry_run=dry_run) as stage:
        written = write_summaries(stage, wanted)
        rates = summarising.reporting(stage, wanted)
        publish_reporting(rates, {(one.fiscal_year, one.quarter) for one in rates})
        if dry_run:
            publish_rehearsed_papers([path.relative_to(stage.folder) for path in written])
        else:
            publish_summary_links(written, stage.all_summaries)
        name_this_run(title_of_papers(written, stage.all_summaries), dry_run=dry_run)
    return written


@task(name="write summaries")
def write_summaries(home: Home, wanted: summarising.Wanted) -> tuple[Path, ...]:
    """Write the matrices that are wanted."""
    return summarising.summarise(home, wanted)
