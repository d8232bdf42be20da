"""The purpose of a request: what for, and in which duty."""

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from pydantic import ConfigDict

from redact.datafile import STRICT

PurposeKind = Literal[
    "public_records",
    "official_business",
    "city_service",
    "benefit_assistance",
    "immigration_enforcement",
    "litigation",
    "other",
]
Duty = Literal[
    "card_transactions",
    "payment_system",
    "administrator_login",
    "server_room_access",
    "information_technology",
    "bank_account_access",
    "purchasing_card_data",
    "purchasing_card_handling",
    "hipaa_or_medical",
    "payroll",
    "personnel_records",
    "criminal_justice_data",
    "court_records",
]


@dataclass(frozen=True, slots=True)
class Purpose:
    """What for. A public-records requester owes no purpose; everybody else does."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    kind: PurposeKind = "public_records"
    statement: str = field(default="", repr=False)
    duty: Duty | None = None
    """The duty of Cerritos 1.03.040.B that the requester performs."""
    collected_for: PurposeKind | Duty | None = None
    """The purpose or duty for which the information was collected (Pasadena Police, Procedure 1.B)."""


PUBLIC_RECORDS = Purpose()
"""What a request is for that states nothing."""
