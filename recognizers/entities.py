"""The entity vocabulary: every type of sensitive information that is looked for, under one name.

Names follow Presidio's own where it has one (``US_SSN``, ``CREDIT_CARD``, ``PHONE_NUMBER``), so that
findings can be mixed with those of other Presidio recognizers.
"""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Kind = Literal["structured", "identity", "contextual"]


@dataclass(frozen=True, slots=True)
class Entity:
    """One type of sensitive information."""

    name: str
    """Type label, as recognizers report it and policies name it."""
    kind: Kind
    """``structured``: an identifier with a shape; ``identity``: who or where a private person is;
    ``contextual``: a fact about a person that only its context discloses."""
    title: str
    """What it is, in words for a clerk."""


_VOCABULARY = (
    Entity("US_SSN", "structured", "Social Security number, whole, masked or last four"),
    Entity("US_ITIN", "structured", "Individual Taxpayer Identification Number"),
    Entity("CREDIT_CARD", "structured", "payment card number"),
    Entity("CARD_SECURITY_CODE", "structured", "card verification code, PIN, expiry or track data"),
    Entity("US_BANK_NUMBER", "structured", "bank account number with its routing number"),
    Entity("US_DRIVER_LICENSE", "structured", "driver's licence or state identification number"),
    Entity("US_PASSPORT", "structured", "passport number or machine-readable zone"),
    Entity("ALIEN_NUMBER", "structured", "A-number, USCIS receipt or I-94 number"),
    Entity("MEDICAL_ID", "structured", "medical record, health plan or Medi-Cal number"),
    Entity("PASSWORD", "structured", "password, token, door or alarm code"),
    Entity("DATE_OF_BIRTH", "identity", "date of birth"),
    Entity("PHONE_NUMBER", "identity", "private telephone number"),
    Entity("EMAIL_ADDRESS", "identity", "private e-mail address"),
    Entity("HOME_ADDRESS", "identity", "home or mailing address of a private person"),
    Entity("PERSON", "identity", "name of a private person"),
    Entity("HEALTH_INFORMATION", "contextual", "health, diagnosis or treatment"),
    Entity("DISABILITY_STATUS", "contextual", "disability"),
    Entity("IMMIGRATION_STATUS", "contextual", "immigration or citizenship status"),
    Entity("VICTIM_STATUS", "contextual", "status as a victim of a crime"),
    Entity("WITNESS_STATUS", "contextual", "status as a witness or informant"),
    Entity("PUBLIC_ASSISTANCE_STATUS", "contextual", "receipt of public assistance"),
    Entity("SEXUAL_ORIENTATION", "contextual", "sexual orientation or gender identity"),
    Entity("RELIGION", "contextual", "religion"),
    Entity("NATIONAL_ORIGIN", "contextual", "national origin, race or ethnicity"),
    Entity("CLOSED_SESSION", "contextual", "matter discussed in closed session"),
    Entity("PERSONNEL_RECORD", "contextual", "personnel matter: discipline, evaluation, pay dispute"),
)

ENTITIES = MappingProxyType({entity.name: entity for entity in _VOCABULARY})
"""Every entity by its name, in the order of the vocabulary."""
TOLD = tuple(entity.name for entity in _VOCABULARY if entity.kind == "contextual")
"""The entities that are told in words, in the order of the vocabulary."""

OFFICIAL = "OFFICIAL"
"""Not an entity but the report that a name is that of an official acting in office: it is public, and
settles against a ``PERSON`` found at the same place."""
