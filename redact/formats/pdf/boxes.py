"""The black boxes in the place of what was removed, and the marking printed on them."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pypdf._codecs.core_font_metrics import CORE_FONT_METRICS

from redact.formats.pdf.geometry import Box
from redact.formats.pdf.marking import ASIDE, END, begin
from redact.formats.pdf.operands import decimal, serialize_operand
from redact.formats.pdf.pagetext import Owner, Spot

MIN_TYPE, MAX_TYPE = 4.5, 9.0
"""Smallest and largest size of a marking, in points."""
_WIDTHS = CORE_FONT_METRICS["Helvetica"].character_widths


@dataclass(frozen=True, slots=True)
class Mark:
    """A box on a page, with its marking and the direction in which that is written, in degrees."""

    box: Box
    marking: str
    direction: int = 0


def boxes_of(owners: Iterable[Owner]) -> list[tuple[Box, int]]:
    """Return boxes around what is removed, one for each line that it stands on, with the line's direction."""
    lines: dict[tuple[int, int], list[tuple[Box, float]]] = defaultdict(list)
    spots: list[Box] = []
    for owner in owners:
        if isinstance(owner, Spot):
            spots.append(owner.box)
            continue
        show = owner.show
        degrees = round(math.degrees(show.angle)) % 360
        x, y = owner.start
        across = y * math.cos(show.angle) - x * math.sin(show.angle)
        if show.font.vertical:
            across = x * math.cos(show.angle) + y * math.sin(show.angle)
        key = degrees, round(across / max(show.scale * 0.5, 0.5))
        lines[key].append((owner.box, show.scale))
    found: list[tuple[Box, int]] = []
    for (degrees, _), line in sorted(lines.items(), key=lambda item: item[0]):
        level = degrees if degrees % 90 == 0 else 0
        found += [(box, level) for box in _runs([b for b, _ in line], 1.2 * max(s for _, s in line), level)]
    rows: list[list[Box]] = []
    for box in sorted(spots, key=lambda b: (-b.y1, b.x0)):
        row = next((r for r in rows if min(r[0].y1, box.y1) - max(r[0].y0, box.y0) > 0.5 * box.height), None)
        if row is None:
            rows.append([box])
        else:
            row.append(box)
    for row in rows:
        found += [(box, 0) for box in _runs(row, 1.2 * max(b.height for b in row), 0)]
    return found


def _runs(boxes: list[Box], gap: float, level: int) -> list[Box]:
    """Join the boxes of a line that stand close together."""
    along = 1 if level in (90, 270) else 0
    found: list[list[Box]] = []
    for box in sorted(boxes, key=lambda b: b[along]):
        if found and box[along] - max(b[along + 2] for b in found[-1]) <= gap:
            found[-1].append(box)
        else:
            found.append([box])
    return [_around(run) for run in found]


def _around(boxes: list[Box]) -> Box:
    return Box(
        min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes)
    )


@dataclass(frozen=True, slots=True)
class Labelled:
    """Marks with what is printed on them, and the legend at the foot of the page."""

    marks: list[Mark]
    legend: list[Mark]


def label(marks: Iterable[Mark], page: Box) -> Labelled:
    """Put a number on boxes that are too small for their marking, and the markings at the foot of the
    page."""
    listed = list(marks)
    small = list(dict.fromkeys(mark.marking for mark in listed if not type_size(mark, mark.marking)))
    found = [
        mark
        if type_size(mark, mark.marking)
        else Mark(mark.box, str(small.index(mark.marking) + 1), mark.direction)
        for mark in listed
    ]
    texts = [f"{number}: {marking}" for number, marking in enumerate(small, start=1)]
    return Labelled(found, at_the_foot(texts, page))


def at_the_foot(texts: Sequence[str], page: Box) -> list[Mark]:
    """Return lines of a legend at the foot of a page."""
    found = []
    for position, text in enumerate(texts):
        bottom = page.y0 + 5 + (MIN_TYPE + 2) * (len(texts) - 1 - position)
        width = text_width(text) * (MIN_TYPE + 1) + 2
        found.append(Mark(Box(page.x0 + 12, bottom, page.x0 + 12 + width, bottom + MIN_TYPE + 2), text))
    return found


def draw(
    marks: Iterable[Mark], legend: Iterable[Mark], font: str, identifiers: Sequence[int | None] | None = None
) -> bytes:
    """Return the content that paints boxes and legends, with the font resource ``font`` (Helvetica).

    On a page with tags ``identifiers`` gives that of the marked content that each line of the legend and then
    the label of each box becomes, None for none.
    """
    listed, lines = list(marks), list(legend)
    parts = [b"q 0 g 0 G"]
    tagged = identifiers is not None
    if tagged:
        parts.append(ASIDE)
    for mark in listed:
        box = mark.box
        parts.append(b" ".join(map(_short, (box.x0, box.y0, box.width, box.height))) + b" re f")
    if tagged:
        parts.append(END)
    parts.append(b"BT 0 Tr 0 Tc 0 Tw 0 Ts 100 Tz")
    texts = [_line(line, font) for line in lines] + [_label(mark, font) for mark in listed]
    for position, (text, identifier) in enumerate(
        zip(texts, identifiers if identifiers is not None else [None] * len(texts), strict=True)
    ):
        if position == len(lines):
            parts.append(b"1 g")
        parts += [text] if identifier is None else [begin(identifier), text, END]
    return b"\n".join([*parts, b"ET Q"]) + b"\n"


def _line(line: Mark, font: str) -> bytes:
    return b"/%s %s Tf 1 0 0 1 %s %s Tm %s Tj" % (
        font.encode("ascii"),
        _short(MIN_TYPE + 1),
        _short(line.box.x0),
        _short(line.box.y0 + 1.5),
        serialize_operand(encode(line.marking)),
    )


def type_size(mark: Mark, text: str) -> float:
    """Return the size of type in which a text fits on a box, 0 if it would not be readable."""
    box = mark.box
    length, height = (box.height, box.width) if mark.direction in (90, 270) else (box.width, box.height)
    size = min(MAX_TYPE, 0.85 * height, (length - 1.5) / max(text_width(text), 0.1))
    return size if size >= MIN_TYPE else 0.0


def _label(mark: Mark, font: str) -> bytes:
    box, text = mark.box, mark.marking
    length, height = (box.height, box.width) if mark.direction in (90, 270) else (box.width, box.height)
    size = type_size(mark, text)
    if not size:
        return b""
    along, up = (length - text_width(text) * size) / 2, (height - 0.7 * size) / 2
    if mark.direction == 90:
        matrix = (0, 1, -1, 0, box.x1 - up, box.y0 + along)
    elif mark.direction == 180:
        matrix = (-1, 0, 0, -1, box.x1 - along, box.y1 - up)
    elif mark.direction == 270:
        matrix = (0, -1, 1, 0, box.x0 + up, box.y1 - along)
    else:
        matrix = (1, 0, 0, 1, box.x0 + along, box.y0 + up)
    return b"/%s %s Tf %s Tm %s Tj" % (
        font.encode("ascii"),
        _short(size),
        b" ".join(map(_short, matrix)),
        serialize_operand(encode(text)),
    )


@lru_cache(maxsize=256)
def text_width(text: str) -> float:
    """Return how wide Helvetica sets a text, in units of the font size."""
    return sum(_WIDTHS.get(character, 556) for character in text) / 1000


def encode(text: str) -> bytes:
    """Return a marking in the encoding of its font; what that lacks becomes a question mark."""
    return text.encode("cp1252", "replace")


def _short(value: float) -> bytes:
    return decimal(round(value, 2))
