"""A package: the zip of XML parts that a docx or xlsx is, opened only once it has proved harmless.

Nothing is ever unpacked to disk, and nothing a package points to is ever fetched. The guard works on what
the zip's own directory declares, before a byte is decompressed; reading a part never yields more than was
declared, because `zipfile` stops there and then finds the checksum wrong.
"""

import io
import posixpath
import zipfile
from dataclasses import dataclass
from typing import IO
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

from extractors.refusal import Danger, Reason, UnreadableFile, UnsafeContent

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


class Package:
    """The parts of one opened zip. A part that is not there raises `KeyError`."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.names = frozenset(archive.namelist())

    def part(self, name: str) -> bytes:
        """Return the bytes of a part."""
        return self._archive.read(name)

    def stream(self, name: str) -> IO[bytes]:
        """Open a part to be read piece by piece."""
        return self._archive.open(name)

    def xml(self, name: str) -> Element:
        """Return the root of an XML part, its names without namespaces.

        Office and its strict variant use two sets of namespaces for the same names. Raises `ParseError`
        where it is not XML, and a `DefusedXmlException` where it declares a document type or entities.
        """
        root: Element = ElementTree.fromstring(self.part(name), forbid_dtd=True)
        return without_namespaces(root)

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
            link.get("Id", ""): Relationship(_last_word(link), _part_name(folder, link.get("Target", "")))
            for link in self.xml(relations)
            if not _is_external(link)
        }


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


def without_namespaces(root: Element) -> Element:
    """Take the namespaces off every name below and including an element, in place, and return it."""
    for element in root.iter():
        element.tag = local_name(element.tag)
        if any("}" in name for name in element.attrib):
            element.attrib = {local_name(name): value for name, value in element.attrib.items()}
    return root


def local_name(name: str) -> str:
    """Return a name without its namespace: `tc` for `{http://…/main}tc`."""
    return name.rpartition("}")[2]


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
        for link in package.xml(relations):
            if _is_external(link) and _last_word(link) != "hyperlink":
                raise UnsafeContent(Danger.EXTERNAL_LINK, f"{_last_word(link)}: {link.get('Target', '')}")


def _is_external(link: Element) -> bool:
    return link.get("TargetMode", "").lower() == "external"


def _last_word(link: Element) -> str:
    return link.get("Type", "").rpartition("/")[2]


def _part_name(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(folder, target))
