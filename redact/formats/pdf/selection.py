"""Which glyphs and pixels go, and which boxes are drawn, for a document's redactions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from redact.errors import FormatError
from redact.formats.pdf.boxes import Mark, boxes_of, label
from redact.formats.pdf.channels import shifted, widened
from redact.formats.pdf.drawing import ARTIFACT, Glyph, Tag
from redact.formats.pdf.geometry import Box
from redact.formats.pdf.joining import under_regions
from redact.formats.pdf.pages import Page
from redact.formats.pdf.pagetext import PageText
from redact.redaction import Redaction

_REGION = re.compile(r"region:(\d+(?:\.\d+)?),(\d+(?:\.\d+)?),(\d+(?:\.\d+)?),(\d+(?:\.\d+)?)")


@dataclass(slots=True)
class Cut:
    """What is taken out of one page."""

    glyphs: set[Glyph] = field(default_factory=set)
    marks: list[Mark] = field(default_factory=list)
    legend: list[Mark] = field(default_factory=list)
    """Lines at the foot of the page for markings that do not fit on their boxes."""
    unboxed: int = 0
    """Redactions of text in patterns, whose place on the page is not known."""
    displaced: dict[tuple[int, int], float] = field(default_factory=dict)
    """Glyphs that move along their line in strict mode: see ``emit``."""
    changed: list[Box] = field(default_factory=list)
    """Where the page looks different besides its boxes."""
    exact: int = 0
    """Gaps that are as wide as what was removed, although strict mode was asked for."""

    @property
    def boxes(self) -> list[Box]:
        """The boxes of the marks."""
        return [mark.box for mark in self.marks]


def region_locator(page: int, x0: float, y0: float, x1: float, y1: float) -> str:
    """Return the locator of a rectangle: in points from the top left of the page as it is displayed."""
    if page < 1 or not 0 <= x0 < x1 or not 0 <= y0 < y1:
        raise ValueError("a region must have an area on a page")
    return f"page:{page}/region:{x0:g},{y0:g},{x1:g},{y1:g}"


def select(
    page: Page, redactions: Sequence[Redaction], strict: bool = False, *, as_image: bool = False
) -> Cut:
    """Return what the redactions of a page take out, what lies under their boxes, and all unseen text.

    ``strict`` also hides where a line goes on behind a box; not on a page that is written ``as_image``, where
    nothing can move: its gaps are counted as exact.
    """
    cut = Cut(_with_outer(page.unseen))
    regions: list[Mark] = []
    for redaction in redactions:
        place = redaction.locator.partition("/")[2]
        region = _REGION.fullmatch(place)
        if region:
            x0, y0, x1, y1 = (float(value) for value in region.groups())
            box = page.from_display(Box(x0, y0, x1, y1)).clipped(page.crop)
            if not box.width or not box.height:
                raise FormatError("a region lies outside of its page")
            regions.append(Mark(box, redaction.marking, page.rotate))
        elif place in page.texts:
            _select_text(page.texts[place], redaction, place, cut)
        else:
            raise FormatError("a redaction is of a place that this PDF does not have")
    covered = _sweep(page, cut, regions)
    if strict and not as_image and page.problem is None:
        shift = shifted(page, cut.marks, cut.glyphs)
        cut.marks, cut.displaced, cut.changed, cut.exact = shift.marks, shift.glyphs, shift.areas, shift.exact
    else:
        cut.marks = widened(page, cut.marks, covered)
        cut.exact = sum(not mark.direction for mark in cut.marks) if strict else 0
    labelled = label(under_regions(cut.marks, regions), page.crop)
    cut.marks = labelled.marks
    cut.legend = labelled.legend
    cut.changed += [mark.box for mark in cut.legend]
    return cut


def _select_text(text: PageText, redaction: Redaction, place: str, cut: Cut) -> None:
    if redaction.span.end > len(text.owners):
        raise FormatError("a redaction lies outside of the text of its page")
    owners = {o for found in text.owners[redaction.span.start : redaction.span.end] for o in found}
    glyphs = {owner for owner in owners if isinstance(owner, Glyph)}
    cut.glyphs |= _with_outer(glyphs)
    if place == "unseen":
        return
    placed = {owner for owner in owners if not isinstance(owner, Glyph) or not in_pattern(owner)}
    cut.unboxed += placed != owners
    cut.marks += [Mark(box, redaction.marking, way) for box, way in boxes_of(placed)]


def tags_below(page: Page, cut: Cut) -> list[Tag | None]:
    """Return the tags of what first lost something to each line of the legend and then to each box."""
    found = [_tag_below(page, cut, mark) for mark in cut.marks]
    labels = [mark.marking for mark in cut.marks]
    numbers = [line.marking.partition(":")[0] for line in cut.legend]
    return [found[labels.index(number)] if number in labels else None for number in numbers] + found


def _tag_below(page: Page, cut: Cut, mark: Mark) -> Tag | None:
    below = [glyph.show for glyph in cut.glyphs if mark.box.contains(*glyph.core)]
    tags = [show.tag for show in sorted(below, key=lambda show: show.order)]
    tags += [picture.tag for picture in page.pictures if picture.box.overlaps(mark.box)]
    return next((tag for tag in tags if tag not in (None, ARTIFACT)), None)


def in_pattern(glyph: Glyph) -> bool:
    """Whether a glyph belongs to the cell of a pattern, which is painted in many places."""
    return glyph.show.unit.tiled


def _with_outer(glyphs: set[Glyph]) -> set[Glyph]:
    """Add the Type 3 glyphs whose procedures show glyphs that go."""
    found = set(glyphs)
    for glyph in glyphs:
        owner = glyph.show.owner
        while owner is not None:
            found.add(owner)
            owner = owner.show.owner
    return found


def _sweep(page: Page, cut: Cut, regions: list[Mark]) -> npt.NDArray[np.bool_]:
    """Add every glyph whose middle lies under a box: nothing may be left beneath what a reader sees as
    removed. Returns which glyphs those are."""
    if len(page.edges) != len(page.glyphs):
        raise FormatError("a page was not read completely")
    covered = np.zeros(len(page.glyphs), dtype=bool)
    x, y = page.cores.T
    for x0, y0, x1, y1 in (mark.box for mark in [*cut.marks, *regions]):
        covered |= (x >= x0) & (x <= x1) & (y >= y0) & (y <= y1)
    below = [page.glyphs[int(position)] for position in covered.nonzero()[0]]
    cut.glyphs |= _with_outer({glyph for glyph in below if not in_pattern(glyph)})
    return covered
