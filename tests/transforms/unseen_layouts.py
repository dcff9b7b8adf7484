"""Office forms as hands that nobody foresaw would lay them out; all say what `papers.FIGURES` says."""

import io
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from openpyxl import Workbook, load_workbook

from tests.transforms.papers import (
    ACHIEVEMENT,
    ACTIVITY,
    FIVE_BANDS,
    INDICATOR,
    REMARK,
    SERIAL,
    SIGNATURE,
    STANDARD,
    TITLE,
    UNIT,
    WEIGHT,
    Columns,
    Merge,
    Paper,
    achieved,
    as_xlsx,
    column,
    named,
    office_paper,
    plan,
    with_row,
)
from transforms.numerals import bengali_digits

STANDARD_PAPER = office_paper()
WIDTH, HEIGHT = len(STANDARD_PAPER.rows[0]), STANDARD_PAPER.header
BLANK_COLUMN = column(lambda _: "", "")
LATIN = str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789")
NOTES = (
    "* তথ্য ৩১ ডিসেম্বর ২০২৪ পর্যন্ত",
    "দ্রষ্টব্য: [৪.১.২] সূচকে ই-ফাইল চালু হয়েছে।",
    "স্বাক্ষর",
    "যশোর জেলা সরকারি গণগ্রন্থাগার",
)
BROKEN_TITLE = (
    "গণপ্রজাতন্ত্রী বাংলাদেশ সরকার",
    "জেলা সরকারি গণগ্রন্থাগার",
    "যশোর",
    "www.publiclibrary.example.gov.bd",
    "ই-গভর্ন্যান্স ও উদ্ভাবন",
    "কর্মপরিকল্পনা",
    "২০২৪-২০২৫ অর্থবছরের",
    "২য় ত্রৈমাসিক",
    "অগ্রগতির প্রতিবেদন",
    "(অক্টোবর/২৪-ডিসেম্বর/২৪)",
)


# --- what may be done to any paper ---------------------------------------------------------------------


def written_as(change: Callable[[str], str], paper: Paper = STANDARD_PAPER, *, header: bool = False) -> Paper:
    """The paper with every text, or those of the header alone, typed in another way."""
    rows = (
        tuple(change(text) if number < HEIGHT or not header else text for text in row)
        for number, row in enumerate(paper.rows)
    )
    return replace(paper, rows=tuple(rows))


def with_blank_rows(paper: Paper, places: Sequence[int]) -> Paper:
    for place in sorted(places, reverse=True):
        paper = with_row(paper, place, [])
    return paper


def over_two_pages(paper: Paper, at: int, *, header: bool = True, between: tuple[str, ...] = ()) -> Paper:
    """The paper broken before a row, its heading repeated on the second page or not."""
    head = paper.rows[: paper.header] if header else ()
    second = Paper(
        between,
        head + paper.rows[at:],
        paper.below,
        merges=paper.merges if header else (),
        header=paper.header,
    )
    return replace(paper, rows=paper.rows[:at], below=(), then=second)


def with_heading_again(paper: Paper, at: int) -> Paper:
    """The heading typed again inside one table, as on the top of a printed page."""
    return replace(paper, rows=paper.rows[:at] + paper.rows[: paper.header] + paper.rows[at:])


def numbered(paper: Paper) -> Paper:
    """Columns numbered below the heading, and again further down."""
    numbers = tuple(bengali_digits(str(number)) for number in range(1, len(paper.rows[0]) + 1))
    return with_row(with_row(paper, paper.header + 5, numbers), paper.header, numbers)


def title_in_the_table(paper: Paper) -> Paper:
    lines = tuple((line, *[""] * (WIDTH - 1)) for line in paper.above)
    over_all = tuple(Merge(row, 0, 1, WIDTH) for row in range(len(lines)))
    lower = tuple(replace(merge, row=merge.row + len(lines)) for merge in paper.merges)
    return replace(paper, above=(), rows=lines + paper.rows, merges=over_all + lower)


def merged_activities() -> Paper:
    """Serial and activity merged down over the activity's indicators."""
    activities = [indicator.activity for indicator in plan().indicators]
    merges = [
        Merge(HEIGHT + row, place, activities.count(activity), 1)
        for row, activity in enumerate(activities)
        for place in (0, 1)
        if activities.index(activity) == row and activities.count(activity) > 1
    ]
    return replace(STANDARD_PAPER, merges=(*STANDARD_PAPER.merges, *merges))


def coded(write: Callable[[str, str], str]) -> Paper:
    """The form with its indicators written by their codes, in Bengali digits, and statements."""
    cells = column(lambda one: write(bengali_digits(one.code), one.statement), "সূচক")
    return office_paper(SERIAL, ACTIVITY, cells, *STANDARD[3:])


PAPERS: dict[str, Paper] = {
    "title in many paragraphs": office_paper(above=BROKEN_TITLE),
    "title in one cell": office_paper(above=("\n".join((TITLE[0], *TITLE[3:])),)),
    "title in the table's own rows": title_in_the_table(STANDARD_PAPER),
    "office in the signature alone": office_paper(
        above=TITLE[:3] + TITLE[4:], below=(*SIGNATURE, "জেলা সরকারি গণগ্রন্থাগার, যশোর")
    ),
    "letter with an address and a memo number": office_paper(
        above=(
            TITLE[3],
            "কল্পিত রোড, যশোর-০০০০",
            "ফোন: ০১০০-০০০০০০, ইমেইল: library@example.org",
            "স্মারক নং: ৪৩.২২.৪১০০.০০০.১৬.০০১.২৪-১২",
            "তারিখ: ০৫/০১/২০২৫",
            *TITLE[4:],
        )
    ),
    "letter to the division": office_paper(
        above=(*TITLE, "বরাবর", "পরিচালক, বিভাগীয় সরকারি গণগ্রন্থাগার, খুলনা"),
        below=(*SIGNATURE, "জেলা সরকারি গণগ্রন্থাগার, যশোর"),
    ),
    "letter with a copy to the division": office_paper(
        below=(*SIGNATURE, TITLE[3], "অনুলিপি: বিভাগীয় সরকারি গণগ্রন্থাগার, খুলনা")
    ),
    "bands in two languages": office_paper(
        *STANDARD[:5],
        Columns(
            (
                ("লক্ষ্যমাত্রা/নির্ণায়ক (Target/Criteria Value) FY 2024-25", *[""] * 4),
                (
                    "অসাধারণ (Excellent) 100%",
                    "অতি উত্তম (Very Good) 90%",
                    "উত্তম (Good) 80%",
                    "চলতি মান (Fair) 70%",
                    "চলতি মানের নিন্মে (Poor) 60%",
                ),
                ("",) * 5,
            ),
            FIVE_BANDS.cells,
        ),
        ACHIEVEMENT,
        REMARK,
    ),
    "blank rows inside": with_blank_rows(STANDARD_PAPER, (4, 7, 7, 10)),
    "blank columns inside": office_paper(
        SERIAL, BLANK_COLUMN, ACTIVITY, INDICATOR, BLANK_COLUMN, *STANDARD[3:6], BLANK_COLUMN, *STANDARD[6:]
    ),
    "broken over pages, heading repeated": over_two_pages(STANDARD_PAPER, 8),
    "broken over pages, no heading": over_two_pages(STANDARD_PAPER, 8, header=False),
    "broken over pages, page numbered": over_two_pages(STANDARD_PAPER, 8, between=("চলমান পাতা-০২",)),
    "heading again inside": with_heading_again(STANDARD_PAPER, 8),
    "columns numbered twice": numbered(STANDARD_PAPER),
    "activities merged": merged_activities(),
    "notes and signature below": replace(STANDARD_PAPER, below=NOTES),
    "signatures in a last row": with_row(
        with_row(STANDARD_PAPER, 13, []), 14, ["প্রস্তুতকারী", *[""] * 9, "অনুমোদনকারী"]
    ),
    "total in the indicator's column": with_row(STANDARD_PAPER, 13, ["", "", "সর্বমোট", "", "৫০"]),
    "Latin digits": written_as(lambda text: text.translate(LATIN)),
    "letters taken apart": written_as(lambda text: unicodedata.normalize("NFD", text)),
    "joiners inside headings": written_as(lambda text: text.replace("্", "্\u200c"), header=True),
    "zero-width joiners inside headings": written_as(lambda text: text.replace("্য", "\u200d্য"), header=True),
    "hyphens and stray blanks in headings": written_as(
        lambda text: text.replace("কর্মসম্পাদন", "কর্ম-সম্পাদন").replace("অর্জন", " অর্জন "), header=True
    ),
    "month below the achievement": office_paper(
        *STANDARD[:6], Columns((("অর্জন",), ("২য় ত্রৈমাসিক",), ("(অক্টো-ডিসে/২৪)",)), (achieved,)), REMARK
    ),
    "bands without percentages": office_paper(
        *STANDARD[:5],
        Columns((FIVE_BANDS.headings[0], FIVE_BANDS.headings[1], ("",) * 5), FIVE_BANDS.cells),
        ACHIEVEMENT,
        REMARK,
    ),
    "bands by percentage words alone": office_paper(
        *STANDARD[:5],
        Columns(
            (
                FIVE_BANDS.headings[0],
                tuple(f"{number} শতাংশ" for number in ("১০০", "৯০", "৮০", "৭০", "৬০")),
                ("",) * 5,
            ),
            FIVE_BANDS.cells,
        ),
        ACHIEVEMENT,
        REMARK,
    ),
    "one target and the year to date": office_paper(
        *STANDARD[:5],
        column(FIVE_BANDS.cells[0], "FY 2024-25 এর লক্ষ্যমাত্রা"),
        ACHIEVEMENT,
        column(lambda one: "৯" if one.unit == "number" else "", "জুলাই-ডিসেম্বর পর্যন্ত ক্রমপুঞ্জিভূত অর্জন"),
        REMARK,
    ),
    "year's own column beside the quarter's": office_paper(
        *STANDARD[:6],
        column(lambda one: "৯" if one.unit == "number" else "", "চলতি বছরের অর্জন"),
        ACHIEVEMENT,
        REMARK,
    ),
    "code without brackets, digits mixed": coded(
        lambda code, words: f"{code[:2].translate(LATIN)}{code[2:]} {words}"
    ),
    "code with hyphens": coded(lambda code, words: f"{code.replace('.', '-')} {words}"),
    "code with hyphens in brackets": coded(lambda code, words: f"({code.replace('.', '-')}) {words}"),
    "code with commas": coded(lambda code, words: f"{code.replace('.', ',')} {words}"),
    "code with points doubled": coded(lambda code, words: f"{code.replace('.', '..')} {words}"),
    "code behind a label": coded(lambda code, words: f"সূচক নং-{code}: {words}"),
    "code behind the statement": coded(lambda code, words: f"{words} [{code}]"),
    "code on a line of its own": coded(lambda code, words: f"[{code}]\n{words}"),
    "activity and indicator in one cell": office_paper(
        SERIAL,
        column(lambda one: f"{one.activity}\n{named(one)}", "কার্যক্রম ও কর্মসম্পাদন সূচক"),
        *STANDARD[3:],
    ),
    "code half bracketed": coded(lambda code, words: f"[{code} {words}"),
    "code behind a bullet": coded(lambda code, words: f"• [{code}] {words}"),
}


# --- workbooks that only a spreadsheet can be -----------------------------------------------------------


def far_down_and_right() -> bytes:
    """The heading 14 rows down in the third column, the title merged over other columns."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for number, line in enumerate(TITLE, 3):
        sheet.cell(number, 4, line)
        sheet.merge_cells(None, number, 4, number, 12)
    for number, texts in enumerate(STANDARD_PAPER.rows, 14):
        for place, text in enumerate(texts, 3):
            if text:
                sheet.cell(number + (number > 20), place, text).number_format = "@"
    for number, line in enumerate(SIGNATURE, 32):
        sheet.cell(number, 11, line)
    return _saved(workbook)


def typed_as_a_spreadsheet_would() -> bytes:
    """Counts, percentages and days as numbers, shown in Bengali digits or as days by their formats."""
    workbook = load_workbook(io.BytesIO(as_xlsx(STANDARD_PAPER)))
    for row in workbook.worksheets[0].iter_rows(min_row=len(TITLE) + HEIGHT + 2, min_col=5):
        for cell in row:
            text = str(cell.value or "").translate(LATIN)
            if text.isdigit():
                cell.value, cell.number_format = int(text), "[$-5000445]0"
            elif text.rstrip("%").replace(".", "").isdigit():
                cell.value, cell.number_format = float(text[:-1]) / 100, "0.00%"
            elif len(text) == 8 and text.count("/") == 2:
                day, month, year = map(int, text.split("/"))
                cell.value, cell.number_format = datetime(2000 + year, month, day), "dd/mm/yyyy"
    return _saved(workbook)


def with_eaten_codes(digits: Callable[[int, int, int], datetime]) -> bytes:
    """Codes in a column of their own, which the spreadsheet took for days: `4.1.2` for 4 January 2002."""
    code = column(lambda one: one.code, "সূচক নং")
    words = column(lambda one: one.statement, "কর্মসম্পাদন সূচক")
    content = as_xlsx(office_paper(SERIAL, ACTIVITY, code, words, UNIT, WEIGHT, *STANDARD[5:]))
    workbook = load_workbook(io.BytesIO(content))
    for row in workbook.worksheets[0].iter_rows(min_col=3, max_col=3):
        text = str(row[0].value or "")
        if text[:1].isdigit():
            row[0].value = digits(*map(int, text.split(".")))
            row[0].number_format = "d.m.yy"
    return _saved(workbook)


def _saved(workbook: Workbook) -> bytes:
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


COVER, NOTES_SHEET = (
    Paper(TITLE, ()),
    Paper(("নির্দেশনা",), (("ক্রম", "বিষয়", "মন্তব্য"), ("১", "ক", "খ"))),
)
WORKBOOKS: dict[str, Callable[[], bytes]] = {
    "far down and right": far_down_and_right,
    "typed as numbers and days": typed_as_a_spreadsheet_would,
    "codes eaten as day, month, year": lambda: with_eaten_codes(
        lambda first, second, third: datetime(2000 + third, second, first)
    ),
    "codes eaten as month, day, year": lambda: with_eaten_codes(
        lambda first, second, third: datetime(2000 + third, first, second)
    ),
    "title on a cover sheet": lambda: as_xlsx(COVER, replace(STANDARD_PAPER, above=())),
    "a sheet of instructions before it": lambda: as_xlsx(NOTES_SHEET, STANDARD_PAPER),
    "a sheet of instructions behind it": lambda: as_xlsx(STANDARD_PAPER, NOTES_SHEET),
    "begins ten rows down": lambda: as_xlsx(STANDARD_PAPER, top=10),
}
