"""The commands `protibedon backup` and `protibedon restore`."""

from pathlib import Path

import click

from flows.command import failures_told, home_option
from flows.home import Home


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@home_option
def backup(file: Path, home: str | None) -> None:
    """Keep everything a home holds in one new file, also while runs go on.

    Waits for a load to end. What can be made again is left out: the published copy, the summaries, and
    Prefect's own records.
    """
    from flows.backing_up import back_up

    with failures_told():
        kept = back_up(Home.at(home), file)
    click.echo(f"{file}: {kept.sentence()}")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@home_option
def restore(file: Path, home: str | None) -> None:
    """Make a new home from a backup, and publish its warehouse.

    The home must be empty or absent. Every file is proved by its hash before any is in place. Mail that
    waited may have been sent since, and is left to you in outbox/doubtful.
    """
    from flows.backing_up import restore as restore_home

    place = Home.at(home)
    with failures_told():
        restored = restore_home(file, place)
    click.echo(f"{place.folder}: {restored.sentence()}")
    click.echo(
        "now run `protibedon ingest`, for what had been received and not loaded, then `protibedon summarise`"
    )
