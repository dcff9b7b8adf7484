"""What is kept about one person can be handed out and erased, and no figure changes by it."""

import json
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from extractors.erasures import Erasures, hash_of
from extractors.originals import Originals
from extractors.submission import submission_id_of
from flows.cli import main
from flows.home import Home
from flows.outbox import Outbox, State
from flows.person import ERASED, Person
from tests.dovecot import MONDAY
from tests.extractors.mails import attached, letter, mail
from tests.flows.conftest import EXAMPLES
from transforms.described import described_tables

NATORE = (EXAMPLES / "natore_quarter_2.docx").read_bytes()
JASHORE = (EXAMPLES / "jashore_q1.xlsx").read_bytes()
ADDRESS, OTHER, STRANGER = "natore.a@example.org", "md.natore.a@example.org", "stranger@example.com"
PHONE = "01711-000111"
# What speaks of people in a warehouse; every other table is of figures, and of what was declared.
OF_PEOPLE = {"ledger", "mails", "submissions", "findings"}


def protibedon(*arguments: object) -> str:
    ran = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert ran.exit_code in (0, 1), ran.output
    return ran.output


WORDS = letter(f"জনাব, সংযুক্ত। ফোন {PHONE}, মেইল {ADDRESS}")
MESSAGES = (
    mail(WORDS, attached(NATORE, f"natore {ADDRESS}.docx"), sender=f"নাটোর <{ADDRESS.upper()}>"),
    mail(letter("আমার কোনো ফাইল নেই।"), sender=ADDRESS),
    mail(letter(f"{ADDRESS} থেকেও পাঠানো হয়েছে।"), attached(JASHORE, "jashore.xlsx"), sender=OTHER),
    mail(attached(b"x" * 99, "unknown.txt"), sender=STRANGER),
)


@pytest.fixture(scope="module")
def mailbox(imap, unused_mailboxes) -> Iterator[str]:
    """The name of a mailbox that holds the messages, to which the settings lead."""
    user = next(unused_mailboxes)
    imap.deliver(user, *MESSAGES, at=MONDAY)
    with pytest.MonkeyPatch.context() as environment:
        for name, value in imap.settings(user).items():
            environment.setenv(name, value)
        yield user


@pytest.fixture(scope="module")
def taken(mailbox, tmp_path_factory) -> Path:
    """A home that took mails of two offices and a stranger, wrote its receipts, and has run under Prefect."""
    place = Home(tmp_path_factory.mktemp("taken"))
    place.make()
    place.reference.mkdir()
    (place.reference / "correspondents.csv").write_text(
        f"address,office_id\n{ADDRESS},natore\nsecond@example.org,natore\n{OTHER},jashore\n"
    )
    place.settings.write_text(
        'settle_seconds = 0\nreceipts_since = "2020-01-01"\nmail_from = "us@example.net"\n'
    )
    shutil.copy(EXAMPLES / "natore_quarter_1.txt", place.inbox)
    protibedon("ingest", "--home", place.folder)
    outbox = Outbox(place.outbox)
    for name in outbox.names(State.WAITING)[:2]:
        outbox.move(name, State.WAITING, State.SENT)
    place.prefect.mkdir()
    with sqlite3.connect(place.prefect / "prefect.db") as records:
        records.execute("CREATE TABLE artifact (key TEXT, data JSON, size INTEGER)")
        told = json.dumps(json.dumps({"letter": "করিম:\nNatore\\.A\\@example\\.org\\.txt"}))
        records.executemany("INSERT INTO artifact VALUES (?, ?, 1)", [("a", told), (OTHER, "{}")])
    return place.folder


@pytest.fixture
def kept(taken, tmp_path) -> Home:
    """A copy of that home, to be changed."""
    return Home(Path(shutil.copytree(taken, tmp_path / "home")))


def contents(file: Path, tables: set[str]) -> dict[str, list[tuple[object, ...]]]:
    with duckdb.connect(str(file), read_only=True) as connection:
        return {name: connection.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in sorted(tables)}


def figures(home: Home) -> dict[str, list[tuple[object, ...]]]:
    tables = {table.name for table in described_tables()}
    return contents(home.warehouse_file, tables - OF_PEOPLE)


def holding(home: Home, address: str = ADDRESS) -> list[str]:
    """Every file that names an address, as `grep -riP` would find it, also as Prefect's pages write it."""
    by_itself = re.escape(address).replace(r"\.", r"\\*\.").replace("@", r"\\*@")
    names = re.compile(rb"(?:(?<![\w.])|(?<=\\n))" + by_itself.encode(), re.IGNORECASE)
    return [
        path.relative_to(home.folder).as_posix()
        for path in home.folder.rglob("*")
        if path.is_file() and names.search(path.read_bytes())
    ]


def erase(home: Home, address: str = ADDRESS) -> str:
    return protibedon("person", "erase", address, "--reason", "asked by letter", "--home", home.folder)


def test_an_export_gathers_all_that_is_kept(kept, tmp_path):
    told = protibedon("person", "export", ADDRESS, "--to", tmp_path / "a.zip", "--home", kept.folder)
    assert told.startswith(f"{tmp_path / 'a.zip'}: 2 arrivals · 3 messages · ")
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        names = set(packed.namelist())
        index = packed.read("index.txt").decode()
        rows = json.loads(packed.read("warehouse.json"))
        assert packed.read(f"files/{submission_id_of(NATORE)}") == NATORE
        for message in MESSAGES[:3]:
            assert packed.read(f"messages/{submission_id_of(message)}.eml") == message
        assert "Natore" in packed.read("prefect.json").decode()
    assert f"messages/{submission_id_of(MESSAGES[3])}.eml" not in names
    assert any(name.startswith("outbox/receipt-") for name in names)
    assert [row["sender"] for row in rows["ledger"]] == [ADDRESS]
    assert f"reference/correspondents.csv: {ADDRESS},natore" in index


def test_a_telephone_number_or_a_name_is_found_as_it_is_written(kept, tmp_path):
    protibedon(
        "person",
        "export",
        STRANGER,
        "--also",
        PHONE,
        "--also",
        "করিম",
        "--to",
        tmp_path / "a.zip",
        "--home",
        kept.folder,
    )
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        names = packed.namelist()
    assert f"messages/{submission_id_of(MESSAGES[0])}.eml" in names
    assert f"messages/{submission_id_of(MESSAGES[3])}.eml" in names


def test_after_an_erasure_nothing_holds_the_address_and_no_figure_has_changed(kept):
    before, published = figures(kept), contents(kept.published, {"observations", "divisional_summary"})
    assert before["observations"]
    places = {name.partition("/")[0] for name in holding(kept)}
    assert places >= {"originals", "outbox", "prefect", "reference"}
    told = erase(kept)
    assert told.startswith("erased     2 arrivals · 3 messages · ")
    assert "delete them there" in told
    assert "backups made until today" in told
    assert "holds the address" not in told

    assert holding(kept) == []
    assert holding(kept, OTHER) != []
    assert figures(kept) == before
    assert contents(kept.published, {"observations", "divisional_summary"}) == published
    assert Originals(kept.originals).read(submission_id_of(NATORE)) == NATORE
    assert (kept.reference / "correspondents.csv").read_text("utf-8-sig").splitlines() == [
        "address,office_id",
        "second@example.org,natore",
        f"{OTHER},jashore",
    ]


def test_an_erasure_is_written_down_and_names_nobody(kept):
    erase(kept)
    [erasure] = Erasures(kept.originals).all()
    assert erasure.address == hash_of(ADDRESS)
    assert set(erasure.messages) == {submission_id_of(message) for message in MESSAGES[:3]}
    assert erasure.reason == "asked by letter"
    assert erasure.counts["arrivals"] == 2


def test_what_was_erased_is_not_taken_again_nor_told_again(kept, imap, mailbox):
    erase(kept)
    mails = [*kept.outbox.rglob("*.eml")]
    told = protibedon("ingest", "--home", kept.folder)
    assert "0 received" in told
    imap.renumber(mailbox, 5)  # the server has lost its numbers, so every message looks new
    told = protibedon("ingest", "--home", kept.folder)
    assert "0 received" in told
    assert "brought no file" not in told
    assert [*kept.outbox.rglob("*.eml")] == mails
    assert holding(kept) == []
    assert len(list(kept.originals.glob("??/*"))) == len(list(kept.originals.glob("??/*.json"))) * 2 + 1


def test_the_warehouse_made_anew_from_the_originals_says_the_same(kept):
    before = figures(kept)
    erase(kept)
    protibedon("reprocess", "--home", kept.folder)
    assert figures(kept) == before
    kept.warehouse_file.unlink()
    protibedon("reprocess", "--home", kept.folder)
    assert figures(kept) == before
    assert holding(kept) == []


def test_an_office_registered_later_stays_let_in(kept):
    """Its report was kept apart when it came; afterwards only the list of correspondents lets it in."""
    with (kept.reference / "correspondents.csv").open("a") as registered:
        registered.write(f"{STRANGER},khulna\n")
    protibedon("reprocess", "--home", kept.folder)
    with duckdb.connect(str(kept.warehouse_file), read_only=True) as connection:
        asked = f"SELECT rejection_code FROM submissions WHERE sender = '{STRANGER}'"
        [(before,)] = connection.execute(asked).fetchall()
    assert before != "unknown_sender"
    erase(kept, STRANGER)
    protibedon("reprocess", "--home", kept.folder)
    with duckdb.connect(str(kept.warehouse_file), read_only=True) as connection:
        asked = f"SELECT rejection_code FROM submissions WHERE sender = '{ERASED}'"
        assert connection.execute(asked).fetchall() == [(before,)]


def test_an_erasure_that_was_killed_goes_on_when_it_is_run_again(kept, monkeypatch):
    from flows import erasing

    before = figures(kept)
    with monkeypatch.context() as broken:
        broken.setattr(erasing, "rewrite", lambda *_: (_ for _ in ()).throw(PermissionError("killed")))
        ran = CliRunner().invoke(
            main, ["person", "erase", ADDRESS, "--reason", "asked", "--home", str(kept.folder)]
        )
        assert ran.exit_code == 2
    erase(kept)
    assert holding(kept) == []
    assert figures(kept) == before
    assert len(Erasures(kept.originals).all()) == 2
    assert erase(kept).startswith("erased     nothing more")
    assert len(Erasures(kept.originals).all()) == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["erase", "nobody@example.org", "--reason", "asked"], "nothing that names nobody@example.org"),
        (["erase", "no address", "--reason", "asked"], "is no mail address"),
        (["erase", ADDRESS, "--reason", " "], "needs a reason"),
        (["export", "nobody@example.org", "--to", "nobody.zip"], "nothing that names nobody@example.org"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_changes(kept, arguments, told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = kept.warehouse_file.read_bytes()
    ran = CliRunner().invoke(main, ["person", *arguments, "--home", str(kept.folder)])
    assert ran.exit_code == 2
    assert told in ran.output
    assert kept.warehouse_file.read_bytes() == before
    assert not (tmp_path / "nobody.zip").exists()
    assert Erasures(kept.originals).all() == ()


def test_nothing_is_erased_while_a_run_is_at_work(kept):
    from flows import road

    shutil.copy(EXAMPLES / "natore_quarter_2.docx", kept.inbox / "second copy.docx")
    (kept.inbox / "new.txt").write_text("not loaded yet")
    road.receive(kept)
    ran = CliRunner().invoke(
        main, ["person", "erase", ADDRESS, "--reason", "asked", "--home", str(kept.folder)]
    )
    assert ran.exit_code == 2
    assert "not loaded yet" in ran.output
    assert Erasures(kept.originals).all() == ()


@pytest.mark.parametrize(
    ("text", "without"),
    [
        (ADDRESS, ERASED),
        (f"নাটোর <{ADDRESS.title()}>,", f"নাটোর <{ERASED}>,"),
        (f"{ADDRESS}. {ADDRESS},{ADDRESS}", f"{ERASED}. {ERASED},{ERASED}"),
        (r"natore\.a\@example\.org", ERASED),
        (r"natore\\.a\\@example\\.org", ERASED),
        (r"\nnatore\\\\.a\\\\@example\\\\.org", rf"\n{ERASED}"),
        (OTHER, OTHER),
        (f"{ADDRESS}.bd", f"{ADDRESS}.bd"),
        (f"{ADDRESS}.docx", f"{ERASED}.docx"),
        (f"{ADDRESS}-x.org", f"{ADDRESS}-x.org"),
    ],
)
def test_an_address_is_taken_out_and_a_longer_one_is_another_s(text, without):
    person = Person(ADDRESS)
    assert person.taken_out_of(text) == without
    assert person.is_named_in(text) == (without != text)
