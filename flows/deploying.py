"""Deploying: what Prefect's server must know before work can begin, all of it said in `prefect.yaml`."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
DEFINITIONS = REPOSITORY / "prefect.yaml"
WORK_POOL = "protibedon"
# One load at a time, whichever deployment it belongs to: DuckDB has one writer. DuckDB's own lock holds in
# any case, but whoever waits at the limit does not fail.
LOAD_LIMIT = "protibedon-load"
_PATIENCE_SECONDS = 300


class CannotDeploy(RuntimeError):  # noqa: N818 (named for what the operator reads)
    """Deployments that could not be made."""


def prefect_command(*arguments: str) -> list[str]:
    """Return a command line of the Prefect that is installed with us."""
    return [sys.executable, "-m", "prefect", *arguments]


def prepare_server() -> None:
    """Make the work pool and the limit around the load, where the server does not have them yet.

    To be called before there is a worker: whoever still seems to hold the limit was killed in its load, and
    a server that was killed with it would let nobody in any more.
    """
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.actions import GlobalConcurrencyLimitUpdate, WorkPoolCreate
    from prefect.exceptions import ObjectNotFound

    with get_client(sync_client=True) as client:
        client.upsert_global_concurrency_limit_by_name(LOAD_LIMIT, 1)
        client.update_global_concurrency_limit(LOAD_LIMIT, GlobalConcurrencyLimitUpdate(active_slots=0))
        try:
            client.read_work_pool(WORK_POOL)
        except ObjectNotFound:
            client.create_work_pool(WorkPoolCreate(name=WORK_POOL, type="process"))


def deploy_all(environment: Mapping[str, str], log: Path) -> None:
    """Deploy what `prefect.yaml` defines; what stood before under the same name is replaced.

    Raises `CannotDeploy` with Prefect's last word; the log holds all that it said.
    """
    if not DEFINITIONS.is_file():
        raise CannotDeploy(f"there is no {DEFINITIONS}; run from a checkout of the repository")
    done = subprocess.run(
        prefect_command("--no-prompt", "deploy", "--all", "--prefect-file", DEFINITIONS.name),
        env=dict(environment),
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=_PATIENCE_SECONDS,
    )
    log.write_text(done.stdout, encoding="utf-8")
    if done.returncode:
        last = next((line.strip() for line in reversed(done.stdout.splitlines()) if line.strip()), "nothing")
        raise CannotDeploy(f"the deployments could not be made; see {log} ({last})")
