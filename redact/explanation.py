"""The explanation: which rule decides what for a request, and what is missing, for a clerk and as JSON."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, Self

from recognizers.entities import ENTITIES
from redact.about import NOTHING_KNOWN, About
from redact.controlled_copy import ControlledCopy, controlled_copy
from redact.decision import Decision, once
from redact.determination import explain
from redact.errors import InputError, RequestError
from redact.policy import PolicyStack
from redact.request import Request
from redact.requester import ResolvedRequester
from redact.rule import Action
from redact.trait import TITLES

WIDTH = 100
"""Characters of a line of the text."""


def explanation(
    request: Request,
    stack: PolicyStack,
    entities: Iterable[str] = (),
    determination: str | None = None,
) -> dict[str, Any]:
    """Explain ``request`` as plain JSON values; ``entities`` limits it to some of the vocabulary.

    With a ``determination`` (the text of a ``determination.json``) it is explained for its documents: for
    each of them, and for what was found in it and decided alike, where that stands and how often.

    ``outcome`` is what would become of a document that holds each of the entities; ``action`` of an entity
    is what would become of it, never more lenient than what was decided about the request. An entity is
    taken to be about a protected person, and a record subject's about themselves; ``otherwise`` says what
    else would become of it. Raises ``RequestError`` for an unknown entity, or where the requester's category
    cannot be established; ``InputError`` where ``determination`` is none of this request.
    """
    wanted = tuple(entities)
    explained = _Explained.of(request, stack, wanted)
    whole, decisions = explained.whole, explained.decisions
    told = {
        "request": request.id,
        "decided_on": request.decided_on.isoformat(),
        "category": explained.requester.category,
        "category_evidence": list(explained.requester.evidence),
        "policies": dict(sorted(stack.versions.items())),
        "outcome": explained.outcome.name,
        "referrals": list(explained.referrals),
        "decision": whole.as_dict(),
        "copy": explained.copy and explained.copy.as_dict(),
        "decisions": [
            {
                "entity": entity,
                "title": ENTITIES[entity].title,
                **decision.as_dict(),
                "otherwise": [
                    {
                        "when": when,
                        "action": other.action.name,
                        "rules": list(other.rules),
                        "referrals": list(other.referrals),
                    }
                    for when, other in explained.otherwise(entity)
                ],
            }
            for entity, decision in decisions.items()
        ],
    }
    if determination is None:
        return told
    recorded = _recorded(determination, request)
    whole = Decision.of(recorded["decision"])
    return told | {
        "outcome": recorded["outcome"],
        "referrals": recorded["referrals"],
        "decision": whole.as_dict(),
        "documents": [
            {
                "document": document.name,
                "record_type": document.record_type,
                "traits": list(document.traits),
                "outcome": document.outcome.name,
                "decision": document.decision.as_dict(),
                "findings": [
                    {
                        "entity": found.entity,
                        "title": _title(found.entity),
                        "count": len(found.locators),
                        "locators": list(once(found.locators)),
                        **found.decision.as_dict(),
                    }
                    for found in document.findings
                ],
            }
            for document in _documents(recorded, wanted)
        ],
    }


def explanation_text(
    request: Request,
    stack: PolicyStack,
    entities: Iterable[str] = (),
    determination: str | None = None,
) -> str:
    """Explain ``request`` in words for a clerk; raises as ``explanation`` does."""
    wanted = tuple(entities)
    explained = _Explained.of(request, stack, wanted)
    if determination is not None:
        recorded = _recorded(determination, request)
        whole, outcome = Decision.of(recorded["decision"]), Action[recorded["outcome"]]
        lines = _head(request, stack, explained, outcome, recorded["referrals"], whole)
        for document in _documents(recorded, wanted):
            lines += _told(document, whole)
        return "\n".join(lines)
    whole = explained.whole
    lines = _head(request, stack, explained, explained.outcome, explained.referrals, whole)
    said = whole if whole.action >= Action.refer else None
    for action in sorted(Action, reverse=True):
        group = {entity: d for entity, d in explained.decisions.items() if d.action is action}
        if group:
            lines += ["", _EACH[action].capitalize()]
        for decision, names in _alike(group).items():
            lines += wrap(", ".join(names), WIDTH, initial_indent="  ", subsequent_indent="  ")
            lines += _because(decision, said, "      ")
            for name in names:
                for when, other in explained.otherwise(name):
                    offices = f", decided by {', '.join(other.referrals)}" if other.referrals else ""
                    told = f"{name} {when}: {_EACH[other.action]} ({'; '.join(other.rules)}){offices}"
                    lines += wrap(told, WIDTH, initial_indent="      ", subsequent_indent="        ")
    return "\n".join(lines)


def _head(
    request: Request,
    stack: PolicyStack,
    explained: "_Explained",
    outcome: Action,
    referrals: Iterable[str],
    whole: Decision,
) -> list[str]:
    """Say who asks, under which policies, and what becomes of it as a whole."""
    lines = [
        f"Request {request.id}, decided on {request.decided_on}",
        f"Requester: {stack.categories[explained.requester.category].title}",
        *(f"  - {fact}" for fact in explained.requester.evidence),
        "Policies:",
        *(f"  - {p.title} ({p.status}, version {p.version})" for p in stack.policies),
        f"Outcome: {_WHOLE[outcome]}",
    ]
    if offices := ", ".join(referrals):
        lines.append(f"To be decided by: {offices}")
    if copy := explained.copy:
        lines.append(f"Copies: stamped, not to be used after {copy.expires_on}")
    if whole.rules:
        lines += ["", "The request as a whole", *_because(whole)]
    return lines


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found in one document and decided alike."""

    entity: str
    locators: tuple[str, ...]
    decision: Decision


@dataclass(frozen=True, slots=True)
class _Document:
    """One document of a recorded determination."""

    name: str
    record_type: str | None
    traits: tuple[str, ...]
    outcome: Action
    decision: Decision
    findings: tuple[_Found, ...]


def _recorded(determination: str, request: Request) -> dict[str, Any]:
    """Read a ``determination.json`` of ``request``, every part of it; raises ``InputError``."""
    try:
        recorded: dict[str, Any] = json.loads(determination)
        if recorded["request"] != request.id:
            raise ValueError
        _, _ = Decision.of(recorded["decision"]), Action[recorded["outcome"]]
        list(_documents(recorded, ()))
        return recorded
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise InputError("not a determination.json of this request; name the one of its package") from None


def _documents(recorded: Mapping[str, Any], entities: Collection[str]) -> Iterator[_Document]:
    """Yield the documents with what was found, strictest first; ``entities`` limits that if there are any."""
    for document in recorded["documents"]:
        alike: dict[tuple[str, Decision], list[str]] = {}
        for finding in document["findings"]:
            if not entities or finding["entity"] in entities:
                key = finding["entity"], Decision.of(finding)
                alike.setdefault(key, []).append(str(finding["locator"]))
        found = [_Found(entity, tuple(places), decision) for (entity, decision), places in alike.items()]
        found.sort(key=lambda each: (-each.decision.action, each.entity))
        yield _Document(
            document["document"],
            document["record_type"],
            once(each["trait"] for each in document.get("traits", ())),
            Action[document["outcome"]],
            Decision.of(document["decision"]),
            tuple(found),
        )


def _told(document: _Document, whole: Decision) -> list[str]:
    """Explain one document: why it as a whole, then what was found in it."""
    kind = f" ({document.record_type.replace('_', ' ')})" if document.record_type else ""
    lines = ["", *wrap(f"{document.name}{kind}: {_WHOLE[document.outcome]}", WIDTH)]
    lines += [f"    shows: {title}" for kind, title in TITLES.items() if kind in document.traits]
    said = whole if whole.action >= Action.refer else None
    if document.outcome >= Action.refer:
        lines += _because(document.decision, said)
        said = document.decision
    for found in document.findings:
        times = f"{len(found.locators)} place{'s' * (len(found.locators) != 1)}"
        head = f"{found.entity}, {_title(found.entity)}, in {times}: {_EACH[found.decision.action]}"
        lines += wrap(head, WIDTH, initial_indent="  ", subsequent_indent="  ")
        lines += _because(found.decision, said, "      ")
    return lines


def _title(entity: str) -> str:
    return ENTITIES[entity].title if entity in ENTITIES else "as the request says"


_WHOLE = {
    Action.release: "released",
    Action.mask: "released with redactions",
    Action.redact: "released with redactions",
    Action.refer: "not released until an office decides",
    Action.withhold: "withheld",
}
_EACH = {
    Action.release: "released",
    Action.mask: "shown by the last four digits",
    Action.redact: "removed",
    Action.refer: "not released until an office decides",
    Action.withhold: "withheld",
}


@dataclass(frozen=True, slots=True)
class _Explained:
    """The decisions of a request without documents."""

    requester: ResolvedRequester
    copy: ControlledCopy | None
    """Where what is released is a controlled copy."""
    whole: Decision
    decisions: Mapping[str, Decision]
    variants: Mapping[str, Mapping[str, Decision]]
    """What would be decided about the entities otherwise, by when."""

    @classmethod
    def of(cls, request: Request, stack: PolicyStack, entities: Iterable[str]) -> Self:
        wanted = tuple(entities)
        if not set(wanted) <= ENTITIES.keys():
            raise RequestError(f"unknown entity; use one of {', '.join(ENTITIES)}")
        requester, whole, decisions = explain(request, stack, wanted)
        variants = {
            when: explain(request, stack, wanted, about=about, record_type=record_type)[2]
            for when, about, record_type in _VARIANTS
            if about != NOTHING_KNOWN or stack.categories[requester.category].needs_identity
        }
        copy = controlled_copy(request, requester, stack) if whole.action < Action.refer else None
        return cls(requester, copy, whole, decisions, variants)

    @property
    def outcome(self) -> Action:
        strictest = max((self.whole.action, *(d.action for d in self.decisions.values())))
        return Action.redact if strictest is Action.mask else strictest

    @property
    def referrals(self) -> tuple[str, ...]:
        each = (self.whole, *self.decisions.values())
        return once(office for decision in each for office in decision.referrals)

    def otherwise(self, entity: str) -> list[tuple[str, Decision]]:
        """Return when something else would be decided about ``entity``, and what."""
        usual = self.decisions[entity]
        return [
            (when, other)
            for when, decisions in self.variants.items()
            if ((other := decisions[entity]).action, other.referrals) != (usual.action, usual.referrals)
        ]


_VARIANTS: tuple[tuple[str, About, str | None], ...] = (
    ("about a person whom nothing protects", About(protected=False), None),
    ("about somebody else", About(), None),
    ("about a person whose arrest is public", About(arrested=True), None),
    ("about a person both arrested and a victim", About(arrested=True, victim=True), None),
    (
        "as an injury or circumstance on a police report, tied to no public name",
        About(incident=True),
        "police_report",
    ),
)
"""What else can be known of a finding, and what its document can be; decisions may differ then."""


def _alike(decisions: dict[str, Decision]) -> dict[Decision, list[str]]:
    """Put entities together that are decided alike."""
    alike: dict[Decision, list[str]] = {}
    for entity, decision in decisions.items():
        alike.setdefault(decision, []).append(entity)
    return alike


def _because(decision: Decision, whole: Decision | None = None, indent: str = "    ") -> list[str]:
    """Say why, leaving out what is already said of the request as a whole."""
    said = whole or Decision(decision.action)
    facts = [
        ("because", [r for r in decision.reasons if r not in said.reasons]),
        ("rule", [r for r in decision.rules if r not in said.rules]),
        ("clause", [c for c in decision.clauses if c not in said.clauses]),
        ("citation", [c for c in decision.citations if c not in said.citations]),
        ("decided by", [o for o in decision.referrals if o not in said.referrals]),
        ("missing", [m for m in decision.missing if m not in said.missing]),
    ]
    lines = []
    for label, items in facts:
        for item in items if label in ("because", "missing") else ["; ".join(items)] if items else []:
            head = f"{indent}{label}: "
            lines += wrap(item, WIDTH, initial_indent=head, subsequent_indent=" " * len(head))
    return lines
