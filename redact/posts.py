"""Posts: whether a draft post or letter may go out (City of Ramsey, Use of Social Media).

Guideline 1 alone stops anything: confidential information. The rest is about speech, from another state, and
never more than advice. Nothing of the draft is kept, nor repeated in what is returned.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from redact.case import Case, Facts
from redact.determination import determine
from redact.finding import Finding
from redact.parties import Requester
from redact.phrases import compiled, lexicon
from redact.policy import PolicyStack
from redact.request import Request
from redact.rule import Action

_SENTENCE = re.compile(r"[^.!?\n]+")
_ANY_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Advice:
    """One piece of advice; it never stops a post."""

    guideline: int
    kind: str
    message: str
    lines: tuple[int, ...]
    """The lines of the draft that it is about, counted from 1."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do with a draft."""

    confidential: Mapping[str, int]
    """How many findings of each entity must not go out; if any, the post is blocked."""
    advice: tuple[Advice, ...]
    disclaimer: str
    """A disclaimer to add, where a reader may take the writer to speak for the city; ``""`` where not."""

    @property
    def blocked(self) -> bool:
        """Whether the draft may not go out as it is."""
        return bool(self.confidential)

    @property
    def outcome(self) -> str:
        """``block``, ``advise`` or ``clear``."""
        return "block" if self.blocked else "advise" if self.advice or self.disclaimer else "clear"

    def record(self) -> dict[str, Any]:
        """Return what the audit log is told (kind ``post_check``): types and counts."""
        return {
            "outcome": self.outcome,
            "findings": dict(self.confidential),
            "advice": {advice.kind: len(advice.lines) for advice in self.advice},
        }


def check_post(text: str, findings: Sequence[Finding], stack: PolicyStack, city: str) -> Verdict:
    """Judge a draft from its text and what was found in it.

    A finding is confidential where the policies of ``stack`` would not release it to the General Public;
    ``city`` is the configured name, such as ``City of Cerritos``.
    """
    return Verdict(_confidential(findings, stack), _advice(text), _disclaimer(text, city))


def _confidential(findings: Sequence[Finding], stack: PolicyStack) -> Mapping[str, int]:
    public = Request(
        id="post",
        received=_ANY_DAY,
        decided_on=_ANY_DAY,
        requester=Requester(category="general_public"),
        processed_by="City Clerk",
    )
    (document,) = determine(public, Case((Facts("post", tuple(findings)),)), stack).documents
    kept = (finding.entity for finding, decision in document.findings if decision.action > Action.release)
    return MappingProxyType(dict(sorted(Counter(kept).items())))


def _advice(text: str) -> tuple[Advice, ...]:
    lexicon = _lexicon()
    advice = []
    for entry, pattern in lexicon.advice:
        lines = {_line(text, match.start()) for match in pattern.finditer(text)}
        if lines:
            advice.append(Advice(entry["guideline"], entry["kind"], entry["message"], tuple(sorted(lines))))
    hostile = {
        _line(text, sentence.start())
        for sentence in _SENTENCE.finditer(text)
        if lexicon.classes.search(sentence[0]) and lexicon.hostile.search(sentence[0])
    }
    if hostile:
        entry = lexicon.hostility
        advice.append(Advice(entry["guideline"], entry["kind"], entry["message"], tuple(sorted(hostile))))
    return tuple(advice)


def _disclaimer(text: str, city: str) -> str:
    lexicon = _lexicon()
    name = re.sub(r"^the\s+", "", " ".join(city.split()), flags=re.IGNORECASE) or "city"
    short = re.sub(r"^city\s+of\s+", "", name, flags=re.IGNORECASE)
    about_city = lexicon.city_business.search(text) or compiled([short]).search(text)
    if not about_city or lexicon.present.search(text):
        return ""
    full = name if re.search(r"\b(city|town|county|village)\b", name, re.IGNORECASE) else f"City of {name}"
    return lexicon.disclaimer.format(city=full)


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


@dataclass(frozen=True, slots=True)
class _Lexicon:
    advice: tuple[tuple[dict[str, Any], re.Pattern[str]], ...]
    hostility: dict[str, Any]
    classes: re.Pattern[str]
    hostile: re.Pattern[str]
    city_business: re.Pattern[str]
    present: re.Pattern[str]
    disclaimer: str


@cache
def _lexicon() -> _Lexicon:
    data = lexicon("conduct")
    return _Lexicon(
        tuple((entry, compiled(entry["phrases"])) for entry in data["advice"]),
        data["hostility"],
        compiled(data["hostility"]["classes"]),
        compiled(data["hostility"]["hostile"]),
        compiled(data["city_business"]["phrases"]),
        compiled(data["disclaimer"]["present"]),
        data["disclaimer"]["text"],
    )
