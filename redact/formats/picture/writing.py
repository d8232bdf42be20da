"""Writing pictures: pixels of removed words made black, the pages encoded anew with nothing beside them."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from redact.document import Document
from redact.errors import FormatError
from redact.formats.interface import Written
from redact.formats.ocr import Word
from redact.formats.passage import Cut
from redact.formats.picture.opening import frames
from redact.formats.picture.reading import Page, notes, pages
from redact.redaction import Redaction

QUALITY = 90
"""Of JPEG; see Pillow."""
BLOCK = 8
"""Pixels of the blocks of JPEG, over which the traces of a letter spread (ITU-T T.81, A.1)."""
_SMALLEST_MARKING = 8

Box = tuple[int, int, int, int]
"""Left, top, right and bottom in pixels, the last two outside."""


def write(data: bytes, kind: str, document: Document, redactions: Sequence[Redaction]) -> Written:
    """Return the picture with boxes over what is redacted; raises ``FormatError``."""
    read = pages(data, kind)
    by_page: dict[int, list[Redaction]] = {}
    for redaction in redactions:
        if redaction.locator == "metadata":
            continue  # never written
        part, _, digits = redaction.locator.partition(":")
        if part != "page" or not digits.isdecimal() or not 1 <= int(digits) <= len(read):
            raise FormatError("There is no such page to redact: read the document again.")
        by_page.setdefault(int(digits), []).append(redaction)
    texts = {segment.locator: segment.text for segment in document.segments}
    written: list[Image.Image] = []
    for number, (page, image) in enumerate(zip(read, frames(data, kind), strict=True), 1):
        if page.passage.text != texts.get(f"page:{number}", "") and page.passage:
            raise FormatError("OCR reads the picture otherwise than before: run the request again.")
        cover(image, page, by_page.get(number, ()), BLOCK if kind == "jpeg" else 1)
        written.append(image)
    return Written(_encoded(written, kind), notes(read))


def cover(image: Image.Image, page: Page, redactions: Sequence[Redaction], block: int = 1) -> None:
    """Make black, in ``image``, each word of ``page`` that a redaction touches, with the marking inside.

    Boxes grow to whole blocks of ``block`` pixels. Raises ``FormatError``.
    """
    cuts = page.passage.cuts(redactions)
    draw = ImageDraw.Draw(image)
    boxes: list[tuple[Box, str]] = []
    for place, word in enumerate(page.words):
        if place not in cuts:
            continue
        box = box_of(word, image.size, block)
        draw.rectangle((box[0], box[1], box[2] - 1, box[3] - 1), fill=0)
        before = page.words[place - 1] if place else None
        if place - 1 in cuts and before is not None and before.line == word.line:
            last, marking = boxes[-1]
            joined = (min(last[0], box[0]), min(last[1], box[1]), max(last[2], box[2]), max(last[3], box[3]))
            gap = (last[2], max(last[1], box[1]), box[0] - 1, min(last[3], box[3]) - 1)
            if gap[0] <= gap[2] and gap[1] <= gap[3]:
                draw.rectangle(gap, fill=0)
            boxes[-1] = (joined, marking or _marking(cuts[place]))
        else:
            boxes.append((box, _marking(cuts[place])))
    for box, marking in boxes:
        _print(draw, box, marking)


def _marking(cuts: Sequence[Cut]) -> str:
    return next((cut.marking for cut in cuts if cut.marking), "")


def box_of(word: Word, size: tuple[int, int], block: int = 1) -> Box:
    """Return a box somewhat larger than a word, as OCR places its edges only roughly, within ``size``."""
    left, top, right, bottom = word.box
    aside, above = 2 + 0.25 * (bottom - top), 2 + 0.12 * (bottom - top)
    return (
        max(0, int(left - aside) // block * block),
        max(0, int(top - above) // block * block),
        min(size[0], -(int(-right - aside) // block) * block),
        min(size[1], -(int(-bottom - above) // block) * block),
    )


def _print(draw: ImageDraw.ImageDraw, box: Box, marking: str) -> None:
    """Print the marking in white where it fits."""
    width, height = box[2] - box[0], box[3] - box[1]
    size = int(0.7 * height)
    while marking and size >= _SMALLEST_MARKING:
        font = ImageFont.load_default(size)
        if draw.textlength(marking, font) <= width - 4:
            middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
            draw.text(middle, marking, fill="white" if draw.mode == "RGB" else 255, font=font, anchor="mm")
            return
        size -= 1


def _encoded(images: Sequence[Image.Image], kind: str) -> bytes:
    buffer = BytesIO()
    first, *others = images
    shape = {"dpi": first.info["dpi"]} if "dpi" in first.info else {}
    if kind == "tiff":
        # One compression for all pages: that of fax is for black and white alone.
        bilevel = all(image.mode == "1" for image in images)
        compression = "group4" if bilevel else "tiff_adobe_deflate"
        first.save(buffer, "TIFF", save_all=True, append_images=others, compression=compression, **shape)
    elif kind == "jpeg":
        first.save(buffer, "JPEG", quality=QUALITY, subsampling=0, **shape)
    else:
        first.save(buffer, "PNG", **shape)
    return buffer.getvalue()
