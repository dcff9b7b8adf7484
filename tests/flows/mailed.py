"""What tests of reports by mail share: a home, what a run makes of its mailbox, and what it then holds."""

from pathlib import Path

import duckdb

from flows.fate import fates_of
from flows.home import Home, installed_at
from flows.road import Received, Walk, read_waiting, receive, take_in
from flows.source import Source
from tests.conftest import REPOSITORY

NATORE = (REPOSITORY / "examples" / "inbox" / "natore_quarter_2.docx").read_bytes()
SENDER = "natore@example.org"  # the one whom the home knows


def register(home: Path, *lines: str) -> None:
    folder = home / "reference"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "correspondents.csv").write_text("\n".join(("address,office_id", *lines)) + "\n")


def look(home: Path, source: Source = Source.BOTH, **how: bool) -> Received:
    place = Home(home)
    with installed_at(place):
        return receive(place, source=source, **how)


def read(home: Path) -> Walk:
    """Take and read what is new, and load nothing."""
    place = Home(home)
    with installed_at(place):
        received = receive(place)
        return Walk(received, tuple(fates_of(received.waiting, read_waiting(place, received.waiting))))


def walk(home: Path) -> Walk:
    """Take in what is new."""
    place = Home(home)
    with installed_at(place):
        received = receive(place)
        return Walk(received, take_in(place, received.waiting))


def asked(home: Path, question: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute(question).fetchall()
