"""Pictures and scans (PNG, JPEG, TIFF with its pages): read by OCR, overwritten in their pixels."""

from collections.abc import Iterable, Mapping, Sequence

from redact.document import Document
from redact.formats.interface import NO_MEMBERS, Reading, Replacement, Written
from redact.formats.passage import require_same
from redact.redaction import Redaction


class Picture:
    """Pages of pixels. What is written holds the pixels of each page alone: no metadata, no preview."""

    name: str
    suffix: str
    signatures: tuple[bytes, ...]
    """How a file of the format begins."""

    def recognizes(self, data: bytes, name: str) -> bool:
        """Whether it begins as the format does."""
        return data.startswith(self.signatures)

    def read(self, data: bytes, name: str) -> Document:
        """Read each page by OCR as the segment ``page:N``, and all metadata as one that is not visible.

        A page that cannot be read well enough, or is more drawing, photograph or handwriting than text, is
        an obstacle. Raises ``FormatError`` where the picture is damaged or too large.
        """
        from redact.formats.picture.reading import document

        return document(data, name, self.name)

    def write(
        self,
        data: bytes,
        document: Document,
        redactions: Sequence[Redaction],
        members: Mapping[str, Replacement] = NO_MEMBERS,
    ) -> Written:
        """Write the pages with a black box over each word that a span touches."""
        from redact.formats.picture.writing import write

        require_same(data, document)
        return write(data, self.name, document, redactions)

    def reread(self, data: bytes) -> Iterable[Reading]:
        """Read the pages by OCR once more, and all bytes that are no pixels."""
        from redact.formats.picture.opening import beside_pixels
        from redact.formats.picture.reading import pages

        text = "\n".join(page.passage.text for page in pages(data, self.name))
        yield Reading("optical character recognition", text)
        yield Reading("metadata", beside_pixels(data, self.name), "raw")


class Png(Picture):
    """PNG. An animated one is withheld."""

    name = "png"
    suffix = ".png"
    signatures = (b"\x89PNG\r\n\x1a\n",)


class Jpeg(Picture):
    """JPEG. One with a second picture behind the first is withheld."""

    name = "jpeg"
    suffix = ".jpg"
    signatures = (b"\xff\xd8\xff",)


class Tiff(Picture):
    """TIFF, of one page or several."""

    name = "tiff"
    suffix = ".tif"
    signatures = (b"II*\x00", b"MM\x00*")
