"""Poppler: the programs that open a PDF, say what it is, give its words and draw its pages.

They read what a PDF says of its own text (`ActualText`), which libraries in Python pass over: in Bengali,
whose glyphs stand in another order than its letters, that parts right words from wrong ones. The file goes
in and the answer comes out through pipes, so that nothing is written to disk.
"""

import re
import subprocess
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

from extractors.box import Box
from extractors.refusal import Danger, Reason, UnreadableFile, UnsafeContent

POINTS_PER_INCH = 72
MOST_PAGES = 100
LARGEST_SIDE_POINTS = 3400  # the long side of A0; a page that claims more would fill the memory when drawn
MOST_SECONDS = 20  # a page takes some hundredths of a second; what takes this long was made to

_END, _END_WITHIN = b"%%EOF", 1024  # bytes of padding or mail that readers of PDF allow behind the end
_FACT = re.compile(r"^([A-Z][^:\n]*?) *: *(.*)$", re.MULTILINE)
_PAGE_SIZE = re.compile(r"^Page +[0-9]+ size: +([0-9.]+) x ([0-9.]+) pts", re.MULTILINE)
# XML forbids these, and fonts without a proper map give them; they stand for no letter.
_NO_CONTROLS = dict.fromkeys((*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0xFFFE, 0xFFFF))


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a page and where it stands, in points from the upper left corner."""

    box: Box
    text: str


def check_pdf(content: bytes) -> list[tuple[float, float]]:
    """Return the width and height of each page of a PDF, in points; refuse one that should not be read on.

    Raises `UnreadableFile` for a file that is locked, damaged, cut short or beyond all measure, or where
    poppler is not installed, and `UnsafeContent` for one that holds scripts.
    """
    if _END not in content[-_END_WITHIN:]:  # poppler would mend it, and nobody would see what is missing
        raise UnreadableFile(Reason.DAMAGED, "no end of file")
    said = _ask("pdfinfo", "-l", str(MOST_PAGES), "-", content=content).decode("utf-8", "replace")
    facts = dict(
        _FACT.findall(said)
    )  # the title may pretend to be any fact, but is told before the true ones
    if facts.get("JavaScript") == "yes":
        raise UnsafeContent(Danger.MACROS, "JavaScript")
    if int(facts["Pages"]) > MOST_PAGES:
        raise UnreadableFile(Reason.TOO_LARGE, f"{facts['Pages']} pages")
    sizes = [(float(width), float(height)) for width, height in _PAGE_SIZE.findall(said)]
    if max(max(size) for size in sizes) > LARGEST_SIDE_POINTS:
        raise UnreadableFile(Reason.TOO_LARGE, "a page larger than any paper")
    return sizes


def words_of_pages(content: bytes, *, as_painted: bool = False) -> list[list[Word]]:
    """Return the words of each page of a PDF; a page without a text layer has none.

    `as_painted` leaves them in the order in which they are painted. Otherwise they stand in lines, and what
    overlaps in a line is one word.
    """
    order = ["-raw"] if as_painted else []
    said = _ask("pdftotext", "-q", "-bbox", *order, "-", "-", content=content).decode("utf-8", "replace")
    pages = said[
        said.index("<doc>") : said.index("</doc>") + len("</doc>")
    ]  # leaves the file's own title out
    root = ElementTree.fromstring(pages.translate(_NO_CONTROLS), forbid_dtd=True)
    return [[_word(word) for word in page.iter("word")] for page in root.iter("page")]


def draw_page(content: bytes, number: int, dots_per_inch: int) -> bytes:
    """Return a page, counted from 1, as a picture in shades of gray, in the PGM format."""
    page, resolution = str(number), str(dots_per_inch)
    return _ask("pdftoppm", "-q", "-gray", "-r", resolution, "-f", page, "-l", page, "-", content=content)


def _word(element: Element) -> Word:
    sides = (float(element.get(side, "")) for side in ("xMin", "yMin", "xMax", "yMax"))
    return Word(Box(*sides), element.text or "")


def _ask(program: str, *arguments: str, content: bytes) -> bytes:
    try:
        answer = subprocess.run(
            [program, *arguments], input=content, capture_output=True, timeout=MOST_SECONDS, check=False
        )
    except FileNotFoundError as error:
        raise UnreadableFile(Reason.NEEDS_POPPLER, program) from error
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(Reason.TOO_LARGE, f"{program} took more than {MOST_SECONDS} s") from error
    if answer.returncode != 0:
        complaint = answer.stderr.decode("utf-8", "replace").strip()
        locked = "password" in complaint.casefold()
        raise UnreadableFile(Reason.PASSWORD_PROTECTED if locked else Reason.DAMAGED, complaint[:200])
    return answer.stdout
