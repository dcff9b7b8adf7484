"""The questions of docs/queries.md still have the answers that stand behind them."""

import runpy
from pathlib import Path

import duckdb
import pytest

from tests.conftest import REPOSITORY

PAGE = REPOSITORY / "docs" / "queries.md"
WRITER = runpy.run_path(str(REPOSITORY / "docs" / "write_docs.py"))


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return WRITER["published_examples"](tmp_path_factory.mktemp("docs") / "home")


def test_there_are_fifteen_questions_with_answers():
    page = PAGE.read_text(encoding="utf-8")
    assert page.count("\n## ") == page.count("```sql\n") == 15
    assert "```\n```" not in page


def test_every_answer_is_what_the_examples_give(examples):
    page = PAGE.read_text(encoding="utf-8")
    with duckdb.connect(str(examples), read_only=True) as connection:
        assert WRITER["answered"](page, connection) == page, "run `make docs`"
