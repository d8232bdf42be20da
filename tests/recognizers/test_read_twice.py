"""A second reader who is all but certain of nothing is believed against a phrase or a telephone number."""

import pytest

from recognizers.closed_session import ClosedSessionRecognizer
from recognizers.contact import ContactRecognizer
from recognizers.health import HealthRecognizer
from recognizers.read_twice import EDGE, NOTHING, ReadTwice, trimmed
from recognizers.social_security import SocialSecurityRecognizer
from redact.detect import Detector

TEXTS = [
    (HealthRecognizer, "She has diabetes and asthma.", "HEALTH_INFORMATION"),
    (ContactRecognizer, "Her cell is 312-555-0142.", "PHONE_NUMBER"),
    (
        ClosedSessionRecognizer,
        "CLOSED SESSION\nCounsel said that we could settle for $40,000, and three of us would go to $50,000.",
        "CLOSED_SESSION",
    ),
]


@pytest.mark.parametrize(("kind", "text", "entity"), TEXTS)
@pytest.mark.parametrize(("nothing", "stays"), [(0.0, True), (NOTHING - 0.01, True), (NOTHING, False)])
def test_a_hit_stays_unless_the_second_reader_is_sure(
    kind: type[ReadTwice], text: str, entity: str, nothing: float, stays: bool
) -> None:
    found = {result.entity_type for result in kind(lambda *place: nothing).analyze(text)}
    assert (entity in found) is stays


@pytest.mark.parametrize(("kind", "text", "entity"), TEXTS)
def test_without_a_second_reader_all_hits_stay(kind: type[ReadTwice], text: str, entity: str) -> None:
    assert entity in {result.entity_type for result in kind().analyze(text)}


def test_the_reader_is_asked_of_the_very_place() -> None:
    asked: list[str] = []

    def reader(text: str, start: int, end: int) -> float:
        asked.append(text[start:end])
        return 0.0

    ContactRecognizer(reader).analyze("Her cell is 312-555-0142.")
    assert asked == ["312-555-0142"]


@pytest.mark.parametrize(
    ("text", "plain", "left"),
    [
        (
            "then on Monday fell and broke her hip (again)",
            {"then", "on", "again"},
            "Monday fell and broke her hip",
        ),
        ("fell and broke her hip", {"and", "her"}, "fell and broke her hip"),
        ("broke her hip, she said.", {"she", "said"}, "broke her hip"),
        ("nothing of the sort", {"nothing", "of", "the", "sort"}, "nothing of the sort"),
        ("", set(), ""),
    ],
)
@pytest.mark.parametrize("sure", [EDGE, 1.0])
def test_only_edges_that_surely_tell_nothing_are_left_out(
    text: str, plain: set[str], left: str, sure: float
) -> None:
    def reader(text: str, start: int, end: int) -> float:
        return sure if text[start:end] in plain else EDGE - 0.01

    start, end = trimmed(reader, text, 0, len(text))
    assert text[start:end] == left


def test_a_phrase_is_trimmed_and_a_number_is_not() -> None:
    def reader(text: str, start: int, end: int) -> float:
        return 0.96 if text[start:end] in ("has", "312") else 0.0

    phrase, number = "She has diabetes and asthma.", "Her cell is 312-555-0142."
    (told,) = HealthRecognizer(reader).analyze(phrase)
    (written,) = ContactRecognizer(reader).analyze(number)
    assert phrase[told.start : told.end] == "diabetes and asthma"
    assert number[written.start : written.end] == "312-555-0142"


def test_what_a_number_is_nobody_contradicts() -> None:
    assert not issubclass(SocialSecurityRecognizer, ReadTwice)


@pytest.mark.parametrize(
    "text",
    [
        "SEPTEMBER  Hispanic Heritage; Recovery Month\nOCTOBER  Breast Cancer; Down Syndrome",
        "Symptoms to look for at a camp: an asthma attack, a concussion, a seizure.",
    ],
)
def test_calendars_and_advice_tell_of_nobody(text: str) -> None:
    assert not Detector.load().detect_text(text)
