import os
from pathlib import Path

import pytest

from flows.home import Home, installed_at, installed_home
from flows.settings import WrongSetting, number
from warehouse.lake import Lake


def reference() -> str | None:
    return os.environ.get("PROTIBEDON_REFERENCE")


def test_the_reference_files_of_a_home_hold_while_it_is_worked_in(monkeypatch, tmp_path):
    monkeypatch.delenv("PROTIBEDON_REFERENCE", raising=False)
    home = Home.at(tmp_path)
    with installed_at(home):
        assert reference() is None
    home.reference.mkdir()
    with installed_at(home), installed_at(home):
        assert reference() == str(home.reference)
    assert reference() is None


def test_reference_files_named_outright_go_before_those_of_the_home(monkeypatch, tmp_path):
    home = Home.at(tmp_path)
    home.reference.mkdir()
    monkeypatch.setenv("PROTIBEDON_REFERENCE", "elsewhere")
    with installed_at(home):
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
    assert home.warehouse == home.warehouse_file == tmp_path / "warehouse.duckdb"
    assert home.published == Path(tmp_path, "published", "warehouse.duckdb")
    assert home.summaries("2024-25", 2) == tmp_path / "summaries" / "2024-25-q2"


def test_making_a_home_leaves_what_is_there(tmp_path):
    kept = tmp_path / "inbox" / "report.docx"
    kept.parent.mkdir()
    kept.write_bytes(b"x")
    Home.at(tmp_path).make()
    assert kept.read_bytes() == b"x"


def test_the_settings_of_a_home_hold_while_it_is_worked_in(monkeypatch, tmp_path):
    monkeypatch.delenv("PROTIBEDON_READ_SECONDS", raising=False)
    home = Home.at(tmp_path)
    home.settings.write_text("read_seconds = 7.5", encoding="utf-8")
    with installed_at(home):
        assert number("read_seconds") == 7.5
    assert number("read_seconds") == 60


def test_the_memory_of_the_warehouse_is_told_before_anything_is_opened(monkeypatch, tmp_path):
    monkeypatch.delenv("PROTIBEDON_WAREHOUSE_MEMORY_MB", raising=False)
    home = Home.at(tmp_path)
    home.settings.write_text('warehouse_memory_mb = "lots"', encoding="utf-8")
    with pytest.raises(WrongSetting, match="WAREHOUSE_MEMORY_MB is 'lots'"), installed_at(home):
        pass
    assert "PROTIBEDON_WAREHOUSE_MEMORY_MB" not in os.environ


def test_the_settings_of_a_home_may_name_the_reference_files(monkeypatch, tmp_path):
    monkeypatch.delenv("PROTIBEDON_REFERENCE", raising=False)
    home = Home.at(tmp_path)
    home.reference.mkdir()
    home.settings.write_text('reference = "elsewhere"', encoding="utf-8")
    with installed_at(home):
        assert reference() == "elsewhere"
    assert reference() is None


def test_nothing_is_left_set_where_a_setting_cannot_be_meant(monkeypatch, tmp_path):
    monkeypatch.delenv("PROTIBEDON_REFERENCE", raising=False)
    home = Home.at(tmp_path)
    home.reference.mkdir()
    home.settings.write_text("read_second = 7", encoding="utf-8")
    with (
        pytest.raises(WrongSetting, match="is read_seconds meant"),
        installed_at(home),
    ):
        pass
    assert reference() is None


def test_a_lake_named_in_the_settings_of_a_home_is_its_warehouse(monkeypatch, tmp_path):
    """A flow begins with the folder alone, and nothing but the home's own file may say where to load."""
    monkeypatch.delenv("PROTIBEDON_WAREHOUSE", raising=False)
    Home(tmp_path).settings.write_text('warehouse = "ducklake:postgres:dbname=x;data=/shared"')
    with installed_home(tmp_path) as home:
        assert home.lake == Lake("postgres:dbname=x", "/shared")
    assert Home.at(tmp_path).lake is None
