"""Tables of a PDF, page by page: rows and cells as the rulings show them, and rows cut by a page break.

A table that runs over pages is one table. Its columns are counted alike on every page, and what a page
break has cut from a row goes back to it: such a rest begins with an empty cell, and every text in it goes on
from one that ran into the edge of the page before.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from extractors.box import Box, Slot, around, rulings, slots
from extractors.pdf_page import PdfPage, Piece, Turn
from extractors.pdf_text import Blanks, Line, goes_on, levelled, lines_of

_RULING = 3.0  # points: rulings closer than this are one line, drawn twice or thick
_WIDEST_PADDING = 8.0  # points between a ruling and the text beside it
_LINES_TO_THE_EDGE = 2.5  # a cell that a page break has cut is full to within this many lines of the edge


@dataclass(slots=True, eq=False)
class PdfCell:
    """A cell as it lies on a page. `room` is the width a line may have, `last_row` where its merge ends."""

    place: str
    column: int
    column_span: int
    box: Box
    lines: tuple[Line, ...]
    room: float
    last_row: "PdfRow"


@dataclass(slots=True, eq=False)
class PdfRow:
    """A row as it lies on a page: the cells that begin in it, and by column all that reach into it."""

    cells: list[PdfCell] = field(default_factory=list)
    reaching: dict[int, PdfCell] = field(default_factory=dict)

    @property
    def words(self) -> tuple[str, ...]:
        """What is written in its cells, without blanks."""
        return tuple("".join(piece.text for line in cell.lines for piece in line.pieces).replace(" ", "") for cell in self.cells)


@dataclass(slots=True, eq=False)
class TablePart:
    """What stands of a table on one page."""

    page: PdfPage
    name: str
    boxes: tuple[Box, ...]
    rows: list[PdfRow] = field(default_factory=list)

    @property
    def box(self) -> Box:
        """The box around all of it."""
        return around(self.boxes)


def tables_of(pages: Sequence[PdfPage]) -> list[list[TablePart]]:
    """Return every table as its parts, one or more, each on its page."""
    tables: list[list[TablePart]] = []
    for page in pages:
        for number, boxes in enumerate(page.tables, 1):
            name = f"page {page.number}" if number == 1 else f"page {page.number} table {number}"
            part = TablePart(page, name, boxes)
            if number == 1 and tables and _goes_on_with(tables[-1][-1], part):
                tables[-1].append(part)
            else:
                tables.append([part])
    for parts in tables:
        _fill(parts)
    return tables


def join_cut_rows(parts: Sequence[TablePart], blanks: Blanks) -> None:
    """Give the rows that page breaks have cut their rests back; the rows of the rests are taken away."""
    header, last = parts[0].rows, parts[0].rows[-1]
    for part in parts[1:]:
        repeated = _length_of_repeated_header(header, part.rows)
        if part.rows[repeated:] and _is_rest(part.rows[repeated], last, blanks):
            _give_back(last, part.rows.pop(repeated))
        last = [last, *part.rows[repeated:]][-1]


def _goes_on_with(part: TablePart, other: TablePart) -> bool:
    """Whether a part that is the first table of the next page is as wide and stands as far left."""
    shift = max(abs(part.box.left - other.box.left), abs(part.box.right - other.box.right))
    return part.page.number + 1 == other.page.number and shift <= _RULING


def _fill(parts: Sequence[TablePart]) -> None:
    sides = [side for part in parts for box in part.boxes for side in (box.left, box.right)]
    across = rulings(sides, _RULING)
    for part in parts:
        down = rulings((side for box in part.boxes for side in (box.top, box.bottom)), _RULING)
        part.rows = [PdfRow() for _ in down[1:]]
        for slot in slots(part.boxes, across, down):
            _put(part, slot)
        _measure_rooms(part)


def _put(part: TablePart, slot: Slot) -> None:
    box, lines = _written(part.page.pieces, slot.box)
    reached = part.rows[slot.row - 1 : slot.row - 1 + slot.row_span]
    place = f"{part.name} r{slot.row} c{slot.column}"
    cell = PdfCell(place, slot.column, slot.column_span, box, lines, box.width, reached[-1])
    reached[0].cells.append(cell)
    for row in reached:
        row.reaching[cell.column] = cell


def _written(pieces: Sequence[Piece], box: Box) -> tuple[Box, tuple[Line, ...]]:
    """Return the lines that begin in a box, and the box, both turned so that the text runs level."""
    inside = [piece for piece in pieces if begins_in(piece, box)]
    turns = Counter(piece.turn for piece in inside if not piece.is_blank)
    ((turn, _),) = turns.most_common(1) or ((Turn.LEVEL, 0),)
    return levelled(box, turn), lines_of(replace(piece, box=levelled(piece.box, turn)) for piece in inside)


def begins_in(piece: Piece, box: Box) -> bool:
    """Whether a piece begins in a box; its end may stand out where a column is too narrow for it."""
    across, down = piece.box.center
    beginning = min(across, piece.box.left + piece.box.height / 2)
    return box.left <= beginning <= box.right and box.top <= down <= box.bottom


def _measure_rooms(part: TablePart) -> None:
    """Take the padding, alike on both sides and all over a table, off the width of its cells."""
    cells = [cell for row in part.rows for cell in row.cells if cell.lines]
    paddings = (line.box.left - cell.box.left for cell in cells for line in cell.lines)
    padding = min(max(min(paddings, default=0), 0), _WIDEST_PADDING)
    for cell in cells:
        cell.room = cell.box.width - 2 * padding


def _length_of_repeated_header(header: Sequence[PdfRow], rows: Sequence[PdfRow]) -> int:
    pairs = zip(header, rows, strict=False)
    return len(list(takewhile(lambda pair: pair[0].words == pair[1].words, pairs)))


def _is_rest(rest: PdfRow, row: PdfRow, blanks: Blanks) -> bool:
    """Whether a row is what a page break has cut from another.

    A new row under a merged serial also begins with an empty cell, but its texts begin anew.
    """
    if not rest.cells or rest.cells[0].column > 1 or rest.cells[0].lines:
        return False
    pairs = [(row.reaching.get(cell.column), cell) for cell in rest.cells if cell.lines]
    if any(above is None or above.column_span != cell.column_span for above, cell in pairs):
        return False
    going_on = [_goes_on_in(above, cell, blanks) for above, cell in pairs if above and above.lines]
    return bool(going_on) and all(going_on)


def _goes_on_in(above: PdfCell, cell: PdfCell, blanks: Blanks) -> bool:
    last, first = above.lines[-1], cell.lines[0]
    room_below = above.box.bottom - last.box.bottom
    is_full = room_below < _LINES_TO_THE_EDGE * last.box.height
    return is_full and goes_on(last, first, above.room, blanks)


def _give_back(row: PdfRow, rest: PdfRow) -> None:
    for cell in rest.cells:
        above = row.reaching.get(cell.column)
        if above is None:
            continue  # an empty cell that page one merged into its neighbour
        if cell.lines:
            above.lines, above.box = (*above.lines, *cell.lines), cell.box
        if cell.last_row is not rest:
            above.last_row = cell.last_row
