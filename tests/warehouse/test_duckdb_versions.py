"""Files go to and fro between DuckDB 1.5 and 2.0: what one publishes, and keeps, the other opens.

`make test` puts the other one beside this one; `PROTIBEDON_OTHER_DUCKDB` names its folder elsewhere.
"""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
OTHER = Path(os.environ.get("PROTIBEDON_OTHER_DUCKDB", REPOSITORY / ".venv" / "duckdb-2.0"))
TAKE = """
import sys; from pathlib import Path
from tests.warehouse.reports import office_report, submission
from warehouse.connection import open_writer
from warehouse.load import load
from warehouse.publish import publish
home, name = Path(sys.argv[1]), sys.argv[2]
sent = submission(name)
with open_writer(home / "warehouse.duckdb") as connection:
    load(connection, [sent], [office_report(sent, {"4.1.2": 61.54}, office=name)])
publish(home / "warehouse.duckdb", home / "published" / "warehouse.duckdb")
"""
LOOK = """
import sys, duckdb
for file in sys.argv[1:]:
    with duckdb.connect(file, read_only=True) as connection:
        figures = "SELECT office_id, value FROM observations ORDER BY ALL"
        comments = "SELECT count(*) FROM duckdb_columns() WHERE comment LIKE '%Weighted score%'"
        told = connection.execute(figures).fetchall(), connection.execute(comments).fetchone()
        print(duckdb.__version__, *told)
"""


def run(program: str, *arguments: object, beside: Path | None) -> str:
    path = os.pathsep.join(map(str, [*([beside] if beside else []), REPOSITORY]))
    command = [sys.executable, "-c", program, *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": path}
    return subprocess.run(
        command, env=environment, cwd=REPOSITORY, check=True, capture_output=True, text=True
    ).stdout


@pytest.fixture(scope="module")
def other():
    if not (OTHER / "duckdb").is_dir():
        pytest.skip("no other DuckDB is installed beside this one (make test-duckdb-2)")
    if duckdb.__version__.startswith("2."):
        pytest.skip("this is the other DuckDB already")
    return OTHER


@pytest.mark.parametrize("newer_begins", [True, False])
def test_two_versions_take_turns_with_one_warehouse(other, tmp_path, newer_begins):
    first, second = (other, None) if newer_begins else (None, other)
    run(TAKE, tmp_path, "khulna", beside=first)
    files = tmp_path / "warehouse.duckdb", tmp_path / "published" / "warehouse.duckdb"
    for version in (first, second):
        lines = run(LOOK, *files, beside=version).splitlines()
        assert [line.split(" ", 1)[1] for line in lines] == ["[('khulna', 61.54)] (1,)"] * 2
        assert {line[:2] for line in lines} == {"2." if version else "1."}
    run(TAKE, tmp_path, "jashore", beside=second)
    for version in (first, second):
        assert run(LOOK, *files, beside=version).count("[('jashore', 61.54), ('khulna', 61.54)] (1,)") == 2
