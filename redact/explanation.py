"""The explanation: which rule decides what for a request, and what is missing, for a clerk and as JSON."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, Self

from recognizers.entities import ENTITIES
from redact.decision import Decision, once
from redact.determination import explain
from redact.errors import RequestError
from redact.policy import PolicyStack
from redact.request import Request
from redact.requester import ResolvedRequester
from redact.rule import Action

WIDTH = 100
"""Characters of a line of the text."""


def explanation(request: Request, stack: PolicyStack, entities: Iterable[str] = ()) -> dict[str, Any]:
    """Explain ``request`` as plain JSON values; ``entities`` limits it to some of the vocabulary.

    ``outcome`` is what would become of a document that holds each of the entities; ``action`` of an entity
    is what would become of it, never more lenient than what was decided about the request. An entity is
    taken to be about a protected person, and a record subject's about themselves; ``otherwise`` says what
    else would become of it. Raises ``RequestError`` for an unknown entity, or where the requester's category
    cannot be established.
    """
    explained = _Explained.of(request, stack, entities)
    whole, decisions = explained.whole, explained.decisions
    return {
        "request": request.id,
        "decided_on": request.decided_on.isoformat(),
        "category": explained.requester.category,
        "category_evidence": list(explained.requester.evidence),
        "policies": dict(sorted(stack.versions.items())),
        "outcome": explained.outcome.name,
        "referrals": list(explained.referrals),
        "decision": whole.as_dict(),
        "decisions": [
            {
                "entity": entity,
                "title": ENTITIES[entity].title,
                **decision.as_dict(),
                "otherwise": [
                    {"when": when, "action": other.action.name, "rules": list(other.rules)}
                    for when, other in explained.otherwise(entity)
                ],
            }
            for entity, decision in decisions.items()
        ],
    }


def explanation_text(request: Request, stack: PolicyStack, entities: Iterable[str] = ()) -> str:
    """Explain ``request`` in words for a clerk; raises as ``explanation`` does."""
    explained = _Explained.of(request, stack, entities)
    whole = explained.whole
    lines = [
        f"Request {request.id}, decided on {request.decided_on}",
        f"Requester: {stack.categories[explained.requester.category].title}",
        *(f"  - {fact}" for fact in explained.requester.evidence),
        "Policies:",
        *(f"  - {p.title} ({p.status}, version {p.version})" for p in stack.policies),
        f"Outcome: {_WHOLE[explained.outcome]}",
    ]
    if explained.referrals:
        lines.append(f"To be decided by: {', '.join(explained.referrals)}")
    if whole.rules:
        lines += ["", "The request as a whole", *_because(whole)]
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
                    told = f"{name} {when}: {_EACH[other.action]} ({'; '.join(other.rules)})"
                    lines += wrap(told, WIDTH, initial_indent="      ", subsequent_indent="        ")
    return "\n".join(lines)


_WHOLE = {
    Action.release: "released",
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
            "about a person whom nothing protects": explain(
                request, stack, wanted, about_requester=False, protected=False
            )[2]
        }
        if stack.categories[requester.category].needs_identity:
            variants["about somebody else"] = explain(request, stack, wanted, about_requester=False)[2]
        return cls(requester, whole, decisions, variants)

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
        usual = self.decisions[entity].action
        return [(w, d[entity]) for w, d in self.variants.items() if d[entity].action is not usual]


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
