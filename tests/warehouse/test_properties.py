"""What must hold of any reports at all, in any order: hypothesis looks for those of which it does not."""

import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.warehouse.contents import whole
from tests.warehouse.test_settling import some_report
from warehouse.connection import open_writer
from warehouse.load import load

EXAMPLES = int(os.environ.get("PROTIBEDON_TEST_ROUNDS", "6"))
searched = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[*HealthCheck], print_blob=True, database=None
)


@some.composite
def arrivals(draw):
    """Reports as they may come: offices' and divisions', late, corrected or of no use."""
    chance = draw(some.randoms(use_true_random=False))
    return [some_report(chance, number) for number in range(draw(some.integers(1, 8)))]


@some.composite
def arrivals_twice(draw):
    """The same reports in two orders, each parted into batches."""
    came = draw(arrivals())
    return _in_batches(draw, came), _in_batches(draw, draw(some.permutations(came)))


def _in_batches(draw, came):
    ends = sorted(draw(some.sets(some.integers(1, len(came)))) | {len(came)})
    return [came[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def held_after(*batches):
    """Everything in a new warehouse into which the batches were loaded one after the other."""
    with tempfile.TemporaryDirectory() as folder, open_writer(Path(folder, "w.duckdb")) as connection:
        for batch in batches:
            load(connection, [sent for sent, _ in batch], [report for _, report in batch])
        return whole(connection)


@searched
@given(came=arrivals())
def test_loaded_twice_is_loaded_once(came):
    once = held_after(came)
    assert held_after(came, came) == once
    assert len(once["submissions"]) == len(came)


@searched
@given(orders=arrivals_twice())
def test_in_any_order_and_in_any_batches_it_is_the_same(orders):
    one, other = orders
    assert held_after(*one) == held_after(*other)
