"""An installation under trial: its home, what was sent to it, and what must be true of it after any accident.

Runs are processes of their own, started as people start them. The truth that each is held against is an
undisturbed installation to which the same came.
"""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from extractors.submission import submission_id_of
from tests.conftest import REPOSITORY
from transforms.described import described_tables
from warehouse.audit import audit
from warehouse.connection import open_reader, open_writer

EXAMPLES = REPOSITORY / "examples" / "inbox"
PROGRAM = Path(sys.executable).with_name("protibedon")
# An office's correction, a form without an office, both kinds of form, and a letter that is no report.
REPORTS = (
    "natore_quarter_1.txt",
    "natore_quarter_2.docx",
    "পাবনা ২য় ত্রৈমাসিক.txt",
    "jashore_q2.xlsx",
    "jashore_q2_corrected.xlsx",
    "নৈমিত্তিক ছুটির আবেদন.docx",
    "সিলেট বিভাগ সমন্বিত প্রতিবেদন ১ম ত্রৈমাসিক.docx",
)
# The moment at which a file was taken, and a mailbox's own numbers, are another's each time.
OF_THE_DAY = ("taken_at", "mailbox", "uid_validity", "uid")
PATIENCE_SECONDS = 300
BOTH_COMMANDS = """
import sys
from contextlib import suppress
from flows.cli import main
for command in ("ingest", "summarise"):
    with suppress(SystemExit):
        main([command, "--home", sys.argv[1]])
"""

Rows = list[tuple[object, ...]]


@dataclass
class Installation:
    """One home, and every byte that was ever sent to it."""

    home: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    received: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.inbox.mkdir(parents=True, exist_ok=True)

    @property
    def inbox(self) -> Path:
        return self.home / "inbox"

    @property
    def warehouse(self) -> Path:
        return self.home / "warehouse.duckdb"

    @property
    def published(self) -> Path:
        return self.home / "published" / "warehouse.duckdb"

    def drop(self, name: str) -> None:
        """Put a file into the inbox, each with an hour of its own, so that it is clear which came last."""
        file = Path(shutil.copy(EXAMPLES / name, self.inbox / name))
        hour = 1_736_000_000 + 3600 * REPORTS.index(name)
        os.utime(file, (hour, hour))
        self.received[name] = file.read_bytes()

    def environment(self) -> dict[str, str]:
        own = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT")}
        return {**own, "PROTIBEDON_SETTLE_SECONDS": "0", **self.settings}

    def start(self, *command: str, before: tuple[str, ...] = ()) -> "subprocess.Popen[str]":
        """Start a command of ours, in a process group of its own."""
        return self._start([*before, str(PROGRAM), *command, "--home", str(self.home)])

    def start_both(self) -> "subprocess.Popen[str]":
        """Start `ingest`, and `summarise` after it, as one process."""
        return self._start([sys.executable, "-c", BOTH_COMMANDS, str(self.home)])

    def run(self, *command: str, before: tuple[str, ...] = ()) -> tuple[int, str]:
        """Return the exit code of a command of ours, and all that it said."""
        return ended(self.start(*command, before=before))

    def _start(self, command: list[str]) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            command,
            env=self.environment(),
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            start_new_session=True,
        )

    def lost(self) -> list[str]:
        """Return the names of what was received and is not in the originals, byte for byte."""
        return [name for name, content in self.received.items() if not self._keeps(content)]

    def _keeps(self, content: bytes) -> bool:
        key = submission_id_of(content)
        original = self.home / "originals" / key[:2] / key
        return original.is_file() and original.read_bytes() == content

    def damaged(self) -> list[str]:
        """Return the originals whose bytes are not those of their name."""
        kept = (path for path in (self.home / "originals").glob("??/*") if len(path.name) == 64)
        return [path.name for path in kept if submission_id_of(path.read_bytes()) != path.name]

    def held(self) -> dict[str, Rows]:
        """Return every table of the warehouse, after its audit, without what is another each time."""
        with open_writer(self.warehouse) as connection:
            audit(connection)
            return dict(_tables(connection, published=False))

    def shown(self) -> dict[str, Rows]:
        """Return every table of the published copy likewise."""
        with open_reader(self.published) as connection:
            return dict(_tables(connection, published=True))

    def papers(self) -> set[str]:
        """Return the papers that are there, by their paths: one under a temporary name is a stranger."""
        folder = self.home / "summaries"
        return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def ended(process: "subprocess.Popen[str]") -> tuple[int, str]:
    said, _ = process.communicate(timeout=PATIENCE_SECONDS)
    return process.returncode, said


def undisturbed(folder: Path, names: tuple[str, ...] = REPORTS) -> Installation:
    """Return an installation that took everything in one run, with nothing in its way."""
    model = Installation(folder)
    for name in names:
        model.drop(name)
    completes(model)
    return model


def completes(installation: Installation) -> None:
    """Let the next run be undisturbed: it ends in order, and so does the writing of the papers."""
    code, said = installation.run("ingest")
    assert code in (0, 1), said
    assert "Traceback" not in said, said
    code, said = installation.run("summarise")
    assert code == 0, said


def half_loaded(home: Path, chance: random.Random, loaded: int) -> Installation:
    """Return an installation that has loaded some of the reports, and has the others in its inbox."""
    installation = Installation(home)
    names = chance.sample(REPORTS, len(REPORTS))
    for name in names[:loaded]:
        installation.drop(name)
    completes(installation)
    for name in names[loaded:]:
        installation.drop(name)
    return installation


def said_in_a_sentence(code: int, said: str) -> list[str]:
    """Return what is wrong with the end of a run: it may be refused, and then says why in one sentence."""
    if "Traceback" in said or code not in (0, 1, 2):
        return [f"ended with {code} and no sentence of ours: {said[-1500:]}"]
    if code == 2 and not said.strip().splitlines()[-1].startswith("Error: "):
        return [f"does not end with a sentence: {said[-500:]}"]
    return []


def losses(found: Installation) -> list[str]:
    """Return what was received and is not kept as it was, in a few words each."""
    lost = [f"lost: {name}" for name in found.lost()]
    return lost + [f"damaged: {name}" for name in found.damaged()]


def differences(found: Installation, expected: Installation) -> list[str]:
    """Return what is not as in the undisturbed installation, in a few words each."""
    told = losses(found)
    for place, ours, theirs in (
        ("warehouse", found.held(), expected.held()),
        ("published", found.shown(), expected.shown()),
    ):
        told += [f"{place}: table {name} differs" for name in theirs if ours[name] != theirs[name]]
    if found.papers() != expected.papers():
        told.append(f"papers: {sorted(found.papers() ^ expected.papers())}")
    return told


def _tables(connection, *, published: bool) -> Iterator[tuple[str, Rows]]:
    for table in described_tables():
        columns = [column.name for column in table.columns if column.name not in OF_THE_DAY]
        if table.published or not published:
            query = f"SELECT {', '.join(columns)} FROM {table.name} ORDER BY ALL"
            yield table.name, connection.execute(query).fetchall()
