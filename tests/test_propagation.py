"""Propagation of identifiers: the same value, whatever separates its characters."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.document import Span
from redact.finding import Finding
from redact.propagation import SHORTEST, Values, letters_of

FOUND_AGAIN = [
    ("US_SSN", "123-45-6789", "SSN 123 45 6789.", "123 45 6789"),
    ("US_SSN", "123-45-6789", "id:123456789;", "123456789"),
    ("US_SSN", "123-45-6789", "123-45-\n6789", "123-45-\n6789"),
    ("US_SSN", "123-45-6789", "soc123-45-6789", "123-45-6789"),
    ("CREDIT_CARD", "4111 1111 1111 1111", "card 4111-1111-1111-1111 x", "4111-1111-1111-1111"),
    ("PHONE_NUMBER", "(562) 555-0142", "call 562.555.0142 now", "562.555.0142"),
    ("EMAIL_ADDRESS", "Ana.Ruiz@post.example", "to ana.ruiz@POST.example", "ana.ruiz@POST.example"),
    ("HOME_ADDRESS", "12 Elm St., Apt 4", "lives 12 ELM ST APT 4", "12 ELM ST APT 4"),
    ("US_DRIVER_LICENSE", "N7720418", "DL n772-0418", "n772-0418"),
    ("US_SSN", "123-45-6789", "１２３-４５-６７８９", "１２３-４５-６７８９"),
]
NOT_FOUND = [
    ("US_SSN", "6789", "in 6789"),  # the last four would meet years
    ("US_SSN", "123-45-6789", "no. 9123-45-6789"),
    ("US_SSN", "123-45-6789", "no. 123-45-67890"),
    ("US_SSN", "123-45-6789", "123 and 45 and 6789"),
    ("PASSWORD", "welcome", "You are welcome here"),
    ("PASSWORD", "1234", "1234 Main"),
    ("CARD_SECURITY_CODE", "123", "Room 123"),
    ("HEALTH_INFORMATION", "has asthma", "has asthma"),
    ("PERSON", "Ana Ruiz", "Ana Ruiz"),  # names are the business of people
    ("PHONE_NUMBER", "x204", "x204"),
]


def known(entity: str, value: str) -> tuple[str, Finding]:
    return value, Finding("text", Span(0, len(value)), entity, 0.9, "R")


@pytest.mark.parametrize(("entity", "value", "text", "expected"), FOUND_AGAIN)
def test_found_again(entity: str, value: str, text: str, expected: str) -> None:
    [found] = Values([known(entity, value)]).find("page:2", text)
    assert (text[found.span.start : found.span.end], found.entity, found.locator) == (
        expected,
        entity,
        "page:2",
    )


@pytest.mark.parametrize(("entity", "value", "text"), NOT_FOUND)
def test_not_sought(entity: str, value: str, text: str) -> None:
    assert list(Values([known(entity, value)]).find("page:2", text)) == []


@given(st.text("0123456789", min_size=SHORTEST["US_BANK_NUMBER"], max_size=17), st.sampled_from(" -.\n"))
def test_every_regrouping_of_an_account_number_is_found(number: str, separator: str) -> None:
    written = number[:3] + separator + number[3:]
    [found] = Values([known("US_BANK_NUMBER", number)]).find("text", f"account {written} closed")
    assert len(found.span) == len(written)


def test_time_grows_with_the_text_and_not_with_the_number_of_values() -> None:
    values = Values([known("US_BANK_NUMBER", str(100_000_000 + n)) for n in range(5_000)])
    started = time.monotonic()
    assert list(values.find("text", "7 12 345 6789 " * 20_000)) == []
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    ("value", "sought"),
    [("dana.whitfield@example.org", True), ("dana＠example.org", True), ("vistalinda.gov", False)],
)
def test_a_domain_by_itself_is_looked_for_nowhere_else(value: str, sought: bool) -> None:
    finding = Finding("text", Span(0, len(value)), "EMAIL_ADDRESS", 0.95, "LearnedRecognizer")
    assert (letters_of(value, finding) is not None) is sought


def test_what_is_sought_is_never_printed() -> None:
    assert "123" not in repr(Values([known("US_SSN", "123-45-6789")]))


pieces = st.sampled_from(
    ["123-45-6789", "123 45 6789", "12 Elm St Apt 4", "４５６", "\u200b", "é", " and ", "-", "\n", "9"]
)


@given(st.lists(pieces, max_size=25).map("".join), st.integers(1, 40))
def test_a_long_text_searched_in_stretches_gives_what_it_gives_at_once(text: str, stretch: int) -> None:
    values = Values([known("US_SSN", "123-45-6789"), known("HOME_ADDRESS", "12 Elm St., Apt 4")])
    at_once = list(values.find("text", text))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("recognizers.stretches.LENGTH", stretch)
        assert list(values.find("text", text)) == at_once
