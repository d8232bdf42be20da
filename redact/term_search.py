"""The search for the terms of a request in the text of its documents."""

import re
from collections.abc import Iterator, Sequence

from recognizers.normalization import normalize
from redact.document import Segment, Span
from redact.finding import Finding
from redact.request import Term
from redact.terms import TERM, term_of

NEVER_KEPT = frozenset({"PASSWORD", "CARD_SECURITY_CODE"})
"""What no term keeps: these are released to nobody."""
_BETWEEN = r"[\W_]{1,3}"
_WORD = re.compile(r"[^\W_]+")
_STRETCH = 100_000
"""Characters that are searched at a time."""
_MARGIN = 1_000
"""Characters before and after a stretch, beside what a term takes, so that no term lies across a seam."""


def find(segments: Sequence[Segment], terms: Sequence[Term]) -> Iterator[Finding]:
    """Yield a finding of ``TERM`` for each place where a term stands: whole words, however spaced."""
    patterns = [(number, _pattern(term.text)) for number, term in enumerate(terms, 1)]
    margin = _MARGIN + 4 * max((len(term.text) for term in terms), default=0)
    for segment in segments:
        done = dict.fromkeys((number for number, _ in patterns), 0)
        # In stretches, so that memory does not grow with the text.
        for start in range(0, len(segment.text), _STRETCH):
            begin = max(0, start - margin)
            normal = normalize(segment.text[begin : start + _STRETCH + margin])
            text = _lowered(normal.text)
            for number, pattern in patterns:
                at = 0
                while match := pattern.search(text, at):
                    place, end = (begin + offset for offset in normal.original(*match.span()))
                    if place >= start + _STRETCH:
                        break
                    at = match.start() + 1
                    if place >= max(start, done[number]):
                        at, done[number] = match.end(), end
                        yield Finding(
                            segment.locator, Span(place, end), TERM, 1.0, "request", f"term {number}"
                        )


def settled(
    findings: Sequence[Finding], found: Sequence[Finding], terms: Sequence[Term]
) -> tuple[Finding, ...]:
    """Return ``findings`` without those that lie in a kept term, and with the places of all ``terms``."""
    kept = [f for f in found if term_of(f, terms).action == "keep"]
    left = (
        f
        for f in findings
        if f.entity in NEVER_KEPT or not any(k.locator == f.locator and k.span.covers(f.span) for k in kept)
    )
    return tuple(sorted((*left, *found), key=lambda f: (f.locator, f.span, f.entity)))


def _pattern(term: str) -> re.Pattern[str]:
    words = _WORD.findall(_lowered(normalize(term).text))
    return re.compile(rf"(?<!\w){_BETWEEN.join(map(re.escape, words))}(?!\w)")


def _lowered(text: str) -> str:
    """Lower case that keeps every character's place."""
    lowered = text.lower()
    return (
        lowered
        if len(lowered) == len(text)
        else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    )
