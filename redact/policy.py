"""Policies: the rules that an attorney reads from top to bottom, loaded from TOML and checked.

A policy is one file. Inside it the rules are ordered and the first that matches decides, as in a firewall
table; ``determination`` says what happens across a stack of them.
"""

import hashlib
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import IntEnum
from functools import cache
from importlib import resources
from pathlib import Path
from typing import ClassVar, Literal, TypeVar, get_args

from pydantic import ConfigDict, TypeAdapter, ValidationError

from recognizers.entities import ENTITIES
from redact.errors import PolicyError
from redact.request import BasisKind, Duty, PurposeKind

_STRICT = ConfigDict(extra="forbid")


class Action(IntEnum):
    """What happens to a finding, a document or a request; greater is stricter."""

    release = 0
    mask = 1
    redact = 2
    refer = 3
    withhold = 4


@dataclass(frozen=True, slots=True)
class Category:
    """A requester category and the affiliations that lead to it."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    id: str
    title: str
    affiliations: tuple[str, ...] = ()
    lapses_to: str = ""
    """The category once the affiliation has ended or where the requester asks in a personal capacity."""
    needs_identity: bool = False
    """Whether it holds only once the requester's identity is verified; otherwise ``lapses_to``."""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class BasisRequirement:
    """What a kind of legal basis must record before it counts."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    kind: BasisKind
    title: str
    sufficient: bool = True
    """False for papers that are recorded but never unlock anything, such as an I-200."""
    requires: tuple[str, ...] = ()
    """Fields that must be filled in."""
    verifiers: tuple[str, ...] = ()
    """Roles that are entitled to verify it."""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Exemption:
    """A citable ground for withholding."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    id: str
    citation: str
    subject: str
    """What the citation is about, so that a wrong section number is noticed."""
    marking: str
    """Printed at the redaction."""
    checked: Literal["verified", "memory", "judgement"]
    """How the citation was checked: in a source, from memory, or a judgement of ours."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table: if everything it names matches, its action applies."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    id: str
    clause: str
    why: str
    """The reason in words for a clerk."""
    action: Action
    applies_to: Literal["finding", "document", "request"] = "finding"
    entities: tuple[str, ...] = ()
    """Entities that it is about; ``*`` for all. Required for findings."""
    requesters: tuple[str, ...] = ()
    purposes: tuple[PurposeKind, ...] = ()
    duties: tuple[Duty, ...] = ()
    record_types: tuple[str, ...] = ()
    about_requester: bool | None = None
    protected: bool | None = None
    """Whether the finding is about a person whom law or policy protects (a victim, witness, patient ...)."""
    unless_processed_by: tuple[str, ...] = ()
    """Matches only while none of these offices processes the request."""
    claimed: tuple[BasisKind, ...] = ()
    """Kinds of legal basis of which one is at least claimed, valid or not."""
    claimed_citation: str = ""
    """A citation that a claimed basis must contain, such as ``1373``."""
    legal_basis: tuple[BasisKind, ...] = ()
    """Any one of these kinds, valid on the decision date, unlocks the rule."""
    authorizations: tuple[tuple[str, ...], ...] = ()
    """Groups of roles; one approval from each, by different people, none of them the requester."""
    agreement: bool = False
    """Whether a signed Confidentiality Agreement must cover the requester's duty."""
    statement: bool = False
    """Whether the purpose must be stated in words."""
    contact: bool = False
    """Whether the contact with a federal immigration authority must be recorded in full."""
    until: bool = False
    """Turns the rule around: it holds only *until* the basis, authorizations, agreement, statement or
    contact record that it names are supplied."""
    exemption: str = ""
    refer_to: str = ""
    """The office that decides, for ``refer`` and ``withhold``."""

    @property
    def conditional(self) -> bool:
        """Whether the rule depends on something that the request can supply."""
        return bool(
            self.legal_basis or self.authorizations or self.agreement or self.statement or self.contact
        )

    def about(self, entity: str) -> bool:
        """Whether the rule speaks of ``entity``."""
        return "*" in self.entities or entity in self.entities


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy text as ordered rules."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    id: str
    title: str
    source: str
    status: Literal["adopted", "proposed", "advisory", "statute"]
    effective: date | None = None
    version: str = ""
    """First twelve hexadecimal digits of the hash of the file."""
    category: tuple[Category, ...] = ()
    basis: tuple[BasisRequirement, ...] = ()
    exemption: tuple[Exemption, ...] = ()
    rule: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class PolicyStack:
    """The policies of a request, in order, with the vocabulary that they share."""

    policies: tuple[Policy, ...]
    categories: dict[str, Category] = field(repr=False)
    bases: dict[str, BasisRequirement] = field(repr=False)
    exemptions: dict[str, Exemption] = field(repr=False)

    @classmethod
    def load(cls, names: Sequence[str | Path]) -> "PolicyStack":
        """Load policies by the names of those that come with the program, or by path.

        Raises ``PolicyError`` where one is missing, malformed, or the stack contradicts itself.
        """
        if not names:
            raise PolicyError("name at least one policy, such as california; nothing is decided without one")
        if len(set(map(str, names))) != len(names):
            raise PolicyError("a policy is named twice in the stack; name each once")
        policies = tuple(_load(str(name)) for name in names)
        vocabulary = _load("vocabulary")
        everything = (vocabulary, *policies)
        stack = cls(
            policies,
            _unique("category", [c for p in everything for c in p.category], lambda c: c.id),
            _unique("basis", [b for p in everything for b in p.basis], lambda b: b.kind),
            _unique("exemption", [e for p in everything for e in p.exemption], lambda e: e.id),
        )
        stack._check()
        return stack

    @property
    def versions(self) -> dict[str, str]:
        """The version of each policy by its id, the shared vocabulary included."""
        return {p.id: p.version for p in (_load("vocabulary"), *self.policies)}

    def _check(self) -> None:
        seen: set[str] = set()
        for policy in self.policies:
            for rule in policy.rule:
                where = f"{policy.id}: rule {rule.id}"
                if rule.id in seen:
                    raise PolicyError(f"{where}: the id is used twice; give each rule its own")
                seen.add(rule.id)
                for category in rule.requesters:
                    if category not in self.categories:
                        raise PolicyError(
                            f"{where}: unknown requester category {category!r}; declare it as [[category]]"
                        )
                if rule.exemption and rule.exemption not in self.exemptions:
                    raise PolicyError(
                        f"{where}: unknown exemption {rule.exemption!r}; declare it as [[exemption]]"
                    )
                for problem in _problems(rule):
                    raise PolicyError(f"{where}: {problem}")
        for declared in self.categories.values():
            if declared.lapses_to and declared.lapses_to not in self.categories:
                raise PolicyError(f"category {declared.id}: lapses_to names an unknown category")


def _problems(rule: Rule) -> list[str]:
    """What is wrong with a rule by itself."""
    problems = []
    for entity in rule.entities:
        if entity != "*" and entity not in ENTITIES:
            problems.append(f"unknown entity {entity!r}; see the vocabulary in the README")
    if rule.applies_to == "finding" and not rule.entities:
        problems.append("name the entities that it is about, or * for all")
    if rule.applies_to != "finding" and rule.entities:
        problems.append("entities belong to rules about findings only")
    if rule.applies_to != "finding" and rule.action in (Action.mask, Action.redact):
        problems.append(
            "a request or document is released, referred or withheld; mask and redact are for findings"
        )
    if rule.action in (Action.mask, Action.redact) and not rule.exemption:
        problems.append("a redaction needs an exemption to cite")
    if rule.action is Action.refer and not rule.refer_to:
        problems.append("a referral needs the office that decides (refer_to)")
    if rule.until and not rule.conditional:
        problems.append("until what? name the basis, authorizations, agreement, statement or contact")
    if rule.applies_to == "request" and (
        rule.record_types or rule.about_requester is not None or rule.protected is not None
    ):
        problems.append("record types and subjects are known for documents and findings only")
    return problems


_T = TypeVar("_T")


def _unique(what: str, items: Sequence[_T], key: Callable[[_T], str]) -> dict[str, _T]:
    table: dict[str, _T] = {}
    for item in items:
        if table.setdefault(key(item), item) != item:
            raise PolicyError(f"{what} {key(item)!r} is declared twice and differently; keep one")
    return table


def bundled() -> tuple[str, ...]:
    """Names of the policies that come with the program."""
    folder = resources.files("redact") / "policies"
    names = (Path(item.name).stem for item in folder.iterdir() if item.name.endswith(".toml"))
    return tuple(sorted(name for name in names if name != "vocabulary"))


def _load(name: str) -> Policy:
    if name.endswith(".toml"):
        try:
            raw = Path(name).read_bytes()
        except OSError as error:
            raise PolicyError(f"cannot read the policy {Path(name).name}: {error.strerror}") from None
        return _parse(Path(name).stem, raw)
    if name != "vocabulary" and name not in bundled():
        raise PolicyError(
            f"no policy {name!r}: use one of {', '.join(bundled())}, or the path of a .toml file"
        )
    return _bundled(name)


@cache
def _bundled(name: str) -> Policy:
    return _parse(name, (resources.files("redact") / "policies" / f"{name}.toml").read_bytes())


@cache
def _adapter() -> TypeAdapter[Policy]:
    return TypeAdapter(Policy)


def _parse(name: str, raw: bytes) -> Policy:
    try:
        data = tomllib.loads(raw.decode("utf-8"))
    except ValueError as error:
        raise PolicyError(f"the policy {name} is not well formed: {error}") from None
    for number, rule in enumerate(data.get("rule", []), 1):
        action = rule.get("action")
        if action not in Action.__members__:
            raise PolicyError(f"{name}: rule {number}: action must be one of {', '.join(Action.__members__)}")
        rule["action"] = Action[action]
    try:
        policy = _adapter().validate_python(data)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(part + 1) if isinstance(part, int) else part for part in first["loc"])
        raise PolicyError(f"{name}: {place}: {first['msg']}") from None
    return replace(policy, version=hashlib.sha256(raw).hexdigest()[:12])


PURPOSES: tuple[str, ...] = get_args(PurposeKind)
"""Every kind of purpose that a request can state."""
DUTIES: tuple[str, ...] = get_args(Duty)
"""Every duty of Cerritos 1.03.040.B."""
