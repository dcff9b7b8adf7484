"""The program called inside the test's own process, and what it has published asked."""

from pathlib import Path

import duckdb
from click.testing import CliRunner, Result

from flows.cli import main


def protibedon(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def ask(home: Path, question: str) -> list[tuple]:
    with duckdb.connect(str(home / "published" / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute(question).fetchall()
