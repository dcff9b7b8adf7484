"""Both real reports in every other kind of office file, written by LibreOffice and read back cell by cell."""

from functools import cache

import pytest

from extractors.libreoffice import convert
from extractors.reader import read
from tests.extractors.test_seeds import SEEDS, expected_areas, lines_of, parted, placed
from tests.seed_files import stored_value, write_docx, write_xlsx

pytestmark = pytest.mark.usefixtures("libreoffice")

HEADER_ROWS = 3  # in both forms


@pytest.fixture(params=SEEDS)
def seed(request, shared):
    return (shared / "seeds" / request.param).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    """Converts a seed, once for all tests: as Word or Excel file first, and from there to the kind named."""

    @cache
    def converter(seed_text, source, kind):
        path = tmp_path_factory.mktemp("seed") / f"seed.{source.partition(' ')[0]}"
        if source == "docx":
            write_docx(seed_text, path)
        else:
            write_xlsx(seed_text, path, typed=source == "xlsx typed")
        return convert(path.read_bytes(), path.suffix[1:], kind)

    return converter


def one_line(text):
    """The blanks of a text as a browser shows them."""
    return " ".join(text.split())


@pytest.mark.parametrize("kind", ["doc", "odt", "rtf"])
def test_the_table_of_a_seed_is_whole_in_every_kind_of_word_file(seed, kind, converted):
    grid = read(converted(seed, "docx", kind))
    headings, table = parted(grid)
    assert grid.kind == kind
    assert headings == lines_of(seed)
    assert placed(table, table[0].number) == expected_areas(seed)
    assert table[0].cells[0].place == "table 1 r1 c1"


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_the_table_of_a_seed_is_whole_in_every_kind_of_spreadsheet(seed, kind, converted):
    grid = read(converted(seed, "xlsx", kind))
    headings, table = parted(grid)
    assert grid.kind == kind
    assert headings == lines_of(seed)
    assert placed(table, table[0].number) == expected_areas(seed)
    assert table[0].cells[0].place == f"Sheet1!A{table[0].number}"


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_numbers_percentages_and_dates_come_back_from_every_kind_of_spreadsheet(seed, kind, converted):
    _, table = parted(read(converted(seed, "xlsx typed", kind)))
    expected = [
        (row, column, stored_value(text).text if row > HEADER_ROWS else text, height, width)
        for row, column, text, height, width in expected_areas(seed)
    ]
    assert placed(table, table[0].number) == expected


@pytest.mark.parametrize("source", ["docx", "xlsx"])
def test_the_table_of_a_seed_is_whole_as_a_web_page(seed, source, converted):
    grid = read(converted(seed, source, "html"))
    headings, table = parted(grid)
    assert grid.kind == "html"
    assert headings == [one_line(line) for line in lines_of(seed)]
    assert [(r, c, one_line(text), h, w) for r, c, text, h, w in placed(table, table[0].number)] == [
        (r, c, one_line(text), h, w) for r, c, text, h, w in expected_areas(seed)
    ]
    assert table[0].cells[0].place.startswith("table 1 r")
