"""The command `protibedon serve`."""

import click

from flows.command import CouldNotRun, failures_told, home_option
from flows.home import Home


@click.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), help="Port of the UI.  [default: $PROTIBEDON_UI_PORT, else 4200]"
)
@home_option
def serve(port: int | None, home: str | None) -> None:
    """Let everything run by itself: Prefect's server, its UI, schedules and a worker.

    All on this machine, at 127.0.0.1, until Ctrl-C. Schedules stay active when it stops.
    """
    from flows import serving
    from flows.settings import number

    with failures_told():
        address = serving.Address(port or int(number("ui_port")), int(number("papers_port")))
        try:
            serving.serve(Home.at(home), address, click.echo)
        except serving.CannotServe as failure:
            raise CouldNotRun(str(failure)) from failure
