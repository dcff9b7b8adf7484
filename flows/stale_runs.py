"""Stale runs: what Prefect still calls running although the process that ran it is gone.

A process that is killed, or a power cut, leaves its run `Running` for ever. So each run holds a lock of the
operating system while it works, which no death survives; whose lock is free while the server calls it running
was left behind.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
    WorkPoolFilter,
    WorkPoolFilterName,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.runtime import flow_run
from prefect.settings import get_current_settings
from prefect.states import Crashed

from flows.deploying import WORK_POOL

LEFT_BEHIND = "left behind by a crash; what it had received is taken up by the next run"
STOPPED = "stopped under way; what it had received is taken up by the next run"
_FOLDER = "running"
_UNDER_WAY = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]
_PAGE = 200


@contextmanager
def at_work() -> Iterator[None]:
    """Hold the lock of the flow run that we are in, so that nobody takes it for left behind.

    The mark stays behind where we are told to end at once: the server may not learn of that from us.
    """
    mark = _mark_of(str(flow_run.id))
    mark.parent.mkdir(parents=True, exist_ok=True)
    with mark.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        try:
            yield
        except Exception:
            mark.unlink()
            raise
        mark.unlink()


def sweep_stale_runs(why: str) -> list[str]:
    """Mark as crashed what no process works on any more, and return the names of those runs.

    To be called while there is no worker: a run of our pool that nobody has begun is left behind too.
    Other runs without a mark are not ours to judge.
    """
    swept = []
    with get_client(sync_client=True) as client:
        pool = WorkPoolFilter(name=WorkPoolFilterName(any_=[WORK_POOL]))
        of_our_pool = {run.id for run in _under_way(client, pool)}
        for run in _under_way(client):
            if _is_left_behind(run, is_of_our_pool=run.id in of_our_pool):
                client.set_flow_run_state(run.id, Crashed(message=why))  # not forced: it frees its slot
                swept.append(run.name)
    for mark in _marks().glob("*"):
        if not _is_held(mark):
            mark.unlink()
    return swept


def _under_way(client: SyncPrefectClient, pool: WorkPoolFilter | None = None) -> list[FlowRun]:
    wanted = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=_UNDER_WAY)))
    return client.read_flow_runs(flow_run_filter=wanted, work_pool_filter=pool, limit=_PAGE)


def _is_left_behind(run: FlowRun, *, is_of_our_pool: bool) -> bool:
    mark = _mark_of(run.id)
    return not _is_held(mark) if mark.exists() else is_of_our_pool


def _is_held(mark: Path) -> bool:
    with mark.open("r+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _mark_of(run_id: UUID | str) -> Path:
    return _marks() / str(run_id)


def _marks() -> Path:
    return Path(get_current_settings().home) / _FOLDER
