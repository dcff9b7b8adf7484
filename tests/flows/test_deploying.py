"""What the server is told before work begins."""

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import GlobalConcurrencyLimitUpdate
from prefect.concurrency.sync import concurrency

from flows.deploying import LOAD_LIMIT, WORK_POOL, prepare_server

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("prefect_at_work")]


def test_a_load_that_was_killed_with_its_server_keeps_nobody_out():
    prepare_server()
    with get_client(sync_client=True) as client:
        held = GlobalConcurrencyLimitUpdate(active_slots=1)  # as it stands in the database after the kill
        client.update_global_concurrency_limit(LOAD_LIMIT, held)
        with (
            pytest.raises(TimeoutError),
            concurrency(LOAD_LIMIT, occupy=1, timeout_seconds=1.0),
        ):
            pytest.fail("let in beside another load")
        prepare_server()
        with concurrency(LOAD_LIMIT, occupy=1, timeout_seconds=10.0):
            assert client.read_global_concurrency_limit_by_name(LOAD_LIMIT).active_slots == 1
        assert client.read_work_pool(WORK_POOL).type == "process"
