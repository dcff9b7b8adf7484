"""What is remembered from one report to the next changes nothing of what is read."""

import functools
import gc
from pathlib import Path

import pytest

from transforms.reference import one_folder, remembered, replacement_folder
from transforms.report_file import read_file

EXAMPLES = sorted(
    path
    for path in Path(__file__).parents[2].joinpath("examples", "inbox").iterdir()
    if path.suffix in (".xlsx", ".docx", ".txt")
)


def forget_everything() -> None:
    for one in gc.get_objects():
        if isinstance(one, functools._lru_cache_wrapper):
            one.cache_clear()


def read(path: Path):
    return read_file(path.name, path.name, path.read_bytes())


def test_reports_read_after_many_others_are_as_those_read_first():
    for path in EXAMPLES:
        read(path)
    warm = {path: read(path) for path in reversed(EXAMPLES)}
    some = EXAMPLES[::4]  # to forget the reference files too takes a second each time
    assert len(some) > 5
    for path in some:
        forget_everything()
        assert read(path) == warm[path]


def test_each_folder_of_reference_files_has_readings_of_its_own(monkeypatch, tmp_path):
    asked = []

    @remembered(8)
    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    for folder in ("", str(tmp_path), ""):
        monkeypatch.setenv("PROTIBEDON_REFERENCE", folder)
        assert [length("যশোর"), length("যশোর")] == [4, 4]
    assert len(asked) == 2


def test_the_folder_is_looked_up_once_while_a_report_is_read(monkeypatch):
    monkeypatch.setenv("PROTIBEDON_REFERENCE", "first")
    with one_folder():
        monkeypatch.setenv("PROTIBEDON_REFERENCE", "second")
        assert replacement_folder() == "first"
    assert replacement_folder() == "second"


def test_a_reading_that_fails_holds_no_folder(monkeypatch):
    monkeypatch.setenv("PROTIBEDON_REFERENCE", "first")
    with pytest.raises(ValueError, match="unreadable"), one_folder():
        raise ValueError("unreadable")
    monkeypatch.setenv("PROTIBEDON_REFERENCE", "second")
    assert replacement_folder() == "second"
