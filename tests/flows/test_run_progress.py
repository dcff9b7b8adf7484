from uuid import uuid4

import pytest

from flows import run_progress


@pytest.fixture
def told(monkeypatch):
    """What the server was told: the percentages, in their order."""
    percentages: list[float] = []
    bar = uuid4()

    def create(*, progress: float, key: str, description: str):
        percentages.append(progress)
        return bar

    def update(artifact_id, *, progress: float, description: str):
        assert artifact_id == bar
        percentages.append(progress)

    monkeypatch.setattr(run_progress, "create_progress_artifact", create)
    monkeypatch.setattr(run_progress, "update_progress_artifact", update)
    return percentages


def test_the_server_is_told_at_intervals_and_of_the_end(told):
    with run_progress.reading_progress(1000) as has_read:
        for number in range(1000):
            has_read(number)
    assert told == [0.0, 100.0]


def test_a_slow_read_is_told_on_the_way(told, monkeypatch):
    clock = iter(range(0, 100, 3))
    monkeypatch.setattr(run_progress.time, "monotonic", lambda: next(clock))
    with run_progress.reading_progress(4) as has_read:
        for number in range(4):
            has_read(number)
    assert told == [0.0, 25.0, 50.0, 75.0, 100.0]


def test_where_nothing_is_read_there_is_no_bar(told):
    with run_progress.reading_progress(0):
        pass
    assert told == []
