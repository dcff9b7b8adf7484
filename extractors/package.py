"""A package: the zip of XML parts that a docx or xlsx is, opened only once it has proved harmless.

Nothing is ever unpacked to disk, and nothing a package points to is ever fetched. The guard works on what
the zip's own directory declares, before a byte is decompressed; reading a part never yields more than was
declared, because `zipfile` stops there and then finds the checksum wrong.
"""

import io
import posixpath
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from typing import IO
from xml.etree.ElementTree import Element

from extractors.refusal import Danger, Reason, UnreadableFile, UnsafeContent
from extractors.xml_part import parsed, remembered_if_small, without_namespaces

LARGEST_PACKAGE_BYTES = 50 * 1024 * 1024  # declared, unpacked; real reports stay under one megabyte
MOST_PARTS = 5_000
_ENTRY = b"PK\x01\x02"  # what each entry of a zip's directory begins with
HIGHEST_COMPRESSION = 200  # unpacked bytes for each packed one; real sheets reach some 50
_COMPRESSION_MATTERS_FROM = 5 * 1024 * 1024  # bytes; a small part of blanks may shrink as far as it likes

_PLAIN_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # all that Office packages may use
_ENCRYPTED = 0x1  # bit of a zip entry's flags


@dataclass(frozen=True, slots=True)
class Relationship:
    """How one part names another: its name, and the last word of the address that names the type."""

    type: str
    target: str


@dataclass(frozen=True, slots=True)
class _Link:
    """One line of a part that lists what another part names."""

    id: str
    type: str
    target: str
    is_external: bool


class Package:
    """The parts of one opened zip. A part that is not there raises `KeyError`."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.names = frozenset(archive.namelist())
        self._links: dict[str, tuple[_Link, ...]] = {}

    def part(self, name: str) -> bytes:
        """Return the bytes of a part."""
        return self._archive.read(name)

    def size(self, name: str) -> int:
        """Return the bytes that a part takes unpacked, as the zip declares and `part` holds it to."""
        return self._archive.getinfo(name).file_size

    def stream(self, name: str) -> IO[bytes]:
        """Open a part to be read piece by piece."""
        return self._archive.open(name)

    def xml(self, name: str) -> Element:
        """Return the root of an XML part, its names without namespaces.

        Office and its strict variant use two sets of namespaces for the same names. Raises `ParseError`
        where it is not XML, and a `DefusedXmlException` where it declares a document type or entities.
        """
        return without_namespaces(parsed(self.part(name)))

    def main_part(self) -> str:
        """Return the name of the part that holds the document or workbook itself."""
        for link in self.relationships("").values():
            if link.type == "officeDocument" and link.target in self.names:
                return link.target
        raise KeyError("officeDocument")

    def relationships(self, name: str) -> dict[str, Relationship]:
        """Return what a part names, by id; links to places outside the package are left out."""
        folder, _, file_name = name.rpartition("/")
        relations = posixpath.join(folder, "_rels", f"{file_name}.rels")
        if relations not in self.names:
            return {}
        return {
            link.id: Relationship(link.type, _part_name(folder, link.target))
            for link in self.links_in(relations)
            if not link.is_external
        }

    def links_in(self, relations: str) -> tuple[_Link, ...]:
        """Return all links of a part of relationships, those that lead outside the package among them."""
        if relations not in self._links:
            self._links[relations] = _links_in(self.part(relations))
        return self._links[relations]


@lru_cache(maxsize=1)  # whoever asks what kind a package is reads it next
def open_package(content: bytes) -> Package:
    """Open a package once it has shown that nothing in it is dangerous.

    Raises what `open_zip` raises, and `UnsafeContent` for links that would be fetched.
    """
    package = Package(open_zip(content))
    _refuse_external_links(package)
    return package


def open_zip(content: bytes) -> zipfile.ZipFile:
    """Open a zip once its directory has shown that nothing in it is dangerous.

    Raises `UnsafeContent` for bombs, macros and names that climb out of it, `UnreadableFile` for encrypted
    entries, and `BadZipFile` where there is no directory to read.
    """
    if content.count(_ENTRY) > MOST_PARTS:  # a directory alone can fill the memory while it is read
        raise UnsafeContent(Danger.ZIP_BOMB, f"more than {MOST_PARTS:,} entries")
    archive = zipfile.ZipFile(io.BytesIO(content))
    entries = archive.infolist()
    _refuse_bombs(entries)
    for entry in entries:
        refuse_unsafe_name(entry.filename)
        if entry.flag_bits & _ENCRYPTED:
            raise UnreadableFile(Reason.PASSWORD_PROTECTED, entry.filename)
        if entry.compress_type not in _PLAIN_COMPRESSIONS:  # zipfile cannot bound the others while unpacking
            raise UnsafeContent(Danger.ZIP_BOMB, f"{entry.filename}: unusual compression")
    return archive


def refuse_unsafe_name(name: str) -> None:
    """Raise `UnsafeContent` for the name of an entry that points outside its zip, or that names macros."""
    steps = name.replace("\\", "/").split("/")
    if ".." in steps or not steps[0] or ":" in steps[0]:  # climbs up, starts at the root, names a drive
        raise UnsafeContent(Danger.PATH_TRAVERSAL, name)
    if steps[-1].lower() == "vbaproject.bin" or "macrosheets" in steps:
        raise UnsafeContent(Danger.MACROS, name)


def _refuse_bombs(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_PARTS:
        raise UnsafeContent(Danger.ZIP_BOMB, f"{len(entries):,} parts")
    declared = sum(entry.file_size for entry in entries)
    if declared > LARGEST_PACKAGE_BYTES:
        raise UnsafeContent(Danger.ZIP_BOMB, f"{declared:,} bytes unpacked")
    packed = sum(entry.compress_size for entry in entries)
    if declared > _COMPRESSION_MATTERS_FROM and declared > HIGHEST_COMPRESSION * packed:
        raise UnsafeContent(Danger.ZIP_BOMB, f"{packed:,} bytes packed, {declared:,} unpacked")


def _refuse_external_links(package: Package) -> None:
    # A hyperlink only waits to be clicked; every other link is fetched when the file is opened.
    for relations in sorted(name for name in package.names if name.endswith(".rels")):
        for link in package.links_in(relations):
            if link.is_external and link.type != "hyperlink":
                raise UnsafeContent(Danger.EXTERNAL_LINK, f"{link.type}: {link.target}")


@remembered_if_small(64)
def _links_in(relations: bytes) -> tuple[_Link, ...]:
    return tuple(
        _Link(
            id=link.get("Id", ""),
            type=link.get("Type", "").rpartition("/")[2],
            target=link.get("Target", ""),
            is_external=link.get("TargetMode", "").lower() == "external",
        )
        for link in without_namespaces(parsed(relations))
    )


def _part_name(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(folder, target))
