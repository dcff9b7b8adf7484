"""Files taken before are known again without being opened, and changed ones never pass for them."""

import os
import time

import pytest

from extractors.familiar import FamiliarFiles, Look
from extractors.inbox import Inbox
from extractors.submission import Channel

LONG_AGO = time.time() + 3600  # seen from then, a file written now is no longer fresh


@pytest.fixture
def report(tmp_path, monkeypatch):
    path = tmp_path / "jashore.txt"
    path.write_bytes(b"one")
    monkeypatch.setattr("extractors.familiar.time.time", lambda: LONG_AGO)
    return path


@pytest.fixture
def record(tmp_path):
    return tmp_path / "familiar.json"


def remembered(record, path):
    familiar = FamiliarFiles(record)
    _, submission = Inbox([path]).take(path)
    familiar.remember(Look(path), [submission])
    familiar.keep()
    return submission


def test_a_file_taken_before_gives_the_same_submission_unopened(record, report):
    first = remembered(record, report)
    report.chmod(0)
    report.chmod(0o644)  # its times tell of this, so it is opened again
    assert FamiliarFiles(record).submissions_of(Look(report), {first.submission_id}) == []
    first = remembered(record, report)
    [again] = FamiliarFiles(record).submissions_of(Look(report), {first.submission_id})
    assert (again.submission_id, again.file_name) == (first.submission_id, "jashore.txt")
    assert (again.channel, again.received_at) == (Channel.FOLDER, first.received_at)


def test_other_bytes_of_the_same_size_and_modification_time_are_new(record, report):
    first = remembered(record, report)
    before = report.stat()
    time.sleep(0.02)
    report.write_bytes(b"two")
    os.utime(report, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert Look(report).signs[:2] == [before.st_size, before.st_mtime_ns]
    assert FamiliarFiles(record).submissions_of(Look(report), {first.submission_id}) == []


def test_a_file_whose_original_was_lost_is_new(record, report):
    remembered(record, report)
    assert FamiliarFiles(record).submissions_of(Look(report), set()) == []


def test_a_file_touched_just_now_is_not_remembered(record, report, monkeypatch):
    monkeypatch.setattr("extractors.familiar.time.time", lambda: report.stat().st_ctime + 1)
    first = remembered(record, report)
    assert FamiliarFiles(record).submissions_of(Look(report), {first.submission_id}) == []


def test_files_that_are_gone_are_forgotten_and_others_are_not(record, report, tmp_path):
    first = remembered(record, report)
    other = tmp_path / "khulna.txt"
    other.write_bytes(b"three")
    look = Look(other)
    other.unlink()
    familiar = FamiliarFiles(record)
    familiar.remember(look, [first])
    familiar.keep()
    assert list(FamiliarFiles(record)._known) == [str(report)]


@pytest.mark.parametrize("damaged", [b"", b"{", b"[1]", b'{"a": 1}', b"\xff"])
def test_a_damaged_memory_is_none(record, report, damaged):
    record.write_bytes(damaged)
    assert FamiliarFiles(record).submissions_of(Look(report), {"a"}) == []
