"""Formulas that an office sent, or text that begins like one, never live on in what we write."""

import io
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner

from flows.cli import main
from tests.conftest import REPOSITORY

EXAMPLES = REPOSITORY / "examples" / "inbox"
LINK = '=HYPERLINK("http://127.0.0.1:9/","{}")'
# What Excel takes for a formula when it is typed or opened from text, and what old Excel runs as a program.
FORMULAS = [
    LINK.format("x"),
    "=1+1",
    "+2+5+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "\t=1+1",
]
LIVING = re.compile(
    rb"<(?:\w+:)?(?:f|instrText|fldSimple|hyperlink|externalReference|oleObject|ddeLink)[ />]"
)


def xlsx_of_formulas(office: str, *, as_text: bool = False) -> bytes:
    """The example of Jashore with a formula wherever an office may write: figures, remarks, signature."""
    workbook = openpyxl.load_workbook(EXAMPLES / "jashore_q2.xlsx")
    sheet = workbook.worksheets[0]
    for number, formula in enumerate(FORMULAS * 2, 12):
        if number < 22:
            sheet[f"K{number}"], sheet[f"L{number}"] = formula, formula
    sheet["A4"] = office
    sheet["A23"] = LINK.format("y")
    for row in sheet.iter_rows():
        for cell in row:
            if as_text and cell.data_type == "f":
                cell.data_type = "s"
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def docx_of_formulas(office: str) -> bytes:
    """The example of Natore with the same."""
    document = docx.Document(str(EXAMPLES / "natore_quarter_2.docx"))
    for row, formula in zip(document.tables[0].rows[3:], FORMULAS * 2, strict=False):
        row.cells[10].text, row.cells[11].text = formula, formula
    document.paragraphs[3].text = office
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Everything that is written for people from reports full of formulas."""
    folder, home = tmp_path_factory.mktemp("formulas"), tmp_path_factory.mktemp("home")
    jashore, natore = "জেলা সরকারি গণগ্রন্থাগার, যশোর", "জেলা সরকারি গণগ্রন্থাগার, নাটোর"
    for name, content in {
        "jashore.xlsx": xlsx_of_formulas(jashore),
        "jashore as text.xlsx": xlsx_of_formulas(jashore, as_text=True),
        "natore.docx": docx_of_formulas(natore),
        "computed name.xlsx": xlsx_of_formulas(f"={jashore}"),
        "linked name.docx": docx_of_formulas(LINK.format(natore)),
    }.items():
        (folder / name).write_bytes(content)
    taken = CliRunner().invoke(main, ["ingest", str(folder), "--home", str(home)])
    for name in ("jashore.xlsx", "jashore as text.xlsx", "natore.docx"):
        assert f" {name}: 10 observations" in taken.output, taken.output
    assert CliRunner().invoke(main, ["summarise", "--home", str(home)]).exit_code == 0
    return [path for path in (home / "summaries").rglob("*") if path.is_file()]


def packages(outputs: list[Path]) -> Iterator[tuple[Path, str, bytes]]:
    for path in outputs:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as package:
                for name in package.namelist():
                    yield path, name, package.read(name)


def test_no_part_of_an_office_file_holds_anything_that_is_computed_or_fetched(outputs):
    parts = list(packages(outputs))
    assert {path.suffix for path, _, _ in parts} >= {".xlsx"}
    for path, name, content in parts:
        assert not LIVING.search(content), f"{path.name}: {name}"
        assert b'TargetMode="External"' not in content, f"{path.name}: {name}"


def test_every_cell_of_a_workbook_is_text_or_a_figure(outputs):
    cells = [
        cell
        for path in outputs
        if path.suffix == ".xlsx"
        for sheet in openpyxl.load_workbook(path)
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert [cell for cell in cells if cell.data_type == "s" and "HYPERLINK" in cell.value]  # shown, not run
    assert not [cell for cell in cells if cell.hyperlink]


class Links(HTMLParser):
    """Every place of a page from which a browser fetches or runs something."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        asking = [
            value or "" for name, value in attrs if name in {"href", "src", "action"} or name[:2] == "on"
        ]
        self.found += asking


def test_a_page_links_to_nothing_that_an_office_wrote(outputs):
    for path in outputs:
        if path.suffix == ".html":
            links = Links()
            links.feed(path.read_text(encoding="utf-8"))
            assert not [link for link in links.found if "127.0.0.1" in link or "HYPERLINK" in link]


def test_no_field_of_a_text_table_begins_as_a_formula(outputs):
    for path in outputs:
        if path.suffix in {".csv", ".tsv"}:
            fields = re.split(r'[,\t\n]"?', path.read_text(encoding="utf-8"))
            assert not [field for field in fields if field[:1] in {"=", "@"} or field[:2] in {"+2", "-2"}]
