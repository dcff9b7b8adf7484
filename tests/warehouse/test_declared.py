"""The tables of the reference files are compared with these only where a file has changed."""

from importlib.resources import files

import pytest

from tests.warehouse.contents import whole
from warehouse import declared
from warehouse.connection import open_writer
from warehouse.declared import is_declared_otherwise, refresh_declared_tables

PACKAGED = files("transforms.reference")


@pytest.fixture
def replaced(tmp_path, monkeypatch):
    """Let a folder with an official's own copy of one file replace the packaged ones."""

    def replace(name: str, old: str, new: str) -> None:
        text = PACKAGED.joinpath(name).read_text(encoding="utf-8")
        assert old in text
        folder = tmp_path / f"reference-{len(list(tmp_path.iterdir()))}"
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")
        monkeypatch.setenv("PROTIBEDON_REFERENCE", str(folder))

    return replace


@pytest.fixture
def comparisons(monkeypatch):
    """The tables that were compared, as they are."""
    compared = []
    differs = declared.differs_from_incoming

    def watched(connection, table):
        compared.append(table)
        return differs(connection, table)

    monkeypatch.setattr(declared, "differs_from_incoming", watched)
    return compared


def test_a_new_warehouse_is_filled_and_then_says_what_the_files_say(warehouse, comparisons):
    with open_writer(warehouse) as writer:
        assert is_declared_otherwise(writer)
        assert refresh_declared_tables(writer)
        comparisons.clear()
        assert not is_declared_otherwise(writer)
        assert not refresh_declared_tables(writer)
        assert comparisons == []


def test_the_same_files_are_not_written_again(writer):
    refresh_declared_tables(writer)
    before = whole(writer)
    assert not refresh_declared_tables(writer)
    assert whole(writer) == before


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("offices.csv", "Jashore", "Jessore"),
        ("plans/egov-2024-25.toml", "weighted_marks = 10", "weighted_marks = 9"),
    ],
)
def test_another_registry_or_plan_is_noticed(writer, replaced, name, old, new):
    refresh_declared_tables(writer)
    replaced(name, old, new)
    assert is_declared_otherwise(writer)
    assert refresh_declared_tables(writer)
    assert not is_declared_otherwise(writer)


def test_a_file_that_says_the_same_in_other_words_is_compared_until_it_was_taken_up(
    writer, replaced, comparisons
):
    refresh_declared_tables(writer)
    replaced("phrases.toml", "[", "\n[")
    comparisons.clear()
    assert not is_declared_otherwise(writer)
    assert comparisons
    assert not refresh_declared_tables(writer)
    comparisons.clear()
    assert not is_declared_otherwise(writer)
    assert comparisons == []


def test_a_warehouse_from_before_this_was_noted_is_compared(writer, comparisons):
    refresh_declared_tables(writer)
    writer.execute("DELETE FROM declared_from")
    comparisons.clear()
    assert not is_declared_otherwise(writer)
    assert comparisons
