"""What has a lead is found where it is without one."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.corpus import load
from recognizers import (
    births,
    card_ends,
    closed_session,
    code_words,
    digits,
    licences,
    logins,
    secrets,
    social_security,
)
from recognizers.address_shapes import shapes
from recognizers.leads import Led, begun, caseless, led, lowered
from recognizers.normalization import normalize

LED: dict[str, Led] = {
    f"{module.__name__}.{name}": value
    for module in (births, card_ends, code_words, digits, licences, logins, secrets, social_security)
    for name, value in vars(module).items()
    if isinstance(value, Led)
} | {"closed_session.inside": closed_session._lexicon().inside, **shapes()}
PIECES = [
    *[
        "1",
        "12",
        "123",
        "1234",
        "45",
        "6789",
        "O",
        "l",
        "I",
        "-",
        "--",
        "/",
        ".",
        ",",
        ";",
        ":",
        "=",
        "#",
        "$",
        "(",
        ")",
        "'",
        '"',
        "\n",
        "\t",
    ],
    *[
        "one",
        "Two",
        "THREE",
        "hundred",
        "oh",
        "someone",
        "turn",
        "to",
        "left",
        "right",
        "times",
        "two",
        "backwards",
        "Password",
        "token",
        "_key",
        "PIN",
        "api_key",
    ],
    *[
        "dob",
        "Date",
        "of",
        "birth",
        "birthdate",
        "birthday?",
        "D.O.B.?",
        "login",
        "user",
        "admin",
        "/",
        "root",
        "credential",
        "creds",
        "wi-fi",
        "key",
    ],
    *[
        "Applicant",
        "PATIENT",
        "Mr",
        "Ana",
        "Ruiz",
        "name,",
        "03/04/1950",
        "1950-03-04",
        "mar",
        "Mar",
        "4,",
        "West",
        "Virginia",
        "california",
        "Texas",
    ],
    *[
        "c/o",
        "Apt",
        "apt4,",
        "Unit",
        "3B,",
        "12nd",
        "1st",
        "floor",
        "upper",
        "fl",
        "Main",
        "St",
        "Elm",
        "Ave",
        "PO",
        "Box",
        "P.O.",
        "Post",
        "Office",
        "RR",
        "Hwy",
    ],
    *[
        "Calle",
        "avenue",
        "of",
        "Via",
        "General",
        "Delivery",
        "slip",
        "unit",
        "trailer",
        "court",
        "closed",
        "session",
        "İ",
        "ı",
        "ſ",
        "K",
        "é",
        "É",
        "½",
    ],
]
texts = st.lists(
    st.tuples(st.sampled_from(PIECES), st.sampled_from(["", " ", " ", "  ", "\n"])), max_size=25
).map(lambda pairs: "".join(piece + gap for piece, gap in pairs))


def places(pattern: "Led | re.Pattern[str]", text: str) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(text)]


@pytest.mark.parametrize("name", LED)
def test_records_are_searched_as_without_a_lead(name: str) -> None:
    pattern = LED[name]
    for record in list(load("train"))[::12]:
        for text in (record.text, record.text.upper(), record.text.lower()):
            text = normalize(text).text
            assert places(pattern, text) == places(pattern.pattern, text)


@given(texts)
def test_a_lead_loses_nothing(text: str) -> None:
    text = normalize(text).text
    for name, pattern in LED.items():
        assert places(pattern, text) == places(pattern.pattern, text), name
        first = pattern.search(text)
        assert (first and first.span()) == (places(pattern, text) or [None])[0]


@given(st.text(max_size=40))
def test_lower_case_keeps_every_place(text: str) -> None:
    assert len(lowered(text)) == len(text)


def test_a_pattern_that_ignores_case_is_written_in_lower_case() -> None:
    assert places(caseless(r"\bkey[A-Za-z]\S"), "KEYx1 \u212aeya2 keY") == [(0, 5), (6, 11)]
    with pytest.raises(ValueError, match="lower case"):
        caseless("Key")


def test_words_that_overlap_are_each_begun() -> None:
    pattern = led(r"\b(?:a b|b) c", begun(["a b", "b"]))
    assert places(pattern, "xa b c, a b c") == [(3, 6), (8, 13)]
