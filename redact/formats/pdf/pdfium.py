"""PDFium as the second pair of eyes: pages rendered and their text, independent of our own interpreter.

PDFium is not safe for threads, so every use holds one lock. Errors become ``NotUnderstoodError``.
"""

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pypdfium2
import pypdfium2.raw as raw
from PIL import Image

from redact.formats.pdf.geometry import Box
from redact.formats.pdf.objects import NotUnderstoodError

Pixels = npt.NDArray[np.uint8]
"""Rows, columns, and three channels: blue, green, red."""
Brightness = npt.NDArray[np.uint8]
"""Rows and columns."""

_LOCK = threading.RLock()
MAX_SIDE = 6_000
"""Pixels of a rendered page's longer side, at most."""


def brightness(pixels: Pixels) -> Brightness:
    """Return the brightness of pixels, weighted so that no two plain colours are the same."""
    blue, green, red = (pixels[:, :, channel].astype(np.uint16) for channel in range(3))
    result: Brightness = ((3 * blue + 6 * green + red) // 10).astype(np.uint8)
    return result


@dataclass(frozen=True, slots=True)
class Character:
    """A character that PDFium reads on a page, and the box around it in page coordinates."""

    text: str
    box: Box
    generated: bool
    """Whether PDFium put it in: a space or the end of a line."""
    guessed: bool
    """Whether the font does not say what it is, so that PDFium gives its bare code."""


class Rendering:
    """An open document; use ``opened``."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document

    def __len__(self) -> int:
        return len(self._document)

    @contextmanager
    def _page(self, index: int) -> Iterator[pypdfium2.PdfPage]:
        try:
            page = self._document[index]
        except pypdfium2.PdfiumError as error:
            raise NotUnderstoodError("a page cannot be loaded") from error
        try:
            yield page
        finally:
            page.close()

    def render(self, index: int, scale: float) -> Pixels:
        """Return page ``index`` at ``scale`` pixels a point, annotations and form fields included."""
        with self._page(index) as page:
            width, height = page.get_size()
            longest = max(width, height) * scale
            if not 0 < longest <= MAX_SIDE:
                scale *= MAX_SIDE / longest if longest else 1
            bitmap = page.render(scale=scale, may_draw_forms=True, rev_byteorder=False, prefer_bgrx=False)
            pixels: Pixels = bitmap.to_numpy()
            if pixels.ndim == 2:
                pixels = np.repeat(pixels[:, :, None], 3, axis=2)
            copied = np.ascontiguousarray(pixels[:, :, :3])
            bitmap.close()
            return copied

    def image(self, index: int) -> Image.Image:
        """Return the pixels of the only image on a page, in grey or in red, green and blue."""
        with self._page(index) as page:
            for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
                try:
                    pixels: Image.Image = drawn.get_bitmap().to_pil()
                except pypdfium2.PdfiumError as error:
                    raise NotUnderstoodError("an image cannot be decoded") from error
                return pixels.copy() if pixels.mode in ("L", "RGB") else pixels.convert("RGB")
        raise NotUnderstoodError("an image cannot be decoded")

    def size(self, index: int) -> tuple[float, float]:
        """Return the width and height of a page as displayed, in points."""
        with self._page(index) as page:
            width, height = page.get_size()
            return float(width), float(height)

    def text(self, index: int) -> str:
        """Return the text of a page."""
        with self._page(index) as page:
            textpage = page.get_textpage()
            try:
                return str(textpage.get_text_range(errors="replace"))
            finally:
                textpage.close()

    def characters(self, index: int) -> list[Character]:
        """Return the characters of a page with their boxes."""
        found = []
        with self._page(index) as page:
            textpage = page.get_textpage()
            try:
                left, right, bottom, top = (ctypes.c_double() for _ in range(4))
                loose = raw.FS_RECTF()
                for position in range(raw.FPDFText_CountChars(textpage)):
                    code = raw.FPDFText_GetUnicode(textpage, position)
                    raw.FPDFText_GetCharBox(textpage, position, left, right, bottom, top)
                    box = Box(left.value, bottom.value, right.value, top.value)
                    if raw.FPDFText_GetLooseCharBox(textpage, position, loose):
                        box = Box(loose.left, loose.bottom, loose.right, loose.top)
                    text = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
                    generated = raw.FPDFText_IsGenerated(textpage, position) == 1
                    guessed = raw.FPDFText_HasUnicodeMapError(textpage, position) == 1
                    found.append(Character(text, box, generated, guessed))
            finally:
                textpage.close()
        return found


@contextmanager
def opened(data: bytes, password: str = "") -> Iterator[Rendering]:
    """Open a document, with a password if it needs one; raises ``NotUnderstoodError`` if PDFium cannot."""
    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(data, password=password or None)
            if document.get_formtype() == raw.FORMTYPE_ACRO_FORM:
                document.init_forms()
        except (pypdfium2.PdfiumError, ValueError) as error:
            raise NotUnderstoodError("a second reader cannot open the file") from error
        try:
            yield Rendering(document)
        finally:
            document.close()
