"""Files written together are there whole, or not at all."""

import errno
import os
from pathlib import Path

import pytest

from extractors.durable import write_whole


def test_many_files_are_written_into_folders_that_are_made_for_them(tmp_path):
    contents = {tmp_path / f"{number % 7}" / f"{number}": bytes([number]) for number in range(60)}
    write_whole(contents)
    assert {path: path.read_bytes() for path in tmp_path.glob("*/*")} == contents


def test_a_file_that_is_there_is_replaced_whole(tmp_path):
    path = tmp_path / "record"
    path.write_bytes(b"a longer content before")
    write_whole({path: b"after"})
    assert path.read_bytes() == b"after"


def test_no_files_are_no_work(tmp_path):
    write_whole({})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("count", [1, 20])
def test_where_the_disk_is_full_nothing_is_left_behind(tmp_path, monkeypatch, count):
    def full(_handle):
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space left"):
        write_whole({tmp_path / str(number): b"x" for number in range(count)})
    assert list(tmp_path.iterdir()) == []


def test_every_file_and_then_its_folder_is_forced_to_disk(tmp_path, monkeypatch):
    forced = []
    monkeypatch.setattr(
        os, "fsync", lambda handle: forced.append(str(Path(f"/proc/self/fd/{handle}").readlink()))
    )
    write_whole({tmp_path / "a": b"1", tmp_path / "b": b"2"})
    assert sorted(forced[:2]) == [f"{tmp_path}/.{name}.{os.getpid()}.tmp" for name in ("a", "b")]
    assert forced[2:] == [str(tmp_path)]
