"""Regions: the situations in which a rule decides, as sets of boxes that can be subtracted from one another.

A box limits some dimensions of a situation (entity, requester, purpose, whether a kind of legal basis is
valid ...) to sets of values and leaves the others open. So whether a rule can ever decide is computed, not
sampled. Conditions are taken to be independent of one another: a rule that is called unreachable is so; one
that only the dependence between two conditions makes unreachable is not noticed.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from itertools import product
from typing import TypeAlias

from recognizers.entities import ENTITIES
from redact.parties import FEDERAL_IMMIGRATION_AUTHORITY
from redact.policy import DUTIES, PURPOSES, PolicyStack
from redact.rule import Rule

Value: TypeAlias = str | bool | None
Box: TypeAlias = Mapping[str, frozenset[Value]]
"""For each dimension that is limited, the values that are left."""
Region: TypeAlias = tuple[Box, ...]
"""The situations that lie in any of its boxes."""

_EITHER: frozenset[Value] = frozenset({True, False})
_OTHER = "any other"


class Space:
    """The dimensions of the situations that the rules of a stack tell apart, with all their values."""

    def __init__(self, stack: PolicyStack) -> None:
        rules = [rule for policy in (stack.floor, *stack.policies) for rule in policy.rule]
        self._insufficient = {kind for kind, basis in stack.bases.items() if not basis.sufficient}
        self._all: dict[str, frozenset[Value]] = {
            "entity": frozenset(ENTITIES),
            "requester": frozenset(stack.categories),
            "purpose": frozenset(PURPOSES),
            "duty": frozenset((*DUTIES, None)),
            "record_type": frozenset((*stack.record_types, None)),
            "office": frozenset((*(o for rule in rules for o in rule.unless_processed_by), _OTHER)),
        }

    def values(self, dimension: str) -> frozenset[Value]:
        """Return every value of a dimension; what a request can supply is there or not."""
        if dimension.startswith("basis:") and dimension.removeprefix("basis:") in self._insufficient:
            return frozenset({False})
        return self._all.get(dimension, _EITHER)

    def region(self, rule: Rule) -> Region:
        """Return the situations in which ``rule`` matches and its conditions make it hold."""
        matched = _joined(_matches(rule, self), _enforcement(rule, self))
        if not rule.conditional:
            return self._possible(matched)
        conditions = tuple(_conditions(rule))
        if rule.until:
            lacking = tuple({fact: frozenset[Value]({False}) for fact in facts} for facts in conditions)
            return self._possible(_joined(matched, lacking))
        met = (tuple({fact: frozenset[Value]({True})} for fact in facts) for facts in conditions)
        return self._possible(reduce(_joined, met, matched))

    def subtract(self, region: Region, other: Iterable[Box]) -> Region:
        """Return the situations of ``region`` that lie in no box of ``other``."""
        for hole in other:
            region = tuple(part for box in region for part in self._cut(box, hole))
        return region

    def _cut(self, box: Box, hole: Box) -> Iterator[Box]:
        if not meet(box, hole):
            yield box
            return
        rest = dict(box)
        for dimension, values in hole.items():
            own = rest.get(dimension, self.values(dimension))
            if outside := own - values:
                yield {**rest, dimension: outside}
            rest[dimension] = own & values

    def _possible(self, region: Region) -> Region:
        return tuple(box for box in region if all(box[d] & self.values(d) for d in box))


def meet(box: Box, other: Box) -> bool:
    """Whether a situation can lie in both boxes."""
    return all(box[dimension] & other[dimension] for dimension in box.keys() & other.keys())


def _joined(region: Region, other: Region) -> Region:
    """Return the situations that lie in both regions."""
    return tuple(
        {**box, **hole, **{d: box[d] & hole[d] for d in box.keys() & hole.keys()}}
        for box, hole in product(region, other)
        if meet(box, hole)
    )


def _matches(rule: Rule, space: Space) -> Region:
    """What must be so and nobody can supply afterwards."""
    box: dict[str, frozenset[Value]] = {}
    if rule.applies_to == "finding":
        box["entity"] = frozenset(entity for entity in ENTITIES if rule.about(entity))
    for dimension, named in (
        ("requester", rule.requesters),
        ("purpose", rule.purposes),
        ("duty", rule.duties),
        ("record_type", rule.record_types),
    ):
        if named:
            box[dimension] = frozenset(named)
    box |= {name: frozenset({wanted}) for name, wanted in rule.asks.items()}
    if rule.traits:
        box[f"traits:{','.join(sorted(rule.traits))}"] = frozenset({True})
    if rule.unless_processed_by:
        box["office"] = space.values("office") - set(rule.unless_processed_by)
    if rule.claimed or rule.claimed_citation:
        box[f"claimed:{','.join(sorted(rule.claimed))}:{rule.claimed_citation}"] = frozenset({True})
    return (box,)


def _enforcement(rule: Rule, space: Space) -> Region:
    """Immigration enforcement is at stake where that authority asks, or its purpose is stated."""
    authority, purpose = frozenset({FEDERAL_IMMIGRATION_AUTHORITY}), frozenset({"immigration_enforcement"})
    if rule.enforcement is None:
        return ({},)
    if rule.enforcement:
        return ({"requester": authority}, {"purpose": purpose})
    return (
        {"requester": space.values("requester") - authority, "purpose": space.values("purpose") - purpose},
    )


def _conditions(rule: Rule) -> Iterator[tuple[str, ...]]:
    """Yield for each condition the facts of which any one meets it."""
    if rule.legal_basis:
        yield tuple(f"basis:{kind}" for kind in rule.legal_basis)
    if rule.authorizations:
        yield ("authorizations:" + "&".join("|".join(sorted(group)) for group in rule.authorizations),)
    if rule.reviewed_by:
        yield (f"reviewed_by:{'|'.join(sorted(rule.reviewed_by))}",)
    for name in ("agreement", "statement", "purpose_bound", "contact"):
        if getattr(rule, name):
            yield (name,)
