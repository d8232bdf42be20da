"""Glyphs into text: lines in reading order, words, columns, with the way back from each character to its
glyphs."""

import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from redact.formats.pdf.columns import blocks_of
from redact.formats.pdf.drawing import Glyph, Show
from redact.formats.pdf.lines import CELL_GAP, Cell, Line, lines_of
from redact.formats.pdf.pagetext import Owner, PageText

WORD_GAP = 0.22
"""Ems between glyphs that part words."""


def lay_out(glyphs: Iterable[Glyph]) -> PageText:
    """Put glyphs into reading order, each direction of writing by itself, the most common first."""
    directions: dict[int, list[Cell]] = defaultdict(list)
    show: Show | None = None
    degrees = 0
    cells: list[Cell] = []
    for glyph in glyphs:
        if glyph.show is not show:
            show = glyph.show
            degrees = _direction(show)
            cells = directions[degrees]
        if glyph.text != "":
            cells.append(_framed(glyph, degrees))
    writer = _Writer()
    for cells in sorted(directions.values(), key=len, reverse=True):
        for block in blocks_of(lines_of(cells)):
            writer.block(block)
    return PageText("".join(writer.text), tuple(writer.owners))


def _direction(show: Show) -> int:
    angle = show.angle - math.pi / 2 if show.font.vertical else show.angle
    return round(math.degrees(angle)) % 360


def _framed(glyph: Glyph, degrees: int) -> Cell:
    (x0, y0), (x1, y1) = glyph.start, glyph.end
    size = glyph.show.scale
    text = glyph.text if glyph.text is not None else "\ufffd"
    if degrees == 0:
        return Cell(x0 if x0 < x1 else x1, x1 if x0 < x1 else x0, y0, size, text, [glyph])
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    left, right = sorted((x0 * cos + y0 * sin, x1 * cos + y1 * sin))
    return Cell(left, right, y0 * cos - x0 * sin, size, text, [glyph])


class _Writer:
    """Puts lines out as characters with their owners."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.owners: list[tuple[Owner, ...]] = []

    def block(self, lines: list[Line]) -> None:
        """Write lines; cells of tables stand at the column of text that their place on the page gives."""
        cut = [_cells(line) for line in lines]
        tabular = [len(cells) > 1 for cells in cut]
        advances = [c.right - c.left for line in lines for c in line if c.right > c.left]
        pitch = median(advances) if advances else 1.0
        left = min((line[0].left for line in lines if line), default=0.0)
        previous: Line | None = None
        for position, line in enumerate(lines):
            if previous is not None and previous[0].base - line[0].base > 2.1 * max(
                previous[0].size, line[0].size
            ):
                self._put("\n")
            table = any(tabular[max(0, position - 1) : position + 2])
            self._line(cut[position], left if table else None, pitch)
            previous = line

    def _line(self, cells: list[Line], margin: float | None, pitch: float) -> None:
        start = len(self.text)
        for cell in cells:
            column = 0
            if margin is not None and pitch > 0:
                column = min(round((cell[0].left - margin) / pitch), 400)
            written = len(self.text) - start
            self._put(" " * max(column - written, 2 if written else 0))
            self._words(cell)
        self._put("\n")

    def _words(self, cell: Line) -> None:
        threshold = _word_gap(cell)
        previous: Cell | None = None
        for part in _logical(cell):
            text = part.text
            if text.isspace():
                if self.text and not self.text[-1].isspace():
                    self._put(" ", part.glyphs)
                previous = None
                continue
            if previous is not None:
                gap = part.left - previous.right
                if gap < 0:
                    gap = max(gap, previous.left - part.right)
                if gap > 0 and gap > threshold * max(part.size, previous.size):
                    self._put(" ")
            self.text.extend(text)
            self.owners.extend([tuple(part.glyphs)] * len(text))
            previous = part

    def _put(self, text: str, glyphs: Sequence[Glyph] = ()) -> None:
        self.text.extend(text)
        self.owners.extend([tuple(glyphs)] * len(text))


def _cells(line: Line) -> list[Line]:
    """Cut a line at wide gaps; white space at the edges of a cell is left out."""
    found: list[Line] = []
    edge = None
    for part in line:
        if part.text.isspace():
            if found:
                found[-1].append(part)
            continue
        if edge is None or part.left - edge > CELL_GAP * part.size:
            if found:
                found[-1] = _stripped(found[-1])
            found.append([part])
        else:
            found[-1].append(part)
        edge = part.right if edge is None else max(edge, part.right)
    if found:
        found[-1] = _stripped(found[-1])
    return found


def _stripped(cell: Line) -> Line:
    end = len(cell)
    while end and cell[end - 1].text.isspace():
        end -= 1
    return cell[:end]


def _word_gap(cell: Line) -> float:
    """Return the gap in ems that parts words: wider where the letters themselves are set apart."""
    gaps = [
        (b.left - a.right) / max(b.size, 0.1)
        for a, b in pairwise(cell)
        if not a.text.isspace() and not b.text.isspace()
    ]
    if len(gaps) < 3:
        return WORD_GAP
    middle = median(gaps)
    even = sum(abs(gap - middle) < 0.12 for gap in gaps) >= 0.7 * len(gaps)
    return middle + 0.25 if middle > 0.8 * WORD_GAP and even else WORD_GAP


def _logical(cell: Line) -> Line:
    """Turn runs of right-to-left letters around, which are drawn in the order of the eye."""
    if "".join([part.text for part in cell]).isascii():  # the common case
        return cell
    if not any(unicodedata.bidirectional(part.text[0]) in ("R", "AL") for part in cell):
        return cell
    found: Line = []
    run: Line = []
    for part in cell:
        kind = unicodedata.bidirectional(part.text[0])
        if kind in ("R", "AL", "NSM") or (run and kind in ("WS", "CS", "ON")):
            run.append(part)
        else:
            found += [*reversed(run), part]
            run = []
    return found + run[::-1]
