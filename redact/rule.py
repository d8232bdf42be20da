"""Rules: the lines of a policy's table, and the grounds that they cite."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, ConfigDict

from recognizers.entities import ENTITIES
from redact.about import FACTS
from redact.authority import BasisKind
from redact.purpose import Duty, PurposeKind
from redact.trait import TraitKind


class Action(IntEnum):
    """What happens to a finding, a document or a request; greater is stricter."""

    release = 0
    mask = 1
    redact = 2
    refer = 3
    withhold = 4


def _action(name: object) -> object:
    if name not in tuple(Action.__members__):
        raise ValueError(f"must be one of {', '.join(Action.__members__)}")
    return Action[str(name)]


@dataclass(frozen=True, slots=True)
class Exemption:
    """A citable ground for withholding."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
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

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    id: str
    clause: str
    why: str
    """The reason in words for a clerk."""
    action: Annotated[Action, BeforeValidator(_action)]
    applies_to: Literal["finding", "document", "request"] = "finding"
    """A rule about the request is asked for each of its documents too: an order that does not name a
    document does not unlock it."""

    # What must be so; nobody can supply it afterwards.
    entities: tuple[str, ...] = ()
    """Entities that it is about; ``*`` for all. Required for findings."""
    requesters: tuple[str, ...] = ()
    """Requester categories, or groups of them."""
    purposes: tuple[PurposeKind, ...] = ()
    duties: tuple[Duty, ...] = ()
    record_types: tuple[str, ...] = ()
    traits: tuple[TraitKind, ...] = ()
    """What a document shows, any of these; for rules about documents."""
    enforcement: bool | None = None
    """Whether immigration enforcement is at stake: a federal immigration authority asks, or the stated
    purpose is immigration enforcement."""
    # What the finding must be about: see ``About``.
    about_requester: bool | None = None
    protected: bool | None = None
    arrested: bool | None = None
    victim: bool | None = None
    incident: bool | None = None
    unless_processed_by: tuple[str, ...] = ()
    """Matches only while none of these offices processes the request."""
    claimed: tuple[BasisKind, ...] = ()
    """Kinds of legal basis of which one is at least claimed, valid or not."""
    claimed_citation: str = ""
    """A citation that a claimed basis must contain, such as ``1373``."""

    # What the request can supply.
    legal_basis: tuple[BasisKind, ...] = ()
    """Any one of these kinds, valid on the decision date, unlocks the rule."""
    authorizations: tuple[tuple[str, ...], ...] = ()
    """Groups of roles; one approval from each, by different people, none of them the requester."""
    agreement: bool = False
    """Whether a signed Confidentiality Agreement must cover the requester's duty."""
    statement: bool = False
    """Whether the purpose must be stated in words."""
    purpose_bound: bool = False
    """Whether the information must have been collected for the very purpose or duty of this request."""
    contact: bool = False
    """Whether the contact with a federal immigration authority must be recorded in full."""
    reviewed_by: tuple[str, ...] = ()
    """Roles of which one must have looked at the very document."""
    until: bool = False
    """Turns the rule around: it holds only *until* everything of the above that it names is supplied."""

    exemption: str = ""
    refer_to: str = ""
    """The office that decides, or that is asked beside a redaction or release."""

    @property
    def conditional(self) -> bool:
        """Whether the rule depends on something that the request can supply."""
        return bool(
            self.legal_basis
            or self.authorizations
            or self.agreement
            or self.statement
            or self.purpose_bound
            or self.contact
            or self.reviewed_by
        )

    @property
    def asks(self) -> dict[str, bool]:
        """What it asks of the finding, by the names of the fields of ``About``; not what it leaves open."""
        return {name: wanted for name in FACTS if (wanted := getattr(self, name)) is not None}

    def about(self, entity: str) -> bool:
        """Whether the rule speaks of ``entity``; no rule speaks of what is not in the vocabulary."""
        return entity in ENTITIES and ("*" in self.entities or entity in self.entities)

    def problems(self) -> list[str]:
        """Return what is wrong with the rule by itself, in words that say what to do."""
        problems = [
            f"unknown entity {entity!r}; see the vocabulary in the README"
            for entity in self.entities
            if entity != "*" and entity not in ENTITIES
        ]
        if self.applies_to == "finding":
            if not self.entities:
                problems.append("name the entities that it is about, or * for all")
        else:
            if self.entities or self.asks:
                problems.append("entities and subjects belong to rules about findings only")
            if self.action in (Action.mask, Action.redact):
                problems.append("a request or document is released, referred or withheld, not redacted")
        if self.applies_to != "document" and (self.traits or self.reviewed_by):
            problems.append("traits and reviews belong to rules about documents only")
        if self.applies_to == "request" and self.record_types:
            problems.append("record types are known for documents and findings only")
        if self.action in (Action.mask, Action.redact) and not self.exemption:
            problems.append("a redaction needs an exemption to cite")
        if self.action is Action.refer and not self.refer_to:
            problems.append("a referral needs the office that decides (refer_to)")
        if self.until and not self.conditional:
            problems.append(
                "until what? name the basis, authorizations, agreement, statement, contact or review"
            )
        if self.until and self.action is Action.release:
            problems.append("a release that ends once something is supplied would punish supplying it")
        if not self.until and self.conditional and self.action >= Action.refer:
            problems.append("what the request supplies may only make it laxer; say until = true")
        if any(not group for group in self.authorizations):
            problems.append("a group of authorizations names no role, so nobody could fill it")
        return problems
