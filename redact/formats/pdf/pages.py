"""What is known of each page of a file: its glyphs and images, its text, and what is not understood."""

import unicodedata
from collections import Counter
from dataclasses import dataclass, field

import pikepdf

from redact.formats.pdf.geometry import Box, Matrix
from redact.formats.pdf.interpreter import Glyph, Interpreter, Picture, Resources, Unit
from redact.formats.pdf.layout import PageText, lay_out
from redact.formats.pdf.objects import NotUnderstoodError, decoded, get, number

INVISIBLE = 3
MIN_SIZE = 1.0
"""Points below which no one reads text."""
_DEFAULT_BOX = Box(0, 0, 612, 792)


@dataclass(slots=True)
class Page:
    """One page. If ``problem`` is set, the rest may be incomplete."""

    number: int
    source: pikepdf.Dictionary
    media: Box
    crop: Box
    rotate: int
    units: list[Unit] = field(default_factory=list)
    """The page's own content, then appearances of annotations."""
    placements: list[Matrix] = field(default_factory=list)
    """Where each appearance is drawn."""
    glyphs: list[Glyph] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    paths: list[Box] = field(default_factory=list)
    text: PageText = field(default_factory=lambda: PageText("", ()))
    unseen: PageText = field(default_factory=lambda: PageText("", ()))
    problem: str | None = None
    """Why the page is not understood, as a fixed phrase."""


def read_page(source: pikepdf.Dictionary, position: int, resources: Resources) -> Page:
    """Interpret a page; what is not understood is noted in ``problem``."""
    try:
        media = _box(_inherited(source, "MediaBox")) or _DEFAULT_BOX
        crop = (_box(_inherited(source, "CropBox")) or media).clipped(media)
        turned = _inherited(source, "Rotate")
        page = Page(position, source, media, crop, int(number(turned)) % 360 if turned is not None else 0)
        if crop.width < 1 or crop.height < 1:
            raise NotUnderstoodError("a page has no size")
    except NotUnderstoodError as error:
        return Page(position, source, _DEFAULT_BOX, _DEFAULT_BOX, 0, problem=error.code)
    interpreter = Interpreter(resources)
    try:
        own = _inherited(source, "Resources")
        page.units.append(
            interpreter.page(_contents(source), own if isinstance(own, pikepdf.Dictionary) else None)
        )
    except NotUnderstoodError as error:
        page.problem = error.code
    except (ValueError, TypeError, OverflowError, RecursionError, pikepdf.PdfError):
        page.problem = "a page is malformed"
    page.glyphs, page.pictures, page.paths = interpreter.glyphs, interpreter.pictures, interpreter.paths
    unseen = {id(glyph) for glyph in page.glyphs if _unseen(glyph, page.crop)}
    page.text = lay_out(glyph for glyph in page.glyphs if id(glyph) not in unseen)
    page.unseen = lay_out(glyph for glyph in page.glyphs if id(glyph) in unseen)
    return page


def _unseen(glyph: Glyph, crop: Box) -> bool:
    show = glyph.show
    x, y = glyph.core
    return show.hidden or show.mode in (INVISIBLE, 7) or show.scale < MIN_SIZE or not crop.contains(x, y)


def same_text(ours: str, theirs: str) -> bool:
    """Whether every letter and digit that another reader finds on a page is among ours."""
    missing = _letters(theirs) - _letters(ours)
    return not missing


def _letters(text: str) -> Counter[str]:
    return Counter(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


def _contents(source: pikepdf.Dictionary) -> bytes:
    value = get(source, "Contents")
    if value is None:
        return b""
    if isinstance(value, pikepdf.Array):
        return b"\n".join(decoded(item) for item in value)
    return decoded(value)


def _inherited(source: pikepdf.Dictionary, key: str) -> object:
    node: object = source
    for _ in range(64):
        if get(node, key) is not None:
            return get(node, key)
        node = get(node, "Parent")
        if node is None:
            return None
    raise NotUnderstoodError("the tree of pages is too deep")


def _box(value: object) -> Box | None:
    if not isinstance(value, pikepdf.Array) or len(value) != 4:
        return None
    x0, y0, x1, y1 = (number(item) for item in value)
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
