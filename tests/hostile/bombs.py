"""Files that grow: small to send, beyond all measure once opened."""

import io
import struct
import zipfile
import zlib

from tests.extractors.packages import EXCEL, WORD, docx_of, docx_parts, xlsx_of, xlsx_parts, zipped

_ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
BILLION_LAUGHS = f'<!DOCTYPE lolz [<!ENTITY e0 "lol">{_ENTITIES}]>'


def docx_declaring_too_much() -> bytes:
    return zipped({**docx_parts(""), "word/media/image1.bmp": bytes(64 * 1024**2)})


def xlsx_that_understates_its_size() -> bytes:
    """A sheet of 200 MB whose directory promises 1,000 bytes."""
    name = "xl/worksheets/sheet1.xml"
    content = bytearray(zipped({**xlsx_parts(""), name: b" " * 200 * 1024**2}))
    entry = content.rindex(name.encode()) - 46  # in the directory, which comes last
    struct.pack_into("<L", content, entry + 24, 1000)
    return bytes(content)


def zip_of_many_entries() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(60_000):
            archive.writestr(f"{number}.txt", "")
    return file.getvalue()


def zip_of_a_directory_alone() -> bytes:
    """A million entries without content, 47 bytes each, that become as many objects once they are listed."""
    count = 1_000_000
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, *[0] * 7, 1, *[0] * 6)
    directory = (entry + b"a") * count
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, *[0] * 7, 1, 0) + b"a"
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, *[count & 0xFFFF] * 2, len(directory), len(local), 0)
    return local + directory + end


def zip_of_zips(depth: int) -> bytes:
    """An archive in an archive …, ten side by side, at the bottom a megabyte of blanks each."""
    content, name = b" " * 1024**2, "report.txt"
    for _ in range(depth):
        content = zipped({f"{copy}/{name}": content for copy in range(10)})
        name = "reports.zip"
    return content


def docx_of_entities() -> bytes:
    xml = f'{BILLION_LAUGHS}<w:document xmlns:w="{WORD}"><w:body>&e9;</w:body></w:document>'
    return zipped({**docx_parts(""), "word/document.xml": xml})


def xlsx_of_entities() -> bytes:
    xml = f'{BILLION_LAUGHS}<sst xmlns="{EXCEL}"><si><t>&e9;</t></si></sst>'
    return zipped({**xlsx_parts("<sheetData/>"), "xl/sharedStrings.xml": xml})


def xlsx_of_long_entity() -> bytes:
    """Not nested, so that counting levels does not find it: 100 kB, named 50,000 times."""
    declaration = f'<!DOCTYPE a [<!ENTITY a "{"a" * 100_000}">]>'
    cell = f'<c t="str"><v>{"&a;" * 50_000}</v></c>'
    sheet = f'{declaration}<worksheet xmlns="{EXCEL}"><sheetData><row>{cell}</row></sheetData></worksheet>'
    return zipped({**xlsx_parts(""), "xl/worksheets/sheet1.xml": sheet})


def xlsx_of_a_million_rows() -> bytes:
    rows = "".join(f'<row r="{n}"><c><v>{n}</v></c></row>' for n in range(1, 1_000_001))
    return xlsx_of(f"<sheetData>{rows}</sheetData>")


def xlsx_of_merges() -> bytes:
    """A hundred thousand merged areas, each over every row."""
    rows = "".join(f'<row r="{n}"><c><v>{n}</v></c></row>' for n in range(1, 2001))
    areas = '<mergeCell ref="A1:XFD1048576"/>' * 100_000
    return xlsx_of(f"<sheetData>{rows}</sheetData><mergeCells>{areas}</mergeCells>")


def docx_of_tables_in_tables(depth: int) -> bytes:
    return docx_of("<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth)


def docx_of_wide_spans() -> bytes:
    """Cells that claim to be two thousand million columns wide."""
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>'
    return docx_of(f"<w:tbl>{f'<w:tr>{cell * 60}</w:tr>' * 300}</w:tbl>")


def pdf_of(objects: list[bytes]) -> bytes:
    """A PDF of numbered objects, the first of which is its root."""
    content = b"%PDF-1.7\n"
    offsets = []
    for number, one in enumerate(objects, 1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    trailer = b"trailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(content))
    return content + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table) + trailer


def pdf_bomb() -> bytes:
    """A page whose content is deflated twice: some kilobytes, a gigabyte once drawn."""
    packed = zlib.compress(zlib.compress(b"0 0 m 9 9 l S\n" * (1024**3 // 14 // 8), 9), 9)
    stream = b"<</Length %d /Filter [/FlateDecode /FlateDecode]>>stream\n%s\nendstream" % (
        len(packed),
        packed,
    )
    page = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R>>"
    pages = b"<</Type /Pages /Count 1 /Kids [3 0 R]>>"
    return pdf_of([b"<</Type /Catalog /Pages 2 0 R>>", pages, page, stream])


def pdf_whose_pages_hold_themselves() -> bytes:
    return pdf_of([b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Count 9 /Kids [2 0 R 2 0 R]>>"])
