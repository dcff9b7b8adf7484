"""Readers open what is published in a loop while loads go on, and find whole states only."""

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import duckdb

from tests.warehouse.parquet_reader import ask_parquet
from tests.warehouse.reports import office_report, submission
from warehouse.connection import open_writer
from warehouse.load import load
from warehouse.publish import publish

OFFICES = ("khulna", "jashore", "satkhira")
READERS = 3
BETWEEN_LOOKS_SECONDS = 0.2
STATES = 6
State = tuple[float, int]
# Every table tells the state by itself: all offices say the same number, which is also how often they have
# said something; what is derived says it three times over.
SEEN = {
    "observations": "SELECT list(DISTINCT value), count(*) FROM {}",
    "observation_revisions": "SELECT [max(value)], count(*) / max(value) FROM {}",
    "submissions": "SELECT [count(*) / 3], count(*) FILTER (WHERE superseded_by IS NULL) FROM {}",
    "divisional_summary": "SELECT list(DISTINCT total_value / 3), 3 FROM {} WHERE division_id = 'khulna'"
    " AND indicator_code = '5.1.1'",
}


def look(published: Path, over: Path) -> set[tuple[str, State]]:
    """Look until it is over, and at least once; return every state seen of the warehouse and of each file."""
    seen = set()
    while True:
        last = over.exists()
        with duckdb.connect(str(published), read_only=True) as connection:
            told = [connection.execute(query.format(table)).fetchone() for table, query in SEEN.items()]
        seen.add(("warehouse", *{(*said, offices) for said, offices in told}))
        for table, query in SEEN.items():
            ((*said,), offices), _ = ask_parquet(published.with_name(f"{table}.parquet"), query)
            seen.add((table, (*said, offices)))
        if last:
            return seen
        time.sleep(BETWEEN_LOOKS_SECONDS)


def test_readers_in_a_loop_find_only_whole_states_while_loads_go_on(warehouse, tmp_path):
    published, over = tmp_path / "published" / "warehouse.duckdb", tmp_path / "over"
    take_state(warehouse, 1)
    publish(warehouse, published)
    spawned = multiprocessing.get_context("spawn")
    ready = spawned.Barrier(READERS + 1, timeout=120)
    with ProcessPoolExecutor(READERS, mp_context=spawned, initializer=ready.wait) as pool:
        looking = [pool.submit(look, published, over) for _ in range(READERS)]
        ready.wait()
        try:
            for state in range(2, STATES + 1):
                take_state(warehouse, state)
                publish(warehouse, published)
        finally:
            over.touch()
        seen = set().union(*(reader.result() for reader in looking))

    whole = {(place, (float(state), 3)) for place in ("warehouse", *SEEN) for state in range(1, STATES + 1)}
    assert seen <= whole
    assert {(place, (float(STATES), 3)) for place in ("warehouse", *SEEN)} <= seen
    assert len({states for place, states in seen if place == "warehouse"}) > 1


def take_state(warehouse: Path, state: int) -> None:
    sent = {office: submission(f"{office} {state}", f"2025-01-{state:02}T06:00") for office in OFFICES}
    reports = [office_report(one, {"5.1.1": state}, office=office) for office, one in sent.items()]
    with open_writer(warehouse) as connection:
        load(connection, list(sent.values()), reports)
