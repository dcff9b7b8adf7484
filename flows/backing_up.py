"""Backups: everything a home holds in one file, made while runs go on, and a home made from it again.

The warehouse is copied first and the originals after it: whatever the ledger of the copy names is among the
originals then, and what has come in between waits for the next run, as after a crash.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from extractors.durable import force_to_disk
from flows.home import Home
from flows.outbox import Outbox, State
from warehouse.backup import copy_warehouse
from warehouse.connection import WarehouseBusy, open_writer
from warehouse.publish import publish

_MANIFEST = "protibedon-backup.json"
# Made anew from the rest, or of use to this machine alone.
_LEFT_OUT = frozenset(
    {
        "familiar.json",
        "prefect",
        "published",
        "summaries",
        "warehouse.duckdb",
        "warehouse.duckdb.new",
        "warehouse.duckdb.wal",
    }
)
# How often a backup waits as long as any run does for one that loads; together some ten minutes.
_WAITS = 10
_PIECE = 1024**2


class CannotRestore(ValueError):  # noqa: N818 (named for what the operator reads)
    """A file that is no whole backup, or a home that holds something already."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What one backup holds: files, and their bytes before packing."""

    files: int
    size: int

    def sentence(self) -> str:
        """Return it in words."""
        return f"{self.files:,} files, {self.size / 1024**2:,.1f} MB"


def back_up(home: Home, file: Path) -> Backup:
    """Write everything that a home holds into one new file, which appears when it is whole.

    Waits for a load to end. Raises `FileExistsError` rather than replace a backup, `FileNotFoundError` where
    there is no warehouse, and `WarehouseBusy` where a load takes longer than ten minutes.
    """
    if file.exists():
        raise FileExistsError(f"{file} exists already; a backup never replaces another")
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f"{file.name}.unfinished")
    with TemporaryDirectory(prefix="protibedon-", dir=file.parent) as folder:
        copy = _copied_when_free(home, Path(folder), _WAITS)
        with (
            Outbox(home.outbox).held(),  # a mail that is moved meanwhile would be missed
            ZipFile(unfinished, "w", ZIP_DEFLATED, strict_timestamps=False) as packed,
        ):
            backup = _pack(packed, {copy.name: copy, **dict(_files_of(home.folder))})
    force_to_disk(unfinished)
    unfinished.rename(file)
    return backup


def restore(file: Path, home: Home) -> Backup:
    """Make a home from a backup, and publish its warehouse; nothing is written unless the backup is whole.

    Mail that waited to be sent may have been sent since, so it becomes doubtful: a person decides about it.
    Raises `CannotRestore` for a file that is damaged or no backup, and for a home that is not empty.
    """
    if home.folder.exists() and any(home.folder.iterdir()):
        raise CannotRestore(f"{home.folder} holds something already; restore into a new folder")
    unfinished = home.folder.with_name(f"{home.folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)  # left behind by one that was killed
    try:
        with ZipFile(file) as packed:
            backup = _unpack(packed, unfinished)
        if home.folder.exists():
            home.folder.rmdir()
        unfinished.rename(home.folder)
    except (BadZipFile, KeyError, json.JSONDecodeError) as damage:
        raise CannotRestore(f"{file} is not a whole backup: {damage}") from damage
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    home.make()
    _doubt_what_waited(Outbox(home.outbox))
    open_writer(home.warehouse_file).close()  # which brings one of an earlier version up to date
    publish(home.warehouse_file, home.published)
    return backup


def _copied_when_free(home: Home, folder: Path, waits: int) -> Path:
    """Return a copy of the warehouse, or of the lake, made in a folder as soon as no run writes to it."""
    copy = folder / str(waits) / home.warehouse_file.name
    copy.parent.mkdir()
    try:
        copy_warehouse(home.warehouse, copy)
    except WarehouseBusy:
        if waits > 1:
            return _copied_when_free(home, folder, waits - 1)
        raise
    return copy


def _doubt_what_waited(outbox: Outbox) -> None:
    with outbox.held():
        for name in outbox.names(State.WAITING):
            outbox.move(name, State.WAITING, State.DOUBTFUL)


def _files_of(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield every file worth keeping with its name as seen from the home."""
    for entry in sorted(folder.iterdir()):
        if entry.name not in _LEFT_OUT:
            for path in sorted(entry.rglob("*")) if entry.is_dir() else [entry]:
                if path.is_file() and not path.is_symlink() and path.suffix != ".tmp":
                    yield path.relative_to(folder).as_posix(), path


def _pack(packed: ZipFile, files: dict[str, Path]) -> Backup:
    """Put files and their hashes into a backup; one taken away meanwhile, as from an inbox, is none of it."""
    hashes: dict[str, str] = {}
    size = 0
    for name, path in files.items():
        with suppress(FileNotFoundError), path.open("rb") as source:
            digest = hashlib.sha256()
            with packed.open(_packed_as(name), "w", force_zip64=True) as kept:
                while piece := source.read(_PIECE):
                    digest.update(piece)
                    kept.write(piece)
                    size += len(piece)
            hashes[name] = digest.hexdigest()
    packed.writestr(_MANIFEST, json.dumps(hashes, ensure_ascii=True, indent=1))
    return Backup(len(hashes), size)


def _unpack(packed: ZipFile, folder: Path) -> Backup:
    """Write the files that the manifest names, each proved by its hash, and no others."""
    hashes: dict[str, str] = json.loads(packed.read(_MANIFEST))
    size = 0
    for name, promised in hashes.items():
        path = folder / _inside(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        with packed.open(_packed_as(name)) as kept, path.open("wb") as restored:
            while piece := kept.read(_PIECE):
                digest.update(piece)
                restored.write(piece)
                size += len(piece)
        if digest.hexdigest() != promised:
            raise CannotRestore(f"{name} is not what was backed up")
        force_to_disk(path)
    return Backup(len(hashes), size)


def _packed_as(name: str) -> str:
    # A file's name may hold bytes that are no text (lone surrogates), which a zip cannot spell.
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _inside(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise CannotRestore(f"{name} would be written outside the home")
    return path
