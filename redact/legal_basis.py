"""Legal bases: whether a recorded authority counts, and what it covers."""

import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from redact.authority import LegalBasis
from redact.person import may_be_same
from redact.policy import BasisRequirement, PolicyStack
from redact.request import Request


def title(basis: LegalBasis, stack: PolicyStack) -> str:
    """Name a basis for a clerk, without its issuer or docket."""
    requirement = stack.bases.get(basis.kind)
    return requirement.title if requirement else basis.kind.replace("_", " ")


def role_key(role: str) -> str:
    """Return a role as the policies write it: ``City Attorney`` is ``city_attorney``."""
    return "_".join(re.findall(r"\w+", role.casefold()))


def shortfalls(basis: LegalBasis, request: Request, stack: PolicyStack) -> Iterator[str]:
    """Yield why ``basis`` does not count on the decision date; nothing if it does."""
    requirement = stack.bases.get(basis.kind)
    if requirement is None:
        yield "no policy says what it must record"
        return
    if not requirement.sufficient:
        yield f"not sufficient, whoever signed it ({requirement.source})"
        return
    if _of_another_kind(basis, requirement):
        yield f"by its issuer, court, judge or citation it is a paper of another kind ({requirement.source})"
    for name in requirement.requires:
        value = getattr(basis, name)
        if not (value.strip() if isinstance(value, str) else value):
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
    if role_key(verified.role) not in requirement.verifiers:
        yield f"verified by somebody not entitled to; needs {_roles(requirement.verifiers)}"
    if not verified.by.strip():
        yield "it is not recorded who verified it"
    elif not request.requester.name.strip():
        yield "the requester's name is not recorded, to tell that they did not verify it themselves"
    elif may_be_same(verified.by, request.requester.name):
        yield "verified by the requester; somebody else must"
    elif may_be_same(verified.by, basis.issuer):
        yield "verified by its own issuer; somebody else must"
    if verified.on > day:
        yield f"verified only after the decision date {day}"
    if basis.issued_on and verified.on < basis.issued_on:
        yield "verified before it was issued"


def covers(
    basis: LegalBasis,
    stack: PolicyStack,
    *,
    entity: str | None,
    document: str | None,
    subjects: frozenset[str] | None,
) -> bool:
    """Whether the scope of ``basis`` takes in an entity, a document (by name) and a finding's subjects.

    ``None`` asks about no entity, document or subject in particular. ``subjects`` are the names in the
    request file that resolve to the person whom the finding is about; empty where nobody can be established.
    """
    scope = basis.scope
    if entity is not None and scope.entities and entity not in scope.entities:
        return False
    if document is not None and not names_document(basis, document):
        return False
    persons = persons_of(basis, stack)
    return subjects is None or not persons or bool(subjects & set(persons))


def covers_document(
    basis: LegalBasis,
    stack: PolicyStack,
    document: str,
    contents: Iterable[tuple[str, frozenset[str]]],
) -> bool:
    """Whether a document as a whole lies in the scope of ``basis``.

    ``contents`` are the entities found in it, each with the names it is about. An order about one person or
    one kind of information takes in the documents that hold some of it, and no others.
    """
    if not basis.scope.entities and not persons_of(basis, stack):
        return names_document(basis, document)
    return any(
        covers(basis, stack, entity=entity, document=document, subjects=subjects)
        for entity, subjects in contents
    )


def names_document(basis: LegalBasis, document: str) -> bool:
    """Whether the scope's patterns take in a document; without any they take in all."""
    patterns = basis.scope.documents
    return not patterns or any(fnmatchcase(document, pattern) for pattern in patterns)


def persons_of(basis: LegalBasis, stack: PolicyStack) -> tuple[str, ...]:
    """Return the persons to whom the basis is limited; empty if it is not limited to any."""
    requirement = stack.bases.get(basis.kind)
    if basis.scope.subjects or requirement is None or not requirement.personal:
        return basis.scope.subjects
    return (basis.issuer,)


def _of_another_kind(basis: LegalBasis, requirement: BasisRequirement) -> bool:
    text = _plain(" ".join((basis.issuer, basis.court, basis.judge, basis.citation)))
    return any(re.search(rf"(?<!\w){re.escape(_plain(word))}(?!\w)", text) for word in requirement.not_from)


def _plain(text: str) -> str:
    """No case, no dots in abbreviations, and a form's number in one word: ``Form I 205`` is form i205."""
    text = re.sub(r"(?<=\b\w)\.(?=\s?\w?\b)", "", text.casefold())
    return re.sub(r"\b([a-z])[\s-]+(?=\d)", r"\1", " ".join(text.split()))


def _roles(roles: tuple[str, ...]) -> str:
    return " or ".join(role.replace("_", " ") for role in roles) or "anybody entitled"
