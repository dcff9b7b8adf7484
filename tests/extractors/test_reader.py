"""The reader as a whole: it chooses by content, and hostile or broken bytes end in a refusal, quickly."""

import io
import pickle
import random
import socket
import struct
import subprocess
import sys
import time
import zipfile

import docx
import pytest
from openpyxl import Workbook

from extractors import reader
from extractors.reader import read
from extractors.refusal import Danger, Reason, Refusal, UnreadableFile, UnsafeContent
from tests.conftest import REPOSITORY
from tests.extractors.packages import docx_of, docx_parts, links, xlsx_of, xlsx_parts, zipped

REPORT = "ক্রম\tএকক\n০১\tতারিখ\n"


@pytest.fixture(autouse=True)
def nothing_is_written_or_fetched(tmp_path, monkeypatch):
    def no_network(*args, **kwargs):
        raise AssertionError("a file being read must not open a connection")

    monkeypatch.setattr(socket, "socket", no_network)
    monkeypatch.chdir(tmp_path)
    started = time.perf_counter()
    yield
    assert list(tmp_path.iterdir()) == []
    assert list(tmp_path.parent.glob("evil*")) == []
    assert time.perf_counter() - started < 5


def saved_docx() -> bytes:
    document, file = docx.Document(), io.BytesIO()
    document.add_paragraph("খুলনা")
    document.add_table(rows=2, cols=2).cell(0, 0).text = "ক্রম"
    document.save(file)
    return file.getvalue()


def saved_xlsx() -> bytes:
    workbook, file = Workbook(), io.BytesIO()
    workbook.active.append(["ক্রম", "একক", 0.8])
    workbook.save(file)
    return file.getvalue()


def refusal_of(content: bytes) -> Refusal:
    with pytest.raises((UnreadableFile, UnsafeContent)) as refused:
        read(content)
    return refused.value


@pytest.mark.parametrize(
    ("content", "kind"), [(saved_docx(), "docx"), (saved_xlsx(), "xlsx"), (REPORT.encode("utf-16"), "text")]
)
def test_the_content_chooses_the_reader(content, kind):
    grid = read(content)
    assert grid.kind == kind
    assert any(cell.text == "ক্রম" for row in grid.sheets[0].rows for cell in row.cells)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "program"),
        (zipped({"report.docx": docx_of("")}), "archive"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.presentation"}), "presentation"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage\0".encode("utf-16-le"), "damaged"),
        (b"PK\x03\x04" + b"\x00" * 100, "damaged"),
        (zipped({"[Content_Types].xml": "<Types/>"}), "damaged"),
        (zipped({"[Content_Types].xml": "<Types/>", "_rels/.rels": "<Relationships>"}), "damaged"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_own_name(content, reason):
    refused = refusal_of(content)
    assert type(refused) is UnreadableFile
    assert refused.reason_code == reason


@pytest.mark.parametrize("seed", range(40))
def test_random_bytes_are_refused(seed):
    random_bytes = random.Random(seed)
    content = random_bytes.randbytes(random_bytes.randrange(16, 5000))
    assert refusal_of(content).reason_code == "not_recognised"


@pytest.mark.parametrize("whole", [saved_docx(), saved_xlsx()], ids=["docx", "xlsx"])
def test_a_package_cut_off_anywhere_is_damaged(whole):
    for end in range(4, len(whole), len(whole) // 97):
        assert refusal_of(whole[:end]).reason_code == "damaged"


@pytest.mark.parametrize("whole", [saved_docx(), saved_xlsx()], ids=["docx", "xlsx"])
def test_a_package_with_bytes_overwritten_is_read_or_refused_and_nothing_else(whole):
    dice = random.Random(7)
    refused = 0
    for _ in range(150):
        content = bytearray(whole)
        for _ in range(dice.randrange(1, 20)):
            content[dice.randrange(len(content))] = dice.randrange(256)
        try:
            read(bytes(content))
        except Refusal:
            refused += 1
    assert refused > 50


@pytest.mark.parametrize(
    "changes",
    [
        {"word/document.xml": None},
        {"word/document.xml": "<w:document"},
        {"word/document.xml": b"\xff\xfe\x00"},
        {"word/document.xml": "<?xml version='1.0' encoding='klingon'?><document/>"},
        {"word/styles.xml": None},
        {"_rels/.rels": links(("rId1", "officeDocument", "../../../etc/passwd"))},
        {"_rels/.rels": None},
    ],
)
def test_a_document_that_breaks_its_own_rules_is_damaged(changes):
    parts = docx_parts("", linked={"styles": ("styles", "<styles/>")}) | changes
    content = zipped({name: part for name, part in parts.items() if part is not None})
    assert refusal_of(content).reason_code == "damaged"


@pytest.mark.parametrize(
    "sheet",
    [
        "<sheetData><row r='1'><c r='A1' t='s'><v>9</v></c></row></sheetData>",
        "<sheetData><row r='1'><c r='A1' s='9'><v>9</v></c></row></sheetData>",
        "<sheetData><row r='x'><c r='A1'><v>9</v></c></row></sheetData>",
        "<sheetData><row r='1'><c r='A1'><v>1e999</v></c></row></sheetData>",
        "<sheetData/><mergeCells><mergeCell ref='A:B'/></mergeCells>",
        "<sheetData><row>",
    ],
)
def test_a_sheet_that_breaks_its_own_rules_is_damaged(sheet):
    assert refusal_of(zipped(xlsx_parts(sheet))).reason_code == "damaged"


def declaring(content: bytes, size: int) -> bytes:
    """The same zip, its directory saying that each part unpacks to `size` bytes."""
    changed, at = bytearray(content), -1
    while (at := content.find(b"PK\x01\x02", at + 1)) >= 0:
        struct.pack_into("<I", changed, at + 24, size)
    return bytes(changed)


def compressed_by(method: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, part in docx_parts("").items():
            archive.writestr(name, part)
    return file.getvalue()


@pytest.mark.parametrize(
    "bomb",
    [
        zipped(docx_parts("") | {"word/document.xml": b" " * 60_000_000}),
        zipped(docx_parts("") | {"word/media/image1.png": b"\0" * 20_000_000}),
        zipped(docx_parts("") | {f"word/media/{n}.png": b"" for n in range(6000)}),
        declaring(docx_of(""), 0xFFFFFFF0),
        compressed_by(zipfile.ZIP_BZIP2),
        compressed_by(zipfile.ZIP_LZMA),
        zipped({f"{n}.zip": b"\0" * 5_000_000 for n in range(11)}),
    ],
    ids=["size", "ratio", "parts", "declared", "bzip2", "lzma", "archive"],
)
def test_a_zip_bomb_is_not_unpacked(bomb):
    refused = refusal_of(bomb)
    assert (type(refused), refused.reason_code) == (UnsafeContent, "zip_bomb")


def test_a_part_larger_than_it_declares_is_damage_and_never_unpacked_whole():
    assert refusal_of(declaring(zipped(docx_parts("x" * 1_000_000)), 200)).reason_code == "damaged"


ENTITY_BOMB = (
    '<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
EXTERNAL_ENTITY = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'
EXTERNAL_DTD = '<!DOCTYPE x SYSTEM "http://192.0.2.1/x.dtd">'


@pytest.mark.parametrize(
    "declaration", [ENTITY_BOMB, EXTERNAL_ENTITY, EXTERNAL_DTD], ids=["bomb", "file", "dtd"]
)
@pytest.mark.parametrize(
    ("parts", "victim"),
    [
        (docx_parts(""), "word/document.xml"),
        (docx_parts(""), "_rels/.rels"),
        (docx_parts("", linked={"styles": ("styles", "<x/>")}), "word/styles.xml"),
        (xlsx_parts(""), "xl/workbook.xml"),
        (xlsx_parts(""), "xl/sharedStrings.xml"),
        (xlsx_parts(""), "xl/styles.xml"),
        (xlsx_parts(""), "xl/worksheets/sheet1.xml"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_every_part_that_is_read(parts, victim, declaration, encoding):
    content = zipped(parts | {victim: f"{declaration}<x>&i;</x>".encode(encoding)})
    refused = refusal_of(content)
    assert (type(refused), refused.reason_code) == (UnsafeContent, "entities")


@pytest.mark.parametrize(
    "name", ["../evil.xml", "word/../../evil.xml", "/evil.xml", "..\\evil.xml", "\\evil.xml", "C:\\evil.xml"]
)
@pytest.mark.parametrize("parts", [docx_parts(""), {}], ids=["docx", "archive"])
def test_a_name_that_climbs_out_of_its_package_is_refused(name, parts):
    assert refusal_of(zipped(parts | {name: "x"})).reason_code == "path_traversal"


@pytest.mark.parametrize(
    ("parts", "macros"),
    [
        (docx_parts(""), "word/vbaProject.bin"),
        (xlsx_parts(""), "xl/vbaProject.bin"),
        (xlsx_parts(""), "xl/VBAPROJECT.BIN"),
        (xlsx_parts(""), "xl/macrosheets/sheet1.xml"),
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, "word/vbaProject.bin"),
    ],
)
def test_macros_are_refused_in_whatever_holds_them(parts, macros):
    refused = refusal_of(zipped(parts | {macros: b"\0"}))
    assert (type(refused), refused.reason_code) == (UnsafeContent, "macros")


@pytest.mark.parametrize("kind", ["attachedTemplate", "image", "oleObject", "externalLinkPath", "frame"])
@pytest.mark.parametrize("parts", [docx_parts(""), xlsx_parts("")], ids=["docx", "xlsx"])
def test_links_that_would_be_fetched_are_refused(parts, kind):
    remote = links(("rId1", kind, "http://192.0.2.1/template.dotm"), external=True)
    refused = refusal_of(zipped(parts | {"word/_rels/settings.xml.rels": remote}))
    assert (type(refused), refused.reason_code) == (UnsafeContent, "external_link")
    assert kind in refused.detail


def test_a_hyperlink_only_waits_to_be_clicked():
    parts = docx_parts("<w:p><w:hyperlink r:id='rId1'><w:r><w:t>পোর্টাল</w:t></w:r></w:hyperlink></w:p>")
    parts["word/_rels/document.xml.rels"] = links(("rId1", "hyperlink", "https://example.org"), external=True)
    assert read(zipped(parts)).sheets[0].rows[0].cells[0].text == "পোর্টাল"


@pytest.mark.parametrize(
    "body",
    [
        "<w:sdt><w:sdtContent>" * 50_000 + "</w:sdtContent></w:sdt>" * 50_000,
        "<w:tbl><w:tr><w:tc>" * 20_000 + "</w:tc></w:tr></w:tbl>" * 20_000,
        "<w:p>" + "<w:ins>" * 100_000 + "</w:ins>" * 100_000 + "</w:p>",
    ],
    ids=["controls", "tables", "insertions"],
)
def test_a_document_nested_without_end_is_refused(body):
    refused = refusal_of(docx_of(body))
    assert (type(refused), refused.reason_code) == (UnsafeContent, "nested_too_deeply")


def test_a_file_larger_than_any_report_is_not_looked_into(monkeypatch):
    monkeypatch.setattr(reader, "LARGEST_FILE_BYTES", 10)
    assert refusal_of(b"x" * 11).reason_code == "too_large"


def test_a_refusal_survives_the_way_from_a_reading_process():
    sent = UnsafeContent(Danger.MACROS, "word/vbaProject.bin")
    received = pickle.loads(pickle.dumps(sent))
    assert (type(received), received.reason_code, received.detail) == (UnsafeContent, "macros", sent.detail)
    assert str(received) == "macros: word/vbaProject.bin"
    assert str(UnreadableFile(Reason.EMPTY)) == "empty"


# --- cells without end -------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", [32_767, 32_768, 1_000_000])
@pytest.mark.parametrize("kind", ["text", "xlsx", "docx", "html"])
def test_a_cell_longer_than_any_spreadsheet_holds_is_refused(kind, length):
    long = "৯" * length
    content = {
        "text": f"সূচক\t{long}".encode(),
        "xlsx": xlsx_of(
            f'<sheetData><row r="1"><c r="B1" t="inlineStr"><is><t>{long}</t></is></c></row></sheetData>'
        ),
        "docx": docx_of(f"<w:p><w:r><w:t>{long}</w:t></w:r></w:p>"),
        "html": f"<table><tr><td>সূচক<td>{long}</table>".encode(),
    }[kind]
    if length <= 32_767:
        assert any(cell.text == long for row in read(content).sheets[0].rows for cell in row.cells)
        return
    with pytest.raises(UnreadableFile) as refused:
        read(content)
    assert refused.value.reason_code == "too_large"
    assert f"{length:,} characters" in refused.value.detail


def test_a_report_of_words_needs_no_library_for_pdf_or_scans():
    script = (
        "import sys; from extractors.reader import read; from extractors.kind import kind_of;"
        "[read(open(path, 'rb').read()) for path in sys.argv[1:]];"
        "print([name for name in ('numpy', 'PIL', 'pdfplumber', 'pdfminer', 'lxml') if name in sys.modules])"
    )
    examples = REPOSITORY / "examples" / "inbox"
    paths = [examples / name for name in ("natore_quarter_1.txt", "natore_quarter_2.docx", "jashore_q2.xlsx")]
    done = subprocess.run([sys.executable, "-c", script, *paths], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
