"""Mutation: a good file made slightly wrong, in its bytes or inside one part of its package."""

import io
import random
import re
import zipfile
from collections.abc import Callable

_NUMBER = re.compile(rb"[0-9]+")
_TAG = re.compile(rb"<[^<>]{1,300}>")
_TEXT = re.compile(rb"[^<>\t\r\n]+(?=[<\t\r\n])")  # between tags, or a field of a text
_ATTRIBUTE = re.compile(rb' [\w:]+="[^"]*"')
# What parsers of numbers, references and text have stumbled over.
_AWKWARD = [
    b"0", b"-1", b"65536", b"2147483648", b"99999999999999999999", b"1e999", b"NaN", b"", b"A1:XFD1048576",
    b"\x00", b"\xff\xfe", b"&#x0;", b"<!--", b"]]>", b"../../x", "৯".encode() * 300, "০".encode() * 5000,
    "\u200d\u200c".encode() * 100, "্".encode() * 500, b"(" * 2000, b"%" * 300, b"=1+1", b"9" * 5000,
]  # fmt: skip

Change = Callable[[random.Random, bytearray], None]


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Return a file with one to four changes, more often of what it says than of the bytes that say it."""
    if chance.random() < 0.3:
        return _changed(content, chance, _BYTE_CHANGES)
    if content.startswith(b"PK"):
        return _with_part_changed(content, chance)
    return _changed(content, chance, _ALL_CHANGES if b"\0" in content else _MARKUP_CHANGES)


def _with_part_changed(content: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    # By size, so that the document itself is changed more often than its themes.
    name = chance.choices(list(parts), [len(part) + 1 for part in parts.values()])[0]
    if chance.random() < 0.1:
        del parts[name]
    else:
        parts[name] = _changed(
            parts[name], chance, _MARKUP_CHANGES if chance.random() < 0.8 else _ALL_CHANGES
        )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for part_name, part in parts.items():
            # Of one day always: the same seed is to make the same bytes.
            package.writestr(zipfile.ZipInfo(part_name), part, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _changed(content: bytes, chance: random.Random, changes: list[Change]) -> bytes:
    changing = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        chance.choice(changes)(chance, changing)
    return bytes(changing)


def _flip_bits(chance: random.Random, content: bytearray) -> None:
    for _ in range(chance.choice([1, 4, 64])):
        if content:
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def _cut_off(chance: random.Random, content: bytearray) -> None:
    del content[chance.randint(0, len(content)) :]


def _overwrite(chance: random.Random, content: bytearray) -> None:
    begin, end = _stretch(chance, content)
    content[begin:end] = chance.randbytes(end - begin)


def _leave_out(chance: random.Random, content: bytearray) -> None:
    begin, end = _stretch(chance, content)
    del content[begin:end]


def _repeat(chance: random.Random, content: bytearray) -> None:
    begin, end = _stretch(chance, content)
    content[begin:begin] = content[begin:end] * chance.choice([1, 2, 50])


def _move(chance: random.Random, content: bytearray) -> None:
    begin, end = _stretch(chance, content)
    moved = content[begin:end]
    del content[begin:end]
    place = chance.randint(0, len(content))
    content[place:place] = moved


def _insert_awkward(chance: random.Random, content: bytearray) -> None:
    place = chance.randint(0, len(content))
    content[place:place] = chance.choice(_AWKWARD)


def _stretch(chance: random.Random, content: bytearray) -> tuple[int, int]:
    begin = chance.randint(0, len(content))
    return begin, min(len(content), begin + chance.choice([1, 8, 64, 512, 4096]))


def _replacing(pattern: re.Pattern[bytes]) -> Change:
    """Return a change that puts something awkward in the place of one match."""

    def change(chance: random.Random, content: bytearray) -> None:
        if found := _any(pattern, chance, content):
            content[found.start() : found.end()] = chance.choice(_AWKWARD)

    return change


def _leave_out_match(pattern: re.Pattern[bytes]) -> Change:
    def change(chance: random.Random, content: bytearray) -> None:
        if found := _any(pattern, chance, content):
            del content[found.start() : found.end()]

    return change


def _repeat_element(chance: random.Random, content: bytearray) -> None:
    """Repeat from one tag to another, which may nest what was side by side."""
    first, last = _any(_TAG, chance, content), _any(_TAG, chance, content)
    if first and last:
        begin, end = sorted((first.start(), last.end()))
        content[begin:begin] = content[begin : min(end, begin + 20_000)] * chance.choice([1, 3, 20])


def _copy_text(chance: random.Random, content: bytearray) -> None:
    """Say in one place what stands in another: a heading in a cell, an office in a heading."""
    source, target = _any(_TEXT, chance, content), _any(_TEXT, chance, content)
    if source and target:
        content[target.start() : target.end()] = source.group()


def _any(pattern: re.Pattern[bytes], chance: random.Random, content: bytearray) -> re.Match[bytes] | None:
    """Return the first match after a place chosen by chance."""
    return pattern.search(bytes(content), chance.randint(0, len(content)))


_BYTE_CHANGES: list[Change] = [_flip_bits, _cut_off, _overwrite, _leave_out, _repeat, _move]
_MARKUP_CHANGES: list[Change] = [
    _replacing(_NUMBER),
    _replacing(_TEXT),
    _copy_text,
    _replacing(_ATTRIBUTE),
    _leave_out_match(_TAG),
    _leave_out_match(_ATTRIBUTE),
    _repeat_element,
]
_ALL_CHANGES: list[Change] = [*_BYTE_CHANGES, *_MARKUP_CHANGES, _insert_awkward]
