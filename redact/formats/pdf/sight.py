"""What other eyes see on a page than our interpreter: PDFium's text, and OCR's words in the rendered
pixels."""

import difflib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable

from PIL import Image

from redact.formats.ocr import SURE, OcrError, Word, read_words
from redact.formats.pdf.drawing import Glyph, Picture
from redact.formats.pdf.fonts import readable
from redact.formats.pdf.geometry import Box
from redact.formats.pdf.imagepixels import pixels_of
from redact.formats.pdf.objects import NotUnderstoodError
from redact.formats.pdf.pages import Page
from redact.formats.pdf.pagetext import PageText, spotted
from redact.formats.pdf.pdfium import Character, Rendering

DPI = 200
_CELL = 24.0
DRAWINGS = 8
"""Shapes on a page from which they are looked at as possible letters."""
_MIN_PICTURE = 10
"""Pixels below which, in either direction, no picture holds a word."""


def name_unreadable(page: Page, characters: list[Character]) -> None:
    """Give glyphs without a known character the one that PDFium, which reads the font itself, sees there."""
    grid: dict[tuple[int, int], list[Character]] = defaultdict(list)
    for character in characters:
        x, y = (character.box.x0 + character.box.x1) / 2, (character.box.y0 + character.box.y1) / 2
        grid[int(x // _CELL), int(y // _CELL)].append(character)
    known: dict[tuple[int, bytes], str] = {}
    for glyph in page.glyphs:
        # Of Type 3 fonts PDFium knows no more than we do, and gives the bare code as a character.
        if glyph.text is not None or glyph.show.font.matrix is not None:
            continue
        x, y = glyph.core
        column, row = int(x // _CELL), int(y // _CELL)
        near = [c for i in (-1, 0, 1) for j in (-1, 0, 1) for c in grid.get((column + i, row + j), ())]
        fitting = [
            c for c in near if c.box.contains(x, y) and readable(c.text) and not c.generated and not c.guessed
        ]
        if len({c.text for c in fitting}) == 1:
            known[id(glyph.show.font), glyph.code.data] = fitting[0].text
    for glyph in page.glyphs:
        if glyph.text is None:
            glyph.text = known.get((id(glyph.show.font), glyph.code.data))
    _name_ornaments(page.glyphs)


def _name_ornaments(glyphs: list[Glyph]) -> None:
    """Name single signs, such as bullets, that no word can be made of: few kinds, and never three in a
    row."""
    kinds: dict[int, set[bytes]] = defaultdict(set)
    longest: Counter[int] = Counter()
    run = 0
    for glyph in glyphs:
        run = run + 1 if glyph.text is None else 0
        if run:
            font = id(glyph.show.font)
            kinds[font].add(glyph.code.data)
            longest[font] = max(longest[font], run)
    for glyph in glyphs:
        font = id(glyph.show.font)
        if glyph.text is None and len(kinds[font]) <= 3 and longest[font] <= 2:
            glyph.text = "\u2022"


def second_text(page: Page, rendering: Rendering) -> PageText | None:
    """Return PDFium's text of a page if it has letters that ours lacks, or ours is not understood."""
    index = page.number - 1
    if page.problem is None:
        ours = "".join(text.text for text in page.texts.values())
        if not _letters(rendering.text(index)) - _letters(ours):
            return None
    return spotted((c.text, None if c.generated else c.box) for c in rendering.characters(index))


def _letters(text: str) -> Counter[str]:
    return Counter(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


def must_be_looked_at(page: Page) -> bool:
    """Whether a page shows something that no reader of text can read: pictures, drawings, nameless glyphs."""
    return (
        page.problem is not None
        or any(_can_hold_text(picture) for picture in page.pictures)
        or len(page.paths) > DRAWINGS
        or any(glyph.text is None for glyph in page.glyphs)
    )


def _can_hold_text(picture: Picture) -> bool:
    source = picture.source
    if source is None:
        return True
    width, height = source.get("/Width"), source.get("/Height")
    if not isinstance(width, int) or not isinstance(height, int):
        return True
    return width > _MIN_PICTURE and height > _MIN_PICTURE


def look(page: Page, rendering: Rendering) -> PageText:
    """Return what OCR reads on a page and the text of the page does not have.

    Raises ``NotUnderstoodError``, with a reason for a person, where that is not to be relied on.
    """
    pixels = rendering.render(page.number - 1, DPI / 72)
    words = _read(Image.fromarray(pixels[:, :, ::-1]))
    scale = pixels.shape[1] / page.size[0]
    placed = [(word, page.from_display(Box(*(v / scale for v in word.box)))) for word in words]
    text_below = [_text_below(page, box) for _, box in placed]
    _judge([word for word, _ in placed], text_below)
    extra = [(w, box) for (w, box), text in zip(placed, text_below, strict=True) if not _alike(w.text, text)]
    covered = [
        (word, picture.box) for picture in page.pictures if picture.covered for word in _words_of(picture)
    ]
    read = [box for word, box in placed if word.confidence >= SURE]
    for glyph in page.glyphs:
        if glyph.text is None and not any(box.contains(*glyph.core) for box in read):
            raise NotUnderstoodError("it has text that no program can read")
    if not words and not page.glyphs and page.pictures:
        raise NotUnderstoodError("it is a picture in which no text is found")
    return spotted(_as_lines([*extra, *covered]))


def _words_of(picture: Picture) -> Iterable[Word]:
    """Read a picture by itself that is not all seen on the page, its masks too; the whole picture is one
    place."""
    if picture.source is None or not _can_hold_text(picture):
        return []
    return [word for image in pixels_of(picture.source) for word in _read(image, sparse=True)]


def _read(image: Image.Image, *, sparse: bool = False) -> list[Word]:
    try:
        return read_words(image, sparse=sparse)
    except OcrError:
        raise NotUnderstoodError("the OCR engine failed on it, or took too long") from None


def _as_lines(words: list[tuple[Word, Box]]) -> Iterable[tuple[str, Box | None]]:
    previous: tuple[int, int, int] | None = None
    for word, box in words:
        if previous is not None:
            yield (" " if word.line == previous else "\n"), None
        previous = word.line
        yield word.text, box


def _text_below(page: Page, box: Box) -> str:
    grown = box.grown(1.0)
    inside = [g for g in page.glyphs if g.text and grown.contains(*g.core)]
    return "".join(g.text or "" for g in sorted(inside, key=lambda g: g.start[0]))


def _alike(read: str, text: str) -> bool:
    """Whether what OCR read is what the text says, but for mistakes of a letter or two."""
    first, second = _folded(read), _folded(text)
    if not first or first in second:
        return True
    if not second:
        return False
    return difflib.SequenceMatcher(None, first, second, autojunk=False).ratio() >= 0.6


def _folded(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def _judge(words: list[Word], below: list[str]) -> None:
    """Refuse a page whose pixels OCR cannot read, or whose text says something else than its pixels."""
    long = [(w, text) for w, text in zip(words, below, strict=True) if len(_folded(w.text)) >= 3]
    bare = [w for w, text in long if not text]
    if len(bare) >= 5 and sum(w.confidence < SURE for w in bare) > 0.25 * len(bare):
        raise NotUnderstoodError("it is a scan that cannot be read well enough")
    sure = [(w, text) for w, text in long if text and w.confidence >= 85]
    other = sum(not _alike(w.text, text) for w, text in sure)
    if len(sure) >= 3 and other > 0.3 * len(sure):
        raise NotUnderstoodError("its text says something else than what is seen")
