"""The warehouse is rebuilt from the originals alone, and is then the one that grew report by report."""

import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from flows import road
from flows.home import Home
from flows.settings import settings_of
from tests.flows.conftest import EXAMPLES
from transforms.described import described_tables
from transforms.report_file import read_file
from warehouse.connection import open_writer

ROUNDS = int(os.environ.get("PROTIBEDON_TEST_ROUNDS", "5"))
REPORTS = (
    "natore_quarter_1.txt",
    "natore_quarter_2.docx",
    "পাবনা ২য় ত্রৈমাসিক.txt",
    "jashore_q1.xlsx",
    "jashore_q2.xlsx",
    "jashore_q2_corrected.xlsx",
    "নৈমিত্তিক ছুটির আবেদন.docx",
    "সিলেট বিভাগ সমন্বিত প্রতিবেদন ১ম ত্রৈমাসিক.docx",
)
_READ = {}


def read_here(originals, submissions, has_read):
    """Read in this process, and each file once for all examples."""
    for one in submissions:
        if one.submission_id not in _READ:
            content = originals.read(one.submission_id)
            _READ[one.submission_id] = read_file(one.submission_id, one.file_name, content)
    return [report for one in submissions for report in _READ[one.submission_id]]


def take(home: Home, names) -> None:
    for name in names:
        file = shutil.copy(EXAMPLES / name, home.inbox / name)
        hour = 1_736_000_000 + 3600 * REPORTS.index(name)
        os.utime(file, (hour, hour))
    receipt = road.receive(home)
    road.take_in(home, receipt.waiting, read=read_here)


def held(home: Home):
    with open_writer(home.warehouse) as connection:
        return {
            table.name: connection.execute(
                f"SELECT * EXCLUDE (taken_at) FROM {table.name} ORDER BY ALL"
                if "taken_at" in {column.name for column in table.columns}
                else f"FROM {table.name} ORDER BY ALL"
            ).fetchall()
            for table in described_tables()
        }


@settings(max_examples=ROUNDS, deadline=None, suppress_health_check=[*HealthCheck], database=None)
@given(
    batches=some.permutations(REPORTS).flatmap(
        lambda names: some.integers(1, len(names)).map(lambda cut: (names[:cut], names[cut:]))
    )
)
def test_rebuilt_from_the_originals_it_is_what_it_had_become(batches):
    with tempfile.TemporaryDirectory() as folder:
        settings_file = Path(folder, "protibedon.toml")
        settings_file.write_text("settle_seconds = 0\n")
        with settings_of(settings_file):
            home = Home(Path(folder))
            home.make()
            for names in batches:
                take(home, names)
            grown = held(home)
            home.warehouse_file.unlink()
            shutil.rmtree(home.inbox)
            take(home, ())
            assert held(home) == grown
            assert len(grown["ledger"]) == len(REPORTS)
