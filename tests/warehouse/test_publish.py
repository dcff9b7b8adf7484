import subprocess
import sys

import duckdb
import pytest

from extractors.submission import Channel
from tests.warehouse.reports import office_report, submission
from transforms.described import described_tables
from transforms.finding import finding
from transforms.office import all_offices
from warehouse.connection import WarehouseBusy, open_reader, open_writer
from warehouse.load import load
from warehouse.publish import publish

PUBLISHED_TABLES = [table for table in described_tables() if table.published]


@pytest.fixture
def published(tmp_path):
    return tmp_path / "published" / "warehouse.duckdb"


def take(warehouse, name, value, **kwargs):
    sent = submission(name, **kwargs)
    with open_writer(warehouse) as connection:
        load(connection, [sent], [office_report(sent, {"4.1.2": value})])


def figures(path):
    with open_reader(path) as reader:
        return reader.execute("SELECT value FROM observations").fetchall()


def test_readers_get_every_table_with_a_comment_on_every_column(warehouse, published):
    take(warehouse, "q2.docx", 61.54)
    publish(warehouse, published)

    with open_reader(published) as reader:
        columns = reader.execute(
            "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE schema_name = 'main'"
            " AND database_name = current_database()"
        ).fetchall()
        comments = {(table, column): comment for table, column, comment in columns}
        assert comments == {
            (table.name, column.name): column.comment
            for table in PUBLISHED_TABLES
            for column in table.columns
        }
        without = reader.execute("SELECT table_name FROM duckdb_tables() WHERE comment IS NULL").fetchall()
        assert without == []


def test_the_copy_holds_what_the_writer_holds(warehouse, published):
    take(warehouse, "q2.docx", 61.54)
    publish(warehouse, published)
    with open_reader(warehouse) as own, open_reader(published) as copy:
        for table in PUBLISHED_TABLES:
            everything = f"FROM {table.name} ORDER BY ALL"
            assert copy.execute(everything).fetchall() == own.execute(everything).fetchall()
        assert copy.execute("SELECT count(*) FROM scores").fetchone() == (10,)


def test_a_parquet_file_stands_beside_it_for_every_table(warehouse, published):
    take(warehouse, "q2.docx", 61.54)
    publish(warehouse, published)
    names = {path.name for path in published.parent.iterdir()}
    assert names == {"warehouse.duckdb", *(f"{table.name}.parquet" for table in PUBLISHED_TABLES)}
    with open_reader(published) as reader:
        for table in PUBLISHED_TABLES:
            path = published.parent / f"{table.name}.parquet"
            in_parquet = duckdb.execute("FROM read_parquet(?) ORDER BY ALL", [str(path)]).fetchall()
            assert in_parquet == reader.execute(f"FROM {table.name} ORDER BY ALL").fetchall()


def test_who_reads_keeps_the_old_state_and_who_opens_gets_the_new(warehouse, published):
    take(warehouse, "q2.docx", 60)
    publish(warehouse, published)
    # The reader is another process, as readers are.
    program = (
        "import sys, duckdb; c = duckdb.connect(sys.argv[1], read_only=True); print('open', flush=True);"
        " sys.stdin.readline(); print(c.execute('SELECT value FROM observations').fetchall(), flush=True)"
    )
    command = [sys.executable, "-c", program, str(published)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout.readline() == "open\n"
        take(warehouse, "q2 corrected.docx", 70, received="2025-01-11T06:00")
        publish(warehouse, published)
        answer, _ = reader.communicate("\n", timeout=30)
    assert answer == "[(60.0,)]\n"
    assert figures(published) == [(70,)]


def test_a_publication_that_fails_leaves_the_old_one(warehouse, published, monkeypatch):
    take(warehouse, "q2.docx", 60)
    publish(warehouse, published)
    take(warehouse, "q2 corrected.docx", 70, received="2025-01-11T06:00")

    def full_disk(*_):
        raise OSError("no space left on device")

    with monkeypatch.context() as broken, pytest.raises(OSError, match="no space left"):
        broken.setattr("warehouse.publish._write_parquet", full_disk)
        publish(warehouse, published)
    assert figures(published) == [(60,)]

    publish(warehouse, published)  # over what the failed one left behind
    assert figures(published) == [(70,)]


def test_nothing_is_published_while_another_process_writes(warehouse, published, monkeypatch):
    monkeypatch.setattr("warehouse.connection.PATIENCE", 0.3)
    take(warehouse, "q2.docx", 60)
    program = (
        "import sys, pathlib; from warehouse.connection import open_writer;"
        " c = open_writer(pathlib.Path(sys.argv[1])); print('open', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", program, str(warehouse)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "open\n"
        with pytest.raises(WarehouseBusy, match="in use by another run"):
            publish(warehouse, published)
        other.communicate("", timeout=30)
    assert not published.exists()


def test_without_a_warehouse_there_is_nothing_to_publish(warehouse, published):
    with pytest.raises(FileNotFoundError, match="no warehouse"):
        publish(warehouse, published)
    assert not published.exists()


CONTACTS = [
    "০১৭১১-১২৩৪৫৬",
    "01711123456",
    "+8801711123456",
    "+৮৮০ ১৭১১ ১২৩৪৫৬",
    "০২৪০০০০০০০১",
    "02-47770255",
    "০৪১-৭২০১২৩",
    "০১৭১১–১২৩৪৫৬",  # the dash that Word makes of a hyphen
    "০১৭১১\u2011১২৩৪৫৬",
    "০১৭১১\u00a0১২৩৪৫৬",
    "০১৭১১ - ১২৩৪৫৬",
    "+880 (0) 1711 123456",
    "008801711123456",
    "০৪১ ৭২০১২৩",
    "02–47770255",
    "khulna @ example.org",
    "library.khulna@example.org",
]
NO_CONTACTS = [
    "১৬/০৩/২৫",
    "০৩-০৭-২০২৪",
    "০৩-০৭-২০২৪ ০৪-০৮-২০২৪",
    "০১.১২.২০২৪ তারিখে (২য় কোয়ার্টারে) বাস্তবায়িত হয়েছে",
    "৬১.৫৪%",
    "১,২৩,৪৫,৬৭৮",
    "১২৩৪৫৬৭৮৯০১",
    "৪৩.২৪.০০০০.০০১.২০২৪-১৫",
    "৪৩.২৪.০০০০.০১৩.১৬.০০১.২০২৪",
    "0.1578947368",
    "০৩ ০৭ ২০২৪ – ০৪ ০৮ ২০২৪",
    "২০২৪-২০২৫",
]


def in_words(contact):
    return f"যোগাযোগ: {contact}/{contact} (জরুরি)"


def take_remarks(warehouse, remarks):
    """Load a report of an office of its own for each remark; return the id of each remark's submission."""
    sent = {
        remark: submission(
            f"{remark}.docx".replace("/", "-"), channel=Channel.MAIL, sender="head@example.org"
        )
        for remark in remarks
    }
    reports = [
        office_report(
            one,
            {"4.1.2": {"state": "achieved", "remark_raw": remark}},
            office=office.office_id,
            findings=(finding("unknown_phrase", cell="r4 c12", raw_text=remark, indicator_code="4.1.2"),),
        )
        for (remark, one), office in zip(sent.items(), all_offices(), strict=False)
    ]
    with open_writer(warehouse) as connection:
        load(connection, list(sent.values()), reports)
    return {remark: one.submission_id for remark, one in sent.items()}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What the published copy tells of each remark: it, twice, a sentence, the file's name, the sender."""
    folder = tmp_path_factory.mktemp("remarks")
    ids = take_remarks(folder / "warehouse.duckdb", [*map(in_words, CONTACTS), *NO_CONTACTS])
    publish(folder / "warehouse.duckdb", folder / "published" / "warehouse.duckdb")
    with open_reader(folder / "published" / "warehouse.duckdb") as reader:
        rows = reader.execute(
            "SELECT submission_id, remark_raw, raw_text, message_bn, file_name, sender"
            " FROM observations JOIN submissions USING (submission_id) JOIN findings USING (submission_id)"
        ).fetchall()
    shown = {submission_id: texts for submission_id, *texts in rows}
    return {remark: shown[submission_id] for remark, submission_id in ids.items()}


@pytest.mark.parametrize("contact", CONTACTS)
def test_telephone_numbers_and_addresses_stay_behind(told, contact):
    *texts, sender = told[in_words(contact)]
    assert sender is None
    assert texts[0] in ("যোগাযোগ: [phone]/[phone] (জরুরি)", "যোগাযোগ: [e-mail]/[e-mail] (জরুরি)")
    assert all(contact not in text and "[" in text for text in texts)


@pytest.mark.parametrize("contact", [CONTACTS[0], CONTACTS[-1]])
def test_not_even_their_bytes_are_published(warehouse, published, contact):
    take_remarks(warehouse, [in_words(contact)])
    publish(warehouse, published)
    for path in published.parent.iterdir():
        content = path.read_bytes()
        assert contact.encode() not in content
        assert b"head@example.org" not in content


@pytest.mark.parametrize("text", NO_CONTACTS)
def test_dates_and_figures_are_published_as_received(told, text):
    remark, raw_text, *_ = told[text]
    assert (remark, raw_text) == (text, text)
