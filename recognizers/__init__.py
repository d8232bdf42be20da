"""Presidio recognizers for what public records must not disclose.

``recognizers()`` is the one list of them. They depend on presidio-analyzer and spaCy and on nothing of
``redact``, so any Presidio user can register them.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from recognizers.entities import ENTITIES, Entity

if TYPE_CHECKING:
    from presidio_analyzer import EntityRecognizer

__all__ = ["ENTITIES", "Entity", "recognizers"]


def recognizers() -> "list[EntityRecognizer]":
    """Make one of each recognizer, in the order of the vocabulary."""
    # Imported here, not above: Presidio and spaCy take a second that a policy reader need not wait.
    from recognizers.banking import BankRecognizer
    from recognizers.births import BirthRecognizer
    from recognizers.contact import ContactRecognizer
    from recognizers.licences import DriverLicenceRecognizer
    from recognizers.medical_ids import MedicalIdRecognizer
    from recognizers.names import NameRecognizer
    from recognizers.payment import PaymentRecognizer
    from recognizers.secrets import SecretRecognizer
    from recognizers.social_security import SocialSecurityRecognizer
    from recognizers.travel_documents import TravelDocumentRecognizer

    classes: tuple[Callable[[], EntityRecognizer], ...] = (
        SocialSecurityRecognizer,
        PaymentRecognizer,
        BankRecognizer,
        DriverLicenceRecognizer,
        TravelDocumentRecognizer,
        MedicalIdRecognizer,
        SecretRecognizer,
        BirthRecognizer,
        ContactRecognizer,
        NameRecognizer,
    )
    return [recognizer() for recognizer in classes]
