"""Files that would do something when opened: fetch, run, climb out of their folder."""

from tests.extractors.packages import (
    EXCEL,
    WORD,
    Parts,
    docx_parts,
    links,
    word_part,
    xlsx_of,
    xlsx_parts,
    zipped,
)
from tests.hostile.bombs import pdf_of

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
_OPEN_DOCUMENT = " ".join(
    f'xmlns:{prefix}="{_OFFICE}:{name}:1.0"'
    for prefix, name in [("office", "office"), ("table", "table"), ("text", "text"), ("draw", "drawing")]
)


def with_external_entity(address: str) -> bytes:
    """A docx that asks for a file of the machine, or of another one, to be put into its text."""
    xml = (
        f'<!DOCTYPE d [<!ENTITY x SYSTEM "{address}">]>'
        f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>'
    )
    return zipped({**docx_parts(""), "word/document.xml": xml})


def xlsx_with_external_entity(address: str) -> bytes:
    xml = f'<!DOCTYPE d SYSTEM "{address}"><worksheet xmlns="{EXCEL}"><sheetData/></worksheet>'
    return zipped({**xlsx_parts(""), "xl/worksheets/sheet1.xml": xml})


def docx_with_template(address: str) -> bytes:
    settings = word_part("settings", "<w:attachedTemplate/>")
    parts = docx_parts("<w:p/>", linked={"settings": ("settings", settings)})
    template = links(("rId1", "attachedTemplate", address), external=True)
    return zipped({**parts, "word/_rels/settings.xml.rels": template})


def docx_with_picture(address: str) -> bytes:
    picture = links(("rId9", "image", address), external=True)
    return zipped({**docx_parts("<w:p/>"), "word/_rels/document.xml.rels": picture})


def xlsx_with_other_workbook(address: str) -> bytes:
    other = links(("rId1", "externalLinkPath", address), external=True)
    return zipped({**xlsx_parts("<sheetData/>"), "xl/externalLinks/_rels/externalLink1.xml.rels": other})


def html_with_pictures(address: str) -> bytes:
    head = f'<link rel="stylesheet" href="{address}/s.css"><script src="{address}/s.js"></script>'
    body = f'<img src="{address}/p.png"><iframe src="{address}"></iframe><table><tr><td>সূচক</table>'
    return f"<html><head>{head}</head><body>{body}</body></html>".encode()


def rtf_with_pictures(address: str) -> bytes:
    fields = "".join(
        rf'{{\field{{\*\fldinst {field} "{address}/x"}}{{\fldrslt }}}}'
        for field in ("INCLUDEPICTURE", "INCLUDETEXT")
    )
    return rf"{{\rtf1\ansi {{\*\template {address}/t.dot}}{fields} report\par}}".encode()


def odt_with_picture(address: str) -> bytes:
    picture = f'<draw:frame><draw:image xlink:href="{address}/p.png"/></draw:frame>'
    return open_document("text", f"<office:text><text:p>{picture}</text:p></office:text>")


def ods_sparse() -> bytes:
    """Two cells, the first and the last that a sheet can have."""
    blank, skipped = "<table:table-cell/>", '<table:table-cell table:number-columns-repeated="16383"/>'
    return ods_of(_row(_cell()) + _row(blank, 1_048_574) + _row(skipped + _cell()))


def ods_repeating() -> bytes:
    """One cell, said to stand in every place of the sheet."""
    return ods_of(_row(_cell(16_384), 1_048_576))


def ods_of(rows: str) -> bytes:
    table = f'<table:table table:name="a">{rows}</table:table>'
    return open_document("spreadsheet", f"<office:spreadsheet>{table}</office:spreadsheet>")


def _row(cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'


def _cell(times: int = 1) -> str:
    kind = f'table:number-columns-repeated="{times}" office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>x</text:p></table:table-cell>"


def open_document(kind: str, body: str, declaration: str = "") -> bytes:
    """An odt or ods; `kind` is text or spreadsheet, `body` the inside of its body."""
    names = f'{_OPEN_DOCUMENT} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"'
    content = f"<office:document-content {names}><office:body>{body}</office:body></office:document-content>"
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return zipped({"mimetype": mimetype, "content.xml": declaration + content})


def with_macros(parts: Parts, folder: str) -> bytes:
    return zipped({**parts, f"{folder}/vbaProject.bin": b"\xd0\xcf\x11\xe0 Sub AutoOpen()"})


def xlsx_with_macro_sheet() -> bytes:
    return zipped({**xlsx_parts("<sheetData/>"), "xl/macrosheets/sheet1.xml": "<macrosheet/>"})


def with_part_named(name: str) -> bytes:
    return zipped({**docx_parts("<w:p/>"), name: "evil"})


def zip_with_entry_named(name: str) -> bytes:
    return zipped({name: "evil", "report.txt": "সূচক\tঅর্জন"})


def xlsx_of_formulas() -> bytes:
    """Formulas that reach out of the sheet, as Excel would run them."""
    wanted = ("WEBSERVICE('http://127.0.0.1/')", "cmd|' /C calc'!A0", "HYPERLINK('http://127.0.0.1/','x')")
    cells = "".join(f"<c><f>{formula}</f></c>" for formula in wanted)
    return xlsx_of(f"<sheetData><row>{cells}</row></sheetData>")


def encrypted_compound_file() -> bytes:
    """As Office writes a docx or xlsx that is locked with a password: its package as one encrypted stream."""
    name = "EncryptedPackage\0".encode("utf-16-le")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + name + bytes(3000)


def pdf_with_script(*, on_opening: bool) -> bytes:
    """A PDF with a script among its names, or as what is done when it is opened."""
    script = b"<</S /JavaScript /JS (app.launchURL\\('http://127.0.0.1:9/'\\))>>"
    named = b"/Names <</JavaScript <</Names [(a) %s]>>>>" % script
    root = b"<</Type /Catalog /Pages 2 0 R %s>>" % (b"/OpenAction " + script if on_opening else named)
    page = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]>>"
    return pdf_of([root, b"<</Type /Pages /Count 1 /Kids [3 0 R]>>", page])


def docx_with_altchunk(address: str) -> bytes:
    parts = docx_parts('<w:altChunk r:id="rId5"/>')
    return zipped(
        {**parts, "word/_rels/document.xml.rels": links(("rId5", "aFChunk", address), external=True)}
    )
