"""The bar that the operator sees in the Prefect UI while files are read."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from prefect.artifacts import create_progress_artifact, update_progress_artifact

_PAUSE_SECONDS = 2.0  # a call to the server for every file would take longer than reading the file


@contextmanager
def reading_progress(files: int) -> Iterator[Callable[[object], None]]:
    """Show a bar for so many files, and give what is to be called after each; it tells at intervals only."""
    if not files:
        yield lambda _: None
        return
    bar = create_progress_artifact(progress=0.0, key="reading", description=f"{files} files to read")
    assert isinstance(bar, UUID)  # called from a flow that is not asynchronous
    done, told_at = 0, time.monotonic()

    def has_read(_file: object) -> None:
        nonlocal done, told_at
        done += 1
        if done == files or time.monotonic() - told_at >= _PAUSE_SECONDS:
            told_at = time.monotonic()
            update_progress_artifact(bar, progress=100 * done / files, description=f"{done} of {files} read")

    yield has_read
