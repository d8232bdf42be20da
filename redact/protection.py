"""Protection: which findings are about a person whom law or policy protects.

To the public a private person's name is released unless that person is a victim, a witness, a patient, an
assistance recipient or the like. Who cannot be told apart from such a person is protected too.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import accumulate

from redact.about import About
from redact.case import Facts
from redact.finding import Finding

PROTECTING = frozenset(
    {
        "HEALTH_INFORMATION",
        "DISABILITY_STATUS",
        "IMMIGRATION_STATUS",
        "VICTIM_STATUS",
        "WITNESS_STATUS",
        "PUBLIC_ASSISTANCE_STATUS",
        "SEXUAL_ORIENTATION",
        "RELIGION",
        "NATIONAL_ORIGIN",
        "PERSONNEL_RECORD",
        "MEDICAL_ID",
        "ALIEN_NUMBER",
    }
)
"""Entities whose subject is protected: Pasadena AA 2.b and 2.d, Cerritos 1.03.020.C, Gov. 7923.600 ff."""
NEAR = 100
"""Characters between a protecting finding and a name below which the name is protected as well. Whose a
status is, is a guess from the layout of the text: "told Ms. Roe, the victim" must not expose Ms. Roe because
the guess was somebody else."""


def protected(
    documents: Iterable[Facts], kinds: Collection[str], elected: Collection[int]
) -> Iterator[tuple[bool, ...]]:
    """Yield for each document whether each of its findings is about a protected person.

    ``documents`` are gone through twice. ``kinds`` are the record types in which everybody is protected,
    ``elected`` the persons who asked for it. A finding is unprotected only where its subject is established,
    no protecting finding of the request is about that subject or near that place, and none of its own segment
    is about nobody in particular.
    """
    subjects = {
        finding.subject
        for facts in documents
        for finding in facts.findings
        if finding.entity in PROTECTING and finding.subject is not None
    }
    subjects.update(elected)
    return (_shielded(facts, subjects, everybody=facts.record_type in kinds) for facts in documents)


def _shielded(facts: Facts, subjects: Collection[int], *, everybody: bool) -> tuple[bool, ...]:
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    adrift = set()
    for finding in facts.findings:
        if finding.entity in PROTECTING:
            places[finding.locator].append((finding.span.start, finding.span.end))
            if finding.subject is None:
                adrift.add(finding.locator)
    zones = {locator: _Zone(spans) for locator, spans in places.items()}
    return tuple(
        everybody
        or finding.subject is None
        or finding.subject in subjects
        or finding.locator in adrift
        or (finding.locator in zones and zones[finding.locator].reaches(finding))
        for finding in facts.findings
    )


class _Zone:
    """Where something protecting stands in a segment, to ask what is near it."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        spans.sort()
        self._starts = [start for start, _ in spans]
        self._furthest = list(accumulate((end for _, end in spans), max))

    def reaches(self, finding: Finding) -> bool:
        """Whether fewer than ``NEAR`` characters lie between ``finding`` and something protecting."""
        before = bisect_left(self._starts, finding.span.end + NEAR)
        return before > 0 and self._furthest[before - 1] > finding.span.start - NEAR


def abouts(
    documents: Iterable[Facts],
    kinds: Collection[str],
    *,
    asker: Collection[int],
    elected: Collection[int],
    arrested: Collection[int],
    victims: Collection[int],
    incidents: bool,
) -> Iterator[tuple[About, ...]]:
    """Yield for each document what is known of each of its findings.

    ``documents`` are gone through three times; ``kinds`` and ``elected`` are as for ``protected``. ``asker``,
    ``arrested`` and ``victims`` are who asks, who was arrested and who is plainly called a victim;
    ``incidents`` says whether facts of an incident can be told apart from what nobody may learn of a victim.

    Gov. Code § 7923.610 makes name and birth date of every person arrested public, whatever stands near and
    whatever else is said of them: that stays redacted by itself. Nobody in a record that protects everybody,
    such as a juvenile's, is public, nor who elected not to be; and what was done to somebody whose name an
    arrest makes public is not told with that name.
    """
    public = set(arrested) - set(elected)
    for facts, shields in zip(documents, protected(documents, kinds, elected), strict=True):
        open_record = facts.record_type not in kinds
        yield tuple(
            _about(
                finding.subject in asker,
                shielded,
                open_record and finding.subject in public,
                finding.subject in victims,
                open_record and incidents and _is_of_nobody_named(finding, arrested),
            )
            for finding, shielded in zip(facts.findings, shields, strict=True)
        )


_about = lru_cache(maxsize=64)(About)
"""Very many findings are known the same of."""


def _is_of_nobody_named(finding: Finding, arrested: Collection[int]) -> bool:
    """Whether it is a fact of an incident about no person whose name is public: the name of anybody else of
    whom such a thing is found is protected."""
    if finding.incident == "named":
        return finding.subject is not None and finding.subject not in arrested
    return finding.incident == "unnamed"
