"""The glyphs a PDF page paints: where each stands, in which font, which way it runs, and what of it shows.

Programs print a text that is too long for its cell through a window the size of the cell. What runs out of
the window is not seen but is in the file, and only the window tells which cell it belongs to.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from pdfminer.layout import LTChar
from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import (
    PDFGraphicState,
    PDFPageInterpreter,
    PDFResourceManager,
    PDFStackT,
    PDFTextState,
)
from pdfminer.pdfpage import PDFPage
from pdfminer.utils import Matrix, apply_matrix_pt

from extractors.box import Box

_INVISIBLE = 3  # the rendering mode of text that recognisers of print lay under a scan


class Turn(IntEnum):
    """Which way a text runs, in quarter turns against the clock."""

    LEVEL = 0
    UPWARDS = 1  # as narrow headings are set
    DOWNWARDS = 3


@dataclass(frozen=True, slots=True)
class Glyph:
    """One painted glyph, in points from the upper left corner of the page.

    `text` is what the font says it means, right for a blank and often wrong for a letter. `window` is what
    it is painted through, `None` for the whole page; `baseline` is the height of the line that it stands on.
    `is_struck_out` is for whoever knows what lines are drawn.
    """

    box: Box
    text: str
    font: str
    turn: Turn
    window: Box | None
    is_visible: bool
    baseline: float = 0.0
    is_struck_out: bool = False


def glyphs_of(page: PDFPage, resources: PDFResourceManager) -> list[Glyph]:
    """Return the glyphs of a page in the order in which they are painted.

    Raises whatever pdfminer happens to raise on a page whose content is broken.
    """
    painter = _Painter(resources)
    _Interpreter(resources, painter).process_page(page)
    return painter.glyphs


class _Painter(PDFTextDevice):
    """A device that writes down the glyphs instead of painting them."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.glyphs: list[Glyph] = []
        self.window: Box | None = None
        self._height = 0.0
        self._is_visible = True

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        """Take the page's height, from which glyphs are measured down."""
        left, bottom, right, top = page.mediabox
        self._height = right - left if page.rotate % 180 else top - bottom

    def narrow_window(self, corners: Iterable[tuple[float, float]]) -> None:
        """Let nothing be seen outside these corners either."""
        across, up = zip(*corners, strict=True)
        window = self._from_top(min(across), min(up), max(across), max(up))
        self.window = window.within(self.window) if self.window else window

    def render_string(
        self,
        textstate: PDFTextState,
        seq: Iterable[int | float | bytes],
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> None:
        """Paint a string, glyph by glyph."""
        self._is_visible = textstate.render != _INVISIBLE
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> float:
        """Write one glyph down and return how far the next one stands from it."""
        width, shift = font.char_width(cid), font.char_disp(cid)
        text = _meaning(font, cid)
        painted = LTChar(matrix, font, fontsize, scaling, rise, text, width, shift, ncs, graphicstate)
        box = self._from_top(painted.x0, painted.y0, painted.x1, painted.y1)
        baseline = self._height - matrix[5]
        self.glyphs.append(
            Glyph(box, text, painted.fontname, _turn_of(matrix), self.window, self._is_visible, baseline)
        )
        return painted.adv

    def _from_top(self, left: float, bottom: float, right: float, top: float) -> Box:
        return Box(left, self._height - top, right, self._height - bottom)


class _Interpreter(PDFPageInterpreter):
    """An interpreter that minds clipping paths, which the one it extends passes over."""

    device: _Painter

    def init_state(self, ctm: Matrix) -> None:
        """Begin a stream: the page's own, or that of a form painted on it."""
        super().init_state(ctm)
        self._windows: list[Box | None] = []

    def do_q(self) -> None:
        """Save the window with the rest of the state."""
        self._windows.append(self.device.window)
        super().do_q()

    def do_Q(self) -> None:  # noqa: N802 (operators of PDF are told apart by their case)
        """Restore the window with the rest of the state."""
        if self._windows:
            self.device.window = self._windows.pop()
        super().do_Q()

    def do_W(self) -> None:  # noqa: N802
        """Make the current path a window; a form is taken for the box around it."""
        points = [
            point for _, *numbers in self.curpath for point in zip(numbers[::2], numbers[1::2], strict=True)
        ]
        if points:
            self.device.narrow_window(apply_matrix_pt(self.ctm, point) for point in points)

    do_W_a = do_W  # noqa: N815

    def do_Do(self, xobjid_arg: PDFStackT) -> None:  # noqa: N802
        """Paint a form, which may narrow the window for itself alone."""
        window = self.device.window
        super().do_Do(xobjid_arg)
        self.device.window = window


def _meaning(font: PDFFont, cid: int) -> str:
    try:
        return font.to_unichr(cid)
    except PDFUnicodeNotDefined:
        return ""


def _turn_of(matrix: Matrix) -> Turn:
    across, up = matrix[:2]
    if abs(across) >= abs(up):
        return Turn.LEVEL
    return Turn.UPWARDS if up > 0 else Turn.DOWNWARDS
