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


def find(segments: Sequence[Segment], terms: Sequence[Term]) -> Iterator[Finding]:
    """Yield a finding of ``TERM`` for each place where a term stands: whole words, however spaced."""
    patterns = [(number, _pattern(term.text)) for number, term in enumerate(terms, 1)]
    for segment in segments:
        normal = normalize(segment.text)
        text = _lowered(normal.text)
        for number, pattern in patterns:
            for match in pattern.finditer(text):
                span = Span(*normal.original(match.start(), match.end()))
                yield Finding(segment.locator, span, TERM, 1.0, "request", f"term {number}")


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
