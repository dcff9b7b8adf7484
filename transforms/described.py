"""The tables as they are described in `columns.toml`: what each column holds, in what type and unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from transforms.reference import load_toml


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `type` is DuckDB's; `allowed` is empty where any value of the type may stand.

    `personal` is `withheld` where the published copy leaves the column empty, `masked` where it hides
    telephone numbers and mail addresses inside the text, and empty for everything else.
    """

    name: str
    type: str
    nullable: bool
    unit: str
    bn: str
    en: str
    allowed: tuple[str | int, ...]
    personal: str

    @property
    def comment(self) -> str:
        """The sentence kept in the database: Bengali, English, unit."""
        unit = f" [{self.unit}]" if self.unit else ""
        return f"{self.bn} {self.en}{unit}"


@dataclass(frozen=True, slots=True)
class Table:
    """One table with its columns in order; `published` tells whether readers get it."""

    name: str
    bn: str
    en: str
    columns: tuple[Column, ...]
    published: bool

    @property
    def comment(self) -> str:
        """The sentence kept in the database: Bengali, then English."""
        return f"{self.bn} {self.en}"


def described_tables() -> tuple[Table, ...]:
    """Return every table of the warehouse, in the order of `columns.toml`."""
    described = load_toml("columns.toml")
    return tuple(_table(name, described) for name in described)


def described_table(name: str) -> Table:
    """Return one table; raises `KeyError` for a name that is not described."""
    return _table(name, load_toml("columns.toml"))


def _table(name: str, described: Mapping[str, Any]) -> Table:
    entry = described[name]
    columns = _columns_of(name, described)
    return Table(
        name=name,
        bn=entry["bn"],
        en=entry["en"],
        columns=tuple(_column(column, _filled_in(column, columns[column], described)) for column in columns),
        published=entry.get("published", True),
    )


def _columns_of(name: str, described: Mapping[str, Any]) -> Mapping[str, Any]:
    entry = described[name]
    columns: Mapping[str, Any] = described[entry["like"]]["columns"] if "like" in entry else entry["columns"]
    return columns


def _filled_in(name: str, entry: Mapping[str, Any], described: Mapping[str, Any]) -> Mapping[str, Any]:
    """Take over what a column borrows from the column of the same name in another table."""
    if "as" not in entry:
        return entry
    borrowed = _filled_in(name, _columns_of(entry["as"], described)[name], described)
    return {**borrowed, **entry}


def _column(name: str, entry: Mapping[str, Any]) -> Column:
    return Column(
        name=name,
        type=entry["type"],
        nullable=entry["nullable"],
        unit=entry["unit"],
        bn=entry["bn"],
        en=entry["en"],
        allowed=tuple(entry.get("allowed", ())),
        personal=entry.get("personal", ""),
    )
