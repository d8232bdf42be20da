"""Checking a stack of policies: what an attorney would want to know before adopting it.

The loader refuses what is malformed; this finds what is well formed and still not meant.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from recognizers.entities import ENTITIES
from redact.about import About
from redact.authoring.region import Region, Space, meet
from redact.citation import is_law
from redact.determination import explain
from redact.parties import Requester
from redact.policy import Policy, PolicyStack
from redact.request import Request
from redact.rule import Action, Rule

_ROLES = frozenset({"council_action", "supervisor", "department_director", "city_manager"})
"""Roles that approve, beside those that verify a legal basis (Cerritos 1.03.030 ¶2)."""
_ID = re.compile(r"[A-Za-z0-9][\w.:+/()#-]{0,127}")
"""An id that the audit log takes."""
_OFFICE = re.compile(r"[^\W\d_][\w &/'\u2019.-]{0,79}")
"""The name of an office that the audit log takes."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a policy that its author should look at."""

    severity: Literal["error", "warning"]
    """``error``: the policy does not do what it says; ``warning``: it may, but somebody should confirm it."""
    code: str
    """``unreachable``, ``shadowed``, ``no-rule``, ``no-statute``, ``unknown-role``, ``id``, ``citation``,
    ``unused``, ``status``."""
    policy: str
    message: str
    rule: str = ""


def check(stack: PolicyStack) -> list[Problem]:
    """Return the problems of a stack: errors first, then by policy in the order of the stack."""
    problems = [
        *(p for policy in (stack.floor, *stack.policies) for p in _unreachable(policy, Space(stack))),
        *(p for policy in (stack.floor, *stack.policies) for p in _names(policy, stack)),
        *_without_statute(stack),
        *_without_rule(stack),
        *(p for policy in (stack.floor, *stack.policies) for p in _citations(policy, stack)),
        *(p for policy in stack.policies for p in _status(policy)),
    ]
    return sorted(problems, key=lambda problem: problem.severity != "error")


def _unreachable(policy: Policy, space: Space) -> Iterator[Problem]:
    """Rules that never decide: by themselves, or because rules above them always decide first."""
    above: dict[str, list[tuple[Rule, Region]]] = defaultdict(list)
    for rule in policy.rule:
        region = space.region(rule)
        earlier = [one for one in above[rule.applies_to] if any(meet(a, b) for a in one[1] for b in region)]
        above[rule.applies_to].append((rule, region))
        if not region:
            message = "can never hold: what it asks for is never sufficient; take it out or correct it"
            yield Problem("error", "unreachable", policy.id, message, rule.id)
        elif not space.subtract(region, (box for _, boxes in earlier for box in boxes)):
            if rule.until and all(one.action >= rule.action >= Action.refer for one, _ in earlier):
                continue  # it still says what else is missing, beside the rule that decides
            names = ", ".join(one.id for one, _ in earlier)
            message = f"never decides: {names} above it always does; move it up or take it out"
            yield Problem("error", "shadowed", policy.id, message, rule.id)


def _names(policy: Policy, stack: PolicyStack) -> Iterator[Problem]:
    """Names that nothing else declares."""
    known = _ROLES | {role for basis in stack.bases.values() for role in basis.verifiers}
    ids = [policy.id, *(each.id for each in policy.category), *(each.id for each in policy.record_type)]
    ids += [*(each.id for each in policy.exemption), *(each.id for each in policy.rule)]
    for id in ids:
        if not _ID.fullmatch(id):
            message = "the audit log takes ids of letters, digits, dots and dashes only; rename it"
            yield Problem("error", "id", policy.id, message, id)
    for rule in policy.rule:
        if rule.refer_to and not _OFFICE.fullmatch(rule.refer_to):
            message = "the audit log takes names of offices of letters, digits, dots and dashes; rename it"
            yield Problem("error", "id", policy.id, message, rule.id)
        for role in dict.fromkeys(
            role for group in (*rule.authorizations, rule.reviewed_by) for role in group
        ):
            if role not in known:
                message = f"unknown role {role!r}: nobody can approve as that; use {', '.join(sorted(known))}"
                yield Problem("error", "unknown-role", policy.id, message, rule.id)


def _without_statute(stack: PolicyStack) -> Iterator[Problem]:
    """What is withheld from the public on a policy's word alone: a local label is no exemption."""
    if "general_public" not in stack.categories:
        return
    day = date(2000, 1, 1)
    public = Request("check", day, Requester(category="general_public"), day, processed_by="City Clerk")
    found: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
    for protected in (True, False):
        _, whole, decisions = explain(public, stack, about=About(protected=protected))
        if whole.action >= Action.refer:
            return
        for entity, decision in decisions.items():
            if (
                decision.rules
                and decision.action > Action.release
                and not any(map(is_law, decision.citations))
            ):
                found[decision.rules][entity] = None
    owner = {rule.id: policy.id for policy in (stack.floor, *stack.policies) for rule in policy.rule}
    for rules, entities in found.items():
        message = (
            f"{_listed(entities)}: withheld from the General Public without a statute; a city's policy is no "
            "exemption: add the policy of the state to the stack, or cite the law"
        )
        yield Problem("error", "no-statute", owner[rules[0]], message, ", ".join(rules))


def _without_rule(stack: PolicyStack) -> Iterator[Problem]:
    """Entities about which no policy speaks in some situation: they are redacted without a ground."""
    space = Space(stack)
    floor = [rule for rule in stack.floor.rule if rule.action >= Action.redact]
    rules = [rule for policy in stack.policies for rule in policy.rule] + floor
    regions = [space.region(rule) for rule in rules if rule.applies_to == "finding"]
    silent: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for entity in ENTITIES:
        boxes = [box for region in regions for box in region if entity in box["entity"]]
        categories = tuple(
            category
            for category in stack.categories
            if space.subtract(({"entity": frozenset({entity}), "requester": frozenset({category})},), boxes)
        )
        if categories:
            silent[categories].append(entity)
    for categories, entities in silent.items():
        message = (
            f"{_listed(entities)}: no rule for {_listed(categories)} in every situation; what no rule speaks "
            "of is redacted and referred to the City Clerk"
        )
        yield Problem("warning", "no-rule", stack.policies[-1].id, message)


def _citations(policy: Policy, stack: PolicyStack) -> Iterator[Problem]:
    """Exemptions whose citation nobody has looked up, and those that nothing uses."""
    used = {rule.exemption for one in (stack.floor, *stack.policies) for rule in one.rule}
    for exemption in policy.exemption:
        if exemption.checked != "verified":
            source = f"{exemption.id}: {exemption.citation} is from {exemption.checked}"
            message = f"{source}; look it up and mark it verified"
            yield Problem("warning", "citation", policy.id, message)
        if exemption.id not in used:
            message = f"{exemption.id}: no rule of the stack cites it; a request may, in [[terms]]"
            yield Problem("warning", "unused", policy.id, message)


def _status(policy: Policy) -> Iterator[Problem]:
    if policy.status == "adopted" and policy.effective is None:
        yield Problem(
            "warning", "status", policy.id, "adopted, but no effective date is stated; add `effective`"
        )
    if policy.status == "proposed":
        message = "only proposed: leave it out of the stack unless the department has adopted it"
        yield Problem("warning", "status", policy.id, message)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
