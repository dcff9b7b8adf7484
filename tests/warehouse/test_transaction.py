import duckdb
import pytest

from warehouse import transaction
from warehouse.transaction import until_unopposed

ANOTHER_LOADER = "TransactionContext Error: Failed to commit: conflict with a transaction that came first"
FULL_DISK = (
    'TransactionContext Error: Failed to commit: Could not write file "warehouse.duckdb.wal": '
    "No space left on device"
)


@pytest.fixture
def pauses(monkeypatch):
    taken = []
    monkeypatch.setattr(transaction.time, "sleep", taken.append)
    return taken


def refused(*refusals):
    """Work that is refused with these words, one after the other, and is then done."""
    left = list(refusals)

    def work():
        if left:
            raise duckdb.TransactionException(left.pop(0))

    return work, left


def test_what_another_loader_was_in_the_way_of_is_done_again(pauses):
    work, left = refused(ANOTHER_LOADER, ANOTHER_LOADER)
    until_unopposed(work)
    assert not left
    assert len(pauses) == 2


def test_what_a_full_disk_refused_is_told_at_once(pauses):
    work, left = refused(FULL_DISK, FULL_DISK)
    with pytest.raises(duckdb.TransactionException, match="No space left"):
        until_unopposed(work)
    assert len(left) == 1
    assert pauses == []


def test_a_loader_that_never_gets_its_turn_gives_up(pauses):
    work, left = refused(*[ANOTHER_LOADER] * 100)
    with pytest.raises(duckdb.TransactionException, match="conflict"):
        until_unopposed(work)
    assert len(left) == 50
