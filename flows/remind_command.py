"""The command `protibedon remind`."""

import click

from flows.command import failures_told, home_option, period_options, print_lines
from flows.home import Home


@click.command()
@period_options
@click.option("--division", metavar="ID", default="", help="For example khulna.")
@click.option("--office", metavar="ID", default="", help="For example jashore.")
@click.option("--dry-run", is_flag=True, help="Only say whom it would remind of what.")
@home_option
def remind(
    fiscal_year: str, quarter: int | None, division: str, office: str, dry_run: bool, home: str | None
) -> None:
    """Remind by mail the offices whose report has not come.

    Writes the reminders of today into the home's outbox, each once, and sends them where a mail server is
    set. Run it every day; the settings `reminders` and `remind_days` say whether and when.
    """
    from flows import reminding
    from flows.notifying import failure_notified

    place = Home.at(home)
    with failures_told(), failure_notified(place, "remind"):
        reminded = reminding.remind(
            place,
            fiscal_year=fiscal_year,
            quarter=quarter,
            division_id=division,
            office_id=office,
            dry_run=dry_run,
        )
    print_lines(reminded.lines())
    click.echo(reminded.sentence())
