"""Which glyphs go, and which boxes are drawn, for a document's redactions."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from redact.errors import FormatError
from redact.formats.pdf.boxes import Mark, boxes_of
from redact.formats.pdf.interpreter import Glyph
from redact.formats.pdf.layout import PageText
from redact.formats.pdf.pages import Page
from redact.redaction import Redaction


@dataclass(slots=True)
class Cut:
    """What is taken out of one page."""

    glyphs: set[Glyph] = field(default_factory=set)
    marks: list[Mark] = field(default_factory=list)


def select(page: Page, redactions: Sequence[Redaction]) -> Cut:
    """Return what the redactions of a page take out, what lies under their boxes, and all unseen text."""
    cut = Cut({glyph for owners in page.unseen.owners for glyph in owners})
    for redaction in redactions:
        place = redaction.locator.partition("/")[2]
        if place not in ("", "unseen"):
            raise FormatError("a redaction is of a place that this PDF does not have")
        text = page.unseen if place == "unseen" else page.text
        glyphs = _glyphs(text, redaction)
        cut.glyphs |= glyphs
        if place != "unseen":
            cut.marks += [Mark(box, redaction.marking, way) for box, way in boxes_of(glyphs)]
    _sweep(page, cut)
    return cut


def _glyphs(text: PageText, redaction: Redaction) -> set[Glyph]:
    if redaction.span.end > len(text.owners):
        raise FormatError("a redaction lies outside of the text of its page")
    found = {g for owners in text.owners[redaction.span.start : redaction.span.end] for g in owners}
    for glyph in list(found):  # a glyph of a Type 3 font goes with the text that its procedure shows
        owner = glyph.show.owner
        while owner is not None:
            found.add(owner)
            owner = owner.show.owner
    return found


def _sweep(page: Page, cut: Cut) -> None:
    """Add every glyph whose middle lies under a box: nothing may be left beneath what a reader sees as
    removed."""
    boxes = [mark.box for mark in cut.marks]
    if not boxes:
        return
    for glyph in page.glyphs:
        x, y = glyph.core
        if any(box.contains(x, y) for box in boxes):
            cut.glyphs.add(glyph)
            owner = glyph.show.owner
            if owner is not None:
                cut.glyphs.add(owner)
