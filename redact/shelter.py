"""Shelter: which documents of a request may tell of an incident whose victim is protected wholly.

Of such an incident nothing is told apart (Gov. Code § 7923.615(b), Penal Code § 293), in none of the
documents that may tell of it. Two documents tell of different incidents where both have a number of an
incident from the same series, none of their numbers is the same, and nobody is named in both. Where that
cannot be told, a document is sheltered. What this does not see: one incident that two agencies number in
series of the same form, in papers that name nobody in common.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress
from operator import or_

from recognizers.normalization import normalized
from redact.document import Segment

_NUMBER = r"(?<![\w-])(?P<year>(?:19|20)?\d{2})-(?P<count>\d{3,7})(?!\d)(?!-\d)"
_ANY = re.compile(_NUMBER)
_OWN = re.compile(
    rf"""\b(?P<kind>report|case|d\.?r\.?|incident|event|cad|call)\s*(?:number|num\.?|no\.?|nr\.?)?\s*[:#]?\s*{_NUMBER}""",
    re.IGNORECASE,
)
_SAME = {"report": "case", "dr": "case"}
"""Kinds of numbers that are given out in one series."""


@dataclass(frozen=True, slots=True)
class IncidentNumbers:
    """By which numbers a document says of which incident it tells: a year and a count, nobody's number."""

    series: frozenset[str] = frozenset()
    """Of those that say what they are, such as ``Report 26-11873``, the kind and the digits of the count:
    only within a series two numbers tell two incidents apart."""
    mentioned: frozenset[str] = frozenset()
    """All numbers that look like one of an incident."""


NO_NUMBERS = IncidentNumbers()


@dataclass(frozen=True, slots=True)
class Clues:
    """What of a document says of which incident it tells."""

    sheltered: bool
    """Whether it tells of a crime whose victims are protected wholly."""
    unread: bool
    """Whether a part of it could not be read, which may tell of any."""
    numbers: IncidentNumbers = NO_NUMBERS
    persons: frozenset[int | None] = frozenset()
    """Subject numbers of those who are named in it; None among them: somebody of whom that is not known."""


def numbers_in(segments: Iterable[Segment]) -> IncidentNumbers:
    """Return the numbers of incidents in the text of a document."""
    series, mentioned = set[str](), set[str]()
    for segment in segments:
        for plain in normalized(segment.text):
            mentioned.update(f"{m['year'][-2:]}-{m['count'].lstrip('0')}" for m in _ANY.finditer(plain))
            for match in _OWN.finditer(plain):
                kind = match["kind"].lower().replace(".", "")
                series.add(f"{_SAME.get(kind, kind)}, {len(match['count'])} digits")
    return IncidentNumbers(frozenset(series), frozenset(mentioned))


def sheltered(documents: Sequence[Clues]) -> list[bool]:
    """Return of each document whether it may tell of an incident whose victim is protected wholly."""
    if any(each.unread for each in documents):
        return [True] * len(documents)
    reached = [each.sheltered for each in documents]
    if not any(reached):
        return reached
    vague = [not clear for clear in _clear(documents)]
    # What shares a person or a number with something sheltered is so too, and what shares one with that.
    while True:
        inside = list(compress(documents, reached))
        persons = frozenset[int | None]().union(*(each.persons for each in inside))
        numbers = frozenset[str]().union(*(each.numbers.mentioned for each in inside))
        before = reached
        reached = [
            known or not (each.persons.isdisjoint(persons) and each.numbers.mentioned.isdisjoint(numbers))
            for known, each in zip(before, documents, strict=True)
        ]
        if reached == before:
            return list(map(or_, reached, vague))


def _clear(documents: Sequence[Clues]) -> list[bool]:
    """Return of each document whether its numbers and names can say that it tells of something else than
    any of those that tell of a sheltered crime."""
    telling = [each for each in documents if each.sheltered]
    known = all(None not in each.persons for each in telling)
    series = {each.numbers.series for each in telling}
    return [
        known
        and None not in each.persons
        and not any(each.numbers.series.isdisjoint(theirs) for theirs in series)
        for each in documents
    ]
