"""Word files of other kinds than docx: what is refused unopened, and what comes through whole."""

import io

import docx
import pytest

from extractors import word_field
from extractors.libreoffice import convert
from extractors.reader import read
from extractors.refusal import UnreadableFile, UnsafeContent
from tests.extractors.compound import ENCRYPTED, compound_file, word_file

FETCHING = ["INCLUDEPICTURE", "includetext", "LINK", "DDEAUTO", "DDE", "IMPORT", "DATABASE"]


@pytest.mark.parametrize("folder", ["Macros", "_VBA_PROJECT_CUR", "MACROS"])
def test_macros_are_refused(folder):
    with pytest.raises(UnsafeContent) as refused:
        read(word_file(storages=(folder,)))
    assert refused.value.reason_code == "macros"


@pytest.mark.parametrize("flags", [ENCRYPTED, 0x8000, ENCRYPTED | 0x8000 | 0x1200])
def test_a_locked_document_asks_for_an_open_copy(flags):
    with pytest.raises(UnreadableFile) as refused:
        read(word_file(flags=flags))
    assert refused.value.reason_code == "password_protected"


@pytest.mark.parametrize("command", FETCHING)
@pytest.mark.parametrize("encoding", ["ascii", "utf-16-le"])
def test_a_field_that_fetches_is_refused_in_a_document(command, encoding):
    field = f'খুলনা\x13 {command} "x"' if encoding == "utf-16-le" else f'\x13 {command} "x"'
    with pytest.raises(UnsafeContent) as refused:
        read(word_file(field.encode(encoding)))
    assert (refused.value.reason_code, refused.value.detail) == ("external_link", f"field {command}")


@pytest.mark.parametrize("command", FETCHING)
@pytest.mark.parametrize("around", [" {}", r"{{\rtlch\f1 {}}}", "\r\n{{\\b\\i0 {}}}", "{{}}{{{{ {}}}}}"])
def test_a_field_that_fetches_is_refused_in_rich_text(command, around):
    instruction = r"{\*\fldinst" + around.format(f'{command} "x"') + "}"
    with pytest.raises(UnsafeContent) as refused:
        read((r"{\rtf1 {\field" + instruction + r"{\fldrslt y}}}").encode())
    assert (refused.value.reason_code, refused.value.detail) == ("external_link", f"field {command}")


@pytest.mark.parametrize("instruction", ["PAGE", "LINKED", "HYPERLINK", "TOC", "DATE", "SEQ LINK"])
def test_other_fields_are_harmless(instruction):
    word_field.refuse_fetching_fields(f"\x13 {instruction} \x14 1 \x15 DDE LINK".encode())
    word_field.refuse_fetching_rich_text_fields(rf"{{\*\fldinst {{\f1 {instruction}}}}} LINK".encode())


@pytest.mark.parametrize(
    "content",
    [
        word_file(b"text")[:-1000],
        compound_file({"WordDocument": b""})[:512],
        rb"{\rtf1 {\b cut off",
        rb"{\rtf1 closed} too early} the rest",
        rb"{\rtf1 an escaped \} closes nothing",
    ],
)
def test_what_is_not_whole_is_damaged(content):
    with pytest.raises(UnreadableFile) as refused:
        read(content)
    assert refused.value.reason_code == "damaged"


@pytest.fixture(scope="module")
def letter(libreoffice):
    """A document with everything that must come through: fonts, lines, a table with merges, margins."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "মাথা"
    document.sections[0].footer.paragraphs[0].text = "পাদ"
    bijoy = document.add_paragraph()
    bijoy.add_run("wefvMxq MYMÖš’vMvi").font.name = "SutonnyMJ"
    bijoy.add_run(" খুলনা")
    table = document.add_table(rows=3, cols=3, style="Table Grid")
    table.cell(0, 0).merge(table.cell(1, 1)).text = "লক্ষ্যমাত্রা"
    table.cell(2, 2).text = "দুই\nলাইন"
    table.cell(0, 2).paragraphs[0].add_run("Lyjbv").font.name = "SutonnyMJ"
    document.add_paragraph("স্বাক্ষর")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["doc", "odt", "rtf"])
def test_fonts_lines_merges_and_margins_come_through(letter, kind):
    grid = read(convert(letter, "docx", kind))
    cells = [cell for row in grid.sheets[0].rows for cell in row.cells if not cell.is_blank]
    assert grid.kind == kind
    assert [(cell.place, cell.text, cell.row_span, cell.column_span) for cell in cells] == [
        ("header paragraph 1", "মাথা", 1, 1),
        ("paragraph 1", "wefvMxq MYMÖš’vMvi খুলনা", 1, 1),
        ("table 1 r1 c1", "লক্ষ্যমাত্রা", 2, 2),
        ("table 1 r1 c3", "Lyjbv", 1, 1),
        ("table 1 r3 c3", "দুই\nলাইন", 1, 1),
        ("paragraph 2", "স্বাক্ষর", 1, 1),
        ("footer paragraph 1", "পাদ", 1, 1),
    ]
    fonts = {run.text.strip(): run.font for cell in cells for run in cell.runs}
    assert fonts["wefvMxq MYMÖš’vMvi"] == fonts["Lyjbv"] == "SutonnyMJ"


@pytest.mark.usefixtures("libreoffice")
def test_rich_text_of_an_old_word_keeps_bijoy_in_its_code_page():
    table = r"\trowd\cellx1000\cellx2000\intbl wefvMxq\cell\f1 MYM\'d6\'9a\'92vMvi\cell\row"
    fonts = r"{\fonttbl{\f0\fcharset0 Times New Roman;}{\f1\fcharset0 SutonnyMJ;}}"
    (sheet,) = read(rf"{{\rtf1\ansi\ansicpg1252{fonts}{table}}}".encode("ascii")).sheets
    first, second = sheet.rows[0].cells
    assert (first.place, first.text) == ("table 1 r1 c1", "wefvMxq")
    assert [(run.text, run.font) for run in second.runs] == [("MYMÖš’vMvi", "SutonnyMJ")]
