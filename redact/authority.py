"""The recorded authority of a request: legal bases, authorizations, agreements, and who has read what."""

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from pydantic import ConfigDict

from redact.datafile import STRICT, Day
from redact.purpose import Duty
from redact.trait import TraitKind

BasisKind = Literal[
    "judicial_criminal_warrant",
    "court_order",
    "federal_statute",
    "state_statute",
    "regulation",
    "court_decision",
    "subpoena",
    "consent",
    "city_manager_consent",
    "city_ordinance",
    "public_assistance_criteria",
    "administrative_warrant",
    "detainer",
    "immigration_judge_order",
    "administrative_subpoena",
]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a legal basis covers; an empty part does not limit it."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    entities: tuple[str, ...] = ()
    subjects: tuple[str, ...] = field(default=(), repr=False)
    documents: tuple[str, ...] = ()
    """Shell-style patterns of document names."""

    def __bool__(self) -> bool:
        """Whether it limits anything."""
        return bool(self.entities or self.subjects or self.documents)


@dataclass(frozen=True, slots=True)
class Verification:
    """Who checked a legal basis, in which role, and when."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    by: str
    role: str
    on: Day


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A recorded authority for a disclosure."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    kind: BasisKind
    citation: str = ""
    issuer: str = ""
    """Who signed it; for a consent, the person who consents."""
    court: str = ""
    judge: str = ""
    """The judge, where the issuer is named as the court or its clerk."""
    docket: str = ""
    issued_on: Day | None = None
    expires_on: Day | None = None
    scope: Scope = Scope()
    verified: Verification | None = None


@dataclass(frozen=True, slots=True)
class Authorization:
    """A prior written approval by a person in a role."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    role: str
    name: str
    on: Day


@dataclass(frozen=True, slots=True)
class Agreement:
    """A signed Confidentiality Agreement (Cerritos 1.03.040.B, Attachment 1)."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    duties: tuple[Duty, ...]
    signed_on: Day
    name: str = field(default="", repr=False)
    """Who signed; empty: the requester."""
    countersigned_by: str = field(default="", repr=False)
    """The immediate supervisor of an employee, the City Manager for an official."""
    received_by: str = field(default="", repr=False)
    """HR/RM for an employee, the City Manager's designee for an official."""
    received_on: Day | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """That somebody in a role has looked at documents and found that they may be released, redacted."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    documents: tuple[str, ...]
    """Shell-style patterns of the names under which the records speak of them."""
    role: str
    name: str
    on: Day
    traits: tuple[TraitKind, ...] = ()
    """What they were looked at for; empty: for whatever they show."""
