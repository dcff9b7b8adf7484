"""A backup holds all that cannot be made again, and a home made from it goes on as before."""

import json
import shutil
import zipfile
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from flows.backing_up import CannotRestore, back_up, restore
from flows.cli import main
from flows.home import Home
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
