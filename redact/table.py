"""The table: the rules of a stack of policies, asked for one request.

Inside a policy the first rule that matches decides; across the stack the strictest action wins; the floor
only ever makes that stricter. Where no rule matches a finding, it is redacted and the City Clerk is asked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from redact.conditions import Lack, Scene, both, either, lacking
from redact.decision import UNCODED, Decision, combined, once, strictest
from redact.policy import Policy, PolicyStack
from redact.request import Request
from redact.requester import ResolvedRequester
from redact.rule import Action, Rule


@dataclass(frozen=True)
class Table:
    """The rules of a stack as they stand for one request."""

    request: Request
    requester: ResolvedRequester
    stack: PolicyStack
    persons: Mapping[str, frozenset[int]] = field(repr=False)
    _memory: dict[tuple[object, ...], Decision] = field(default_factory=dict, repr=False)

    def named(self, subject: int | None) -> frozenset[str]:
        """Return the names in the request file of the person whom a finding is about."""
        return frozenset(name for name, numbers in self.persons.items() if subject in numbers)

    def decide_request(self) -> Decision:
        """Decide the request as a whole; where no rule matches, it goes on to its documents."""
        return self._decide("request", Scene()) or Decision(Action.release)

    def decide_document(
        self, document: str, record_type: str | None, findings: Iterable[tuple[str, int | None]] = ()
    ) -> Decision:
        """Decide a document as a whole, from the entity and subject of each of its findings.

        Where no rule matches, its findings decide. Never more lenient than the request.
        """
        # Only the scope of a legal basis asks what a document holds.
        held = set(findings) if self.request.legal_basis else ()
        contents = frozenset((entity, self.named(subject)) for entity, subject in held)
        key = (document if self._scoped_by_document else None, record_type, contents)
        if key not in self._memory:
            scene = Scene(document=document, record_type=record_type, contents=contents)
            decisions = [self._decide("request", scene), self._decide("document", scene)]
            self._memory[key] = strictest([d for d in decisions if d] or [Decision(Action.release)])
        return self._memory[key]

    def decide_finding(
        self,
        entity: str,
        *,
        document: str | None,
        record_type: str | None,
        subject: int | None,
        about_requester: bool,
        protected: bool,
        within: Decision,
    ) -> Decision:
        """Decide a finding in a document, or a request, about which ``within`` was decided.

        Never more lenient than ``within``.
        """
        named = self.named(subject)
        blocked = within if within.action >= Action.refer else None
        # A document's name matters only where a scope has patterns: else decisions repeat by the thousand.
        place = document if self._scoped_by_document else None
        key = (entity, place, record_type, named, about_requester, protected, blocked)
        if key not in self._memory:
            scene = Scene(entity, document, record_type, named, about_requester, protected)
            own = self._decide("finding", scene) or replace(UNCODED, missing=self.requester.missing)
            if blocked and own.action < blocked.action:
                later = replace(own, reasons=tuple(f"then {own.action.name}: {r}" for r in own.reasons))
                own = combined(blocked.action, [blocked, later])
            elif blocked:
                own = combined(own.action, [blocked, own])
            self._memory[key] = own
        return self._memory[key]

    @property
    def _scoped_by_document(self) -> bool:
        return any(basis.scope.documents for basis in self.request.legal_basis)

    def _decide(self, applies_to: str, scene: Scene) -> Decision | None:
        """Ask every policy, then the floor; None where no policy has a rule that matches."""
        verdicts = [v for policy in self.stack.policies if (v := self._verdict(policy, applies_to, scene))]
        floor = self._verdict(self.stack.floor, applies_to, scene)
        if floor and not verdicts and floor.rule.action < UNCODED.action:
            return None
        if floor:
            verdicts.append(floor)
        if not verdicts:
            return None
        action = max(verdict.rule.action for verdict in verdicts)
        binding = [verdict for verdict in verdicts if verdict.rule.action is action]
        return self._decision(action, binding)

    def _decision(self, action: Action, binding: "list[_Verdict]") -> Decision:
        rules = [rule for verdict in binding for rule in (verdict.rule, *verdict.beside)]
        exemptions = once(rule.exemption for rule in rules if rule.exemption)
        cited = [self.stack.exemptions[exemption] for exemption in exemptions]
        # Each binding policy must be unlocked for more to be released: if one cannot be, nothing is missing.
        unlockable = all(verdict.missing for verdict in binding)
        missing = both(verdict.missing for verdict in binding) if unlockable else ()
        return Decision(
            action,
            once(rule.id for rule in rules),
            once(rule.clause for rule in rules),
            once(exemption.citation for exemption in cited),
            exemptions,
            cited[0].marking if cited and action in (Action.mask, Action.redact) else "",
            once(rule.why for rule in rules),
            once(rule.refer_to for rule in rules if rule.refer_to),
            once((*missing, *self.requester.missing)) if action is not Action.release else (),
        )

    def _verdict(self, policy: Policy, applies_to: str, scene: Scene) -> "_Verdict | None":
        """Return the first rule of ``policy`` that holds, and what would have let a laxer one hold."""
        locked: list[tuple[Rule, Lack]] = []
        deciding: Rule | None = None
        missing: list[Lack] = []
        beside: list[Rule] = []
        for rule in policy.rule:
            if rule.applies_to != applies_to or not self._matches(rule, scene):
                continue
            lack = lacking(rule, scene, self.request, self.stack) if rule.conditional else Lack()
            if lack and not rule.until:
                if deciding is None:
                    locked.append((rule, lack))
                continue
            if rule.until and not lack:
                continue
            if deciding is None:
                deciding = rule
                missing.append(lack)
            elif rule.until and rule.action is deciding.action:
                # What else blocks is named at once: a clerk should not learn it one refusal at a time.
                beside.append(rule)
                missing.append(lack)
        if deciding is None:
            return None
        missing += [lack for rule, lack in locked if rule.action < deciding.action]
        return _Verdict(deciding, either(missing), tuple(beside))

    def _matches(self, rule: Rule, scene: Scene) -> bool:
        """Whether everything that nobody can supply afterwards is as the rule says."""
        purpose = self.request.purpose
        asks = self.requester.category
        enforcement = asks == "federal_immigration_authority" or purpose.kind == "immigration_enforcement"
        return (
            (not rule.entities or (scene.entity is not None and rule.about(scene.entity)))
            and (not rule.requesters or asks in rule.requesters)
            and (not rule.purposes or purpose.kind in rule.purposes)
            and (not rule.duties or purpose.duty in rule.duties)
            and (not rule.record_types or scene.record_type in rule.record_types)
            and (rule.enforcement is None or rule.enforcement is enforcement)
            and (rule.about_requester is None or rule.about_requester is scene.about_requester)
            and (rule.protected is None or rule.protected is scene.protected)
            and _office(self.request.processed_by) not in map(_office, rule.unless_processed_by)
            and self._claimed(rule, scene)
        )

    def _claimed(self, rule: Rule, scene: Scene) -> bool:
        """Whether a basis is claimed, valid or not, as the rule says; one about other entities is not."""
        if not rule.claimed and not rule.claimed_citation:
            return True
        citation = _squeezed(rule.claimed_citation)
        return any(
            (not rule.claimed or basis.kind in rule.claimed)
            and citation in _squeezed(basis.citation)
            and (scene.entity is None or not basis.scope.entities or scene.entity in basis.scope.entities)
            for basis in self.request.legal_basis
        )


@dataclass(frozen=True, slots=True)
class _Verdict:
    """The rule of one policy that decided, what would have unlocked more, and what else blocks."""

    rule: Rule
    missing: Lack
    beside: tuple[Rule, ...]


def _squeezed(text: str) -> str:
    return "".join(text.casefold().split())


def _office(name: str) -> str:
    """An office's name without its trimmings: ``Office of the City Clerk`` is ``city clerk``."""
    plain = " ".join(name.casefold().replace("\u2019", "'").split())
    return (
        plain.removeprefix("the ")
        .removeprefix("office of the ")
        .removesuffix("'s office")
        .removesuffix(" office")
    )
