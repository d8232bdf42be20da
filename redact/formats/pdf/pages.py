"""What is known of each page of a file: its glyphs and images, its text, and what is not understood."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pikepdf

from redact.formats.pdf.annotations import Annotations, read_annotations
from redact.formats.pdf.brokenwords import broken_words, joined_words
from redact.formats.pdf.drawing import Glyph, Picture, Tag, Unit
from redact.formats.pdf.fonts import Font
from redact.formats.pdf.geometry import Box
from redact.formats.pdf.interpreter import Interpreter
from redact.formats.pdf.layout import lay_out
from redact.formats.pdf.objects import NotUnderstoodError, decoded, get, number
from redact.formats.pdf.pagetext import PageText, together, words_of
from redact.formats.pdf.parsed import Resources
from redact.formats.pdf.pdfium import Brightness
from redact.formats.pdf.spacedwords import spaced_words

INVISIBLE = 3
MIN_SIZE = 1.0
"""Points below which no one reads text."""
FLAT = 14
"""Difference in brightness, of 255, below which an area is one colour."""
_DEFAULT_BOX = Box(0, 0, 612, 792)


@dataclass(slots=True)
class Page:
    """One page. If ``problem`` is set, the rest may be incomplete and the page can only be drawn as an
    image."""

    number: int
    source: pikepdf.Dictionary
    media: Box
    crop: Box
    rotate: int
    units: list[Unit] = field(default_factory=list)
    """The page's own content, then appearances of annotations."""
    annotations: Annotations = field(default_factory=lambda: Annotations((), (), 0, 0))
    glyphs: list[Glyph] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    paths: list[Box] = field(default_factory=list)
    extents: dict[Tag, Box] = field(default_factory=dict)
    """The box around the shapes and pictures of each tag."""
    obscured: set[Tag] = field(default_factory=set)
    """Tags with content on layers that are switched off."""
    texts: dict[str, PageText] = field(default_factory=dict)
    """Texts by place: ``""`` what the page shows, ``unseen`` what no one sees, ``pixels`` what only OCR
    reads, ``second`` what a second reader finds instead, ``drawn`` words joined only in the order of
    drawing, ``joined`` words that are hyphenated at the end of a line or set letter by letter, each as
    one."""
    problem: str | None = None
    """Why the page is not understood, as a fixed phrase."""
    faint: set[int] = field(default_factory=set)
    """Identities of glyphs that do not stand out from what is around or over them."""
    edges: npt.NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 4)))
    """The boxes of the glyphs, once they are laid out."""
    inked: npt.NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))
    """Which glyphs are more than space, once they are laid out."""
    brightness: Brightness | None = None
    """The page as rendered at one pixel a point."""

    @property
    def locator(self) -> str:
        """The locator of what the page shows."""
        return f"page:{self.number}"

    @property
    def unseen(self) -> set[Glyph]:
        """The glyphs that no one sees."""
        return {owner for owners in self._owners("unseen") for owner in owners if isinstance(owner, Glyph)}

    @property
    def cores(self) -> npt.NDArray[np.float64]:
        """The middles of the glyphs."""
        return (self.edges[:, :2] + self.edges[:, 2:]) / 2

    def _owners(self, place: str) -> tuple[tuple[object, ...], ...]:
        return self.texts[place].owners if place in self.texts else ()

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as displayed, in points."""
        box = self.crop
        return (box.height, box.width) if self.rotate in (90, 270) else (box.width, box.height)

    def to_display(self, box: Box) -> Box:
        """Return a box in points from the top left of the page as displayed."""
        c = self.crop
        if self.rotate == 90:
            return Box(box.y0 - c.y0, box.x0 - c.x0, box.y1 - c.y0, box.x1 - c.x0)
        if self.rotate == 180:
            return Box(c.x1 - box.x1, box.y0 - c.y0, c.x1 - box.x0, box.y1 - c.y0)
        if self.rotate == 270:
            return Box(c.y1 - box.y1, c.x1 - box.x1, c.y1 - box.y0, c.x1 - box.x0)
        return Box(box.x0 - c.x0, c.y1 - box.y1, box.x1 - c.x0, c.y1 - box.y0)

    def from_display(self, box: Box) -> Box:
        """Return a box given in points from the top left of the page as displayed."""
        c = self.crop
        if self.rotate == 90:
            return Box(box.y0 + c.x0, box.x0 + c.y0, box.y1 + c.x0, box.x1 + c.y0)
        if self.rotate == 180:
            return Box(c.x1 - box.x1, box.y0 + c.y0, c.x1 - box.x0, box.y1 + c.y0)
        if self.rotate == 270:
            return Box(c.x1 - box.y1, c.y1 - box.x1, c.x1 - box.y0, c.y1 - box.x0)
        return Box(box.x0 + c.x0, c.y1 - box.y1, box.x1 + c.x0, c.y1 - box.y0)


def read_page(source: pikepdf.Dictionary, position: int, resources: Resources) -> Page:
    """Interpret a page; what is not understood is noted in ``problem``."""
    page = Page(position, source, _DEFAULT_BOX, _DEFAULT_BOX, 0)
    interpreter = Interpreter(resources)
    try:
        _geometry(page)
        own = _inherited(source, "Resources")
        page.annotations = read_annotations(source)
        page.units.append(
            interpreter.page(_contents(source), own if isinstance(own, pikepdf.Dictionary) else None)
        )
        for appearance in page.annotations.shown:
            page.units.append(interpreter.form(appearance.stream, appearance.placement, appearance.source))
    except NotUnderstoodError as error:
        page.problem = error.code
    except (ValueError, TypeError, OverflowError, RecursionError, IndexError, KeyError, pikepdf.PdfError):
        page.problem = "a page is malformed"
    drawn = interpreter.drawn
    page.glyphs, page.pictures, page.paths = drawn.glyphs, drawn.pictures, drawn.paths
    page.extents, page.obscured = drawn.extents, drawn.obscured
    return page


def write_texts(page: Page) -> None:
    """Lay the glyphs of a page out as its texts, once their characters are known, and what is seen of
    them."""
    if page.glyphs:
        page.edges = np.array([glyph.box for glyph in page.glyphs], dtype=float)
        page.inked = np.array([bool((glyph.text or "").strip()) for glyph in page.glyphs])
    _lay_out(page)
    if page.brightness is not None:
        page.faint = {id(glyph) for glyph in _faint(page, page.brightness)}
        if page.faint:
            _lay_out(page)


def _faint(page: Page, brightness: Brightness) -> Iterator[Glyph]:
    """Yield the glyphs of words whose place is all of one colour: white, covered or clipped away."""
    width = brightness.shape[1]
    scale = width / page.size[0]
    flat = brightness.tobytes()
    for owners, box in words_of(page.texts[""]):
        glyphs = [owner for owner in owners if isinstance(owner, Glyph)]
        if any(show.unit.tiled or _may_be_missing(show.font) for show in {glyph.show for glyph in glyphs}):
            continue
        shown = page.to_display(box)
        top, bottom = max(0, int(shown.y0 * scale)), int(shown.y1 * scale) + 1
        left, right = max(0, int(shown.x0 * scale)), int(shown.x1 * scale) + 1
        row = (top + bottom) // 2 * width
        middle = flat[row + left : row + min(right, width)]
        if middle and max(middle) - min(middle) >= FLAT:  # the common case, told by one row
            continue
        area = brightness[top:bottom, left:right]
        if area.size and int(area.max()) - int(area.min()) < FLAT:
            yield from glyphs


def _may_be_missing(font: Font) -> bool:
    """Whether another program may show glyphs that this one cannot draw, for want of the font."""
    return font.composite and not font.embedded


def _lay_out(page: Page) -> None:
    seen: list[Glyph] = []
    unseen: list[Glyph] = []
    for glyph, inside in zip(page.glyphs, _inside(page), strict=True):
        (seen if inside and _seen(glyph, page) else unseen).append(glyph)
    page.texts[""], hidden = lay_out(seen), lay_out(unseen)
    drawn = broken_words(page.glyphs, page.texts[""].text)
    read = [page.texts[""], drawn]
    joined = together([joined_words(read), *map(spaced_words, read)])
    others = (("unseen", hidden), ("drawn", drawn), ("joined", joined))
    page.texts |= {place: text for place, text in others if text.text}


def _inside(page: Page) -> list[bool]:
    """Return which glyphs of a page have their middles on what is shown of it."""
    x, y = page.cores.T
    crop = page.crop
    inside = (x >= crop.x0) & (x <= crop.x1) & (y >= crop.y0) & (y <= crop.y1)
    return [bool(value) for value in inside.tolist()]


def _seen(glyph: Glyph, page: Page) -> bool:
    show = glyph.show
    if show.hidden or show.scale < MIN_SIZE or id(glyph) in page.faint:
        return False
    if show.mode != INVISIBLE:  # what is painted through text that only clips tells whether it is seen
        return True
    # Invisible text over an image is what OCR read in it, and seen as the image.
    return any(picture.box.contains(*glyph.core) for picture in page.pictures)


def _geometry(page: Page) -> None:
    media = _box(_inherited(page.source, "MediaBox")) or _DEFAULT_BOX
    crop = (_box(_inherited(page.source, "CropBox")) or media).clipped(media)
    if crop.width < 1 or crop.height < 1:
        raise NotUnderstoodError("a page has no size")
    page.media, page.crop = media, crop
    turned = _inherited(page.source, "Rotate")
    page.rotate = int(number(turned)) % 360 if turned is not None else 0
    if page.rotate % 90:
        raise NotUnderstoodError("a page is rotated by no right angle")


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
