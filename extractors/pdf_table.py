"""Tables of a PDF, page by page: rows and cells as the rulings show them, and rows cut by a page break.

A table that runs over pages is one table. Its columns are counted alike on every page, and what a page
break has cut from a row goes back to it: every text in such a rest goes on from one that ran into the edge of
the page before.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from extractors.box import Box, Slot, around, rulings, slots
from extractors.pdf_glyphs import Turn
from extractors.pdf_page import THICKEST_LINE, PdfPage, Piece
from extractors.pdf_text import Line, goes_on, lines_of

_WIDEST_PADDING = 8.0  # points between a ruling and the text beside it
_LINES_LEFT_AT_THE_EDGE = 2.0  # in a cell that a page break has cut; Word leaves no line of a text alone


@dataclass(slots=True, eq=False)
class PdfCell:
    """A cell as it lies on a page, turned so that its text runs level.

    `last_row` is where its merge ends, `room` the width that a line of its text may have.
    """

    place: str
    column: int
    column_span: int
    box: Box
    lines: tuple[Line, ...]
    last_row: "PdfRow"
    room: float = 0.0
    turn: Turn = Turn.LEVEL


@dataclass(slots=True, eq=False)
class PdfRow:
    """A row as it lies on a page: the cells that begin in it, and by column all that reach into it."""

    cells: list[PdfCell] = field(default_factory=list)
    reaching: dict[int, PdfCell] = field(default_factory=dict)

    @property
    def texts(self) -> tuple[str, ...]:
        """What is written in each of its cells, without blanks."""
        return tuple("".join(line.text for line in cell.lines) for cell in self.cells)


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


def join_cut_rows(parts: Sequence[TablePart]) -> None:
    """Give the rows that page breaks have cut their rests back; the rows of the rests are taken away."""
    header, last = parts[0].rows, parts[0].rows[-1]
    for part in parts[1:]:
        repeated = _length_of_repeated_header(header, part.rows)
        if part.rows[repeated:] and _is_rest(part.rows[repeated], last):
            _give_back(last, part.rows.pop(repeated))
        last = [last, *part.rows[repeated:]][-1]


def _goes_on_with(part: TablePart, other: TablePart) -> bool:
    """Whether a part that is the first table of the next page is as wide and stands as far left."""
    shift = max(abs(part.box.left - other.box.left), abs(part.box.right - other.box.right))
    return part.page.number + 1 == other.page.number and shift <= THICKEST_LINE


def _fill(parts: Sequence[TablePart]) -> None:
    sides = [side for part in parts for box in part.boxes for side in (box.left, box.right)]
    across = rulings(sides, THICKEST_LINE)
    for part in parts:
        down = rulings((side for box in part.boxes for side in (box.top, box.bottom)), THICKEST_LINE)
        part.rows = [PdfRow() for _ in down[1:]]
        anchored = [(piece.anchor, piece) for piece in part.page.pieces]
        for slot in slots(part.boxes, across, down):
            held = (piece for anchor, piece in anchored if slot.box.holds(*anchor))
            _put(part, slot, [piece for piece in held if piece.may_be_in(slot.box)])
        cells = [cell for row in part.rows for cell in row.cells]
        for turn in Turn:  # above and below a text the padding is another than beside it
            _measure_rooms([cell for cell in cells if cell.turn is turn])


def _put(part: TablePart, slot: Slot, pieces: Sequence[Piece]) -> None:
    turn = _turn_of(pieces)
    reached = part.rows[slot.row - 1 : slot.row - 1 + slot.row_span]
    cell = PdfCell(
        place=f"{part.name} r{slot.row} c{slot.column}",
        column=slot.column,
        column_span=slot.column_span,
        box=_levelled(slot.box, turn),
        lines=lines_of(
            (replace(piece, box=_levelled(piece.box, turn)) for piece in pieces),
            blanks_are_written=part.page.blanks_are_written,
        ),
        turn=turn,
        last_row=reached[-1],
    )
    reached[0].cells.append(cell)
    for row in reached:
        row.reaching[cell.column] = cell


def _turn_of(pieces: Iterable[Piece]) -> Turn:
    turns = Counter(piece.turn for piece in pieces if not piece.is_blank)
    return max(turns, key=turns.__getitem__, default=Turn.LEVEL)


def _levelled(box: Box, turn: Turn) -> Box:
    """Return where a box stands once the page is turned so that text of this turn runs level."""
    match turn:
        case Turn.UPWARDS:
            return Box(-box.bottom, box.left, -box.top, box.right)
        case Turn.DOWNWARDS:
            return Box(box.top, -box.right, box.bottom, -box.left)
    return box


def _measure_rooms(cells: Sequence[PdfCell]) -> None:
    """Take the padding, alike on both sides and in every cell of a table, off the width of the cells."""
    paddings = (line.box.left - cell.box.left for cell in cells for line in cell.lines)
    padding = min(max(min(paddings, default=0), 0), _WIDEST_PADDING)
    for cell in cells:
        cell.room = cell.box.width - 2 * padding


def _length_of_repeated_header(header: Sequence[PdfRow], rows: Sequence[PdfRow]) -> int:
    pairs = zip(header, rows, strict=False)
    return len(list(takewhile(lambda pair: _repeats(pair[1].texts, pair[0].texts), pairs)))


def _repeats(texts: Sequence[str], header: Sequence[str]) -> bool:
    """Whether a row is one of the header again; a program may print less of a heading than the first time."""
    if len(texts) != len(header) or not all(map(str.startswith, header, texts)):
        return False
    same = sum(text == heading != "" for text, heading in zip(texts, header, strict=True))
    return 2 * same > sum(heading != "" for heading in header)


def _is_rest(rest: PdfRow, row: PdfRow) -> bool:
    """Whether a row is what a page break has cut from another.

    All that is written in it then goes on from cells that were full to the edge, and something else had
    already ended there. A new row may begin with an empty cell too, under a merged serial, or its text may
    not fit behind the one above by chance; but never in every cell.
    """
    pairs = [(row.reaching.get(cell.column), cell) for cell in rest.cells]
    if any(above is None or above.column_span != cell.column_span for above, cell in pairs if cell.lines):
        return False
    has_an_end = any(above and above.lines and not cell.lines for above, cell in pairs)
    going_on = [_goes_on_in(above, cell) for above, cell in pairs if above and above.lines and cell.lines]
    return has_an_end and bool(going_on) and all(going_on)


def _goes_on_in(above: PdfCell, cell: PdfCell) -> bool:
    written = around(line.box for line in above.lines)
    is_full = above.box.height - written.height < _LINES_LEFT_AT_THE_EDGE * above.lines[-1].box.height
    return is_full and goes_on(above.lines[-1], cell.lines, above.room)


def _give_back(row: PdfRow, rest: PdfRow) -> None:
    for cell in rest.cells:
        above = row.reaching.get(cell.column)
        if above is None:
            continue  # an empty cell that page one merged into its neighbour
        if cell.lines:
            above.lines, above.box = (*above.lines, *cell.lines), cell.box
        if cell.last_row is not rest:
            above.last_row = cell.last_row
