"""The fast road through a workbook gives what the plain one gives, or makes way for it."""

import random
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from extractors import xlsx
from extractors.reader import read
from extractors.refusal import Refusal
from extractors.xlsx_sheet import parse_sheet
from extractors.xlsx_strings import parse_strings
from tests.extractors.packages import EXCEL, STRICT_EXCEL, xlsx_parts, zipped

EXAMPLES = sorted(Path(__file__).parents[2].joinpath("examples", "inbox").glob("*.xlsx"))
SHEET, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
NEWER = 'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
MUTANTS = 400

ROWS = (
    '<row r="1" spans="1:3" ht="15" customHeight="1" x14ac:dyDescent="0.25">'
    '<c r="A1" s="0" t="s"><v>0</v></c><c r="B1"><v>4.5</v></c><c r="C1" s="0"/></row>'
    '<row r="3" hidden="1"><c r="A3" t="b"><v>1</v></c><c r="C3" t="e"><v>#REF!</v></c></row><row r="4"/>'
)
MERGED = '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
STRINGS = "<si><t>খুলনা</t></si><si><t xml:space='preserve'> ক &amp; খ </t></si>".replace("'", '"')


def worksheet(rows=ROWS, *, before="", after=MERGED, namespaces=NEWER, declaration="") -> str:
    inside = f"{before}<sheetData>{rows}</sheetData>{after}"
    return f'{declaration}<worksheet xmlns="{EXCEL}" {namespaces}>{inside}</worksheet>'


def string_table(entries=STRINGS, *, declaration="", after="") -> str:
    return f'{declaration}<sst xmlns="{EXCEL}" count="2">{entries}{after}</sst>'


def workbook(sheet: str | bytes = "", texts: str | bytes = "") -> bytes:
    return zipped(xlsx_parts("") | {SHEET: sheet or worksheet(), TEXTS: texts or string_table()})


def outcome(content: bytes):
    """The grid, or the kind of refusal; of what is damaged in two places either may be met first."""
    try:
        return read(content)
    except Refusal as refusal:
        return refusal.reason_code


@pytest.fixture
def both_roads(monkeypatch):
    def walk(content: bytes):
        fast = outcome(content)
        with monkeypatch.context() as patched:
            patched.setattr(xlsx, "read_sheet", parse_sheet)
            patched.setattr(xlsx, "shared_strings", parse_strings)
            return fast, outcome(content)

    return walk


def test_what_the_usual_programs_write_needs_no_parser(monkeypatch):
    monkeypatch.setattr("extractors.xlsx_sheet.parse_sheet", None)
    monkeypatch.setattr("extractors.xlsx_strings.parse_strings", None)
    sheet = xlsx.read(workbook()).sheets[0]
    assert [(row.number, row.hidden, [cell.text for cell in row.cells]) for row in sheet.rows] == [
        (1, False, ["খুলনা", ""]),
        (3, True, ["TRUE", "#REF!"]),
    ]
    assert sheet.rows[0].cells[0].column_span == 2


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_examples_are_read_alike(path, both_roads):
    fast, plain = both_roads(path.read_bytes())
    assert fast == plain
    assert fast.sheets


@pytest.mark.parametrize(
    "sheet",
    [
        worksheet(),
        worksheet("<!-- none -->"),
        worksheet("<row r='1'><c r='A1'><v>1</v></c></row>"),
        worksheet('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>A1</f></c></row>'),
        worksheet('<row r="1"><c r="A1" t="inlineStr"><is><t>ক</t></is></c><c r="B1" t="inlineStr"/></row>'),
        worksheet('<row r="1"><c r="A1" t="str"><v>_x000D_ক</v></c><c r="B1" t="str"></c></row>'),
        worksheet('<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c><c r="B1" s="0"/></row>'),
        worksheet('<row r="1"><c><v>3</v></c><c><v>1</v></c></row>'),
        worksheet('<row><c r="A1"><v>3</v></c></row><row r="7"><c r="A7"><v>1</v></c></row>'),
        worksheet('<row r="1" r="2"><c r="A1"><v>1</v></c></row>'),
        worksheet('<row r="1" x14ac:r="2"><c r="A1"><v>1</v></c></row>'),
        worksheet('<row r="1" x14ac:dyDescent="1"><c r="A1"><v>1</v></c></row>', namespaces=""),
        worksheet(before=f"<sheetPr {NEWER}/>", namespaces=""),
        worksheet('<row 1="2" r="1"><c r="A1"><v>1</v></c></row>'),
        worksheet('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>'),
        worksheet('<row r="1"><c r="A1" t="s"><v>9</v></c></row>'),
        worksheet('<row r="1"><c r="A1" s="9"><v>1</v></c></row>'),
        worksheet('<row r="1"><c r="A1"><v>2_2200</v></c></row>'),
        worksheet('<row r="1"><c r="A1"><v>\x01</v></c></row>'),
        worksheet('<row r="1"><c r="A1" t="str"><v>]]></v></c></row>'),
        worksheet('<row r="1"><c r="A1" t="str"><v>\ufffe</v></c></row>'),
        worksheet('<row r="1"><c r="A1" t="str"><v>a\r\nb</v></c></row>'),
        worksheet('<row r="1"><c r="A1" t="str"><v>a&#10;b</v></c></row>'),
        worksheet('<row r="1"/><row r="2"/><row r="3"><c r="A3"><v>1</v></c></row><row r="4"/><row r="5"/>'),
        worksheet('<row r="1"><c r="A1"><v>1</v></c></row> <row r="2"/>'),
        worksheet('<row r="1"><c r="A1"><v>1</v></c></row></row>'),
        worksheet('<row r="1">' + '<c r="B1" t="s"><v>1</v></c>' * 200 + '</row><row r="2"/>'),
        worksheet('<row r="x"><c r="A1"><v>1</v></c></row>'),
        worksheet('<row r="1"><c r="A1"><v>1</v></c></row>', after="<row r='9'><c r='A9'><v>9</v></c></row>"),
        worksheet(after='<mergeCells><mergeCell ref="1A"/></mergeCells>'),
        worksheet(after='<mergeCells><mergeCell ref="B9:A1"/><mergeCell ref="A1:A3"/></mergeCells>'),
        worksheet(after="<unclosed>"),
        worksheet(after="<!-- <sheetData><row r='1'/></sheetData> -->"),
        worksheet(before="<!-- "),
        worksheet(declaration="<!DOCTYPE worksheet>"),
        worksheet(declaration='<!DOCTYPE x [<!ENTITY a "b">]>'),
        worksheet(declaration='<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'),
        worksheet(declaration='<?xml version="1.0" encoding="windows-1252"?>'),
        worksheet(declaration='<?xml version="1.1"?>'),
        worksheet(declaration='<?xml version="1.0" encoding="UTF-16"?>').encode("utf-16"),
        worksheet().encode("utf-8-sig"),
        worksheet().encode() + b"\xff",
        worksheet().replace(EXCEL, STRICT_EXCEL),
        worksheet().replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x="),
        worksheet().replace("</worksheet>", ""),
        worksheet() + "<worksheet/>",
    ],
)
def test_sheets_written_otherwise_are_read_alike(sheet, both_roads):
    fast, plain = both_roads(workbook(sheet))
    assert fast == plain


@pytest.mark.parametrize(
    "texts",
    [
        string_table(),
        string_table("<si><r><rPr><rFont val='SutonnyMJ'/></rPr><t>Lyjbv</t></r><r><t> ক</t></r></si>"),
        string_table("<si><t>ক</t><rPh sb='0' eb='1'><t>খ</t></rPh></si>"),
        string_table("<si/><si><t/></si>"),
        string_table("<si><t>_x000D_\r\n_x005F_x000A_</t></si>"),
        string_table("<si><t>&#2453;</t></si>"),
        string_table("<si><t>&nbsp;</t></si>"),
        string_table("<si><t>&amp;lt;</t></si>"),
        string_table("<si>\n<t>ক</t></si>\n<si><t>খ</t></si>"),
        string_table("<si><t>]]></t></si>"),
        string_table("<si><t><![CDATA[<si><t>ক</t></si>]]></t></si>"),
        string_table(after="<extLst/>"),
        string_table(after="<si><t>ক</t>"),
        string_table(declaration="<!DOCTYPE sst>"),
        string_table().encode("utf-8-sig"),
        string_table().replace(EXCEL, STRICT_EXCEL),
    ],
)
def test_texts_written_otherwise_are_read_alike(texts, both_roads):
    fast, plain = both_roads(workbook(texts=texts))
    assert fast == plain


def test_a_row_written_as_in_another_workbook_is_read_with_the_texts_of_its_own():
    other = string_table("<si><t>যশোর</t></si><si><t>২</t></si>")
    for texts, first in ((string_table(), "খুলনা"), (other, "যশোর"), (string_table(), "খুলনা")):
        assert read(workbook(texts=texts)).sheets[0].rows[0].cells[0].text == first


def test_damaged_parts_are_read_alike(both_roads):
    chance = random.Random(1971)
    with zipfile.ZipFile(BytesIO(EXAMPLES[0].read_bytes())) as archive:
        written = archive.read(SHEET).decode()
    outcomes = set()
    for _ in range(MUTANTS):
        sheet, texts = (_mutated(part, chance) for part in (worksheet(), string_table()))
        for content in (workbook(sheet), workbook(texts=texts), workbook(_mutated(written, chance))):
            fast, plain = both_roads(content)
            assert fast == plain
            outcomes.add(fast if isinstance(fast, str) else "read")
    assert outcomes == {"read", "damaged"}


def _mutated(part: str, chance: random.Random) -> str:
    """Put a piece of the part somewhere else, over as much of what stood there."""
    length = chance.choice((1, 1, 2, 5, 20))
    source, goal = (chance.randrange(len(part) - length) for _ in range(2))
    return part[:goal] + part[source : source + length] + part[goal + chance.choice((0, length)) :]
