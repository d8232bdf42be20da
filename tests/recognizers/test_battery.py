"""The generated battery: what must be found, by variant, and how much of what is found is right."""

from collections import Counter, defaultdict
from functools import cache

import pytest

from recognizers.recognizer import TextRecognizer
from tests.recognizers.generator import Case, negatives, people, positives

SEED = 20261121
REQUIRED = {
    # entity: least recall, least precision
    "US_SSN": (1.0, 0.99),
    "CREDIT_CARD": (1.0, 0.99),
    "US_DRIVER_LICENSE": (0.99, 0.95),
    "US_BANK_NUMBER": (0.99, 0.95),
    "US_PASSPORT": (0.99, 0.95),
    "ALIEN_NUMBER": (0.99, 0.95),
    "MEDICAL_ID": (0.99, 0.95),
    "PASSWORD": (0.97, 0.95),
    "CARD_SECURITY_CODE": (0.99, 0.95),
    "US_ITIN": (0.99, 0.95),
    "DATE_OF_BIRTH": (0.99, 0.95),
    "PHONE_NUMBER": (0.99, 0.95),
    "EMAIL_ADDRESS": (0.99, 0.95),
}


def structured() -> list[TextRecognizer]:
    from recognizers.banking import BankRecognizer
    from recognizers.licences import DriverLicenceRecognizer
    from recognizers.medical_ids import MedicalIdRecognizer
    from recognizers.payment import PaymentRecognizer
    from recognizers.secrets import SecretRecognizer
    from recognizers.social_security import SocialSecurityRecognizer
    from recognizers.travel_documents import TravelDocumentRecognizer

    return [
        SocialSecurityRecognizer(),
        PaymentRecognizer(),
        BankRecognizer(),
        DriverLicenceRecognizer(),
        TravelDocumentRecognizer(),
        MedicalIdRecognizer(),
        SecretRecognizer(),
    ]


def private() -> list[TextRecognizer]:
    from recognizers.births import BirthRecognizer
    from recognizers.contact import ContactRecognizer

    return [BirthRecognizer(), ContactRecognizer()]


@cache
def outcome(
    seed: int, rounds: int
) -> tuple[dict[str, Counter[str]], Counter[str], Counter[str], Counter[str], int, int]:
    """Give misses by entity and variant, gold, findings and false findings by entity, and the counts."""
    recognizers = [*structured(), *private()]
    found_in: dict[str, list[tuple[int, int, str]]] = {}
    gold_in: dict[str, list[Case]] = defaultdict(list)
    wanted = positives(seed, rounds) + people(seed + 2, rounds)
    unwanted = negatives(seed + 1, rounds * 70)
    for case in wanted + unwanted:
        gold_in[case.text].append(case)
        if case.text not in found_in:
            found_in[case.text] = [
                (result.start, result.end, result.entity_type)
                for recognizer in recognizers
                for result in recognizer.analyze(case.text)
            ]
    misses: dict[str, Counter[str]] = defaultdict(Counter)
    gold, findings, false = Counter[str](), Counter[str](), Counter[str]()
    for case in wanted:
        gold[case.entity] += 1
        ink = {i for i in range(case.start, case.end) if case.text[i].isalnum()}
        covered = {
            i
            for start, end, entity in found_in[case.text]
            if entity == case.entity
            for i in range(start, end)
        }
        if not ink <= covered:
            misses[case.entity][case.variant] += 1
    for text, found in found_in.items():
        for start, end, entity in found:
            findings[entity] += 1
            false[entity] += not any(
                case.entity == entity and start < case.end and end > case.start for case in gold_in[text]
            )
    return dict(misses), gold, findings, false, len(wanted), len(unwanted)


def test_the_battery_is_large() -> None:
    *_, wanted, unwanted = outcome(SEED, 48)
    assert wanted >= 3_000
    assert unwanted >= 3_000


@pytest.mark.parametrize("entity", REQUIRED)
def test_recall(entity: str) -> None:
    misses, gold, *_ = outcome(SEED, 48)
    missed = misses.get(entity, Counter())
    assert 1 - missed.total() / gold[entity] >= REQUIRED[entity][0], missed.most_common()


@pytest.mark.parametrize("entity", REQUIRED)
def test_precision(entity: str) -> None:
    _, _, findings, false, *_ = outcome(SEED, 48)
    assert 1 - false[entity] / findings[entity] >= REQUIRED[entity][1], (false[entity], findings[entity])
