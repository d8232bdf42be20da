"""Terms: texts that the request says to redact, or to keep, and what is decided where they stand."""

from collections.abc import Sequence

from redact.decision import Decision
from redact.finding import Finding
from redact.policy import PolicyStack
from redact.request import Term
from redact.rule import Action

TERM = "TERM"
"""Stands in a finding for an entity where the request's own terms found it."""


def term_of(finding: Finding, terms: Sequence[Term]) -> Term:
    """Return the term that a finding of ``TERM`` is of."""
    return terms[int(finding.pattern.removeprefix("term ")) - 1]


def decide(finding: Finding, terms: Sequence[Term], stack: PolicyStack) -> Decision:
    """Decide a finding of ``TERM`` as the request says: redacted under its exemption, or kept."""
    term = term_of(finding, terms)
    rule = f"request.terms.{finding.pattern.removeprefix('term ')}"
    if term.action == "keep":
        return Decision(Action.release, (rule,), reasons=("The request says to keep this.",))
    exemption = stack.exemptions[term.exemption]
    return Decision(
        Action.redact,
        (rule,),
        citations=(exemption.citation,),
        exemptions=(exemption.id,),
        marking=exemption.marking,
        reasons=("The request says to redact this.",),
    )
