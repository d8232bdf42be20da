"""Who is plainly called a victim: it only ever protects, so a doubt counts."""

import pytest

from redact.document import Segment, Span
from redact.finding import Finding
from redact.victims import victims

NAME = "Antonio Ferreira"
CALLED = [
    "Victim: {}", "VICTIM #1: {}", "Victim 2 - {}", "V-1: {}", "V1 {}", "(V) Vic. {}",
    "the victim, {}, said", "the victim {} said", "{} (victim)", "{}, the victim, said", "{} (V-1) said",
    "{}, 42, a victim of robbery", "{} was the victim of a robbery", "{} is also a victim",
    "{} was identified as the victim", "The victim was identified as {}.", "complaining witness {}",
    "Victim Name: {}", "VICT {}", "Victim | {} | 42",
]  # fmt: skip
NOT_CALLED = [
    "{} robbed the victim.", "{} lives next door.", "The victim knows {}.",
    "{}, the victim's brother, left.", "the victim's landlord {}", "Suspect: {}", "{} spoke for the victim",
    "Vicky {}",
]  # fmt: skip


def who(sentence: str, name: str = NAME, subject: int | None = 4) -> frozenset[int]:
    text = sentence.format(name)
    span = Span(text.index(name), text.index(name) + len(name))
    return victims([Segment("text", text)], [Finding("text", span, "PERSON", 0.9, "r", subject=subject)])


@pytest.mark.parametrize("sentence", CALLED)
def test_a_plain_statement_counts(sentence: str) -> None:
    assert who(sentence) == {4}
    assert who(sentence, "Ferreira") == {4}
    assert who(sentence, subject=None) == frozenset()


@pytest.mark.parametrize("sentence", NOT_CALLED)
def test_what_is_said_of_somebody_else_does_not(sentence: str) -> None:
    assert who(sentence) == frozenset()
