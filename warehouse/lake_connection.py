"""The connection to a lake, by DuckDB's extensions from installed packages: nothing is fetched."""

import time
from importlib import import_module
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.lake import KIND, Lake
from warehouse.statements import quoted, run_text, sql

# In the order in which they lean on each other.
_EXTENSIONS = ("postgres_scanner", "ducklake")
_BEING_MADE = "Failed to initialize DuckLake"
_UNTIL_MADE = 2.0  # seconds; making one is a single transaction of the catalogue's


class LakeUnavailable(Exception):  # noqa: N818 (named for what it is)
    """A lake that cannot be reached, or for which this machine lacks a part."""


def attach_lake(connection: DuckDBPyConnection, lake: Lake, name: str, *, read_only: bool) -> None:
    """Let a connection reach the lake under a name. Raises `LakeUnavailable`."""
    options = f"DATA_PATH {quoted(lake.data)}" + (", READ_ONLY" if read_only else "")
    place = quoted(KIND + lake.catalogue)
    try:
        for extension in _EXTENSIONS:
            run_text(connection, sql("lake/load_extension").format(extension=_file_of(extension)))
        _attach(connection, sql("lake/attach").format(place=place, name=name, options=options))
    except (duckdb.IOException, duckdb.HTTPException) as failure:
        raise LakeUnavailable(f"the lake cannot be reached: {failure}") from failure


def _attach(connection: DuckDBPyConnection, statement: str) -> None:
    """Attach a lake, which is made where there is none; of several that would make it one does."""
    try:
        run_text(connection, statement)
    except duckdb.Error as failure:
        if _BEING_MADE not in str(failure):
            raise
        time.sleep(_UNTIL_MADE)
        run_text(connection, statement)


def _file_of(extension: str) -> str:
    """Return where a package brought an extension, else its bare name, for DuckDB's own folder of them."""
    try:
        package = import_module(f"duckdb_extension_{extension}")
    except ModuleNotFoundError:
        return extension
    folder = Path(str(package.__file__)).parent / "extensions" / f"v{duckdb.__version__}"
    file = folder / f"{extension}.duckdb_extension"
    return quoted(str(file)) if file.is_file() else extension
