"""Reports made for tests: an office form as a few columns, written as text, docx or xlsx.

A paper's columns are easily left out, doubled or put in another order; every figure on it differs from its
neighbours, so that a column read for another one is seen.
"""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import docx
from openpyxl import Workbook

from extractors.grid import Cell, Grid, Row, Sheet
from extractors.reader import read
from transforms.fiscal_year import FiscalYear
from transforms.numerals import bengali_digits, write_number
from transforms.plan import BANDS, Indicator, Plan, plan_of
from transforms.report import Report
from transforms.report_file import read_reports

FORMATS = ("text", "docx", "xlsx")

# --- a paper, and how it becomes a file ------------------------------------------------------------------


@dataclass(frozen=True)
class Merge:
    """A merged cell: its first row and column in the table, counted from 0, and how far it reaches."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True)
class Paper:
    """Lines above a table, its rows, lines below it; where there is more, another paper follows."""

    above: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    below: tuple[str, ...] = ()
    merges: tuple[Merge, ...] = ()
    header: int = 3
    then: "Paper | None" = None

    def papers(self) -> Iterable["Paper"]:
        yield self
        if self.then:
            yield from self.then.papers()


def as_text(paper: Paper) -> bytes:
    lines = []
    for part in paper.papers():
        rows = ("\t".join(_quoted(text) for text in row) for row in part.rows)
        lines += [*part.above, "", *rows, "", *part.below]
    return "\n".join(lines).encode()


def _quoted(text: str) -> str:
    return f'"{text}"' if "\n" in text else text


def as_docx(paper: Paper) -> bytes:
    document = docx.Document()
    for part in paper.papers():
        for line in part.above:
            document.add_paragraph(line)
        if part.rows:
            table = document.add_table(len(part.rows), len(part.rows[0]))
            cells = [row.cells for row in table.rows]  # each look into a table counts all its cells
            for merge in part.merges:
                last = cells[merge.row + merge.rows - 1][merge.column + merge.columns - 1]
                cells[merge.row][merge.column].merge(last)
            for row, texts in enumerate(part.rows):
                for column, text in enumerate(texts):
                    if text:
                        cells[row][column].text = text
        document.add_paragraph()
        for line in part.below:
            document.add_paragraph(line)
    return _saved(document)


def as_xlsx(*sheets: Paper, names: Sequence[str] = (), hidden: Sequence[str] = (), top: int = 1) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for number, paper in enumerate(sheets):
        sheet = workbook.create_sheet(names[number] if names else f"Sheet{number + 1}")
        sheet.sheet_state = "hidden" if sheet.title in hidden else "visible"
        row = top
        for part in paper.papers():
            row = _fill(sheet, part, row)
    return _saved(workbook)


def as_format(paper: Paper, file_format: str) -> bytes:
    return {"text": as_text, "docx": as_docx, "xlsx": as_xlsx}[file_format](paper)


def _fill(sheet, part: Paper, row: int) -> int:
    for line in part.above:
        sheet.cell(row, 1, line)
        row += 1
    row += 1
    for number, texts in enumerate(part.rows):
        for column, text in enumerate(texts, 1):
            if text:
                sheet.cell(row + number, column, text).number_format = "@"
    for merge in part.merges:
        first, left = row + merge.row, 1 + merge.column
        sheet.merge_cells(None, first, left, first + merge.rows - 1, left + merge.columns - 1)
    row += len(part.rows) + 1
    for line in part.below:
        sheet.cell(row, 1, line)
        row += 1
    return row + 1


def _saved(document) -> bytes:
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def read_bytes(content: bytes) -> Report:
    (report,) = read_reports("0" * 64, "report", read(content))
    return report


def rows_of(*texts: Sequence[str], first: int = 1) -> tuple[Row, ...]:
    """Rows of a grid as a text file gives them: a line of one cell, or cells with blanks between."""
    return tuple(
        Row(number, tuple(Cell(f"r{number} c{place}", place, text) for place, text in enumerate(cells, 1)))
        for number, cells in enumerate(texts, first)
    )


def grid_of(*texts: Sequence[str]) -> Grid:
    return Grid("text", (Sheet("", rows_of(*texts)),))


# --- the columns of the office form ----------------------------------------------------------------------

Cells = Callable[[Indicator], str]


@dataclass(frozen=True)
class Columns:
    """Columns that stand together: their headings from the top row down, each with what stands below it.

    A blank heading below another one is merged with it; one right of another one too.
    """

    headings: tuple[tuple[str, ...], ...]
    cells: tuple[Cells, ...]


def column(cells: Cells, *headings: str) -> Columns:
    return Columns(tuple((heading,) for heading in (*headings, "", "", "")[:3]), (cells,))


def subcolumns(group, *columns):
    """Columns under one heading, each given as its own heading and its cells."""
    blanks = ("",) * len(columns)
    headings = ((group, *blanks[1:]), tuple(heading for heading, _ in columns), blanks)
    return Columns(headings, tuple(cells for _, cells in columns))


def plain(*columns):
    """Columns side by side, each with one heading."""
    blanks = ("",) * len(columns)
    return Columns(
        (tuple(heading for heading, _ in columns), blanks, blanks), tuple(cells for _, cells in columns)
    )


def plan(fiscal_year: str = "2024-25") -> Plan:
    found = plan_of("egov", FiscalYear.parse(fiscal_year))
    assert found is not None
    return found


def shown(figure: float | date | None, unit: str) -> str:
    if figure is None:
        return "-"
    if isinstance(figure, date):
        return bengali_digits(f"{figure:%d/%m/%y}")
    return write_number(figure) + ("%" if unit == "percent" else "")


UNITS = {"date": "তারিখ", "number": "সংখ্যা", "percent": "%"}
BAND_NAMES = ("অসাধারণ", "অতি উত্তম", "উত্তম", "চলতি মান", "চলতি মানের নিম্নে")
PERCENTAGES = ("১০০%", "৯০%", "৮০%", "৭০%", "৬০%")

# What the office says, and what must be read of it: state, figure.
ANSWERS: dict[str, tuple[str, str]] = {
    "1.1.1": ("-", "৩য় কোয়ার্টারে বাস্তবায়িত হবে।"),
    "2.1.1": ("১", ""),
    "3.1.1": ("-", "৪র্থ কোয়ার্টারে বাস্তবায়িত হবে।"),
    "4.1.1": ("২৭/০৮/২৪", ""),
    "4.1.2": ("৬১.৫৪%", ""),
    "5.1.1": ("২", ""),
    "5.1.2": ("৩", ""),
    "6.1.1": ("১", ""),
    "7.1.1": ("২৯/১১/২৪", "২য় কোয়ার্টারে অধিদপ্তর কর্তৃক বাস্তবায়িত হয়েছে।"),
    "8.1.1": ("২", ""),
}
FIGURES = {
    "1.1.1": ("planned", None),
    "2.1.1": ("reported", 1.0),
    "3.1.1": ("planned", None),
    "4.1.1": ("reported", date(2024, 8, 27)),
    "4.1.2": ("reported", 61.54),
    "5.1.1": ("reported", 2.0),
    "5.1.2": ("reported", 3.0),
    "6.1.1": ("reported", 1.0),
    "7.1.1": ("reported", date(2024, 11, 29)),
    "8.1.1": ("reported", 2.0),
}


def serial_of(indicator: Indicator) -> str:
    first_of = {other.activity: other.code for other in reversed(plan().indicators)}
    number = list(dict.fromkeys(other.activity for other in plan().indicators)).index(indicator.activity) + 1
    return bengali_digits(f"{number:02}") if first_of[indicator.activity] == indicator.code else ""


def activity_of(indicator: Indicator) -> str:
    return indicator.activity if serial_of(indicator) else ""


def named(indicator: Indicator) -> str:
    return f"[{bengali_digits(indicator.code)}] {indicator.statement}"


def achieved(indicator: Indicator) -> str:
    return ANSWERS[indicator.code][0]


def remarked(indicator: Indicator) -> str:
    return ANSWERS[indicator.code][1]


def target(band: int) -> Cells:
    return lambda indicator: shown(indicator.bands.get(band), indicator.unit)


SERIAL = column(serial_of, "ক্রম")
ACTIVITY = column(activity_of, "কার্যক্রম")
INDICATOR = column(named, "কর্মসম্পাদন সূচক")
UNIT = column(lambda indicator: UNITS[indicator.unit], "একক")
WEIGHT = column(lambda indicator: bengali_digits(f"{indicator.weight:g}"), "কর্মসম্পাদন সূচকের মান")
FIVE_BANDS = Columns(
    (("লক্ষ্যমাত্রা ২০২৪-২০২৫", "", "", "", ""), BAND_NAMES, PERCENTAGES), tuple(target(band) for band in BANDS)
)
ONE_TARGET = column(target(100), "লক্ষ্যমাত্রা ২০২৪-২০২৫")
ACHIEVEMENT = column(achieved, "২য় কোয়ার্টারে অর্জন (অক্টোবর/২৪-ডিসেম্বর/২৪)")
REMARK = column(remarked, "মন্তব্য")
STANDARD = (SERIAL, ACTIVITY, INDICATOR, UNIT, WEIGHT, FIVE_BANDS, ACHIEVEMENT, REMARK)

TITLE = (
    "গণপ্রজাতন্ত্রী বাংলাদেশ সরকার",
    "সংস্কৃতি বিষয়ক মন্ত্রণালয়",
    "গণগ্রন্থাগার অধিদপ্তর",
    "জেলা সরকারি গণগ্রন্থাগার, যশোর",
    "সংযোজনী- ৫: ই-গভর্ন্যান্স ও উদ্ভাবন কর্মপরিকল্পনা",
    "ই-গভর্ন্যান্স ও উদ্ভাবন কর্মপরিকল্পনার ২য় ত্রৈমাসিক অগ্রগতির প্রতিবেদন (অক্টোবর/২৪-ডিসেম্বর/২৪)",
)
SIGNATURE = ("কল্পিত কর্মকর্তা", "সহকারী পরিচালক", "ফোনঃ ০১০০-০০০০০০")


def office_paper(
    *columns: Columns,
    above: tuple[str, ...] = TITLE,
    below: tuple[str, ...] = SIGNATURE,
    indicators: Sequence[Indicator] = (),
) -> Paper:
    """An office form with these columns, the standard ones where none is given."""
    groups = columns or STANDARD
    header = [[text for group in groups for text in group.headings[row]] for row in range(3)]
    body = [
        [cells(indicator) for group in groups for cells in group.cells]
        for indicator in indicators or plan().indicators
    ]
    height = max(row + 1 for row in range(3) if any(header[row]))
    rows = tuple(tuple(row) for row in (*header[:height], *body))
    return Paper(above, rows, below, header=height, merges=tuple(_header_merges(groups, height)))


def _header_merges(groups: Sequence[Columns], height: int) -> Iterable[Merge]:
    left = 0
    for group in groups:
        width = len(group.cells)
        for row in range(height):
            for offset, text in enumerate(group.headings[row]):
                if text:
                    right = (
                        next((j for j in range(offset + 1, width) if group.headings[row][j]), width)
                        if row < height - 1 and any(group.headings[row + 1])
                        else offset + 1
                    )
                    below = next(
                        (i for i in range(row + 1, height) if any(group.headings[i][offset:right])), height
                    )
                    if (below - row) * (right - offset) > 1:
                        yield Merge(row, left + offset, below - row, right - offset)
        left += width


def without_merges(paper: Paper) -> Paper:
    return replace(paper, merges=())


def with_row(paper: Paper, place: int, row: Sequence[str]) -> Paper:
    """The paper with one more row in its table, at a place counted from 0 with the header's rows."""
    width = len(paper.rows[0])
    cells = (*row, *[""] * (width - len(row)))
    return replace(paper, rows=(*paper.rows[:place], cells, *paper.rows[place:]))


def with_cell(paper: Paper, row: int, number: int, text: str) -> Paper:
    cells = list(paper.rows[row])
    cells[number] = text
    return replace(paper, rows=(*paper.rows[:row], tuple(cells), *paper.rows[row + 1 :]))


# --- what a report says ----------------------------------------------------------------------------------


def figures(report: Report, office_id: str = "") -> dict[str, tuple[str, float | date | None]]:
    return {
        seen.indicator_code: (seen.state, seen.value if seen.value_date is None else seen.value_date)
        for seen in report.observations
        if office_id in ("", seen.office_id)
    }


def codes(report: Report) -> list[str]:
    return [found.code for found in report.findings]


def told(report: Report, code: str) -> list[str]:
    """The raw texts of the findings of one code."""
    return [found.raw_text for found in report.findings if found.code == code]
