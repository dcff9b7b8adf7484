"""A warehouse of an earlier schema becomes one of this schema when it is opened, and says what it said."""

from pathlib import Path

import duckdb
import pytest

from tests.warehouse.contents import all_rows, one, whole
from tests.warehouse.reports import office_report, submission
from transforms.described import described_tables
from warehouse.connection import open_writer
from warehouse.load import load
from warehouse.publish import publish
from warehouse.schema import VERSION, OtherSchema

SCHEMAS = Path(__file__).with_name("schemas")
SENT = submission("q2.docx")
LATER = submission("q3.docx")


def report(sent, quarter):
    bands = {"4.1.2": {100: 100, 90: 90, 80: 80, 70: 70, 60: 60}}
    return office_report(sent, {"4.1.2": 61.54, "5.1.1": 1}, quarter=quarter, bands=bands)


@pytest.fixture(params=range(1, VERSION))
def earlier(request, tmp_path):
    """A warehouse with one report in it, in a schema of the past."""
    now, past = tmp_path / "now.duckdb", tmp_path / "past.duckdb"
    with open_writer(now) as connection:
        load(connection, [SENT], [report(SENT, 2)])
    with duckdb.connect(str(past)) as connection:
        connection.execute((SCHEMAS / f"{request.param}.sql").read_text(encoding="utf-8"))
        connection.execute(f"ATTACH '{now}' AS now (READ_ONLY)")
        for table in ("submissions", "observation_revisions", "target_band_revisions", "ledger", "findings"):
            columns = connection.execute(
                "SELECT column_name FROM duckdb_columns() WHERE database_name = 'past' AND table_name = ?",
                [table],
            ).fetchall()
            names = ", ".join(name for (name,) in columns)
            connection.execute(f"INSERT INTO {table} BY NAME SELECT {names} FROM now.{table}")
    return past


def test_it_becomes_what_it_would_be_if_it_were_loaded_today(earlier, tmp_path):
    with open_writer(earlier) as upgraded, open_writer(tmp_path / "today.duckdb") as today:
        assert one(upgraded, "FROM schema_version") == (VERSION,)
        load(upgraded, [LATER], [report(LATER, 3)])
        load(today, [SENT, LATER], [report(SENT, 2), report(LATER, 3)])
        tables = whole(today)
        assert tables["scores"]
        for table in described_tables():
            names = ", ".join(column.name for column in table.columns)
            if table.name != "ledger":  # only the earlier one had its file written down on arrival
                query = f"SELECT {names} FROM {table.name} ORDER BY ALL"
                assert all_rows(upgraded, query) == all_rows(today, query)


def test_it_is_published_like_any_other(earlier, tmp_path):
    open_writer(earlier).close()
    publish(earlier, tmp_path / "published" / "warehouse.duckdb")
    with duckdb.connect(str(tmp_path / "published" / "warehouse.duckdb"), read_only=True) as readers:
        assert all_rows(readers, "SELECT value FROM observations ORDER BY ALL") == [(1,), (61.54,)]


def test_a_warehouse_of_a_later_schema_is_left_alone_and_told_in_a_sentence(warehouse, writer):
    writer.execute("UPDATE schema_version SET version = 99")
    writer.close()
    with pytest.raises(OtherSchema, match=r"has schema 99.*protibedon reprocess"):
        open_writer(warehouse)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        assert one(connection, "FROM schema_version") == (99,)


def test_a_warehouse_that_lacks_what_cannot_be_left_empty_is_told_in_a_sentence(warehouse, writer):
    writer.execute("ALTER TABLE observations DROP COLUMN cell")
    writer.close()
    with pytest.raises(OtherSchema, match=r"before observations\.cell was known.*protibedon reprocess"):
        open_writer(warehouse)
