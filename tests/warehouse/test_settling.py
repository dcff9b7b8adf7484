"""Whatever was loaded in whatever batches, the tables are those of a warehouse settled as a whole."""

import os
import random
import sys

import pytest

from tests.warehouse.contents import whole
from tests.warehouse.reports import matrix_report, office_report, submission
from tests.warehouse.some_reports import some_report
from warehouse.connection import open_writer
from warehouse.load import load
from warehouse.settling import settle_everything
from warehouse.transaction import transaction

ROUNDS = int(os.environ.get("PROTIBEDON_TEST_ROUNDS", "4"))


@pytest.mark.parametrize("number", range(ROUNDS))
def test_what_is_settled_in_parts_is_as_if_settled_at_once(tmp_path, number):
    seed = int(os.environ.get("PROTIBEDON_TEST_SEED", random.randrange(10**6)))
    chance = random.Random(seed + number)
    sys.stdout.write(f"seed {seed}\n")
    came = dict(enumerate(some_report(chance, file) for file in range(chance.randint(5, 25))))
    with open_writer(tmp_path / "parts.duckdb") as connection:
        for _ in range(chance.randint(2, 8)):
            batch = [came[file] for file in chance.sample(sorted(came), chance.randint(1, min(4, len(came))))]
            load(connection, [sent for sent, _ in batch], [report for _, report in batch])
            if chance.random() < 0.3:  # a rule changed, and the same file says something else when read again
                file = chance.choice(sorted(came))
                sent, _ = came[file]
                _, other = some_report(chance, file)
                came[file] = sent, other
                load(connection, [sent], [other])
        load(
            connection, [sent for sent, _ in came.values()][::2], [report for _, report in came.values()][::2]
        )
        for sent, report in list(came.values())[1::2]:
            load(connection, [sent], [report])
        in_parts = whole(connection)
        with transaction(connection):
            settle_everything(connection)
        assert whole(connection) == in_parts
    with open_writer(tmp_path / "once.duckdb") as connection:
        load(connection, [sent for sent, _ in came.values()], [report for _, report in came.values()])
        at_once = whole(connection)
    assert in_parts == at_once


def test_a_report_leaves_other_divisions_and_years_alone(tmp_path):
    """What is not touched is not even written anew: its rows keep their place in the tables."""
    with open_writer(tmp_path / "warehouse.duckdb") as connection:
        for office, year in (("khulna", "2024-25"), ("rajshahi", "2024-25"), ("khulna", "2023-24")):
            sent = submission(f"{office} {year}")
            load(connection, [sent], [office_report(sent, {"5.1.1": 1}, office=office, fiscal_year=year)])
        elsewhere = (
            "SELECT rowid, * FROM {} WHERE fiscal_year = '2023-24' OR division_id = 'rajshahi' ORDER BY rowid"
        )
        tables = ("observations", "scores", "divisional_summary", "reporting_status", "reporting_rates")
        before = [connection.execute(elsewhere.format(table)).fetchall() for table in tables]
        assert all(before)
        sent = submission("jashore")
        load(connection, [sent], [office_report(sent, {"5.1.1": 3}, office="jashore")])
        assert [connection.execute(elsewhere.format(table)).fetchall() for table in tables] == before


def test_a_registry_that_changed_settles_everything(tmp_path, change_plan):
    """The rows of last year's reports follow their plan as soon as anything at all is loaded."""
    with open_writer(tmp_path / "warehouse.duckdb") as connection:
        for office in ("khulna", "rajshahi"):
            sent = submission(office)
            ladder = {"5.1.1": {100: 4, 90: 2}}
            load(
                connection,
                [sent],
                [office_report(sent, {"5.1.1": 3}, office=office, quarter=1, bands=ladder)],
            )
        change_plan('scoring = "linear"', 'scoring = "stepwise"')
        sent = submission("matrix of another year")
        load(
            connection,
            [sent],
            [matrix_report(sent, {"feni": {"4.1.1": 1}}, division="chattogram", fiscal_year="2023-24")],
        )
        scores = connection.execute(
            "SELECT score_pct FROM scores WHERE indicator_code = '5.1.1' AND fiscal_year = '2024-25'"
        ).fetchall()
        assert scores == [(90,), (90,)]
