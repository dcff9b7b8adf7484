"""A correspondent: a mail address that an office writes from and is written to, registered by a person.

They stand in `correspondents.csv`, a row for each address. The packaged file names nobody: whose mail is
taken in is decided where the mailbox is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from transforms.office import all_offices
from transforms.reference import ReferenceMistake, load_csv, replacement_folder

FILE = "correspondents.csv"


@dataclass(frozen=True, slots=True)
class Correspondent:
    """An address, in small letters, and the registered office that it belongs to."""

    address: str
    office_id: str


def correspondent_of(address: str) -> Correspondent | None:
    """Return who writes from an address, however it is capitalised; `None` for one that nobody registered.

    Raises `ReferenceMistake` for a file of correspondents that cannot be meant.
    """
    return _correspondents(replacement_folder()).get(folded(address))


def addresses_of(office_id: str) -> tuple[str, ...]:
    """Return the addresses of an office, in the order of the file; `ReferenceMistake` as above."""
    everyone = _correspondents(replacement_folder()).values()
    return tuple(one.address for one in everyone if one.office_id == office_id)


def folded(address: str) -> str:
    """Return an address as it is compared: mail programs keep no watch over its blanks and capitals."""
    return address.strip().casefold()


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
