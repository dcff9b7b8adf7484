"""Batches read on a task runner give what the reading room gives."""

import pytest

from extractors.inbox import Inbox
from extractors.originals import Originals
from flows.batches import chosen_reader
from flows.home import Home
from flows.reading import StandingReader, read_submissions
from flows.settings import WrongSetting
from tests.flows.conftest import EXAMPLES


@pytest.fixture
def kept(home):
    """The submissions of some examples, kept in a home."""
    originals = Originals(Home(home).originals)
    submissions = []
    for path in sorted(EXAMPLES.glob("*.xlsx")) + sorted(EXAMPLES.glob("*.txt")):
        content, submission = Inbox([path]).take(path)
        originals.keep(content, submission)
        submissions.append(submission)
    return originals, list({one.submission_id: one for one in submissions}.values())


def test_without_a_task_runner_the_reading_room_reads(home):
    with chosen_reader(Home(home)) as read:
        assert isinstance(read, StandingReader)


@pytest.mark.parametrize("runner", ["threads", "processes", "dask"])
def test_a_task_runner_reads_as_the_reading_room_does(runner, home, kept, monkeypatch, prefect_at_work):
    originals, submissions = kept
    monkeypatch.setenv("PROTIBEDON_TASK_RUNNER", runner)
    monkeypatch.setenv("PROTIBEDON_TASK_BATCH", "3")
    monkeypatch.setenv("PROTIBEDON_READ_WORKERS", "1")
    watched = []
    with chosen_reader(Home(home)) as read:
        reports = read(originals, submissions, watched.append)
    assert len(submissions) > 6  # three batches or more, for two workers
    assert reports == read_submissions(originals, submissions, lambda _: None)
    assert watched == submissions


def test_a_task_runner_nobody_knows_is_told_with_those_that_are_known(home, monkeypatch):
    monkeypatch.setenv("PROTIBEDON_TASK_RUNNER", "spark")
    with pytest.raises(WrongSetting, match="'spark'; it must be one of none, threads, processes, dask"):
        chosen_reader(Home(home)).__enter__()
