import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from tests.warehouse.reports import office_report, submission
from warehouse.connection import open_writer
from warehouse.load import load


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "warehouse.duckdb"


@pytest.fixture(scope="session")
def without_reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse into which no report was loaded yet, made once: a copy costs less than the making."""
    made = tmp_path_factory.mktemp("without_reports") / "warehouse.duckdb"
    with open_writer(made) as connection:
        load(connection, [], [])
    return made


@pytest.fixture
def writer(warehouse: Path, without_reports: Path) -> Iterator[DuckDBPyConnection]:
    shutil.copy(without_reports, warehouse)
    with open_writer(warehouse) as connection:
        yield connection


@pytest.fixture
def score(writer):
    """Load an office's quarters, and return the score of one indicator as of the last of them."""

    def of(code, quarters, ladder=None, *, as_of=None):
        sent = {quarter: submission(f"q{quarter}.docx") for quarter in quarters}
        bands = {code: ladder} if ladder else None
        reports = [
            office_report(sent[quarter], {code: answer}, quarter=quarter, bands=bands)
            for quarter, answer in quarters.items()
        ]
        load(writer, list(sent.values()), reports)
        (row,) = writer.execute(
            "SELECT score_pct, marks, basis, reason, ytd_value, ytd_date FROM scores"
            " WHERE indicator_code = ? AND quarter = ?",
            [code, as_of or max(quarters)],
        ).fetchall()
        return row

    return of


@pytest.fixture
def change_plan(tmp_path, monkeypatch):
    """Put another word into the plan of 2024-25, as an official would."""

    def change(old: str, new: str) -> None:
        name = "plans/egov-2024-25.toml"
        packaged = files("transforms.reference").joinpath(name).read_text(encoding="utf-8")
        assert old in packaged
        folder = tmp_path / "reference"
        (folder / "plans").mkdir(parents=True)
        (folder / name).write_text(packaged.replace(old, new), encoding="utf-8")
        monkeypatch.setenv("PROTIBEDON_REFERENCE", str(folder))

    return change
