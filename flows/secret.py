"""A secret: a password or a private address, which is told to a run and written down nowhere by it.

It stands in the environment, as every setting may. Where a run has a Prefect server, what the environment
does not say may stand in a Secret block there, `protibedon-smtp-password` for `smtp_password`.
"""

import logging
import sys

from flows.settings import all_settings, text

_BLOCKS = "protibedon"
_LOG = logging.getLogger(__name__)


def secret(name: str) -> str:
    """Return a secret setting, from the environment or else from its block; empty where neither holds it.

    Raises `LookupError` for a setting that is no secret, which may stand in files and be printed.
    """
    if not all_settings()[name].secret:
        raise LookupError(f"{name} is no secret")
    return text(name) or _from_block(name)


def block_of(name: str) -> str:
    """Return the name of the Prefect block that may hold a secret; Prefect allows no underscores there."""
    return f"{_BLOCKS}-{name.replace('_', '-')}"


def _from_block(name: str) -> str:
    """Ask the Prefect server that this run belongs to; the command line alone has none."""
    if "prefect" not in sys.modules:
        return ""
    from httpx import HTTPError
    from prefect.blocks.system import Secret
    from prefect.settings import get_current_settings
    from prefect.utilities.asyncutils import run_coro_as_sync

    if not get_current_settings().api.url:
        return ""
    try:
        block: Secret[str] | None = run_coro_as_sync(Secret.aload(block_of(name)))
    except ValueError:  # Prefect's word for a block that nobody has made
        return ""
    except HTTPError as error:
        _LOG.warning("Prefect could not be asked for %s (%s)", block_of(name), type(error).__name__)
        return ""
    return str(block.get()).strip() if block else ""
