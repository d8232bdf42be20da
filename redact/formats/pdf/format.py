"""The PDF format: reads pages into text with a way back to each glyph, writes files without what goes."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from redact.document import Document, Obstacle, Segment
from redact.errors import FormatError
from redact.formats.interface import NO_MEMBERS, Reading, Replacement, Written
from redact.formats.pdf.compare import TOLERATED, changed
from redact.formats.pdf.intake import EncryptedError, Model, read_model
from redact.formats.pdf.leftovers import leftovers
from redact.formats.pdf.navigation import read_navigation
from redact.formats.pdf.objects import NotUnderstoodError, get
from redact.formats.pdf.passwords import site_passwords
from redact.formats.pdf.pdfium import opened
from redact.formats.pdf.rebuild import NOWHERE, Around, rebuild
from redact.formats.pdf.removedwords import RemovedWords, words_with
from redact.formats.pdf.reread import reread
from redact.formats.pdf.selection import Cut, select
from redact.formats.pdf.structure import VOCABULARY
from redact.formats.pdf.tags import Tags, read_tags
from redact.redaction import Redaction

_VISIBLE = frozenset(["", "pixels"])


class PdfFormat:
    """PDF (ISO 32000-2).

    Locators: ``page:3`` is what page 3 shows; ``page:3/pixels`` what only OCR reads there;
    ``page:3/unseen`` text on it that no one sees; ``page:3/second`` what another reader finds;
    ``page:3/drawn`` words that are joined only in the order of drawing; ``page:3/joined`` words that a
    hyphen breaks at the end of a line, or whose letters are set apart. ``page:3/region:72,90,200,110`` is
    a rectangle (see ``region_locator``). ``meta:Author``, ``outline:2``, ``annotation:1``, ``field:1``,
    ``attachment:1``, ``tag:1`` and others are texts outside of the pages. Those of tags, bookmarks and
    links can be carried over, if nothing of them is redacted; all others never are.
    """

    name = "pdf"
    suffix = ".pdf"

    def __init__(
        self,
        passwords: Sequence[str] | None = None,
        *,
        use_ocr: bool = True,
        inspected: bool = False,
        strict: bool = False,
    ) -> None:
        """``passwords`` are tried on encrypted files, in order; by default those of the site.

        ``use_ocr`` lets an installed OCR engine read pictures. ``inspected`` says that a person has looked
        at all pictures and drawings, so that those which no program reads are no obstacle. ``strict`` also
        moves what follows a box on its line, so that the gap does not tell how wide the removed words were.
        """
        self._passwords = None if passwords is None else tuple(passwords)
        self._use_ocr = use_ocr
        self._inspected = inspected
        self._strict = strict

    def recognizes(self, data: bytes, name: str) -> bool:
        """Whether a PDF header stands in the first kilobyte (as readers accept it), or the name says PDF."""
        return b"%PDF-" in data[:1024] or name.lower().endswith(".pdf")

    def read(self, data: bytes, name: str) -> Document:
        """Read a PDF; raises ``FormatError`` where not even a list of pages can be made of it."""
        digest = hashlib.sha256(data).hexdigest()
        try:
            model = self._model(data)
        except EncryptedError:
            reason = "It is encrypted; give its password or ask its author for an open copy."
            return Document(name, self.name, digest, (), (Obstacle("encrypted", reason),))
        segments = tuple(_segments(model))
        return Document(name, self.name, digest, segments, tuple(model.obstacles), len(model.pages))

    def write(
        self,
        data: bytes,
        document: Document,
        redactions: Sequence[Redaction],
        members: Mapping[str, Replacement] = NO_MEMBERS,
    ) -> Written:
        """Write the file anew without what ``redactions`` remove; raises ``FormatError``."""
        model = self._model(data)
        if model.obstacles:
            raise FormatError("this PDF has obstacles to its release")
        by_page: dict[int, list[Redaction]] = defaultdict(list)
        for redaction in redactions:
            kind, _, rest = redaction.locator.partition(":")
            if kind == "page":
                by_page[_page_number(rest, len(model.pages))].append(redaction)
        cuts = [select(page, by_page[page.number], self._strict) for page in model.pages]
        # What is redacted in a bookmark or a link itself may stay on the pages: then none of them is kept.
        led = any(r.locator.startswith(("outline:", "annotation:")) for r in redactions)
        around = Around(
            NOWHERE if led else read_navigation(model.pdf),
            *_tags(model, document, redactions, cuts),
            told=not any(r.locator.startswith(("tag:", "object:", "marked:")) for r in redactions),
        )
        try:
            return _written(model, by_page, self._strict, cuts, around)
        except NotUnderstoodError as error:
            raise FormatError(f"this PDF cannot be written again: {error.code}") from None

    def reread(self, data: bytes) -> Iterable[Reading]:
        """Read a written file with PDFium, pypdf, and poppler or pdfminer, and raw."""
        return list(reread(data))

    def _model(self, data: bytes) -> Model:
        passwords = site_passwords() if self._passwords is None else self._passwords
        return read_model(data, passwords, self._use_ocr, self._inspected)


def _tags(
    model: Model, document: Document, redactions: Sequence[Redaction], cuts: list[Cut]
) -> tuple[Tags | None, RemovedWords]:
    """Return the tags of a file, None where they cannot be written, and the words that they must not hold."""
    tags = read_tags(model.pdf)
    texts = {segment.locator: segment.text for segment in document.segments}
    values = [texts[r.locator][r.span.start : r.span.end] for r in redactions if r.locator in texts]
    for page, cut in zip(model.pages, cuts, strict=True):
        values += words_with(page, cut.glyphs - page.unseen)
    removed = RemovedWords(values)
    return None if tags is None or any(map(removed.in_name, VOCABULARY)) else tags, removed


def _written(
    model: Model, redactions: Mapping[int, Sequence[Redaction]], strict: bool, cuts: list[Cut], around: Around
) -> Written:
    """Write, look whether pages changed outside of their boxes, and write those that did as images."""
    images = {page.number: page.problem for page in model.pages if page.problem is not None}
    with opened(model.data) as before:
        for _ in range(2):
            known = set(images)
            written = rebuild(model.pages, model.resources, before, cuts, images, around)
            with opened(written) as after:
                if len(after) != len(model.pages):
                    raise NotUnderstoodError("pages were lost")
                for page, cut in zip(model.pages, cuts, strict=True):
                    # Text taken out of a pattern changes wherever that is painted, so there is no telling.
                    if page.number in images or cut.unboxed:
                        continue
                    if changed(page, before, after, [*cut.boxes, *cut.changed]) > TOLERATED:
                        images[page.number] = "it would look different"
                        again = redactions.get(page.number, ())
                        cuts[page.number - 1] = select(page, again, strict, as_image=True)
            if set(images) == known:
                break
    untagged = around.tags is None and get(model.pdf.Root, "StructTreeRoot") is not None
    notes = [
        *model.notes,
        *(["tags for screen readers were left out"] if untagged else []),
        *(f"page {number} was made an image: {why}" for number, why in sorted(images.items())),
    ]
    unboxed = sum(cut.unboxed for cut in cuts)
    if unboxed:
        notes.append(f"{unboxed} redactions in patterns have no box of their own")
    exact = sum(cut.exact for cut in cuts)
    if exact:
        notes.append(f"{exact} gaps are as wide as what was removed, for want of room on their lines")
    return Written(written, tuple(notes), tuple(sorted(leftovers(written))))


def _page_number(rest: str, count: int) -> int:
    number = rest.partition("/")[0]
    if not number.isdigit() or not 1 <= int(number) <= count:
        raise FormatError("a redaction is of a page that this PDF does not have")
    return int(number)


def _segments(model: Model) -> Iterable[Segment]:
    for page in model.pages:
        for place, text in page.texts.items():
            locator = f"{page.locator}/{place}" if place else page.locator
            yield Segment(locator, text.text, visible=place in _VISIBLE)
        if "" not in page.texts:
            yield Segment(page.locator, "")
    for hidden in model.hidden:
        yield Segment(hidden.locator, hidden.text, visible=False)
