"""An OpenDocument package, odt or ods, opened only once it has proved harmless."""

import re
from xml.etree.ElementTree import Element

from extractors.package import Package, open_package
from extractors.refusal import Danger, Reason, UnreadableFile, UnsafeContent

_MANIFEST = "META-INF/manifest.xml"
_MACRO_FOLDERS = ("Basic/", "Scripts/")
_MACRO_LISTS = (
    "/script-lc.xml",
    "/script-lb.xml",
    "/dialog-lc.xml",
    "/dialog-lb.xml",
)  # of empty libraries too
_MACRO_ADDRESS = "vnd.sun.star.script:"

_ELSEWHERE = re.compile(
    "[a-z][a-z0-9+.-]*:|/|\\.\\./", re.IGNORECASE
)  # names a scheme, a root, a place above
_LIVE_LINKS = frozenset(("dde-source", "dde-connection-decl"))  # to another running program


def open_document(content: bytes) -> Package:
    """Open an OpenDocument package.

    Raises what `open_package` raises, `UnreadableFile` for a document locked with a password, and
    `UnsafeContent` for macros and for links that would be fetched when it is opened.
    """
    package = open_package(content)
    if _MANIFEST in package.names and b"encryption-data" in package.part(_MANIFEST):
        raise UnreadableFile(Reason.PASSWORD_PROTECTED)
    for name in sorted(package.names):
        if name.startswith(_MACRO_FOLDERS) and not name.endswith(("/", *_MACRO_LISTS)):
            raise UnsafeContent(Danger.MACROS, name)
    for part in ("content.xml", "styles.xml"):
        if part in package.names:
            _refuse_links(package.xml(part))
    return package


def _refuse_links(root: Element) -> None:
    for element in root.iter():
        target = element.get("href", "")
        if target.startswith(_MACRO_ADDRESS):
            raise UnsafeContent(Danger.MACROS, target)
        # A hyperlink only waits to be clicked.
        if element.tag in _LIVE_LINKS or (element.tag != "a" and _ELSEWHERE.match(target)):
            raise UnsafeContent(Danger.EXTERNAL_LINK, f"{element.tag}: {target}")
