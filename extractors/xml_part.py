"""The XML of a part, parsed by the fast parser of the standard library once its prolog has proved harmless.

A document type is all that entities, expanded without end or fetched from elsewhere, could come from. It can
only stand before the first element: so that much is read by a parser that does nothing but watch for it.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache, wraps
from typing import IO, TypeVar, cast
from xml.etree.ElementTree import Element, ParseError, XMLParser, XMLPullParser
from xml.parsers import expat

from defusedxml import DTDForbidden

_LARGEST_REMEMBERED = 16 * 1024  # bytes of a part that is kept to be known again
_PIECE = 64 * 1024  # bytes read at a time
_GLANCE = 1024  # bytes of a prolog looked at in one go; most end within
_DECLARATION = re.compile(r'<\?xml version="1\.0"(?: encoding="(?i:utf-8)")?(?: standalone="(?:yes|no)")?\?>')

_Part = TypeVar("_Part", str, bytes)
_Read = TypeVar("_Read")


def remembered_if_small(
    most: int, largest: int = _LARGEST_REMEMBERED
) -> Callable[[Callable[[_Part], _Read]], Callable[[_Part], _Read]]:
    """Let a function of a part, or of a piece of one, remember its last `most` results for small ones.

    Many parts are the same, byte for byte, in all files of one program, and in all copies of one form.
    """

    def remembering(read: Callable[[_Part], _Read]) -> Callable[[_Part], _Read]:
        remembered = lru_cache(maxsize=most)(read)

        @wraps(read)
        def reading(part: _Part) -> _Read:
            return remembered(part) if len(part) <= largest else read(part)

        return reading

    return remembering


def parsed(content: bytes) -> Element:
    """Return the root of an XML part.

    Raises `ParseError` where it is not XML, and `DTDForbidden` where it declares a document type.
    """
    prolog = _Prolog()
    for begin in range(0, len(content), _GLANCE):
        if prolog.is_over:
            break
        prolog.feed(content[begin : begin + _GLANCE])
    parser = XMLParser()
    parser.feed(content)
    root: Element = parser.close()
    return root


def elements(stream: IO[bytes]) -> Iterator[Element]:
    """Yield each element of an XML part when it has been read whole, so that it may be cleared at once.

    Raises what `parsed` does, when it comes to the place.
    """
    prolog = _Prolog()
    parser: XMLPullParser[Element] = XMLPullParser(("end",))
    while piece := stream.read(_PIECE):
        for begin in range(0, len(piece), _GLANCE):
            if prolog.is_over:
                break
            prolog.feed(piece[begin : begin + _GLANCE])
        parser.feed(piece)
        yield from _read_whole(parser)
    parser.close()
    yield from _read_whole(parser)


def _read_whole(parser: "XMLPullParser[Element]") -> Iterator[Element]:
    events = cast("Iterator[tuple[str, Element]]", parser.read_events())
    return (element for _, element in events)


class _Prolog:
    """What stands before the first element, read for its document type alone."""

    def __init__(self) -> None:
        self.is_over = False
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._end

    def feed(self, piece: bytes) -> None:
        """Look at the next piece, up to the first element; what stands behind it is left to others."""
        try:
            self._parser.Parse(piece, False)
        except expat.ExpatError as error:
            if not self.is_over:
                raise ParseError(str(error)) from error

    def _refuse(self, name: str, system: str | None, public: str | None, has_internal_subset: int) -> None:
        if not self.is_over:
            raise DTDForbidden(name, system, public)

    def _end(self, name: str, attributes: dict[str, str]) -> None:
        self.is_over = True


def plain_xml(content: bytes) -> str | None:
    """Return a part as text where it holds elements and text alone and is in UTF-8; `None` otherwise.

    In such a text every `<` begins a tag, so that a pattern which matches it whole has read it as a parser
    would. Comments, sections of raw text, instructions and other encodings are left to a parser.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    declaration = _DECLARATION.match(text)
    begin = declaration.end() if declaration else 0
    return None if "<!" in text or text.find("<?", begin) >= 0 else text


def without_namespaces(root: Element) -> Element:
    """Take the namespaces off every name below and including an element, in place, and return it."""
    for element in root.iter():
        element.tag = local_name(element.tag)
        if any("}" in name for name in element.attrib):
            element.attrib = {local_name(name): value for name, value in element.attrib.items()}
    return root


@lru_cache(maxsize=1024)
def local_name(name: str) -> str:
    """Return a name without its namespace: `tc` for `{http://…/main}tc`."""
    return name.rpartition("}")[2]
