"""Conditions: what a request would still have to supply for a rule's conditions to be met."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import combinations, product

from redact.about import NOTHING_KNOWN, About
from redact.authority import Agreement, LegalBasis, Review
from redact.legal_basis import covers, covers_document, role_key, shortfalls, title
from redact.person import may_be_same, surely_same
from redact.policy import PolicyStack
from redact.request import Contact, Request
from redact.rule import Rule
from redact.trait import TraitKind


@dataclass(frozen=True, slots=True)
class Scene:
    """What a rule is matched against, beside the request."""

    entity: str | None = None
    document: str | None = None
    record_type: str | None = None
    subjects: frozenset[str] | None = None
    """Names in the request file of the person whom the finding is about."""
    about: About = NOTHING_KNOWN
    traits: frozenset[TraitKind] = frozenset()
    reviews: tuple[Review, ...] = ()
    """Those of this document, of whoever and whatever for."""
    contents: frozenset[tuple[str, frozenset[str]]] | None = None
    """For a document as a whole: the entities found in it, each with the names that it is about."""


@dataclass(frozen=True, slots=True)
class Lack:
    """What a request lacks; false if nothing."""

    items: tuple[str, ...] = ()
    """In words for a clerk; all of them are needed."""
    kinds: tuple[str, ...] = ()
    """Titles of legal bases of which a valid one, any one, is needed."""

    def __bool__(self) -> bool:
        return bool(self.items or self.kinds)

    @property
    def words(self) -> tuple[str, ...]:
        """Everything in words for a clerk."""
        basis = (f"a valid legal basis: {', or '.join(self.kinds)}",) if self.kinds else ()
        return (*self.items, *basis)


def either(lacks: Iterable[Lack]) -> Lack:
    """Return what several rules of one policy lack: any one of their legal bases would do."""
    each = list(lacks)
    return Lack(_once(i for lack in each for i in lack.items), _once(k for lack in each for k in lack.kinds))


def both(lacks: Iterable[Lack]) -> tuple[str, ...]:
    """Return in words what several policies lack that must all be met.

    Where one legal basis can meet them all, only such are named.
    """
    each = list(lacks)
    shared = [k for k in each[0].kinds if all(k in lack.kinds for lack in each)] if each else []
    if not shared:
        return _once(word for lack in each for word in lack.words)
    return Lack(_once(item for lack in each for item in lack.items), tuple(shared)).words


class Conditions:
    """The conditions of rules as one request meets them; what is the same everywhere is looked at once."""

    def __init__(self, request: Request, stack: PolicyStack) -> None:
        self._request, self._stack = request, stack
        self._bases = [(basis, tuple(shortfalls(basis, request, stack))) for basis in request.legal_basis]
        self._elsewhere: dict[str, tuple[str, ...]] = {}

    def lacking(self, rule: Rule, scene: Scene) -> Lack:
        """Return what the request lacks for the conditions of ``rule`` in ``scene``."""
        if rule.id not in self._elsewhere:
            self._elsewhere[rule.id] = _once(_lacking(rule, self._request))
        items = self._elsewhere[rule.id]
        if rule.reviewed_by:
            items = _once((*items, *_reviewed(rule, scene, self._request)))
        if not rule.legal_basis:
            return Lack(items)
        basis = self._legal_basis(rule, scene)
        return Lack(_once((*basis.items, *items)), basis.kinds) if items else basis

    def _legal_basis(self, rule: Rule, scene: Scene) -> Lack:
        """Nothing if one basis of the rule's kinds counts; else what is wrong with each that was recorded."""
        notes: list[str] = []
        for basis, problems in self._bases:
            if basis.kind in rule.legal_basis:
                if not problems and self._covers(basis, scene):
                    return Lack()
                problems = problems or ("its scope does not cover this",)
            elif not problems or self._stack.bases[basis.kind].sufficient:
                continue
            notes += [f"{title(basis, self._stack)}: {problem}" for problem in problems]
        return Lack(tuple(notes), tuple(self._stack.bases[kind].title for kind in rule.legal_basis))

    def _covers(self, basis: LegalBasis, scene: Scene) -> bool:
        if scene.contents is not None and scene.document is not None:
            return covers_document(basis, self._stack, scene.document, scene.contents)
        return covers(
            basis, self._stack, entity=scene.entity, document=scene.document, subjects=scene.subjects
        )


def _lacking(rule: Rule, request: Request) -> Iterator[str]:
    purpose = request.purpose
    if rule.authorizations:
        yield from _authorizations(rule, request)
    if rule.agreement:
        yield from _agreement(request)
    if rule.statement and not purpose.statement.strip():
        yield "a statement of the purpose"
    if rule.purpose_bound and (
        purpose.collected_for is None or purpose.collected_for not in (purpose.kind, purpose.duty)
    ):
        yield "the purpose or duty for which it was collected (collected_for), the same as this request's"
    if rule.contact:
        for name in (request.contact or Contact()).lacking:
            yield f"in the record of the contact: {_CONTACT[name]}"


def reviews_of(document: str, request: Request) -> tuple[Review, ...]:
    """Return the reviews of the document that the records call ``document``."""
    return tuple(
        review
        for review in request.review
        if any(fnmatchcase(document, pattern) for pattern in review.documents)
    )


def _reviewed(rule: Rule, scene: Scene, request: Request) -> tuple[str, ...]:
    """Nothing if somebody entitled to has looked at the document for all that the rule names of what it
    shows; else why reviews that were recorded do not count, and what is needed."""
    roles = " or ".join(role.replace("_", " ") for role in rule.reviewed_by)
    left = scene.traits & set(rule.traits)
    notes: list[str] = []
    for review in scene.reviews:
        if role_key(review.role) not in rule.reviewed_by:
            notes.append(f"the review of this document is not by {roles}")
        elif not request.requester.name.strip() or not _another(review.name, request):
            notes.append("the review of this document is the requester's own or by nobody named")
        elif review.on > request.decided_on:
            notes.append("the review of this document is dated after the decision")
        else:
            left -= set(review.traits or rule.traits)
            if not left:
                return ()
    return (*notes, f"a review of this very document by {roles} ([[review]])")


_CONTACT = {
    "at": "its time and date (at)",
    "officer": "the officer of this department (officer)",
    "officials": "the immigration officials (officials)",
    "purpose": "its specific purpose (purpose)",
    "outcome": "its outcome (outcome)",
}


def _authorizations(rule: Rule, request: Request) -> list[str]:
    """Nothing if every group has an approver of its own; else the groups, with why approvals failed."""
    if not request.requester.name.strip():
        return ["the requester's name, to tell that nobody approved their own request"]
    notes: list[str] = []
    candidates: list[list[str]] = []
    for group in rule.authorizations:
        names = []
        for approval in request.authorization:
            if role_key(approval.role) not in group:
                continue
            role = role_key(approval.role).replace("_", " ")
            if not _another(approval.name, request):
                notes.append(f"the authorization by {role} is the requester's own or unnamed")
            elif approval.on >= request.decided_on:
                notes.append(f"the authorization by {role} is not dated before the decision")
            else:
                names.append(approval.name)
        candidates.append(names)
    if any(
        not any(may_be_same(*pair) for pair in combinations(choice, 2)) for choice in product(*candidates)
    ):
        return []
    groups = [" or ".join(role.replace("_", " ") for role in group) for group in rule.authorizations]
    unfilled = [group for group, names in zip(groups, candidates, strict=True) if not names]
    if not unfilled:
        return [*notes, "different people for each authorization: one person filled two"]
    return [*notes, *(f"prior written authorization by {group}" for group in unfilled)]


def _agreement(request: Request) -> tuple[str, ...]:
    """Nothing if the requester's agreement covers their duty and has its three signatures by the decision
    date (Cerritos, Attachment 1); else what the most complete one lacks."""
    if not request.requester.name.strip():
        return (
            "the requester's name, to tell whose Confidentiality Agreement it is and that others signed it",
        )
    lacks = [
        tuple(_unsigned(agreement, request))
        for agreement in request.agreement
        if request.purpose.duty in agreement.duties
        and agreement.signed_on <= request.decided_on
        and (not agreement.name.strip() or surely_same(agreement.name, request.requester.name))
    ]
    none = (f"a signed Confidentiality Agreement covering {request.purpose.duty or 'a stated duty'}",)
    return min(lacks, key=len, default=none)


def _unsigned(agreement: Agreement, request: Request) -> Iterator[str]:
    official = request.requester.category == "city_official"
    second, third = _OFFICIAL if official else _EMPLOYEE
    if not _another(agreement.countersigned_by, request):
        yield f"the signature of {second} on the Confidentiality Agreement (countersigned_by)"
    on = agreement.received_on
    if (
        not _another(agreement.received_by, request)
        or on is None
        or not agreement.signed_on <= on <= request.decided_on
    ):
        yield f"the receipt of the Confidentiality Agreement by {third} (received_by, received_on)"


def _another(name: str, request: Request) -> bool:
    """Whether it is the name of somebody other than the requester."""
    return bool(name.strip()) and not may_be_same(name, request.requester.name)


_EMPLOYEE = "the immediate supervisor", "HR/RM"
_OFFICIAL = "the City Manager", "the City Manager's designee"
"""Who signs beside the requester, and who receives."""


def _once(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
