"""Boxes beside or over each other, made one, so that no box covers the label of another."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from redact.formats.pdf.boxes import Mark
from redact.formats.pdf.geometry import Box, union

NEAR = 1.2
"""Heights of a box by which another one of its line may stand apart: a space and what kerning adds."""
_SAME_PLACE = 0.3
"""Share of the smaller of two boxes under the other from which they are taken to be in one place."""


def joined(marks: Sequence[Mark], kept: npt.NDArray[np.float64]) -> list[Mark]:
    """Return marks in which those of one marking that stand beside each other on a line are one, and those
    in one place too, whatever their markings.

    ``kept`` has the boxes of the glyphs that stay, which no box may newly cover.
    """
    middles = (kept[:, :2] + kept[:, 2:]) / 2
    edges = np.array([mark.box for mark in marks])
    low, high = edges[:, :2], edges[:, 2:]
    room = NEAR * (high - low).min(axis=1)
    found: list[Mark] = []
    for number, mark in enumerate(marks):
        apart = np.maximum(low[:number], low[number]) - np.minimum(high[:number], high[number])
        if ((apart.max(axis=1) <= room[number]) & (apart.min(axis=1) < 0)).any():
            found = _added(found, mark, middles)
        else:
            found.append(mark)
    return found


def _added(found: Sequence[Mark], mark: Mark, middles: npt.NDArray[np.float64]) -> list[Mark]:
    """Return joined marks with another one, which may make one of several."""
    for position, other in enumerate(found):
        if _belong_together(mark, other) and not _covers_more(mark.box, other.box, middles):
            return _added([*found[:position], *found[position + 1 :]], _one(other, mark), middles)
    return [*found, mark]


def under_regions(marks: Sequence[Mark], regions: Sequence[Mark]) -> list[Mark]:
    """Return marks and regions without the marks that lie inside of a region, whose markings it bears too."""
    outer = list(regions)
    found: list[Mark] = []
    for mark in marks:
        for position, region in enumerate(outer):
            if mark.box.clipped(region.box.grown(0.5)) == mark.box:
                outer[position] = _one(region, mark)
                break
        else:
            found.append(mark)
    return found + outer


def _belong_together(first: Mark, second: Mark) -> bool:
    shared = first.box.clipped(second.box)
    smaller = min(box.width * box.height for box in (first.box, second.box))
    if shared.width * shared.height > _SAME_PLACE * smaller:
        return True
    if (first.marking, first.direction) != (second.marking, second.direction):
        return False
    along = 1 if first.direction in (90, 270) else 0
    across = 1 - along
    height = min(box[across + 2] - box[across] for box in (first.box, second.box))
    level = min(first.box[across + 2], second.box[across + 2]) - max(first.box[across], second.box[across])
    apart = max(first.box[along], second.box[along]) - min(first.box[along + 2], second.box[along + 2])
    return level > 0.5 * height and apart <= NEAR * height


def _covers_more(first: Box, second: Box, middles: npt.NDArray[np.float64]) -> bool:
    """Whether the box around two covers the middle of a glyph that stays and that neither covers."""
    both = _below(union([first, second]), middles)
    return bool((both & ~_below(first, middles) & ~_below(second, middles)).any())


def _below(box: Box, middles: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    x, y = middles.T
    result: npt.NDArray[np.bool_] = (x >= box.x0) & (x <= box.x1) & (y >= box.y0) & (y <= box.y1)
    return result


def _one(first: Mark, second: Mark) -> Mark:
    larger = max(first, second, key=lambda mark: mark.box.width * mark.box.height)
    markings = dict.fromkeys(part for mark in (first, second) for part in mark.marking.split("; "))
    return replace(larger, box=union([first.box, second.box]), marking="; ".join(markings))
