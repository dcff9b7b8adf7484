"""Write a folder of hostile files: `python -m tests.hostile.make_hostile FOLDER`.

Each file tries one thing that strangers' files try, and says which rejections may answer it. What would be
fetched is asked of an address on this machine, where a test can see whether anybody comes.
"""

import os
import random
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.extractors.packages import docx_of, docx_parts, xlsx_of, xlsx_parts, zipped
from tests.hostile import bombs, traps

UNREADABLE = frozenset({"unreadable_file"})
UNSAFE = frozenset({"unsafe_content"})
REFUSED = UNREADABLE | UNSAFE
# Read to the end without harm, and no report: what can be read is told as what it is.
HARMLESS = REFUSED | {"unknown_form"}

PROGRAM = b"MZ\x90\x00\x03" + bytes(range(256)) * 40
ELF = b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 40
NOWHERE = "http://127.0.0.1:9"


@dataclass(frozen=True)
class Hostile:
    """A hostile file: its name, the rejection codes that may answer it, and how to make its bytes."""

    name: str
    codes: frozenset[str]
    make: Callable[[], bytes]


def hostile_files(address: str) -> Iterator[Hostile]:
    """Yield every hostile file; those that fetch something ask `address` for it."""
    yield from _bombs()
    yield from _declarations(address)
    yield from _traps(address)
    yield from _disguises()
    yield from _broken()
    yield from _endless_texts()


def write_hostile_files(folder: Path, address: str = NOWHERE) -> dict[str, frozenset[str]]:
    """Write them all into a folder; return the codes that may answer each, by name."""
    codes = {}
    for hostile in hostile_files(address):
        (folder / hostile.name).write_bytes(hostile.make())
        codes[hostile.name] = hostile.codes
    return codes


def make_hostile_places(folder: Path) -> set[str]:
    """Make what is no file at all, or cannot be opened; return their names. Nothing of them may be taken."""
    os.mkfifo(folder / "pipe.docx")
    (folder / "loop.docx").symlink_to("loop.docx")
    (folder / "dangling.xlsx").symlink_to("nowhere.xlsx")
    (folder / "endless.txt").symlink_to("/dev/zero")
    (folder / "broken disk.docx").symlink_to("/proc/self/mem")  # opens well, and fails when read
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / "socket.txt"))
    forbidden = folder / "forbidden.docx"
    forbidden.write_bytes(b"x")
    forbidden.chmod(0)
    (folder / "ring").mkdir()
    (folder / "ring" / "again").symlink_to(folder)
    return {
        "pipe.docx",
        "loop.docx",
        "dangling.xlsx",
        "endless.txt",
        "broken disk.docx",
        "socket.txt",
        forbidden.name,
    }


def _bombs() -> Iterator[Hostile]:
    yield Hostile("bomb.docx", UNSAFE, bombs.docx_declaring_too_much)
    yield Hostile("bomb that lies.xlsx", REFUSED, bombs.xlsx_that_understates_its_size)
    yield Hostile("many entries.zip", REFUSED, bombs.zip_of_many_entries)
    yield Hostile("directory alone.zip", REFUSED, bombs.zip_of_a_directory_alone)
    yield Hostile("bomb in bombs.zip", REFUSED, lambda: bombs.zip_of_zips(6))
    yield Hostile("ten bombs.zip", REFUSED, lambda: bombs.zip_of_zips(2))
    yield Hostile("million rows.xlsx", HARMLESS, bombs.xlsx_of_a_million_rows)
    yield Hostile("merged over and over.xlsx", HARMLESS, bombs.xlsx_of_merges)
    yield Hostile("tables in tables.docx", HARMLESS, lambda: bombs.docx_of_tables_in_tables(200))
    yield Hostile("tables in tables deeper.docx", REFUSED, lambda: bombs.docx_of_tables_in_tables(100_000))
    yield Hostile("wide spans.docx", HARMLESS, bombs.docx_of_wide_spans)
    yield Hostile("pages drawn for ever.pdf", HARMLESS | {"needs_review"}, bombs.pdf_bomb)
    yield Hostile("pages in pages.pdf", REFUSED, bombs.pdf_whose_pages_hold_themselves)
    yield Hostile("sparse.ods", HARMLESS, traps.ods_sparse)
    yield Hostile("repeating.ods", HARMLESS, traps.ods_repeating)
    yield Hostile(
        "sparse.xlsx", HARMLESS, lambda: _sheet('<dimension ref="A1:XFD1048576"/>', "A1", "XFD1048576")
    )
    yield Hostile("huge dimension.xlsx", HARMLESS, lambda: _sheet('<dimension ref="A1:XFD1048576"/>', "B2"))
    yield Hostile("beyond the sheet.xlsx", HARMLESS, lambda: _sheet("", "A9999999", "ZZZ1"))


def _sheet(before: str, *places: str) -> bytes:
    cells = "".join(
        f'<row r="{place.lstrip("ABDFXZ")}"><c r="{place}"><v>1</v></c></row>' for place in places
    )
    return xlsx_of(f"{before}<sheetData>{cells}</sheetData>")


def _declarations(address: str) -> Iterator[Hostile]:
    yield Hostile("a billion laughs.docx", UNSAFE, bombs.docx_of_entities)
    yield Hostile("a billion laughs.xlsx", UNSAFE, bombs.xlsx_of_entities)
    yield Hostile("a long laugh.xlsx", UNSAFE, bombs.xlsx_of_long_entity)
    laughing = "<office:text>&e9;</office:text>"
    yield Hostile("laughs.odt", REFUSED, lambda: traps.open_document("text", laughing, bombs.BILLION_LAUGHS))
    xml = f'<?xml version="1.0"?>{bombs.BILLION_LAUGHS}<a>&e9;</a>'
    yield Hostile("laughs.xml", REFUSED, xml.encode)
    yield Hostile("asks for a file.docx", UNSAFE, lambda: traps.with_external_entity("file:///etc/passwd"))
    yield Hostile("asks for a page.docx", UNSAFE, lambda: traps.with_external_entity(f"{address}/entity"))
    yield Hostile("asks for rules.xlsx", UNSAFE, lambda: traps.xlsx_with_external_entity(f"{address}/dtd"))


def _traps(address: str) -> Iterator[Hostile]:
    yield Hostile("template.docx", UNSAFE, lambda: traps.docx_with_template(f"{address}/template.dotm"))
    yield Hostile("picture.docx", UNSAFE, lambda: traps.docx_with_picture(f"{address}/picture.png"))
    yield Hostile(
        "other share.docx", UNSAFE, lambda: traps.docx_with_picture(r"\\127.0.0.1\share\picture.png")
    )
    yield Hostile("chunk.docx", UNSAFE, lambda: traps.docx_with_altchunk(f"{address}/chunk.html"))
    yield Hostile("other workbook.xlsx", UNSAFE, lambda: traps.xlsx_with_other_workbook(f"{address}/b.xlsx"))
    yield Hostile("pictures.xls", HARMLESS, lambda: traps.html_with_pictures(address))
    yield Hostile("pictures.rtf", HARMLESS, lambda: traps.rtf_with_pictures(address))
    yield Hostile("picture.odt", HARMLESS, lambda: traps.odt_with_picture(address))
    yield Hostile("macros.docm", UNSAFE, lambda: traps.with_macros(docx_parts("<w:p/>"), "word"))
    yield Hostile("macros.xlsm", UNSAFE, lambda: traps.with_macros(xlsx_parts("<sheetData/>"), "xl"))
    yield Hostile("macro sheet.xlsx", UNSAFE, traps.xlsx_with_macro_sheet)
    yield Hostile("script.pdf", UNSAFE, lambda: traps.pdf_with_script(on_opening=False))
    yield Hostile("script on opening.pdf", HARMLESS, lambda: traps.pdf_with_script(on_opening=True))
    yield Hostile("formulas.xlsx", HARMLESS, traps.xlsx_of_formulas)
    for number, name in enumerate(("../../climbs.txt", "/etc/climbs", "C:\\climbs.txt", "a\\..\\..\\climbs")):
        yield Hostile(f"climbs {number}.docx", UNSAFE, lambda name=name: traps.with_part_named(name))
        yield Hostile(f"climbs {number}.zip", REFUSED, lambda name=name: traps.zip_with_entry_named(name))


def _disguises() -> Iterator[Hostile]:
    yield Hostile("program.docx", UNREADABLE, lambda: PROGRAM)
    yield Hostile("program.xlsx", UNREADABLE, lambda: ELF)
    yield Hostile("প্রতিবেদন.pdf.exe", UNREADABLE, lambda: PROGRAM + b"2")
    yield Hostile("program inside.zip", REFUSED, lambda: zipped({"report.docx": PROGRAM + b"3"}))
    yield Hostile("locked.docx", UNREADABLE, traps.encrypted_compound_file)
    yield Hostile("script.txt", HARMLESS, lambda: b"#!/bin/sh\nrm -rf /\n")
    yield Hostile("noise.doc", UNREADABLE, lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + _noise(20_000))
    yield Hostile("noise.bin", UNREADABLE, lambda: b"\x80\xff" + _noise(20_000))


def _noise(size: int) -> bytes:
    return random.Random(4).randbytes(size)


def _broken() -> Iterator[Hostile]:
    yield Hostile("empty.docx", UNREADABLE, lambda: b"")
    yield Hostile("blank.txt", UNREADABLE, lambda: b" \r\n\t" * 1000)
    yield Hostile("zeros.xlsx", UNREADABLE, lambda: bytes(100_000))
    document = docx_of("<w:p><w:r><w:t>সূচক</w:t></w:r></w:p>" * 50)
    for number, part in enumerate((0.1, 0.5, 0.9, 0.999)):
        end = int(len(document) * part)
        yield Hostile(f"cut off {number}.docx", UNREADABLE, lambda end=end: document[:end])
    yield Hostile("cut off.pdf", UNREADABLE, lambda: traps.pdf_with_script(on_opening=True)[:60])
    yield Hostile("cut off.rtf", HARMLESS, lambda: rb"{\rtf1{\fonttbl{\f0")
    yield Hostile("wrong checksum.xlsx", UNREADABLE, lambda: _with_wrong_checksum(xlsx_of("<sheetData/>")))
    yield Hostile("only a directory.zip", REFUSED, lambda: b"PK\x05\x06" + bytes(18))


def _with_wrong_checksum(content: bytes) -> bytes:
    name = b"xl/worksheets/sheet1.xml"
    entry = content.rindex(name) - 46
    return content[: entry + 16] + b"\0\1\2\3" + content[entry + 20 :]


def _endless_texts() -> Iterator[Hostile]:
    yield Hostile("sixty megabytes.txt", UNREADABLE, lambda: "প্রতিবেদন\n".encode() * 2_200_000)
    yield Hostile("twenty megabytes.txt", HARMLESS, lambda: "ক\tখ\n".encode() * 2_500_000)
    yield Hostile("one line.csv", HARMLESS, lambda: b"a," * 10_000_000)
    yield Hostile("one quotation.csv", HARMLESS, lambda: b'a,"' + b"b" * 20_000_000)
    yield Hostile("brackets.txt", HARMLESS, lambda: ("(" * 3_000_000 + "\tসূচক\tঅর্জন").encode())
    yield Hostile("digits.txt", HARMLESS, lambda: "সূচক\tঅর্জন\n১\t".encode() + "৯".encode() * 2_000_000)
    yield Hostile("braces.rtf", HARMLESS, lambda: rb"{\rtf1 " + b"{" * 2_000_000)
    yield Hostile("divisions.html", HARMLESS, lambda: b"<html>" + b"<div>" * 500_000)
    yield Hostile("tables in tables.html", HARMLESS, lambda: b"<html>" + b"<table><tr><td>" * 20_000)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    write_hostile_files(target)
    make_hostile_places(target)
