"""What is kept about one person, gathered from every place of a home, and written into one zip to hand over.

Figures are of offices. A person stands in what came with them and in what we wrote: as the sender of a mail,
in its words, in a file's name, among the correspondents, in a decision, in the logs of runs.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from duckdb import DuckDBPyConnection

from extractors.message import take_apart
from extractors.originals import Arrival, Originals
from flows.home import Home
from flows.outbox import Outbox, State
from flows.person import Person
from flows.prefect_records import texts_naming
from transforms.reference import load_toml
from warehouse.connection import open_writer
from warehouse.personal import messages_taken, rows_that_name


class NothingKept(LookupError):  # noqa: N818 (named for what the operator reads)
    """A person about whom nothing is kept here."""


@dataclass(frozen=True, slots=True)
class PersonalData:
    """All that names one person.

    `arrivals` are the ids of files whose record of arrival does, `messages` the SHA-256 of kept messages,
    `rows` those of the warehouse by table, `mails` those in the outbox with their state, `reference` lines of
    reference files with the file's name, `prefect` texts of Prefect's.
    """

    arrivals: tuple[str, ...]
    messages: tuple[str, ...]
    rows: Mapping[str, Sequence[Mapping[str, Any]]]
    mails: tuple[tuple[str, State], ...]
    reference: tuple[tuple[str, str], ...]
    prefect: tuple[str, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How much there is in each place."""
        return {
            "arrivals": len(self.arrivals),
            "messages": len(self.messages),
            "rows": sum(map(len, self.rows.values())),
            "outbox": len(self.mails),
            "reference": len(self.reference),
            "prefect": len(self.prefect),
        }

    def sentence(self) -> str:
        """Return how much there is in words; empty where there is nothing."""
        return " · ".join(f"{count} {place}" for place, count in self.counts.items() if count)


def gather(home: Home, person: Person, connection: DuckDBPyConnection) -> PersonalData:
    """Find all that a home keeps about a person, with the writer's connection to its warehouse."""
    originals = Originals(home.originals)
    ways = {key: originals.ways(key) for key in originals.ids()}
    return PersonalData(
        arrivals=tuple(sorted(key for key, of_file in ways.items() if _are_named_in(of_file, person))),
        messages=tuple(sorted(_messages(originals, ways, messages_taken(connection), person))),
        rows=_rows(connection, person),
        mails=tuple(_mails(home, person)),
        reference=tuple(_reference_lines(home, person)),
        prefect=tuple(texts_naming(home, person)),
    )


def export(home: Home, person: Person, file: Path, day: date) -> PersonalData:
    """Write all that is kept about a person into a new zip with an index that people can read.

    Raises `NothingKept`, and `FileExistsError` rather than replace a file. The zip holds what the home
    protects: hand it to nobody else.
    """
    with open_writer(home.warehouse) as connection:
        found = gather(home, person, connection)
    if not found.sentence():
        raise NothingKept(f"nothing that names {person.address} is kept here")
    originals, outbox = Originals(home.originals), Outbox(home.outbox)
    with ZipFile(file, "x", ZIP_DEFLATED) as packed:
        packed.writestr("index.txt", "\n".join(_index(found, originals, person, day)) + "\n")
        packed.writestr("warehouse.json", json.dumps(found.rows, ensure_ascii=False, indent=1, default=str))
        packed.writestr("prefect.json", json.dumps(found.prefect, ensure_ascii=False, indent=1))
        for key in found.arrivals:
            packed.writestr(f"files/{key}", originals.read(key))
            packed.writestr(f"files/{key}.json", originals.record(key))
        for message in found.messages:
            packed.writestr(f"messages/{message}.eml", originals.read(message))
        for name, state in found.mails:
            packed.writestr(f"outbox/{name}.eml", outbox.read(name, state))
    return found


def _are_named_in(ways: Sequence[Arrival], person: Person) -> bool:
    return any(person.is_named_in(text) for way in ways for text in _texts(way))


def _texts(way: Arrival) -> Iterator[str]:
    yield way.submission.sender
    yield way.submission.file_name
    if way.mail:
        yield from (way.mail.message_id, way.mail.subject, way.mail.text)


def _messages(
    originals: Originals, ways: Mapping[str, Sequence[Arrival]], taken: Mapping[str, str], person: Person
) -> Iterator[str]:
    """Yield each kept message that is from the person, or that names them anywhere."""
    covering = {way.mail.original for of_file in ways.values() for way in of_file if way.mail}
    for original in covering | taken.keys():
        if originals.path(original).is_file() and is_named_in_mail(originals.read(original), person):
            yield original


def _mails(home: Home, person: Person) -> Iterator[tuple[str, State]]:
    outbox = Outbox(home.outbox)
    for state in State:
        for name in outbox.names(state):
            if is_named_in_mail(outbox.read(name, state), person):
                yield name, state


def is_named_in_mail(content: bytes, person: Person) -> bool:
    """Whether a message names a person, in its bytes or in the words that they encode."""
    message = take_apart(content)
    read = (message.sender, message.subject, message.text)
    return person.is_named_in(content.decode("utf-8", "replace")) or any(map(person.is_named_in, read))


def _rows(connection: DuckDBPyConnection, person: Person) -> dict[str, list[dict[str, Any]]]:
    """Return the rows that name a person; the same row, found by two words, once."""
    found: dict[str, list[dict[str, Any]]] = {}
    for words in person.words:
        for table, rows in rows_that_name(connection, words).items():
            known = found.setdefault(table, [])
            known += [row for row in rows if row not in known and any(map(person.is_named_in, _said(row)))]
    return {table: rows for table, rows in found.items() if rows}


def _said(row: Mapping[str, Any]) -> list[str]:
    return [value for value in row.values() if isinstance(value, str)]


def _reference_lines(home: Home, person: Person) -> Iterator[tuple[str, str]]:
    for path in sorted(home.reference.rglob("*")):
        if path.is_file():
            for line in path.read_text(encoding="utf-8-sig", errors="replace").splitlines():
                if person.is_named_in(line):
                    yield path.relative_to(home.folder).as_posix(), line


def _index(found: PersonalData, originals: Originals, person: Person, day: date) -> Iterator[str]:
    words = load_toml("personal.toml")
    yield from _both(words["title"])
    yield from _both(words["about"], who=", ".join(person.words), day=day.isoformat())
    for section, lines in _sections(found, originals):
        listed = list(lines)
        yield ""
        yield from _both(words["sections"][section], count=len(listed))
        yield from (f"  {' '.join(line.split())}" for line in listed)
        if not listed:
            yield from (f"  {line}" for line in _both(words["nothing"]))
    yield ""
    yield from _both(words["limits"])


def _sections(found: PersonalData, originals: Originals) -> Iterator[tuple[str, Iterator[str]]]:
    yield (
        "arrivals",
        (
            f"files/{key}: {one.received_at:%Y-%m-%d %H:%M} UTC, {one.channel}, {one.sender}, {one.file_name}"
            for key in found.arrivals
            for one in originals.arrivals(key)
        ),
    )
    yield "messages", (_line_of(message, originals.read(message)) for message in found.messages)
    yield "rows", (f"warehouse.json: {table}, {len(rows)}" for table, rows in found.rows.items())
    yield "outbox", (f"outbox/{name}.eml ({state.name.lower()})" for name, state in found.mails)
    yield "reference", (f"{name}: {line}" for name, line in found.reference)
    yield "prefect", (f"prefect.json: {text[:200]}" for text in found.prefect)


def _line_of(message: str, content: bytes) -> str:
    parts = take_apart(content)
    return f"messages/{message}.eml: {parts.sender}, “{parts.subject}”"


def _both(words: Mapping[str, str], **facts: object) -> Iterator[str]:
    for language in ("bn", "en"):
        yield words[language].format(**facts)
