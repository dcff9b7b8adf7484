import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from extractors.covering_mail import CoveringMail
from extractors.originals import Arrival, DamagedOriginal, Originals
from extractors.submission import Channel, Submission, submission_id_of

MORNING = datetime(2025, 1, 15, 3, 30, tzinfo=UTC)


def arrival(content: bytes, name="প্রতিবেদন.docx", *, channel=Channel.FOLDER, sender="", minutes=0):
    moment = MORNING + timedelta(minutes=minutes)
    return Submission(submission_id_of(content), name, channel, sender, moment, moment)


def files_in(folder: Path):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def originals(tmp_path):
    return Originals(tmp_path / "originals")


def test_bytes_come_back_as_they_went_in(originals):
    content = bytes(range(256)) * 100
    originals.keep(content, arrival(content))
    assert originals.read(submission_id_of(content)) == content


def test_a_file_is_kept_under_its_hash_with_its_record_beside_it(originals):
    originals.keep(b"x", arrival(b"x"))
    identity = submission_id_of(b"x")
    assert files_in(originals.folder) == [f"{identity[:2]}/{identity}", f"{identity[:2]}/{identity}.json"]
    assert originals.path(identity).read_bytes() == b"x"


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "..\\..\\boot.ini",
        "ক" * 400 + ".docx",
        "a\nb\0c",
        "\udcff.docx",
        "😀.xlsx",
    ],
)
def test_a_hostile_or_strange_name_is_kept_as_text_and_never_as_a_path(originals, tmp_path, name):
    originals.keep(b"x", arrival(b"x", name))
    identity = submission_id_of(b"x")
    assert files_in(tmp_path) == [
        f"originals/{identity[:2]}/{identity}",
        f"originals/{identity[:2]}/{identity}.json",
    ]
    assert [submission.file_name for submission in originals.submissions()] == [name]


def test_the_warehouse_can_be_built_again_from_the_records(originals):
    first = arrival(b"1", "খ.docx", minutes=2)
    second = arrival(b"2", "ক.xlsx", channel=Channel.MAIL, sender="khulna@example.org", minutes=1)
    for submission, content in ((first, b"1"), (second, b"2")):
        originals.keep(content, submission)
    assert list(originals.submissions()) == [second, first]
    assert list(Originals(originals.folder).submissions()) == [second, first]


def test_the_same_bytes_again_under_another_name_are_a_second_arrival_of_one_submission(originals):
    first = arrival(b"x", "ক.docx")
    again = arrival(b"x", "খ.docx", minutes=5)
    originals.keep(b"x", first)
    originals.keep(b"x", again)
    assert list(originals.submissions()) == [first]
    assert originals.arrivals(first.submission_id) == (first, again)


def test_the_same_file_met_again_changes_nothing_on_disk(originals):
    originals.keep(b"x", arrival(b"x"))
    before = {path: path.stat().st_mtime_ns for path in originals.folder.rglob("*")}
    originals.keep(b"x", arrival(b"x", minutes=90))
    assert {path: path.stat().st_mtime_ns for path in originals.folder.rglob("*")} == before


def test_bytes_under_a_wrong_id_are_not_kept(originals):
    with pytest.raises(ValueError, match="not that of the bytes"):
        originals.keep(b"x", arrival(b"y"))
    assert not originals.folder.exists()


def test_a_crash_while_writing_leaves_no_half_file_and_no_record(originals, monkeypatch):
    def no_space(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(OSError, match="No space"):
        originals.keep(b"x", arrival(b"x"))
    assert files_in(originals.folder) == []
    monkeypatch.undo()
    originals.keep(b"x", arrival(b"x"))
    assert originals.read(submission_id_of(b"x")) == b"x"


def test_bytes_without_a_record_get_their_record_when_the_file_is_met_again(originals):
    submission = arrival(b"x")
    originals.keep(b"x", submission)
    record = originals.path(submission.submission_id).with_suffix(".json")
    record.unlink()
    assert list(originals.submissions()) == []
    originals.keep(b"x", submission)
    assert list(originals.submissions()) == [submission]


def test_bytes_that_rotted_on_disk_are_not_passed_off_as_the_original(originals):
    submission = arrival(b"x")
    originals.keep(b"x", submission)
    originals.path(submission.submission_id).write_bytes(b"y")
    with pytest.raises(DamagedOriginal):
        originals.read(submission.submission_id)


@pytest.mark.parametrize(
    "record",
    ["", "[]", "{}", '{"arrivals": []}', '{"arrivals": [{"file_name": "x"}]}', '{"arrivals": [1]}'],
)
def test_a_broken_record_is_said_to_be_broken(originals, record):
    submission = arrival(b"x")
    originals.keep(b"x", submission)
    originals.path(submission.submission_id).with_suffix(".json").write_text(record)
    with pytest.raises(DamagedOriginal, match="not a record"):
        list(originals.submissions())


def test_a_file_never_kept_cannot_be_read_and_never_arrived(originals):
    with pytest.raises(FileNotFoundError):
        originals.read(submission_id_of(b"x"))
    assert originals.arrivals(submission_id_of(b"x")) == ()
    assert list(originals.submissions()) == []


def test_an_id_that_is_a_path_is_refused(originals):
    with pytest.raises(ValueError, match="not a submission id"):
        originals.read("../../etc/passwd")


def test_a_record_is_readable_for_people_and_always_the_same(originals, tmp_path):
    submission = arrival(b"x", "খুলনা ২য় ত্রৈমাসিক.docx")
    other = Originals(tmp_path / "other")
    for folder in (originals, other):
        folder.keep(b"x", submission)
    written = originals.path(submission.submission_id).with_suffix(".json").read_text()
    assert written == other.path(submission.submission_id).with_suffix(".json").read_text()
    assert "খুলনা ২য় ত্রৈমাসিক.docx" in written
    assert json.loads(written)["arrivals"][0]["received_at"] == "2025-01-15T03:30:00+00:00"


def covering_mail(**differing) -> CoveringMail:
    told = {"original": "0" * 64, "message_id": "<1@example.org>", "subject": "প্রতিবেদন", "text": "জনাব,\n…"}
    return CoveringMail(**{**told, "is_genuine": True, "is_admitted": True, **differing})


def test_the_mail_that_brought_a_file_is_recorded_with_its_arrival(originals):
    by_mail = arrival(b"x", channel=Channel.MAIL, sender="a@example.org")
    originals.keep(b"x", arrival(b"x"))
    originals.keep(b"x", by_mail, covering_mail())
    assert originals.ways(submission_id_of(b"x")) == (
        Arrival(arrival(b"x")),
        Arrival(by_mail, covering_mail()),
    )
    assert originals.arrivals(submission_id_of(b"x")) == (arrival(b"x"), by_mail)


@pytest.mark.parametrize("doubt", ["is_genuine", "is_admitted"])
def test_a_mail_as_trustworthy_as_an_earlier_one_is_recorded_once(originals, doubt):
    by_mail = arrival(b"x", channel=Channel.MAIL, sender="a@example.org")
    later = arrival(b"x", channel=Channel.MAIL, sender="a@example.org", minutes=9)
    originals.keep(b"x", by_mail, covering_mail(**{doubt: False}))
    originals.keep(b"x", later, covering_mail(**{doubt: False}, message_id="<2@example.org>"))
    assert len(originals.ways(submission_id_of(b"x"))) == 1
    originals.keep(b"x", later, covering_mail())
    assert [way.mail for way in originals.ways(submission_id_of(b"x"))] == [
        covering_mail(**{doubt: False}),
        covering_mail(),
    ]
