"""Write what the documentation takes from the code and the examples: `make docs`.

`data-dictionary.md` comes whole from `columns.toml`. In `queries.md` the block behind each query is its
answer, written anew from the examples. A test holds both to be what this script would write.
"""

import re
import sys
import tempfile
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from flows import road
from flows.home import Home
from warehouse.data_dictionary import data_dictionary

DOCS = Path(__file__).resolve().parent
EXAMPLES = DOCS.parent / "examples" / "inbox"
_QUERY_AND_ANSWER = re.compile(r"```sql\n(?P<query>.*?)```\n\n```\n.*?```", re.DOTALL)


def published_examples(folder: Path) -> Path:
    """Take the examples through to a warehouse in a folder; return the published copy."""
    home = Home.at(folder)
    receipt = road.receive(home, [EXAMPLES])
    reports = road.read_waiting(home, receipt.waiting)
    road.load_reports(home, receipt.waiting, reports)
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
    """Write both pages."""
    (DOCS / "data-dictionary.md").write_text(data_dictionary(), encoding="utf-8")
    queries = DOCS / "queries.md"
    with tempfile.TemporaryDirectory() as folder:
        published = published_examples(Path(folder))
        with duckdb.connect(str(published), read_only=True) as connection:
            queries.write_text(answered(queries.read_text(encoding="utf-8"), connection), encoding="utf-8")
    print(f"wrote {DOCS / 'data-dictionary.md'} and {queries}", file=sys.stderr)


if __name__ == "__main__":
    main()
