"""Prefect's own records of a home: what they say of a person, and how to take it out.

Runs leave their logs, parameters and artifacts in an SQLite file of Prefect's, where lines about messages
name their senders. Its tables are Prefect's affair, so every text in it is looked at.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from flows.home import Home
from flows.person import Person
from warehouse.statements import sql

_ESCAPED_LETTER = re.compile(r"\\+u([0-9a-fA-F]{4})")
_BACKSLASHES = re.compile(r"\\+(?=[^\w\s])")
_PATIENCE = 60.0  # seconds that a server at work may take to let go of its file


def texts_naming(home: Home, person: Person) -> list[str]:
    """Return every text in Prefect's records that names a person; none where Prefect keeps none here."""
    with _records(home, lambda text: person.is_named_in(_as_people_read(text)), person) as records:
        return [
            text
            for table, column in _columns(records)
            for (text,) in records.execute(sql("personal/sqlite_texts").format(table=table, column=column))
        ]


def erase_from_records(home: Home, person: Person) -> int:
    """Take a person's address out of Prefect's records, also while a server runs; return from how many texts.

    The file is written anew, since SQLite leaves what was erased in its unused pages.
    """
    with _records(home, person.is_named_in, person) as records:
        erased = sum(
            records.execute(sql("personal/sqlite_erase").format(table=table, column=column)).rowcount
            for table, column in _columns(records)
        )
        records.commit()
        if erased:
            records.executescript(sql("personal/sqlite_rewrite"))
    return erased


@contextmanager
def _records(home: Home, names_person: Callable[[str], bool], person: Person) -> Iterator[sqlite3.Connection]:
    file = home.prefect / "prefect.db"
    with closing(sqlite3.connect(file if file.is_file() else ":memory:", timeout=_PATIENCE)) as records:
        records.create_function("names_person", 1, names_person, deterministic=True)
        records.create_function("without_person", 1, person.taken_out_of, deterministic=True)
        yield records


def _as_people_read(text: str) -> str:
    """Undo what Markdown and JSON do to letters and marks, so that a name in Bengali is found too."""
    return _BACKSLASHES.sub("", _ESCAPED_LETTER.sub(lambda found: chr(int(found[1], 16)), text))


def _columns(records: sqlite3.Connection) -> list[tuple[str, str]]:
    return records.execute(sql("personal/sqlite_columns")).fetchall()
