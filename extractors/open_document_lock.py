"""The lock of an OpenDocument file: its parts are packed and then encrypted, each with a key of its own.

As the standard describes it (OpenDocument 1.2, part 3, section 3, with AES) and LibreOffice wrote it up to
version 24.2. Older ways (Blowfish) and newer ones (the whole package in one part) are not opened.
"""

import base64
import hashlib
import io
import zipfile
import zlib
from dataclasses import dataclass
from hmac import compare_digest
from typing import Self
from xml.etree.ElementTree import Element, tostring

from defusedxml import ElementTree

from extractors.package import LARGEST_PACKAGE_BYTES, open_zip
from extractors.refusal import Danger, UnsafeContent
from extractors.xml_part import local_name

_MANIFEST = "META-INF/manifest.xml"
_LOCKS = b"encryption-data"  # as the manifest, which is never locked itself, calls them
_KNOWN_WAY = ("aes256-cbc", "sha256-1k", "PBKDF2", "sha256")
_CHECKED_BYTES = 1024  # of a packed part; by their checksum the right password is known
_MOST_ROUNDS = 10_000_000  # of hashing; programs do 100,000


@dataclass(frozen=True, slots=True)
class _Lock:
    """How one part is locked."""

    way: tuple[str, ...]
    checksum: bytes
    first_block: bytes
    salt: bytes
    rounds: int
    key_bytes: int

    @classmethod
    def of(cls, entry: Element) -> Self | None:
        """Return the lock of the part that an entry of the manifest is about; `None` where it has none."""
        described = {local_name(element.tag): _attributes(element) for element in entry.iter()}
        if "encryption-data" not in described:
            return None
        data, algorithm = described["encryption-data"], described["algorithm"]
        derivation, start = described["key-derivation"], described.get("start-key-generation", {})
        names = (
            algorithm["algorithm-name"],
            data["checksum-type"],
            derivation["key-derivation-name"],
            start.get("start-key-generation-name", "SHA1"),
        )
        return cls(
            way=tuple(name.rpartition("#")[2] for name in names),
            checksum=base64.b64decode(data["checksum"]),
            first_block=base64.b64decode(algorithm["initialisation-vector"]),
            salt=base64.b64decode(derivation["salt"]),
            rounds=min(int(derivation["iteration-count"]), _MOST_ROUNDS),
            key_bytes=int(derivation.get("key-size", "16")),
        )

    def undone(self, part: bytes, password: str) -> bytes | None:
        """Return a part, packed, as it was before; `None` for another password."""
        from cryptography.hazmat.primitives.ciphers import Cipher
        from cryptography.hazmat.primitives.ciphers.algorithms import AES
        from cryptography.hazmat.primitives.ciphers.modes import CBC

        start = hashlib.sha256(password.encode()).digest()
        key = hashlib.pbkdf2_hmac("sha1", start, self.salt, self.rounds, self.key_bytes)
        decryptor = Cipher(AES(key), CBC(self.first_block)).decryptor()
        padded = decryptor.update(part) + decryptor.finalize()
        packed = padded[: -padded[-1]]  # the last byte tells how many were added to fill a block
        is_right = compare_digest(hashlib.sha256(packed[:_CHECKED_BYTES]).digest(), self.checksum)
        return packed if is_right else None


def is_locked_open_document(content: bytes) -> bool:
    """Whether a file is an OpenDocument package with locked parts; raises what `open_zip` raises."""
    if not content.startswith(b"PK"):
        return False
    package = open_zip(content)
    return _MANIFEST in package.namelist() and _LOCKS in package.read(_MANIFEST)


def open_document_copy(content: bytes, password: str) -> bytes | None:
    """Return a locked package with its parts as they were before.

    `None` where the password does not fit, or for a way of locking that is not known here. Raises
    `UnsafeContent` for parts that unpack beyond all measure, and what parsers raise on a damaged package.
    """
    package = open_zip(content)
    manifest: Element = ElementTree.fromstring(package.read(_MANIFEST), forbid_dtd=True)
    try:
        locks = {
            _attributes(entry).get("full-path", ""): lock for entry in manifest if (lock := _Lock.of(entry))
        }
    except (LookupError, ValueError):  # not described as the standard says; who locked it can open it
        return None
    if any(lock.way != _KNOWN_WAY for lock in locks.values()):
        return None
    parts: dict[str, bytes] = {}
    room = LARGEST_PACKAGE_BYTES
    for name in package.namelist():
        part: bytes | None = package.read(name)
        if lock := locks.get(name):
            part = lock.undone(package.read(name), password)
            if part is None:
                return None
            part = _unpacked(part, room)
        parts[name] = part or b""
        room -= len(parts[name])
    return _packed({**parts, _MANIFEST: tostring(_without_locks(manifest))})


def _without_locks(manifest: Element) -> Element:
    for entry in manifest:
        for lock in [child for child in entry if local_name(child.tag) == "encryption-data"]:
            entry.remove(lock)
    return manifest


def _unpacked(packed: bytes, most: int) -> bytes:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)  # no header, no checksum
    part = unpacker.decompress(packed, most + 1)
    if len(part) > most:
        raise UnsafeContent(Danger.ZIP_BOMB, f"more than {most:,} bytes once opened")
    return part


def _packed(parts: dict[str, bytes]) -> bytes:
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return package.getvalue()


def _attributes(element: Element) -> dict[str, str]:
    return {local_name(name): value for name, value in element.attrib.items()}
