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


def recognizers(*, fast: bool = False) -> "list[EntityRecognizer]":
    """Make one of each recognizer, in the order of the vocabulary; ``fast`` leaves the learned one out."""
    # Imported here, not above: Presidio and spaCy take a second that a policy reader need not wait.
    from recognizers.addresses import AddressRecognizer
    from recognizers.assistance import AssistanceRecognizer
    from recognizers.banking import BankRecognizer
    from recognizers.births import BirthRecognizer
    from recognizers.closed_session import ClosedSessionRecognizer
    from recognizers.contact import ContactRecognizer
    from recognizers.disability import DisabilityRecognizer
    from recognizers.health import HealthRecognizer
    from recognizers.identity import IdentityRecognizer
    from recognizers.immigration import ImmigrationRecognizer
    from recognizers.learned import LearnedRecognizer
    from recognizers.licences import DriverLicenceRecognizer
    from recognizers.medical_ids import MedicalIdRecognizer
    from recognizers.names import NameRecognizer
    from recognizers.payment import PaymentRecognizer
    from recognizers.personnel import PersonnelRecognizer
    from recognizers.secrets import SecretRecognizer
    from recognizers.social_security import SocialSecurityRecognizer
    from recognizers.travel_documents import TravelDocumentRecognizer
    from recognizers.victims import VictimRecognizer
    from recognizers.witnesses import WitnessRecognizer

    learned = None if fast else LearnedRecognizer()
    second = learned.nothing if learned else None
    makers: tuple[Callable[[], EntityRecognizer], ...] = (
        SocialSecurityRecognizer,
        PaymentRecognizer,
        BankRecognizer,
        DriverLicenceRecognizer,
        TravelDocumentRecognizer,
        MedicalIdRecognizer,
        SecretRecognizer,
        BirthRecognizer,
        lambda: ContactRecognizer(second),
        lambda: AddressRecognizer(second),
        lambda: NameRecognizer(second),
        lambda: HealthRecognizer(second),
        lambda: DisabilityRecognizer(second),
        lambda: ImmigrationRecognizer(second),
        lambda: VictimRecognizer(second),
        lambda: WitnessRecognizer(second),
        lambda: AssistanceRecognizer(second),
        lambda: IdentityRecognizer(second),
        lambda: ClosedSessionRecognizer(second),
        lambda: PersonnelRecognizer(second),
    )
    return [*(make() for make in makers), *([learned] if learned else [])]
