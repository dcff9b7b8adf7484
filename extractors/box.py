"""A box on a page, and the table that ruled boxes make: which row and column each stands at, and its span.

The same for a PDF, whose rulings are drawn in points, and for a scan, where they are found in pixels.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; left and top are the smaller numbers, as on a page read from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    @property
    def center(self) -> tuple[float, float]:
        """The point in the middle, as (across, down)."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds(self, across: float, down: float) -> bool:
        """Whether a point lies in this box."""
        return self.left <= across <= self.right and self.top <= down <= self.bottom

    def meets(self, other: "Box") -> bool:
        """Whether this box and another one have a point in common."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.top <= other.bottom
            and other.top <= self.bottom
        )

    def fits_into(self, other: "Box", slack: float) -> bool:
        """Whether this box is no larger than another one, but for some slack."""
        return self.width <= other.width + slack and self.height <= other.height + slack

    def within(self, other: "Box") -> "Box":
        """Return the part of this box that lies in another; nothing is left of it where they do not meet."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        return Box(
            left, top, max(left, min(self.right, other.right)), max(top, min(self.bottom, other.bottom))
        )


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a box stands in its table: row and column count from 1."""

    box: Box
    row: int
    column: int
    row_span: int
    column_span: int


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box around all of these; `ValueError` for none."""
    sides = [(box.left, box.top, box.right, box.bottom) for box in boxes]
    lefts, tops, rights, bottoms = zip(*sides, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


def rulings(positions: Iterable[float], tolerance: float) -> list[float]:
    """Return where rulings begin, in order; a position within the tolerance behind one belongs to it."""
    found: list[float] = []
    for position in sorted(positions):
        if not found or position - found[-1] > tolerance:
            found.append(position)
    return found


def slots(boxes: Iterable[Box], across: Sequence[float], down: Sequence[float]) -> list[Slot]:
    """Return the boxes of a table in reading order, each with its place between the rulings.

    `across` holds the positions of the vertical rulings from left to right, `down` those of the horizontal
    ones from top to bottom; both were found from these boxes, among others. A box between two lines that
    count as one ruling, as double borders draw it, is no cell and is left out.
    """
    found = []
    for box in boxes:
        row, row_end = _ruling(down, box.top), _ruling(down, box.bottom)
        column, column_end = _ruling(across, box.left), _ruling(across, box.right)
        if row < row_end and column < column_end:
            found.append(Slot(box, row, column, row_end - row, column_end - column))
    return sorted(found, key=lambda slot: (slot.row, slot.column))


def _ruling(rulings: Sequence[float], position: float) -> int:
    """Return which ruling, counted from 1, a position was taken for: the last that begins before it."""
    return bisect_right(rulings, position)
