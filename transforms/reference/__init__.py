"""Reference data: what officials know and change, kept as TOML and CSV beside this file.

The packaged files are the default. `PROTIBEDON_REFERENCE` may name a folder whose files replace the
packaged ones of the same name, so that a ministry can change a phrase or an office without a release.
"""

import csv
import io
import os
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any


def load_toml(name: str) -> dict[str, Any]:
    """Return one TOML reference file, such as `phrases.toml` or `plans/2024-25.toml`."""
    return _parse_toml(name, replacement_folder())


def load_csv(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of one CSV reference file, each keyed by the header line."""
    return _parse_csv(name, replacement_folder())


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
    return tomllib.loads(_text(name, replacement))


@cache
def _parse_csv(name: str, replacement: str) -> tuple[dict[str, str], ...]:
    return tuple(csv.DictReader(io.StringIO(_text(name, replacement))))


def _text(name: str, replacement: str) -> str:
    replacing = Path(replacement, name)
    if replacement and replacing.is_file():
        return replacing.read_text(encoding="utf-8-sig")
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
