"""The black boxes in the place of what was removed, and the marking printed on them."""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pypdf._codecs.core_font_metrics import CORE_FONT_METRICS

from redact.formats.pdf.geometry import Box
from redact.formats.pdf.layout import Owner, Spot
from redact.formats.pdf.tokens import decimal, serialize_operand

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


def draw(marks: Iterable[Mark], font: str) -> bytes:
    """Return the content that paints boxes and their markings, with the font resource ``font``
    (Helvetica)."""
    parts = [b"q 0 g 0 G"]
    listed = list(marks)
    for mark in listed:
        box = mark.box
        parts.append(b" ".join(map(_short, (box.x0, box.y0, box.width, box.height))) + b" re f")
    parts.append(b"BT 1 g 0 Tr 0 Tc 0 Tw 0 Ts 100 Tz")
    for mark in listed:
        parts.append(_label(mark, font))
    return b"\n".join([*parts, b"ET Q"]) + b"\n"


def _label(mark: Mark, font: str) -> bytes:
    box, text = mark.box, mark.marking
    length, height = (box.height, box.width) if mark.direction in (90, 270) else (box.width, box.height)
    width = text_width(text)
    if not width:
        return b""
    size = min(MAX_TYPE, 0.8 * height, (length - 1.5) / width)
    if size < MIN_TYPE:
        return b""
    along, up = (length - width * size) / 2, (height - 0.7 * size) / 2
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


def text_width(text: str) -> float:
    """Return how wide Helvetica sets a text, in units of the font size."""
    return sum(_WIDTHS.get(character, 556) for character in text) / 1000


def encode(text: str) -> bytes:
    """Return a marking in the encoding of its font; what that lacks becomes a question mark."""
    return text.encode("cp1252", "replace")


def _short(value: float) -> bytes:
    return decimal(round(value, 2))
