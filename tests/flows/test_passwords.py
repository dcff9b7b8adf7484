"""Locked files on the road: opened by the setting that holds their password, which nothing repeats."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from extractors.desk import Limits
from extractors.reading_room import ReadingRoom
from flows.settings import all_settings
from tests.flows.commands import ask, protibedon
from tests.flows.conftest import EXAMPLES

PASSWORD = "গোপন-কথা-৭"
REPORT = EXAMPLES / "jashore_q2.xlsx"


@pytest.fixture
def locked(tmp_path) -> Path:
    file = io.BytesIO()
    OOXMLFile(io.BytesIO(REPORT.read_bytes())).encrypt(PASSWORD, file)
    path = tmp_path / "inbox" / "যশোর ২য় ত্রৈমাসিক.xlsx"
    path.parent.mkdir()
    path.write_bytes(file.getvalue())
    return path


def test_a_locked_report_is_rejected_and_taken_once_the_password_is_known(locked, tmp_path, monkeypatch):
    home = tmp_path / "home"
    monkeypatch.delenv("PROTIBEDON_FILE_PASSWORDS", raising=False)
    assert protibedon("ingest", locked, "--home", home).exit_code == 1
    [(code, message_bn, message_en)] = ask(home, "SELECT code, message_bn, message_en FROM findings")
    assert code == "unreadable_file"
    assert "পাসওয়ার্ড" in message_bn
    assert "খোলা" in message_bn
    assert "open Word, Excel or PDF" in message_en
    monkeypatch.setenv("PROTIBEDON_FILE_PASSWORDS", f"other, {PASSWORD}")
    result = protibedon("reprocess", "--home", home)
    assert result.exit_code == 0, result.output
    assert ask(home, "SELECT count(*) FROM observations WHERE office_id = 'jashore'") == [(10,)]


def test_the_password_is_in_nothing_that_a_run_leaves_or_says(locked, tmp_path):
    home = tmp_path / "home"
    told = subprocess.run(
        [Path(sys.executable).with_name("protibedon"), "ingest", locked, "--home", home],
        env={**os.environ, "PROTIBEDON_FILE_PASSWORDS": PASSWORD},
        capture_output=True,
        check=False,
    )
    left = [path for path in home.rglob("*") if path.is_file()]
    assert len(left) > 5
    assert not [path for path in left if PASSWORD.encode() in path.read_bytes()]
    assert PASSWORD.encode() not in told.stdout + told.stderr


def test_the_password_is_a_secret_that_no_settings_file_may_hold():
    assert all_settings()["file_passwords"].secret


def test_a_desk_knows_no_secret_of_the_house(monkeypatch):
    for name in ("PROTIBEDON_FILE_PASSWORDS", "PROTIBEDON_NOTIFY_WEBHOOK", "PGPASSWORD", "MY_API_KEY"):
        monkeypatch.setenv(name, "hidden-word")
    monkeypatch.setenv("PROTIBEDON_REFERENCE", "shown")
    with ReadingRoom(os.getenv, Limits(1024**3, 60), desks=1) as room:
        names = ["PROTIBEDON_FILE_PASSWORDS", "PROTIBEDON_NOTIFY_WEBHOOK", "PGPASSWORD", "MY_API_KEY"]
        told = dict(room.read([(name,) for name in (*names, "PROTIBEDON_REFERENCE")]))
    assert [told[number] for number in range(5)] == [None] * 4 + ["shown"]


def test_trying_opens_a_locked_report_with_its_password(locked, tmp_path, monkeypatch):
    monkeypatch.setenv("PROTIBEDON_FILE_PASSWORDS", PASSWORD)
    result = protibedon("try", locked, "--home", tmp_path / "home")
    assert result.exit_code == 0
    assert "office_form: jashore, 2024-25 Q2" in result.output
