"""An office alias: one more name that means a registered office, decided by a person.

What is decided stands in `office_aliases.csv`, and from then on a report under that name is that office's.
"""

from datetime import date
from pathlib import Path

from transforms.bengali_text import canonical
from transforms.office import Office, all_offices, find_office, suggest_offices, try_alias
from transforms.reference import add_csv_row

FILE = "office_aliases.csv"


class AliasRefused(ValueError):  # noqa: N818 (named for what the person is told)
    """An alias that cannot be recorded, with the reason in one sentence."""


def record_alias(alias: str, office_id: str, folder: Path, decided_on: date) -> Path | None:
    """Write an alias into a folder's own `office_aliases.csv`, and return that file.

    Returns `None`, and writes nothing, where the office is known by that name already. Raises `AliasRefused`
    for an unknown office, and for an alias that names no place, means another office, or would make a known
    name mean something else.
    """
    office = _registered(office_id)
    if find_office(alias) == office:
        return None
    _hold_to_sense(alias, office)
    row = {"alias_bn": canonical(alias), "office_id": office_id, "seen_in": f"decided on {decided_on}"}
    return add_csv_row(folder, FILE, row)


def _registered(office_id: str) -> Office:
    offices = {office.office_id: office for office in all_offices()}
    if office_id not in offices:
        nearest = ", ".join(near.office.office_id for near in suggest_offices(office_id))
        raise AliasRefused(f"no office is registered as “{office_id}”; the nearest are {nearest}")
    return offices[office_id]


def _hold_to_sense(alias: str, office: Office) -> None:
    known = find_office(alias)
    if known:
        raise AliasRefused(f"“{alias}” already means another office, {known.office_id}")
    trial = try_alias(alias, office.office_id)
    if trial.misleads:
        raise AliasRefused(f"with this alias “{trial.misleads[0]}” would no longer mean the office it does")
    if trial.means != office:
        raise AliasRefused(f"“{alias}” does not name the place of one office; give the name of its place")
