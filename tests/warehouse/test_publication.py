"""A published copy that is carried on from the last one is what a copy of everything would be."""

import os
import random
import sys

import duckdb
import pytest

from tests.warehouse.reports import office_report, submission
from tests.warehouse.some_reports import some_report
from warehouse.audit import AuditFailed, audit
from warehouse.connection import open_reader, open_writer
from warehouse.ledger import record_received
from warehouse.load import load
from warehouse.publication import FOLLOWING, publication_of, published_tables
from warehouse.publish import is_published, publish
from warehouse.settling import settle_everything

ROUNDS = int(os.environ.get("PROTIBEDON_TEST_ROUNDS", "2"))
TABLES = [table.name for table in published_tables()]


@pytest.fixture
def published(tmp_path):
    return tmp_path / "published" / "warehouse.duckdb"


def take(warehouse, *pairs):
    with open_writer(warehouse) as connection:
        record_received(connection, [sent for sent, _ in pairs])
        load(connection, [sent for sent, _ in pairs], [report for _, report in pairs])


def report(name, value, *, office="khulna", fiscal_year="2024-25"):
    sent = submission(name)
    return sent, office_report(sent, {"5.1.1": value}, office=office, fiscal_year=fiscal_year)


def shown(published):
    """Everything that readers find: in the database, and in the files beside it."""
    with open_reader(published) as reader:
        tables = {name: reader.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in TABLES}
        files = {
            name: reader.execute(
                "FROM read_parquet(?) ORDER BY ALL", [str(published.with_name(f"{name}.parquet"))]
            ).fetchall()
            for name in TABLES
        }
    assert files == tables
    return tables


@pytest.fixture
def copied_whole(monkeypatch):
    """How often everything was copied."""
    import warehouse.publish as publishing

    times = []
    make_anew = publishing._make_anew
    monkeypatch.setattr(
        publishing, "_make_anew", lambda *args, **kwargs: times.append(1) or make_anew(*args, **kwargs)
    )
    return times


@pytest.mark.parametrize("number", range(ROUNDS))
def test_carried_on_is_as_made_anew_whatever_came(warehouse, published, tmp_path, number, copied_whole):
    seed = int(os.environ.get("PROTIBEDON_TEST_SEED", random.randrange(10**6)))
    chance = random.Random(seed + number)
    sys.stdout.write(f"seed {seed}\n")
    take(warehouse, some_report(chance, 0))
    publish(warehouse, published)
    publications = 5
    for _ in range(publications):
        for _ in range(chance.randint(1, 3)):  # several loads before one publication, files that came before
            files = chance.sample(range(8), chance.randint(1, 3))
            take(warehouse, *(some_report(chance, file) for file in files))
        publish(warehouse, published)
    assert len(copied_whole) == 1
    publish(warehouse, tmp_path / "anew" / "warehouse.duckdb")
    assert shown(published) == shown(tmp_path / "anew" / "warehouse.duckdb")


def test_every_table_follows_what_is_changed_or_what_is_declared():
    declared = {
        "schema_version", "divisions", "offices", "plans", "indicators", "plan_bands", "due_dates",
    }  # fmt: skip
    assert set(TABLES) - set(FOLLOWING) == declared
    assert set(FOLLOWING) <= set(TABLES)


def test_only_what_changed_is_written_to_parquet(warehouse, published):
    take(warehouse, report("a", 1))
    publish(warehouse, published)
    before = {name: published.with_name(f"{name}.parquet").stat().st_ino for name in TABLES}
    take(warehouse, report("b", 2, office="rajshahi"))
    publish(warehouse, published)
    after = {name: published.with_name(f"{name}.parquet").stat().st_ino for name in TABLES}
    assert {name for name in TABLES if before[name] == after[name]} == set(TABLES) - set(FOLLOWING)
    assert is_published(warehouse, published)


def another_plan(change_plan, **_):
    change_plan('scoring = "linear"', 'scoring = "stepwise"')


def another_schema(warehouse, **_):
    with open_writer(warehouse) as connection:
        connection.execute("UPDATE schema_version SET version = version - 1")


def written_past_the_loads(warehouse, **_):
    with open_writer(warehouse) as connection:
        settle_everything(connection)
        connection.execute("DELETE FROM observations WHERE office_id = 'rajshahi'")


def written_to_by_a_reader(published, **_):
    with duckdb.connect(str(published)) as reader:
        reader.execute("UPDATE observations SET value = 99")


def damaged(published, **_):
    content = bytearray(published.read_bytes())
    content[:4096] = bytes(4096)
    published.write_bytes(content)


def removed(published, **_):
    published.unlink()


def parquet_of_another_hand(published, **_):
    duckdb.execute(f"COPY (SELECT 1 AS one) TO '{published.with_name('offices.parquet')}'")
    published.with_name("observations.parquet").write_bytes(b"PAR1")


@pytest.mark.parametrize(
    "accident",
    [another_plan, another_schema, written_past_the_loads, written_to_by_a_reader, damaged, removed,
     parquet_of_another_hand],
)  # fmt: skip
def test_what_cannot_be_gone_on_from_is_made_anew(warehouse, published, tmp_path, change_plan, accident):
    take(warehouse, report("a", 1), report("b", 2, office="rajshahi"))
    publish(warehouse, published)
    accident(warehouse=warehouse, published=published, change_plan=change_plan)
    take(warehouse, report("c", 3, office="jashore"))
    publish(warehouse, published)
    publish(warehouse, tmp_path / "anew" / "warehouse.duckdb")
    assert shown(published) == shown(tmp_path / "anew" / "warehouse.duckdb")


def test_a_warehouse_put_back_to_an_earlier_day_is_copied_whole(warehouse, published, tmp_path, copied_whole):
    """Its transactions have the numbers of those that were lost, and are others."""
    take(warehouse, report("a", 1))
    publish(warehouse, published)
    earlier = warehouse.read_bytes()
    take(warehouse, report("b", 2))
    publish(warehouse, published)
    assert len(copied_whole) == 1
    warehouse.write_bytes(earlier)
    take(warehouse, report("c", 3, office="rajshahi"))
    publish(warehouse, published)
    assert len(copied_whole) == 2
    publish(warehouse, tmp_path / "anew" / "warehouse.duckdb")
    assert shown(published) == shown(tmp_path / "anew" / "warehouse.duckdb")


def test_a_copy_that_has_grown_too_large_is_made_anew(warehouse, published, monkeypatch, copied_whole):
    monkeypatch.setattr("warehouse.publish._SPARE_BYTES", 0)
    for number in range(6):
        take(warehouse, report(f"{number}", number))
        publish(warehouse, published)
    assert 1 < len(copied_whole) < 6
    whole_bytes = publication_of(published).whole_bytes
    assert published.stat().st_size < 3 * whole_bytes


def test_made_anew_when_asked_every_file_is_another(warehouse, published):
    take(warehouse, report("a", 1))
    publish(warehouse, published)
    before = {path.name: path.stat().st_ino for path in published.parent.iterdir()}
    publish(warehouse, published, anew=True)
    after = {path.name: path.stat().st_ino for path in published.parent.iterdir()}
    assert before.keys() == after.keys()
    assert not set(before.values()) & set(after.values())


def test_the_audit_asks_about_what_changed_and_about_everything_where_that_is_not_known(warehouse, published):
    take(warehouse, report("a", 1), report("b", 2, office="rajshahi"))
    publish(warehouse, published)
    take(warehouse, report("c", 3, office="jashore"))
    broken = "UPDATE observations SET cell = ' ' WHERE office_id = '{}'"
    with open_writer(warehouse) as connection:
        connection.execute(broken.format("rajshahi"))
        assert audit(connection, published) == ()  # found in order before it was published
        with pytest.raises(AuditFailed):
            audit(connection)
        connection.execute(broken.format("jashore"))
        with pytest.raises(AuditFailed, match="office_id jashore"):
            audit(connection, published)


def test_what_the_audit_stopped_is_asked_about_again(warehouse, published):
    take(warehouse, report("a", 1))
    publish(warehouse, published)
    take(warehouse, report("b", 2))
    with open_writer(warehouse) as connection:
        connection.execute("UPDATE observations SET cell = ''")
    take(warehouse, report("c", 3, office="rajshahi"))
    with open_writer(warehouse) as connection, pytest.raises(AuditFailed, match="khulna"):
        audit(connection, published)
