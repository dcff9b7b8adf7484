"""A form: one report as it lies on the paper, its tables and the lines round them.

Two forms are known. The office form has one row per indicator; the divisional matrix one row per office and
a few columns (target, achievement, remark) per indicator. Both are found by their headings, on whatever sheet
and however far down they stand, and a table broken over pages is put together again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from extractors.grid import Cell, Grid, Row, Sheet
from transforms.annex import annex_named
from transforms.column import DEEDS
from transforms.office import find_office
from transforms.reporting_period import PeriodReading
from transforms.rows_between import signature_and_title
from transforms.table import Table, find_tables
from transforms.title import (
    Line,
    division_named,
    headings_of_the_period,
    keys_of,
    lines_of,
    offices_named,
    period_stated,
)


class FormKind(StrEnum):
    """The two forms, as the contract spells them."""

    OFFICE_FORM = "office_form"
    DIVISIONAL_MATRIX = "divisional_matrix"


@dataclass(frozen=True)
class Form:
    """One report: its tables in their order, and the rows of sheets that hold no table, such as a cover.

    `sheet_name` is where its first table stands; empty for anything but a workbook.
    """

    sheet_name: str
    tables: tuple[Table, ...]
    cover_rows: tuple[Row, ...] = ()

    @property
    def kind(self) -> FormKind:
        """Which of the two forms this is."""
        is_matrix = self.tables[0].header.is_of_a_matrix
        return FormKind.DIVISIONAL_MATRIX if is_matrix else FormKind.OFFICE_FORM

    @cached_property
    def title(self) -> tuple[Line, ...]:
        """The lines above the first table."""
        return lines_of(self.tables[0].rows_above)

    @property
    def title_text(self) -> str:
        """The lines above the first table as one text: a name may be broken over several."""
        return " ".join(line.text for line in self.title)

    @cached_property
    def cover(self) -> tuple[Line, ...]:
        """The lines of the sheets without a table, asked where the title does not say."""
        return lines_of(self.cover_rows)

    @cached_property
    def signature(self) -> tuple[Line, ...]:
        """The lines below the last table."""
        return lines_of(self.tables[-1].rows_below)

    @property
    def begins_at(self) -> Cell:
        """The line of the title that says whose report this is or of when, else the first heading.

        The lines above it may still belong to a report before.
        """
        telling = [
            line for line in self.title if offices_named([line]).lines or period_stated([line], ()).statements
        ]
        return telling[-1].cell if telling else self.tables[0].header.rows[0].written[0]

    @property
    def is_filled(self) -> bool:
        """Whether anything, be it a dash, stands where the form asks what was done."""
        return any(
            not cell.is_blank
            for table in self.tables
            for column in table.header.columns_of(*DEEDS, "remark")
            for row in table.body_rows
            if (cell := row.cell_at(column.number))
        )

    @property
    def rows_of_tables(self) -> tuple[Row, ...]:
        """The rows of all tables, headers and bodies, from top to bottom."""
        return tuple(row for table in self.tables for row in (*table.header.rows, *table.body_rows))

    @property
    def codes(self) -> frozenset[str]:
        """The codes of all indicators that the tables name, in ASCII digits."""
        return frozenset(code for table in self.tables for code in table.codes())

    def period(self) -> PeriodReading:
        """Return the period that title and headings state, or failing that the cover or the sheet's name."""
        headings = headings_of_the_period(self.tables[0].header)
        stated = period_stated(self.title, headings)
        if stated.period:
            return stated
        name = Line(self.sheet_name, self.tables[0].header.columns[0].cell)
        with_cover = period_stated((*self.title, *self.cover, name), headings)
        return with_cover if with_cover.period else stated


def find_forms(grid: Grid) -> tuple[Form, ...]:
    """Return the reports on the visible sheets of a grid, or failing that on its hidden ones.

    A table that holds nothing is no report where another one holds something.
    """
    visible = [sheet for sheet in grid.sheets if not sheet.hidden]
    hidden = [sheet for sheet in grid.sheets if sheet.hidden]
    forms = _forms_on(visible) or _forms_on(hidden)
    return tuple(form for form in forms if any(table.body_rows for table in form.tables)) or forms[:1]


def _forms_on(sheets: Iterable[Sheet]) -> tuple[Form, ...]:
    forms: list[Form] = []
    cover: list[Row] = []
    for sheet in sheets:
        tables = find_tables(sheet)
        if not tables:
            cover.extend(sheet.rows)
        for place, table in enumerate(tables):
            if forms and _continues(forms[-1], table, sheet.name):
                forms[-1] = replace(forms[-1], tables=(*forms[-1].tables, table))
                continue
            if place:
                forms[-1], table = _parted(forms[-1], table)
            forms.append(Form(sheet.name, (table,)))
    return tuple(replace(form, cover_rows=tuple(cover)) for form in forms)


def _parted(form: Form, table: Table) -> tuple[Form, Table]:
    """Give the rows between two reports of a sheet to those they belong to: a signature, and a title."""
    *before, last = form.tables
    signature, title = signature_and_title(table.rows_above, _signing(form))
    signed = replace(last, rows_below=signature)
    return replace(form, tables=(*before, signed)), replace(table, rows_above=title)


def _signing(form: Form) -> frozenset[str]:
    """Return who may sign a report: those its title names, and under a matrix the library of its division."""
    division = division_named(form.title) if form.kind is FormKind.DIVISIONAL_MATRIX else None
    sender = find_office(division.name_bn) if division else None
    return frozenset(offices_named(form.title).known) | ({sender.office_id} if sender else set())


def _continues(form: Form, table: Table, sheet_name: str) -> bool:
    """Whether a further table goes on with a report: of the same kind, under no title that says otherwise."""
    other = Form(sheet_name, (table,))
    return (
        other.kind is form.kind
        and not _names_another_office(form, other)
        and not _names_another_period(form, other)
        and annex_named([other.title_text]) in (None, annex_named([form.title_text]))
        and not _says_again(form, table)
    )


def _names_another_office(form: Form, other: Form) -> bool:
    named = offices_named((*form.title, *form.cover, *form.signature))
    here = offices_named(other.title)
    is_new = not named.known.keys() >= here.known.keys()
    division, before = division_named(other.title), division_named(form.title)
    if division and form.kind is FormKind.DIVISIONAL_MATRIX:
        return is_new or division != before  # its title may say more: (২য় অংশ), (চলমান)
    return is_new or not keys_of(here.unknown) <= keys_of(named.unknown) or division not in (None, before)


def _names_another_period(form: Form, other: Form) -> bool:
    first, second = form.period().statements, other.period().statements
    quarters = {said.quarter for said in second if said.quarter} - {said.quarter for said in first}
    years = {said.fiscal_year for said in second if said.fiscal_year} - {said.fiscal_year for said in first}
    return bool(quarters or years)


def _says_again(form: Form, table: Table) -> bool:
    """Whether most of what a table is about stood in the report before: then it is another report."""
    said = {subject for earlier in form.tables for subject in earlier.subjects()}
    subjects = table.subjects()
    return 2 * len(subjects & said) > len(subjects)
