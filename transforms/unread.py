"""What was not read: cells of a table that nothing claims. None may vanish, so each raises a finding.

Cells under a heading that no entry of the lexicon knows are told by the heading (`unknown_heading`).
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

from extractors.grid import Cell, Grid, Row, Sheet
from transforms.column import NAMING_ROLES
from transforms.finding import Finding, finding
from transforms.form import Form
from transforms.header import headings_without_a_report
from transforms.heading import is_total
from transforms.indicator_code import names_activity, read_indicator_text
from transforms.numerals import read_number
from transforms.table import Table


def unread_row(table: Table, row: Row) -> Iterator[Finding]:
    """Yield the finding for a row that is about no indicator or office, unless it says nothing but that.

    A total sums others up, and has no unit; a serial number, an area of work or an activity may stand alone.
    """
    cells = row.written
    naming = {column.number for column in table.header.columns_of(*NAMING_ROLES)}
    of_indicators = {column.number for column in table.header.columns_of("indicator")}
    sums_up = any(is_total(cell.text) for cell in cells if cell is cells[0] or cell.column in naming)
    if sums_up and table.printed(row).unit is None:
        return
    if len(cells) == 1 and (
        len(row.cells) == 1 or cells[0].column_span > 1 or cells[0].column in of_indicators
    ):
        yield _about("line_between_rows", cells)
    elif any(cell.column not in naming for cell in cells):
        yield _about("unread_row", cells)


def unread_cells(cells: Iterable[Cell]) -> Iterator[Finding]:
    """Yield a finding for each of these cells, which were not read with the row that they stand in."""
    return (_about("unread_row", [cell]) for cell in cells if not read_number(cell.text).is_nothing)


def unread_columns(table: Table) -> Iterator[Finding]:
    """Yield a finding for each column that no heading stands over, or none that is known."""
    headed = {column.number for column in table.header.columns}
    contents = _contents(table, headed - {column.number for column in table.header.columns_of("unknown")})
    for column in table.header.columns:
        if column.role == "unknown" and (column.number in contents or _is_a_heading_of_its_own(column.cell)):
            yield finding("unknown_heading", cell=column.cell.place, raw_text=column.cell.raw_text)
    for number, cells in sorted(contents.items()):
        if number not in headed:
            yield finding("unheaded_column", cell=cells[0].place, raw_text=_together(cells), count=len(cells))


def headings_of_no_report(grid: Grid) -> Iterator[Finding]:
    """Yield a finding for each unknown heading of a table that, for want of it, is no report."""
    for sheet in grid.sheets:
        for cell in headings_without_a_report([row for row in sheet.rows if row.written]):
            yield finding("unknown_heading", cell=cell.place, raw_text=cell.raw_text)


def hidden_content(grid: Grid, forms: Iterable[Form]) -> Iterator[Finding]:
    """Yield a note for each sheet that is hidden, or has hidden rows: they are not read.

    Also for one with hidden columns that hold something: those are read, since an office hides the targets
    or the quarters gone by to make a table fit a page.
    """
    read = {form.sheet_name for form in forms}
    for sheet in grid.sheets:
        rows = [row for row in sheet.rows if row.written]
        hidden = rows if sheet.hidden and sheet.name not in read else [row for row in rows if row.hidden]
        if hidden:
            first = hidden[0].written[0]
            yield finding("hidden_content", cell=first.place, raw_text=first.raw_text, count=len(hidden))
        if sheet.name in read:
            yield from _hidden_columns(sheet)


def _hidden_columns(sheet: Sheet) -> Iterator[Finding]:
    shown = (cell for row in sheet.rows if not row.hidden for cell in row.written)
    unseen = [cell for cell in shown if cell.column in sheet.hidden_columns]
    if unseen:
        columns = len({cell.column for cell in unseen})
        yield finding("hidden_columns", cell=unseen[0].place, raw_text=unseen[0].raw_text, count=columns)


def _contents(table: Table, known: Collection[int]) -> dict[int, list[Cell]]:
    """Return the written cells by column, but for the columns that are known.

    Totals are left out, and so are what the rows are about, and lines of text.
    """
    contents: dict[int, list[Cell]] = {}
    for row, printed in table.rows:
        cells = row.written
        unknown = [cell for cell in cells if cell.column not in known]
        if unknown and len(cells) > 1 and not is_total(cells[0].text):
            subject = printed.subject
            for cell in unknown:
                if subject is None or cell.place != subject.place:
                    contents.setdefault(cell.column, []).append(cell)
    return contents


def _is_a_heading_of_its_own(cell: Cell) -> bool:
    return not (read_indicator_text(cell.text).code or names_activity(cell.text))


def _about(code: str, cells: Sequence[Cell]) -> Finding:
    return finding(code, cell=cells[0].place, raw_text=_together(cells))


def _together(cells: Iterable[Cell]) -> str:
    return " | ".join(cell.raw_text.strip() for cell in cells)
