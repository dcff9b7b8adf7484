import pytest

from extractors.open_document import open_document
from extractors.reader import read
from extractors.refusal import UnreadableFile, UnsafeContent
from tests.extractors.open_documents import open_document_parts, packed

TEXT = open_document_parts("text", "<text:p>খুলনা</text:p>")
SHEET = open_document_parts("spreadsheet", "<table:table/>")


@pytest.mark.parametrize("parts", [TEXT, SHEET], ids=["odt", "ods"])
@pytest.mark.parametrize(
    "name", ["Basic/Standard/Module1.xml", "Basic/Standard/Dialog1.xml", "Scripts/python/run.py"]
)
def test_macros_are_refused(parts, name):
    with pytest.raises(UnsafeContent) as refused:
        read(packed(parts | {name: "<x/>"}))
    assert (refused.value.reason_code, refused.value.detail) == ("macros", name)


def test_the_lists_of_libraries_without_macros_are_harmless():
    lists = {"Basic/script-lc.xml": "<x/>", "Basic/Standard/script-lb.xml": "<x/>", "Scripts/": ""}
    assert "content.xml" in open_document(packed(SHEET | lists)).names


@pytest.mark.parametrize(
    "element",
    [
        '<draw:image xlink:href="http://192.0.2.1/a.png"/>',
        '<draw:object xlink:href="file:///etc/passwd"/>',
        '<text:section-source xlink:href="../other.odt"/>',
        '<table:table-source xlink:href="/home/office/other.ods"/>',
        '<draw:image xlink:href="//192.0.2.1/share/a.png"/>',
        '<office:dde-source office:dde-application="cmd"/>',
        '<text:dde-connection-decl office:dde-application="cmd"/>',
    ],
)
@pytest.mark.parametrize("part", ["content", "styles"])
def test_links_that_would_be_fetched_are_refused(element, part):
    inside = {"styles" if part == "content" else "common_styles": element}
    with pytest.raises(UnsafeContent) as refused:
        read(packed(open_document_parts("spreadsheet", "", **inside)))
    assert refused.value.reason_code == "external_link"


def test_a_button_bound_to_a_macro_is_refused():
    listener = '<script:event-listener xlink:href="vnd.sun.star.script:Tools.run?location=application"/>'
    with pytest.raises(UnsafeContent) as refused:
        read(packed(open_document_parts("spreadsheet", listener)))
    assert refused.value.reason_code == "macros"


@pytest.mark.parametrize(
    "element",
    [
        '<text:a xlink:href="https://example.org">পোর্টাল</text:a>',
        '<draw:image xlink:href="Pictures/1.png"/>',
        '<draw:object xlink:href="./Object 1"/>',
        '<draw:image xlink:href="#picture"/>',
    ],
)
def test_hyperlinks_and_what_lies_in_the_package_are_harmless(element):
    content = packed(open_document_parts("spreadsheet", f"<table:table/>{element}"))
    assert read(content).kind == "ods"


@pytest.mark.parametrize("parts", [TEXT, SHEET], ids=["odt", "ods"])
def test_a_locked_document_asks_for_an_open_copy(parts):
    manifest = str(parts["META-INF/manifest.xml"])
    locked = manifest.replace("</manifest:manifest>", "<manifest:encryption-data/></manifest:manifest>")
    assert locked != manifest
    with pytest.raises(UnreadableFile) as refused:
        read(packed(parts | {"META-INF/manifest.xml": locked}))
    assert refused.value.reason_code == "password_protected"


@pytest.mark.parametrize("part", ["content.xml", "styles.xml"])
@pytest.mark.parametrize("parts", [TEXT, SHEET], ids=["odt", "ods"])
def test_entities_are_refused(parts, part):
    hostile = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]><x>&i;</x>'
    with pytest.raises(UnsafeContent) as refused:
        read(packed(parts | {part: hostile}))
    assert refused.value.reason_code == "entities"


@pytest.mark.parametrize("changes", [{"content.xml": "<cut"}, {"content.xml": None}])
def test_a_document_that_breaks_its_own_rules_is_damaged(changes):
    parts = {name: part for name, part in (SHEET | changes).items() if part is not None}
    with pytest.raises(UnreadableFile) as refused:
        read(packed(parts))
    assert refused.value.reason_code == "damaged"
