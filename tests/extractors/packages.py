"""Word and Excel packages made part by part, for what no library will write: broken and hostile files."""

import io
import zipfile

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_WORD = "http://purl.oclc.org/ooxml/wordprocessingml/main"
EXCEL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_EXCEL = "http://purl.oclc.org/ooxml/spreadsheetml/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_PREFIXES = (
    f'xmlns:r="{LINKS}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)

_PACKAGE_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"

Parts = dict[str, str | bytes]
Linked = dict[str, tuple[str, str]]  # further parts by id, as (type, XML); each is named after its id


def zipped(parts: Parts) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def links(*entries: tuple[str, str, str], external: bool = False) -> str:
    """A .rels part; each entry is (id, type, target)."""
    mode = ' TargetMode="External"' if external else ""
    inner = "".join(
        f'<Relationship Id="{i}" Type="{LINKS}/{kind}" Target="{to}"{mode}/>' for i, kind, to in entries
    )
    return f'<Relationships xmlns="{_PACKAGE_LINKS}">{inner}</Relationships>'


def docx_parts(body: str, *, namespace: str = WORD, linked: Linked | None = None) -> Parts:
    """The parts of a docx; `body` is the inside of its body."""
    linked = linked or {}
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": links(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": (
            f'<w:document xmlns:w="{namespace}" {_PREFIXES}><w:body>{body}</w:body></w:document>'
        ),
        "word/_rels/document.xml.rels": links(*((i, kind, f"{i}.xml") for i, (kind, _) in linked.items())),
        **{f"word/{i}.xml": xml for i, (_, xml) in linked.items()},
    }


def docx_of(body: str, *, namespace: str = WORD, linked: Linked | None = None) -> bytes:
    return zipped(docx_parts(body, namespace=namespace, linked=linked))


def word_part(tag: str, inner: str) -> str:
    return f'<w:{tag} xmlns:w="{WORD}">{inner}</w:{tag}>'


def xlsx_parts(
    sheet: str,
    *,
    namespace: str = EXCEL,
    shared_strings: str = "",
    styles: str = "",
    workbook: str = '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets>',
) -> Parts:
    """The parts of an xlsx with one worksheet, of which `sheet` is the inside."""
    main = f'xmlns="{namespace}" xmlns:r="{LINKS}"'
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": links(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f"<workbook {main}>{workbook}</workbook>",
        "xl/_rels/workbook.xml.rels": links(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "sharedStrings", "sharedStrings.xml"),
            ("rId3", "styles", "/xl/styles.xml"),
        ),
        "xl/worksheets/sheet1.xml": f"<worksheet {main}>{sheet}</worksheet>",
        "xl/sharedStrings.xml": f"<sst {main}>{shared_strings}</sst>",
        "xl/styles.xml": f"<styleSheet {main}>{styles}</styleSheet>",
    }


def xlsx_of(sheet: str, **parts: str) -> bytes:
    return zipped(xlsx_parts(sheet, **parts))
