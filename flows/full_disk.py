"""A disk that takes nothing more: how it shows itself, in errors of the system and in those of DuckDB."""

import errno
import os

import duckdb

RAISED = (OSError, duckdb.Error)

_REASONS = {number: os.strerror(number) for number in (errno.ENOSPC, errno.EDQUOT, errno.EROFS)}


def said_of_full_disk(failure: OSError | duckdb.Error) -> str:
    """Return the sentence that an operator is told; empty where it is another failure.

    DuckDB has no error of its own for it, and ends its message with what the system said.
    """
    code = failure.errno if isinstance(failure, OSError) else None
    reason = _REASONS.get(code or 0) or next(
        (reason for reason in _REASONS.values() if not code and reason in str(failure)), ""
    )
    if not reason:
        return ""
    return (
        f"nothing could be written to the disk ({reason}); nothing that was received is lost, "
        "and the next run goes on from here once there is room"
    )
