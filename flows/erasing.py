"""Erasing: what is kept of a person beside the reports goes, and no figure changes by it.

The reports stay, with whatever their authors wrote into them: they are official records, and the figures come
from them. What a person's mail said, from where it came and what we wrote to it is not. That an erasure took
place is written down before anything else, without the address (`extractors/erasures.py`).
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from extractors.erasures import Erasure, Erasures, hash_of
from extractors.originals import Arrival, Originals
from flows.home import Home
from flows.outbox import Outbox, State
from flows.person import Person
from flows.personal_data import NothingKept, PersonalData, gather, is_named_in_mail
from flows.prefect_records import erase_from_records
from flows.settings import text
from transforms.correspondent import folded, strike_out
from transforms.sender import is_let_in
from warehouse.connection import open_writer
from warehouse.ledger import waiting
from warehouse.personal import erase_person, rewrite
from warehouse.publish import publish


class RunUnfinished(RuntimeError):  # noqa: N818 (named for what the operator reads)
    """Files that were received and not loaded: a run is at work, or one was killed."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure came to: how much of what went, and what could not be erased, a line each."""

    found: PersonalData
    stays: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """Yield what the operator should know and pass on."""
        yield f"erased     {self.found.sentence() or 'nothing more'}"
        yield from (f"stays      {line}" for line in self.stays)


def erase(home: Home, address: str, reason: str, today: date) -> Erased:
    """Erase what is kept of the person who writes from an address, wherever a home keeps it.

    May be run again after it was killed, and goes on then. Raises `NothingKept`, and `RunUnfinished` while
    files wait to be loaded, whose rows a run holds in memory.
    """
    person = Person(folded(address))
    originals, erasures = Originals(home.originals), Erasures(home.originals)
    with open_writer(home.warehouse) as connection:
        if waiting(connection):
            raise RunUnfinished("files were received and not loaded yet; run `protibedon ingest`, then erase")
        found = gather(home, person, connection)
        _write_down(erasures, found, person, reason, today)
        _erase_from_originals(originals, found, person)
        erase_person(connection, person.address, erasures.messages(), person.taken_out_of)
        if home.lake is None:
            rewrite(connection, home.warehouse_file)
    _erase_from_outbox(Outbox(home.outbox), found.mails, person, today)
    strike_out(person.address, home.decided)
    erase_from_records(home, person)
    home.familiar.unlink(missing_ok=True)  # by which a run knows files by their names; it makes it anew
    publish(home.warehouse, home.published, anew=True)
    return Erased(found, tuple(_what_stays(home, found, person)))


def _write_down(erasures: Erasures, found: PersonalData, person: Person, reason: str, today: date) -> None:
    """Write down that something is erased; raises `NothingKept` where nothing is, or was begun to be."""
    whose = hash_of(person.address)
    if found.sentence():
        erasures.add(Erasure(today, reason, whose, found.messages, found.counts))
    elif whose not in {erasure.address for erasure in erasures.all()}:
        raise NothingKept(f"nothing that names {person.address} is kept here")


def _erase_from_originals(originals: Originals, found: PersonalData, person: Person) -> None:
    for submission_id in found.arrivals:
        ways = originals.ways(submission_id)
        originals.record_anew(submission_id, [_without(way, person, found.messages) for way in ways])
    for message in found.messages:
        originals.forget(message)


def _without(way: Arrival, person: Person, messages: Iterable[str]) -> Arrival:
    """Return an arrival as it may stay: whether it was let in is settled now, since nobody can ask again."""
    submission = replace(
        way.submission,
        sender=person.taken_out_of(way.submission.sender),
        file_name=person.taken_out_of(way.submission.file_name),
    )
    if way.mail is None:
        return Arrival(submission)
    mail = replace(way.mail, is_admitted=is_let_in(way))
    if mail.original in messages:
        return Arrival(submission, replace(mail, message_id="", subject="", text=""))
    return Arrival(submission, mail)


def _erase_from_outbox(
    outbox: Outbox, mails: Iterable[tuple[str, State]], person: Person, today: date
) -> None:
    """Take the person out of our mails. Each keeps its name, by which it is never sent a second time."""
    with outbox.held():
        for name, state in mails:
            if not outbox.path(name, state).exists():
                continue  # sent meanwhile, and told as left over
            content = _to_others(outbox.read(name, state), person)
            if content is None and state is State.WAITING:
                outbox.withdraw(name)
            else:
                outbox.rewrite(name, state, content or _in_its_place(today))


def _to_others(content: bytes, person: Person) -> bytes | None:
    """Return a mail as it is for its other addresses; `None` without any, and where it names the person."""
    mail = message_from_bytes(content, policy=SMTP)
    others = [address for address in _addresses(mail) if folded(address) != person.address]
    if not others:
        return None
    del mail["To"]
    mail["To"] = ", ".join(others)
    shorter = mail.as_bytes()
    return None if is_named_in_mail(shorter, person) else shorter


def _addresses(mail: EmailMessage) -> list[str]:
    return [address.addr_spec for header in mail.get_all("To", []) for address in header.addresses]


def _in_its_place(today: date) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = "Erased"
    mail.set_content(f"This mail was erased on {today.isoformat()}, at the request of its addressee.\n")
    return mail.as_bytes()


def _what_stays(home: Home, found: PersonalData, person: Person) -> Iterator[str]:
    if found.arrivals:
        yield f"{len(found.arrivals)} reports or other files as they came, which are official records"
    for path in _files_that_hold(home, person):
        if path.is_relative_to(home.inbox):
            yield f"{path.relative_to(home.folder)}: take it out of the inbox, or the next run notes it again"
        else:
            yield f"{path.relative_to(home.folder)}: holds the address"
    if home.lake:
        yield "earlier snapshots of the lake: expire them, as docs/privacy.md says"
    if text("mailbox_host") and found.messages:
        yield "the messages in the mailbox itself, which are not taken again: delete them there"
    yield "backups made until today: after restoring one, erase again"


def _files_that_hold(home: Home, person: Person) -> Iterator[Path]:
    """Yield every file whose name or bytes hold the address, as a search through the home would find it."""
    for path in sorted(home.folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and _holds(path, person):
            yield path


def _holds(path: Path, person: Person) -> bool:
    return person.has_address_in(os.fsencode(path.name)) or person.has_address_in(path.read_bytes())
