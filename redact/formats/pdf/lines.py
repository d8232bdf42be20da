"""Cells of one glyph each, put together to lines of a page."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import TypeAlias

from redact.formats.pdf.drawing import Glyph

CELL_GAP = 1.1
"""Ems between glyphs that part cells of a table."""


@dataclass(slots=True, eq=False)
class Cell:
    """A glyph in the frame of its direction of writing: along ``left`` to ``right``, on a ``base`` line."""

    left: float
    right: float
    base: float
    size: float
    text: str
    glyphs: list[Glyph]


Line: TypeAlias = list[Cell]


def lines_of(cells: list[Cell]) -> list[Line]:
    """Cluster cells into lines from top to bottom, each sorted from left to right."""
    runs: list[Line] = []
    for cell in cells:
        last = runs[-1][-1] if runs else None
        if last is not None and abs(cell.base - last.base) < 0.05 * cell.size and cell.size == last.size:
            runs[-1].append(cell)
        else:
            runs.append([cell])
    runs.sort(key=lambda run: -run[0].base)
    lines: list[Line] = []
    extents: list[tuple[float, float, float]] = []
    for run in runs:
        size, base = run[0].size, run[0].base
        low, high = base - 0.2 * size, base + 0.7 * size
        for line, (bottom, top, line_size) in zip(lines[:-9:-1], extents[:-9:-1], strict=True):
            shared = min(high, top) - max(low, bottom)
            near = shared > 0.5 * min(high - low, top - bottom) and 0.45 < size / (line_size or 1) < 2.2
            if near and not _collide(line, run):
                line.extend(run)
                break
        else:
            lines.append(list(run))
            extents.append((low, high, size))
    for position, line in enumerate(lines):
        line.sort(key=lambda cell: cell.left)
        lines[position] = _without_overprints(line)
    return lines


def _collide(line: Line, run: Line) -> bool:
    """Whether a run is printed over other text of a line, so that both are to be read by themselves."""
    low, high = min(cell.left for cell in run), max(cell.right for cell in run)
    inside = sorted(
        (cell.left, cell.right, cell.text) for cell in line if cell.left < high and low < cell.right
    )
    if not inside:
        return False
    collisions = 0
    lefts = [left for left, _, _ in inside]
    for cell in run:
        if cell.text.isspace():
            continue
        position = bisect_right(lefts, cell.left)
        for left, right, text in inside[max(0, position - 2) : position + 2]:
            width = min(cell.right - cell.left, right - left)
            if text == cell.text and abs(left - cell.left) < 0.15 * cell.size:
                break  # an overprint, as for fake bold
            if not text.isspace() and min(cell.right, right) - max(cell.left, left) > 0.4 * width > 0:
                collisions += 1
                break
    return collisions > 0.1 * len(run)


def _without_overprints(line: Line) -> Line:
    """Join what is printed twice in the same place, as for fake bold, into one character of several
    glyphs."""
    found: Line = []
    for cell in line:
        if found and cell.left - found[-1].left >= 0.15 * cell.size:  # the common case: lines are sorted
            found.append(cell)
            continue
        near = next(
            (
                other
                for other in found[:-4:-1]
                if other.text == cell.text
                and abs(other.left - cell.left) < 0.15 * cell.size
                and abs(other.base - cell.base) < 0.15 * cell.size
            ),
            None,
        )
        if near is None:
            found.append(cell)
        else:
            near.glyphs.extend(cell.glyphs)
    return found
