"""OpenDocument spreadsheets: every sheet, every written cell, value and display read together.

Read straight from the XML: values stand there as the office last saw them. LibreOffice would compute the
formulas anew, and other libraries give 0.8 for 80%, since they keep nothing of a cell but its number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from xml.etree.ElementTree import Element

from extractors.grid import Cell, Grid, Row, Run, Sheet
from extractors.number_format import text_of
from extractors.open_document import open_document
from extractors.open_document_styles import Styles
from extractors.raised import raised
from extractors.refusal import Danger, UnsafeContent
from extractors.spreadsheet import place, stored_number, trimmed

_MOST_COLUMNS, _MOST_ROWS = 16_384, 1_048_576  # of a sheet
_MOST_REPEATED = 100_000  # cells of a sheet; a few bytes can ask for one at every place
_MOST_BLANKS = 100  # side by side within a table; a longer stretch only leads to the edge of the sheet
_MOST_SPACES = 1_000

# Elements that hold rows, or words of a paragraph, without changing what is read.
_ROW_GROUPS = frozenset(("table-header-rows", "table-rows", "table-row-group"))
_COLUMN_GROUPS = frozenset(("table-header-columns", "table-columns", "table-column-group"))
_NOT_OF_THE_TEXT = frozenset(("annotation", "note", "ruby-text"))

_BENGALI_DIGIT = re.compile("[০-৯]")
_BENGALI_NUMERALS = "[$-5000445]"  # as a number format asks for them
_BLANKS = re.compile(r"[ \t\r\n]+")  # of any length and kind stand for one space
_DAY_ZERO = datetime(1899, 12, 30)

_Piece = tuple[str, tuple[str, ...]]  # words, and the styles of the spans around them, the innermost first


@dataclass(frozen=True, slots=True)
class _Stretch:
    """One or several like cells side by side, the first at the column that the cell names."""

    cell: Cell
    times: int


def read(content: bytes) -> Grid:
    """Return the sheets of an ods in their order, what is hidden of them marked.

    Values come as `extractors.xlsx` gives them: a number in the digits it is shown in, a percentage as
    percentage points, a date as `2025-03-16`, an error as its sign, a formula as its last value, or as itself
    where it has none.
    Raises what `open_document` raises, and `UnsafeContent` for a sheet that repeats cells beyond measure.
    """
    package = open_document(content)
    root = package.xml("content.xml")
    styles = Styles.of(package, root)
    return Grid("ods", tuple(_sheet(table, styles) for table in root.iterfind("body/spreadsheet/table")))


def _sheet(table: Element, styles: Styles) -> Sheet:
    name = table.get("name", "")
    hidden = styles.hides_table(table.get("style-name", ""))
    return Sheet(name, trimmed(_rows(table, name, styles)), hidden, frozenset(_hidden_columns(table)))


def _hidden_columns(table: Element) -> Iterator[int]:
    number = 1
    for column in _within(table, "table-column", _COLUMN_GROUPS):
        after = min(number + _times(column, "columns"), _MOST_COLUMNS + 1)
        if column.get("visibility", "visible") != "visible":
            yield from range(number, after)
        number = after


def _rows(table: Element, sheet: str, styles: Styles) -> Iterator[Row]:
    column_styles = [
        (_times(column, "columns"), column.get("default-cell-style-name", ""))
        for column in _within(table, "table-column", _COLUMN_GROUPS)
    ]
    number, repeated = 1, 0
    for element in _within(table, "table-row", _ROW_GROUPS):
        times = _times(element, "rows")
        hidden = element.get("visibility", "visible") != "visible"
        stretches = tuple(_stretches(element, column_styles, styles))
        if any(not stretch.cell.is_blank for stretch in stretches):
            repeated += times * sum(stretch.times for stretch in stretches) - len(stretches)
            if repeated > _MOST_REPEATED:
                raise UnsafeContent(Danger.ZIP_BOMB, f"more than {_MOST_REPEATED:,} repeated cells")
            for row in range(number, number + times):
                yield Row(row, tuple(_cells(stretches, sheet, row)), hidden)
        number += times
        if number > _MOST_ROWS + 1:
            raise ValueError(f"a sheet of {number:,} rows")


def _cells(stretches: tuple[_Stretch, ...], sheet: str, row: int) -> Iterator[Cell]:
    for stretch in stretches:
        for column in range(stretch.cell.column, stretch.cell.column + stretch.times):
            yield replace(stretch.cell, place=place(sheet, column, row), column=column)


def _stretches(row: Element, column_styles: list[tuple[int, str]], styles: Styles) -> Iterator[_Stretch]:
    column = 1
    row_style = row.get("default-cell-style-name", "")
    for element in row:
        if element.tag not in ("table-cell", "covered-table-cell"):
            continue
        times = _times(element, "columns")
        if element.tag == "table-cell":  # the others are covered by a merged one
            style = element.get("style-name") or row_style or _style_of_column(column, column_styles)
            cell = _cell(element, column, style, styles)
            if times <= _MOST_BLANKS or not cell.is_blank:
                yield _Stretch(cell, times)
        column += times
        if column > _MOST_COLUMNS + 1:
            raise ValueError(f"a row of {column:,} columns")


def _style_of_column(column: int, column_styles: list[tuple[int, str]]) -> str:
    for times, style in column_styles:
        column -= times
        if column <= 0:
            return style
    return ""


def _cell(element: Element, column: int, style: str, styles: Styles) -> Cell:
    runs = tuple(_runs(element, style, styles))
    shown = "".join(run.text for run in runs)
    is_struck_out = styles.are_struck_out(("table-cell", style))
    value = None if is_struck_out else _value(element, shown, styles.date_format(style))
    return Cell(
        place="",
        column=column,
        text=shown if value is None else value,
        row_span=int(element.get("number-rows-spanned", "1")),
        column_span=int(element.get("number-columns-spanned", "1")),
        runs=runs if value is None and any(run.font for run in runs) else (),
    )


def _value(cell: Element, shown: str, date_format: str) -> str | None:
    """Return the text of a value stored apart from what is shown; `None` where what is shown is all."""
    digits = _BENGALI_NUMERALS if _BENGALI_DIGIT.search(shown) else ""
    match cell.get("value-type"):
        case "float" | "currency":
            sign = '"%"' if shown.rstrip().endswith("%") else ""
            return text_of(stored_number(cell.get("value", "")), f"{digits}0{sign}")
        case "percentage":
            return text_of(stored_number(cell.get("value", "")), f"{digits}0%")
        case "date":
            return text_of(_serial(cell.get("date-value", "")), date_format or "dmy")
        case "boolean":
            return "TRUE" if cell.get("boolean-value") == "true" else "FALSE"
    if not shown and (formula := cell.get("formula")):
        return "=" + formula.partition("=")[2]  # without the name of its language: `of:=[.A1]+[.B1]`
    return None


def _serial(date: str) -> float:
    """Return a date, or a date and time, as the days since 30 December 1899, as number formats count them."""
    return (datetime.fromisoformat(date).replace(tzinfo=None) - _DAY_ZERO) / timedelta(days=1)


def _runs(cell: Element, style: str, styles: Styles) -> Iterator[Run]:
    """Yield what a cell shows, its paragraphs under one another, in stretches of one font.

    What has a line through it is left out; digits over or under the line beside other words come as such.
    """
    pieces: list[_Piece] = []
    for paragraph in cell.iterfind("p"):
        if paragraph is not cell.find("p"):
            pieces.append(("\n", ()))
        pieces.extend(_pieces(paragraph, ()))

    def levels(spans: tuple[str, ...]) -> list[tuple[str, str]]:
        return [*(("text", span) for span in spans), ("table-cell", style)]

    def font(piece: _Piece) -> str:
        text, spans = piece
        return styles.fonts(*levels(spans)).font_for(text)

    standing = [piece for piece in pieces if piece[0] and not styles.are_struck_out(*levels(piece[1]))]
    if len(standing) > 1:
        standing = [
            (raised(text) if styles.are_raised(*levels(spans)) else text, spans) for text, spans in standing
        ]
    for name, stretch in groupby(standing, key=font):
        yield Run("".join(text for text, _ in stretch), name)


def _pieces(element: Element, spans: tuple[str, ...]) -> Iterator[_Piece]:
    yield _BLANKS.sub(" ", element.text or ""), spans
    for child in element:
        match child.tag:
            case "s":
                yield " " * min(int(child.get("c", "1")), _MOST_SPACES), spans
            case "tab":
                yield "\t", spans
            case "line-break":
                yield "\n", spans
            case "span":
                yield from _pieces(child, (child.get("style-name", ""), *spans))
            case tag if tag not in _NOT_OF_THE_TEXT:
                yield from _pieces(child, spans)
        yield _BLANKS.sub(" ", child.tail or ""), spans


def _within(container: Element, tag: str, groups: frozenset[str]) -> Iterator[Element]:
    for child in container:
        if child.tag == tag:
            yield child
        elif child.tag in groups:
            yield from _within(child, tag, groups)


def _times(element: Element, of: str) -> int:
    times = int(element.get(f"number-{of}-repeated", "1"))
    if times < 1:
        raise ValueError(f"{of} repeated {times} times")
    return times
