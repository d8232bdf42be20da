"""The difference between two stacks of policies: which decisions change, and for whom."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import product
from typing import TypeAlias, TypeVar, get_args

from recognizers.entities import ENTITIES
from redact.about import FACTS, NOTHING_KNOWN, About
from redact.authority import Agreement, Authorization, BasisKind, LegalBasis, Scope, Verification
from redact.case import named_persons
from redact.decision import Decision
from redact.parties import FEDERAL_IMMIGRATION_AUTHORITY, Requester
from redact.policy import PolicyStack
from redact.purpose import Duty, Purpose, PurposeKind
from redact.request import Contact, Request
from redact.requester import resolve
from redact.rule import Action, Rule
from redact.table import Table
from redact.trait import TRAITS, TraitKind

_DAY = date(2030, 1, 15)
_BEFORE = date(2030, 1, 2)
_NAME = "Robin Requester"
_WHOLE = {"request": "(the request)", "document": "(a document)"}
"""Stands for an entity where the decision is about the whole."""


@dataclass(frozen=True, slots=True)
class Change:
    """One decision that another stack would make otherwise."""

    situation: str
    """What the representative request has, in words."""
    categories: tuple[str, ...]
    entities: tuple[str, ...]
    """Entities that fare alike; ``(the request)`` or ``(a document)`` for the whole of one."""
    about: About
    record_type: str | None
    old: Decision
    new: Decision

    @property
    def laxer(self) -> bool:
        """Whether the new decision gives out more."""
        return self.new.action < self.old.action


def diff(old: PolicyStack, new: PolicyStack) -> list[Change]:
    """Return the decisions that differ between two stacks.

    Asked are both, about every category, entity and record type, about a protected person or not, about the
    requester or not, for representative requests: with no authority, with each purpose, each duty with and
    without its agreement and approvals, and each kind of legal basis. What no rule of either tells apart is
    asked once; where the request as a whole is referred or withheld, no more is asked. Decisions differ where
    action, citations or referrals do; the id of a rule alone does not count.
    """
    if old.versions == new.versions:
        return []
    asked = _Asked(old, new)
    changes = []
    for categories in asked.categories():
        for situation, request in asked.situations(categories[0]):
            before, after = asked.table(request, old), asked.table(request, new)
            one, other = (table.decide_request() if table else _UNKNOWN for table in (before, after))
            if _meaning(one) != _meaning(other):
                whole = (_WHOLE["request"],)
                changes.append(Change(situation, categories, whole, NOTHING_KNOWN, None, one, other))
            if max(one.action, other.action) >= Action.refer or before is None or after is None:
                continue
            for place, one, other in asked.compared(before, after):
                if _meaning(one) != _meaning(other):
                    changes.append(Change(situation, categories, *place, one, other))
    return changes


def in_words(changes: Sequence[Change]) -> list[str]:
    """Return the changes as lines for a clerk: alike ones together, those that give out more first."""
    groups: dict[tuple[bool, str, str, tuple[str, ...], tuple[str, ...]], list[Change]] = defaultdict(list)
    for change in changes:
        old, new = change.old, change.new
        groups[not change.laxer, old.action.name, new.action.name, old.rules, new.rules].append(change)
    lines = []
    for (_, before, after, old_rules, new_rules), group in sorted(groups.items(), key=lambda item: item[0]):
        entities = ", ".join(dict.fromkeys(entity for change in group for entity in change.entities))
        categories = ", ".join(dict.fromkeys(name for change in group for name in change.categories))
        situations = list(dict.fromkeys(change.situation for change in group))
        more = f" and {len(situations) - 1} more" if len(situations) > 1 else ""
        what = f"{before} -> {after}" if before != after else f"{before}, otherwise cited or referred"
        lines.append(
            f"{what}: {entities} for {categories} ({situations[0]}{more}); "
            f"{', '.join(old_rules) or 'no rule'} -> {', '.join(new_rules) or 'no rule'}"
        )
    return lines


def copies(old: PolicyStack, new: PolicyStack) -> list[str]:
    """Return, as lines for a clerk, for whom the terms of controlled copies differ between two stacks."""
    lines = []
    for category in dict.fromkeys((*old.categories, *new.categories)):
        before, after = (_copy_of(category, stack) for stack in (old, new))
        if before != after:
            lines.append(f"controlled copy for {category}: {before} -> {after}")
    return lines


def _copy_of(category: str, stack: PolicyStack) -> str:
    terms = [policy.copy for policy in stack.policies if policy.copy and category in policy.copy.requesters]
    days = [term.days for term in terms if term.days]
    return f"{min(days)} days" if days else "as the request says" if terms else "none"


_UNKNOWN = Decision(Action.withhold, reasons=("the category is not declared",))
_Place: TypeAlias = tuple[tuple[str, ...], About, str | None]
_T = TypeVar("_T")


def _meaning(decision: Decision) -> tuple[Action, frozenset[str], frozenset[str]]:
    return decision.action, frozenset(decision.citations), frozenset(decision.referrals)


def _alike(values: Iterable[_T], key: Callable[[_T], Hashable]) -> list[tuple[_T, ...]]:
    groups: dict[Hashable, list[_T]] = defaultdict(list)
    for value in values:
        groups[key(value)].append(value)
    return [tuple(group) for group in groups.values()]


class _Asked:
    """What two stacks are asked: values that no rule of either tells apart are asked about together."""

    def __init__(self, old: PolicyStack, new: PolicyStack) -> None:
        self._stacks = (old, new)
        # A rule is a value: one that both stacks have is one rule.
        self._rules = tuple(
            dict.fromkeys(r for s in self._stacks for p in (s.floor, *s.policies) for r in p.rule)
        )
        self._entities = _alike(ENTITIES, lambda entity: self._naming(lambda rule: rule.about(entity)))

    def categories(self) -> list[tuple[str, ...]]:
        """Return the requester categories, those together that fare alike."""

        def key(category: str) -> Hashable:
            declared = (stack.categories.get(category) for stack in self._stacks)
            flags = tuple((c.lapses_to, c.needs_identity, c.stands) if c else None for c in declared)
            named = self._naming(lambda rule: category in rule.requesters)
            return named, flags, category == FEDERAL_IMMIGRATION_AUTHORITY

        return _alike(dict.fromkeys(c for stack in self._stacks for c in stack.categories), key)

    def table(self, request: Request, stack: PolicyStack) -> Table | None:
        """Return the table of a stack for a request; None if it does not know the requester's category."""
        if request.requester.category not in stack.categories:
            return None
        persons = {name: frozenset({0}) for name in named_persons(request)}
        return Table(request, resolve(request, stack), stack, persons)

    def compared(self, old: Table, new: Table) -> Iterator[tuple[_Place, Decision, Decision]]:
        """Yield what each table decides about documents and findings."""
        whole = [rule for rule in self._rules if rule.applies_to != "finding"]
        shown: list[tuple[TraitKind, ...]] = [(), *((trait,) for trait in TRAITS)]
        for kind, traits in product(self._record_types(whole), shown):
            place = (_WHOLE["document"],), NOTHING_KNOWN, kind
            one, other = (table.decide_document("document", kind, (), traits) for table in (old, new))
            yield place, one, other
        within = old.decide_request(), new.decide_request()
        for entities in self._entities:
            rules = [rule for rule in self._rules if rule.about(entities[0])]
            for kind, about in product(self._record_types(rules), _abouts(rules)):
                one, other = (
                    table.decide_finding(
                        entities[0],
                        document="document",
                        record_type=kind,
                        subject=0,
                        about=about,
                        within=whole,
                    )
                    for table, whole in zip((old, new), within, strict=True)
                )
                yield (entities, about, kind), one, other

    def situations(self, category: str) -> Iterator[tuple[str, Request]]:
        """Yield representative requests of a category, each with what it has in words."""
        roles = {role for rule in self._rules for group in rule.authorizations for role in group}
        approvals = tuple(Authorization(role, f"Approver {role}", _BEFORE) for role in sorted(roles))
        bare = Request(
            id="diff",
            received=_BEFORE,
            decided_on=_DAY,
            requester=Requester(name=_NAME, category=category, identity_verified=True),
            processed_by="City Clerk",
            contact=Contact(datetime(2030, 1, 2, 9), "Officer", ("Official",), "purpose", "outcome"),
        )
        official = replace(bare, purpose=Purpose("official_business", "as stated"), authorization=approvals)
        yield "no authority", bare
        yield "no office processes it", replace(bare, processed_by="")
        yield "the contact is not recorded", replace(bare, contact=None)
        yield "official business, approved", official
        for kinds in self._purposes():
            purpose = Purpose(kinds[0], "as stated", collected_for=kinds[0])
            yield f"purpose {_or(kinds)}", replace(bare, purpose=purpose)
        for duties in self._duties():
            purpose = Purpose("official_business", "as stated", duties[0], collected_for=duties[0])
            yield f"duty {_or(duties)}, approved", replace(official, purpose=purpose)
            agreement = (Agreement((duties[0],), _BEFORE, "", "Sue Pervisor", "Hank Rhodes", _BEFORE),)
            agreed = replace(official, purpose=purpose, agreement=agreement)
            yield f"duty {_or(duties)}, approved and agreed", agreed
        aims: tuple[PurposeKind, ...] = ("public_records", "official_business", "immigration_enforcement")
        for bases in self._bases():
            basis = self._valid(bases[0])
            for aim in aims:
                purpose = Purpose(aim, "as stated")
                yield f"{_or(bases)}, {aim}", replace(bare, purpose=purpose, legal_basis=(basis,))
        claim = LegalBasis("federal_statute", citation="8 U.S.C. 1373")
        yield "a claim under 8 U.S.C. 1373", replace(bare, legal_basis=(claim,))

    def _naming(self, names: Callable[[Rule], bool]) -> tuple[int, ...]:
        return tuple(number for number, rule in enumerate(self._rules) if names(rule))

    def _record_types(self, rules: Iterable[Rule]) -> list[str | None]:
        """No record type in particular, and each that any of the rules names."""
        return [None, *sorted({kind for rule in rules for kind in rule.record_types})]

    def _purposes(self) -> list[tuple[PurposeKind, ...]]:
        def key(kind: PurposeKind) -> Hashable:
            return self._naming(lambda rule: kind in rule.purposes), kind == "immigration_enforcement"

        return _alike(get_args(PurposeKind), key)

    def _duties(self) -> list[tuple[Duty, ...]]:
        return _alike(get_args(Duty), lambda duty: self._naming(lambda rule: duty in rule.duties))

    def _bases(self) -> list[tuple[BasisKind, ...]]:
        def key(kind: BasisKind) -> Hashable:
            declared = tuple(stack.bases.get(kind) for stack in self._stacks)
            named = self._naming(lambda rule: kind in rule.legal_basis or kind in rule.claimed)
            return named, tuple(
                (one.sufficient, one.requires, one.not_from, one.personal, one.verifiers) if one else None
                for one in declared
            )

        return _alike(get_args(BasisKind), key)

    def _valid(self, kind: BasisKind) -> LegalBasis:
        """Return a legal basis that records everything and is verified by somebody entitled to."""
        declared = [stack.bases[kind] for stack in self._stacks if kind in stack.bases]
        verifiers = declared[0].verifiers if declared else ()
        return LegalBasis(
            kind=kind,
            citation="as cited",
            issuer=_NAME if any(one.personal for one in declared) else "Hon. Ines Judge",
            court="Superior Court",
            judge="Ines Judge",
            docket="24-1",
            issued_on=_BEFORE,
            scope=Scope(documents=("*",)),
            verified=Verification("Vera Verifier", verifiers[0], _BEFORE) if verifiers else None,
        )


def _abouts(rules: Sequence[Rule]) -> Iterator[About]:
    """Yield what can be known of a finding, once where none of ``rules`` tells it apart."""
    open_to = {name: {getattr(NOTHING_KNOWN, name)} for name in FACTS}
    for rule in rules:
        for name in rule.asks:
            open_to[name] = {False, True}
    every = (About(*values) for values in product(*(sorted(open_to[name]) for name in FACTS)))
    asked = [rule.asks.items() for rule in rules if rule.asks]
    alike = _alike(every, lambda about: tuple(all(getattr(about, n) is w for n, w in one) for one in asked))
    return (group[0] for group in alike)


def _or(names: Sequence[str]) -> str:
    return " or ".join(names)
