"""Protection: which findings are about a person whom law or policy protects.

To the public a private person's name is released unless that person is a victim, a witness, a patient, an
assistance recipient or the like. Who cannot be told apart from such a person is protected too.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Sequence

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
    documents: Sequence[Facts], kinds: Collection[str], elected: Collection[int]
) -> list[tuple[bool, ...]]:
    """For each document, whether each of its findings is about a protected person.

    ``kinds`` are the record types in which everybody is protected, ``elected`` the persons who asked for it.
    A finding is unprotected only where its subject is established, no protecting finding of the request is
    about that subject or near that place, and none of its own segment is about nobody in particular.
    """
    subjects = {
        finding.subject
        for facts in documents
        for finding in facts.findings
        if finding.entity in PROTECTING and finding.subject is not None
    }
    subjects.update(elected)
    return [_shielded(facts, subjects, everybody=facts.record_type in kinds) for facts in documents]


def _shielded(facts: Facts, subjects: Collection[int], *, everybody: bool) -> tuple[bool, ...]:
    adrift = set()
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for finding in facts.findings:
        if finding.entity in PROTECTING:
            places[finding.locator].append((finding.span.start, finding.span.end))
            if finding.subject is None:
                adrift.add(finding.locator)
    for spans in places.values():
        spans.sort()
    return tuple(
        everybody
        or finding.subject is None
        or finding.subject in subjects
        or finding.locator in adrift
        or _near(finding, places.get(finding.locator, []))
        for finding in facts.findings
    )


def _near(finding: Finding, spans: list[tuple[int, int]]) -> bool:
    """Whether one of the sorted ``spans`` lies within ``NEAR`` characters of ``finding``."""
    end = bisect_left(spans, (finding.span.end + NEAR, 0))
    return any(stop > finding.span.start - NEAR for _, stop in spans[max(0, end - 20) : end])
