"""Reading in batches on one of Prefect's task runners: threads or processes here, or a Dask cluster.

Without one, all is read at the desks of one reading room, which is the fastest on a single machine. A batch
is read at desks too, wherever it is read, so that no file can harm a worker. docs/scaling.md says what pays
when.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from prefect import flow, task
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner

from extractors.originals import Originals
from extractors.submission import Submission
from flows.home import Home, installed_at
from flows.reading import Reader, StandingReader, read_submissions
from flows.settings import WrongSetting, number, text
from transforms.report import Report

NO_RUNNER = "none"

_Runner = TaskRunner[Any]


@contextmanager
def chosen_reader(home: Home) -> Iterator[Reader]:
    """Give meanwhile what reads submissions: the desks of this run, or a task runner where one is chosen.

    Raises `WrongSetting` for a runner that is not known.
    """
    name = text("task_runner")
    if name == NO_RUNNER:
        with StandingReader() as read:
            yield read
    elif name in _RUNNERS:
        yield partial(_read_in_batches, home, _RUNNERS[name]())
    else:
        known = ", ".join((NO_RUNNER, *_RUNNERS))
        raise WrongSetting(f"PROTIBEDON_TASK_RUNNER is {name!r}; it must be one of {known}")


@task(name="read a batch")
def read_batch(home: Home, submissions: Sequence[Submission]) -> list[Report]:
    """Read some submissions, at desks beside the worker, which must see the home under the same path."""
    with installed_at(home):
        return read_submissions(Originals(home.originals), submissions, lambda _: None)


def _read_in_batches(
    home: Home,
    runner: _Runner,
    _originals: Originals,
    submissions: Sequence[Submission],
    has_read: Callable[[Submission], object],
) -> list[Report]:
    @flow(name="read-in-batches", task_runner=runner)
    def read_all() -> list[Report]:
        size = int(number("task_batch"))
        batches = [submissions[begin : begin + size] for begin in range(0, len(submissions), size)]
        reading = [(batch, read_batch.submit(home, batch)) for batch in batches]
        reports: list[Report] = []
        for batch, read in reading:
            reports += read.result()
            for submission in batch:
                has_read(submission)
        return reports

    return read_all()


def _threads() -> _Runner:
    return ThreadPoolTaskRunner(max_workers=int(number("task_workers")))


def _processes() -> _Runner:
    return ProcessPoolTaskRunner(max_workers=int(number("task_workers")))


def _dask() -> _Runner:
    """Return a runner on the cluster whose scheduler is named, or on workers of its own on this machine."""
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ModuleNotFoundError as missing:
        raise WrongSetting("PROTIBEDON_TASK_RUNNER is 'dask'; install prefect-dask for it") from missing

    address = text("dask_scheduler")
    if address:
        return DaskTaskRunner(address=address)
    # One thread each: a worker's settings are those of its process.
    own = {"n_workers": int(number("task_workers")), "threads_per_worker": 1, "dashboard_address": None}
    return DaskTaskRunner(cluster_kwargs=own)


_RUNNERS: dict[str, Callable[[], _Runner]] = {"threads": _threads, "processes": _processes, "dask": _dask}
