"""How much room a divisional matrix needs: the widths of its columns, and the letters that fit on paper.

Widths are in the unit of spreadsheet columns, one digit of the standard font, unless a name says points.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import category

from warehouse.matrix import DivisionalMatrix
from warehouse.matrix_layout import body_rows, heading_cells

FONT = "Noto Sans Bengali"  # where it is missing, office programs take the Bengali font they have
FONT_SIZE = 11
LINE_HEIGHT = 1.4  # of the font's size: conjuncts reach far below the line
NARROWEST, WIDEST = 5.0, 24.0
LINES_OF_A_CELL = 4  # a column is so wide that its longest text takes about as many
MARGIN_OF_A_CELL = 1.8
# Measured over the words of a matrix, printed in this font and size.
WIDTH_OF_A_LETTER, WIDTH_OF_A_SIGN = 1.25, 0.55
HASANTA = "\u09cd"

POINTS_OF_A_UNIT = 5.25  # one digit of the standard font, 7 pixels at 96 to the inch
LEGAL_LANDSCAPE = (1008.0, 612.0)  # points: 14 by 8.5 inches
PAGE_MARGIN = 24.0
SMALLEST_LETTERS = 5.0  # smaller ones are no longer read on paper
EASE = 0.92  # of the page's width: on paper, unlike on a screen, a word must not break for want of a hair
STEP_OF_LETTERS = 0.5  # Word knows half points


@dataclass(frozen=True, slots=True)
class PageFit:
    """How a matrix fits between the margins of a legal page, landscape: letters and columns in points."""

    letters: float
    columns: tuple[float, ...]


def fit_to_page(matrix: DivisionalMatrix) -> PageFit:
    """Return letters as large as the page's width allows, and columns that fill it."""
    widths = column_widths(matrix).values()
    paper = LEGAL_LANDSCAPE[0] - 2 * PAGE_MARGIN
    letters = FONT_SIZE * min(EASE * paper / (sum(widths) * POINTS_OF_A_UNIT), 1)
    return PageFit(
        letters=max(letters // STEP_OF_LETTERS * STEP_OF_LETTERS, SMALLEST_LETTERS),
        columns=tuple(paper * width / sum(widths) for width in widths),
    )


def width_of_text(text: str) -> float:
    """Return about how wide a text is printed, on one line."""
    return sum(_width_of_letter(letter, before) for before, letter in pairwise(f" {text}"))


def lines_of(text: str, width: float) -> int:
    """Return how many lines a text takes that is broken between words, in so much room."""
    lines, taken = 1, 0.0
    for word in map(width_of_text, text.split()):
        if taken and taken + WIDTH_OF_A_SIGN + word > width:
            lines, taken = lines + 1, 0.0
        taken += word + (WIDTH_OF_A_SIGN if taken else 0)
    return lines


def column_widths(matrix: DivisionalMatrix) -> dict[int, float]:
    """Make columns as wide as their longest word, and so wide that no text of theirs takes many lines.

    Columns count from 1, and come in their order.
    """
    texts = _texts_by_column(matrix)
    widths = {column: _width_for(texts[column]) for column in sorted(texts)}
    for cell in heading_cells(matrix):
        shortage = _longest_word(cell.text) - room(widths, cell.column, cell.column_span)
        for column in range(cell.column, cell.column + cell.column_span):
            widths[column] += max(shortage, 0) / cell.column_span
    return widths


def room(widths: dict[int, float], column: int, span: int) -> float:
    """Return the room for text in a cell that spans so many columns."""
    return sum(widths[number] for number in range(column, column + span)) - MARGIN_OF_A_CELL


def _width_of_letter(letter: str, before: str) -> float:
    kind = category(letter)
    if before == HASANTA or kind in ("Mn", "Cf"):  # stands in, above or below the letter before it
        return 0
    return WIDTH_OF_A_LETTER if kind[0] in "LN" else WIDTH_OF_A_SIGN


def _width_for(texts: list[str]) -> float:
    longest_text = max(map(width_of_text, texts))
    wanted = max(*map(_longest_word, texts), longest_text / LINES_OF_A_CELL) + MARGIN_OF_A_CELL
    return min(max(wanted, NARROWEST), WIDEST)


def _longest_word(text: str) -> float:
    return max(map(width_of_text, text.split()), default=0)


def _texts_by_column(matrix: DivisionalMatrix) -> dict[int, list[str]]:
    """Gather what stands in each column alone; a heading over several has their room together."""
    texts = defaultdict(list)
    for cell in heading_cells(matrix):
        if cell.column_span == 1:
            texts[cell.column].append(cell.text)
    for row in body_rows(matrix):
        for column, text in enumerate(row, 1):
            texts[column].append(text)
    return texts
