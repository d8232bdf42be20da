"""Whether a written page looks as it did outside of its boxes."""

import numpy as np
import numpy.typing as npt

from redact.formats.pdf.geometry import Box
from redact.formats.pdf.pages import Page
from redact.formats.pdf.pdfium import Brightness, Rendering, brightness

SCALE = 1.0
"""Pixels a point."""
DIFFERENT = 72
"""Difference in brightness, of 255, from which a pixel counts."""
TOLERATED = 12
"""Pixels of a page that may differ."""


def changed(page: Page, before: Rendering, after: Rendering, boxes: list[Box]) -> int:
    """Return how many pixels differ outside of ``boxes`` of the page and of annotations left out."""
    index = page.number - 1
    old = page.brightness if page.brightness is not None else brightness(before.render(index, SCALE))
    return int(differing(page, old, brightness(after.render(index, SCALE)), boxes).sum())


def differing(page: Page, old: Brightness, new: Brightness, boxes: list[Box]) -> npt.NDArray[np.bool_]:
    """Return which pixels differ outside of ``boxes`` of the page and of annotations left out: all of them if
    the page has another size."""
    if abs(old.shape[0] - new.shape[0]) > 1 or abs(old.shape[1] - new.shape[1]) > 1:
        return np.ones(old.shape, dtype=bool)
    rows, columns = min(old.shape[0], new.shape[0]), min(old.shape[1], new.shape[1])
    old, new = old[:rows, :columns], new[:rows, :columns]
    differs: npt.NDArray[np.bool_] = np.abs(old.astype(np.int16) - new) > DIFFERENT
    if not differs.any():
        return differs
    differs &= _outside(old, new) | _outside(new, old)
    scale = columns / page.size[0]
    for box in [*boxes, *page.annotations.dropped]:
        shown = page.to_display(box)
        top, left = int(shown.y0 * scale) - 2, int(shown.x0 * scale) - 2
        differs[max(0, top) : int(shown.y1 * scale) + 3, max(0, left) : int(shown.x1 * scale) + 3] = False
    return differs


def _outside(pixels: Brightness, other: Brightness) -> npt.NDArray[np.bool_]:
    """Return which pixels are darker or lighter than all of the 3 by 3 around their place in the other page.

    The same shapes drawn a part of a pixel aside, as PDFium draws annotations, differ in no such pixel.
    """
    padded = np.pad(other, 1, mode="edge")
    rows, columns = pixels.shape
    around = [padded[y : y + rows, x : x + columns] for y in range(3) for x in range(3)]
    low, high = np.minimum.reduce(around).astype(np.int16), np.maximum.reduce(around).astype(np.int16)
    result: npt.NDArray[np.bool_] = (pixels < low - DIFFERENT // 2) | (pixels > high + DIFFERENT // 2)
    return result
