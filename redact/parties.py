"""The people of a request: who asks, who answers for it, who serves the City, elected, was arrested."""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal

from pydantic import ConfigDict, StrictBool

from redact.datafile import STRICT, Day

Affiliation = Literal[
    "resident",
    "business_owner",
    "property_owner",
    "project_applicant",
    "prospective_developer",
    "media",
    "former_employee",
    "former_official",
    "former_consultant",
    "former_contractor",
    "employee",
    "contractor",
    "volunteer",
    "elected_official",
    "appointed_official",
]
FEDERAL_IMMIGRATION_AUTHORITY = "federal_immigration_authority"
"""The requester category whose requests are immigration enforcement whatever they are for."""
RECORD_SUBJECT = "record_subject"
"""The requester category of somebody who asks for their own records, identity verified."""


@dataclass(frozen=True, slots=True)
class Responsible:
    """The named person who signs the determination (Gov. Code § 7922.540)."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Requester:
    """Who asks."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    name: str = field(default="", repr=False)
    category: str | None = None
    """A category that the policies declare; may be left out where affiliation and dates decide it."""
    affiliation: Affiliation | None = None
    affiliated_until: Day | None = None
    """Last day of the affiliation; past on the decision date: General Public."""
    capacity: Literal["official", "personal"] = "official"
    identity_verified: StrictBool = False
    """Whether a record subject has proved who they are (no proof of legal presence is asked)."""


@dataclass(frozen=True, slots=True)
class Tenure:
    """A line of the roster of the Clerk (officials) or of HR (employees, contractors, volunteers)."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    name: str = field(repr=False)
    affiliation: Affiliation
    since: Day | None = None
    until: Day | None = None
    """The last day; None: it has not ended."""

    def holds(self, day: date) -> bool:
        """Whether it is in force on ``day``."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Election:
    """A person's election that their name not become public, such as a victim's under Penal Code § 293."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    person: str = field(repr=False)
    statute: str


@dataclass(frozen=True, slots=True)
class Arrest:
    """A person whom the agency arrested: name and birth date are public (Gov. Code § 7923.610)."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    person: str = field(repr=False)
