"""Whether OCR still reads a removed word on the pages that were written, and if so, on what."""

import difflib
from dataclasses import dataclass

from PIL import Image

from benchmarks.occurrences import folded
from benchmarks.pdf_remains import remaining
from redact.formats.interface import Written
from redact.formats.ocr import read_words
from redact.formats.pdf.geometry import Box
from redact.formats.pdf.intake import Model
from redact.formats.pdf.pdfium import Character, opened
from redact.formats.pdf.selection import Cut

DPI = 200
ALIKE = 0.6
"""Share of letters from which what OCR reads is taken for a misreading of the text that stands there."""


@dataclass(frozen=True, slots=True)
class Read:
    """Removed words that OCR reads on written pages."""

    shown: set[str]
    """Under or across boxes: what was removed there is still seen."""
    unread: set[str]
    """Outside of all boxes, in pictures or where the text of the page says something else: places that only
    OCR reads, and so nothing was removed from if pictures were taken as looked at by a person."""


def read_again(model: Model, written: Written, cuts: list[Cut], words: set[str]) -> Read:
    """Read every page that was written by OCR, and look for ``words`` in that."""
    shown: list[str] = []
    unread: list[str] = []
    with opened(written.data) as pages:
        for page, cut in zip(model.pages, cuts, strict=True):
            index = page.number - 1
            pixels = pages.render(index, DPI / 72)
            scale = pixels.shape[1] / page.size[0]
            characters = pages.characters(index) if not _turned_upright(written, page.number) else []
            for word in read_words(Image.fromarray(pixels[:, :, ::-1]), sparse=True):
                box = page.from_display(Box(*(value / scale for value in word.box)))
                if any(box.overlaps(each) for each in cut.boxes):
                    shown.append(word.text)
                elif not _alike(word.text, _text_in(characters, box)):
                    unread.append(word.text)
    return Read(remaining("\n".join(shown), words), remaining("\n".join(unread), words))


def _turned_upright(written: Written, number: int) -> bool:
    """Whether a page was written as an image, whose text stands in other coordinates."""
    return any(note.startswith(f"page {number} was made an image") for note in written.notes)


def _text_in(characters: list[Character], box: Box) -> str:
    grown = box.grown(1.0)
    inside = [c for c in characters if not c.generated and grown.contains(*c.box.middle)]
    return folded("".join(c.text for c in inside))[0]


def _alike(read: str, text: str) -> bool:
    first = folded(read)[0]
    return not first or difflib.SequenceMatcher(None, first, text, autojunk=False).ratio() >= ALIKE
