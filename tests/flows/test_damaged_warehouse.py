"""What is told of a warehouse file that is damaged, and that doing as it says makes it good again."""

from pathlib import Path

import duckdb
import pytest

from flows.damaged_warehouse import said_of_damage
from tests.flows.commands import ask, protibedon
from tests.flows.conftest import EXAMPLES

STANDING = "SELECT office_id, indicator_code, value, value_date FROM observations ORDER BY ALL"


def overwrite(file: Path) -> None:
    file.write_bytes(b"rotten" * 10_000)


def cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


@pytest.mark.parametrize("damage", [overwrite, cut_off])
def test_a_damaged_warehouse_is_told_and_made_anew_as_it_is_said(tmp_path, damage):
    home = tmp_path / "home"
    assert protibedon("ingest", EXAMPLES / "natore_quarter_1.txt", "--home", home).exit_code == 0
    before = ask(home, STANDING)
    damage(home / "warehouse.duckdb")
    told = protibedon("ingest", "--home", home)
    assert (told.exit_code, "a file of the warehouse is damaged" in told.output) == (2, True), told.output
    (home / "published" / "warehouse.duckdb").unlink()
    (home / "warehouse.duckdb").unlink()
    assert protibedon("reprocess", "--home", home).exit_code == 0
    assert ask(home, STANDING) == before


def test_a_damaged_copy_of_the_readers_is_told_and_published_anew_as_it_is_said(tmp_path):
    home = tmp_path / "home"
    protibedon("ingest", EXAMPLES / "natore_quarter_1.txt", "--home", home)
    before = ask(home, STANDING)
    overwrite(home / "published" / "warehouse.duckdb")
    for command in ("status", "summarise"):
        told = protibedon(command, "--home", home)
        assert (told.exit_code, "published/warehouse.duckdb" in told.output) == (2, True), told.output
    (home / "published" / "warehouse.duckdb").unlink()
    assert protibedon("ingest", "--home", home).exit_code == 0
    assert ask(home, STANDING) == before


@pytest.mark.parametrize("failure", [duckdb.IOException("IO Error: the share is away"), OSError("no file")])
def test_other_failures_are_no_damage(failure):
    assert said_of_damage(failure) == ""
