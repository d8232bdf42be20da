"""Lines cut into blocks to be read one after the other: columns of prose, and what stands between."""

from collections.abc import Sequence

from redact.formats.pdf.lines import Line

COLUMN_LINES, COLUMN_CHARACTERS = 5, 20
"""Lines, and mean characters a line on each side, that make a gutter the edge of a column of prose."""


def blocks_of(lines: list[Line]) -> list[list[Line]]:
    """Cut lines into blocks to be read one after the other: columns of prose, and what stands between."""
    found: list[list[Line]] = []
    plain: list[Line] = []
    strips = [_strips(line) for line in lines]
    position = 0
    while position < len(lines):
        end, gutter = _gutter(lines, strips, position)
        if gutter is None:
            plain.append(lines[position])
            position += 1
            continue
        if plain:
            found.append(plain)
            plain = []
        sides = [
            [side for line in lines[position:end] if (side := [c for c in line if (c.left < gutter) is left])]
            for left in (True, False)
        ]
        found += [block for side in sides for block in blocks_of(side)]
        position = end
    return [*found, plain] if plain else found


def _gutter(
    lines: list[Line], strips: list[list[tuple[float, float]]], start: int
) -> tuple[int, float | None]:
    """Find the white strip that parts columns of prose from line ``start`` on, and the line where it ends."""
    kept = strips[start]
    beside = start + 1 < len(lines) and not _share_width(lines[start], lines[start + 1])
    if len(kept) < 3 and not beside:
        return start, None
    end = start + 1
    while end < len(lines):
        least = 0.6 * lines[end][0].size
        following = [
            (max(a, c), min(b, d)) for a, b in kept for c, d in strips[end] if min(b, d) - max(a, c) > least
        ]
        if not any(left > -1e6 and right < 1e6 for left, right in following) and end - start > 2:
            break
        kept, end = following[:60], end + 1
    for left, right in kept:
        if left > -1e6 and right < 1e6 and _is_prose(lines[start:end], (left + right) / 2):
            return end, (left + right) / 2
    return start, None


def _share_width(line: Line, other: Line) -> bool:
    return line[0].left < other[-1].right and other[0].left < line[-1].right


def _strips(line: Line) -> list[tuple[float, float]]:
    """Return the white intervals of a line, those at its sides included."""
    found, edge = [], -1e6
    for cell in line:
        if cell.text.isspace():
            continue
        if cell.left - edge > 0.9 * cell.size:
            found.append((edge, cell.left))
        edge = max(edge, cell.right)
    return [*found, (edge, 1e6)]


def _is_prose(lines: Sequence[Line], gutter: float) -> bool:
    for left in (True, False):
        counts = [sum((cell.left < gutter) is left for cell in line) for line in lines]
        filled = [count for count in counts if count]
        if len(filled) < COLUMN_LINES or sum(filled) / len(filled) < COLUMN_CHARACTERS:
            return False
    return True
