import re
import shutil
import subprocess
from dataclasses import replace

import pytest
import typst

from transforms.plan import all_plans
from warehouse.matrix import DivisionalMatrix, MatrixCell, MatrixRow, columns_of
from warehouse.matrix_layout import body_rows
from warehouse.matrix_pdf import NoBengaliFont, write_matrix_pdf

HOSTILE = [
    "#panic()",
    "$x^2$",
    "*bold*",
    '#read("/etc/passwd")',
    "<label> @ref",
    "\\ `raw`",
    "= heading",
    "//x",
]
BLANKS = re.compile(r"\s+")

pytestmark = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")


@pytest.fixture
def matrix():
    plan = next(plan for plan in all_plans() if plan.plan_id == "egov-2024-25")
    columns = columns_of(plan)
    cells = tuple(MatrixCell("৪", "৬১.৫৪%", "বাস্তবায়িত হয়েছে।") for _ in columns)
    rows = (MatrixRow(1, "khulna", "খুলনা", True, cells, weighted_score=6.5, weighted_out_of=10),)
    return DivisionalMatrix("খুলনা", "2024-25", 2, "ই-গভর্ন্যান্স ও উদ্ভাবন", 50, 10, columns, rows)


def with_rows(matrix, count):
    return replace(matrix, rows=tuple(replace(matrix.rows[0], serial=n) for n in range(1, count + 1)))


def pages_of(matrix, folder):
    """The text of each page without blanks, which no two readers of a PDF put in the same places."""
    write_matrix_pdf(matrix, folder / "matrix.pdf")
    told = subprocess.run(
        ["pdftotext", "-raw", folder / "matrix.pdf", "-"], capture_output=True, check=True, text=True
    )
    return [BLANKS.sub("", page) for page in told.stdout.split("\f")[:-1]]


def test_texts_of_the_matrix_stand_in_the_pdf_as_bengali_text(matrix, tmp_path):
    (page,) = pages_of(matrix, tmp_path)
    for text in ("ই-গভর্ন্যান্স ও উদ্ভাবন", "২০২৪-২০২৫ অর্থবছরের", "লক্ষ্যমাত্রা", "৬১.৫৪%", "৬.৫০", "পদবি", "তারিখ:"):
        assert BLANKS.sub("", text) in page
    assert page.count(BLANKS.sub("", "বাস্তবায়িত হয়েছে।")) == len(matrix.columns)
    assert len(next(body_rows(matrix))) == 3 * len(matrix.columns) + 3


def test_heading_stands_on_every_page_and_the_title_on_the_first(matrix, tmp_path):
    pages = pages_of(with_rows(matrix, 40), tmp_path)
    assert len(pages) > 1
    assert [page.count("গ্রন্থাগারেরনাম") for page in pages] == [1] * len(pages)
    assert ["অর্থবছরের" in page for page in pages] == [True] + [False] * (len(pages) - 1)


@pytest.mark.parametrize("libraries", range(10, 24))
def test_nobody_signs_a_page_without_figures(matrix, tmp_path, libraries):
    *before, last = pages_of(with_rows(matrix, libraries), tmp_path)
    assert "পদবি" in last
    assert "৬১.৫৪%" in last
    assert not any("পদবি" in page for page in before)


def test_matrix_without_a_library_is_still_a_page(matrix, tmp_path):
    (page,) = pages_of(replace(matrix, rows=()), tmp_path)
    assert "পদবি" in page


def test_page_is_legal_landscape(matrix, tmp_path):
    write_matrix_pdf(matrix, tmp_path / "matrix.pdf")
    told = subprocess.run(["pdfinfo", tmp_path / "matrix.pdf"], capture_output=True, check=True, text=True)
    assert re.search(r"Page size: +1008 x 612 pts", told.stdout)


def test_library_that_did_not_report_is_marked(matrix, tmp_path):
    missing = replace(matrix.rows[0], reported=False, cells=(MatrixCell("", "", ""),) * len(matrix.columns))
    (page,) = pages_of(replace(matrix, rows=(missing,)), tmp_path)
    assert BLANKS.sub("", "প্রতিবেদন পাওয়া যায়নি") in page


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_a_text_stays_text(matrix, tmp_path, text):
    first = replace(matrix.rows[0], cells=(MatrixCell("", "", text), *matrix.rows[0].cells[1:]))
    (page,) = pages_of(replace(matrix, rows=(first,)), tmp_path)
    assert BLANKS.sub("", text) in page


def test_nothing_of_a_cell_longer_than_a_page_is_lost(matrix, tmp_path):
    last_word = "সমাপ্ত"
    cell = MatrixCell("", "", "দীর্ঘ মন্তব্য " * 900 + last_word)
    first = replace(matrix.rows[0], cells=(cell, *matrix.rows[0].cells[1:]))
    pages = pages_of(replace(matrix, rows=(first,)), tmp_path)
    assert len(pages) > 1
    assert any(last_word in page for page in pages)


def test_same_matrix_gives_the_same_bytes(matrix, tmp_path):
    write_matrix_pdf(matrix, tmp_path / "one.pdf")
    write_matrix_pdf(matrix, tmp_path / "two.pdf")
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_machine_without_a_bengali_font_is_told_what_to_install(matrix, tmp_path):
    with pytest.raises(NoBengaliFont, match="fonts-noto-core"):
        write_matrix_pdf(matrix, tmp_path / "matrix.pdf", fonts=typst.Fonts(include_system_fonts=False))
    assert not (tmp_path / "matrix.pdf").exists()
