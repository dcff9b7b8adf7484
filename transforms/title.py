"""A title: what the lines round a table say of whose report it is, and of when.

A title may stand in one line or several, in merged cells, in one cell with line breaks, or on a cover sheet.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractors.grid import Cell, Row
from transforms.addressee import LONGEST_LIST, length_of_address
from transforms.header import Header
from transforms.heading import WHOLE_YEAR, read_heading
from transforms.match_key import match_key
from transforms.office import (
    Division,
    Office,
    find_division,
    find_office,
    names_a_library,
    names_a_place,
)
from transforms.reporting_period import PeriodReading, read_reporting_period


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, and the cell that it stands in."""

    text: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class NamedOffices:
    """The offices that some lines name.

    `known` holds those of the registry by id, `lines` where each stands first; `unknown` the lines that name
    a library of which the registry knows nothing.
    """

    known: dict[str, Office]
    lines: dict[str, Line]
    unknown: tuple[Line, ...]

    @property
    def only_one(self) -> Office | None:
        """The one office that is named; `None` where none is, or several."""
        return next(iter(self.known.values())) if len(self.known) == 1 else None


def lines_of(rows: Iterable[Row]) -> tuple[Line, ...]:
    """Return what is written in rows line by line; a letterhead in one cell has several."""
    return tuple(
        Line(text, cell)
        for row in rows
        for cell in row.cells
        for text in cell.text.splitlines()
        if text.strip()
    )


def offices_named(lines: Sequence[Line]) -> NamedOffices:
    """Return the offices that lines name as libraries, or failing that behind a label (`কার্যালয়ের নাম: …`).

    Whom a letter is to, or copied to, does not count.
    """
    lines = _without_addressees(lines)
    names = list(_library_names(lines)) or list(_labelled_names(lines))
    known: dict[str, Office] = {}
    places: dict[str, Line] = {}
    unknown: list[Line] = []
    for line in names:
        office = find_office(line.text)
        if office is None:
            unknown.append(line)
        else:
            known[office.office_id] = office
            places.setdefault(office.office_id, line)
    return NamedOffices(known, places, tuple(unknown))


def division_named(lines: Sequence[Line]) -> Division | None:
    """Return the first division that a line names as one: `চট্টগ্রাম বিভাগসহ অধীনস্থ …`.

    A name may be broken over the lines of one cell, never over two: an address in Dhaka that stands above
    বিভাগীয় সরকারি গণগ্রন্থাগার does not make the library Dhaka's.
    """
    texts = (*(line.text for line in lines), *(line.cell.text for line in lines))
    return next((division for text in texts if (division := find_division(text))), None)


def period_stated(lines: Sequence[Line], headings: Sequence[Cell]) -> PeriodReading:
    """Return the period that a title and the headings of its columns state.

    Where the words of a title are spread over several cells, only all of them together may tell.
    """
    texts = list(dict.fromkeys(line.text for line in lines))
    told_by_columns = list(dict.fromkeys(cell.text for cell in headings))
    stated = read_reporting_period([*texts, *told_by_columns])
    if stated.period:
        return stated
    together = read_reporting_period([" ".join(texts), *told_by_columns])
    return together if together.period else stated


def headings_of_the_period(header: Header) -> tuple[Cell, ...]:
    """Return the headings that may tell the period of a report.

    Columns of other years do not, nor those that run over more than a quarter; and where every quarter has
    its column, none of them tells which one is reported.
    """
    deeds = header.columns_of("achievement")
    quarters = {column.heading.quarter for column in deeds if column.heading.quarter}
    targets = [
        column for column in header.columns_of("band", "target") if column.heading.covers == WHOLE_YEAR
    ]
    telling = [*(deeds if len(quarters) <= 1 else ()), *targets]
    cells = {cell.place: cell for column in telling for cell in column.headings}
    return tuple(cell for cell in cells.values() if _names_a_period(cell))


def _names_a_period(cell: Cell) -> bool:
    heading = read_heading(cell.text)
    return bool(heading.covers) and not heading.is_unknown


def _without_addressees(lines: Sequence[Line]) -> list[Line]:
    """Leave out whom a letter is to: that office does not report."""
    kept: list[Line] = []
    place = 0
    while place < len(lines):
        length = length_of_address([line.text for line in lines[place : place + LONGEST_LIST]])
        kept += [] if length else [lines[place]]
        place += length or 1
    return kept


def _library_names(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines that name a library with its place, which may stand on the line beside it."""
    for number, line in enumerate(lines):
        if not names_a_library(line.text):
            continue
        if names_a_place(line.text):
            yield line
            continue
        beside = [*lines[number + 1 : number + 2], *lines[max(0, number - 1) : number]]
        together = (Line(f"{line.text}, {other.text}", line.cell) for other in beside)
        yield from [joined for joined in together if find_office(joined.text)][:1]


def _labelled_names(lines: Sequence[Line]) -> Iterator[Line]:
    for number, line in enumerate(lines):
        label, _, name = line.text.replace("ঃ", ":").partition(":")
        if read_heading(label).role != "office":
            continue
        if name.strip():
            yield Line(f"{label}: {name}", line.cell)
        elif number + 1 < len(lines):
            yield Line(f"{label}: {lines[number + 1].text}", lines[number + 1].cell)


def keys_of(lines: Iterable[Line]) -> set[str]:
    """Return the match keys of lines, to tell a repeated line from a new one."""
    return {match_key(line.text) for line in lines}
