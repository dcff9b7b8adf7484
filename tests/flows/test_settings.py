import os
from datetime import timedelta
from pathlib import Path

import pytest

from extractors.desk import Limits
from flows.settings import Home, ReadingSettings, WrongSetting, own_reference, settle_time


def reference() -> str | None:
    return os.environ.get("PROTIBEDON_REFERENCE")


def test_the_reference_files_of_a_home_hold_while_it_is_worked_in(monkeypatch, tmp_path):
    monkeypatch.delenv("PROTIBEDON_REFERENCE", raising=False)
    home = Home.at(tmp_path)
    with own_reference(home):
        assert reference() is None
    home.reference.mkdir()
    with own_reference(home), own_reference(home):
        assert reference() == str(home.reference)
    assert reference() is None


def test_reference_files_named_outright_go_before_those_of_the_home(monkeypatch, tmp_path):
    home = Home.at(tmp_path)
    home.reference.mkdir()
    monkeypatch.setenv("PROTIBEDON_REFERENCE", "elsewhere")
    with own_reference(home):
        assert reference() == "elsewhere"
    assert reference() == "elsewhere"


def test_a_home_named_outright_wins(monkeypatch, tmp_path):
    monkeypatch.setenv("PROTIBEDON_HOME", str(tmp_path / "elsewhere"))
    assert Home.at(tmp_path).folder == tmp_path


def test_the_environment_names_the_home(monkeypatch, tmp_path):
    monkeypatch.setenv("PROTIBEDON_HOME", str(tmp_path))
    assert Home.at().folder == tmp_path


def test_without_either_the_home_is_data_beside_the_caller(monkeypatch, tmp_path):
    monkeypatch.delenv("PROTIBEDON_HOME", raising=False)
    monkeypatch.chdir(tmp_path)
    assert Home.at().folder == tmp_path / "data"


def test_a_home_is_laid_out_as_the_contract_says(tmp_path):
    home = Home.at(tmp_path)
    home.make()
    assert {path.name for path in tmp_path.iterdir()} == {"inbox", "originals", "published"}
    assert home.warehouse == tmp_path / "warehouse.duckdb"
    assert home.published == Path(tmp_path, "published", "warehouse.duckdb")
    assert home.summaries("2024-25", 2) == tmp_path / "summaries" / "2024-25-q2"


def test_making_a_home_leaves_what_is_there(tmp_path):
    kept = tmp_path / "inbox" / "report.docx"
    kept.parent.mkdir()
    kept.write_bytes(b"x")
    Home.at(tmp_path).make()
    assert kept.read_bytes() == b"x"


def test_reading_is_limited_where_nothing_is_said(monkeypatch):
    for name in ("MEMORY_MB", "SECONDS", "WORKERS"):
        monkeypatch.delenv(f"PROTIBEDON_READ_{name}", raising=False)
    settings = ReadingSettings.from_environment()
    assert settings.limits == Limits(memory_bytes=1024**3, seconds=60)
    assert 1 <= settings.workers <= 4


def test_the_environment_sets_the_limits_of_reading(monkeypatch):
    monkeypatch.setenv("PROTIBEDON_READ_MEMORY_MB", "512")
    monkeypatch.setenv("PROTIBEDON_READ_SECONDS", "7.5")
    monkeypatch.setenv("PROTIBEDON_READ_WORKERS", "9")
    assert ReadingSettings.from_environment() == ReadingSettings(Limits(512 * 1024**2, 7.5), workers=9)


def test_the_environment_sets_how_long_a_file_must_rest(monkeypatch):
    monkeypatch.delenv("PROTIBEDON_SETTLE_SECONDS", raising=False)
    assert settle_time() == timedelta(seconds=1)
    monkeypatch.setenv("PROTIBEDON_SETTLE_SECONDS", "0")
    assert settle_time() == timedelta(0)


@pytest.mark.parametrize("text", ["0", "-1", "many", "nan", "inf", "1e999"])
def test_a_setting_that_is_no_usable_number_is_told_by_name(monkeypatch, text):
    monkeypatch.setenv("PROTIBEDON_READ_SECONDS", text)
    with pytest.raises(WrongSetting, match=f"PROTIBEDON_READ_SECONDS is '{text}'"):
        ReadingSettings.from_environment()
