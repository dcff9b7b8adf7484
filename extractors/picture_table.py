"""The ruled tables in a picture of a page: long straight strokes, and the boxes they enclose."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges
from PIL import Image

from extractors.box import Box, around

DARKER_IS_INK = 160  # of 255, on a page that is evenly lit
_SHORTEST_STROKE = 60  # pixels, 5 mm at 300 dots per inch: the narrowest columns, and higher than any letter
_GAP = 6  # pixels by which a faint stroke may be interrupted
RULING = 9  # pixels: strokes closer than this are one ruling

_MOST_RULINGS = 2_000  # more are a photograph of something else, and finding boxes takes their square

Mask = NDArray[np.bool_]


def ink_of(page: Image.Image) -> Mask:
    """Return where a page is dark, row by row."""
    return np.asarray(page) < DARKER_IS_INK


def ruled_tables(ink: Mask) -> list[list[Box]]:
    """Return the boxes of each ruled table of a page, in pixels, the uppermost table first."""
    edges = [_level_edge(*stroke) for stroke in _strokes(ink)]
    edges += [_upright_edge(*stroke) for stroke in _strokes(ink.T)]
    rulings = merge_edges(edges, RULING, RULING, RULING, RULING)
    if len(rulings) > _MOST_RULINGS:
        return []
    cells = intersections_to_cells(edges_to_intersections(rulings, RULING, RULING))
    tables = [[Box(*map(float, cell)) for cell in table] for table in cells_to_tables(cells)]
    return sorted((boxes for boxes in tables if len(boxes) > 1), key=lambda boxes: around(boxes).top)


def _strokes(ink: Mask) -> Iterator[tuple[int, int, int]]:
    """Yield the long dark runs of each row of pixels, as (row, first pixel, pixel behind the last)."""
    unbroken = _windows(ink, _GAP, least=1)
    long_enough = _windows(unbroken, _SHORTEST_STROKE, least=_SHORTEST_STROKE)
    for row in np.flatnonzero(long_enough.any(axis=1)):
        ends = np.flatnonzero(np.diff(long_enough[row].astype(np.int8), prepend=0, append=0))
        for first, behind in zip(ends[::2], ends[1::2], strict=True):
            yield int(row), int(first), int(behind) + _SHORTEST_STROKE - _GAP


def _windows(mask: Mask, width: int, *, least: int) -> Mask:
    """Return for each pixel whether at least so many of the `width` pixels from it on are set."""
    counted = np.zeros((mask.shape[0], mask.shape[1] + width), np.int32)
    np.cumsum(mask, axis=1, out=counted[:, 1 : mask.shape[1] + 1])
    counted[:, mask.shape[1] + 1 :] = counted[:, [mask.shape[1]]]
    return counted[:, width:] - counted[:, :-width] >= least


def _level_edge(row: int, first: int, behind: int) -> dict[str, Any]:
    return {"orientation": "h", "x0": first, "x1": behind, "top": row, "bottom": row, "width": behind - first}


def _upright_edge(column: int, first: int, behind: int) -> dict[str, Any]:
    return {
        "orientation": "v",
        "x0": column,
        "x1": column,
        "top": first,
        "bottom": behind,
        "height": behind - first,
    }
