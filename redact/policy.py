"""Policies: the rules that an attorney reads from top to bottom, loaded from TOML and checked.

A policy is one file. Inside it the rules are ordered and the first that matches decides, as in a firewall
table; ``table`` says what happens across a stack of them.
"""

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, ClassVar, Literal, TypeVar, get_args

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from redact.authority import BasisKind
from redact.errors import PolicyError, RequestError
from redact.purpose import Duty, PurposeKind
from redact.request import Request
from redact.rule import Action, Exemption, Rule

__all__ = [
    "DUTIES",
    "PURPOSES",
    "Action",
    "BasisRequirement",
    "Category",
    "CopyTerms",
    "Exemption",
    "Group",
    "Policy",
    "PolicyStack",
    "RecordKind",
    "Rule",
    "bundled",
]

_STRICT = ConfigDict(extra="forbid")
_SHARED = ("vocabulary", "floor")
"""Files that belong to every stack: the words, and the rules below which no policy goes."""


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
    stands: bool = False
    """Whether it holds, once declared, whatever affiliation or capacity is stated beside it."""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Requester categories that rules name together."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    id: str
    title: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordKind:
    """What a document can be as a whole."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    id: str
    title: str
    protects: bool = False
    """Whether everybody who is named in it is protected."""


@dataclass(frozen=True, slots=True)
class BasisRequirement:
    """What a kind of legal basis must record before it counts."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    kind: BasisKind
    title: str
    sufficient: bool = True
    """False for papers that are recorded but never unlock anything, such as an I-200."""
    requires: tuple[
        Literal["citation", "issuer", "court", "judge", "docket", "issued_on", "expires_on", "scope"], ...
    ] = ()
    """Fields that must be filled in."""
    not_from: tuple[str, ...] = ()
    """Words in its issuer, court, judge or citation that show it to be a paper of another kind."""
    personal: bool = False
    """Whether it covers only what is about the persons it names: without ``scope.subjects``, its issuer."""
    verifiers: tuple[str, ...] = ()
    """Roles that are entitled to verify it."""
    source: str = ""


@dataclass(frozen=True, slots=True)
class CopyTerms:
    """That what some requesters receive is a controlled copy: stamped, and good until a day."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    requesters: tuple[str, ...]
    """Requester categories, or groups of them."""
    clause: str
    why: str
    days: Annotated[int, Field(strict=True, ge=1)] | None = None
    """Days after the decision on which it expires unless the request says sooner; no copy is good for longer.
    None: the request must say."""


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
    """First twelve hexadecimal digits of the hash of the file; set when it is loaded."""
    category: tuple[Category, ...] = ()
    group: tuple[Group, ...] = ()
    record_type: tuple[RecordKind, ...] = ()
    basis: tuple[BasisRequirement, ...] = ()
    exemption: tuple[Exemption, ...] = ()
    copy: CopyTerms | None = None
    rule: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class PolicyStack:
    """The policies of a request, in order, with the vocabulary that they share."""

    policies: tuple[Policy, ...]
    """The policies that were named; their rules name categories only, groups are resolved."""
    floor: Policy
    """Rules that hold in every stack. They only ever make a decision stricter."""
    vocabulary: Policy = field(repr=False)
    categories: dict[str, Category] = field(repr=False)
    record_types: dict[str, RecordKind] = field(repr=False)
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
        vocabulary, floor = (_bundled(name) for name in _SHARED)
        policies = [_load(str(name)) for name in names]
        everything = (vocabulary, *policies, floor)
        if len({policy.id for policy in everything}) != len(everything):
            raise PolicyError("two policies of the stack have the same id; give each its own")
        groups = _unique("group", (g for p in everything for g in p.group), lambda g: g.id)
        stack = cls(
            tuple(_resolved(policy, groups) for policy in policies),
            _resolved(floor, groups),
            vocabulary,
            _unique("category", (c for p in everything for c in p.category), lambda c: c.id),
            _unique("record type", (r for p in everything for r in p.record_type), lambda r: r.id),
            _unique("basis", (b for p in everything for b in p.basis), lambda b: b.kind),
            _unique("exemption", (e for p in everything for e in p.exemption), lambda e: e.id),
        )
        stack._check(groups)
        return stack

    @property
    def versions(self) -> dict[str, str]:
        """The version of each policy by its id, vocabulary and floor included."""
        return {p.id: p.version for p in (self.vocabulary, self.floor, *self.policies)}

    def check(self, request: Request) -> None:
        """Raise ``RequestError`` where the request names something that no policy of the stack declares."""
        category = request.requester.category
        if category is not None and category not in self.categories:
            raise RequestError(
                f"requester.category: unknown category; use one of {', '.join(sorted(self.categories))}"
            )
        for index, entry in enumerate(request.documents, 1):
            if entry.record_type not in self.record_types:
                known = ", ".join(sorted(self.record_types))
                raise RequestError(f"documents.{index}.record_type: unknown; use one of {known}")
        cited = [(f"terms.{n}", term.exemption) for n, term in enumerate(request.terms, 1)]
        cited += [(f"regions.{n}", region.exemption) for n, region in enumerate(request.regions, 1)]
        for where, exemption in cited:
            if exemption not in self.exemptions and (exemption or where.startswith("regions")):
                known = ", ".join(sorted(self.exemptions))
                raise RequestError(f"{where}.exemption: unknown; use one of {known}")

    def _check(self, groups: dict[str, Group]) -> None:
        seen: set[str] = set()
        for policy in (self.floor, *self.policies):
            for rule in policy.rule:
                where = f"{policy.id}: rule {rule.id}"
                if rule.id in seen:
                    raise PolicyError(f"{where}: the id is used twice; give each rule its own")
                seen.add(rule.id)
                for problem in (*rule.problems(), *self._unknown(rule)):
                    raise PolicyError(f"{where}: {problem}")
            unknown = set(policy.copy.requesters if policy.copy else ()) - self.categories.keys()
            if unknown:
                raise PolicyError(
                    f"{policy.id}: copy: unknown requester category {min(unknown)!r}; "
                    "declare it as [[category]]"
                )
        for rule in self.floor.rule:
            if rule.action is Action.release:
                raise PolicyError(f"floor: rule {rule.id}: the floor never releases")
        for category in self.categories.values():
            if category.lapses_to and category.lapses_to not in self.categories:
                raise PolicyError(f"category {category.id}: lapses_to names an unknown category")
            if category.id in groups:
                raise PolicyError(f"category {category.id}: a group has the same id; rename one of them")
        for group in groups.values():
            if not set(group.members) <= self.categories.keys():
                raise PolicyError(f"group {group.id}: names an unknown category; declare it as [[category]]")

    def _unknown(self, rule: Rule) -> Iterable[str]:
        """Yield what a rule names that nothing declares."""
        for category in rule.requesters:
            if category not in self.categories:
                yield f"unknown requester category {category!r}; declare it as [[category]]"
        for record_type in rule.record_types:
            if record_type not in self.record_types:
                yield f"unknown record type {record_type!r}; declare it as [[record_type]]"
        if rule.exemption and rule.exemption not in self.exemptions:
            yield f"unknown exemption {rule.exemption!r}; declare it as [[exemption]]"
        for kind in rule.legal_basis:
            if kind not in self.bases or not self.bases[kind].sufficient:
                yield f"a {kind} never unlocks anything; it is declared insufficient, or not at all"


_T = TypeVar("_T")


def _unique(what: str, items: Iterable[_T], key: Callable[[_T], str]) -> dict[str, _T]:
    table: dict[str, _T] = {}
    for item in items:
        if table.setdefault(key(item), item) != item:
            raise PolicyError(f"{what} {key(item)!r} is declared twice and differently; keep one")
    return table


def _resolved(policy: Policy, groups: dict[str, Group]) -> Policy:
    """Return ``policy`` with the groups that its rules name replaced by their members."""

    def members(names: Iterable[str]) -> tuple[str, ...]:
        each = (m for name in names for m in (groups[name].members if name in groups else (name,)))
        return tuple(dict.fromkeys(each))

    rules = tuple(replace(r, requesters=members(r.requesters)) for r in policy.rule)
    copy = policy.copy and replace(policy.copy, requesters=members(policy.copy.requesters))
    return replace(policy, rule=rules, copy=copy)


def bundled() -> tuple[str, ...]:
    """Names of the policies that come with the program."""
    folder = resources.files("redact") / "policies"
    names = (Path(item.name).stem for item in folder.iterdir() if item.name.endswith(".toml"))
    return tuple(sorted(name for name in names if name not in _SHARED))


def _load(name: str) -> Policy:
    if name.endswith(".toml"):
        try:
            raw = Path(name).read_bytes()
        except OSError as error:
            raise PolicyError(f"cannot read the policy {Path(name).name}: {error.strerror}") from None
        return _parse(Path(name).stem, raw)
    if name not in bundled():
        # A name that a request file gives is quoted only if it can be one.
        named = f"no policy {name!r}" if re.fullmatch(r"[a-z0-9-]{1,40}", name) else "no such policy"
        raise PolicyError(f"{named}: use one of {', '.join(bundled())}, or the path of a .toml file")
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
    except (ValueError, RecursionError) as error:
        raise PolicyError(f"the policy {name} is not well formed: {error}") from None
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
