"""The commands `protibedon person`: what is kept about one person, and erasing it."""

from datetime import date
from pathlib import Path

import click

from flows.command import CouldNotRun, failures_told, home_option, print_lines
from flows.home import Home


@click.group()
def person() -> None:
    """Answer a person who asks what is kept about them."""


@person.command()
@click.argument("address")
@click.option(
    "--to",
    "file",
    required=True,
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A new zip file.",
)
@click.option(
    "--also",
    multiple=True,
    metavar="TEXT",
    help="A telephone number or a name, looked for as it is written; may be said several times.",
)
@home_option
def export(address: str, file: Path, also: tuple[str, ...], home: str | None) -> None:
    """Gather all that is kept about one person into a zip with an index.

    The zip holds whole mails and files: hand it to that person alone.
    """
    from flows.person import Person
    from flows.personal_data import export as write_export

    place = _home_that_holds_something(home)
    with failures_told():
        found = write_export(place, Person(_checked(address), also), file, date.today())
    click.echo(f"{file}: {found.sentence()}")


@person.command()
@click.argument("address")
@click.option("--reason", required=True, metavar="TEXT", help="Why, for whoever asks later.")
@home_option
def erase(address: str, reason: str, home: str | None) -> None:
    """Erase what is kept of one person beside the reports, which are official records.

    Mails, senders and our answers go; no figure changes. Cannot be undone. Says what it cannot reach.
    """
    from flows import erasing

    place = _home_that_holds_something(home)
    with failures_told():
        erased = erasing.erase(place, _checked(address), _without_address(reason, address), date.today())
    print_lines(erased.lines())


def _home_that_holds_something(home: str | None) -> Home:
    place = Home.at(home)
    if not place.originals.is_dir():
        raise CouldNotRun(f"nothing has been received in {place.folder}")
    return place


def _checked(address: str) -> str:
    from transforms.correspondent import folded, is_an_address

    if not is_an_address(folded(address)):
        raise CouldNotRun(f"“{address}” is no mail address")
    return folded(address)


def _without_address(reason: str, address: str) -> str:
    from flows.person import Person

    if not reason.strip():
        raise CouldNotRun("an erasure needs a reason")
    return Person(_checked(address)).taken_out_of(reason)
