"""Each accident once, and some kills; docs/reliability.md says how to let them happen as often as one likes.

PROTIBEDON_TEST_ROUNDS says how often (else once each), PROTIBEDON_TEST_SEED chooses other moments.
"""

import os

import pytest

from tests.dovecot import PROGRAM
from tests.faults import clock, full_disk
from tests.faults.accidents import ACCIDENTS, rounds_of
from tests.faults.kill import kill_rounds
from tests.faults.soak import soak

ROUNDS = int(os.environ.get("PROTIBEDON_TEST_ROUNDS", "1"))
SEED = int(os.environ.get("PROTIBEDON_TEST_SEED", "2026"))
SLOW = {"server restarted": pytest.mark.server}


@pytest.mark.parametrize("name", [pytest.param(name, marks=SLOW.get(name, ())) for name in ACCIDENTS])
def test_nothing_is_lost_and_the_next_run_puts_all_right(tmp_path, name):
    skip_where_it_cannot_happen(name, tmp_path)
    tally = rounds_of(name, ROUNDS, SEED, tmp_path)
    assert tally.failures == []
    assert tally.received >= 7 * ROUNDS
    assert tally.outcomes.total() == ROUNDS


def skip_where_it_cannot_happen(name, folder):
    if name == "mailbox gone" and not PROGRAM:
        pytest.skip("dovecot-imapd is needed for a real mailbox")
    if name == "clock jumps" and not clock.LIBRARY:
        pytest.skip("libfaketime (the package faketime) is needed to let a clock jump")
    if name == "disk full":
        try:
            with full_disk.small_disk(folder / "trial"):
                return
        except OSError as refusal:
            pytest.skip(f"a small disk cannot be mounted here: {refusal}")


def test_runs_killed_at_any_moment_lose_nothing(tmp_path):
    tally = kill_rounds(2 * ROUNDS, SEED, tmp_path)
    assert tally.failures == []
    assert tally.killed.total() == 2 * ROUNDS


def test_readers_meet_no_error_and_no_half_state_while_reports_keep_coming(tmp_path):
    soaked = soak(tmp_path, seconds=float(os.environ.get("PROTIBEDON_TEST_SECONDS", "10")), readers=8)
    assert soaked.failures() == []
    assert all(reader.looks for reader in soaked.seen)
    assert {state for reader in soaked.seen for state in reader.states} <= set(range(1, soaked.states + 1))
