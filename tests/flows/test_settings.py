from pathlib import Path

from flows.settings import Home


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
