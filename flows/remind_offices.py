"""The flow that reminds the offices whose report has not come."""

from prefect import flow, task

from flows.choices import DivisionChoice, DryRun, FiscalYearChoice, HomeFolder, OfficeChoice, QuarterChoice
from flows.home import Home, installed_home
from flows.notifying import notify_of_failed_run
from flows.reminding import Reminded, remind
from flows.run_report import publish_reminders
from flows.run_title import name_this_run
from flows.stale_runs import at_work


@flow(
    name="remind-offices",
    flow_run_name="remind-offices",
    on_failure=[notify_of_failed_run],
    on_crashed=[notify_of_failed_run],
)
def remind_offices(
    home: HomeFolder = "",
    fiscal_year: FiscalYearChoice = "",
    quarter: QuarterChoice = None,
    division: DivisionChoice = "",
    office: OfficeChoice = "",
    dry_run: DryRun = False,
) -> Reminded:
    """Write the reminders that are for today, and send them where a mail server is set up.

    The setting `remind_days` says which days are for reminding; no office gets the same reminder twice.
    """
    with at_work(), installed_home(home) as place:
        reminded = write_reminders(place, fiscal_year, quarter, division, office, dry_run=dry_run)
    publish_reminders(reminded)
    name_this_run(reminded.sentence(), dry_run=dry_run)
    return reminded


@task(name="write and send")
def write_reminders(
    home: Home, fiscal_year: str, quarter: int | None, division: str, office: str, *, dry_run: bool
) -> Reminded:
    """Write and send the reminders of today. What could not be sent waits in the outbox for the next run."""
    return remind(
        home,
        fiscal_year=fiscal_year,
        quarter=quarter,
        division_id=division,
        office_id=office,
        dry_run=dry_run,
    )
