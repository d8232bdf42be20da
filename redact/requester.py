"""The requester's category, decided from facts on the decision date (Cerritos 1.03.020.A to D)."""

from dataclasses import dataclass

from redact.errors import RequestError
from redact.person import surely_same
from redact.policy import Category, PolicyStack
from redact.request import Request


@dataclass(frozen=True, slots=True)
class ResolvedRequester:
    """A requester's category and the facts that decided it."""

    category: str
    evidence: tuple[str, ...]
    """The facts, in words for a clerk."""
    missing: tuple[str, ...] = ()
    """What would have led to the category that was declared."""


def resolve(request: Request, stack: PolicyStack) -> ResolvedRequester:
    """Decide the requester's category on ``request.decided_on``.

    The affiliation is the recorded fact and outweighs a declared category: a former employee is General
    Public whatever the file declares, and where it has a roster, so is who is not on it. Three declarations
    stand beside an affiliation: the General Public, an authority that is never taken for anybody else, and a
    record subject whose identity is verified.

    Raises ``RequestError`` where no category can be established, where the request names something that the
    policies do not declare, or where it would keep something for immigration enforcement.
    """
    stack.check(request)
    resolved = _resolved(request, stack)
    request.check_terms(resolved.category)
    return resolved


def _resolved(request: Request, stack: PolicyStack) -> ResolvedRequester:
    declared = stack.categories[request.requester.category] if request.requester.category else None
    by_affiliation = next(
        (c for c in stack.categories.values() if request.requester.affiliation in c.affiliations), None
    )
    evidence = []
    if by_affiliation is not None:
        evidence.append(f"affiliation: {request.requester.affiliation}")
    if declared is not None:
        evidence.append(f"declared: {declared.id}")

    if declared is not None and declared.stands:
        return ResolvedRequester(
            declared.id, (*evidence, f"nothing beside it changes that: {declared.title}")
        )
    if declared is not None and declared.needs_identity:
        return _identified(declared, request, stack, evidence)
    category = by_affiliation or declared
    if category is None:
        raise RequestError("requester: state the category, or the affiliation that decides it")
    if declared is not None and by_affiliation is not None and declared != by_affiliation:
        if by_affiliation.lapses_to == declared.id:
            category = declared
        evidence.append(f"category and affiliation contradict each other: {category.title}")
    if category.lapses_to:
        until, lapsed = request.requester.affiliated_until, stack.categories[category.lapses_to]
        if until is not None and until < request.decided_on:
            evidence.append(f"the affiliation ended on {until}, before the decision date: {lapsed.title}")
            category = lapsed
        elif request.roster and category.affiliations and not _on_roster(request, category, evidence):
            evidence.append(f"not on the roster on {request.decided_on}: {lapsed.title}")
            category = lapsed
        elif request.requester.capacity == "personal":
            evidence.append(f"asks in a personal capacity: {lapsed.title}")
            category = lapsed
    return ResolvedRequester(category.id, tuple(evidence))


def _on_roster(request: Request, category: Category, evidence: list[str]) -> bool:
    """Whether the roster shows the requester in ``category`` on the decision date; ``evidence`` says so.

    By the same name, not by one that may be the same person's: a doubt makes nobody an official.
    """
    asker = request.requester
    for tenure in request.roster:
        if (
            asker.name.strip()
            and surely_same(tenure.name, asker.name)
            and tenure.affiliation in category.affiliations
            and asker.affiliation in (None, tenure.affiliation)
            and tenure.holds(request.decided_on)
        ):
            since = f" since {tenure.since}" if tenure.since else ""
            evidence.append(f"on the roster: {tenure.affiliation}{since}")
            return True
    return False


def _identified(
    declared: Category, request: Request, stack: PolicyStack, evidence: list[str]
) -> ResolvedRequester:
    """Settle a category that needs proof of identity; past roles and capacity do not matter to it."""
    if not request.requester.identity_verified:
        lapsed = stack.categories[declared.lapses_to]
        evidence.append(f"identity not verified: {lapsed.title}")
        missing = "verification of the requester's identity (no proof of legal presence)"
        return ResolvedRequester(lapsed.id, tuple(evidence), (missing,))
    evidence.append("identity verified")
    if not request.requester.name.strip():
        return ResolvedRequester(
            declared.id, tuple(evidence), ("the requester's name, to tell which information is theirs",)
        )
    return ResolvedRequester(declared.id, tuple(evidence))
