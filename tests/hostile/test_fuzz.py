"""A short fuzz run, and that its files can be made again. The long one is in docs/reliability.md."""

import pytest

from extractors.desk import Limits
from tests.hostile.fuzz import EXAMPLES, Good, fuzz, mutant


def test_no_mutated_file_is_lost_hangs_or_brings_the_reader_down(tmp_path):
    tally = fuzz(range(60), seed=4, limits=Limits(1024**3, 60), kept=tmp_path)
    assert tally.failures == []
    assert sum(outcomes.total() for outcomes in tally.outcomes.values()) >= 60  # an archive is several files


@pytest.mark.parametrize("name", ["natore_quarter_1.txt", "natore_quarter_2.docx", "jashore_q2.xlsx"])
def test_a_seed_and_a_number_always_make_the_same_file(name):
    good = [Good("example", (EXAMPLES / name).read_bytes(), 1)]
    for number in range(20):
        assert mutant(good, 7, number) == mutant(good, 7, number)
    assert len({mutant(good, 7, number) for number in range(20)}) > 10
