"""A form: where in a grid the report's table stands, and what each of its columns holds.

Two forms are known. The office form has one row per indicator; the divisional matrix one row per office and
three columns (target, achievement, remark) per indicator. Both are found by their headings, wherever on the
sheet they stand and in whatever order their columns come.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from extractors.grid import Cell, Grid, Row, Sheet
from transforms.bengali_text import ascii_digits
from transforms.heading import Heading, read_heading, read_unit
from transforms.indicator_code import read_indicator_text

FEWEST_HEADINGS = 3
DEEPEST_HEADER = 6


class FormKind(StrEnum):
    """The two forms, as the contract spells them."""

    OFFICE_FORM = "office_form"
    DIVISIONAL_MATRIX = "divisional_matrix"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a form's table: its position in the grid, what it holds, and the cell that says so."""

    number: int
    role: str
    cell: Cell
    heading: Heading


@dataclass(frozen=True, slots=True)
class Form:
    """One table that was recognised, with the rows before and behind it.

    `columns` holds the columns whose headings are known, `unknown_headings` the heading cells that are not.
    """

    kind: FormKind
    sheet: Sheet
    heading_rows: tuple[Row, ...]
    header_rows: tuple[Row, ...]
    body_rows: tuple[Row, ...]
    footer_rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    unknown_headings: tuple[Cell, ...]

    def columns_of(self, role: str) -> tuple[Column, ...]:
        """Return the columns of one role, from left to right."""
        return tuple(column for column in self.columns if column.role == role)

    def cell(self, row: Row, column: int) -> Cell | None:
        """Return what stands in a body row at a column, also where a cell merged from above reaches down."""
        return row.cell_at(column) or next(
            (cell for above in self.body_rows if (cell := _reaching(above, row, column))), None
        )


def find_form(grid: Grid) -> Form | None:
    """Return the first form on the visible sheets of a grid, or failing that on its hidden ones."""
    for sheet in sorted(grid.sheets, key=lambda sheet: sheet.hidden):
        form = _form_on(sheet)
        if form:
            return form
    return None


def _reaching(above: Row, row: Row, column: int) -> Cell | None:
    cell = above.cell_at(column)
    return cell if cell and above.number < row.number < above.number + cell.row_span else None


def _form_on(sheet: Sheet) -> Form | None:
    rows = tuple(row for row in sheet.rows if not row.hidden and _written(row))
    first = next((place for place, row in enumerate(rows) if _is_header(row)), None)
    if first is None:
        return None
    header = rows[first : first + _header_depth(rows[first:])]
    columns, unknown = _columns(header)
    roles = {column.role for column in columns}
    if "achievement" not in roles or not roles & {"office", "indicator", "activity"}:
        return None
    kind = FormKind.DIVISIONAL_MATRIX if "office" in roles else FormKind.OFFICE_FORM
    behind = rows[first + len(header) :]
    length = _body_length(kind, behind, columns)
    return Form(
        kind=kind,
        sheet=sheet,
        heading_rows=rows[:first],
        header_rows=header,
        body_rows=tuple(row for row in behind[:length] if not _repeats_header(row)),
        footer_rows=behind[length:],
        columns=columns,
        unknown_headings=unknown,
    )


def _written(row: Row) -> list[Cell]:
    return [cell for cell in row.cells if not cell.is_blank]


def _is_header(row: Row) -> bool:
    """Whether a row names at least three columns in words, as the first row of a table does."""
    return sum(_names_a_column(cell) for cell in _written(row)) >= FEWEST_HEADINGS


def _names_a_column(cell: Cell) -> bool:
    heading = read_heading(cell.text)
    return bool(heading.role) and not _is_band_percentage(heading)


def _is_band_percentage(heading: Heading) -> bool:
    return heading.role == "band" and heading.unit == "percent"


def _header_depth(rows: Sequence[Row]) -> int:
    """Count the rows of the header that begins with the first of these rows.

    Band names, their percentages, the indicators of a matrix and the numbering (১) (২) (৩) stand on rows of
    their own. An office form's header ends before its first indicator, a matrix's with its row of অর্জন.
    """
    depth = 0
    is_matrix = any(read_heading(cell.text).role == "office" for row in rows[:1] for cell in _written(row))
    for place, row in enumerate(rows[:DEEPEST_HEADER]):
        if depth and not is_matrix and _holds_a_code(row):
            break
        if _mostly_names_columns(row) or _is_all_percentages(row) or (depth == place and _is_numbering(row)):
            depth = place + 1
        if is_matrix and _names_achievement(row) and not _is_followed_by_numbering(rows, place):
            break
    return depth


def _mostly_names_columns(row: Row) -> bool:
    written = _written(row)
    return 2 * sum(_names_a_column(cell) for cell in written) >= len(written) or _is_header(row)


def _is_all_percentages(row: Row) -> bool:
    return all(_is_band_percentage(read_heading(cell.text)) for cell in _written(row))


def _is_numbering(row: Row) -> bool:
    numbers = [ascii_digits(cell.text).strip(" ()[].।") for cell in _written(row)]
    return len(numbers) >= FEWEST_HEADINGS and numbers == [str(place) for place in range(1, len(numbers) + 1)]


def _names_achievement(row: Row) -> bool:
    return any(read_heading(cell.text).role == "achievement" for cell in _written(row))


def _is_followed_by_numbering(rows: Sequence[Row], place: int) -> bool:
    return place + 1 < len(rows) and _is_numbering(rows[place + 1])


def _holds_a_code(row: Row) -> bool:
    return any(read_indicator_text(cell.text).code for cell in _written(row))


def _repeats_header(row: Row) -> bool:
    """Whether a row inside the body is the header again, as a table broken over pages has it."""
    return not _holds_a_code(row) and (_is_header(row) or _is_all_percentages(row) or _is_numbering(row))


def _columns(header: Sequence[Row]) -> tuple[tuple[Column, ...], tuple[Cell, ...]]:
    known: list[Column] = []
    unknown: list[Cell] = []
    for number in range(1, _width(header) + 1):
        cells = [cell for row in header if (cell := row.cell_at(number)) and not cell.is_blank]
        column = _column(number, cells)
        if column:
            known.append(column)
        else:
            unknown.extend(cell for cell in cells if cell.column == number and not _belongs_to_a_matrix(cell))
    return tuple(known), tuple(unknown)


def _width(header: Sequence[Row]) -> int:
    return max(cell.column + cell.column_span - 1 for row in header for cell in row.cells)


def _column(number: int, cells: Sequence[Cell]) -> Column | None:
    """Let a band over a column decide, else the lowest heading that means something.

    Words that mean nothing alone (`এই ত্রৈমাসিকে` under a merged `অর্জন`) so take their group's meaning.
    """
    meant = [(cell, heading) for cell in cells if (heading := read_heading(cell.text)).role]
    bands = [(cell, heading) for cell, heading in meant if heading.role == "band"]
    if not meant:
        return None
    cell, heading = bands[0] if bands else meant[-1]
    return Column(number, heading.role, cell, heading)


def _belongs_to_a_matrix(cell: Cell) -> bool:
    """Whether a header cell is an activity or an indicator, which a matrix has among its headings."""
    return cell.text.lstrip().startswith("[") or bool(read_indicator_text(cell.text).code)


def _body_length(kind: FormKind, rows: Sequence[Row], columns: Sequence[Column]) -> int:
    """Count the rows down to the last one that reports; signatures and notes stand below it.

    A row of one cell is a line of text, however many columns it is merged over.
    """
    reports = _reports_an_indicator if kind is FormKind.OFFICE_FORM else _reports_an_office
    lasts = [place for place, row in enumerate(rows) if len(_written(row)) > 1 and reports(row, columns)]
    return lasts[-1] + 1 if lasts else 0


def _reports_an_indicator(row: Row, columns: Sequence[Column]) -> bool:
    """Whether a row holds an indicator's code, or a unit where units stand (its code may be left out)."""
    has_unit = any(column.role == "unit" and _unit_at(row, column) for column in columns)
    return has_unit or _holds_a_code(row)


def _unit_at(row: Row, column: Column) -> str:
    cell = row.cell_at(column.number)
    return read_unit(cell.text) if cell else ""


def _reports_an_office(row: Row, columns: Sequence[Column]) -> bool:
    """Whether a row names an office and is numbered, or holds anything in the columns of the indicators."""
    written = {column.role for column in columns if _is_written(row, column.number)}
    return "office" in written and bool(written & {"serial", "achievement"})


def _is_written(row: Row, number: int) -> bool:
    cell = row.cell_at(number)
    return cell is not None and not cell.is_blank
