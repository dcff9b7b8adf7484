"""Locked files, locked by LibreOffice (`locked/make_locked.py`) and by msoffcrypto, and their passwords."""

import io
import random
import zipfile
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from extractors.reader import read
from extractors.refusal import Refusal, UnreadableFile
from tests.extractors.packages import zipped
from tests.seed_files import write_docx, write_xlsx
from transforms.refused_file import refused_file

LOCKED = Path(__file__).parent / "locked"
PASSWORD, LATIN_PASSWORD = "চাবি-2024", "chabi-2024"
TABLE = [
    ["ক্রম", "সূচক", "অর্জন"],
    ["১", "[১.১.১] কর্মপরিকল্পনা", "৬১.৫৪%"],
    ["২", "[১.২.১] সভা", "৪টি"],
]
KINDS = ["doc", "docx", "ods", "odt", "pdf", "xls", "xlsx"]

pytestmark = pytest.mark.usefixtures("libreoffice", "poppler")


def locked(kind, folder, password=PASSWORD):
    if kind not in ("docx", "xlsx"):
        return (LOCKED / f"locked.{kind}").read_bytes()
    write = write_docx if kind == "docx" else write_xlsx
    write("\n".join("\t".join(row) for row in TABLE), folder / f"open.{kind}")
    return encrypted((folder / f"open.{kind}").read_bytes(), password)


def encrypted(package, password):
    """A docx or xlsx locked as Office locks them."""
    file = io.BytesIO()
    OOXMLFile(io.BytesIO(package)).encrypt(password, file)
    return file.getvalue()


def refusal_of(content, passwords=()):
    with pytest.raises(Refusal) as refused:
        read(content, passwords)
    return refused.value


@pytest.mark.parametrize("kind", KINDS)
def test_a_locked_file_opens_with_one_of_the_passwords(kind, tmp_path):
    grid = read(locked(kind, tmp_path), ["other", PASSWORD, LATIN_PASSWORD])
    assert grid.kind == kind
    assert [[cell.text for cell in row.cells] for row in grid.sheets[0].rows] == TABLE


@pytest.mark.parametrize("passwords", [(), ("wrong", "CHABI-2024", "চাবি")])
@pytest.mark.parametrize("kind", KINDS)
def test_without_its_password_a_locked_file_asks_for_an_open_copy(kind, passwords, tmp_path):
    refused = refusal_of(locked(kind, tmp_path), passwords)
    assert (type(refused), refused.reason_code, refused.detail) == (UnreadableFile, "password_protected", "")
    told = refused_file("গোপন প্রতিবেদন.xlsx", refused)
    assert "পাসওয়ার্ড" in told.message_bn
    assert "খোলা" in told.message_bn
    assert "open Word, Excel or PDF" in told.message_en
    assert not any(word in f"{told}" for word in passwords if word != "চাবি")


def test_a_workbook_protected_with_the_word_that_excel_itself_uses_opens(tmp_path):
    assert read(locked("xlsx", tmp_path, "VelvetSweatshop")).kind == "xlsx"


def test_what_is_in_a_locked_file_is_refused_like_any_other(tmp_path):
    write_docx("সভা", tmp_path / "macros.docm")
    with zipfile.ZipFile(tmp_path / "macros.docm", "a") as package:
        package.writestr("word/vbaProject.bin", b"macros")
    content = encrypted((tmp_path / "macros.docm").read_bytes(), PASSWORD)
    assert refusal_of(content).reason_code == "password_protected"
    assert refusal_of(content, [PASSWORD]).reason_code == "macros"


def test_a_lock_described_with_entities_is_not_expanded(tmp_path):
    content = locked("docx", tmp_path)
    begin = content.index(b"<encryption ")
    declared = b'<!DOCTYPE a [<!ENTITY b "c">]>'
    changed = content[:begin] + declared + content[begin + len(declared) :]
    assert refusal_of(changed, [PASSWORD]).reason_code == "entities"


def test_a_part_of_a_locked_document_that_unpacks_without_end_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr("extractors.open_document_lock.LARGEST_PACKAGE_BYTES", 2_000)
    assert refusal_of(locked("ods", tmp_path), [PASSWORD]).reason_code == "zip_bomb"


@pytest.mark.parametrize(
    ("old", "new"), [(b"aes256-cbc", b"blowfish"), (b"sha256-1k", b"sha1-1k"), (b"PBKDF2", b"argon2id")]
)
def test_a_way_of_locking_that_is_not_known_asks_for_an_open_copy(old, new):
    with zipfile.ZipFile(LOCKED / "locked.ods") as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["META-INF/manifest.xml"] = parts["META-INF/manifest.xml"].replace(old, new)
    assert refusal_of(zipped(parts), [PASSWORD]).reason_code == "password_protected"


@pytest.mark.parametrize("kind", ["xls", "ods", "xlsx"])
def test_a_damaged_lock_is_refused_and_never_a_crash(kind, tmp_path):
    whole, chance, refused = locked(kind, tmp_path), random.Random(7), 0
    for _ in range(25):
        content = bytearray(whole)
        for _ in range(chance.choice([1, 4, 64])):
            content[chance.randrange(8, len(content))] ^= 1 << chance.randrange(8)
        try:
            read(bytes(content), [PASSWORD])
        except Refusal:
            refused += 1
    assert refused > 0
