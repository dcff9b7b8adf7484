"""Compound files made stream by stream: Word 97 and Excel 97 files that no library will write."""

import struct

_SECTOR, _SMALLEST_STREAM = 512, 4096
_FREE, _END_OF_CHAIN, _FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_STORAGE, _STREAM, _ROOT = 1, 2, 5

ENCRYPTED = 0x0100


def compound_file(streams: dict[str, bytes], storages: tuple[str, ...] = ()) -> bytes:
    """A compound file with these streams and empty folders at its root; streams are padded to 4096 bytes."""
    padded = [content.ljust(_SMALLEST_STREAM, b"\0") for content in streams.values()]
    directory_sectors = -(-(1 + len(streams) + len(storages)) // 4)
    fat = [_FAT_SECTOR, *_chain(1, directory_sectors)]
    entries = [(name, _STORAGE, 0, 0) for name in storages]
    for name, content in zip(streams, padded, strict=True):
        entries.append((name, _STREAM, len(fat), len(content)))
        fat += _chain(len(fat), -(-len(content) // _SECTOR))
    return b"".join(
        (
            _header(),
            struct.pack("<128I", *fat, *[_FREE] * (128 - len(fat))),
            _directory(entries).ljust(directory_sectors * _SECTOR, b"\0"),
            *(content.ljust(-(-len(content) // _SECTOR) * _SECTOR, b"\0") for content in padded),
        )
    )


def word_file(text: bytes = b"", *, flags: int = 0, storages: tuple[str, ...] = ()) -> bytes:
    """A Word 97 file as far as its header and its text go; no program opens it."""
    return compound_file(
        {"WordDocument": struct.pack("<H8xH", 0xA5EC, flags).ljust(512, b"\0") + text}, storages
    )


def _chain(first: int, length: int) -> list[int]:
    return [*range(first + 1, first + length), _END_OF_CHAIN]


def _header() -> bytes:
    fixed = struct.pack("<8s16xHHHHH", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6)
    counts = struct.pack("<10xIIIIIIII", 1, 1, 0, _SMALLEST_STREAM, _END_OF_CHAIN, 0, _END_OF_CHAIN, 0)
    return fixed + counts + struct.pack("<109I", 0, *[_FREE] * 108)


def _directory(entries: list[tuple[str, int, int, int]]) -> bytes:
    """The root, and the entries below it: each is the right-hand neighbour of the one before."""
    written = [_entry("Root Entry", _ROOT, child=1, start=_END_OF_CHAIN)]
    for number, (name, kind, start, size) in enumerate(entries, 1):
        right = number + 1 if number < len(entries) else _FREE
        written.append(_entry(name, kind, right=right, start=start, size=size))
    return b"".join(written)


def _entry(
    name: str, kind: int, *, right: int = _FREE, child: int = _FREE, start: int = 0, size: int = 0
) -> bytes:
    stored = (name + "\0").encode("utf-16-le")
    return struct.pack("<64sHBBIII36xIQ", stored, len(stored), kind, 1, _FREE, right, child, start, size)
