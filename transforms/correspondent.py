"""A correspondent: a mail address that an office writes from and is written to, registered by a person.

They stand in `correspondents.csv`, a row for each address. The packaged file names nobody: whose mail is
taken in is decided where the mailbox is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from transforms.office import all_offices, suggest_offices
from transforms.reference import (
    ReferenceMistake,
    add_csv_row,
    load_csv,
    remove_csv_rows,
    replacement_folder,
)

FILE = "correspondents.csv"


class CorrespondentRefused(ValueError):  # noqa: N818 (named for what the person is told)
    """An address that cannot be registered, with the reason in one sentence."""


@dataclass(frozen=True, slots=True)
class Correspondent:
    """An address, in small letters, and the registered office that it belongs to."""

    address: str
    office_id: str


def all_correspondents() -> tuple[Correspondent, ...]:
    """Return everybody registered, in the order of the file.

    Raises `ReferenceMistake` for a file of correspondents that cannot be meant, as the others here do.
    """
    return tuple(_correspondents(replacement_folder()).values())


def correspondent_of(address: str) -> Correspondent | None:
    """Return who writes from an address, however it is capitalised; `None` for one that nobody registered."""
    return _correspondents(replacement_folder()).get(folded(address))


def addresses_of(office_id: str) -> tuple[str, ...]:
    """Return the addresses of an office, in the order of the file."""
    return tuple(one.address for one in all_correspondents() if one.office_id == office_id)


def register(address: str, office_id: str, folder: Path) -> Path | None:
    """Write a correspondent into a folder's own `correspondents.csv`, and return that file.

    Returns `None`, and writes nothing, where the address is that office's already. Raises
    `CorrespondentRefused` for what is no address, for one of another office, and for an unknown office.
    """
    one = Correspondent(folded(address), office_id)
    known = correspondent_of(address)
    if known == one:
        return None
    if known:
        raise CorrespondentRefused(f"{known.address} belongs to {known.office_id} already, by {FILE}")
    if not is_an_address(one.address):
        raise CorrespondentRefused(f"“{address}” is no mail address")
    if office_id not in {office.office_id for office in all_offices()}:
        nearest = ", ".join(near.office.office_id for near in suggest_offices(office_id))
        raise CorrespondentRefused(f"no office is registered as “{office_id}”; the nearest are {nearest}")
    return add_csv_row(folder, FILE, {"address": one.address, "office_id": office_id})


def strike_out(address: str, folder: Path) -> Path | None:
    """Take an address out of a folder's own `correspondents.csv`, and return that file.

    Returns `None`, and writes nothing, where it is not there.
    """
    return remove_csv_rows(folder, FILE, lambda row: folded(row.get("address") or "") == folded(address))


def folded(address: str) -> str:
    """Return an address as it is compared: mail programs keep no watch over its blanks and capitals.

    Only A to Z are folded: a letter that merely looks like one of them must not pass for it.
    """
    return address.strip().encode("utf-8", "backslashreplace").lower().decode("utf-8")


@cache
def _correspondents(_folder: str) -> Mapping[str, Correspondent]:
    offices = {office.office_id for office in all_offices()}
    correspondents: dict[str, Correspondent] = {}
    for line, row in enumerate(load_csv(FILE), start=2):
        one = _correspondent(row, line)
        if one is None:
            continue
        if one.office_id not in offices:
            raise ReferenceMistake(f"{FILE}, line {line}: no office is registered as “{one.office_id}”")
        if correspondents.setdefault(one.address, one) != one:
            other = correspondents[one.address].office_id
            raise ReferenceMistake(f"{FILE}, line {line}: {one.address} belongs to {other} already")
    return correspondents


def _correspondent(row: Mapping[str, str], line: int) -> Correspondent | None:
    """Read one row; an empty one, which spreadsheets like to leave at the end, is nobody."""
    try:
        address, office_id = folded(row["address"] or ""), (row["office_id"] or "").strip()
    except KeyError as missing:
        raise ReferenceMistake(
            f"{FILE}: there is no column {missing}; it has address and office_id"
        ) from missing
    if not address and not office_id:
        return None
    if not is_an_address(address):
        raise ReferenceMistake(f"{FILE}, line {line}: “{address}” is no mail address")
    return Correspondent(address, office_id)


def is_an_address(text: str) -> bool:
    """Whether a text is one mail address and nothing else, as far as can be told without writing to it."""
    name, at, domain = text.partition("@")
    return bool(name and at and domain) and "@" not in domain and not set(text) & set(' \t\r\n,;<>"')
