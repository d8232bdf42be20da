"""Reading pictures: the words of each page with the way back to their places, and whether that is enough."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from statistics import median

import numpy as np
from PIL import Image, ImageFilter

from redact.document import Document
from redact.formats.ocr import SURE, OcrError, Word, read_words
from redact.formats.passage import Content, Passage
from redact.formats.picture.opening import frames, goes_on, metadata

SMALLEST = 12
"""Pixels below which, in either direction, no picture holds a word."""
MOST_UNSURE = 0.25
"""Share of letters and digits in words that were not read surely, from which on a page is withheld."""
MOST_UNREAD = 0.5
"""Share of ink outside of words that were read surely, from which on a page is withheld."""
NOTED_UNREAD = 0.15
"""The same, from which on a clerk is told to look at the page."""
MISREAD = 30.0
"""Confidence, of 100, below which OCR itself says that a number is not what it read."""
SMALLEST_LETTERS = 8.0
"""Pixels in height of half of the words, below which digits are confused: 11 points at 70 dpi."""
MOST_SKEW = 3.0
"""Degrees from which on a page that lies askew is withheld."""
BLANK = 0.0005
"""Share of a page's pixels up to which ink is dust."""
CONTRAST = 64
"""Difference from the paper, of 255, from which on a pixel is ink."""
FAINT = 24
"""The same for a page that has no other ink."""


_LONG_LINE = 8
"""How many times longer than high a line must be for its slope to tell anything."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it was read."""

    words: tuple[Word, ...] = field(repr=False)
    passage: Passage = field(repr=False)
    """Its text, whose slots are the places of ``words``."""
    size: tuple[int, int]
    unread: float
    """Share of its ink that is in no word that was read surely."""
    obstacle: tuple[str, str] | None = None
    """Code and reason, where it cannot be relied on."""


def document(data: bytes, name: str, kind: str) -> Document:
    """Read a picture into a document; raises ``FormatError``."""
    content = Content()
    if goes_on(data, kind):
        content.obstruct(
            "trailing-data", "More than a picture is in the file: open the picture and save it anew."
        )
    found = pages(data, kind)
    for number, page in enumerate(found, 1):
        content.add(f"page:{number}", page.passage)
        if page.obstacle is not None:
            content.obstruct(*page.obstacle, f"page:{number}")
    said = metadata(data, kind)
    if said.strip():
        content.hide("metadata", said)
    return replace(content.document(name, kind, data), pages=len(found))


def notes(found: Sequence[Page]) -> tuple[str, ...]:
    """Return what a clerk should look at on pages that are released."""
    seen = [str(number) for number, page in enumerate(found, 1) if page.unread > NOTED_UNREAD]
    if not seen:
        return ()
    return (
        "Look at it: drawings, faces, stamps and handwriting are not searched; "
        f"there may be some on page {', '.join(seen)}.",
    )


@lru_cache(maxsize=2)
def pages(data: bytes, kind: str) -> tuple[Page, ...]:
    """Return the pages of a picture; raises ``FormatError`` where it cannot be opened."""
    return tuple(read_page(image) for image in frames(data, kind))


def read_page(image: Image.Image) -> Page:
    """Read one page, in mode ``1``, ``L`` or ``RGB``; what goes wrong is its obstacle."""
    if min(image.size) < SMALLEST:
        return Page((), Passage(), image.size, 0.0)
    ink = _ink(image, CONTRAST)
    if ink.mean() <= BLANK:
        # Pencil and carbon copies; a median takes the noise of an empty scan away.
        ink = _ink(image.convert("L").filter(ImageFilter.MedianFilter(3)), FAINT)
    if ink.mean() <= BLANK:
        return Page((), Passage(), image.size, 0.0)
    try:
        words = tuple(read_words(image))
    except OcrError as error:
        return Page((), Passage(), image.size, 1.0, ("unreadable", str(error)))
    unread = _unread(ink, words)
    return Page(words, _passage(words), image.size, unread, _judged(words, unread))


def _ink(image: Image.Image, contrast: int) -> "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]":
    grey = np.asarray(image.convert("L"), dtype=np.int16)
    return np.abs(grey - np.median(grey)) > contrast


def _unread(ink: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]", words: Sequence[Word]) -> float:
    rest = ink.copy()
    for word in words:
        if word.confidence >= SURE and any(map(str.isalnum, word.text)):
            left, top, right, bottom = word.box
            edge = 2 + 0.1 * (bottom - top)
            rest[
                max(0, int(top - edge)) : int(bottom + edge) + 1,
                max(0, int(left - edge)) : int(right + edge) + 1,
            ] = False
    if rest.mean() <= BLANK:
        return 0.0
    return float(rest.sum() / ink.sum())


def _judged(words: Sequence[Word], unread: float) -> tuple[str, str] | None:
    if unread > MOST_UNREAD:
        return (
            "unread-ink",
            "More of it is photograph, drawing or handwriting than text that can be read: review it by hand.",
        )
    letters = [(sum(map(str.isalnum, word.text)), word.confidence < SURE) for word in words]
    unsure = sum(count for count, doubtful in letters if doubtful)
    if unsure > MOST_UNSURE * sum(count for count, _ in letters):
        return "low-confidence", "It cannot be read well enough: review it by hand, or scan it anew."
    heights = [word.box[3] - word.box[1] for word in words if any(map(str.isalnum, word.text))]
    if heights and median(heights) < SMALLEST_LETTERS:
        return (
            "low-confidence",
            "Its letters are too small to be read surely: scan it anew, at 200 dpi or more.",
        )
    if skew(words) > MOST_SKEW:
        return "low-confidence", "It lies too much askew to be read surely: scan it anew."
    if any(word.confidence < MISREAD and word.is_number for word in words):
        return "low-confidence", "A number on it cannot be read surely: review it by hand, or scan it anew."
    return None


def skew(words: Sequence[Word]) -> float:
    """Return by how many degrees half of the long lines of a page rise or fall at least; 0 without any."""
    slopes: list[float] = []
    for line in _lines(words):
        first, last = line[0][1].box, line[-1][1].box
        if last[0] - first[0] > _LONG_LINE * (first[3] - first[1]):
            slopes.append(abs((last[3] - first[3]) / (last[0] - first[0])))
    return math.degrees(math.atan(median(slopes))) if slopes else 0.0


def _passage(words: Sequence[Word]) -> Passage:
    """Put words into text: lines that only the margin broke are joined, others and paragraphs are not."""
    passage = Passage()
    lines = list(_lines(words))
    margins: dict[tuple[int, ...], float] = {}
    for line in lines:
        block = line[0][1].line[:1]
        margins[block] = max(margins.get(block, 0.0), line[-1][1].box[2])
    for line, following in pairwise([*lines, []]):
        for (place, word), (_, after) in pairwise([*line, line[-1]]):
            passage.add(word.text, place)
            if after is not word:
                passage.add(" ")
        if following:
            passage.add(" " if _goes_on(line, following, margins) else "\n")
    return passage


_Line = list[tuple[int, Word]]
"""Words with their places among all of the page."""


def _lines(words: Sequence[Word]) -> Iterator[_Line]:
    line: _Line = []
    for place, word in enumerate(words):
        if line and line[-1][1].line != word.line:
            yield line
            line = []
        line.append((place, word))
    if line:
        yield line


def _goes_on(line: _Line, following: _Line, margins: dict[tuple[int, ...], float]) -> bool:
    """Whether a line was broken only because the next word did not fit."""
    last, first = line[-1][1], following[0][1]
    if last.line[:2] != first.line[:2]:
        return False
    left, top, right, bottom = first.box
    return last.box[2] + (right - left) + 0.3 * (bottom - top) > margins[last.line[:1]]
