"""One digit changed inside a good file: the figure changes with it, or a finding asks; never in silence.

Here are the kinds that are read at once; `test_changed_digit_in_documents.py` has those for LibreOffice.
"""

import codecs
import random
import re
import struct
import zipfile
from io import BytesIO

import pytest

from extractors.archive import members
from extractors.libreoffice import convert
from extractors.reader import read
from extractors.refusal import Refusal
from tests.extractors.conftest import libreoffice  # noqa: F401 (fixture)
from tests.extractors.packages import zipped
from tests.hostile.fuzz import EXAMPLES, as_csv
from transforms.report_file import read_reports

TEXT = EXAMPLES / "natore_quarter_1.txt"
WORKBOOK = EXAMPLES / "jashore_q2.xlsx"
DOCUMENT = EXAMPLES / "natore_quarter_2.docx"
MOST_CHANGES, MOST_TRIES = 8, 400  # of figures in each file, each by one digit

_BENGALI = re.compile("[০-৯]")
_IN_MARKUP = re.compile(r"""(?<=>)[^<]*[0-9০-৯][^<]*(?=<)|(?<=value=")[0-9.-]*[0-9][0-9.-]*(?=")""")
_DIGIT = re.compile("[0-9০-৯]")
# In an xls a Bengali digit is two bytes; a small number is a record of its row, column, style and 32 bits, of
# which the last two tell that it is a whole one.
_IN_XLS = re.compile(rb"(?P<digit>[\xe6-\xef])\x09|\x7e\x02\x0a\x00.{6}(?P<number>.{4})", re.DOTALL)


@pytest.fixture(params=["txt", "utf-16", "csv", "xlsx", "zip", "docx", "html", "ods", "xls"])
def good(request, libreoffice):  # noqa: F811
    match request.param:
        case "txt":
            return TEXT.read_bytes()
        case "utf-16":
            return TEXT.read_text(encoding="utf-8").encode("utf-16")
        case "csv":
            return as_csv(TEXT.read_text(encoding="utf-8"))
        case "xlsx":
            return WORKBOOK.read_bytes()
        case "zip":
            return zipped({WORKBOOK.name: WORKBOOK.read_bytes()})
        case "docx":
            return DOCUMENT.read_bytes()
    return convert(WORKBOOK.read_bytes(), "xlsx", request.param)


def changed(content, chance):
    """The file with one digit of what it says changed for another one, as somebody might."""
    if content.startswith(b"\xd0\xcf"):
        return _with_another_number(content, chance)
    if not content.startswith(b"PK"):
        encoding = "utf-16" if content.startswith(codecs.BOM_UTF16) else "utf-8"
        text = content.decode(encoding)
        pattern = _IN_MARKUP if text.lstrip().startswith("<") else re.compile("[^\n]*[0-9০-৯][^\n]*")
        return _with_another_digit(text, pattern, chance).encode(encoding)
    if packed := members(content):
        return zipped({name: changed(file, chance) for name, file in packed})
    with zipfile.ZipFile(BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    said = [
        n for n in parts if n.endswith(("document.xml", "sheet1.xml", "sharedStrings.xml", "content.xml"))
    ]
    name = chance.choice(said)
    parts[name] = _with_another_digit(parts[name].decode(), _IN_MARKUP, chance).encode()
    return zipped(parts)


def _with_another_digit(text, pattern, chance):
    stretch = chance.choice(list(pattern.finditer(text)))
    digit = chance.choice(list(_DIGIT.finditer(text, *stretch.span())))
    digits = "০১২৩৪৫৬৭৮৯" if _BENGALI.match(digit[0]) else "0123456789"
    return text[: digit.start()] + chance.choice(digits.replace(digit[0], "")) + text[digit.end() :]


def _with_another_number(workbook, chance):
    place = chance.choice(list(_IN_XLS.finditer(workbook)))
    changing = bytearray(workbook)
    if place["digit"]:
        others = set(range(0xE6, 0xF0)) - {*place["digit"]}
        changing[place.start()] = chance.choice(sorted(others))
        return bytes(changing)
    whole = struct.pack("<i", chance.randrange(10, 100) << 2 | 2)
    changing[slice(*place.span("number"))] = whole
    return bytes(changing)


def read_one(content):
    """The grid of a file, or of the only one in an archive."""
    return read(members(content)[0][1] if members(content) else content)


def texts_of(grid):
    return {cell.place: cell.text for sheet in grid.sheets for row in sheet.rows for cell in row.cells}


def figures_of(report):
    return {
        (seen.office_id, seen.indicator_code): (seen.cell, seen.state, seen.value, seen.value_date)
        for seen in report.observations
    }


def told(report):
    """What a report tells besides its figures."""
    findings = {(found.code, found.cell, found.raw_text, found.message_en) for found in report.findings}
    return findings, report.office_id, report.fiscal_year, report.quarter, report.plan_id, report.status


def test_a_changed_digit_changes_the_figure_or_is_told(good):
    grid = read_one(good)
    [before] = read_reports("a", "report", grid)
    assert len(before.observations) == 10
    figures, texts = figures_of(before), texts_of(grid)
    chance, changes = random.Random(11), 0
    for _ in range(MOST_TRIES):
        if changes == MOST_CHANGES:
            break
        try:
            other_grid = read_one(changed(good, chance))
        except Refusal:
            continue
        others = texts_of(other_grid)
        touched = {place for place in texts | others if texts.get(place) != others.get(place)}
        if touched.isdisjoint(cell for cell, *_ in figures.values()):
            continue
        changes += 1
        after, *more = read_reports("a", "report", other_grid)
        if more or told(after) != told(before):
            continue
        now = figures_of(after)
        for key, figure in figures.items():
            assert (now[key] != figure) is (figure[0] in touched), (key, figure, now[key], touched)
    assert changes == MOST_CHANGES
