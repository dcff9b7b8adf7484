"""The home: the folder that holds everything one installation reads and writes."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from flows.settings import WrongSetting, number, settings_of, text
from transforms.reference import replacement_folder
from warehouse.lake import Lake

DEFAULT_HOME = "data"


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of one installation, laid out as analysts and operators rely on it."""

    folder: Path
    lake: Lake | None = None

    @classmethod
    def at(cls, folder: str | Path | None = None) -> "Home":
        """Return the home at a folder, else at `PROTIBEDON_HOME`, else at `./data`.

        Raises `WrongSetting` where the setting `warehouse` names no lake.
        """
        place = Path(folder or os.environ.get("PROTIBEDON_HOME") or DEFAULT_HOME).absolute()
        return cls(place, _chosen_lake())

    @property
    def inbox(self) -> Path:
        """Where offices' files are dropped; they stay there."""
        return self.folder / "inbox"

    @property
    def originals(self) -> Path:
        """Every file ever received, by the hash of its bytes, kept for ever."""
        return self.folder / "originals"

    @property
    def warehouse(self) -> Path | Lake:
        """Where loads are written: the lake where one is chosen, else the home's own file."""
        return self.lake or self.warehouse_file

    @property
    def warehouse_file(self) -> Path:
        """The writer's own database; one process at a time."""
        return self.folder / "warehouse.duckdb"

    @property
    def published(self) -> Path:
        """The copy that everyone opens, replaced whole after each load."""
        return self.folder / "published" / "warehouse.duckdb"

    @property
    def settings(self) -> Path:
        """The installation's own settings; need not be there."""
        return self.folder / "protibedon.toml"

    @property
    def reference(self) -> Path:
        """The installation's own reference files, which replace the packaged ones; need not be there."""
        return self.folder / "reference"

    @property
    def familiar(self) -> Path:
        """Where it is noted which files of the inbox were taken; without it they are all opened again."""
        return self.folder / "familiar.json"

    @property
    def decided(self) -> Path:
        """Where people's decisions are written: the reference files that hold, else the home's own."""
        return Path(replacement_folder() or self.reference)

    @property
    def drafts(self) -> Path:
        """What was recognised in scans, in a folder each, for people to correct."""
        return self.folder / "drafts"

    @property
    def outbox(self) -> Path:
        """Mail written and not yet sent, and in folders of it what was sent."""
        return self.folder / "outbox"

    @property
    def prefect(self) -> Path:
        """Where Prefect keeps its own database when flows run without a server."""
        return self.folder / "prefect"

    @property
    def all_summaries(self) -> Path:
        """Where the summaries of every quarter are written, a folder each."""
        return self.folder / "summaries"

    def summaries(self, fiscal_year: str, quarter: int) -> Path:
        """Where the summaries of one quarter are written."""
        return self.all_summaries / f"{fiscal_year}-q{quarter}"

    def make(self) -> None:
        """Create the folders that a run expects; existing ones are left as they are."""
        for folder in (self.inbox, self.originals, self.published.parent):
            folder.mkdir(parents=True, exist_ok=True)


def _chosen_lake() -> Lake | None:
    written = text("warehouse")
    try:
        return Lake.parse(written) if written else None
    except ValueError as mistake:
        raise WrongSetting(f"PROTIBEDON_WAREHOUSE: {mistake}") from mistake


@contextmanager
def installed_at(home: Home) -> Iterator[None]:
    """Let the settings and the reference files of a home hold meanwhile.

    The environment goes before both. Raises `WrongSetting` for settings that cannot be meant.
    """
    with ExitStack() as until_the_end:
        until_the_end.enter_context(settings_of(home.settings))
        number("warehouse_memory_mb")  # the warehouse asks the environment for it, and DuckDB takes no word
        if home.reference.is_dir() and not os.environ.get("PROTIBEDON_REFERENCE"):
            os.environ["PROTIBEDON_REFERENCE"] = str(home.reference)
            until_the_end.callback(os.environ.pop, "PROTIBEDON_REFERENCE", None)
        yield


@contextmanager
def installed_home(folder: str | Path | None = None) -> Iterator[Home]:
    """Yield the home at a folder as its own settings have it, which hold meanwhile; raises `WrongSetting`."""
    with installed_at(Home.at(folder)):
        yield Home.at(folder)


def prefect_settings(home: Home) -> dict[str, str]:
    """Return what Prefect is told wherever it runs for a home: to keep its things there, to call no one."""
    return {
        "PREFECT_HOME": str(home.prefect),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }


def keep_prefect_at_home(home: Home) -> None:
    """Let Prefect keep its own database in the home too, quietly, and call no one.

    Prefect reads these once, when it is first imported. A slow machine may need a minute for its first start.
    """
    home.prefect.mkdir(parents=True, exist_ok=True)
    settings = {
        **prefect_settings(home),
        "PREFECT_LOGGING_LEVEL": "ERROR",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    }
    for name, value in settings.items():
        os.environ.setdefault(name, value)
