import importlib.util
import multiprocessing
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.contents import whole
from tests.warehouse.postgres import postgres
from tests.warehouse.reports import all_indicators, matrix_report, office_report, submission
from transforms.described import described_tables
from warehouse.connection import open_reader, open_writer
from warehouse.lake import Lake
from warehouse.lake_connection import LakeUnavailable
from warehouse.ledger import record_received, waiting
from warehouse.load import load
from warehouse.publish import publish

OFFICES = ("khulna", "jashore", "satkhira", "kushtia", "narail", "magura")
LOADERS = 3
PROCESSES = multiprocessing.get_context("spawn")


@pytest.fixture(scope="module")
def lake(tmp_path_factory):
    """A lake with a PostgreSQL catalogue."""
    for extension in ("ducklake", "postgres_scanner"):
        package = importlib.util.find_spec(f"duckdb_extension_{extension}")
        if package is None or not list(Path(package.origin).parent.glob(f"*/v{duckdb.__version__}/*")):
            pytest.skip(f"DuckDB's extension {extension} is not installed for DuckDB {duckdb.__version__}")
    with postgres() as catalogue:
        yield Lake.parse(f"ducklake:postgres:{catalogue};data={tmp_path_factory.mktemp('lake')}")


def batches():
    """Reports of six offices and their division's matrix, one of them corrected and one that comes to all."""
    pairs = []
    for place, office in enumerate(OFFICES):
        for quarter in (1, 2):
            sent = submission(f"{office} q{quarter}", f"2025-01-{10 + place:02}T06:00")
            answers = all_indicators("unstated") | {"4.1.2": 60 + place + quarter, "5.1.1": place}
            bands = {"4.1.2": {100: 100, 90: 90, 80: 80, 70: 70, 60: 60}}
            pairs.append((sent, office_report(sent, answers, office=office, quarter=quarter, bands=bands)))
    corrected = submission("khulna q2 corrected", "2025-02-01T06:00")
    pairs.append((corrected, office_report(corrected, {"4.1.2": 90, "5.1.1": 3}, quarter=2)))
    matrix = submission("matrix", "2025-01-05T06:00")
    answers = {office: {"4.1.2": 50, "5.1.1": 1} for office in (*OFFICES, "bagerhat")}
    pairs.append((matrix, matrix_report(matrix, answers)))
    # Each loader takes every third report, two at a time; the first report comes to all of them.
    return [
        [[pairs[0], *mine[:1]], *(mine[at : at + 2] for at in range(1, len(mine), 2))]
        for mine in (pairs[number::LOADERS] for number in range(LOADERS))
    ]


def take(lake, number):
    for batch in batches()[number]:
        sent = [one for one, _ in {one.submission_id: (one, report) for one, report in batch}.values()]
        reports = list({report.submission_id: report for _, report in batch}.values())
        with open_writer(lake) as connection:
            record_received(connection, sent)
            load(connection, sent, reports)


def test_several_loaders_at_once_give_what_one_gives_on_a_file(lake, tmp_path):
    loaders = [PROCESSES.Process(target=take, args=(lake, number)) for number in range(LOADERS)]
    for loader in loaders:
        loader.start()
    for loader in loaders:
        loader.join(timeout=120)
    assert [loader.exitcode for loader in loaders] == [0] * LOADERS

    alone = tmp_path / "alone.duckdb"
    for number in range(LOADERS):
        take(alone, number)
    with open_writer(lake) as shared, open_writer(alone) as own:
        in_lake, in_file = whole(shared), whole(own)
        assert waiting(shared) == ()
    assert len(in_file["ledger"]) == 14
    assert in_file["scores"]
    assert in_lake == in_file

    for warehouse, place in ((lake, tmp_path / "a" / "w.duckdb"), (alone, tmp_path / "b" / "w.duckdb")):
        publish(warehouse, place)
    with open_reader(tmp_path / "a" / "w.duckdb") as one, open_reader(tmp_path / "b" / "w.duckdb") as other:
        for table in (table.name for table in described_tables() if table.published):
            query = f"FROM {table} ORDER BY ALL"
            assert one.execute(query).fetchall() == other.execute(query).fetchall()


def test_opening_a_lake_again_writes_nothing(lake):
    def snapshots():
        with open_writer(lake) as connection:
            return connection.execute("SELECT count(*) FROM ducklake_snapshots('warehouse')").fetchone()

    snapshots()
    assert snapshots() == snapshots()


def test_a_lake_that_does_not_answer_is_told_in_a_sentence(lake):
    nowhere = Lake.parse("ducklake:postgres:dbname=protibedon host=127.0.0.1 port=1;data=/nowhere")
    with pytest.raises(LakeUnavailable, match="the lake cannot be reached"):
        open_writer(nowhere)


def test_a_lake_is_named_by_its_catalogue_and_its_folder():
    named = Lake.parse("ducklake:postgres:dbname=protibedon host=db;data=/shared/parquet")
    assert named == Lake("postgres:dbname=protibedon host=db", "/shared/parquet")


@pytest.mark.parametrize(
    "written", ["warehouse.duckdb", "ducklake:", "ducklake:postgres:dbname=protibedon", "postgres:x;data=/y"]
)
def test_what_names_no_lake_is_refused(written):
    with pytest.raises(ValueError, match="a lake is written as"):
        Lake.parse(written)


@pytest.mark.parametrize(
    "catalogue", ["postgres:dbname=x password=secret", "postgres:postgresql://user:secret@db/protibedon"]
)
def test_a_password_is_refused_and_not_repeated(catalogue):
    with pytest.raises(ValueError, match="named without its password") as refused:
        Lake.parse(f"ducklake:{catalogue};data=/shared")
    assert "secret" not in str(refused.value)
