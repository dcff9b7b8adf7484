"""A short run over random texts. The long one is in docs/reliability.md."""

from collections import Counter

from tests.hostile.strings import failures, long_texts, readers, texts


def test_no_reader_of_values_fails_on_a_random_text():
    tally = Counter[str]()
    assert list(failures(texts(600, seed=4), tally)) == []
    assert {name for name in readers() if tally[name]} == set(readers())  # each has read a value from some


def test_no_reader_of_values_fails_on_a_long_text():
    assert list(failures(long_texts(500), Counter())) == []


def test_the_same_seed_gives_the_same_texts():
    assert list(texts(50, seed=1)) == list(texts(50, seed=1)) != list(texts(50, seed=2))
