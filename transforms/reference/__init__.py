"""Reference data: what officials know and change, kept as TOML and CSV beside this file.

The packaged files are the default. `PROTIBEDON_REFERENCE` may name a folder whose files replace the
packaged ones of the same name, so that a ministry can change a phrase or an office without a release.
"""

import csv
import io
import os
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any


class ReferenceMistake(ValueError):  # noqa: N818 (named for what the person who edits the file reads)
    """A reference file that cannot be meant as it stands."""


def load_toml(name: str) -> dict[str, Any]:
    """Return one TOML reference file, such as `phrases.toml`; `ReferenceMistake` where it is no TOML."""
    return _parse_toml(name, replacement_folder())


def load_csv(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of one CSV reference file, each keyed by the header line."""
    return _parse_csv(name, replacement_folder())


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
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with temporary.open("w", encoding="utf-8-sig") as file:  # with the mark, Excel shows Bengali
        file.write(written.getvalue())
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    return path


def list_names(folder: str, suffix: str) -> tuple[str, ...]:
    """Return the names of all reference files in a sub-folder, packaged and replacing ones alike."""
    packaged = {entry.name for entry in files(__package__).joinpath(folder).iterdir()}
    replacement = replacement_folder()
    replacing = {entry.name for entry in Path(replacement, folder).glob("*")} if replacement else set()
    return tuple(sorted(f"{folder}/{name}" for name in packaged | replacing if name.endswith(suffix)))


def replacement_folder() -> str:
    """Return the folder that `PROTIBEDON_REFERENCE` names, or an empty string; caches are kept per folder."""
    return os.environ.get("PROTIBEDON_REFERENCE", "")


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
    replacing = Path(replacement, name)
    if replacement and replacing.is_file():
        return replacing.read_text(encoding="utf-8-sig")
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
