"""The commands `protibedon sender`: who may send reports by mail."""

import click

from flows.command import CouldNotRun, failures_told, home_option, print_lines
from flows.home import Home


@click.group()
def sender() -> None:
    """Decide whose mail is taken in."""


@sender.command()
@click.argument("address")
@click.argument("office_id", metavar="OFFICE")
@home_option
def allow(address: str, office_id: str, home: str | None) -> None:
    """Let an address send reports: `protibedon sender allow library@example.org jashore`.

    The decision is written into the home's own reference/correspondents.csv.
    """
    from transforms import correspondent

    folder = Home.at(home).decided
    with failures_told():
        file = correspondent.register(address, office_id, folder)
    if file is None:
        click.echo(f"{address} is {office_id}'s already; nothing was changed")
    else:
        click.echo(f"{address} is now {office_id}'s, by {file}")
        click.echo("now run `protibedon reprocess`, which takes in what was kept apart from that address")


@sender.command()
@home_option
def waiting(home: str | None) -> None:
    """List what was kept apart because nobody knows its sender."""
    from extractors.originals import Originals
    from flows.admitting import told_of_strangers
    from warehouse.connection import open_writer
    from warehouse.ledger import kept_apart

    place = Home.at(home)
    if not place.originals.is_dir():
        raise CouldNotRun(f"nothing has been received in {place.folder}")
    with failures_told(), open_writer(place.warehouse) as connection:
        files = kept_apart(connection)
    print_lines(told_of_strangers(Originals(place.originals), files))
    click.echo(f"{len(files)} kept apart; to take in: `protibedon sender allow ADDRESS OFFICE`")
