"""The table: the rules of a stack of policies, asked for one request.

Inside a policy the first rule that matches decides; across the stack the strictest action wins; the floor
only ever makes that stricter. Where no rule matches a finding, it is redacted and the City Clerk is asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from redact.about import About
from redact.citation import is_law
from redact.conditions import Conditions, Lack, Scene, both, either, reviews_of
from redact.decision import UNCODED, Decision, combined, once, strictest
from redact.legal_basis import names_document
from redact.policy import Policy, PolicyStack
from redact.request import Request
from redact.requester import ResolvedRequester
from redact.rule import Action, Exemption, Rule
from redact.trait import TraitKind


class Table:
    """The rules of a stack as they stand for one request. Remembers what it decided."""

    def __init__(
        self,
        request: Request,
        requester: ResolvedRequester,
        stack: PolicyStack,
        persons: Mapping[str, frozenset[int]],
    ) -> None:
        """Take the names of ``case.named_persons`` with the subject numbers that are theirs."""
        self.request, self.requester, self.stack = request, requester, stack
        self._conditions = Conditions(request, stack)
        self._rules = {
            policy.id: [rule for rule in policy.rule if self._concerns(rule)]
            for policy in (*stack.policies, stack.floor)
        }
        names: dict[int, set[str]] = {}
        for name, numbers in persons.items():
            for number in numbers:
                names.setdefault(number, set()).add(name)
        self._named = {number: frozenset(each) for number, each in names.items()}
        self._own: dict[tuple[object, ...], Decision] = {}
        self._places: dict[str, tuple[bool, ...]] = {}
        self._blocked: dict[tuple[Decision, Decision], Decision] = {}

    def __repr__(self) -> str:
        return f"<Table of {', '.join(policy.id for policy in self.stack.policies)}>"

    def named(self, subject: int | None) -> frozenset[str]:
        """Return the names in the request file of the person whom a finding is about."""
        return self._named.get(subject, _NOBODY) if subject is not None else _NOBODY

    def decide_request(self) -> Decision:
        """Decide the request as a whole; where no rule matches, it goes on to its documents."""
        return self._decide("request", Scene()) or Decision(Action.release)

    def decide_document(
        self,
        document: str,
        record_type: str | None,
        findings: Iterable[tuple[str, int | None]] = (),
        traits: Iterable[TraitKind] = (),
        name: str = "",
    ) -> Decision:
        """Decide a document as a whole, from the entity and subject of each of its findings and its traits.

        ``name`` is what the records call it, by which reviews do; ``document`` if empty.

        Where no rule matches, its findings decide. Never more lenient than the request.
        """
        # Only the scope of a legal basis asks what a document holds.
        held = set(findings) if self.request.legal_basis else ()
        contents = frozenset((entity, self.named(subject)) for entity, subject in held)
        shown = frozenset(traits)
        # Only what it shows is looked at by somebody.
        reviews = reviews_of(name or document, self.request) if shown else ()
        key = (self._place(document), record_type, contents, shown, reviews)
        if key not in self._own:
            scene = Scene(
                document=document, record_type=record_type, contents=contents, traits=shown, reviews=reviews
            )
            decisions = [self._decide("request", scene), self._decide("document", scene)]
            self._own[key] = strictest([d for d in decisions if d] or [Decision(Action.release)])
        return self._own[key]

    def decide_finding(
        self,
        entity: str,
        *,
        document: str | None,
        record_type: str | None,
        subject: int | None,
        about: About,
        within: Decision,
    ) -> Decision:
        """Decide a finding in a document, or a request, about which ``within`` was decided.

        Never more lenient than ``within``.
        """
        named = self.named(subject)
        key = (entity, self._place(document), record_type, named, about)
        own = self._own.get(key)
        if own is None:
            scene = Scene(entity, document, record_type, named, about)
            own = self._decide("finding", scene) or replace(UNCODED, missing=self.requester.missing)
            self._own[key] = own
        if within.action < Action.refer:
            return own
        if (within, own) not in self._blocked:
            self._blocked[within, own] = _blocked(within, own)
        return self._blocked[within, own]

    def _place(self, document: str | None) -> tuple[bool, ...] | None:
        """What decisions need to know of a document's name: which legal bases take it in."""
        if document is None or not self.request.legal_basis:
            return None
        place = self._places.get(document)
        if place is None:
            place = tuple(names_document(basis, document) for basis in self.request.legal_basis)
            self._places[document] = place
        return place

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
        return self._decision(verdicts)

    def _decision(self, verdicts: "list[_Verdict]") -> Decision:
        action = max(verdict.rule.action for verdict in verdicts)
        binding = [verdict for verdict in verdicts if verdict.rule.action is action]
        rules = [rule for verdict in binding for rule in (verdict.rule, *verdict.beside)]
        # Who must decide once the strictest is out of the way is told at once.
        asked = rules + [v.rule for v in verdicts if Action.refer <= v.rule.action < action]
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
            _marking(cited) if action in (Action.mask, Action.redact) else "",
            once(rule.why for rule in rules),
            once(rule.refer_to for rule in asked if rule.refer_to),
            once((*missing, *self.requester.missing)) if action is not Action.release else (),
        )

    def _verdict(self, policy: Policy, applies_to: str, scene: Scene) -> "_Verdict | None":
        """Return the first rule of ``policy`` that holds, and what would have let a laxer one hold."""
        locked: list[tuple[Rule, Lack]] = []
        deciding: Rule | None = None
        missing: list[Lack] = []
        beside: list[Rule] = []
        for rule in self._rules[policy.id]:
            if rule.applies_to != applies_to or not self._matches(rule, scene):
                continue
            lack = self._conditions.lacking(rule, scene) if rule.conditional else _NOTHING
            if lack and not rule.until:
                if deciding is None:
                    locked.append((rule, lack))
                continue
            if rule.until and not lack:
                continue
            if deciding is None:
                deciding = rule
                missing.append(lack)
            elif rule.until and Action.refer <= rule.action <= deciding.action:
                # What else blocks is named at once: a clerk should not learn it one refusal at a time.
                beside.append(rule)
                missing.append(lack)
        if deciding is None:
            return None
        missing += [lack for rule, lack in locked if rule.action < deciding.action]
        return _Verdict(deciding, either(missing), tuple(beside))

    def _concerns(self, rule: Rule) -> bool:
        """Whether the rule speaks of such a request at all; nobody can change that by supplying something."""
        purpose, asks = self.request.purpose, self.requester.category
        return (
            (not rule.requesters or asks in rule.requesters)
            and (not rule.purposes or purpose.kind in rule.purposes)
            and (not rule.duties or purpose.duty in rule.duties)
            and (rule.enforcement is None or rule.enforcement is self.request.is_enforcement(asks))
            and _office(self.request.processed_by) not in map(_office, rule.unless_processed_by)
        )

    def _matches(self, rule: Rule, scene: Scene) -> bool:
        """Whether the rule speaks of what is decided."""
        return (
            (not rule.entities or (scene.entity is not None and rule.about(scene.entity)))
            and (not rule.record_types or scene.record_type in rule.record_types)
            and (not rule.traits or not scene.traits.isdisjoint(rule.traits))
            and all(getattr(scene.about, name) is wanted for name, wanted in rule.asks.items())
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


def _marking(cited: Sequence[Exemption]) -> str:
    """What is printed at a redaction: the first law that is cited, before any policy of the city."""
    return next((e.marking for e in cited if is_law(e.citation)), cited[0].marking if cited else "")


_NOBODY: frozenset[str] = frozenset()
_NOTHING = Lack()


def _blocked(within: Decision, own: Decision) -> Decision:
    """A finding of a document or request that is referred or withheld: what blocks it comes first."""
    if own.action >= within.action:
        return combined(own.action, [within, own])
    later = replace(own, reasons=tuple(f"then {own.action.name}: {reason}" for reason in own.reasons))
    return combined(within.action, [within, later])


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
