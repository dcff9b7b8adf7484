"""Charts small enough to stand in a table's row: a bar of several parts, a line of percentages.

They are geometry only; the page's template draws them as SVG.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

LINE_WIDTH, LINE_HEIGHT, LINE_MARGIN = 120.0, 32.0, 4.0
_MOST_PERCENT = 100.0
_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a bar: where it begins and how long it is, in hundredths of the whole bar."""

    start: float
    length: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line over equal steps: its points (x, y), and the strokes between those with no gap between them."""

    points: tuple[tuple[float, float], ...]
    strokes: tuple[str, ...]


def bar(parts: Sequence[float], whole: float) -> tuple[Segment, ...]:
    """Return the segments of a bar, one for each part, in order; an empty bar where the whole is nothing."""
    if not whole:
        return tuple(Segment(0.0, 0.0) for _ in parts)
    lengths = [100 * part / whole for part in parts]
    starts = accumulate(lengths, initial=0.0)
    return tuple(
        Segment(round(start, _DECIMALS), round(length, _DECIMALS))
        for start, length in zip(starts, lengths, strict=False)
    )


def line(percentages: Sequence[float | None]) -> Line:
    """Return the line through percentages, from 0 at the bottom to 100 at the top.

    Where one is not known the line is broken: nothing is drawn through a quarter that nobody reported.
    """
    places = [_place(step, percentage, len(percentages)) for step, percentage in enumerate(percentages)]
    return Line(
        points=tuple(place for place in places if place),
        strokes=tuple(_strokes(places)),
    )


def _place(step: int, percentage: float | None, steps: int) -> tuple[float, float] | None:
    if percentage is None:
        return None
    across = step / (steps - 1) if steps > 1 else 0.5
    up = percentage / _MOST_PERCENT
    x = LINE_MARGIN + across * (LINE_WIDTH - 2 * LINE_MARGIN)
    y = LINE_HEIGHT - LINE_MARGIN - up * (LINE_HEIGHT - 2 * LINE_MARGIN)
    return round(x, _DECIMALS), round(y, _DECIMALS)


def _strokes(places: Sequence[tuple[float, float] | None]) -> Iterator[str]:
    for is_known, run in groupby(places, key=bool):
        if is_known:
            yield " ".join(f"{x},{y}" for x, y in filter(None, run))
