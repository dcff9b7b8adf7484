"""docs/settings.md says what flows/settings.toml says."""

import runpy

from flows.settings import all_settings
from tests.conftest import REPOSITORY

PAGE = REPOSITORY / "docs" / "settings.md"
WRITER = runpy.run_path(str(REPOSITORY / "docs" / "write_docs.py"))


def test_the_page_is_what_the_table_gives():
    assert PAGE.read_text(encoding="utf-8") == WRITER["settings_page"](), "run `make docs`"


def test_every_setting_stands_there_and_no_secret_has_a_value():
    page = PAGE.read_text(encoding="utf-8")
    lines = {name: line for line in page.splitlines() for name in all_settings() if f"| `{name}` |" in line}
    assert set(lines) == set(all_settings())
    secrets = [name for name, setting in all_settings().items() if setting.secret]
    assert all("| empty |" in lines[name] and "**Secret.**" in lines[name] for name in secrets)
