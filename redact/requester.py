"""The requester's category, decided from facts on the decision date (Cerritos 1.03.020.A to D)."""

from dataclasses import dataclass

from redact.errors import RequestError
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

    An affiliation outweighs a declared category where it leads to a narrower one: a former employee is
    General Public whatever the file declares. Raises ``RequestError`` where no category can be established
    or the declared one is unknown.
    """
    requester = request.requester
    declared = requester.category
    if declared is not None and declared not in stack.categories:
        raise RequestError(
            f"requester.category: unknown category; use one of {', '.join(sorted(stack.categories))}"
        )
    by_affiliation = next(
        (
            c
            for c in stack.categories.values()
            if requester.affiliation and requester.affiliation in c.affiliations
        ),
        None,
    )
    if declared is None and by_affiliation is None:
        raise RequestError("requester: state the category, or the affiliation that decides it")

    evidence: list[str] = []
    if by_affiliation is not None:
        evidence.append(f"affiliation: {requester.affiliation}")
    category = stack.categories[declared] if declared is not None else by_affiliation
    assert category is not None  # noqa: S101 - one of the two is known here
    if declared is not None:
        evidence.append(f"declared: {declared}")
        if by_affiliation is not None and by_affiliation.id != declared:
            category, note = _reconcile(category, by_affiliation, stack)
            evidence.append(note)

    missing: tuple[str, ...] = ()
    until = requester.affiliated_until
    if category.lapses_to:
        lapsed = stack.categories[category.lapses_to]
        if until is not None and until < request.decided_on:
            evidence.append(f"the affiliation ended on {until}, before the decision date: {lapsed.title}")
            category = lapsed
        elif requester.capacity == "personal":
            evidence.append(f"asks in a personal capacity: {lapsed.title}")
            category = lapsed
        elif category.needs_identity and not requester.identity_verified:
            evidence.append(f"identity not verified: {lapsed.title}")
            missing = ("verification of the requester's identity (no proof of legal presence)",)
            category = lapsed
    return ResolvedRequester(category.id, tuple(evidence), missing)


def _reconcile(declared: Category, by_affiliation: Category, stack: PolicyStack) -> tuple[Category, str]:
    """Settle a declared category and an affiliation that disagree: the public one of the two wins.

    A record subject, court or agency may have any affiliation besides; a city role may not be declared by
    somebody whose affiliation says otherwise.
    """
    if not declared.affiliations or declared.needs_identity:
        return declared, f"the affiliation does not change that: {declared.title}"
    public = next((c for c in (declared, by_affiliation) if not c.lapses_to), None)
    if public is None:
        fallback = stack.categories[by_affiliation.lapses_to]
        return fallback, f"category and affiliation contradict each other: {fallback.title}"
    return public, f"category and affiliation contradict each other: {public.title}"
