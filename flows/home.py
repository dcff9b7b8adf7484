"""The home: the folder that holds everything one installation reads and writes."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from flows.settings import settings_of

DEFAULT_HOME = "data"


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of one installation, laid out as analysts and operators rely on it."""

    folder: Path

    @classmethod
    def at(cls, folder: str | Path | None = None) -> "Home":
        """Return the home at a folder, else at `PROTIBEDON_HOME`, else at `./data`."""
        return cls(Path(folder or os.environ.get("PROTIBEDON_HOME") or DEFAULT_HOME).absolute())

    @property
    def inbox(self) -> Path:
        """Where offices' files are dropped; they stay there."""
        return self.folder / "inbox"

    @property
    def originals(self) -> Path:
        """Every file ever received, by the hash of its bytes, kept for ever."""
        return self.folder / "originals"

    @property
    def warehouse(self) -> Path:
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
    def drafts(self) -> Path:
        """What was recognised in scans, in a folder each, for people to correct."""
        return self.folder / "drafts"

    @property
    def prefect(self) -> Path:
        """Where Prefect keeps its own database when flows run without a server."""
        return self.folder / "prefect"

    def summaries(self, fiscal_year: str, quarter: int) -> Path:
        """Where the summaries of one quarter are written."""
        return self.folder / "summaries" / f"{fiscal_year}-q{quarter}"

    def make(self) -> None:
        """Create the folders that a run expects; existing ones are left as they are."""
        for folder in (self.inbox, self.originals, self.published.parent):
            folder.mkdir(parents=True, exist_ok=True)


@contextmanager
def installed_at(home: Home) -> Iterator[None]:
    """Let the settings and the reference files of a home hold meanwhile.

    The environment goes before both. Raises `WrongSetting` for settings that cannot be meant.
    """
    with ExitStack() as until_the_end:
        until_the_end.enter_context(settings_of(home.settings))
        if home.reference.is_dir() and not os.environ.get("PROTIBEDON_REFERENCE"):
            os.environ["PROTIBEDON_REFERENCE"] = str(home.reference)
            until_the_end.callback(os.environ.pop, "PROTIBEDON_REFERENCE", None)
        yield


def keep_prefect_at_home(home: Home) -> None:
    """Let Prefect keep its own database in the home too, quietly, and call no one.

    Prefect reads these once, when it is first imported. A slow machine may need a minute for its first start.
    """
    home.prefect.mkdir(parents=True, exist_ok=True)
    settings = {
        "PREFECT_HOME": str(home.prefect),
        "PREFECT_LOGGING_LEVEL": "ERROR",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        "DO_NOT_TRACK": "1",
    }
    for name, value in settings.items():
        os.environ.setdefault(name, value)
