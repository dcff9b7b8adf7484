"""The fingerprint of the reference files tells whether anything that is read may be another."""

from importlib.resources import files

import pytest

from transforms.plan import all_plans
from transforms.reference import fingerprint

PACKAGED = files("transforms.reference")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of replacing files by its number, each with a fingerprint of its own."""

    def numbered(number: int):
        made = tmp_path / f"reference-{number}"
        made.mkdir()
        monkeypatch.setenv("PROTIBEDON_REFERENCE", str(made))
        return made

    return numbered


def packaged(name: str) -> bytes:
    return PACKAGED.joinpath(name).read_bytes()


def test_a_folder_without_files_is_as_none(folder, monkeypatch):
    folder(1)
    alone = fingerprint()
    monkeypatch.delenv("PROTIBEDON_REFERENCE")
    assert fingerprint() == alone


@pytest.mark.parametrize("name", ["offices.csv", "columns.toml", "plans/egov-2024-25.toml"])
def test_a_replacing_file_that_says_something_else_is_seen(folder, name):
    folder(1)
    before = fingerprint()
    replacing = folder(2) / name
    replacing.parent.mkdir(exist_ok=True)
    replacing.write_bytes(packaged(name) + b"\n")
    assert fingerprint() != before


def test_a_plan_of_another_annex_is_seen(folder):
    folder(1)
    before = fingerprint()
    plans = folder(2) / "plans"
    plans.mkdir()
    (plans / "another.toml").write_bytes(b"")
    assert fingerprint() != before


def test_a_file_that_was_moved_aside_counts_no_more(folder):
    folder(1)
    without = fingerprint()
    (folder(2) / "divisions.csv").write_bytes(packaged("divisions.csv") + b"\n")
    assert fingerprint() != without
    aside = folder(3) / "old"
    aside.mkdir()
    (aside / "divisions.csv").write_bytes(packaged("divisions.csv") + b"\n")
    assert fingerprint() == without


def test_what_an_editor_leaves_beside_the_files_harms_nothing(folder):
    here = folder(1)
    (here / ".#offices.csv").symlink_to("someone@example.org.4711")
    (here / "lost").mkdir(mode=0)
    assert fingerprint()
    assert all_plans()
