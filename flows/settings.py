"""Settings: where a run reads and writes, and how much it may spend on a file; the environment may say."""

import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from extractors.desk import Limits

DEFAULT_HOME = "data"
MOST_WORKERS_UNASKED = 4  # beyond that, the parent that collects their reports is the slower part


class WrongSetting(ValueError):  # noqa: N818 (named for what the operator reads)
    """A variable of the environment that holds no number that can be used."""


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
def own_reference(home: Home) -> Iterator[None]:
    """Let the home's own reference files hold meanwhile, unless `PROTIBEDON_REFERENCE` names others."""
    if os.environ.get("PROTIBEDON_REFERENCE") or not home.reference.is_dir():
        yield
        return
    os.environ["PROTIBEDON_REFERENCE"] = str(home.reference)
    try:
        yield
    finally:
        del os.environ["PROTIBEDON_REFERENCE"]


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """How files are read: what one file may take, and how many are read at a time."""

    limits: Limits
    workers: int

    @classmethod
    def from_environment(cls) -> "ReadingSettings":
        """Return what the environment says, or what holds where it says nothing.

        `PROTIBEDON_READ_MEMORY_MB` is 1024 and `PROTIBEDON_READ_SECONDS` 60, both for one file;
        `PROTIBEDON_READ_WORKERS` is the number of processor cores, up to four. Raises `WrongSetting`.
        """
        cores = len(os.sched_getaffinity(0))
        return cls(
            Limits(
                memory_bytes=int(_number("PROTIBEDON_READ_MEMORY_MB", 1024, least=256) * 1024**2),
                seconds=_number("PROTIBEDON_READ_SECONDS", 60, least=0.1),
            ),
            workers=int(_number("PROTIBEDON_READ_WORKERS", min(cores, MOST_WORKERS_UNASKED), least=1)),
        )

    @classmethod
    def for_drafts(cls) -> "ReadingSettings":
        """Return the same for recognising scans, which takes a page some seconds.

        `PROTIBEDON_DRAFT_SECONDS` is 600, for one file. Raises `WrongSetting`.
        """
        reading = cls.from_environment()
        seconds = _number("PROTIBEDON_DRAFT_SECONDS", 600, least=1)
        return cls(replace(reading.limits, seconds=seconds), reading.workers)


def settle_time() -> timedelta:
    """Return how long a file of the inbox must have been left alone: `PROTIBEDON_SETTLE_SECONDS` (1).

    Zero takes every file at once. Raises `WrongSetting`.
    """
    return timedelta(seconds=_number("PROTIBEDON_SETTLE_SECONDS", 1, least=0))


def _number(name: str, default: float, *, least: float) -> float:
    text = os.environ.get(name) or str(default)
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not least <= number < math.inf:
        raise WrongSetting(f"{name} is {text!r}; it must be a number from {least:g} up")
    return number


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
