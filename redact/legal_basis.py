"""Legal bases: whether a recorded authority counts, and what it covers."""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from redact.policy import PolicyStack
from redact.request import LegalBasis, Request


def same_person(one: str, other: str) -> bool:
    """Whether two names are the same but for case and spacing."""
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def title(basis: LegalBasis, stack: PolicyStack) -> str:
    """Name a basis for a clerk, without its issuer or docket."""
    requirement = stack.bases.get(basis.kind)
    return requirement.title if requirement else basis.kind.replace("_", " ")


def shortfalls(basis: LegalBasis, request: Request, stack: PolicyStack) -> Iterator[str]:
    """Yield why ``basis`` does not count on the decision date; nothing if it does."""
    requirement = stack.bases.get(basis.kind)
    if requirement is None:
        yield "no policy says what it must record"
        return
    if not requirement.sufficient:
        yield f"not sufficient, whoever signed it ({requirement.source})"
        return
    for name in requirement.requires:
        if not getattr(basis, name):
            yield f"{name} is not recorded"
    day = request.decided_on
    if basis.issued_on and basis.issued_on > day:
        yield f"not yet in force on {day}"
    if basis.expires_on and basis.expires_on < day:
        yield f"expired on {basis.expires_on}"
    verified = basis.verified
    if verified is None:
        yield f"not verified by {_roles(requirement.verifiers)}"
        return
    if verified.role not in requirement.verifiers:
        yield f"verified by {verified.role}, who is not entitled to; needs {_roles(requirement.verifiers)}"
    if not verified.by.strip() or same_person(verified.by, request.requester.name):
        yield "verified by the requester; somebody else must"
    elif same_person(verified.by, basis.issuer):
        yield "verified by its own issuer; somebody else must"
    if verified.on > day:
        yield f"verified only after the decision date {day}"
    if basis.issued_on and verified.on < basis.issued_on:
        yield "verified before it was issued"


def covers(
    basis: LegalBasis, *, entity: str | None, document: str | None, subjects: frozenset[str] | None
) -> bool:
    """Whether the scope of ``basis`` takes in an entity, a document (by name) and a finding's subjects.

    ``None`` asks about no entity, document or subject in particular. ``subjects`` are the names in the
    request file that resolve to the person whom the finding is about; empty where nobody can be established.
    """
    scope = basis.scope
    if entity is not None and scope.entities and entity not in scope.entities:
        return False
    if (
        document is not None
        and scope.documents
        and not any(fnmatchcase(document, p) for p in scope.documents)
    ):
        return False
    return subjects is None or not scope.subjects or bool(subjects & set(scope.subjects))


def _roles(roles: tuple[str, ...]) -> str:
    return " or ".join(role.replace("_", " ") for role in roles) or "anybody entitled"
