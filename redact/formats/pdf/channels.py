"""What the size of a gap tells: boxes are widened to steps, and in strict mode the rest of the line moves
too.

A proportional font gives nearly every surname a width of its own, so a box as wide as the word names it.
Boxes are widened to whole ems where there is room. The words beside a gap still stand where they stood;
``strict`` moves those that follow on the line, so that the gap too is a whole number of ``STEP`` ems.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from redact.formats.pdf.boxes import Mark
from redact.formats.pdf.drawing import Glyph
from redact.formats.pdf.geometry import Box
from redact.formats.pdf.joining import joined
from redact.formats.pdf.lines import CELL_GAP
from redact.formats.pdf.pages import Page
from redact.formats.pdf.pagetext import PageText

PAD = 0.3
"""Ems that are added to the width of what is removed before it is rounded up."""
STEP = 2.0
"""Ems to which a gap is rounded up in strict mode."""
_MARGIN = 9.0
"""Points at the edge of a page that moved text keeps clear of."""


def stepped(width: float, em: float, step: float = 1.0) -> float:
    """Return the width, in points, of the box for something ``width`` points wide."""
    return math.ceil((width + PAD * em) / (step * em) - 1e-9) * step * em


def widened(page: Page, marks: list[Mark], covered: npt.NDArray[np.bool_]) -> list[Mark]:
    """Return marks joined where they stand side by side, and level ones widened to whole ems, as far as the
    words and boxes beside them leave room. ``covered`` tells which glyphs lie under marks."""
    if not marks:
        return []
    kept = _kept(page, marks, covered)
    kept = kept[np.argsort(kept[:, 1])]
    tallest = float((kept[:, 3] - kept[:, 1]).max(initial=0.0))
    found = joined(marks, kept)
    boxes = np.array([mark.box for mark in found])
    for position, mark in enumerate(found):
        box = mark.box
        if mark.direction or box.height > 60:
            continue
        near = slice(*np.searchsorted(kept[:, 1], (box.y0 - tallest, box.y1)))
        others = _level(boxes, box)
        others[position] = False
        beside = np.concatenate([kept[near][_level(kept[near], box)], boxes[others]])
        wider = _widened(box, beside, page.crop)
        found[position] = Mark(wider, mark.marking, 0)
        boxes[position] = wider
    return found


def _level(edges: npt.NDArray[np.float64], box: Box) -> npt.NDArray[np.bool_]:
    """Return which boxes stand on the line of another."""
    overlap = np.minimum(edges[:, 3], box.y1) - np.maximum(edges[:, 1], box.y0)
    result: npt.NDArray[np.bool_] = overlap > 0.3 * box.height
    return result


def _kept(page: Page, marks: list[Mark], covered: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Return the boxes of what stays on a page outside of the marks: of its glyphs, or where it is not
    understood of the characters that another reader finds."""
    if page.glyphs:
        kept: npt.NDArray[np.float64] = page.edges[page.inked & ~covered]
        return kept
    spots = (owner.box for owners in page.texts.get("", PageText()).owners for owner in owners)
    outside = [box for box in spots if not any(mark.box.contains(*box.middle) for mark in marks)]
    return np.array(outside, dtype=float).reshape(-1, 4)


def _widened(box: Box, beside: npt.NDArray[np.float64], crop: Box) -> Box:
    """Return a box widened to whole ems, up to what stands ``beside`` it and the edges of the page."""
    em = box.height
    right = beside[beside[:, 0] >= box.x1 - 0.3 * em, 0]
    left = beside[beside[:, 2] <= box.x0 + 0.3 * em, 2]
    wanted = stepped(box.width, em) - box.width
    last = min(crop.x1 - 1, float(right.min(initial=np.inf)) - 0.12 * em)
    first = max(crop.x0 + 1, float(left.max(initial=-np.inf)) + 0.12 * em)
    more = min(wanted, max(0.0, last - box.x1))
    less = min(wanted - more, max(0.0, box.x0 - first))
    return Box(box.x0 - less, box.y0, box.x1 + more, box.y1)


@dataclass(slots=True)
class Shift:
    """How the text of a page moves in strict mode."""

    glyphs: dict[tuple[int, int], float] = field(default_factory=dict)
    """The move of a glyph in text space, by the identity of its show and its place in that."""
    marks: list[Mark] = field(default_factory=list)
    areas: list[Box] = field(default_factory=list)
    """Where the page looks different."""
    exact: int = 0
    """Gaps that stay as wide as what was removed, for want of room."""


def shifted(page: Page, marks: list[Mark], removed: set[Glyph]) -> Shift:
    """Move what follows a removed run on its line, so that the gap is as wide as many words are."""
    shift = Shift()
    waiting = list(marks)
    for line in _level_lines(page.glyphs):
        if any(glyph in removed for glyph in line):
            _shift_line(page, line, removed, waiting, shift)
    shift.marks += waiting
    shift.exact += sum(not mark.direction for mark in waiting)
    return shift


def _level_lines(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    lines: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        show = glyph.show
        if (
            abs(show.angle) < 0.01
            and not show.unit.tiled
            and not show.font.vertical
            and (glyph.text or "").strip()
        ):
            lines[round(glyph.start[1])].append(glyph)
    return [sorted(line, key=lambda g: g.box.x0) for line in lines.values()]


def _shift_line(
    page: Page, line: list[Glyph], removed: set[Glyph], waiting: list[Mark], shift: Shift
) -> None:
    for cell in _cells(line):
        end = max(g.box.x1 for g in cell)
        following = [g.box.x0 for g in line if g.box.x0 > end]
        room = min([page.crop.x1 - _MARGIN, *(x - 3 for x in following)]) - end
        offset = 0.0
        position = 0
        while position < len(cell):
            glyph = cell[position]
            if glyph not in removed:
                if offset:
                    shift.glyphs[id(glyph.show), glyph.ordinal] = offset / glyph.show.matrix[0]
                position += 1
                continue
            start = position
            while position < len(cell) and cell[position] in removed:
                position += 1
            run = cell[start:position]
            box = Box(run[0].box.x0, glyph.box.y0, max(g.box.x1 for g in run), glyph.box.y1)
            width = stepped(box.width, glyph.show.scale, STEP)
            own = [m for m in waiting if not m.direction and m.box.overlaps(box, 0.1)]
            if offset + width - box.width > room or not own:
                shift.exact += 1
                width = box.width
            for mark in own:
                waiting.remove(mark)
            if own:
                marking = "; ".join(dict.fromkeys(mark.marking for mark in own))
                x0 = box.x0 + offset
                shift.marks.append(Mark(Box(x0, own[0].box.y0, x0 + width, own[0].box.y1), marking, 0))
            offset += width - box.width
            shift.areas.append(Box(box.x0, box.y0 - 2, min(end + offset + 3, page.crop.x1), box.y1 + 2))


def _cells(line: list[Glyph]) -> list[list[Glyph]]:
    found = [[line[0]]]
    for glyph in line[1:]:
        if glyph.box.x0 - max(g.box.x1 for g in found[-1][-3:]) > CELL_GAP * glyph.show.scale:
            found.append([])
        found[-1].append(glyph)
    return found
