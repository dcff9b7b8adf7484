"""A backup holds all that cannot be made again, and a home made from it goes on as before."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from flows.backing_up import CannotRestore, back_up, restore
from flows.cli import main
from flows.home import Home
from flows.outbox import Outbox, State
from tests.flows.conftest import EXAMPLES
from transforms.described import described_tables

SOME = ("natore_quarter_1.txt", "natore_quarter_2.docx", "jashore_q1.xlsx")


def protibedon(*arguments: object) -> str:
    ran = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert ran.exit_code in (0, 1), ran.output
    return ran.output


@pytest.fixture
def kept(home) -> Home:
    """A home with three reports loaded, a decision of its own, and one file that nobody has taken yet."""
    place = Home(home)
    place.make()
    for name in SOME:
        shutil.copyfile(EXAMPLES / name, place.inbox / name)
    protibedon("ingest", "--home", home)
    protibedon("office", "alias", "যশহর", "jashore", "--home", home)
    place.settings.write_text("settle_seconds = 0", encoding="utf-8")
    shutil.copyfile(EXAMPLES / "Khulna Q1 2024-25.docx", place.inbox / "not taken yet.docx")
    return place


def contents(file: Path) -> dict[str, list[tuple[object, ...]]]:
    with duckdb.connect(str(file), read_only=True) as connection:
        return {
            table.name: connection.execute(f"FROM {table.name} ORDER BY ALL").fetchall()
            for table in described_tables()
            if table.published
        }


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_a_restored_home_holds_the_same_and_goes_on(kept, tmp_path):
    told = protibedon("backup", tmp_path / "kept.zip", "--home", kept.folder)
    restored = Home(tmp_path / "new")
    assert told.splitlines()[0].endswith("MB")
    protibedon("restore", tmp_path / "kept.zip", "--home", restored.folder)

    assert contents(restored.published) == contents(kept.published)
    for folder in ("originals", "reference", "inbox"):
        assert files(restored.folder / folder) == files(kept.folder / folder) != {}
    assert restored.settings.read_bytes() == kept.settings.read_bytes()

    told = protibedon("ingest", "--home", restored.folder)
    assert "not taken yet.docx" in told
    assert "1 received" in told
    assert "3 taken before" in told


def test_what_was_received_after_the_warehouse_was_copied_waits_in_the_restored_home(
    kept, tmp_path, monkeypatch
):
    """A run that goes on meanwhile may have kept originals that the copied ledger does not know."""
    from flows import backing_up, road

    def copy_and_receive(warehouse: Path, copy: Path) -> None:
        backing_up_copy(warehouse, copy)
        monkeypatch.setenv("PROTIBEDON_SETTLE_SECONDS", "0")
        road.receive(kept)

    backing_up_copy = backing_up.copy_warehouse
    monkeypatch.setattr(backing_up, "copy_warehouse", copy_and_receive)
    back_up(kept, tmp_path / "kept.zip")
    restored = Home(tmp_path / "new")
    restore(tmp_path / "kept.zip", restored)
    (restored.inbox / "not taken yet.docx").unlink()
    assert "not taken yet.docx" in protibedon("ingest", "--home", restored.folder)


def test_a_name_that_is_no_text_is_kept(kept, tmp_path):
    (kept.inbox / "প্রতিবেদন-\udcff.txt").write_bytes(b"x")
    back_up(kept, tmp_path / "kept.zip")
    restore(tmp_path / "kept.zip", Home(tmp_path / "new"))
    assert (tmp_path / "new" / "inbox" / "প্রতিবেদন-\udcff.txt").read_bytes() == b"x"


def test_a_backup_never_replaces_another(kept, tmp_path):
    (tmp_path / "kept.zip").write_bytes(b"last quarter's")
    with pytest.raises(FileExistsError, match="never replaces"):
        back_up(kept, tmp_path / "kept.zip")
    assert (tmp_path / "kept.zip").read_bytes() == b"last quarter's"


def test_a_home_that_holds_something_is_not_restored_over(kept, tmp_path):
    back_up(kept, tmp_path / "kept.zip")
    with pytest.raises(CannotRestore, match="holds something already"):
        restore(tmp_path / "kept.zip", kept)


def damaged(file: Path, to: Path, change) -> Path:
    """Write a backup again with its members changed by `change(name, content)`."""
    with zipfile.ZipFile(file) as good, zipfile.ZipFile(to, "w") as bad:
        for name in good.namelist():
            changed = change(name, good.read(name))
            if changed is not None:
                bad.writestr(name, changed)
    return to


def climbing(name: str, content: bytes) -> bytes:
    if name != "protibedon-backup.json":
        return content
    return json.dumps({"../outside": "0" * 64, **json.loads(content)}).encode()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            lambda name, content: content[:-1] if name == "warehouse.duckdb" else content,
            "not what was backed up",
        ),
        (lambda name, content: None if name == "protibedon.toml" else content, "not a whole backup"),
        (lambda name, content: None if name == "protibedon-backup.json" else content, "not a whole backup"),
        (climbing, "outside the home"),
    ],
    ids=["a byte is missing", "a file is missing", "no manifest", "a name climbs out"],
)
def test_a_damaged_backup_leaves_no_home(kept, tmp_path, change, told):
    back_up(kept, tmp_path / "kept.zip")
    bad = damaged(tmp_path / "kept.zip", tmp_path / "bad.zip", change)
    with pytest.raises(CannotRestore, match=told):
        restore(bad, Home(tmp_path / "new"))
    assert not (tmp_path / "outside").exists()
    assert {path.name for path in tmp_path.iterdir()} == {"home", "kept.zip", "bad.zip"}


def test_what_is_no_backup_is_told(tmp_path):
    (tmp_path / "letter.zip").write_bytes(b"PK, but no zip")
    told = CliRunner().invoke(
        main, ["restore", str(tmp_path / "letter.zip"), "--home", str(tmp_path / "new")]
    )
    assert told.exit_code == 2
    assert "is not a whole backup" in told.output


def test_no_mail_changes_its_state_while_the_outbox_is_packed(kept, tmp_path, monkeypatch):
    """A mail that is moved between being listed and being packed would be in no folder of the backup."""
    from flows import backing_up

    outbox = Outbox(kept.outbox)
    with outbox.held():
        outbox.put("receipt-1", b"To: jashore@example.org\n\n")

    def pack_while_another_run_posts(packed, files):
        with (kept.outbox / ".held").open() as other, pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return pack(packed, files)

    pack = backing_up._pack
    monkeypatch.setattr(backing_up, "_pack", pack_while_another_run_posts)
    back_up(kept, tmp_path / "kept.zip")
    restore(tmp_path / "kept.zip", restored := Home(tmp_path / "new"))
    assert Outbox(restored.outbox).all_names() == ["receipt-1"]


def test_mail_that_waited_is_left_to_a_person_after_restoring(kept, tmp_path):
    """It may have been sent after the backup was made, and nothing is sent twice."""
    outbox = Outbox(kept.outbox)
    with outbox.held():
        outbox.put("receipt-1", b"To: jashore@example.org\n\n")
        outbox.put("receipt-2", b"To: jashore@example.org\n\n")
        outbox.move("receipt-2", State.WAITING, State.SENT)
    back_up(kept, tmp_path / "kept.zip")
    restore(tmp_path / "kept.zip", restored := Home(tmp_path / "new"))
    again = Outbox(restored.outbox)
    assert again.names(State.WAITING) == []
    assert again.names(State.DOUBTFUL) == ["receipt-1"]
    assert again.names(State.SENT) == ["receipt-2"]


def test_a_file_that_is_taken_away_while_it_is_packed_stops_nothing(kept, tmp_path, monkeypatch):
    from flows import backing_up

    def listed_and_then_taken_away(folder: Path):
        yield from listing(folder)
        (kept.inbox / SOME[0]).unlink()

    listing = backing_up._files_of
    monkeypatch.setattr(backing_up, "_files_of", listed_and_then_taken_away)
    back_up(kept, tmp_path / "kept.zip")
    restore(tmp_path / "kept.zip", restored := Home(tmp_path / "new"))
    assert contents(restored.published) == contents(kept.published)
    assert not (restored.inbox / SOME[0]).exists()


def test_a_backup_made_while_a_run_goes_on_waits_for_it_and_is_whole(tmp_path):
    """Two real processes; the run holds the warehouse for most of its time."""
    program = Path(sys.executable).with_name("protibedon")
    environment = {**os.environ, "PROTIBEDON_SETTLE_SECONDS": "0"}
    busy, undisturbed = Home(tmp_path / "busy"), Home(tmp_path / "undisturbed")
    for place in (busy, undisturbed):
        place.make()
        for name in SOME:
            shutil.copy2(EXAMPLES / name, place.inbox)
    first = shutil.move(busy.inbox / SOME[0], tmp_path)
    subprocess.run(
        [program, "ingest", "--home", busy.folder], env=environment, capture_output=True, check=False
    )
    shutil.move(first, busy.inbox)
    with subprocess.Popen(
        [program, "ingest", "--home", busy.folder], env=environment, stdout=subprocess.PIPE
    ) as run:
        while not is_held(busy.warehouse_file):
            assert run.poll() is None
        backup = subprocess.run(
            [program, "backup", tmp_path / "kept.zip", "--home", busy.folder],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        run.communicate()
    assert run.returncode in (0, 1)
    assert " MB" in backup.stdout
    restored = Home(tmp_path / "restored")
    for arguments in (["restore", tmp_path / "kept.zip"], ["ingest"]):
        done = subprocess.run(
            [program, *arguments, "--home", restored.folder],
            env=environment,
            capture_output=True,
            check=False,
        )
        assert done.returncode in (0, 1), done.stderr
    subprocess.run([program, "ingest", "--home", undisturbed.folder], env=environment, capture_output=True)
    assert told(restored) == told(undisturbed)


def is_held(warehouse: Path) -> bool:
    """Whether another process holds the file, as DuckDB's lock tells."""
    with warehouse.open("rb+") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
        return False


def told(home: Home) -> dict[str, list[tuple[object, ...]]]:
    """What readers see, without the moments at which each home took its files in."""
    with duckdb.connect(str(home.published), read_only=True) as connection:
        return {
            table.name: connection.execute(f"FROM {table.name} SELECT {columns} ORDER BY ALL").fetchall()
            for table in described_tables()
            if table.published
            and (columns := ", ".join(one.name for one in table.columns if one.name != "taken_at"))
        }
