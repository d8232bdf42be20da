"""Extensions: the written notice by which the time for a determination is extended."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

from redact.datafile import STRICT, Day

Circumstance = Literal["field_facilities", "voluminous", "consultation", "programming", "emergency"]
"""The only reasons for an extension (Gov. Code § 7922.535(c))."""
CIRCUMSTANCES: Mapping[Circumstance, str] = MappingProxyType(
    {
        "field_facilities": "the need to search for and collect the requested records from field facilities "
        "or other establishments that are separate from the office processing the request",
        "voluminous": "the need to search for, collect, and appropriately examine a voluminous amount of "
        "separate and distinct records that are demanded in a single request",
        "consultation": "the need for consultation with another agency, or among components of the agency, "
        "having a substantial interest in the determination of the request",
        "programming": "the need to compile data, to write programming language or a computer program, or "
        "to construct a computer report to extract data",
        "emergency": "the need to search for, collect, and appropriately examine records during a state of "
        "emergency proclaimed by the Governor in the jurisdiction where the agency is located",
    }
)
"""What a letter says of each."""


@dataclass(frozen=True, slots=True)
class Extension:
    """A written notice that extends the time for the determination (Gov. Code § 7922.535(b)).

    It says by when: ``until`` a day, or ``days`` beyond the first ten.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    reasons: tuple[Circumstance, ...]
    noticed_on: Day
    """The day on which the notice goes out."""
    until: Day | None = None
    """The day on which the determination is expected to be dispatched."""
    days: Annotated[int, Field(strict=True, ge=1)] | None = None
    """Calendar days beyond the first ten after which it is expected."""
