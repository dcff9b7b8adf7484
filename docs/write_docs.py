"""Write what the documentation takes from the code and the examples: `make docs`.

`data-dictionary.md` comes whole from `columns.toml`, `settings.md` from `flows/settings.toml`. In
`queries.md` the block behind each query is its answer, written anew from the examples. Tests hold all three
to be what this script would write.
"""

import re
import sys
import tempfile
from math import inf
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from flows import road
from flows.home import Home
from flows.settings import Setting, all_settings
from warehouse.data_dictionary import data_dictionary

DOCS = Path(__file__).resolve().parent
EXAMPLES = DOCS.parent / "examples" / "inbox"
_QUERY_AND_ANSWER = re.compile(r"```sql\n(?P<query>.*?)```\n\n```\n.*?```", re.DOTALL)
_SETTINGS = """\
# Settings · সেটিংস

Written from `flows/settings.toml` by `make docs`; do not edit. Each setting is a variable of the environment,
or a line of `protibedon.toml` in the home, such as `read_seconds = 120`; the environment goes first. A secret
stands in the environment alone, or in a Secret block of Prefect. Where the home is, `PROTIBEDON_HOME` says.

| setting | variable | default | meaning |
| --- | --- | --- | --- |
"""


def settings_page() -> str:
    """Return every setting as one Markdown page, in the order of the table they stand in."""
    return _SETTINGS + "".join(map(_setting_line, all_settings().values()))


def _setting_line(setting: Setting) -> str:
    is_switch = isinstance(setting.default, bool)
    default = str(setting.default).lower() if is_switch else str(setting.default)
    least = f" At least {setting.least:g}." if setting.least > 0 else ""
    most = f" At most {setting.most:.10g}." if setting.most < inf else ""
    secret = " **Secret.**" if setting.secret else ""
    shown = f"`{default}`" if default else "empty"
    return f"| `{setting.name}` | `{setting.variable}` | {shown} | {setting.means}{least}{most}{secret} |\n"


def published_examples(folder: Path) -> Path:
    """Take the examples through to a warehouse in a folder; return the published copy."""
    home = Home.at(folder)
    receipt = road.receive(home, [EXAMPLES])
    road.take_in(home, receipt.waiting)
    return home.published


def answered(page: str, connection: DuckDBPyConnection) -> str:
    """Return a page of queries with every answer as the connection gives it now."""
    return _QUERY_AND_ANSWER.sub(lambda found: _with_answer(found["query"], connection), page)


def _with_answer(query: str, connection: DuckDBPyConnection) -> str:
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description]
    lines = [" | ".join(names), *(" | ".join(map(_written, row)) for row in cursor.fetchall())]
    return f"```sql\n{query}```\n\n```\n" + "\n".join(lines) + "\n```"


def _written(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def main() -> None:
    """Write all the pages."""
    (DOCS / "settings.md").write_text(settings_page(), encoding="utf-8")
    (DOCS / "data-dictionary.md").write_text(data_dictionary(), encoding="utf-8")
    queries = DOCS / "queries.md"
    with tempfile.TemporaryDirectory() as folder:
        published = published_examples(Path(folder))
        with duckdb.connect(str(published), read_only=True) as connection:
            queries.write_text(answered(queries.read_text(encoding="utf-8"), connection), encoding="utf-8")
    print(f"wrote {DOCS / 'data-dictionary.md'}, {DOCS / 'settings.md'} and {queries}", file=sys.stderr)


if __name__ == "__main__":
    main()
