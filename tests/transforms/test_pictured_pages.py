"""PDF files with a page that is a picture: read where nothing can be missing, else left to a person."""

import io

import pytest
from docx import Document
from pypdfium2 import PdfDocument

from extractors.libreoffice import convert
from extractors.reader import read
from extractors.refusal import NeedsReview
from tests.extractors.conftest import libreoffice, poppler  # noqa: F401 (fixtures)
from tests.extractors.papers import A3, on_landscape, printed, scanned
from transforms.pictured_pages import with_pictures
from transforms.report import Report
from transforms.report_file import read_file

KHULNA = "khulna_office_report_2024-25_q2.txt"
A_ROW = 8  # of the table, counted from 0

pytestmark = pytest.mark.usefixtures("libreoffice", "poppler")


def joined(*files):
    whole = PdfDocument.new()
    for file in files:
        whole.import_pages(PdfDocument(file))
    content = io.BytesIO()
    whole.save(content)
    return content.getvalue()


def without_row(number):
    def change(document, table):
        table._tbl.remove(table.rows[number]._tr)

    return change


@pytest.fixture(scope="module")
def letter(tmp_path_factory):
    """A forwarding letter that somebody has scanned."""
    document = Document()
    for line in ("বিষয়: প্রতিবেদন প্রেরণ প্রসঙ্গে।", "মহোদয়,", "সংযুক্ত প্রতিবেদন পাঠানো হলো।", "আপনার বিশ্বস্ত"):
        document.add_paragraph(line)
    path = tmp_path_factory.mktemp("letter") / "letter.docx"
    document.save(str(path))
    return scanned(convert(path.read_bytes(), "docx", "pdf"), 1)


@pytest.fixture(scope="module")
def report(shared, tmp_path_factory):
    text = (shared / "seeds" / KHULNA).read_text(encoding="utf-8")
    return printed(text, tmp_path_factory.mktemp("paper"), on_landscape(A3))


def test_a_whole_report_is_read_although_a_scanned_letter_stands_before_it(letter, report):
    [alone] = read_file("a", "প্রতিবেদন.pdf", report)
    [together] = read_file("a", "প্রতিবেদন.pdf", joined(letter, report))
    assert together.status == "accepted_with_findings"
    figures = [(seen.indicator_code, seen.value, seen.value_date) for seen in alone.observations]
    assert len(figures) == 10
    assert [(seen.indicator_code, seen.value, seen.value_date) for seen in together.observations] == figures
    [found] = [found for found in together.findings if found.code == "unread_picture"]
    assert "১ নম্বর পৃষ্ঠা" in found.message_bn
    assert "Page 1 of" in found.message_en


def test_the_grid_names_its_pictured_pages(letter, report):
    assert read(joined(letter, report, letter)).pictured_pages == (1, 4)
    assert read(report).pictured_pages == ()


def test_a_picture_that_shows_a_table_leaves_the_whole_file_to_a_person(report):
    with pytest.raises(NeedsReview):
        read(joined(report, scanned(report, 1)))


def test_a_report_that_is_not_whole_is_left_to_a_person_with_its_picture(letter, shared, tmp_path):
    text = (shared / "seeds" / KHULNA).read_text(encoding="utf-8")
    partial = printed(text, tmp_path, on_landscape(A3), without_row(A_ROW))
    [alone] = read_file("a", "প্রতিবেদন.pdf", partial)
    assert "missing_indicator" in {found.code for found in alone.findings}
    [together] = read_file("a", "প্রতিবেদন.pdf", joined(partial, letter))
    assert together.rejection_code == "needs_review"
    assert together.observations == ()


def test_a_matrix_with_a_picture_is_left_to_a_person():
    [together] = with_pictures([Report("a", form="divisional_matrix")], [2], "ছক.pdf")
    assert together.rejection_code == "needs_review"


def test_many_pictures_are_not_looked_at(letter, report):
    with pytest.raises(NeedsReview):
        read(joined(report, letter, letter, letter, letter))
