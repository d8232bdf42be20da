"""Decisions: what happens to a finding, a document or a request, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from redact.rule import Action


@dataclass(frozen=True, slots=True)
class Decision:
    """What happens and why."""

    action: Action
    rules: tuple[str, ...] = ()
    """Ids of the rules that decided."""
    clauses: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    exemptions: tuple[str, ...] = ()
    marking: str = ""
    """Printed at the redaction; empty where nothing is redacted."""
    reasons: tuple[str, ...] = ()
    referrals: tuple[str, ...] = ()
    """Offices that must decide something: the whole, or what more could be released."""
    missing: tuple[str, ...] = ()
    """What would have released more."""

    def as_dict(self) -> dict[str, Any]:
        """Return the decision as plain JSON values."""
        return {
            "action": self.action.name,
            "rules": list(self.rules),
            "clauses": list(self.clauses),
            "citations": list(self.citations),
            "exemptions": list(self.exemptions),
            "marking": self.marking,
            "reasons": list(self.reasons),
            "referrals": list(self.referrals),
            "missing": list(self.missing),
        }

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Return the decision that ``as_dict`` made plain values of.

        Raises ``KeyError``, ``TypeError`` or ``AttributeError`` where they are of something else.
        """
        lists = ("rules", "clauses", "citations", "exemptions", "reasons", "referrals", "missing")
        listed = {name: tuple(map(str, values[name])) for name in lists}
        return cls(Action[values["action"]], marking=str(values["marking"]), **listed)


UNCODED = Decision(
    Action.redact,
    marking="No rule",
    reasons=("no rule of any policy speaks of this; it is withheld until one does",),
    referrals=("City Clerk",),
)
"""Where no rule matches a finding. A local label is no ground by itself: the Clerk finds one, or releases."""


def withholding(*reasons: str) -> Decision:
    """Return the decision about a document that is withheld whatever the rules say."""
    return Decision(Action.withhold, reasons=reasons, referrals=("City Clerk",))


def strictest(decisions: Iterable[Decision]) -> Decision:
    """Return the strictest of ``decisions``; those equally strict speak together, in their order.

    Of at least one; raises ``ValueError`` if there is none.
    """
    each = list(decisions)
    action = max(decision.action for decision in each)
    binding = [decision for decision in each if decision.action is action]
    return binding[0] if len(binding) == 1 else combined(action, binding)


def combined(action: Action, decisions: Iterable[Decision]) -> Decision:
    """Return one decision that carries the rules and reasons of several."""
    each = list(dict.fromkeys(decisions))
    return Decision(
        action,
        once(rule for d in each for rule in d.rules),
        once(clause for d in each for clause in d.clauses),
        once(citation for d in each for citation in d.citations),
        once(exemption for d in each for exemption in d.exemptions),
        next((d.marking for d in each if d.marking), "") if action in (Action.mask, Action.redact) else "",
        once(reason for d in each for reason in d.reasons),
        once(office for d in each for office in d.referrals),
        once(item for d in each for item in d.missing),
    )


def once(items: Iterable[str]) -> tuple[str, ...]:
    """Return ``items`` in their order, each once."""
    return tuple(dict.fromkeys(items))
