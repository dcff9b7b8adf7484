"""Word documents: every paragraph and every table row in the order a person meets them.

Read straight from the XML: the grid needs what libraries hide (tracked changes, content controls, text
boxes, each merged cell once, fonts down the chain of styles), and a parser that refuses entities keeps
them out. Numbers that Word only paints in front of list items are not in the file, and are not invented.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import count, groupby
from xml.etree.ElementTree import Element

from extractors.docx_fonts import Fonts
from extractors.grid import Cell, Grid, Row, Run, Sheet
from extractors.package import Package, open_package
from extractors.raised import raised

# Elements that wrap others without changing what is read: content controls, hyperlinks, fields, and tracked
# changes that add. Those that take away (`del`, `moveFrom`) are not among them, and so their text is out.
_WRAPPERS = frozenset(
    ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple", "dir", "bdo")
)
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\xad"}
_SYMBOL_PAGE = 0xF000  # Word stores the characters of 8-bit fonts this far above their own code
_MOST_COLUMNS = 16_384  # Word itself stops at 63; beyond this a span is an attack, not a table


_HAIRLINE = 20  # twentieths of a point: a third of a millimetre


@dataclass(slots=True)
class _PhysicalCell:
    """A cell as it lies in the file, or a paragraph outside any table."""

    place: str
    paragraphs: list[Element]
    column: int = 1
    column_span: int = 1
    row_span: int = 1
    table_style: str = ""
    nested_tables: tuple[Element, ...] = ()


def read(content: bytes) -> Grid:
    """Return the paragraphs and table rows of a docx, with their fonts, as one sheet.

    Headers come first and footers last. A text box follows the paragraph or table it is anchored in, and a
    table within a cell follows the table around it, or, where it is narrower than the row it stands in, is a
    part of what its cell says. Rows are numbered through the whole document; blank ones are counted and left
    out. A row set wholly in hidden text is marked hidden; hidden words among visible ones are left out, as
    they are on paper.
    """
    package = open_package(content)
    fonts = Fonts.of(package)
    lines = (line for prefix, story in _stories(package) for line in _lines(story, prefix))
    rows = (_row(number, line, fonts) for number, line in enumerate(lines, 1))
    written = tuple(row for row in rows if not all(cell.is_blank for cell in row.cells))
    return Grid(kind="docx", sheets=(Sheet(name="", rows=written),))


def _stories(package: Package) -> Iterator[tuple[str, Element]]:
    """Yield each story (Word's name for a stream of text) with what the places in it begin with."""
    document = package.xml(package.main_part())
    body = document.find("body")
    if body is None:
        raise KeyError("body")
    yield from _margin_stories(package, document, "header")
    yield "", body
    yield from _margin_stories(package, document, "footer")


def _margin_stories(package: Package, document: Element, kind: str) -> Iterator[tuple[str, Element]]:
    links = package.relationships(package.main_part())
    references = document.iter(f"{kind}Reference")
    parts = dict.fromkeys(links[reference.get("id", "")].target for reference in references)
    for number, part in enumerate(parts, 1):
        yield f"{kind} " if number == 1 else f"{kind} {number} ", package.xml(part)


def _lines(story: Element, prefix: str) -> Iterator[list[_PhysicalCell]]:
    paragraphs, tables, boxes = count(1), count(1), count(1)
    for block in _within(story, "p", "tbl"):
        if block.tag == "p":
            yield [_PhysicalCell(f"{prefix}paragraph {next(paragraphs)}", [block])]
        else:
            yield from _table_lines(block, f"{prefix}table {next(tables)}")
        for box in _text_boxes(block):
            yield from _lines(box, f"{prefix}text box {next(boxes)} ")


def _table_lines(table: Element, place: str) -> Iterator[list[_PhysicalCell]]:
    lines = _physical_rows(table, place)
    yield from lines
    for cell in (cell for line in lines for cell in line):
        for number, nested in enumerate(cell.nested_tables, 1):
            yield from _table_lines(nested, f"{cell.place} table {number}")


def _physical_rows(table: Element, place: str) -> list[list[_PhysicalCell]]:
    """Lay a table out on its grid: each cell once, at its first row and column, with its spans."""
    style = _value(table, "tblPr/tblStyle")
    rows = [list(_on_grid(row)) for row in _rows(table)]
    column_at = _column_numbers(table, rows)
    lines: list[list[_PhysicalCell]] = []
    above: dict[int, _PhysicalCell] = {}  # by first column, the cells that the next row may continue
    for row_number, row in enumerate(rows, 1):
        line: list[_PhysicalCell] = []
        width = len(row)
        here: dict[int, _PhysicalCell] = {}
        for element, first, end in row:
            column, span = column_at(first), column_at(end) - column_at(first)
            if _continues_above(element) and column in above:
                cell = above[column]
                cell.row_span += 1
            else:
                cell = _physical_cell(element, f"{place} r{row_number} c{column}", column, span, style, width)
                line.append(cell)
            here[column] = cell
        lines.append(line)
        above = here
    return lines


def _on_grid(row: Element) -> Iterator[tuple[Element, int, int]]:
    """Yield the cells of a row, each with its first grid column and the one behind its last."""
    first = 1 + int(_value(row, "trPr/gridBefore") or 0)
    for element in _within(row, "tc"):
        end = first + max(int(_value(element, "tcPr/gridSpan") or 1), 1)
        if end > _MOST_COLUMNS + 1:
            raise ValueError(f"a row of {end - 1} columns")
        yield element, first, end
        first = end


def _column_numbers(table: Element, rows: list[list[tuple[Element, int, int]]]) -> Callable[[int], int]:
    """Return how to number grid columns so that hairlines do not count.

    Where the borders of two rows miss one another by a rounding, the grid holds a column as wide as the miss,
    which no person sees and no cell fills.
    """
    filled = {first for row in rows for _, first, end in row if end == first + 1}
    widths = enumerate((column.get("w", "") for column in table.iterfind("tblGrid/gridCol")), 1)
    hairlines = [
        n for n, width in widths if n not in filled and width.isdecimal() and int(width) <= _HAIRLINE
    ]
    return lambda grid_column: grid_column - bisect_left(hairlines, grid_column)


def _rows(table: Element) -> Iterator[Element]:
    return (row for row in _within(table, "tr") if row.find("trPr/del") is None)


def _continues_above(cell: Element) -> bool:
    return cell.find("tcPr/vMerge") is not None and _value(cell, "tcPr/vMerge") != "restart"


def _physical_cell(
    element: Element, place: str, column: int, span: int, table_style: str, cells_beside: int
) -> _PhysicalCell:
    apart = tuple(table for table in _within(element, "tbl") if _is_as_wide(table, cells_beside))
    return _PhysicalCell(
        place=place,
        paragraphs=list(_paragraphs(element, apart)),
        column=column,
        column_span=max(span, 1),
        table_style=table_style,
        nested_tables=apart,
    )


def _is_as_wide(table: Element, cells: int) -> bool:
    """Whether a row of a table, or of one within it, has as many cells; most tell by their first row."""
    return any(sum(1 for _ in _within(row, "tc")) >= cells for row in table.iter("tr"))


def _paragraphs(cell: Element, apart: Collection[Element]) -> Iterator[Element]:
    """Yield the paragraphs of a cell, with those of the tables in it but the ones that stand apart."""
    for block in _within(cell, "p", "tbl"):
        if block.tag == "p":
            yield block
        elif block not in apart:
            for inner in (inner for row in _rows(block) for inner in _within(row, "tc")):
                yield from _paragraphs(inner, apart)


def _row(number: int, line: list[_PhysicalCell], fonts: Fonts) -> Row:
    shown = tuple(_cell(cell, fonts, hidden=False) for cell in line)
    if not all(cell.is_blank for cell in shown):
        return Row(number, shown)
    return Row(number, tuple(_cell(cell, fonts, hidden=True) for cell in line), hidden=True)


def _cell(cell: _PhysicalCell, fonts: Fonts, *, hidden: bool) -> Cell:
    runs: list[Run] = []
    for paragraph in cell.paragraphs:
        if paragraph is not cell.paragraphs[0]:
            runs.append(Run("\n", runs[-1].font if runs else ""))
        runs.extend(_runs(paragraph, cell.table_style, fonts, hidden=hidden))
    return Cell(
        place=cell.place,
        column=cell.column,
        text="".join(run.text for run in runs),
        row_span=cell.row_span,
        column_span=cell.column_span,
        runs=_joined(runs) if any(run.font for run in runs) else (),
    )


def _runs(paragraph: Element, table_style: str, fonts: Fonts, *, hidden: bool) -> Iterator[Run]:
    paragraph_style = _value(paragraph, "pPr/pStyle")
    for run in _within(paragraph, "r", "oMath", "oMathPara"):
        properties = run.find("rPr")
        if run.tag != "r":
            yield Run(_formula(run), "")
        elif _is_hidden(properties) is hidden and not _is_struck_out(properties):
            slots = fonts.slots_of(properties, paragraph_style, table_style)
            is_mark = _is_raised(properties) and _stands_beside_words(paragraph)
            for text, symbol_font in _pieces(run):
                yield Run(raised(text) if is_mark else text, symbol_font or slots.font_for(text))


def _pieces(run: Element) -> Iterator[tuple[str, str]]:
    """Yield the texts of a run, each with the font it names for itself alone, if any."""
    for child in run:
        if child.tag == "t":
            yield child.text or "", ""
        elif child.tag == "sym":
            code = int(child.get("char", ""), 16)
            yield chr(code - _SYMBOL_PAGE if code >= _SYMBOL_PAGE else code), child.get("font", "")
        elif child.tag in _CHARACTERS:
            yield _CHARACTERS[child.tag], ""


def _formula(formula: Element) -> str:
    # Blanks between the parts: run together, the fraction 8 over 13 would read as the number 813.
    return " ".join(text.text or "" for text in formula.iter("t"))


def _joined(runs: list[Run]) -> tuple[Run, ...]:
    stretches = groupby((run for run in runs if run.text), key=lambda run: run.font)
    return tuple(Run("".join(run.text for run in stretch), font) for font, stretch in stretches)


def _is_hidden(properties: Element | None) -> bool:
    return _is_on(properties, "vanish")


def _is_struck_out(properties: Element | None) -> bool:
    """Whether a run has a line through it: taken away by hand, as `del` is with changes tracked."""
    return _is_on(properties, "strike") or _is_on(properties, "dstrike")


def _is_raised(properties: Element | None) -> bool:
    position = None if properties is None else properties.find("vertAlign")
    return position is not None and position.get("val") in ("superscript", "subscript")


@lru_cache(maxsize=1)  # asked for each raised run of one paragraph
def _stands_beside_words(paragraph: Element) -> bool:
    """Whether other words stand on the line; a paragraph set small as a whole is no mark of anything."""
    runs = (run for run in _within(paragraph, "r") if not _is_raised(run.find("rPr")))
    return any(text.strip() for run in runs for text, _ in _pieces(run))


def _is_on(properties: Element | None, name: str) -> bool:
    switch = None if properties is None else properties.find(name)
    return switch is not None and switch.get("val", "1") not in ("0", "false", "off")


def _within(container: Element, *tags: str) -> Iterator[Element]:
    """Yield the elements of these names that stand in a container, also those in wrappers, in order."""
    for child in container:
        if child.tag in tags:
            yield child
        elif child.tag == "AlternateContent":
            yield from _within(_alternative(child), *tags)
        elif child.tag in _WRAPPERS and child.find("sdtPr/showingPlcHdr") is None:
            # A content control nobody has filled in shows its prompt, which is not the office's text.
            yield from _within(child, *tags)


def _text_boxes(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag == "txbxContent":
            yield child
        elif child.tag == "AlternateContent":
            yield from _text_boxes(_alternative(child))
        elif child.tag not in ("del", "moveFrom"):
            yield from _text_boxes(child)


def _alternative(alternates: Element) -> Element:
    """Return the one of several renderings of the same content that a current Word shows."""
    choice = alternates.find("Choice")
    fallback = alternates.find("Fallback")
    return next(one for one in (choice, fallback, alternates) if one is not None)


def _value(element: Element, path: str) -> str:
    found = element.find(path)
    return "" if found is None else found.get("val", "")
