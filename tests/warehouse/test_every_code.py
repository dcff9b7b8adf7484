"""Every code of the contract is raised by a file that an office could send, and says what to do about it.

Each case is the files of one load; the findings are read from the warehouse, as an analyst or the letter to
the office would.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import docx
import pytest

from extractors.originals import Arrival
from extractors.submission import Channel, Submission, submission_id_of
from tests.hostile.traps import xlsx_with_macro_sheet
from tests.transforms.bijoy_typist import typed_in_bijoy
from tests.transforms.matrix_papers import matrix_paper
from tests.transforms.papers import (
    ACHIEVEMENT,
    REMARK,
    STANDARD,
    TITLE,
    Paper,
    as_docx,
    as_text,
    column,
    office_paper,
    plan,
    with_cell,
    with_row,
)
from tests.transforms.test_finding import CATALOGUE, CONTRACT
from transforms.border import check_at_border
from transforms.report import Report
from transforms.report_file import read_file
from transforms.sender import unknown_sender
from warehouse.connection import open_writer
from warehouse.load import load

UNIT, WEIGHT, TOP_BAND, DEED, SAID = 3, 4, 5, 10, 11  # columns of the standard form, counted from 0
ROW_OF = {indicator.code: 3 + number for number, indicator in enumerate(plan().indicators)}
IN_TIME, TOO_LATE = "2025-01-10T06:00", "2025-01-20T06:00"
Q1_TITLE = tuple(
    line.replace("২য়", "১ম").replace("অক্টোবর/২৪-ডিসেম্বর/২৪", "জুলাই/২৪-সেপ্টেম্বর/২৪") for line in TITLE
)
Q1_ACHIEVEMENT = replace(ACHIEVEMENT, headings=(("১ম কোয়ার্টারে অর্জন",), ("",), ("",)))


@dataclass(frozen=True)
class Sent:
    """A file as it came; one by mail has its sender."""

    content: bytes
    name: str = "প্রতিবেদন.txt"
    received: str = IN_TIME
    sender: str = ""

    @property
    def submission(self) -> Submission:
        moment = datetime.fromisoformat(self.received).replace(tzinfo=UTC)
        channel = Channel.MAIL if self.sender else Channel.FOLDER
        return Submission(submission_id_of(self.content), self.name, channel, self.sender, moment, moment)

    def reports(self) -> tuple[Report, ...]:
        """The reports in it; what a stranger sent is not opened."""
        one = self.submission
        if self.sender:
            return (Report(one.submission_id).with_findings([unknown_sender(one, [Arrival(one)])]),)
        return read_file(one.submission_id, one.file_name, self.content)


@dataclass(frozen=True)
class Case:
    """Files, and where the finding stands; the first file that raises the code is the one asked."""

    files: tuple[Sent, ...]
    cell: str = ""
    raw_text: str = ""


def case(*papers: Paper, cell: str = "", raw_text: str = "") -> Case:
    return Case(tuple(Sent(as_text(paper)) for paper in papers), cell, raw_text)


def changed(code: str, place: int, text: str) -> Case:
    """The standard form with one cell otherwise; the finding stands there."""
    row = ROW_OF[code]
    return case(
        with_cell(office_paper(), row, place, text), cell=f"line {row + 8} c{place + 1}", raw_text=text
    )


def of_title(line: str, place: int) -> Paper:
    return office_paper(above=(*TITLE[:place], line, *TITLE[place + 1 :]))


def without_a_period() -> Paper:
    bands = replace(STANDARD[5], headings=(("লক্ষ্যমাত্রা", *[""] * 4), *STANDARD[5].headings[1:]))
    deed = replace(ACHIEVEMENT, headings=(("অর্জন",), ("",), ("",)))
    return office_paper(*STANDARD[:5], bands, deed, REMARK, above=TITLE[:5])


def first_quarter(code: str, achievement: str) -> Paper:
    paper = office_paper(*STANDARD[:6], Q1_ACHIEVEMENT, REMARK, above=Q1_TITLE)
    return with_cell(with_cell(paper, ROW_OF[code], DEED, achievement), ROW_OF["7.1.1"], DEED, "-")


def office_of_the_matrix() -> Paper:
    """Cumilla's own report of the made matrix's quarter, with one count that the matrix has not."""
    title = (
        *TITLE[:3],
        "জেলা সরকারি গণগ্রন্থাগার, কুমিল্লা",
        TITLE[4],
        "ই-গভর্ন্যান্স ও উদ্ভাবন কর্মপরিকল্পনার ৪র্থ ত্রৈমাসিক অগ্রগতির প্রতিবেদন (এপ্রিল/২৪-জুন/২৪)",
    )
    deeds = column(lambda one: "১" if one.code == "2.1.1" else "-", "৪র্থ কোয়ার্টারে অর্জন")
    remark = column(lambda _: "", "মন্তব্য")
    return office_paper(*STANDARD[2:5], deeds, remark, above=title, indicators=plan("2023-24").indicators)


def typed_with_an_old_font() -> bytes:
    """A remark typed in Bijoy."""
    document = docx.Document(io.BytesIO(as_docx(office_paper())))
    cell = document.tables[0].rows[ROW_OF["5.1.1"]].cells[SAID]
    cell.paragraphs[0].add_run(typed_in_bijoy("চলমান আছে")).font.name = "SutonnyMJ"
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def doubled() -> Paper:
    again = list(office_paper().rows[ROW_OF["5.1.1"]])
    again[DEED] = "৪"
    return with_row(office_paper(), ROW_OF["5.1.2"], again)


STRANGE_ROW = ["", "", "[৯.৯.৯] অন্য সূচক", "সংখ্যা", "১", *["৭"] * 6, ""]
LEAVE = "নৈমিত্তিক ছুটির আবেদন\nজনাব, আমার ছুটি প্রয়োজন।".encode()

CASES: dict[str, Callable[[], Case]] = {
    "unreadable_file": lambda: Case(
        (Sent(b"PK\x03\x04 cut short", "report.docx"),), raw_text="BadZipFile: File is not a zip file"
    ),
    "unsafe_content": lambda: Case(
        (Sent(xlsx_with_macro_sheet(), "report.xlsx"),), raw_text="xl/macrosheets/sheet1.xml"
    ),
    "unknown_sender": lambda: Case(
        (Sent(LEAVE, sender="stranger@example.com"),), raw_text="stranger@example.com"
    ),
    "legacy_font_converted": lambda: Case(
        (Sent(typed_with_an_old_font(), "r.docx"),), "table 1 r9 c12", typed_in_bijoy("চলমান আছে")
    ),
    "unknown_form": lambda: Case((Sent(LEAVE),)),
    "unknown_office": lambda: case(
        of_title("জেলা সরকারি গণগ্রন্থাগার, যশহর", 3), cell="line 4", raw_text="জেলা সরকারি গণগ্রন্থাগার, যশহর"
    ),
    "unknown_period": lambda: case(without_a_period()),
    "period_conflict": lambda: case(
        of_title(TITLE[5].replace("২য়", "৩য়"), 5), cell="line 6", raw_text=TITLE[5].replace("২য়", "৩য়")
    ),
    "unknown_indicator": lambda: case(
        with_row(office_paper(), 7, STRANGE_ROW), cell="line 15 c3", raw_text="[৯.৯.৯] অন্য সূচক"
    ),
    "missing_indicator": lambda: case(office_paper(indicators=plan().indicators[1:])),
    "duplicate_indicator": lambda: case(doubled(), cell="line 17 c11", raw_text="৪"),
    "unreadable_value": lambda: changed("7.1.1", DEED, "৩১/১১/২৪"),
    "unknown_phrase": lambda: changed("5.1.1", DEED, "ইনশাআল্লাহ"),
    "target_bands_not_monotonic": lambda: changed("5.1.1", TOP_BAND + 1, "৫"),
    "zero_band": lambda: changed("5.1.1", TOP_BAND + 4, "০"),
    "unit_conflict": lambda: changed("5.1.1", UNIT, "সংখ্যা (লক্ষ)"),
    "weight_conflict": lambda: changed("5.1.1", WEIGHT, "৭"),
    "percent_over_100": lambda: changed("4.1.2", DEED, "১২০%"),
    "date_outside_fiscal_year": lambda: changed("7.1.1", DEED, "২৯/১১/২৩"),
    "ytd_over_target": lambda: case(
        first_quarter("6.1.1", "৪"), office_paper(), cell="line 18 c11", raw_text="১"
    ),
    "late": lambda: Case((Sent(as_text(office_paper()), received=TOO_LATE),)),
    "superseded": lambda: Case(
        (
            Sent(as_text(office_paper()), "নতুন.txt", received="2025-01-12T06:00"),
            Sent(as_text(with_cell(office_paper(), ROW_OF["5.1.1"], DEED, "১"))),
        )
    ),
    "office_matrix_conflict": lambda: case(
        office_of_the_matrix(), matrix_paper(), cell="line 7 c7", raw_text="২১"
    ),
}


def findings_of(files: Sequence[Sent], folder) -> list[tuple[str, ...]]:
    """Load the files into a new warehouse and return its findings: code, cell, raw text, both sentences."""
    reports = check_at_border([report for sent in files for report in sent.reports()])
    with open_writer(folder / "warehouse.duckdb") as connection:
        load(connection, [sent.submission for sent in files], reports)
        return connection.execute(
            "SELECT code, coalesce(cell, ''), coalesce(raw_text, ''), message_bn, message_en FROM findings"
        ).fetchall()


def test_every_code_of_the_contract_has_a_case():
    assert set(CASES) == set(CONTRACT)


@pytest.mark.parametrize("code", CASES)
def test_code_is_raised_from_a_file_with_its_cell_and_both_sentences(code, tmp_path):
    made = CASES[code]()
    found = [rest for raised, *rest in findings_of(made.files, tmp_path) if raised == code]
    assert (made.cell, made.raw_text) in [(cell, raw) for cell, raw, *_ in found]
    for cell, raw, bengali, english in found:
        assert cell in bengali
        assert cell in english
        assert bengali.rstrip(")")[-1] in "।?"
        assert english.rstrip(")")[-1] in ".?"
        assert not any(mark in bengali + english for mark in ("{", "None", "nan"))
        assert raw in bengali or "{raw}" not in CATALOGUE[code]["bn"]
        assert raw in english or "{raw}" not in CATALOGUE[code]["en"]


def test_report_in_order_raises_none_of_them(tmp_path):
    raised = {code for code, *_ in findings_of([Sent(as_text(office_paper()))], tmp_path)}
    assert raised & set(CASES) == {"zero_band"}
