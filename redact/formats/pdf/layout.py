"""Glyphs into text: lines in reading order, words, columns, with the way back from each character to its
glyphs."""

import math
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import TypeAlias

from redact.formats.pdf.geometry import Box, union
from redact.formats.pdf.interpreter import Glyph

_HYPHENS = ("-", "\u00ad", "\u2010", "\u2011")
WORD_GAP, CELL_GAP = 0.22, 1.1
"""Ems between glyphs that part words, and cells of a table."""
COLUMN_LINES, COLUMN_CHARACTERS = 5, 20
"""Lines, and mean characters a line on each side, that make a gutter the edge of a column of prose."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a page where another reader than our own sees a character or a word."""

    box: Box


Owner: TypeAlias = Glyph | Spot


@dataclass(frozen=True, slots=True)
class PageText:
    """Text, and for each of its characters what shows it: nothing for spaces and line ends put in."""

    text: str = field(default="", repr=False)
    owners: tuple[tuple[Owner, ...], ...] = field(default=(), repr=False)


def spotted(characters: Iterable[tuple[str, Box | None]]) -> PageText:
    """Return text of another reader, with the boxes that it gives for its characters."""
    text: list[str] = []
    owners: list[tuple[Owner, ...]] = []
    for characters_of_box, box in characters:
        spot = () if box is None else (Spot(box),)
        for character in characters_of_box:
            text.append(character)
            owners.append(spot)
    return PageText("".join(text), tuple(owners))


def words_of(text: PageText) -> Iterator[tuple[list[Owner], Box]]:
    """Yield what shows each word of a text, and the box around it."""
    owners: list[Owner] = []
    for character, found in zip([*text.text, " "], [*text.owners, ()], strict=True):
        if not character.isspace() and found:
            owners += found
        elif owners:
            yield owners, union([owner.box for owner in owners])
            owners = []


def broken_words(glyphs: Iterable[Glyph], known: str) -> PageText:
    """Return lines that go on in the order of drawing, where ``known``, in reading order, parts them.

    So are the lines of a cell of a table, and words that are hyphenated: readers that follow the order of
    drawing join them, with other cells between or not.
    """
    folded = "".join(filter(str.isalnum, known))
    chains: list[list[list[Glyph]]] = []
    for chunk in _chunks(glyphs):
        if chains and _goes_on(chains[-1][-1], chunk):
            chains[-1].append(chunk)
        else:
            chains.append([chunk])
    text: list[str] = []
    owners: list[tuple[Owner, ...]] = []
    for chain in chains:
        if all(_seam(first, second) in folded for first, second in pairwise(chain)):
            continue
        for glyph in (glyph for chunk in chain for glyph in [*chunk, None]):
            for character in "\n" if glyph is None else glyph.text or "":
                text.append(character)
                owners.append(() if glyph is None else (glyph,))
    return PageText("".join(text), tuple(owners))


def _chunks(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Cut glyphs, in the order of drawing, where the line or the cell ends."""
    found: list[list[Glyph]] = []
    for glyph in glyphs:
        last = found[-1][-1] if found else None
        if last is not None and (
            glyph.show is last.show
            or (
                abs(glyph.start[1] - last.start[1]) < 0.1 * glyph.show.scale
                and abs(glyph.start[0] - last.end[0]) < CELL_GAP * glyph.show.scale
            )
        ):
            found[-1].append(glyph)
        else:
            found.append([glyph])
    return found


def _goes_on(first: list[Glyph], second: list[Glyph]) -> bool:
    """Whether a chunk stands where the next line of the first would."""
    size = max(first[0].show.scale, second[0].show.scale)
    drop = first[0].start[1] - second[0].start[1]
    if "".join(glyph.text or "" for glyph in first).rstrip().endswith(_HYPHENS):
        return True
    left, right = min(g.box.x0 for g in first), max(g.box.x1 for g in first)
    beside = second[0].box.x0 < right and second[-1].box.x1 > left
    return 0.3 * size < drop < 2.2 * size and beside


def _seam(first: list[Glyph], second: list[Glyph]) -> str:
    before = "".join(c for g in first[-12:] for c in g.text or "" if c.isalnum())
    after = "".join(c for g in second[:12] for c in g.text or "" if c.isalnum())
    return before[-10:] + after[:10]


@dataclass(slots=True, eq=False)
class _Cell:
    """A glyph in the frame of its direction of writing: along ``left`` to ``right``, on a ``base`` line."""

    left: float
    right: float
    base: float
    size: float
    text: str
    glyphs: list[Glyph]


_Line = list[_Cell]


def lay_out(glyphs: Iterable[Glyph]) -> PageText:
    """Put glyphs into reading order, each direction of writing by itself, the most common first."""
    directions: dict[int, list[_Cell]] = defaultdict(list)
    for glyph in glyphs:
        degrees, cell = _framed(glyph)
        if cell.text:
            directions[degrees].append(cell)
    writer = _Writer()
    for cells in sorted(directions.values(), key=len, reverse=True):
        for block in _blocks(_lines(cells)):
            writer.block(block)
    return PageText("".join(writer.text), tuple(writer.owners))


def _framed(glyph: Glyph) -> tuple[int, _Cell]:
    show = glyph.show
    angle = show.angle - math.pi / 2 if show.font.vertical else show.angle
    degrees = round(math.degrees(angle)) % 360
    (x0, y0), (x1, y1) = glyph.start, glyph.end
    text = glyph.text if glyph.text is not None else "\ufffd"
    if degrees == 0:
        return 0, _Cell(min(x0, x1), max(x0, x1), y0, show.scale, text, [glyph])
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    left, right = sorted((x0 * cos + y0 * sin, x1 * cos + y1 * sin))
    return degrees, _Cell(left, right, y0 * cos - x0 * sin, show.scale, text, [glyph])


def _lines(cells: list[_Cell]) -> list[_Line]:
    """Cluster cells into lines from top to bottom, each sorted from left to right."""
    runs: list[_Line] = []
    for cell in cells:
        last = runs[-1][-1] if runs else None
        if last is not None and abs(cell.base - last.base) < 0.05 * cell.size and cell.size == last.size:
            runs[-1].append(cell)
        else:
            runs.append([cell])
    runs.sort(key=lambda run: -run[0].base)
    lines: list[_Line] = []
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


def _collide(line: _Line, run: _Line) -> bool:
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


def _without_overprints(line: _Line) -> _Line:
    """Join what is printed twice in the same place, as for fake bold, into one character of several
    glyphs."""
    found: _Line = []
    for cell in line:
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


def _blocks(lines: list[_Line]) -> list[list[_Line]]:
    """Cut lines into blocks to be read one after the other: columns of prose, and what stands between."""
    found: list[list[_Line]] = []
    plain: list[_Line] = []
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
        found += [block for side in sides for block in _blocks(side)]
        position = end
    return [*found, plain] if plain else found


def _gutter(
    lines: list[_Line], strips: list[list[tuple[float, float]]], start: int
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


def _share_width(line: _Line, other: _Line) -> bool:
    return line[0].left < other[-1].right and other[0].left < line[-1].right


def _strips(line: _Line) -> list[tuple[float, float]]:
    """Return the white intervals of a line, those at its sides included."""
    found, edge = [], -1e6
    for cell in line:
        if cell.text.isspace():
            continue
        if cell.left - edge > 0.9 * cell.size:
            found.append((edge, cell.left))
        edge = max(edge, cell.right)
    return [*found, (edge, 1e6)]


def _is_prose(lines: Sequence[_Line], gutter: float) -> bool:
    for left in (True, False):
        counts = [sum((cell.left < gutter) is left for cell in line) for line in lines]
        filled = [count for count in counts if count]
        if len(filled) < COLUMN_LINES or sum(filled) / len(filled) < COLUMN_CHARACTERS:
            return False
    return True


class _Writer:
    """Puts lines out as characters with their owners."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.owners: list[tuple[Owner, ...]] = []

    def block(self, lines: list[_Line]) -> None:
        """Write lines; cells of tables stand at the column of text that their place on the page gives."""
        tabular = [len(_cells(line)) > 1 for line in lines]
        advances = [c.right - c.left for line in lines for c in line if c.right > c.left]
        pitch = median(advances) if advances else 1.0
        left = min((line[0].left for line in lines if line), default=0.0)
        previous: _Line | None = None
        for position, line in enumerate(lines):
            if previous is not None and previous[0].base - line[0].base > 2.1 * max(
                previous[0].size, line[0].size
            ):
                self._put("\n")
            table = any(tabular[max(0, position - 1) : position + 2])
            self._line(line, left if table else None, pitch)
            previous = line

    def _line(self, line: _Line, margin: float | None, pitch: float) -> None:
        start = len(self.text)
        for cell in _cells(line):
            column = 0
            if margin is not None and pitch > 0:
                column = min(round((cell[0].left - margin) / pitch), 400)
            written = len(self.text) - start
            self._put(" " * max(column - written, 2 if written else 0))
            self._words(cell)
        self._put("\n")

    def _words(self, cell: _Line) -> None:
        threshold = _word_gap(cell)
        previous: _Cell | None = None
        ordered = _logical(cell)
        for part in ordered:
            if part.text.isspace():
                if self.text and not self.text[-1].isspace():
                    self._put(" ", part.glyphs)
                previous = None
                continue
            if previous is not None:
                gap = max(part.left - previous.right, previous.left - part.right)
                if gap > threshold * max(part.size, previous.size):
                    self._put(" ")
            for character in part.text:
                self._put(character, part.glyphs)
            previous = part

    def _put(self, text: str, glyphs: list[Glyph] | None = None) -> None:
        for character in text:
            self.text.append(character)
            self.owners.append(tuple(glyphs or ()))


def _cells(line: _Line) -> list[_Line]:
    """Cut a line at wide gaps; white space at the edges of a cell is left out."""
    found: list[_Line] = []
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


def _stripped(cell: _Line) -> _Line:
    end = len(cell)
    while end and cell[end - 1].text.isspace():
        end -= 1
    return cell[:end]


def _word_gap(cell: _Line) -> float:
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


def _logical(cell: _Line) -> _Line:
    """Turn runs of right-to-left letters around, which are drawn in the order of the eye."""
    if not any(unicodedata.bidirectional(part.text[0]) in ("R", "AL") for part in cell):
        return cell
    found: _Line = []
    run: _Line = []
    for part in cell:
        kind = unicodedata.bidirectional(part.text[0])
        if kind in ("R", "AL", "NSM") or (run and kind in ("WS", "CS", "ON")):
            run.append(part)
        else:
            found += [*reversed(run), part]
            run = []
    return found + run[::-1]
