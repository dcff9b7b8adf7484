"""The flow that writes the divisional summaries from the published warehouse."""

from pathlib import Path

from prefect import flow, task

from flows import road
from flows.home import Home, installed_at
from flows.run_report import publish_summary_links


@flow(name="publish-summaries", log_prints=False)
def publish_summaries(
    home: str = "", fiscal_year: str = "", quarter: int | None = None, division: str = ""
) -> tuple[Path, ...]:
    """Write the divisional matrices; of every quarter and division, or only of those named."""
    place = Home.at(home)
    with installed_at(place):
        written = write_summaries(place, road.Wanted(fiscal_year, quarter, division))
    publish_summary_links(written)
    return written


@task(name="write summaries")
def write_summaries(home: Home, wanted: road.Wanted) -> tuple[Path, ...]:
    """Write the matrices that are wanted."""
    return road.summarise(home, wanted)
