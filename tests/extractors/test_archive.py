import io
import random
import struct
import zipfile
import zlib
from datetime import UTC, datetime

import pytest

from extractors import archive
from extractors.archive import members, unpacked
from extractors.reader import read
from extractors.refusal import Refusal, UnreadableFile
from extractors.submission import Channel, Submission, submission_id_of
from tests.extractors.mails import attached, mail, part
from tests.extractors.open_documents import ods_of
from tests.extractors.packages import docx_of, xlsx_of, zipped

BENGALI = "খুলনা ২য় ত্রৈমাসিক.docx"
REPORT = docx_of("")


def zip_with(name, content=b"x", *, stored_as=None, flags=0, extra=b""):
    """A zip of one entry whose name is stored in these bytes, under these flags."""
    stored = name.encode("utf-8") if stored_as is None else stored_as
    placeholder = "n" * len(stored)
    entry = zipfile.ZipInfo(placeholder)
    entry.extra = extra
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as target:
        target.writestr(entry, content)
    written = bytearray(file.getvalue())
    for signature, flags_at, name_at in ((b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)):
        at = written.index(signature)
        struct.pack_into("<H", written, at + flags_at, flags)
        written[at + name_at : at + name_at + len(stored)] = stored
    return bytes(written)


def unicode_field(name, stored, version=1):
    body = struct.pack("<BI", version, zlib.crc32(stored)) + name.encode("utf-8")
    return struct.pack("<HH", 0x5455, 5) + b"\x03\0\0\0\0" + struct.pack("<HH", 0x7075, len(body)) + body


def test_every_file_comes_out_with_its_name_and_bytes():
    files = {
        "ক.docx": REPORT,
        "Q2/খ.xlsx": xlsx_of(""),
        "গ.txt": "ক্রম\tএকক".encode(),
        "program.exe": b"MZ\x90\0",
    }
    assert members(zipped(files)) == list(files.items())


@pytest.mark.parametrize(
    "content",
    [
        zip_with(BENGALI, flags=0x800),
        zip_with(BENGALI),
        zip_with(BENGALI, stored_as=b"_____ 2_.docx", extra=unicode_field(BENGALI, b"_____ 2_.docx")),
    ],
    ids=["flag", "untold utf-8", "extra field"],
)
def test_bengali_names_are_read_however_they_are_stored(content):
    assert members(content) == [(BENGALI, b"x")]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (zip_with("", stored_as=b"caf\x82.docx"), "café.docx"),
        (zip_with("", stored_as=b"new.docx", extra=unicode_field(BENGALI, b"old.docx")), "new.docx"),
    ],
    ids=["code page", "renamed since"],
)
def test_other_names_are_read_as_the_format_says(content, name):
    assert members(content) == [(name, b"x")]


def test_an_archive_within_an_archive_is_unpacked_once():
    innermost = zipped({"c.txt": b"c"})
    content = zipped({"a.txt": b"a", "inner.zip": zipped({"b.txt": b"b", "deep.zip": innermost})})
    assert members(content) == [("a.txt", b"a"), ("inner.zip/b.txt", b"b"), ("inner.zip/deep.zip", innermost)]


def test_what_programs_leave_behind_is_left_out():
    left = {
        "__MACOSX/._a.txt": b"x",
        ".DS_Store": b"x",
        "~$a.docx": b"x",
        "Thumbs.db": b"x",
        "b.txt.part": b"x",
    }
    assert members(zipped({"folder/": b"", "a.txt": b"a", **left})) == [("a.txt", b"a")]


@pytest.mark.parametrize(
    "content", [REPORT, xlsx_of(""), ods_of(""), b"", b"PK", b"text", b"Rar!\x1a\x07\x01\x00"]
)
def test_what_is_no_zip_archive_holds_no_files(content):
    assert members(content) == []


def locked():
    content = bytearray(zipped({"a.txt": b"a"}))
    for signature, flags_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + flags_at] |= 1
    return bytes(content)


def overwritten():
    content = bytearray(zip_with("a.txt", b"good bytes"))
    at = content.index(b"good")
    content[at : at + 4] = b"evil"
    return bytes(content)


REFUSED_WHOLE = {
    "empty": (zipped({}), "archive"),
    "leftovers": (zipped({".DS_Store": b"x"}), "archive"),
    "locked": (locked(), "password_protected"),
    "climbing": (zipped({"a.txt": b"a", "../evil.txt": b"x"}), "path_traversal"),
    "climbing in another spelling": (
        zip_with("", stored_as=b"a.txt", extra=unicode_field("../evil.txt", b"a.txt")),
        "archive",
    ),
    "overwritten": (overwritten(), "archive"),
    "cut off": (zipped({"a.txt": b"a" * 100})[:-30], "damaged"),
    "large": (zipped({f"{n}.bin": bytes(6_000_000) for n in range(10)}), "zip_bomb"),
    "many": (zipped({f"{n}.txt": b"" for n in range(1_001)}), "archive"),
}


@pytest.mark.parametrize("case", REFUSED_WHOLE)
def test_an_archive_that_cannot_be_unpacked_whole_and_safely_is_refused_as_one(case):
    content, reason = REFUSED_WHOLE[case]
    assert members(content) == []
    with pytest.raises(Refusal) as refused:
        read(content)
    assert refused.value.reason_code == reason


def test_a_hostile_file_in_an_archive_is_its_own_affair():
    bomb, cut_off = zipped({"word/document.xml": bytes(60_000_000)}), REPORT[:-20]
    files = {"bomb.docx": bomb, "cut.docx": cut_off, "good.txt": b"a\tb"}
    assert members(zipped(files)) == list(files.items())


def test_archives_within_an_archive_share_its_room(monkeypatch):
    inner = zipped({"noise.bin": random.Random(1).randbytes(1000)})
    monkeypatch.setattr(archive, "LARGEST_PACKAGE_BYTES", 3 * len(inner) + 1500)
    names = [name for name, _ in members(zipped({f"{n}.zip": inner for n in range(3)}))]
    assert names == ["0.zip/noise.bin", "1.zip", "2.zip"]


def test_a_file_larger_than_its_entry_says_is_never_unpacked_whole():
    content = bytearray(zipped({"a.txt": b"a" * 1_000_000}))
    struct.pack_into("<I", content, content.index(b"PK\x01\x02") + 24, 10)
    assert members(bytes(content)) == []


def arrival(content):
    moment = datetime(2025, 1, 5, 10, tzinfo=UTC)
    return Submission(submission_id_of(content), "পাঠানো.zip", Channel.FOLDER, "", moment, moment)


def test_each_file_arrives_as_a_submission_when_and_as_the_archive_did():
    content = zipped({"ক.docx": REPORT, "খ.txt": b"a\tb"})
    came = unpacked(content, arrival(content))
    assert [(file, one.file_name) for file, one in came] == [
        (REPORT, "পাঠানো.zip/ক.docx"),
        (b"a\tb", "পাঠানো.zip/খ.txt"),
    ]
    for file, one in came:
        assert one.submission_id == submission_id_of(file)
        assert one.received_at == arrival(content).received_at


@pytest.mark.parametrize("content", [REPORT, REFUSED_WHOLE["overwritten"][0]])
def test_what_is_not_unpacked_arrives_as_itself(content):
    assert unpacked(content, arrival(content)) == [(content, arrival(content))]


@pytest.mark.parametrize("content", [b"Rar!\x1a\x07\x01\x00", b"7z\xbc\xaf\x27\x1c\0\0", b"\x1f\x8b\x08\0"])
def test_archives_of_other_kinds_are_refused_by_name(content):
    with pytest.raises(UnreadableFile) as refused:
        read(content)
    assert refused.value.reason_code == "archive"


# --- a message saved as a file ------------------------------------------------------------------------------


def test_a_saved_message_brings_what_was_attached_to_it():
    files = {"ক.docx": REPORT, "খ.xlsx": xlsx_of(""), "cut.docx": REPORT[:-20]}
    message = mail(*(attached(content, name) for name, content in files.items()))
    assert members(message) == list(files.items())
    assert members(b"\xef\xbb\xbf" + message) == list(files.items())
    assert members(b"Received: by mx.example.org\r\n" + message) == list(files.items())


def test_a_zip_attached_to_a_saved_message_is_opened_and_so_is_a_message_in_a_zip():
    inside = zipped({"ক.docx": REPORT})
    assert members(mail(attached(inside, "q2.zip"))) == [("q2.zip/ক.docx", REPORT)]
    assert members(zipped({"q2.eml": mail(attached(REPORT, "ক.docx"))})) == [("q2.eml/ক.docx", REPORT)]


SAVED_PAGE = (
    b"From: <Saved by Blink>\r\nMessage-ID: <1@example.org>\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: multipart/related; boundary=b\r\n\r\n"
    b"--b\r\nContent-Type: text/html\r\n\r\n<table></table>\r\n--b--"
)


@pytest.mark.parametrize(
    "content",
    [
        mail(part("পরে পাঠানো হবে".encode(), "Content-Type: text/plain; charset=utf-8")),
        SAVED_PAGE,
        "From: যশোর\nTo: খুলনা\n\nক্রম\tএকক".encode(),
        "বিষয়: প্রতিবেদন\nFrom: a@example.org\nReceived: x".encode(),
        b"a\tb\n",
    ],
)
def test_what_is_no_message_or_brings_nothing_arrives_as_itself(content):
    assert unpacked(content, arrival(content)) == [(content, arrival(content))]


def test_a_message_made_to_exhaust_its_reader_arrives_as_itself():
    content = mail(attached(REPORT)) + b"\n--" * 30_000
    assert [file for file, _ in unpacked(content, arrival(content))] == [content]
