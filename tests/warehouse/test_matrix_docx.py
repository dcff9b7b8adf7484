import re
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Emu

from extractors.reader import MOST_CHARACTERS, read
from transforms.plan import all_plans
from warehouse.matrix import DivisionalMatrix, MatrixCell, MatrixRow, columns_of
from warehouse.matrix_docx import NOT_REPORTED_FILL, write_matrix_docx
from warehouse.matrix_layout import body_rows, heading_cells, signature_lines, title_of, width_of

HOSTILE = [
    "<w:p>",
    "]]>",
    "&amp;",
    '{ HYPERLINK "http://example.org" }',
    "a\x00b\x07c",
    "\ufffe",
    "ক" * MOST_CHARACTERS,
]


@pytest.fixture
def matrix():
    plan = next(plan for plan in all_plans() if plan.plan_id == "egov-2024-25")
    columns = columns_of(plan)
    cells = tuple(MatrixCell("৪", str(number), "চলমান\nআছে") for number in range(len(columns)))
    blank = (MatrixCell("", "", ""),) * len(columns)
    return DivisionalMatrix(
        division_name_bn="খুলনা",
        fiscal_year="2024-25",
        quarter=2,
        plan_name_bn="ই-গভর্ন্যান্স ও উদ্ভাবন",
        marks=50,
        weighted_marks=10,
        columns=columns,
        rows=(
            MatrixRow(1, "khulna", "খুলনা", True, cells, weighted_score=6.5, weighted_out_of=10),
            MatrixRow(2, "magura", "মাগুরা", False, blank, weighted_score=None, weighted_out_of=0),
        ),
    )


def written(matrix, folder):
    write_matrix_docx(matrix, folder / "matrix.docx")
    return Document(folder / "matrix.docx")


def rows_of(document):
    return document.tables[0]._tbl.tr_lst


def test_every_text_stands_once_where_the_layout_has_it(matrix, tmp_path):
    written(matrix, tmp_path)
    (sheet,) = read((tmp_path / "matrix.docx").read_bytes()).sheets
    table = [row for row in sheet.rows if " r" in row.cells[0].place]
    heading = [
        (number, cell.column, cell.text, cell.row_span, cell.column_span)
        for number, row in enumerate(table[:3], 1)
        for cell in row.cells
    ]
    expected = [
        (cell.row, cell.column, cell.text, cell.row_span, cell.column_span) for cell in heading_cells(matrix)
    ]
    assert sorted(heading) == sorted(expected)
    assert [tuple(cell.text for cell in row.cells) for row in table[3:]] == list(body_rows(matrix))


def test_title_stands_above_and_the_places_to_sign_below(matrix, tmp_path):
    lines = [paragraph.text for paragraph in written(matrix, tmp_path).paragraphs if paragraph.text]
    assert lines[0] == title_of(matrix)
    assert lines[1].startswith("তারিখ")
    assert lines[2:] == list(signature_lines(matrix))
    assert any(line.startswith("পদবি") for line in lines)


def test_page_is_legal_landscape_and_the_columns_fill_it(matrix, tmp_path):
    document = written(matrix, tmp_path)
    section = document.sections[0]
    assert (section.page_width.inches, section.page_height.inches) == (14, 8.5)
    assert section.orientation == 1
    widths = [int(column.get(qn("w:w"))) for column in document.tables[0]._tbl.tblGrid]
    assert len(widths) == width_of(matrix)
    between_margins = section.page_width - section.left_margin - section.right_margin
    assert sum(widths) / 20 == pytest.approx(Emu(between_margins).pt, abs=2)


def test_heading_rows_are_repeated_and_no_row_breaks_over_pages(matrix, tmp_path):
    rows = rows_of(written(matrix, tmp_path))
    assert [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows] == [True] * 3 + [False] * 2
    assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)


def test_last_library_stays_on_one_page_with_the_places_to_sign(matrix, tmp_path):
    document = written(matrix, tmp_path)
    *others, last = rows_of(document)
    paragraphs = last.findall(f".//{qn('w:p')}")
    assert all(paragraph.find(f".//{qn('w:keepNext')}") is not None for paragraph in paragraphs)
    assert not any(row.findall(f".//{qn('w:keepNext')}") for row in others)
    signing = [line for line in document.paragraphs if line.text][1:]
    assert [bool(line.paragraph_format.keep_with_next) for line in signing] == [True] * 4 + [False]


def test_bengali_font_size_and_language_hold_for_latin_and_complex_script_alike(matrix, tmp_path):
    style = written(matrix, tmp_path).styles["Normal"].element.rPr
    fonts = style.find(qn("w:rFonts"))
    assert {fonts.get(qn(f"w:{slot}")) for slot in ("ascii", "hAnsi", "cs")} == {"Noto Sans Bengali"}
    assert style.find(qn("w:sz")).get(qn("w:val")) == style.find(qn("w:szCs")).get(qn("w:val"))
    assert style.find(qn("w:lang")).get(qn("w:bidi")) == "bn-BD"


def test_library_that_did_not_report_is_marked(matrix, tmp_path):
    reported, missing = rows_of(written(matrix, tmp_path))[3:]
    assert "প্রতিবেদন পাওয়া যায়নি" in "".join(missing.itertext())
    assert len(missing.findall(f".//{qn('w:shd')}")) == width_of(matrix)
    assert NOT_REPORTED_FILL not in re.findall(r"[0-9A-F]{6}", reported.xml)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(matrix, tmp_path, text):
    first = replace(matrix.rows[0], cells=(MatrixCell("", "", text), *matrix.rows[0].cells[1:]))
    written(replace(matrix, rows=(first,)), tmp_path)
    (sheet,) = read((tmp_path / "matrix.docx").read_bytes()).sheets
    texts = [cell.text for row in sheet.rows for cell in row.cells]
    assert re.sub(r"[\x00\x07\ufffe]", " ", text) in texts
    with zipfile.ZipFile(tmp_path / "matrix.docx") as package:
        assert b"HYPERLINK" not in re.sub(rb"<w:t[ >].*?</w:t>", b"", package.read("word/document.xml"))
