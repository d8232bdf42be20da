"""Terms and regions: what the request itself says to redact, or to keep, and what is decided about it."""

from collections.abc import Sequence

from redact.decision import Decision
from redact.document import Span
from redact.finding import Finding
from redact.policy import PolicyStack
from redact.production import Region
from redact.request import Request, Term
from redact.rule import Action

TERM = "TERM"
"""Stands in a finding for an entity where the request's own terms found it."""
REGION = "REGION"
"""Stands in a finding for an entity where the request names a part of a page; it has no text of its own."""
OWN = frozenset({TERM, REGION})
"""What the request itself decides."""


def term_of(finding: Finding, terms: Sequence[Term]) -> Term:
    """Return the term that a finding of ``TERM`` is of."""
    return terms[int(finding.pattern.removeprefix("term ")) - 1]


def regions_of(document: str, request: Request) -> tuple[Finding, ...]:
    """Return a finding of ``REGION`` for each region of ``document``, by the name that the records use."""
    return tuple(
        Finding(f"page:{region.page}", Span(0, 1), REGION, 1.0, "request", f"region {number}")
        for number, region in enumerate(request.regions, 1)
        if region.document == document
    )


def region_of(finding: Finding, request: Request) -> Region:
    """Return the region that a finding of ``REGION`` is of."""
    return request.regions[int(finding.pattern.removeprefix("region ")) - 1]


def decide(finding: Finding, request: Request, stack: PolicyStack) -> Decision:
    """Decide a finding of ``OWN`` as the request says: redacted under its exemption, or kept."""
    kind, number = finding.pattern.split(" ")
    rule = f"request.{kind}s.{number}"
    wanted = term_of(finding, request.terms) if finding.entity == TERM else region_of(finding, request)
    if isinstance(wanted, Term) and wanted.action == "keep":
        return Decision(Action.release, (rule,), reasons=("The request says to keep this.",))
    exemption = stack.exemptions[wanted.exemption]
    return Decision(
        Action.redact,
        (rule,),
        citations=(exemption.citation,),
        exemptions=(exemption.id,),
        marking=exemption.marking,
        reasons=("The request says to redact this.",),
    )
