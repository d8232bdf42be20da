"""The PDF format: reads pages into text with a way back to each glyph, and writes new files without what
goes."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

from redact.document import Document, Obstacle, Segment
from redact.errors import FormatError
from redact.formats.interface import Reading, Written
from redact.formats.pdf.intake import EncryptedError, Model, read_model
from redact.formats.pdf.objects import NotUnderstoodError
from redact.formats.pdf.rebuild import rebuild
from redact.formats.pdf.reread import reread
from redact.formats.pdf.selection import select
from redact.redaction import Redaction


class PdfFormat:
    """PDF (ISO 32000-2).

    Locators: ``page:3`` is what page 3 shows, ``page:3/unseen`` text on it that no reader sees;
    ``meta:Author``, ``outline:2``, ``annotation:1`` and others are texts outside of the pages, which are
    never carried over.
    """

    name = "pdf"
    suffix = ".pdf"

    def __init__(self, passwords: Sequence[str] = ()) -> None:
        """``passwords`` are tried on encrypted files, in order."""
        self._passwords = tuple(passwords)

    def recognizes(self, data: bytes, name: str) -> bool:
        """Whether a PDF header stands in the first kilobyte (as readers accept it), or the name says PDF."""
        return b"%PDF-" in data[:1024] or name.lower().endswith(".pdf")

    def read(self, data: bytes, name: str) -> Document:
        """Read a PDF; raises ``FormatError`` where not even a list of pages can be made of it."""
        digest = hashlib.sha256(data).hexdigest()
        try:
            model = read_model(data, self._passwords)
        except EncryptedError:
            reason = "It is encrypted; give its password or ask its author for an open copy."
            return Document(name, self.name, digest, (), (Obstacle("encrypted", reason),))
        segments = tuple(_segments(model))
        return Document(name, self.name, digest, segments, tuple(model.obstacles), len(model.pages))

    def write(self, data: bytes, document: Document, redactions: Sequence[Redaction]) -> Written:
        """Write the file anew without what ``redactions`` remove; raises ``FormatError``."""
        model = read_model(data, self._passwords)
        if model.obstacles:
            raise FormatError("this PDF has obstacles to its release")
        by_page: dict[int, list[Redaction]] = defaultdict(list)
        for redaction in redactions:
            kind, _, rest = redaction.locator.partition(":")
            if kind == "page":
                by_page[_page_number(rest, len(model.pages))].append(redaction)
        cuts = [select(page, by_page[page.number]) for page in model.pages]
        try:
            written = rebuild(model, cuts)
        except NotUnderstoodError as error:
            raise FormatError(f"this PDF cannot be written again: {error.code}") from None
        return Written(written, tuple(model.notes))

    def reread(self, data: bytes) -> Iterable[Reading]:
        """Read a written file with PDFium, pypdf and pdfminer, and raw."""
        return list(reread(data))


def _page_number(rest: str, count: int) -> int:
    number = rest.partition("/")[0]
    if not number.isdigit() or not 1 <= int(number) <= count:
        raise FormatError("a redaction is of a page that this PDF does not have")
    return int(number)


def _segments(model: Model) -> Iterable[Segment]:
    for page in model.pages:
        yield Segment(f"page:{page.number}", page.text.text)
        if page.unseen.text:
            yield Segment(f"page:{page.number}/unseen", page.unseen.text, visible=False)
    for hidden in model.hidden:
        yield Segment(hidden.locator, hidden.text, visible=False)
