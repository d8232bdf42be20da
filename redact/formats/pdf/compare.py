"""Whether a written page looks as it did outside of its boxes."""

import numpy as np

from redact.formats.pdf.geometry import Box
from redact.formats.pdf.pages import Page
from redact.formats.pdf.pdfium import Rendering

SCALE = 1.0
"""Pixels a point."""
DIFFERENT = 72
"""Difference of a channel from which a pixel counts; anti-aliasing of the same shapes stays below."""
TOLERATED = 12
"""Pixels of a page that may differ."""


def changed(page: Page, before: Rendering, after: Rendering, boxes: list[Box]) -> int:
    """Return how many pixels differ outside of ``boxes`` of the page and of annotations left out."""
    index = page.number - 1
    old, new = before.render(index, SCALE), after.render(index, SCALE)
    if abs(old.shape[0] - new.shape[0]) > 1 or abs(old.shape[1] - new.shape[1]) > 1:
        return int(old.shape[0] * old.shape[1])
    rows, columns = min(old.shape[0], new.shape[0]), min(old.shape[1], new.shape[1])
    difference = np.abs(old[:rows, :columns].astype(np.int16) - new[:rows, :columns])
    differs = difference.max(axis=2) > DIFFERENT
    if not differs.any():
        return 0
    scale = columns / page.size[0]
    for box in [*boxes, *page.annotations.dropped]:
        shown = page.to_display(box)
        top, left = int(shown.y0 * scale) - 2, int(shown.x0 * scale) - 2
        differs[max(0, top) : int(shown.y1 * scale) + 3, max(0, left) : int(shown.x1 * scale) + 3] = False
    return int(differs.sum())
