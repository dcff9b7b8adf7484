"""OpenDocument packages made by hand: what no program writes, and what tells one reading from another."""

import io
import zipfile

from tests.extractors.packages import Parts

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("number", "datastyle"),
        ("script", "script"),
        ("svg", "svg-compatible"),
        ("fo", "xsl-fo-compatible"),
        ("manifest", "manifest"),
    )
)
_XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


def open_document_parts(kind: str, body: str, *, styles: str = "", common_styles: str = "") -> Parts:
    """The parts of a document of a kind (`text`, `spreadsheet`); `body` is the inside of its body.

    `styles` stand in the content itself; `common_styles` are the inside of `styles.xml`.
    """
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return {
        "mimetype": mimetype,
        "META-INF/manifest.xml": (
            f"<manifest:manifest {_NAMESPACES}>"
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mimetype}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>"
        ),
        "content.xml": (
            f'<office:document-content {_NAMESPACES} {_XLINK} office:version="1.2">{styles}'
            f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
        ),
        "styles.xml": f'<office:document-styles {_NAMESPACES} {_XLINK} office:version="1.2">{common_styles}'
        "</office:document-styles>",
    }


def packed(parts: Parts) -> bytes:
    """The parts as one file; the first, its mimetype, lies uncompressed, as LibreOffice asks."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return file.getvalue()


def odt_of(body: str) -> bytes:
    return packed(open_document_parts("text", body))


def ods_of(rows: str, **styles: str) -> bytes:
    """A spreadsheet of one sheet; `rows` is the inside of its table."""
    table = f'<table:table table:name="Sheet1">{rows}</table:table>'
    return packed(open_document_parts("spreadsheet", table, **styles))
