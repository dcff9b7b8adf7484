"""One digit changed inside a good file: the figure changes with it, or a finding asks; never in silence."""

import random
import re
import zipfile
from io import BytesIO

import pytest

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


@pytest.fixture(params=["txt", "csv", "xlsx", "docx", "html", "ods"])
def good(request, libreoffice):  # noqa: F811
    match request.param:
        case "txt":
            return TEXT.read_bytes()
        case "csv":
            return as_csv(TEXT.read_text(encoding="utf-8"))
        case "xlsx":
            return WORKBOOK.read_bytes()
        case "docx":
            return DOCUMENT.read_bytes()
    return convert(WORKBOOK.read_bytes(), "xlsx", request.param)


def changed(content, chance):
    """The file with one digit of what it says changed for another one, as somebody might."""
    if not content.startswith(b"PK"):
        text = content.decode()
        pattern = _IN_MARKUP if text.lstrip().startswith("<") else re.compile("[^\n]*[0-9০-৯][^\n]*")
        return _with_another_digit(text, pattern, chance).encode()
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
    grid = read(good)
    [before] = read_reports("a", "report", grid)
    assert len(before.observations) == 10
    figures, texts = figures_of(before), texts_of(grid)
    chance, changes = random.Random(11), 0
    for _ in range(MOST_TRIES):
        if changes == MOST_CHANGES:
            break
        try:
            other_grid = read(changed(good, chance))
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
