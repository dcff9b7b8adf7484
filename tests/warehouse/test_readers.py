"""Readers open what is published in a loop while loads go on, and find whole states only."""

import multiprocessing
from pathlib import Path

import duckdb

from tests.warehouse.reports import office_report, submission
from warehouse.connection import open_writer
from warehouse.load import load
from warehouse.publish import publish

OFFICES = ("khulna", "jashore", "satkhira")
STATES = 6
PROCESSES = multiprocessing.get_context("spawn")
# Every table tells the state by itself: all offices say the same number, which is also how often they have
# said something; what is derived says it three times over.
SEEN = {
    "observations": "SELECT list(DISTINCT value), count(*) FROM {}",
    "observation_revisions": "SELECT [max(value)], count(*) / max(value) FROM {}",
    "submissions": "SELECT [count(*) / 3], count(*) FILTER (WHERE superseded_by IS NULL) FROM {}",
    "divisional_summary": "SELECT list(DISTINCT total_value / 3), 3 FROM {} WHERE division_id = 'khulna'"
    " AND indicator_code = '5.1.1'",
}


def look(published: Path, over: "multiprocessing.synchronize.Event", found) -> None:
    """Look until it is over; hand back every state seen, of the warehouse and of each Parquet file."""
    seen = set()
    while not over.is_set():
        with duckdb.connect(str(published), read_only=True) as connection:
            told = [connection.execute(query.format(table)).fetchone() for table, query in SEEN.items()]
        seen.add(("warehouse", *{(*said, offices) for said, offices in told}))
        for table, query in SEEN.items():
            file = published.with_name(f"{table}.parquet")
            (*said,), offices = ask_parquet(query.format(f"read_parquet('{file}')"))
            seen.add((table, (*said, offices)))
    found.put(seen)


def ask_parquet(query: str) -> tuple:
    """Ask a Parquet file, again where it was replaced while it was read: docs/reliability.md tells of it."""
    for _ in range(5):
        try:
            return duckdb.execute(query).fetchone()
        except duckdb.Error as error:
            if "Invalid data" not in str(error):
                raise
    raise AssertionError("a Parquet file was replaced under five queries, one after the other")


def test_readers_in_a_loop_find_only_whole_states_while_loads_go_on(warehouse, tmp_path):
    published = tmp_path / "published" / "warehouse.duckdb"
    take_state(warehouse, 1)
    publish(warehouse, published)
    over, found = PROCESSES.Event(), PROCESSES.Queue()
    readers = [PROCESSES.Process(target=look, args=(published, over, found)) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        for state in range(2, STATES + 1):
            take_state(warehouse, state)
            publish(warehouse, published)
    finally:
        over.set()
    seen = set().union(*(found.get(timeout=60) for _ in readers))
    for reader in readers:
        reader.join(timeout=60)
    assert [reader.exitcode for reader in readers] == [0] * len(readers)

    whole = {(place, (float(state), 3)) for place in ("warehouse", *SEEN) for state in range(1, STATES + 1)}
    assert seen <= whole
    assert len({states for place, states in seen if place == "warehouse"}) > 1


def take_state(warehouse: Path, state: int) -> None:
    sent = {office: submission(f"{office} {state}", f"2025-01-{state:02}T06:00") for office in OFFICES}
    reports = [office_report(one, {"5.1.1": state}, office=office) for office, one in sent.items()]
    with open_writer(warehouse) as connection:
        load(connection, list(sent.values()), reports)
