"""pdfminer's interpreter as an independent reader, without its analysis of layout and its tokenizer, which
take most of its time: text in the order of drawing."""

import math
from collections import defaultdict
from collections.abc import Sequence
from io import BytesIO

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextDevice, PDFTextSeq
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import (
    PDFGraphicState,
    PDFPageInterpreter,
    PDFResourceManager,
    PDFStackT,
    PDFTextState,
)
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import stream_value
from pdfminer.psparser import LIT
from pdfminer.utils import apply_matrix_pt, mult_matrix

from redact.formats.pdf.collection import uncollected
from redact.formats.pdf.operations import Kinds, operations

_WORD, _LINE = 0.25, 0.4
"""Ems along the line that part words, and across it that part lines."""
_KINDS = Kinds(lambda name: LIT(name[1:]), bytes, list)
_METHODS = {"T*": "do_T_a", "'": "do__q", '"': "do__w"}


@uncollected()
def text_as_drawn(data: bytes) -> str:
    """Return the text of all pages and of the forms in them; raises what pdfminer and qpdf raise."""
    resources = PDFResourceManager()
    device = _Device(resources)
    interpreter = _Interpreter(resources, device)
    for page in PDFPage.get_pages(BytesIO(data)):
        interpreter.process_page(page)
        device.parts.append("\n")
    return "".join(device.parts)


class _Interpreter(PDFPageInterpreter):
    def execute(self, streams: Sequence[object]) -> None:
        found = [stream_value(stream) for stream in streams]
        found = [stream for stream in found if stream.objid not in self.parent_stream_ids]
        self.stream_ids = {stream.objid for stream in found if stream.objid is not None}
        for name, operands in operations(b"\n".join(stream.get_data() for stream in found), _KINDS):
            getattr(self, _METHODS.get(name) or "do_" + name)(*operands)

    def do_TJ(self, seq: PDFStackT) -> None:  # noqa: N802 - pdfminer's name
        if isinstance(seq, list):
            self.device.render_string(self.textstate, seq, self.graphicstate.ncs, self.graphicstate)


class _Device(PDFTextDevice):
    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.parts: list[str] = []
        self._end = (0.0, 0.0)
        """Where the last character ended."""
        self._known: dict[PDFFont, dict[int, tuple[str, float]]] = defaultdict(dict)

    def render_string(
        self,
        textstate: PDFTextState,
        seq: PDFTextSeq,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> None:
        font, size, scaling = textstate.font, textstate.fontsize, textstate.scaling * 0.01
        if font is None or self.ctm is None:
            return
        matrix = mult_matrix(textstate.matrix, self.ctm)
        vertical = font.is_vertical()
        stretch = 1.0 if vertical else scaling
        spacing = textstate.charspace * stretch
        word_spacing = 0.0 if font.is_multibyte() else textstate.wordspace * stretch
        em = abs(size) * math.hypot(matrix[2], matrix[3])
        apart = " " if abs(spacing) > _WORD * abs(size) else ""
        along = textstate.linematrix[vertical]
        for item in seq:
            if isinstance(item, bytes):
                self._go_to(matrix, self._point(textstate, along), em)
                shown = [self._character(font, code) for code in font.decode(item)]
                self.parts.append(apart.join([text for text, _ in shown]))
                along += sum([width for _, width in shown]) * size * stretch + len(shown) * spacing
                if word_spacing:
                    along += item.count(b" ") * word_spacing
                self._end = apply_matrix_pt(matrix, self._point(textstate, along))
            elif isinstance(item, int | float):
                along -= item * 0.001 * size * stretch
        textstate.linematrix = self._point(textstate, along)

    def _point(self, textstate: PDFTextState, along: float) -> tuple[float, float]:
        vertical = textstate.font is not None and textstate.font.is_vertical()
        return (textstate.linematrix[0], along) if vertical else (along, textstate.linematrix[1])

    def _go_to(self, matrix: tuple[float, ...], point: tuple[float, float], em: float) -> None:
        """Part words and lines where a string starts away from the end of the last."""
        a, b, c, d, e, f = matrix
        x, y = apply_matrix_pt((a, b, c, d, e, f), point)
        away_x, away_y = x - self._end[0], y - self._end[1]
        if abs(away_x) > _WORD * em or abs(away_y) > _WORD * em:
            across = abs(away_y * a - away_x * b) / (math.hypot(a, b) or 1.0)
            self.parts.append("\n" if across > _LINE * em else " ")

    def _character(self, font: PDFFont, code: int) -> tuple[str, float]:
        known = self._known[font]
        if code not in known:
            try:
                text = font.to_unichr(code)
            except PDFUnicodeNotDefined:
                text = "\ufffd"
            known[code] = text, float(font.char_width(code))
        return known[code]
