"""What a crash leaves behind is told from what is still being worked on."""

import subprocess
import sys

import pytest
from prefect import flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import StateType
from prefect.settings import get_current_settings
from prefect.states import Running

from flows.stale_runs import LEFT_BEHIND, at_work, sweep_stale_runs

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("prefect_at_work")]
HOLD = (
    "import fcntl, sys; held = open(sys.argv[1], 'w'); fcntl.flock(held, fcntl.LOCK_EX); "
    "print('held', flush=True); input()"
)


@flow
def some_flow() -> None:
    """A flow whose runs are made by hand."""


@pytest.fixture
def marks():
    folder = get_current_settings().home / "running"
    folder.mkdir(exist_ok=True)
    return folder


def running(name: str):
    with get_client(sync_client=True) as client:
        return client.create_flow_run(some_flow, name=name, state=Running())


def state_of(run):
    with get_client(sync_client=True) as client:
        return client.read_flow_run(run.id).state


def test_only_what_no_process_works_on_is_marked(marks):
    dead, alive, foreign = running("dead"), running("alive"), running("foreign")
    (marks / str(dead.id)).touch()
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(marks / str(alive.id))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="ascii",
    ) as worker:
        assert worker.stdout
        assert worker.stdout.readline() == "held\n"
        assert sweep_stale_runs(LEFT_BEHIND) == ["dead"]
        assert state_of(dead).type is StateType.CRASHED
        assert state_of(dead).message == LEFT_BEHIND
        assert state_of(alive).type is state_of(foreign).type is StateType.RUNNING
        worker.kill()
    assert sweep_stale_runs(LEFT_BEHIND) == ["alive"]
    assert not list(marks.iterdir())


def test_a_run_is_marked_while_it_works_and_not_after(marks):
    @flow
    def working() -> int:
        with at_work():
            return len(list(marks.iterdir()))

    @flow
    def failing() -> None:
        with at_work():
            raise ValueError

    assert working() == 1
    with pytest.raises(ValueError):
        failing()
    assert not list(marks.iterdir())
