"""The determination: a pure and total function of a request, its findings and its policies.

The rules decide on the request, on each document and on each finding; the strictest of the three wins.
Same inputs and versions, same determination.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, repeat, tee
from typing import Any

from recognizers.entities import ENTITIES
from redact import protection, terms
from redact.about import NOTHING_KNOWN, About
from redact.canonical import canonical, pieces
from redact.case import Case, Facts, named_persons
from redact.controlled_copy import ControlledCopy, controlled_copy
from redact.decided import Decided
from redact.decision import UNCODED, Decision, combined, once, strictest, withholding
from redact.document import Obstacle
from redact.policy import PolicyStack
from redact.request import Request
from redact.requester import ResolvedRequester, resolve
from redact.rule import Action
from redact.table import Table
from redact.trait import Trait

__all__ = [
    "UNCODED",
    "Case",
    "Decision",
    "Determination",
    "DocumentDetermination",
    "Facts",
    "canonical",
    "determine",
    "explain",
    "named_persons",
]


CARRYING_OUT = "carrying-out"
"""Code of the obstacle that what was decided could not be carried out."""


@dataclass(frozen=True, slots=True)
class DocumentDetermination:
    """What happens to one document and to each finding in it."""

    name: str
    outcome: Action
    """``release`` (as it is), ``redact`` (released redacted), ``refer`` or ``withhold``."""
    decision: Decision
    """Why the document as a whole has that outcome."""
    findings: Decided = field(default_factory=Decided)
    record_type: str | None = None
    hindrances: tuple[Obstacle, ...] = ()
    """What stands in the way of its release."""
    renamed: bool = False
    """Whether scopes were matched against another name than the one that the records use."""
    numbers: tuple[str, ...] = ()
    """The first and the last of the Bates numbers of its pages; empty where they are not numbered."""
    pages: int = 0
    """Pages that are numbered if the request wants that."""
    traits: tuple[Trait, ...] = ()
    """What it shows as a whole that an office must decide on."""
    stamp: str = ""
    """What is stamped on it if it is released; empty where it is no controlled copy."""

    def withheld(self, reason: str) -> "DocumentDetermination":
        """Return it with the document withheld after all, for ``reason``, which is an obstacle from then on:
        so what is recorded replays."""
        hindrances = (*self.hindrances, Obstacle(CARRYING_OUT, reason))
        return replace(self, outcome=Action.withhold, decision=withholding(reason), hindrances=hindrances)

    @property
    def obstacles(self) -> tuple[str, ...]:
        """Codes of what stands in the way of its release."""
        return tuple(obstacle.code for obstacle in self.hindrances)

    @property
    def referrals(self) -> tuple[str, ...]:
        """Every office that must decide something about it, each once."""
        return once(office for decision in self.decisions for office in decision.referrals)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions about it and about what was found in it: as a rule a few, each shared by many."""
        return (self.decision, *self.findings.decisions)

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain JSON values, without any found value."""
        return self._about_document() | {"findings": list(self._about_findings())}

    def streamed(self) -> dict[str, Any]:
        """Return what ``as_dict`` does, for ``canonical.pieces``: a document can have very many findings."""
        return self._about_document() | {"findings": self._about_findings()}

    def _about_document(self) -> dict[str, Any]:
        return {
            "document": self.name,
            "record_type": self.record_type,
            "outcome": self.outcome.name,
            "renamed": self.renamed,
            "numbers": list(self.numbers),
            "pages": self.pages,
            "stamp": self.stamp,
            "traits": [{"trait": each.kind, "locator": each.locator} for each in self.traits],
            "obstacles": [
                {"code": each.code, "locator": each.locator, "reason": each.reason}
                for each in self.hindrances
            ],
            "decision": self.decision.as_dict(),
        }

    def _about_findings(self) -> Iterator[dict[str, Any]]:
        return (
            {
                "locator": finding.locator,
                "start": finding.span.start,
                "end": finding.span.end,
                "entity": finding.entity,
                "subject": finding.subject,
                "incident": finding.incident,
                "score": round(finding.score, 3),
                "recognizer": finding.recognizer,
                "pattern": finding.pattern,
                **decision.as_dict(),
            }
            for finding, decision in self.findings
        )


@dataclass(frozen=True, slots=True)
class Determination:
    """What happens to a request."""

    request_id: str
    decided_on: str
    requester: ResolvedRequester
    versions: Mapping[str, str]
    outcome: Action
    decision: Decision
    """What was decided about the request as a whole."""
    documents: Sequence[DocumentDetermination]
    persons: tuple[tuple[int, ...], ...] = ()
    """For each of the request's ``named_persons``, the subject numbers that are theirs."""
    arrested: tuple[int, ...] = ()
    """The subject numbers of those of whom the documents say that they were arrested."""
    victims: tuple[int, ...] = ()
    """The subject numbers of those of whom the documents plainly say that they are victims."""
    referrals: tuple[str, ...] = ()
    """Every office that must decide something, each once."""
    copy: ControlledCopy | None = None
    """Where what is released is a controlled copy; None where it is not, or nothing is."""

    def as_dict(self) -> dict[str, Any]:
        """Return the determination as plain JSON values, in a fixed order and without any found value."""
        return self.about_request() | {"documents": [document.as_dict() for document in self.documents]}

    def about_request(self) -> dict[str, Any]:
        """Return what ``as_dict`` does, but for the documents."""
        return {
            "request": self.request_id,
            "decided_on": self.decided_on,
            "category": self.requester.category,
            "category_evidence": list(self.requester.evidence),
            "policies": dict(sorted(self.versions.items())),
            "outcome": self.outcome.name,
            "referrals": list(self.referrals),
            "decision": self.decision.as_dict(),
            "persons": [list(numbers) for numbers in self.persons],
            "arrested": list(self.arrested),
            "victims": list(self.victims),
            "copy": self.copy and self.copy.as_dict(),
        }

    def canonical(self) -> bytes:
        """Return the determination as JSON, always the same bytes for the same determination."""
        return b"".join(self.pieces())

    def pieces(self) -> Iterator[bytes]:
        """Yield what ``canonical`` returns a finding at a time, so that it need not be in memory whole."""
        documents = (document.streamed() for document in self.documents)
        return pieces(self.about_request() | {"documents": documents})


def determine(
    request: Request,
    case: Case,
    stack: PolicyStack,
    keep: Callable[[Iterable[DocumentDetermination]], Sequence[DocumentDetermination]] = tuple,
) -> Determination:
    """Decide a request: pure and total. ``keep`` holds what is decided of each document, which can be much.

    Raises ``RequestError`` only where ``requester.resolve`` and ``controlled_copy`` do.
    """
    requester = resolve(request, stack)
    table = Table(request, requester, stack, case.persons)
    whole = table.decide_request()
    copy = controlled_copy(request, requester, stack) if whole.action < Action.refer else None
    kinds = frozenset(kind.id for kind in stack.record_types.values() if kind.protects)
    asker = case.persons.get(request.requester.name, frozenset())
    elected = {n for e in request.elections for n in case.persons.get(e.person, ())}
    arrested = case.arrested.union(*(case.persons.get(a.person, ()) for a in request.arrests))
    abouts = protection.abouts(
        case.documents,
        kinds,
        asker=asker,
        elected=elected,
        arrested=arrested,
        victims=case.victims,
        # Who elects is a victim of a crime of which nothing is told (Penal Code § 293): of which incident
        # is not known.
        incidents=not request.elections,
    )
    # What is known of a document can be much, and is read anew each time it is asked for.
    each, paged = tee(case.documents)
    outcome, offices = whole.action, dict.fromkeys(whole.referrals)

    def decided() -> Iterator[DocumentDetermination]:
        nonlocal outcome
        for facts, about, numbers in zip(each, abouts, _numbers(request, paged), strict=True):
            document = _document(table, facts, about, numbers, copy.stamp if copy else "")
            outcome = max(outcome, document.outcome)
            offices.update(dict.fromkeys(document.referrals))
            yield document

    documents = keep(decided())
    return Determination(
        request.id,
        request.decided_on.isoformat(),
        requester,
        stack.versions | ({"recognizers": case.recognizers} if case.recognizers else {}),
        outcome,
        whole,
        documents,
        tuple(tuple(sorted(case.persons.get(name, ()))) for name in named_persons(request)),
        tuple(sorted(case.arrested)),
        tuple(sorted(case.victims)),
        tuple(offices),
        copy,
    )


def explain(
    request: Request,
    stack: PolicyStack,
    entities: Iterable[str] = (),
    *,
    about: About | None = None,
    record_type: str | None = None,
) -> tuple[ResolvedRequester, Decision, dict[str, Decision]]:
    """Decide without documents: the request as a whole, and each of ``entities`` (all if none are named).

    A finding is taken to be about a person whom every legal basis names; what else is known of it says
    ``about``, by default that somebody protected is concerned, the requester where that is a record subject.
    """
    requester = resolve(request, stack)
    if about is None:
        about = About(about_requester=stack.categories[requester.category].needs_identity)
    table = Table(request, requester, stack, {name: frozenset({0}) for name in named_persons(request)})
    whole = table.decide_request()
    decisions = {
        entity: table.decide_finding(
            entity, document=None, record_type=record_type, subject=0, about=about, within=whole
        )
        for entity in (tuple(entities) or ENTITIES)
    }
    return requester, whole, decisions


def _document(
    table: Table, facts: Facts, abouts: Sequence[About], numbers: tuple[str, ...], stamp: str
) -> DocumentDetermination:
    """Decide a document; ``abouts`` says of each finding what is known of it."""
    path = facts.path or facts.name
    whole = table.decide_document(
        path,
        facts.record_type,
        ((f.entity, f.subject) for f in facts.findings),
        (trait.kind for trait in facts.traits),
        facts.name,
    )
    regions = terms.regions_of(facts.name, table.request)
    found = (*facts.findings, *regions) if regions else facts.findings
    findings = Decided.of(
        found,
        (
            terms.decide(finding, table.request, table.stack)
            if finding.entity in terms.OWN
            else table.decide_finding(
                finding.entity,
                document=path,
                record_type=facts.record_type,
                subject=finding.subject,
                about=about,
                within=whole,
            )
            for finding, about in zip(found, chain(abouts, repeat(NOTHING_KNOWN, len(regions))), strict=True)
        ),
    )
    if whole.action < Action.refer:
        whole = _of_findings(whole, findings.decisions)
    if hindered := _hindered(table, facts):
        whole = strictest([whole, hindered])
    return DocumentDetermination(
        facts.name,
        whole.action,
        whole,
        findings,
        facts.record_type,
        facts.obstacles,
        path != facts.name,
        numbers,
        facts.pages,
        facts.traits,
        stamp,
    )


def _numbers(request: Request, documents: Iterable[Facts]) -> Iterator[tuple[str, ...]]:
    """Yield the first and last Bates number of each document, or nothing where its pages have none."""
    bates, number = request.bates, request.bates.first if request.bates else 0
    for facts in documents:
        yield (bates.label(number), bates.label(number + facts.pages - 1)) if bates and facts.pages else ()
        number += facts.pages


def _of_findings(whole: Decision, decisions: Sequence[Decision]) -> Decision:
    """The decision about a document that follows from those about its findings, where nothing blocks it."""
    if not decisions:
        return whole
    action = max(decision.action for decision in decisions)
    if action >= Action.refer:
        return strictest([whole, *decisions])
    if action is Action.release:
        # What offices are asked beside a release stays with it.
        return combined(action, [whole, *decisions])
    return combined(Action.redact, [whole, *(d for d in decisions if d.action is not Action.release)])


def _hindered(table: Table, facts: Facts) -> Decision | None:
    """The decision about a document that cannot be released whatever the rules say."""
    reasons = once(
        f"{obstacle.locator}: {obstacle.reason}" if obstacle.locator else obstacle.reason
        for obstacle in facts.obstacles
    )
    if facts.record_type is not None and facts.record_type not in table.stack.record_types:
        reasons += ("its record type is not one that the policies declare; state it in the request file",)
    if not reasons:
        return None
    return withholding(*reasons)
