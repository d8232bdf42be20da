"""The search for the terms of a request in the text of its documents."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from recognizers.normalization import normalize
from recognizers.stretches import adjoining
from redact.document import Segment, Span
from redact.finding import Finding
from redact.findings import Findings
from redact.request import Term
from redact.terms import TERM, term_of

NEVER_KEPT = frozenset({"PASSWORD", "CARD_SECURITY_CODE"})
"""What no term keeps: these are released to nobody."""
_BETWEEN = r"[\W_]{1,3}"
_BROKEN = r"(?:-[^\S\n]{0,3}\n[^\S\n]{0,40})?"
"""A hyphen at the end of a line, after which a word goes on."""
_SPACED = r"[ ]{1,2}"
_SPACED_FROM = 4
"""Letters of a word that may be set one by one; of a shorter one they would be words of their own."""
_WORD = re.compile(r"[^\W_]+")
_MARGIN = 1_000
"""Characters before and after a stretch, beside what a term takes, so that no term lies across a seam."""


def find(segments: Sequence[Segment], terms: Sequence[Term]) -> Iterator[Finding]:
    """Yield a finding of ``TERM`` for each place where a term stands.

    Whole words, however they are spaced, broken at the end of a line, or set letter by letter.
    """
    patterns = [(number, _pattern(term.text)) for number, term in enumerate(terms, 1)]
    margin = _MARGIN + 4 * max((len(term.text) for term in terms), default=0)
    for segment in segments:
        done = dict.fromkeys((number for number, _ in patterns), 0)
        for stretch in adjoining(len(segment.text), margin):
            normal = normalize(segment.text[stretch.begin : stretch.after])
            text = _lowered(normal.text)
            for number, pattern in patterns:
                at = 0
                while match := pattern.search(text, at):
                    place, end = (stretch.begin + offset for offset in normal.original(*match.span()))
                    if place >= stretch.end:
                        break
                    at = match.start() + 1
                    if place >= max(stretch.start, done[number]):
                        at, done[number] = match.end(), end
                        yield Finding(
                            segment.locator, Span(place, end), TERM, 1.0, "request", f"term {number}"
                        )


def settled(findings: Iterable[Finding], found: Sequence[Finding], terms: Sequence[Term]) -> Findings:
    """Return ``findings`` without those that lie in a kept term, and with the places of all ``terms``."""
    kept = [f for f in found if term_of(f, terms).action == "keep"]
    left = (
        f
        for f in findings
        if f.entity in NEVER_KEPT or not any(k.locator == f.locator and k.span.covers(f.span) for k in kept)
    )
    return Findings.of(chain(left, found)).ordered()


def _pattern(term: str) -> re.Pattern[str]:
    words = _WORD.findall(_lowered(normalize(term).text))
    return re.compile(rf"(?<!\w){_BETWEEN.join(map(_word, words))}(?!\w)")


def _word(word: str) -> str:
    letters = [re.escape(letter) for letter in word]
    whole = _BROKEN.join(letters)
    return rf"(?:{whole}|{_SPACED.join(letters)})" if len(word) >= _SPACED_FROM else whole


def _lowered(text: str) -> str:
    """Lower case that keeps every character's place."""
    lowered = text.lower()
    return (
        lowered
        if len(lowered) == len(text)
        else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    )
