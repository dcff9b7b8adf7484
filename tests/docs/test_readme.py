"""What the README tells a newcomer to type works, and no page links to what is not there."""

import re
import runpy
from pathlib import Path

import duckdb
import pytest

from tests.conftest import REPOSITORY
from warehouse.connection import open_writer

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
PAGES = [
    *REPOSITORY.glob("*.md"),
    *(REPOSITORY / "docs").rglob("*.md"),
    REPOSITORY / "examples" / "README.md",
]


@pytest.fixture
def published(tmp_path, monkeypatch) -> Path:
    """An empty warehouse where the README looks for one."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "data" / "published" / "warehouse.duckdb"
    open_writer(file).close()
    return file


def block(language: str) -> str:
    [written] = re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)
    return str(written)


def test_the_python_of_the_readme_runs(published, tmp_path, capsys):
    (tmp_path / "asked.py").write_text(block("python"), encoding="utf-8")
    runpy.run_path(str(tmp_path / "asked.py"))
    assert "indicator_code" in capsys.readouterr().out


def test_the_sql_of_the_readme_runs(published):
    with duckdb.connect(str(published), read_only=True) as connection:
        assert connection.sql(block("sql")).columns == ["file_name", "cell", "message_bn"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(REPOSITORY).as_posix())
def test_every_link_of_a_page_leads_somewhere(page):
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


def test_every_command_is_told():
    from flows.cli import main

    assert [name for name in main.commands if f"protibedon {name}" not in README] == []
