import io
import zipfile

import pytest

from extractors.kind import Kind, kind_of
from extractors.refusal import UnreadableFile
from tests.extractors.packages import docx_of, docx_parts, links, xlsx_of, xlsx_parts, zipped

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def compound_with(*streams: str) -> bytes:
    return (
        COMPOUND
        + bytes(504)
        + b"".join((name + "\0").encode("utf-16-le").ljust(128, b"\0") for name in streams)
    )


def main_part_at(name: str) -> bytes:
    main_link = links(("rId1", "officeDocument", name))
    return zipped({"[Content_Types].xml": "<Types/>", "_rels/.rels": main_link, name: ""})


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (docx_of(""), Kind.DOCX),
        (xlsx_of(""), Kind.XLSX),
        (main_part_at("xl/workbook.bin"), Kind.XLSB),
        (main_part_at("ppt/presentation.xml"), Kind.PRESENTATION),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), Kind.ODT),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), Kind.ODS),
        (zipped({"mimetype": "application/epub+zip"}), Kind.ARCHIVE),
        (zipped({"খুলনা.docx": docx_of("")}), Kind.ARCHIVE),
        (zipped({}), Kind.ARCHIVE),
        (compound_with("WordDocument", "Workbook"), Kind.DOC),
        (compound_with("Workbook"), Kind.XLS),
        (compound_with("Book"), Kind.XLS),
        (compound_with("PowerPoint Document"), Kind.PRESENTATION),
        (b"%PDF-1.7\n%\xe2\xe3", Kind.PDF),
        (b"\r\n  %PDF-1.4 \xff", Kind.PDF),
        (rb"{\rtf1\ansi", Kind.RTF),
        (b"\x89PNG\r\n\x1a\n\x00", Kind.IMAGE),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", Kind.IMAGE),
        (b"II*\x00\x08\x00", Kind.IMAGE),
        (b"BM\x36\x00\x0c\x00", Kind.IMAGE),
        (b"MZ\x90\x00\x03", Kind.PROGRAM),
        (b"MZ\x00\x01", Kind.PROGRAM),
        (b"\x7fELF\x02\x01", Kind.PROGRAM),
        (b"Rar!\x1a\x07\x01\x00", Kind.ARCHIVE),
        (b"\x1f\x8b\x08\x00", Kind.ARCHIVE),
        (b"<html><table>", Kind.HTML),
        ("\ufeff\n <!DOCTYPE html>".encode("utf-16-le"), Kind.HTML),
        (b"MIME-Version: 1.0", Kind.HTML),
        (b"From: <Saved by Blink>\r\n", Kind.HTML),
        (b"<table border=1>", Kind.HTML),
        (b"<TABLE>", Kind.HTML),
        (b"<style>\ntd {}", Kind.HTML),
        (b"<!-- saved from url -->\n<HTML>", Kind.HTML),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html><html>', Kind.HTML),
        ("<html><td>MYMÖš’vMvi".encode("cp1252"), Kind.HTML),
        (b"<tableau>", Kind.TEXT),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', Kind.XML),
        ("ক্রম\tএকক".encode(), Kind.TEXT),
        (b"MZ is how this sentence begins", Kind.TEXT),
        (b"BMI\t22", Kind.TEXT),
    ],
)
def test_the_bytes_say_what_a_file_is(content, kind):
    assert kind_of(content) is kind


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\n \r\n\t", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\xff\xfe", "empty"),
        (b"\x00\x01\x02\x03", "not_recognised"),
        (COMPOUND, "damaged"),
        (COMPOUND + bytes(40) + b"\x40\0\0\0" + bytes(3000), "damaged"),
        (compound_with("__substg1.0_0037001F"), "not_recognised"),
        (compound_with("EncryptionInfo", "EncryptedPackage"), "password_protected"),
    ],
)
def test_what_has_no_kind_is_refused_with_the_reason(content, reason):
    with pytest.raises(UnreadableFile) as refused:
        kind_of(content)
    assert refused.value.reason_code == reason


def test_a_zip_whose_parts_are_encrypted_asks_for_a_password():
    content = bytearray(docx_of(""))
    for signature, flags_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + flags_at] |= 1
    assert zipfile.ZipFile(io.BytesIO(content)).infolist()[0].flag_bits & 1
    with pytest.raises(UnreadableFile) as refused:
        kind_of(bytes(content))
    assert refused.value.reason_code == "password_protected"


def test_the_main_part_is_found_by_its_relationship_and_not_by_its_name():
    parts = docx_parts("")
    parts["word/document2.xml"] = parts.pop("word/document.xml")
    parts["_rels/.rels"] = links(("rId9", "officeDocument", "/word/document2.xml"))
    assert kind_of(zipped(parts)) is Kind.DOCX
    assert kind_of(zipped(xlsx_parts("") | {"word/leftover.xml": "<x/>"})) is Kind.XLSX
