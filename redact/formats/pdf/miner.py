"""pdfminer's interpreter as an independent reader, without its analysis of layout, which takes most of its
time: text in the order of drawing."""

import math
from io import BytesIO

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.utils import Matrix

_WORD, _LINE = 0.25, 0.4
"""Ems along the line that part words, and across it that part lines."""


def text_as_drawn(data: bytes) -> str:
    """Return the text of all pages and of the forms in them; raises what pdfminer raises."""
    resources = PDFResourceManager()
    device = _Device(resources)
    interpreter = PDFPageInterpreter(resources, device)
    for page in PDFPage.get_pages(BytesIO(data)):
        interpreter.process_page(page)
        device.parts.append("\n")
    return "".join(device.parts)


class _Device(PDFTextDevice):
    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.parts: list[str] = []
        self._end = (0.0, 0.0)
        """Where the last character ended."""

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
        a, b, c, d, x, y = matrix
        size = abs(fontsize) * math.hypot(c, d)
        away_x, away_y = x - self._end[0], y - self._end[1]
        if abs(away_x) > _WORD * size or abs(away_y) > _WORD * size:
            across = abs(away_y * a - away_x * b) / (math.hypot(a, b) or 1.0)
            self.parts.append("\n" if across > _LINE * size else " ")
        try:
            self.parts.append(font.to_unichr(cid))
        except PDFUnicodeNotDefined:
            self.parts.append("\ufffd")
        advance = font.char_width(cid) * fontsize * scaling
        along = (c, d) if font.is_vertical() else (a, b)
        self._end = (x + along[0] * advance, y + along[1] * advance)
        return float(advance)
