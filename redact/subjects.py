"""Whom a finding is about, where the layout of the text establishes it."""

import re
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from redact.blocks import BLANK_LINE
from redact.finding import Finding
from redact.people import PERSON

_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"'(])|\n")


def with_subjects(text: str, findings: Sequence[Finding], first: int = 0) -> list[Finding]:
    """Set the subject of each finding in one segment that has none, by the people named around it.

    ``text`` is the segment's from its character ``first`` on, where a paragraph begins. The only person named
    in the same sentence or line; else the nearest one named before it in that sentence; else the only person
    named in the same block of lines. Otherwise it stays None.
    """
    people = sorted(
        (f for f in findings if f.entity == PERSON and f.subject is not None), key=lambda f: f.span
    )
    if not people:
        return list(findings)
    sentences = array("Q", chain((first,), (first + m.end() for m in _END.finditer(text))))
    paragraphs = array("Q", chain((first,), (first + m.end() for m in BLANK_LINE.finditer(text))))
    return [
        f
        if f.entity == PERSON or f.subject is not None
        else replace(f, subject=_subject(f, people, sentences, paragraphs))
        for f in findings
    ]


def _subject(
    finding: Finding, people: Sequence[Finding], sentences: Sequence[int], paragraphs: Sequence[int]
) -> int | None:
    at = finding.span.start
    near = _within(people, sentences, at)
    numbers = {person.subject for person in near}
    if len(numbers) == 1:
        return numbers.pop()
    before = [person for person in near if person.span.start <= at]
    if before:
        return before[-1].subject
    if near:
        return None
    numbers = {person.subject for person in _within(people, paragraphs, at)}
    return numbers.pop() if len(numbers) == 1 else None


def _within(people: Sequence[Finding], starts: Sequence[int], at: int) -> Sequence[Finding]:
    """Return the people named in the stretch of text around ``at``; ``starts`` are where stretches begin."""
    index = bisect_right(starts, at)
    begin, end = starts[index - 1], starts[index] if index < len(starts) else None
    first = bisect_right(people, begin - 1, key=lambda f: f.span.start)
    last = len(people) if end is None else bisect_right(people, end - 1, key=lambda f: f.span.start)
    return people[first:last]
