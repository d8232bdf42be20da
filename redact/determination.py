"""The determination: a pure and total function of a request, its findings and its policies.

Inside a policy the first rule that matches decides; across the stack the strictest action wins; where no
rule of any policy matches a finding, it is redacted. Same inputs and versions, same determination.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from recognizers.entities import ENTITIES
from redact.document import Obstacle
from redact.finding import Finding
from redact.legal_basis import covers, same_person, shortfalls, title
from redact.policy import Action, Policy, PolicyStack, Rule
from redact.protection import protected
from redact.request import Request
from redact.requester import ResolvedRequester, resolve

UNCODED = "No rule"
"""The marking where no rule matched: the City Clerk must find the ground or release."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the gate knows of one document: what was found in it, never its text."""

    name: str
    """The name under which the records speak of it; holds no found value."""
    findings: tuple[Finding, ...] = ()
    record_type: str | None = None
    obstacles: tuple[Obstacle, ...] = ()
    path: str = field(default="", repr=False)
    """The name that scopes and patterns are matched against; ``name`` if empty."""


@dataclass(frozen=True, slots=True)
class Case:
    """The documents of a request, and which persons in them the request file names."""

    documents: tuple[Facts, ...] = ()
    persons: Mapping[str, frozenset[int]] = field(default_factory=dict, repr=False)
    """For each name in the request file, the subject numbers of findings that are about that person."""


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
    """Offices that must decide."""
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


@dataclass(frozen=True, slots=True)
class DocumentDetermination:
    """What happens to one document and to each finding in it."""

    name: str
    outcome: Action
    """``release`` (as it is), ``redact`` (released redacted), ``refer`` or ``withhold``."""
    decision: Decision
    """Why the document as a whole has that outcome."""
    findings: tuple[tuple[Finding, Decision], ...] = ()
    record_type: str | None = None


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
    documents: tuple[DocumentDetermination, ...]

    @property
    def referrals(self) -> tuple[str, ...]:
        """Every office that must decide something, each once."""
        decisions = [self.decision]
        for document in self.documents:
            decisions.append(document.decision)
            decisions += [d for _, d in document.findings if d.action >= Action.refer or not d.rules]
        return _once(office for decision in decisions for office in decision.referrals)

    def as_dict(self) -> dict[str, Any]:
        """Return the determination as plain JSON values, in a fixed order and without any found value."""
        return {
            "request": self.request_id,
            "decided_on": self.decided_on,
            "category": self.requester.category,
            "category_evidence": list(self.requester.evidence),
            "policies": dict(sorted(self.versions.items())),
            "outcome": self.outcome.name,
            "referrals": list(self.referrals),
            "decision": self.decision.as_dict(),
            "documents": [
                {
                    "document": document.name,
                    "record_type": document.record_type,
                    "outcome": document.outcome.name,
                    "decision": document.decision.as_dict(),
                    "findings": [
                        {
                            "locator": finding.locator,
                            "start": finding.span.start,
                            "end": finding.span.end,
                            "entity": finding.entity,
                            "score": round(finding.score, 3),
                            "recognizer": finding.recognizer,
                            "pattern": finding.pattern,
                            **decision.as_dict(),
                        }
                        for finding, decision in document.findings
                    ],
                }
                for document in self.documents
            ],
        }


def determine(request: Request, case: Case, stack: PolicyStack) -> Determination:
    """Decide a request: pure and total.

    Raises ``RequestError`` only where the requester's category cannot be established; a request that was
    checked by ``requester.resolve`` before never raises.
    """
    requester = resolve(request, stack)
    gate = Table(request, requester, stack, case.persons)
    whole = gate.decide_request()
    shielded = protected(case.documents, lambda facts: (facts.findings, facts.record_type))
    documents = tuple(
        _document(gate, facts, whole, mask) for facts, mask in zip(case.documents, shielded, strict=True)
    )
    outcome = max((d.outcome for d in documents), default=whole.action)
    if whole.action >= Action.refer:
        outcome = whole.action
    return Determination(
        request.id, request.decided_on.isoformat(), requester, stack.versions, outcome, whole, documents
    )


def explain(
    request: Request, stack: PolicyStack, entities: Iterable[str] = ()
) -> tuple[ResolvedRequester, Decision, dict[str, Decision]]:
    """Decide without documents: the request as a whole, and each of ``entities`` (all if none are named).

    A record subject's entities are decided as information about themselves; for everybody else a finding is
    taken to be about somebody whom law or policy protects.
    """
    requester = resolve(request, stack)
    names = {name: frozenset({0}) for name in named_persons(request)}
    gate = Table(request, requester, stack, names)
    self_access = stack.categories[requester.category].needs_identity
    decisions = {
        entity: gate.decide_finding(
            entity, document=None, record_type=None, subject=0, about_requester=self_access, protected=True
        )
        for entity in (tuple(entities) or ENTITIES)
    }
    return requester, gate.decide_request(), decisions


def named_persons(request: Request) -> Iterator[str]:
    """The names of persons in a request file that findings can be about."""
    if request.requester.name:
        yield request.requester.name
    for basis in request.legal_basis:
        yield from basis.scope.subjects


def _document(
    gate: "Table", facts: Facts, whole: Decision, shielded: Sequence[bool]
) -> DocumentDetermination:
    path = facts.path or facts.name
    findings = tuple(
        (
            finding,
            gate.decide_finding(
                finding.entity,
                document=path,
                record_type=facts.record_type,
                subject=finding.subject,
                about_requester=gate.is_requester(finding.subject),
                protected=is_protected,
            ),
        )
        for finding, is_protected in zip(facts.findings, shielded, strict=True)
    )
    decision = gate.decide_document(path, facts.record_type)
    if whole.action >= Action.refer:
        decision = whole if whole.action >= decision.action else decision
    if facts.obstacles and decision.action < Action.withhold:
        reasons = _once(
            f"{obstacle.locator}: {obstacle.reason}" if obstacle.locator else obstacle.reason
            for obstacle in facts.obstacles
        )
        decision = Decision(Action.withhold, reasons=reasons, referrals=("City Clerk",))
    strictest = max((d for _, d in findings), key=lambda d: d.action, default=None)
    if decision.action < Action.refer and strictest is not None:
        decision = _of_findings(strictest, [d for _, d in findings])
    return DocumentDetermination(facts.name, decision.action, decision, findings, facts.record_type)


def _of_findings(strictest: Decision, decisions: Sequence[Decision]) -> Decision:
    """The decision about a document that follows from those about its findings."""
    if strictest.action >= Action.refer:
        return strictest
    if strictest.action is Action.release:
        return Decision(Action.release, strictest.rules, strictest.clauses, strictest.citations)
    removed = [d for d in decisions if d.action is not Action.release]
    return Decision(
        Action.redact,
        _once(rule for d in removed for rule in d.rules),
        _once(clause for d in removed for clause in d.clauses),
        _once(citation for d in removed for citation in d.citations),
        _once(exemption for d in removed for exemption in d.exemptions),
        reasons=_once(reason for d in removed for reason in d.reasons),
        referrals=_once(office for d in removed if not d.rules for office in d.referrals),
    )


@dataclass(frozen=True)
class Table:
    """The rules of a stack as they stand for one request."""

    request: Request
    requester: ResolvedRequester
    stack: PolicyStack
    persons: Mapping[str, frozenset[int]]
    _memory: dict[tuple[object, ...], Decision] = field(default_factory=dict, repr=False)

    def is_requester(self, subject: int | None) -> bool:
        """Whether a finding's subject is the requester."""
        return subject is not None and subject in self.persons.get(self.request.requester.name, frozenset())

    def decide_request(self) -> Decision:
        """Decide the request as a whole; where no rule matches, it goes on to its documents."""
        scene = _Scene()
        return self._decide("request", scene) or Decision(Action.release)

    def decide_document(self, document: str, record_type: str | None) -> Decision:
        """Decide a document as a whole; where no rule matches, its findings decide."""
        scene = _Scene(document=document, record_type=record_type)
        return self._decide("document", scene) or Decision(Action.release)

    def decide_finding(
        self,
        entity: str,
        *,
        document: str | None,
        record_type: str | None,
        subject: int | None,
        about_requester: bool,
        protected: bool,
    ) -> Decision:
        """Decide a finding; where no rule of any policy matches, it is redacted and the City Clerk asked."""
        names = frozenset(name for name, numbers in self.persons.items() if subject in numbers)
        scene = _Scene(entity, document, record_type, names, about_requester, protected)
        # The document matters only where a scope names some: without that, decisions repeat by the thousand.
        scoped = any(basis.scope.documents for basis in self.request.legal_basis)
        key = (entity, document if scoped else None, record_type, names, about_requester, protected)
        if key not in self._memory:
            self._memory[key] = self._decide("finding", scene) or Decision(
                Action.redact,
                marking=UNCODED,
                reasons=("no rule of any policy speaks of this; it is withheld until one does",),
                referrals=("City Clerk",),
            )
        return self._memory[key]

    def _decide(self, applies_to: str, scene: "_Scene") -> Decision | None:
        verdicts = [
            v for policy in self.stack.policies if (v := self._first_match(policy, applies_to, scene))
        ]
        if not verdicts:
            return None
        action = max(verdict.rule.action for verdict in verdicts)
        binding = [verdict for verdict in verdicts if verdict.rule.action is action]
        rules = [rule for verdict in binding for rule in (verdict.rule, *verdict.beside)]
        exemptions = _once(rule.exemption for rule in rules if rule.exemption)
        cited = [self.stack.exemptions[exemption] for exemption in exemptions]
        # Each binding policy must be unlocked for more to be released: if one cannot be, nothing is missing.
        missing = (
            _once((*(m for v in binding for m in v.missing), *self.requester.missing))
            if all(verdict.missing for verdict in binding) or self.requester.missing
            else ()
        )
        return Decision(
            action,
            _once(rule.id for rule in rules),
            _once(rule.clause for rule in rules),
            _once(exemption.citation for exemption in cited),
            exemptions,
            cited[0].marking if cited and action in (Action.mask, Action.redact) else "",
            _once(rule.why for rule in rules),
            _once(rule.refer_to for rule in rules if rule.refer_to),
            missing,
        )

    def _first_match(self, policy: Policy, applies_to: str, scene: "_Scene") -> "_Verdict | None":
        locked: list[tuple[Rule, tuple[str, ...]]] = []
        deciding: Rule | None = None
        missing: tuple[str, ...] = ()
        beside: list[Rule] = []
        for rule in policy.rule:
            if rule.applies_to != applies_to or not self._matches(rule, scene):
                continue
            lacking = self._lacking(rule, scene) if rule.conditional else ()
            if rule.until:
                holds, lacking_here = bool(lacking), lacking
            else:
                holds, lacking_here = not lacking, ()
                if lacking and deciding is None:
                    locked.append((rule, lacking))
            if not holds:
                continue
            if deciding is None:
                deciding, missing = rule, lacking_here
            elif rule.until and rule.action == deciding.action:
                # What else blocks is named at once: a clerk should not learn it one refusal at a time.
                beside.append(rule)
                missing += lacking_here
        if deciding is None:
            return None
        before = [m for rule, lacking in locked if rule.action < deciding.action for m in lacking]
        return _Verdict(deciding, _once((*missing, *before)), tuple(beside))

    def _matches(self, rule: Rule, scene: "_Scene") -> bool:
        """Whether everything that nobody can supply afterwards is as the rule says."""
        request = self.request
        if rule.entities and not (scene.entity is not None and rule.about(scene.entity)):
            return False
        if rule.requesters and self.requester.category not in rule.requesters:
            return False
        if rule.purposes and request.purpose.kind not in rule.purposes:
            return False
        if rule.duties and request.purpose.duty not in rule.duties:
            return False
        if rule.record_types and scene.record_type not in rule.record_types:
            return False
        if rule.about_requester is not None and rule.about_requester is not scene.about_requester:
            return False
        if rule.protected is not None and rule.protected is not scene.protected:
            return False
        if rule.unless_processed_by and _office(request.processed_by) in map(
            _office, rule.unless_processed_by
        ):
            return False
        if rule.claimed or rule.claimed_citation:
            citation = "".join(rule.claimed_citation.casefold().split())
            return any(
                (not rule.claimed or basis.kind in rule.claimed)
                and citation in "".join(basis.citation.casefold().split())
                for basis in request.legal_basis
            )
        return True

    def _lacking(self, rule: Rule, scene: "_Scene") -> tuple[str, ...]:
        """What the request would have to supply for the rule's conditions to be met."""
        lacking: list[str] = []
        if rule.legal_basis:
            lacking += self._lacking_basis(rule, scene)
        if rule.authorizations:
            lacking += self._lacking_authorizations(rule)
        if rule.agreement and not self._agreement():
            duty = self.request.purpose.duty
            lacking.append(f"a signed Confidentiality Agreement covering {duty or 'a stated duty'}")
        if rule.statement and not self.request.purpose.statement.strip():
            lacking.append("a statement of the purpose")
        if rule.contact:
            contact = self.request.contact
            empty = contact.lacking if contact else ("at", "officer", "officials", "purpose", "outcome")
            lacking += [f"the contact record's {name}" for name in empty]
        return tuple(lacking)

    def _lacking_basis(self, rule: Rule, scene: "_Scene") -> list[str]:
        """Nothing if one basis of the rule's kinds counts; else what is wrong with each that was recorded."""
        notes: list[str] = []
        for basis in self.request.legal_basis:
            problems = list(shortfalls(basis, self.request, self.stack))
            requirement = self.stack.bases.get(basis.kind)
            if basis.kind not in rule.legal_basis:
                if requirement is None or not requirement.sufficient:
                    notes += [f"{title(basis, self.stack)}: {problem}" for problem in problems]
                continue
            if not problems and not covers(
                basis, entity=scene.entity, document=scene.document, subjects=scene.subjects
            ):
                problems = ["its scope does not cover this"]
            if not problems:
                return []
            notes += [f"{title(basis, self.stack)}: {problem}" for problem in problems]
        kinds = [
            self.stack.bases[kind].title if kind in self.stack.bases else kind for kind in rule.legal_basis
        ]
        return [*notes, f"a valid legal basis: {', '.join(kinds)}"]

    def _lacking_authorizations(self, rule: Rule) -> list[str]:
        """Nothing if every group has an approver of its own; else the groups, with why approvals failed."""
        notes: list[str] = []
        candidates: list[list[str]] = []
        for group in rule.authorizations:
            names = []
            for approval in self.request.authorization:
                if approval.role not in group:
                    continue
                role = approval.role.replace("_", " ")
                if not approval.name.strip() or same_person(approval.name, self.request.requester.name):
                    notes.append(f"the authorization by {role} is the requester's own or unnamed")
                elif approval.on >= self.request.decided_on:
                    notes.append(f"the authorization by {role} is not dated before the decision")
                else:
                    names.append(" ".join(approval.name.casefold().split()))
            candidates.append(names)
        if any(len(set(choice)) == len(choice) for choice in product(*candidates)):
            return []
        groups = [" or ".join(role.replace("_", " ") for role in group) for group in rule.authorizations]
        unfilled = [group for group, names in zip(groups, candidates, strict=True) if not names]
        if not unfilled:
            return [*notes, "different people for each authorization: one person filled two"]
        return [*_once(notes), *(f"prior written authorization by {group}" for group in unfilled)]

    def _agreement(self) -> bool:
        duty = self.request.purpose.duty
        return any(
            duty in agreement.duties and agreement.signed_on <= self.request.decided_on
            for agreement in self.request.agreement
        )


@dataclass(frozen=True, slots=True)
class _Scene:
    """What a rule is matched against, beside the request."""

    entity: str | None = None
    document: str | None = None
    record_type: str | None = None
    subjects: frozenset[str] | None = None
    about_requester: bool = False
    protected: bool = True


@dataclass(frozen=True, slots=True)
class _Verdict:
    """The rule of one policy that decided, what would have unlocked more, and what else blocks."""

    rule: Rule
    missing: tuple[str, ...]
    beside: tuple[Rule, ...]


def _once(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))


def _office(name: str) -> str:
    """An office's name without its trimmings: ``Office of the City Clerk`` is ``city clerk``."""
    plain = " ".join(name.casefold().replace("\u2019", "'").split())
    return (
        plain.removeprefix("the ")
        .removeprefix("office of the ")
        .removesuffix("'s office")
        .removesuffix(" office")
    )
