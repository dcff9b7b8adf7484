"""Digits changed in what word processors keep and printers print: each is read as it stands now, or told.

One digit of every figure at once, since LibreOffice, which reads these kinds, takes a second each time.
"""

import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from itertools import accumulate

import pytest

from extractors.grid import Grid
from extractors.libreoffice import convert
from extractors.reader import read
from tests.extractors.conftest import libreoffice, poppler  # noqa: F401 (fixtures)
from tests.extractors.packages import zipped
from tests.hostile.fuzz import EXAMPLES
from transforms.report_file import read_reports

DOCUMENT = (EXAMPLES / "natore_quarter_2.docx").read_bytes()
ZERO = ord("০")


@dataclass(frozen=True)
class Written:
    """How a kind of file writes a Bengali digit, and the part of its package that holds what it says."""

    digit: re.Pattern[bytes]
    spelt: Callable[[str], bytes]
    part: str | None = None


WRITTEN = {
    "docx": Written(re.compile(b"\xe0\xa7[\xa6-\xaf]"), str.encode, "word/document.xml"),
    "odt": Written(re.compile(b"\xe0\xa7[\xa6-\xaf]"), str.encode, "content.xml"),
    "doc": Written(re.compile(b"[\xe6-\xef]\x09"), lambda digit: digit.encode("utf-16-le")),
    "rtf": Written(re.compile(rb"(?<=\\u)25(?:3[4-9]|4[0-3])(?!\d)"), lambda digit: str(ord(digit)).encode()),
}


def digits_of(text: str) -> list[str]:
    return re.findall("[০-৯]", text)


def with_other_digits(content: bytes, kind: str, others: dict[int, str]) -> bytes:
    """The file with some of its grid's digits changed, which are told by their number in reading order."""
    written = WRITTEN[kind]
    if written.part is None:
        return _respelt(content, written, others, digits_of(texts(read(content))))
    with zipfile.ZipFile(BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[written.part] = _respelt(parts[written.part], written, others, digits_of(texts(read(content))))
    return zipped(parts)


def _respelt(said: bytes, written: Written, others: dict[int, str], seen: list[str]) -> bytes:
    spelt = {written.spelt(chr(ZERO + value)): chr(ZERO + value) for value in range(10)}
    places = list(written.digit.finditer(said))
    everything = "".join(spelt[place.group()] for place in places)
    first = everything.index("".join(seen))  # a document's head and its properties may hold digits too
    changing = bytearray(said)
    for number, digit in others.items():
        place = places[first + number]
        changing[place.start() : place.end()] = written.spelt(digit)
    return bytes(changing)


def texts(grid: Grid) -> str:
    return "\n".join(cell.text for sheet in grid.sheets for row in sheet.rows for cell in row.cells)


def places_of_digits(grid: Grid) -> dict[str, range]:
    """The numbers of the digits of each cell, in reading order."""
    cells = [cell for sheet in grid.sheets for row in sheet.rows for cell in row.cells]
    ends = list(accumulate(len(digits_of(cell.text)) for cell in cells))
    return {cell.place: range(first, end) for cell, first, end in zip(cells, [0, *ends], ends, strict=False)}


def another(digit: str, chance: random.Random) -> str:
    return chance.choice([chr(ZERO + value) for value in range(10) if chr(ZERO + value) != digit])


@pytest.mark.parametrize("kind", ["docx", "odt", "doc", "rtf", "pdf"])
def test_every_figure_with_another_digit_is_another_figure_or_told(kind, libreoffice, poppler):  # noqa: F811
    chance = random.Random(10)
    kept = "docx" if kind == "pdf" else kind  # a printed page is printed anew
    content = DOCUMENT if kept == "docx" else convert(DOCUMENT, "docx", kept)
    grid = read(content)
    [before] = read_reports("a", "report", grid)
    everything, places = digits_of(texts(grid)), places_of_digits(grid)
    touched = [place for seen in before.observations if (place := places[seen.cell])]
    assert len(touched) == 9  # of ten; the tenth is a dash

    numbers = [chance.choice(place) for place in touched]
    changed = with_other_digits(
        content, kept, {number: another(everything[number], chance) for number in numbers}
    )
    [after] = read_reports("a", "report", read(convert(changed, kept, kind) if kind == "pdf" else changed))

    asked = {found.cell for found in after.findings}
    for was, now in zip(before.observations, after.observations, strict=True):
        assert now.indicator_code == was.indicator_code
        is_another = (now.state, now.value, now.value_date) != (was.state, was.value, was.value_date)
        if places[was.cell]:
            assert is_another or now.cell in asked, (was, now)
        else:
            assert not is_another, (was, now)
