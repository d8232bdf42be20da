"""Looks at any PDF, also one redacted elsewhere, for what is left in it: the proof of a release."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import pikepdf

from redact.errors import FormatError
from redact.formats.pdf.drawing import Glyph
from redact.formats.pdf.geometry import Box
from redact.formats.pdf.intake import Model, read_model
from redact.formats.pdf.leftovers import leftovers
from redact.formats.pdf.navigation import folded, is_printed
from redact.formats.pdf.objects import NotUnderstoodError
from redact.formats.pdf.pages import Page
from redact.formats.pdf.pagetext import PageText, words_of
from redact.formats.pdf.pdfium import Pixels, opened
from redact.formats.pdf.removedwords import RemovedWords
from redact.formats.pdf.tags import read_tags
from redact.formats.pdf.tagtexts import shown, texts_that_stay

_SCALE = 1.5
_DARK = 128
_BEARABLE = frozenset(["exact-gap", "descriptions"])


MEANINGS: Final = {
    "text-under-box": "words lie under a dark box and can be copied",
    "unseen-text": "words that no one sees on the page can be copied",
    "spelling-gaps": "the gaps of letters removed one by one spell the word",
    "exact-gap": "the gap at a box is as wide as the removed words were",
    "hidden-text": "text outside of the pages, such as metadata, bookmarks and comments",
    "descriptions": "texts for screen readers of what a page shows: a person must read them",
    "earlier-revisions": "earlier versions of the file are still in it",
    "bytes-outside": "bytes before its start or after its end",
    "actions": "scripts or actions",
    "annotations": "comments, marks or links",
    "form-fields": "form fields and their values",
    "layers": "layers that can be switched on",
    "unreferenced-objects": "objects that no page uses",
    "not-read": "pictures or unreadable text that a person must look at",
    "redaction-marks": "redaction marks that were never applied",
    "readers-disagree": "programs disagree on what it shows",
    "dynamic-form": "a form that only its own program shows",
}
"""What the codes of observations say, the last four being those of obstacles."""


@dataclass(frozen=True, slots=True, order=True)
class Observation:
    """Something that a file still holds. It never says what."""

    code: str
    """One of ``MEANINGS``."""
    locator: str
    count: int


@dataclass(frozen=True, slots=True)
class Report:
    """What ``verify`` found; ``clean`` if nothing of it lets a reader see what is not shown."""

    sha256: str
    pages: int
    observations: tuple[Observation, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing was observed but side channels of gaps, which say how wide a removed word was, and
        descriptions of what is seen, which are there to be read."""
        return all(observation.code in _BEARABLE for observation in self.observations)

    def as_dict(self) -> dict[str, object]:
        """Return the report for JSON."""
        listed = [{"code": o.code, "locator": o.locator, "count": o.count} for o in self.observations]
        return {"sha256": self.sha256, "pages": self.pages, "clean": self.clean, "observations": listed}


def verify(data: bytes, passwords: Sequence[str] = (), *, use_ocr: bool = True) -> Report:
    """Report what is left in a PDF; raises ``FormatError`` where it cannot be read."""
    model = read_model(data, passwords, use_ocr)
    found: Counter[tuple[str, str]] = Counter()
    for obstacle in model.obstacles:
        found[obstacle.code, obstacle.locator] += 1
    printed = folded("".join(page.texts[""].text for page in model.pages if "" in page.texts))
    described = _descriptions(model)
    for hidden in model.hidden:
        kind = hidden.locator.partition(":")[0]
        if kind == "tag" and hidden.text in described:
            found["descriptions", hidden.locator] += 1
        elif not (kind in ("outline", "annotation") and is_printed(hidden.text, printed)):
            found["hidden-text", hidden.locator] += 1
    try:
        with opened(model.data) as rendering:
            for page in model.pages:
                found.update(_page(page, rendering.render(page.number - 1, _SCALE)))
        found.update({(code, ""): count for code, count in leftovers(data, model.password).items()})
    except (NotUnderstoodError, pikepdf.PdfError) as error:
        raise FormatError(f"this PDF cannot be verified ({type(error).__name__})") from None
    observations = tuple(sorted(Observation(code, place, n) for (code, place), n in found.items() if n))
    return Report(hashlib.sha256(data).hexdigest(), len(model.pages), observations)


def _descriptions(model: Model) -> set[str]:
    """Return the texts of tags whose elements are all there and seen."""
    tags = read_tags(model.pdf)
    if tags is None:
        return set()
    pages = {page.number: shown(page, page.unseen) for page in model.pages if page.problem is None}
    kept = texts_that_stay(tags, pages, RemovedWords(()))
    return {text.strip() for texts in kept.values() for text in texts.values()}


def _page(page: Page, pixels: Pixels) -> dict[tuple[str, str], int]:
    grey = pixels.mean(axis=2)
    scale = grey.shape[1] / page.size[0]
    under = 0
    for _, box in words_of(page.texts.get("unseen", PageText())):
        shown = page.to_display(box)
        area = grey[
            max(0, int(shown.y0 * scale)) : int(shown.y1 * scale) + 1,
            max(0, int(shown.x0 * scale)) : int(shown.x1 * scale) + 1,
        ]
        under += bool(area.size) and float(area.max()) < _DARK
    unseen = len(page.texts.get("unseen", PageText()).text.split()) - under
    return {
        ("text-under-box", page.locator): under,
        ("unseen-text", page.locator): unseen,
        ("spelling-gaps", page.locator): spelling_gaps(page),
        ("exact-gap", page.locator): _exact_gaps(page, grey, scale),
    }


def spelling_gaps(page: Page) -> int:
    """Count runs of moves with nothing shown between, as removing letter by letter leaves: they spell the
    word."""
    count = 0
    for unit in page.units:
        run = 0
        for index, instruction in enumerate(unit.instructions):
            if instruction.operator in ("TJ", "Tj"):
                shown = any(show.codes for show in unit.shows.get(index, ()))
                array = instruction.operands[0]
                numbers = sum(isinstance(item, float) for item in array) if isinstance(array, list) else 0
                run = run + max(numbers, 1) if not shown else 0
                if run == 2:
                    count += 1
            elif instruction.operator in ("BT", "ET", "Tm"):
                run = 0
    return count


def _exact_gaps(page: Page, grey: "np.typing.NDArray[np.float64]", scale: float) -> int:
    """Count dark boxes with text close on both sides: the gap is as wide as what was removed."""
    count = 0
    for line in _by_line(page):
        for left, right in pairwise(line):
            gap = Box(left.box.x1, left.box.y0, right.box.x0, left.box.y1)
            if not 0.8 * left.show.scale < gap.width < 200:
                continue
            shown = page.to_display(gap)
            middle = grey[int((shown.y0 + shown.y1) / 2 * scale) : int((shown.y0 + shown.y1) / 2 * scale) + 1]
            area = middle[:, int(shown.x0 * scale) + 2 : int(shown.x1 * scale) - 2]
            count += bool(area.size) and float((area < 60).mean()) > 0.35
    return count


def _by_line(page: Page) -> list[list[Glyph]]:
    lines: dict[int, list[Glyph]] = {}
    for glyph in page.glyphs:
        label = glyph.show.colour == (1.0,)
        if glyph.text and not glyph.text.isspace() and not label and round(glyph.show.angle, 2) == 0:
            lines.setdefault(round(glyph.start[1]), []).append(glyph)
    return [sorted(line, key=lambda g: g.box.x0) for line in lines.values()]
