"""Findings: where something sensitive stands, never what it says; and settling those that overlap."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter
from types import MappingProxyType
from typing import Literal

from redact.document import Span


@dataclass(frozen=True, slots=True)
class Finding:
    """One detected occurrence of an entity in a segment."""

    locator: str
    """The segment's locator."""
    span: Span
    entity: str
    score: float
    """Confidence between 0 and 1."""
    recognizer: str
    pattern: str = ""
    """Name of the pattern, lexicon or model that found it."""
    cue: str = ""
    """The context that supports it, from the recognizer's own lexicon; never words of the document."""
    subject: int | None = None
    """The person it is about, as a number in the order that the request's documents name them; None where
    that cannot be established."""
    incident: Literal["", "named", "unnamed"] = ""
    """Whether its words are an injury or circumstance of an incident: of the one person whom its place names,
    or of somebody whom nothing there names."""


THRESHOLD = 0.5
"""Lowest score of a finding that counts, where ``THRESHOLDS`` has no other for its entity."""
THRESHOLDS: Mapping[str, float] = MappingProxyType(
    {
        "LearnedRecognizer/US_SSN": 0.7,
        "LearnedRecognizer/CREDIT_CARD": 0.85,
        "LearnedRecognizer/CARD_SECURITY_CODE": 0.8,
        "LearnedRecognizer/US_BANK_NUMBER": 0.7,
        "LearnedRecognizer/US_DRIVER_LICENSE": 0.55,
        "LearnedRecognizer/US_PASSPORT": 0.5,
        "LearnedRecognizer/ALIEN_NUMBER": 0.7,
        "LearnedRecognizer/MEDICAL_ID": 0.7,
        "LearnedRecognizer/PASSWORD": 0.8,
        "LearnedRecognizer/DATE_OF_BIRTH": 0.9,
        "LearnedRecognizer/PHONE_NUMBER": 0.8,
        "LearnedRecognizer/EMAIL_ADDRESS": 0.9,
        "LearnedRecognizer/HOME_ADDRESS": 0.8,
        "LearnedRecognizer/PERSON": 0.6,
        "NameRecognizer/PERSON": 0.6,
        "AddressRecognizer/HOME_ADDRESS": 0.7,
        "HEALTH_INFORMATION": 0.85,
        "LearnedRecognizer/HEALTH_INFORMATION": 0.6,
        "DISABILITY_STATUS": 0.85,
        "LearnedRecognizer/DISABILITY_STATUS": 0.74,
        "IMMIGRATION_STATUS": 0.9,
        "LearnedRecognizer/IMMIGRATION_STATUS": 0.62,
        "VICTIM_STATUS": 0.85,
        "LearnedRecognizer/VICTIM_STATUS": 0.66,
        "WITNESS_STATUS": 0.85,
        "LearnedRecognizer/WITNESS_STATUS": 0.74,
        "PUBLIC_ASSISTANCE_STATUS": 0.9,
        "LearnedRecognizer/PUBLIC_ASSISTANCE_STATUS": 0.6,
        "SEXUAL_ORIENTATION": 0.9,
        "LearnedRecognizer/SEXUAL_ORIENTATION": 0.52,
        "RELIGION": 0.9,
        "LearnedRecognizer/RELIGION": 0.64,
        "NATIONAL_ORIGIN": 0.7,
        "LearnedRecognizer/NATIONAL_ORIGIN": 0.46,
        "CLOSED_SESSION": 0.7,
        "LearnedRecognizer/CLOSED_SESSION": 0.76,
        "PERSONNEL_RECORD": 0.85,
        "LearnedRecognizer/PERSONNEL_RECORD": 0.63,
    }
)
"""Lowest score that counts, for an entity, and for an entity of one recognizer, where not ``THRESHOLD``;
chosen by ``benchmarks.thresholds`` on records that the classifier never saw, some then raised for fewer
false findings."""
SHAPED = frozenset(
    {
        "US_SSN",
        "US_ITIN",
        "CREDIT_CARD",
        "CARD_SECURITY_CODE",
        "US_BANK_NUMBER",
        "US_DRIVER_LICENSE",
        "US_PASSPORT",
        "ALIEN_NUMBER",
        "MEDICAL_ID",
        "PHONE_NUMBER",
        "DATE_OF_BIRTH",
    }
)
"""Entities that are told from one another by their shape: at one place, only the likeliest of them is so."""
MARGIN = 0.1
"""How much likelier one shape must be than another inside it for the other to be given up."""
LEARNED = "LearnedRecognizer"
"""The classifier: it sees what a number stands for, and rules check what number it is."""


def threshold(entity: str, thresholds: Mapping[str, float] = THRESHOLDS) -> float:
    """Lowest score of a finding of ``entity`` that counts."""
    return thresholds.get(entity, THRESHOLD)


def counts(finding: Finding, thresholds: Mapping[str, float] = THRESHOLDS) -> bool:
    """Whether the finding's score reaches its entity's threshold."""
    of_its_own = thresholds.get(f"{finding.recognizer}/{finding.entity}")
    return finding.score >= (threshold(finding.entity, thresholds) if of_its_own is None else of_its_own)


def settle(findings: Iterable[Finding], thresholds: Mapping[str, float] = THRESHOLDS) -> tuple[Finding, ...]:
    """Settle findings that overlap; returns them in the order of their places.

    Findings below their threshold go. Overlapping findings of one entity become one that covers them all,
    explained by the likeliest. Where one shape of an identifier lies inside another that is clearly
    likelier, it goes; but what a rule has checked never goes for the classifier's opinion. Different
    entities that overlap otherwise are all kept, nested or crossing: the policies decide on each, and a
    redaction covers what any of them covers. So no character is uncovered that a finding at or above its
    threshold covers, and settling twice changes nothing.
    """
    groups: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        if counts(finding, thresholds):
            groups[finding.locator, finding.entity].append(finding)
    places: dict[str, list[Finding]] = defaultdict(list)
    for (locator, _), group in groups.items():
        places[locator] += _united(group)
    kept = [finding for place in places.values() for finding in _likeliest(place)]
    return tuple(sorted(kept, key=lambda f: (f.locator, f.span, f.entity)))


def _united(group: list[Finding]) -> list[Finding]:
    """Make overlapping findings of one entity in one segment one."""
    united: list[Finding] = []
    for finding in sorted(group, key=_place):
        last = united[-1] if united else None
        if last is None or not last.span.overlaps(finding.span):
            united.append(finding)
            continue
        best = max(last, finding, key=attrgetter("score"))
        span = Span(last.span.start, max(last.span.end, finding.span.end))
        subject = last.subject if last.subject == finding.subject else best.subject
        united[-1] = replace(best, span=span, subject=subject)
    return united


def _likeliest(place: list[Finding]) -> list[Finding]:
    """Give up the shapes that lie inside a clearly likelier shape; the findings come from one segment."""
    kept: list[Finding] = []
    shapes: list[Finding] = []
    for finding in sorted(place, key=_place):
        if finding.entity in SHAPED:
            shapes = [other for other in shapes if other.span.end > finding.span.start]
            if any(other.span.covers(finding.span) and _outweighs(other, finding) for other in shapes):
                continue
            shapes.append(finding)
        kept.append(finding)
    return kept


def _outweighs(other: Finding, finding: Finding) -> bool:
    checked = other.recognizer == LEARNED != finding.recognizer
    return not checked and other.score >= finding.score + MARGIN


def _place(finding: Finding) -> tuple[int, int, float, str, str, str]:
    start, end = finding.span.start, finding.span.end
    return start, -end, -finding.score, finding.recognizer, finding.pattern, finding.cue
