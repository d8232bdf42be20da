"""Blocks: a long text is judged in parts that end with a paragraph, where nothing that was found goes on.

What a sentence or paragraph tells of a finding in it stands in its block, and so does what it overlaps with:
judged block by block, a text comes out as it does at once, in memory that does not grow with it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate, chain

from recognizers.stretches import Text, adjoining
from redact.document import Span
from redact.finding import Finding

BLANK_LINE = re.compile(r"\n[ \t]*\n")
"""What ends a paragraph."""
_MARGIN = 1_000
"""Characters after a block that are seen with it, where white space goes on or the next sentence begins."""


@dataclass(frozen=True, slots=True)
class Block:
    """The paragraphs ``start:end`` of a text, with what was found in them."""

    start: int
    end: int
    text: str = field(repr=False)
    """From its start to a little beyond its end."""
    findings: tuple[list[Finding], ...]
    """Those of each of several origins that begin in it; none goes on behind it."""


def blocks(text: Text, *origins: Iterable[Finding]) -> Iterator[Block]:
    """Yield ``text`` in blocks, a short one as a whole, with what is found in each.

    Each of ``origins`` gives findings in the order in which they begin.
    """
    comes = [_Ahead(origin) for origin in origins]
    waiting: list[list[Finding]] = [[] for _ in origins]
    seams = _Seams(text)
    start = 0
    for stretch in adjoining(len(text), 0):
        for ahead, found in zip(comes, waiting, strict=True):
            found += ahead.before(stretch.end)
        last = stretch.end == len(text)
        end = stretch.end if last else seams.last(stretch.end, Cover(f.span for f in chain(*waiting)))
        if end > start:
            here = tuple([f for f in found if f.span.start < end] for found in waiting)
            yield Block(start, end, text[start : min(len(text), end + _MARGIN)], here)
            waiting = [[f for f in found if f.span.start >= end] for found in waiting]
            start = end


class Cover:
    """Spans, to ask whether another one meets any of them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [span.start for span in ordered]
        self._furthest = list(accumulate((span.end for span in ordered), max))

    def meets(self, span: Span) -> bool:
        """Whether any overlaps with ``span``."""
        before = bisect_left(self._starts, span.end)
        return before > 0 and self._furthest[before - 1] > span.start

    def crosses(self, place: int) -> bool:
        """Whether any begins before ``place`` and ends behind it."""
        before = bisect_left(self._starts, place)
        return before > 0 and self._furthest[before - 1] > place


class _Seams:
    """The places of a text where a paragraph begins."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._sought = 0
        """Up to where they are known."""
        self._known: list[int] = []

    def last(self, before: int, cover: Cover) -> int:
        """Return the last place up to ``before`` that none of ``cover`` crosses, and forget those before it;
        0 if there is none."""
        part = self._text[self._sought : before]
        found = [self._sought + match.end() for match in BLANK_LINE.finditer(part)]
        # A blank line may go on behind what is seen.
        self._sought = max(found[-1] if found else 0, self._sought + part.rfind("\n"), self._sought)
        self._known += found
        for number in range(len(self._known) - 1, -1, -1):
            if not cover.crosses(place := self._known[number]):
                del self._known[: number + 1]
                return place
        return 0


class _Ahead:
    """Findings in the order in which they begin, taken as far as they are needed."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._findings = iter(findings)
        self._next = next(self._findings, None)

    def before(self, place: int) -> Iterator[Finding]:
        """Yield the next ones that begin before ``place``."""
        while self._next is not None and self._next.span.start < place:
            yield self._next
            self._next = next(self._findings, None)
