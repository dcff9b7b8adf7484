"""Pictures of pages, made fit for recognition: in grays, evenly lit, of the right size, straight.

The size matters because recognisers of print were trained on letters as high as 300 dots per inch make them.
"""

import io
import struct
import zlib
from collections.abc import Iterator

import numpy as np
from PIL import Image, ImageFilter, ImageOps, ImageSequence

from extractors.poppler import POINTS_PER_INCH, check_pdf, draw_page
from extractors.refusal import Reason, UnreadableFile

MOST_PAGES = 20
BEST_DOTS_PER_INCH = 300
SHORTEST_LONG_SIDE, LONGEST_LONG_SIDE = 3000, 5000  # pixels: some 250 dots per inch on A4, 300 on A3
MOST_PIXELS = 100_000_000  # declared; the best telephones take 50 million

WHITE = 255
_FORMATS = ("PNG", "JPEG", "TIFF", "GIF", "BMP")
# What Pillow raises on pictures that begin well and then break their format's own rules.
_SIGNS_OF_DAMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    LookupError,
    TypeError,
    struct.error,
    zlib.error,
    EOFError,
)
_SMALL, _TINY = 1200, 200  # pixels: the widths at which the slope and the light of a page are looked at
_WIDEST_SPECK = 3  # pixels; the dot of a letter is twice as wide
_WIDEST_STROKE = 9  # pixels of a tiny page: what is darker over a wider area is shadow, not print
_STEEPEST = 4.0  # degrees that a page may lie askew under the scanner's lid
_STEPS = (0.5, 0.1, 0.02)  # degrees: each finer search goes as far as the one before it was coarse


def pages_of_pdf(content: bytes) -> Iterator[Image.Image]:
    """Yield the pages of a PDF as pictures in grays; refuses it as `check_pdf` does, or for being long."""
    sizes = check_pdf(content)
    _refuse_many(len(sizes))
    for number, size in enumerate(sizes, 1):
        yield _drawn(content, number, size)


def page_of_pdf(content: bytes, number: int) -> Image.Image:
    """Return one page of a PDF, counted from 1, as a picture in grays; refuses it as `check_pdf` does."""
    return _drawn(content, number, check_pdf(content)[number - 1])


def pages_of_picture(content: bytes) -> Iterator[Image.Image]:
    """Yield the pages of a picture in grays; a TIFF may hold several.

    Raises `UnreadableFile` for one that is damaged, too large or of too many pages.
    """
    try:
        yield from _frames(content)
    except Image.DecompressionBombError as error:
        raise UnreadableFile(Reason.TOO_LARGE, str(error)) from error
    except _SIGNS_OF_DAMAGE as error:
        raise UnreadableFile(Reason.DAMAGED, f"{type(error).__name__}: {error}") from error


def evenly_lit(page: Image.Image) -> Image.Image:
    """Return a page without shadows: every part of the paper as white as its whitest."""
    tiny = page.resize((_TINY, max(1, round(page.height * _TINY / page.width))))
    light = tiny.filter(ImageFilter.MaxFilter(_WIDEST_STROKE)).filter(ImageFilter.GaussianBlur(2))
    paper = np.asarray(light.resize(page.size, Image.Resampling.BILINEAR), np.float32)
    even = np.asarray(page, np.float32) * (WHITE / np.maximum(paper, 1))
    return Image.fromarray(np.minimum(even, WHITE).astype(np.uint8))


def without_specks(page: Image.Image) -> Image.Image:
    """Return a page without dust and grain. Hairlines go too, so rulings are to be looked for before."""
    return page.filter(ImageFilter.MedianFilter(_WIDEST_SPECK))


def straightened(page: Image.Image) -> Image.Image:
    """Return a page turned by the small angle at which its lines run level."""
    ink = ImageOps.invert(page.resize((_SMALL, max(1, round(page.height * _SMALL / page.width)))))
    angle, reach = 0.0, _STEEPEST
    for step in _STEPS:
        angles = np.arange(angle - reach, angle + reach + step / 2, step)
        angle, reach = float(max(angles, key=lambda angle: _levelness(ink, angle))), step
    return page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=WHITE)


def _levelness(ink: Image.Image, angle: float) -> float:
    """Return how sharply dark and light lines part once a picture of ink is turned by an angle."""
    darkness = np.asarray(ink.rotate(angle, Image.Resampling.BILINEAR), np.float32).mean(axis=1)
    return float(np.square(np.diff(darkness)).sum())


def _drawn(content: bytes, number: int, size: tuple[float, float]) -> Image.Image:
    largest = LONGEST_LONG_SIDE * POINTS_PER_INCH / max(size)
    picture = draw_page(content, number, min(BEST_DOTS_PER_INCH, int(largest)))
    return _sized(Image.open(io.BytesIO(picture), formats=["PPM"]))


def _frames(content: bytes) -> Iterator[Image.Image]:
    with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
        for number, frame in enumerate(ImageSequence.Iterator(picture), 1):
            _refuse_many(number)
            if frame.width * frame.height > MOST_PIXELS:
                raise UnreadableFile(Reason.TOO_LARGE, f"{frame.width} x {frame.height} pixels")
            yield _sized(_on_paper(ImageOps.exif_transpose(frame)))


def _sized(page: Image.Image) -> Image.Image:
    long_side = max(page.size)
    if SHORTEST_LONG_SIDE <= long_side <= LONGEST_LONG_SIDE:
        return page
    wanted = LONGEST_LONG_SIDE if long_side > LONGEST_LONG_SIDE else SHORTEST_LONG_SIDE
    scale = wanted / long_side
    size = (max(1, round(page.width * scale)), max(1, round(page.height * scale)))
    return page.resize(size, Image.Resampling.LANCZOS)


def _on_paper(picture: Image.Image) -> Image.Image:
    """Return a picture in grays, on white where it is transparent."""
    solid = picture.convert("RGBA")
    paper = Image.new("RGBA", solid.size, "white")
    return Image.alpha_composite(paper, solid).convert("L")


def _refuse_many(pages: int) -> None:
    if pages > MOST_PAGES:
        raise UnreadableFile(Reason.TOO_LARGE, f"more than {MOST_PAGES} pages")
