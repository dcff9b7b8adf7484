import errno
import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from extractors.inbox import Inbox, SourceUnavailable, is_settled
from extractors.submission import Channel, submission_id_of

LEFTOVERS = [
    "~$খুলনা.docx",
    ".hidden.docx",
    ".~lock.খুলনা.docx#",
    "খুলনা.docx.tmp",
    "খুলনা.xlsx.PART",
    "খুলনা.pdf.crdownload",
    "Thumbs.db",
    "desktop.ini",
    ".snapshot/খুলনা.docx",
]


def put(path, content=b"x", *, age: timedelta = timedelta(0)):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    moment = time.time() - age.total_seconds()
    os.utime(path, (moment, moment))
    return path


def test_folders_are_listed_to_the_bottom_in_order_of_name(tmp_path):
    for name in ("b.docx", "a.docx", "sub/ক.docx", "sub/deep/খ.docx", "another/c.txt"):
        put(tmp_path / name)
    listed = Inbox([tmp_path]).listing()
    assert [str(path.relative_to(tmp_path)) for path in listed.files] == [
        "a.docx",
        "b.docx",
        "another/c.txt",
        "sub/ক.docx",
        "sub/deep/খ.docx",
    ]
    assert listed.unavailable == ()


@pytest.mark.parametrize("name", LEFTOVERS)
def test_locks_and_half_copied_files_are_left_alone(tmp_path, name):
    put(tmp_path / name)
    report = put(tmp_path / "খুলনা.docx")
    assert Inbox([tmp_path]).listing().files == (report,)


def test_a_lock_named_by_a_shell_pattern_is_left_alone_too(tmp_path):
    assert Inbox([put(tmp_path / "~$খুলনা.docx")]).listing().files == ()


def test_a_file_reached_by_two_roads_is_listed_once(tmp_path):
    report = put(tmp_path / "খুলনা.docx")
    assert Inbox([report, tmp_path, report]).listing().files == (report,)


def test_a_source_that_is_not_there_does_not_stop_the_others(tmp_path):
    report = put(tmp_path / "here" / "খুলনা.docx")
    listed = Inbox([tmp_path / "gone", tmp_path / "here"]).listing()
    assert listed.files == (report,)
    assert [source.path for source in listed.unavailable] == [tmp_path / "gone"]


def test_a_taken_file_is_known_by_hash_name_and_time_and_stays_where_it_is(tmp_path):
    report = put(tmp_path / "খুলনা ২য়.docx", b"report", age=timedelta(days=3))
    content, submission = Inbox([tmp_path]).take(report)
    assert content == b"report"
    assert submission.submission_id == submission_id_of(b"report")
    assert (submission.file_name, submission.channel, submission.sender) == (report.name, Channel.FOLDER, "")
    assert submission.taken_at - submission.received_at == pytest.approx(
        timedelta(days=3), abs=timedelta(seconds=5)
    )
    assert report.read_bytes() == b"report"


def test_a_file_from_the_future_counts_as_received_now(tmp_path):
    report = put(tmp_path / "a.docx", age=timedelta(days=-400))
    _, submission = Inbox([tmp_path]).take(report)
    assert submission.received_at == submission.taken_at <= datetime.now(UTC)


def test_a_name_that_is_no_unicode_can_still_be_stored(tmp_path):
    path = os.fsencode(tmp_path) + b"/\xff\xfe.docx"
    with open(path, "wb") as file:  # noqa: PTH123 (a name of raw bytes)
        file.write(b"x")
    (listed,) = Inbox([tmp_path]).listing().files
    _, submission = Inbox([tmp_path]).take(listed)
    assert submission.file_name.encode("utf-8").decode() == "��.docx"


def test_a_file_that_vanished_says_so(tmp_path):
    with pytest.raises(SourceUnavailable, match="no such file") as raised:
        Inbox([tmp_path]).take(tmp_path / "gone.docx")
    assert raised.value.path == tmp_path / "gone.docx"


def test_a_folder_that_may_not_be_looked_into_says_so_and_the_others_go_on(tmp_path, monkeypatch):
    report = put(tmp_path / "a.docx")
    locked = put(tmp_path / "locked" / "b.docx").parent
    list_folder = os.scandir

    def forbidding(folder):
        if str(folder) == str(locked):
            raise PermissionError(13, "Permission denied", str(locked))
        return list_folder(folder)

    monkeypatch.setattr(os, "scandir", forbidding)
    listed = Inbox([tmp_path]).listing()
    assert listed.files == (report,)
    assert [(source.path, source.cause) for source in listed.unavailable] == [(locked, "permission denied")]


def test_a_read_error_of_the_disk_is_a_source_that_is_unavailable(tmp_path, monkeypatch):
    report = put(tmp_path / "a.docx")

    def broken(path):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(type(report), "read_bytes", broken)
    with pytest.raises(SourceUnavailable, match="input/output error"):
        Inbox([tmp_path]).take(report)


def test_a_share_that_goes_while_it_is_listed_does_not_stop_the_others(tmp_path, monkeypatch):
    for name in ("here", "share"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "report.txt").write_bytes(b"x")
    gone = tmp_path / "share" / "report.txt"
    lstat, stat = Path.lstat, Path.stat

    def stale(call, path, *arguments, **named):
        if path == gone:
            raise OSError(errno.ESTALE, os.strerror(errno.ESTALE), str(path))
        return call(path, *arguments, **named)

    monkeypatch.setattr(Path, "lstat", lambda path: stale(lstat, path))
    monkeypatch.setattr(Path, "stat", lambda path, **named: stale(stat, path, **named))
    inbox = Inbox([tmp_path / "share", tmp_path / "here"])
    assert inbox.listing().files == (gone, tmp_path / "here" / "report.txt")
    with pytest.raises(SourceUnavailable, match="stale file handle"):
        inbox.take(gone)


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.docx")
    with pytest.raises(SourceUnavailable, match="not a file"):
        Inbox([tmp_path]).take(tmp_path / "pipe.docx")


def test_a_film_dropped_by_mistake_is_not_read_into_memory(tmp_path):
    film = put(tmp_path / "film.docx", b"12345")
    with pytest.raises(SourceUnavailable, match="larger than 4 bytes"):
        Inbox([tmp_path], largest_file_bytes=4).take(film)


def test_a_file_is_settled_once_it_has_rested(tmp_path):
    report = put(tmp_path / "a.docx")
    assert not is_settled(report, timedelta(seconds=30))
    time.sleep(0.05)
    assert is_settled(report, timedelta(seconds=0.04))


def test_a_copy_that_keeps_the_old_time_is_not_taken_for_settled(tmp_path):
    assert not is_settled(put(tmp_path / "a.docx", age=timedelta(days=9)), timedelta(seconds=30))


def test_no_rest_asks_nothing_of_the_file(tmp_path):
    assert is_settled(tmp_path / "gone.docx", timedelta(0))


def test_a_file_that_vanished_cannot_be_settled(tmp_path):
    with pytest.raises(SourceUnavailable):
        is_settled(tmp_path / "gone.docx", timedelta(seconds=1))
