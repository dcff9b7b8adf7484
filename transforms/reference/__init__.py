"""Reference data: what officials know and change, kept as TOML and CSV beside this file.

The packaged files are the default. `PROTIBEDON_REFERENCE` may name a folder whose files replace the
packaged ones of the same name, so that a ministry can change a phrase or an office without a release.
"""

import csv
import io
import os
import tomllib
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cache, lru_cache, wraps
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar, cast

from extractors.durable import write_whole

_Reader = TypeVar("_Reader", bound=Callable[..., Any])

_LISTS = ("annexes.toml", "corrections.toml")  # whose tables an installation may choose

_held: ContextVar[str | None] = ContextVar("the folder held to", default=None)


class ReferenceMistake(ValueError):  # noqa: N818 (named for what the person who edits the file reads)
    """A reference file that cannot be meant as it stands."""


def load_toml(name: str) -> dict[str, Any]:
    """Return one TOML reference file, such as `phrases.toml`; `ReferenceMistake` where it is no TOML."""
    return _parse_toml(name, replacement_folder())


def check_replacements() -> None:
    """Check that each TOML file of the replacement folder has every table of the packaged one.

    A copy made before an update may lack a table that came with it. Raises `ReferenceMistake`.
    """
    folder = replacement_folder()
    for path in sorted(Path(folder).glob("*.toml")) if folder else ():
        if files(__package__).joinpath(path.name).is_file() and path.name not in _LISTS:
            absent = _parse_toml(path.name, "").keys() - _parse_toml(path.name, folder).keys()
            if absent:
                raise ReferenceMistake(f"{path.name}: there is no {', '.join(sorted(absent))}")


def fingerprint() -> str:
    """Return a word that is another one as soon as any reference file, packaged or replacing, is another.

    It is that of the moment before this process first read one: what was read is never older.
    """
    return _fingerprint_of(replacement_folder())


@cache
def _fingerprint_of(folder: str) -> str:
    digest = sha256()
    for name in (*_packaged_names(), *_names_in("plans", ".toml", folder)):
        with suppress(OSError):  # what nobody can read is told where somebody needs it
            content = _source(name, folder).read_bytes()
            digest.update(f"{name} {len(content)} ".encode() + content)
    return digest.hexdigest()


def _packaged_names() -> list[str]:
    names = (entry.name for entry in files(__package__).iterdir())
    return sorted(name for name in names if name.endswith((".toml", ".csv")))


def _source(name: str, replacement: str) -> Traversable:
    """Return what a reference file is read from: the replacing file, or else the packaged one."""
    replacing = Path(replacement, name)
    return replacing if replacement and replacing.is_file() else files(__package__).joinpath(name)


def load_csv(name: str, columns: Collection[str] = ()) -> tuple[dict[str, str], ...]:
    """Return the rows of one CSV reference file, each keyed by the header line.

    Raises `ReferenceMistake` where it lacks one of the columns.
    """
    rows = _parse_csv(name, replacement_folder())
    if absent := [column for column in columns if rows and column not in rows[0]]:
        raise ReferenceMistake(f"{name}: there is no column {', '.join(absent)}")
    return rows


def add_csv_row(folder: Path, name: str, row: Mapping[str, str]) -> Path:
    """Add a row to a folder's own copy of a CSV reference file, and return that copy.

    A file there replaces the packaged one whole, so where there is none the packaged rows go first. The file
    is seen as it was or with the row, also after a power cut.
    """
    text = _text(name, str(folder))
    header = next(csv.reader(io.StringIO(text)))
    written = io.StringIO(text if text.endswith("\n") else f"{text}\n")
    written.seek(0, io.SEEK_END)
    csv.DictWriter(written, header, lineterminator="\n").writerow(row)
    return _write_csv(folder / name, written.getvalue())


def remove_csv_rows(folder: Path, name: str, is_removed: Callable[[Mapping[str, str]], bool]) -> Path | None:
    """Take rows out of a folder's own copy of a CSV reference file, and return that copy.

    The other lines stay as they were written; no field may span several. Returns `None`, and writes nothing,
    where there is no such row.
    """
    path = folder / name
    if not path.is_file():
        return None
    lines = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    kept = [
        line
        for line in lines
        if line is lines[0] or not any(map(is_removed, csv.DictReader(io.StringIO(lines[0] + line))))
    ]
    return _write_csv(path, "".join(kept)) if len(kept) < len(lines) else None


def _write_csv(path: Path, text: str) -> Path:
    write_whole({path: text.encode("utf-8-sig")})  # with the mark, Excel shows Bengali
    return path


def list_names(folder: str, suffix: str) -> tuple[str, ...]:
    """Return the names of all reference files in a sub-folder, packaged and replacing ones alike."""
    return _names_in(folder, suffix, replacement_folder())


def _names_in(folder: str, suffix: str, replacement: str) -> tuple[str, ...]:
    packaged = {entry.name for entry in files(__package__).joinpath(folder).iterdir()}
    replacing = {entry.name for entry in Path(replacement, folder).glob("*")} if replacement else set()
    return tuple(sorted(f"{folder}/{name}" for name in packaged | replacing if name.endswith(suffix)))


def replacement_folder() -> str:
    """Return the folder that `PROTIBEDON_REFERENCE` names, or an empty string; caches are kept per folder."""
    held = _held.get()
    return os.environ.get("PROTIBEDON_REFERENCE", "") if held is None else held


@contextmanager
def one_folder() -> Iterator[None]:
    """Look once where the reference files are, for all that is read meanwhile.

    The readings of one report ask for it a thousand times, which would take longer than the readings.
    """
    token = _held.set(replacement_folder())
    try:
        yield
    finally:
        _held.reset(token)


def remembered(most: int) -> Callable[[_Reader], _Reader]:
    """Let a function remember its last `most` results, for each folder of reference files apart.

    What the offices of a country write is for the most part the same: it is read once.
    """

    def remembering(read: _Reader) -> _Reader:
        @lru_cache(maxsize=most)
        def in_folder(_folder: str, *given: Hashable) -> Any:
            return read(*given)

        @wraps(read)
        def reading(*given: Hashable) -> Any:
            return in_folder(_held.get() or replacement_folder(), *given)

        return cast(_Reader, reading)

    return remembering


@cache
def _parse_toml(name: str, replacement: str) -> dict[str, Any]:
    try:
        return tomllib.loads(_text(name, replacement))
    except tomllib.TOMLDecodeError as error:
        raise ReferenceMistake(f"{name}: {error}") from error


@cache
def _parse_csv(name: str, replacement: str) -> tuple[dict[str, str], ...]:
    return tuple(csv.DictReader(io.StringIO(_text(name, replacement))))


def _text(name: str, replacement: str) -> str:
    _fingerprint_of(replacement)  # first, so that a file which changes meanwhile is not taken for the old one
    try:
        return _source(name, replacement).read_text(encoding="utf-8-sig")  # with Excel's mark or without
    except UnicodeDecodeError as error:
        raise ReferenceMistake(f"{name}: it is not in UTF-8; save it again in that encoding") from error
