"""A run's title: what it did, in the one line by which the operator knows it again in the Prefect UI."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from prefect.client.orchestration import get_client
from prefect.runtime import flow_run

from flows.fate import Fate
from flows.road import Walk
from transforms.report import Report
from warehouse.replay import Changes

_MOST_PERIODS = 4


def name_this_run(title: str, *, dry_run: bool) -> None:
    """Name the flow run that we are in after what it did."""
    with get_client(sync_client=True) as client:
        client.update_flow_run(flow_run.id, name=f"dry run · {title}" if dry_run else title)


def title_of_walk(walk: Walk) -> str:
    """Return such as `2024-25 Q2 · 11 received · 2 rejected`."""
    rejected = sum(bool(fate.rejection_code) for fate in walk.fates)
    told = [_periods(walk.fates), f"{len(walk.fates)} received"] if walk.fates else ["nothing new"]
    told += [f"{rejected} rejected"] * bool(rejected)
    told += [f"{len(walk.received.unavailable)} not reachable"] * bool(walk.received.unavailable)
    return _joined(told)


def title_of_replay(reports: Sequence[Report], changes: Changes) -> str:
    """Return such as `2024-25 Q2 · 11 read again · submissions changed: 1`."""
    return _joined([_periods(reports), f"{len(reports)} read again", changes.sentence()])


def title_of_papers(written: Iterable[Path], home: Path) -> str:
    """Return such as `2024-25 Q2 · 33 papers`, from where the papers were written."""
    papers = [path.relative_to(home) for path in written]
    quarters = sorted({paper.parts[0].replace("-q", " Q") for paper in papers})
    return _joined([_few(quarters), f"{len(papers)} papers"]) if papers else "nothing to write"


def _periods(reports: Iterable[Report | Fate]) -> str:
    return _few(sorted({f"{one.fiscal_year} Q{one.quarter}" for one in reports if one.quarter}))


def _few(periods: Sequence[str]) -> str:
    """Return such as `2024-25 Q1, Q2`; a long list only as its number."""
    if len(periods) > _MOST_PERIODS:
        return f"{len(periods)} quarters"
    years = groupby(periods, key=lambda period: period.split()[0])
    return ", ".join(f"{year} {', '.join(one.split()[1] for one in quarters)}" for year, quarters in years)


def _joined(told: Iterable[str]) -> str:
    return " · ".join(filter(None, told))
