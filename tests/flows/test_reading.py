"""Reading at desks gives what reading in place gives, and loses nothing."""

import shutil
from pathlib import Path

import pytest

from extractors.desk import Limits
from extractors.inbox import Inbox
from extractors.originals import DamagedOriginal, Originals
from extractors.submission import Submission
from flows.home import Home
from flows.reading import ReadingSettings, StandingReader, prepare_to_read, read_submissions
from flows.road import receive, take_in
from tests.flows.conftest import EXAMPLES
from tests.seed_files import write_docx, write_xlsx
from transforms.reference import ReferenceMistake
from transforms.report_file import read_file


def keep(originals: Originals, paths: list[Path]) -> list[Submission]:
    inbox = Inbox(paths)
    submissions = {}
    for path in inbox.listing().files:
        content, submission = inbox.take(path)
        originals.keep(content, submission)
        submissions[submission.submission_id] = submission
    return list(submissions.values())


def in_place(originals: Originals, submissions: list[Submission]) -> list[object]:
    return [
        report
        for one in submissions
        for report in read_file(one.submission_id, one.file_name, originals.read(one.submission_id))
    ]


def test_the_examples_are_read_at_desks_as_in_place(tmp_path):
    originals = Originals(tmp_path)
    submissions = keep(originals, [EXAMPLES])
    watched = []
    reports = read_submissions(originals, submissions, watched.append)
    assert len(reports) > 20
    assert reports == in_place(originals, submissions)
    assert sorted(watched, key=submissions.index) == submissions


def test_desks_that_stay_read_what_comes_later_as_others_would(tmp_path):
    originals = Originals(tmp_path)
    submissions = keep(originals, [EXAMPLES])
    with StandingReader() as read:
        read.expect(len(submissions))
        some = read(originals, submissions[:7], lambda _: None)
        others = read(originals, submissions[7:], lambda _: None)
    assert [*some, *others] == in_place(originals, submissions)


def test_a_desk_prepares_itself_also_where_a_reference_file_cannot_be_meant(tmp_path, monkeypatch):
    (tmp_path / "phrases.toml").write_text("[nothing")
    monkeypatch.setenv("PROTIBEDON_REFERENCE", str(tmp_path))
    prepare_to_read()


def test_the_seeds_are_read_at_desks_as_in_place(tmp_path, shared):
    folder = tmp_path / "seeds"
    shutil.copytree(shared / "seeds", folder)
    for seed in sorted(folder.glob("*.txt")):
        text = seed.read_text(encoding="utf-8")
        write_docx(text, seed.with_suffix(".docx"))
        write_xlsx(text, seed.with_suffix(".xlsx"))
    originals = Originals(tmp_path / "originals")
    submissions = keep(originals, [folder])
    reports = read_submissions(originals, submissions, lambda _: None)
    assert len(reports) == 6
    assert reports == in_place(originals, submissions)
    assert all(report.observations for report in reports)


def test_a_file_too_demanding_is_rejected_with_its_reason(tmp_path, monkeypatch):
    monkeypatch.setenv("PROTIBEDON_READ_MEMORY_MB", "400")
    demanding = tmp_path / "demanding.txt"
    demanding.write_text("ক\tখ\n" * 2_500_000, encoding="utf-8")
    originals = Originals(tmp_path / "originals")
    submissions = keep(originals, [demanding, EXAMPLES / "natore_quarter_1.txt"])
    rejected, accepted = read_submissions(originals, submissions, lambda _: None)
    assert rejected.submission_id == submissions[0].submission_id
    [found] = rejected.findings
    assert (rejected.status, found.code) == ("rejected", "unreadable_file")
    assert found.raw_text == "more than 400 MB of memory"
    assert "«demanding.txt»" in found.message_bn
    assert "time or memory" in found.message_en
    assert accepted.observations


@pytest.mark.parametrize("is_lost", [True, False])
def test_an_original_that_our_disk_lost_is_no_fault_of_the_office(tmp_path, is_lost):
    originals = Originals(tmp_path)
    [submission] = keep(originals, [EXAMPLES / "natore_quarter_1.txt"])
    path = originals.path(submission.submission_id)
    if is_lost:
        path.unlink()
    else:
        path.write_bytes(b"rotten")
    with pytest.raises(FileNotFoundError if is_lost else DamagedOriginal):
        read_submissions(originals, [submission], lambda _: None)


@pytest.mark.parametrize(("written", "told"), [("[nothing", "numerals.toml: "), ("x = 1", "there is no ")])
def test_a_reference_file_that_cannot_be_meant_is_no_fault_of_the_office(
    tmp_path, monkeypatch, written, told
):
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "numerals.toml").write_text(written)
    monkeypatch.setenv("PROTIBEDON_REFERENCE", str(tmp_path / "reference"))
    home = Home.at(tmp_path / "home")
    received = receive(home, [EXAMPLES / "natore_quarter_1.txt"])
    with pytest.raises(ReferenceMistake, match=told):
        take_in(home, received.waiting)
    monkeypatch.delenv("PROTIBEDON_REFERENCE")
    assert [fate.status for fate in take_in(home, receive(home).waiting)] == ["accepted"]


def test_a_mistake_that_only_a_reading_meets_is_raised_and_not_blamed_on_the_file(tmp_path, monkeypatch):
    originals = Originals(tmp_path / "originals")
    submissions = keep(originals, [EXAMPLES / "natore_quarter_1.txt"])
    (tmp_path / "offices.csv").write_text("office_id,name\nnatore,Natore\n")
    monkeypatch.setenv("PROTIBEDON_REFERENCE", str(tmp_path))
    with pytest.raises(ReferenceMistake, match=r"offices\.csv: there is no column"):
        read_submissions(originals, submissions, lambda _: None)


def test_reading_is_limited_where_nothing_is_said(monkeypatch):
    for name in ("MEMORY_MB", "SECONDS", "WORKERS"):
        monkeypatch.delenv(f"PROTIBEDON_READ_{name}", raising=False)
    settings = ReadingSettings.chosen()
    assert settings.limits == Limits(memory_bytes=1024**3, seconds=60)
    assert 1 <= settings.workers <= 4


def test_the_settings_limit_reading(monkeypatch):
    monkeypatch.setenv("PROTIBEDON_READ_MEMORY_MB", "512")
    monkeypatch.setenv("PROTIBEDON_READ_SECONDS", "7.5")
    monkeypatch.setenv("PROTIBEDON_READ_WORKERS", "9")
    assert ReadingSettings.chosen() == ReadingSettings(Limits(512 * 1024**2, 7.5), workers=9)
