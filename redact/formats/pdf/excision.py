"""What stays of an array of strings, without the glyphs that go (ISO 32000-2, 9.4.3)."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from redact.formats.pdf.drawing import Glyph, Show
from redact.formats.pdf.objects import NotUnderstoodError
from redact.formats.pdf.operands import Operand
from redact.formats.pdf.pen import Pen

NOWHERE: Mapping[tuple[int, int], float] = {}
Gone: TypeAlias = Mapping[int, set[int]]
"""Which glyphs go: their ordinals by the identity of the string that shows them."""


def by_show(removed: Iterable[Glyph]) -> Gone:
    """Return the glyphs that go by what shows them."""
    found: dict[int, set[int]] = {}
    for glyph in removed:
        found.setdefault(id(glyph.show), set()).add(glyph.ordinal)
    return found


class Excision:
    """The glyphs that go, and those that move."""

    def __init__(self, gone: Gone, displaced: Mapping[tuple[int, int], float] = NOWHERE) -> None:
        """``displaced`` moves glyphs along their line, in text space, by the identity of their show and their
        ordinal."""
        self._gone = gone
        self._displaced = displaced
        self._moving = frozenset(show for show, _ in displaced)

    def touches(self, show: Show) -> bool:
        """Whether anything of a string goes or moves."""
        return id(show) in self._gone or id(show) in self._moving

    def remaining(self, elements: list[Operand], shows: list[Show], hidden: bool, pen: Pen) -> list[Operand]:
        """Return what stays of an array, nothing if it is ``hidden``.

        What goes is added up in the gap of ``pen``, which becomes the next number. Raises
        ``NotUnderstoodError``.
        """
        by_item = {show.item: show for show in shows}
        kept: list[Operand] = []
        aside = 0.0
        scale = _unit_of(shows[0])
        if not scale:
            raise NotUnderstoodError("text has no size")
        for item, element in enumerate(elements):
            if isinstance(element, float):
                pen.gap -= element / 1000 * scale
                continue
            show = by_item[item]
            if isinstance(element, bytes) and show.codes and not hidden and not self.touches(show):
                _add(kept, element, pen, scale)
                continue
            gone = set(range(len(show.codes))) if hidden else self._gone.get(id(show), set())
            if id(show) in self._moving:
                aside = self._moved(kept, show, gone, pen, aside)
                continue
            start = 0
            for end in [*sorted(gone), len(show.codes)]:
                if start < end:
                    _add(kept, b"".join([code.data for code in show.codes[start:end]]), pen, scale)
                if end < len(show.codes):
                    pen.gap += show.advances[end]
                start = end + 1
        pen.gap -= aside
        return kept

    def _moved(self, kept: list[Operand], show: Show, gone: set[int], pen: Pen, aside: float) -> float:
        """Add what stays of a string whose glyphs stand aside, and return how far the last one does."""
        scale = _unit_of(show)
        for ordinal, (code, advance) in enumerate(zip(show.codes, show.advances, strict=True)):
            if ordinal in gone:
                pen.gap += advance
                continue
            place = self._displaced.get((id(show), ordinal), 0.0)
            pen.gap += place - aside
            aside = place
            _add(kept, code.data, pen, scale)
        return aside


def _add(kept: list[Operand], string: bytes, pen: Pen, scale: float) -> None:
    shift = round(-pen.gap * 1000 / scale, 4) if pen.gap else 0.0
    pen.gap = 0.0
    last = kept[-1] if kept and not shift else None
    if isinstance(last, bytes):
        kept[-1] = last + string
    else:
        kept += [shift, string] if shift else [string]


def _unit_of(show: Show) -> float:
    """Return the text space units in 1000 of a ``TJ`` number."""
    return show.size if show.font.vertical else show.size * show.stretch
