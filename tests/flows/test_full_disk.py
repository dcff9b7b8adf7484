"""What is told of a disk that takes nothing more; tests/faults runs into a real one."""

import errno
import os

import duckdb
import pytest

from flows.command import CouldNotRun, failures_told
from flows.full_disk import said_of_full_disk

FULL = "Could not write file “warehouse.duckdb”: No space left on device"


@pytest.mark.parametrize(
    "failure",
    [
        OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "originals/3f/x"),
        OSError(errno.EDQUOT, os.strerror(errno.EDQUOT)),
        OSError(errno.EROFS, os.strerror(errno.EROFS)),
        duckdb.IOException(f"IO Error: {FULL}"),
        duckdb.TransactionException(f"Failed to commit: {FULL}"),
    ],
)
def test_a_full_disk_is_told_in_one_sentence(failure):
    with pytest.raises(CouldNotRun, match="nothing that was received is lost") as told, failures_told():
        raise failure
    assert told.value.__cause__ is failure
    assert "\n" not in told.value.format_message()


@pytest.mark.parametrize(
    "failure",
    [
        OSError(errno.EIO, os.strerror(errno.EIO)),
        OSError("no number at all"),
        OSError(errno.EIO, "a file named No space left on device"),
        duckdb.CatalogException("no such table"),
    ],
)
def test_any_other_failure_keeps_its_traceback(failure):
    assert said_of_full_disk(failure) == ""
    with pytest.raises(type(failure)), failures_told():
        raise failure
