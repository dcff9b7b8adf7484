"""An archive: several files sent as one, each of which becomes a submission of its own.

It is a zip, or a mail message that somebody saved as a file, with what was attached to it. It is unpacked in
memory and only as a whole; an archive within an archive once, no deeper. Names are for people to read and
never become paths.
"""

import re
import struct
import zipfile
import zlib
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from extractors.inbox import is_leftover
from extractors.package import LARGEST_PACKAGE_BYTES, open_zip, refuse_unsafe_name
from extractors.refusal import Danger, Refusal, UnsafeContent
from extractors.submission import Submission, submission_id_of

_BEGINNINGS = (b"PK\x03\x04", b"PK\x07\x08")
_LIST_OF_PARTS, _FIRST_NAME_AT = b"[Content_Types].xml", 30
_DEEPEST = 2  # an archive, and those within it
_MOST_FILES = 1_000

_NAME_IS_UTF_8 = 0x800  # bit of a zip entry's flags
_EXTRA_HEADER = struct.Struct("<HH")
_UNICODE_NAME = 0x7075  # an extra field, which begins with its version and a checksum of the name it replaces
_UNICODE_NAME_HEADER = struct.Struct("<BI")

_FIELD = re.compile(rb"^([!-9;-~]+):", re.MULTILINE)
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")
_LONGEST_HEADERS = 100_000  # bytes; the stamps of every server on the way come to some ten thousand
_FIELDS_OF_ITS_WAY = frozenset({b"message-id", b"received", b"return-path", b"delivered-to"})
_SAVED_PAGE = b"<saved by"  # stands for a sender in a web page that a browser saved as one file

# What is raised on an archive, or on one entry of it, that is cut off or overwritten.
_SIGNS_OF_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, ValueError)


def unpacked(content: bytes, submission: Submission) -> list[tuple[bytes, Submission]]:
    """Return what a file brought: the files in it where it is an archive, otherwise the file itself.

    A file from an archive is named after both, `archive.zip/report.docx`, and arrived when the archive did.
    """
    return [(file, _from_archive(submission, name, file)) for name, file in members(content)] or [
        (content, submission)
    ]


def members(content: bytes) -> list[tuple[str, bytes]]:
    """Return the files of an archive with their names, without what programs leave beside people's files.

    Nothing comes from what is no archive, holds no files, or cannot be unpacked whole and safely: the reader
    says why, when it is given the archive itself.
    """
    return _members(content, _DEEPEST, LARGEST_PACKAGE_BYTES)


def _from_archive(archive: Submission, name: str, file: bytes) -> Submission:
    return replace(archive, submission_id=submission_id_of(file), file_name=f"{archive.file_name}/{name}")


def _members(content: bytes, depth: int, room: int) -> list[tuple[str, bytes]]:
    """Unpack an archive that may hold others `depth` deep, all together no larger than `room` bytes."""
    if depth == 0:
        return []
    if _is_message(content):
        files = list(islice(_attached(content, depth, room), _MOST_FILES + 1))
        return files if len(files) <= _MOST_FILES else []
    if not content.startswith(_BEGINNINGS) or _begins_as_document(content):
        return []
    try:
        files = list(islice(_files(content, depth, room), _MOST_FILES + 1))
    except (Refusal, *_SIGNS_OF_DAMAGE):
        return []
    return files if len(files) <= _MOST_FILES else []


def _files(content: bytes, depth: int, room: int) -> Iterator[tuple[str, bytes]]:
    archive = open_zip(content)
    entries = archive.infolist()
    if _is_one_document(archive):
        return
    room -= sum(entry.file_size for entry in entries)
    if room < 0:
        raise UnsafeContent(Danger.ZIP_BOMB)
    for entry in entries:
        name = _name(entry)
        refuse_unsafe_name(name)
        if entry.is_dir() or is_leftover(name.rpartition("/")[2]):
            continue
        file = archive.read(entry)
        inner = _members(file, depth - 1, room)
        room -= sum(len(inner_file) for _, inner_file in inner)
        yield from ((f"{name}/{inner_name}", inner_file) for inner_name, inner_file in inner)
        if not inner:
            yield name, file


def _attached(content: bytes, depth: int, room: int) -> Iterator[tuple[str, bytes]]:
    """Yield what a message brings; an archive attached to it is opened as one within an archive is."""
    from extractors.message import take_apart  # here, so that a run without mail does without it

    for attachment in take_apart(content.removeprefix(BOM_UTF8)).attachments:
        inner = _members(attachment.content, depth - 1, room)
        room -= sum(len(file) for _, file in inner)
        yield from ((f"{attachment.name}/{name}", file) for name, file in inner)
        if not inner:
            yield attachment.name, attachment.content


def _is_message(content: bytes) -> bool:
    """Whether a file is a mail message as it was sent: it begins with a sender, and how it went its way."""
    beginning = content[:_LONGEST_HEADERS].removeprefix(BOM_UTF8)
    if not _FIELD.match(beginning):
        return False
    headers = _END_OF_HEADERS.split(beginning, maxsplit=1)[0].lower()
    fields = {found[1] for found in _FIELD.finditer(headers)}
    return b"from" in fields and not fields.isdisjoint(_FIELDS_OF_ITS_WAY) and _SAVED_PAGE not in headers


def _begins_as_document(content: bytes) -> bool:
    """Whether the first entry of a zip is the one by which Office programs begin their files."""
    return content.startswith(_LIST_OF_PARTS, _FIRST_NAME_AT)


def _is_one_document(archive: zipfile.ZipFile) -> bool:
    """Whether this is a docx, an ods or the like, which are zips too."""
    return not {_LIST_OF_PARTS.decode(), "mimetype"}.isdisjoint(archive.namelist())


def _name(entry: zipfile.ZipInfo) -> str:
    """Return the name an entry was given, whichever way its program chose to store Bengali.

    The format's own way is one code page of 1981 without Bengali. Newer programs set a flag and write UTF-8,
    WinRAR keeps the true name in an extra field, macOS writes UTF-8 and tells nobody.
    """
    if entry.flag_bits & _NAME_IS_UTF_8:
        return entry.filename
    try:
        stored = entry.filename.encode("cp437")
    except UnicodeEncodeError:  # newer Pythons have read the extra field already
        return entry.filename
    try:
        return (_unicode_name(entry.extra, stored) or stored).decode("utf-8")
    except UnicodeDecodeError:
        return entry.filename


def _unicode_name(extra: bytes, stored: bytes) -> bytes:
    """Return the name that an extra field gives in place of the one stored; nothing where there is none."""
    at = 0
    while at + _EXTRA_HEADER.size <= len(extra):
        field, length = _EXTRA_HEADER.unpack_from(extra, at)
        at += _EXTRA_HEADER.size
        if field == _UNICODE_NAME and length > _UNICODE_NAME_HEADER.size:
            _, checksum = _UNICODE_NAME_HEADER.unpack_from(extra, at)
            if checksum == zlib.crc32(stored):  # otherwise a program that knows no such field renamed it
                return extra[at + _UNICODE_NAME_HEADER.size : at + length]
        at += length
    return b""
