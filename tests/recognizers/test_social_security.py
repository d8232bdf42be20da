"""What was missed once and must not be again: numbers that a weak word nearby was taken to explain away."""

import pytest

from recognizers.social_security import SocialSecurityRecognizer

MUST_FIND = [
    ("On file: 601-44-9182", "601-44-9182"),
    ("Item: Social Security no.\nOn file: 601-44-9182\n", "601-44-9182"),
    ("case 601-44-9182", "601-44-9182"),
    ("SSN 123-45-6789", "123-45-6789"),
    ("SSN: 078-05-1120", "078-05-1120"),
]


@pytest.mark.parametrize(("text", "value"), MUST_FIND)
def test_it_is_found(text: str, value: str) -> None:
    found = SocialSecurityRecognizer().analyze(text)
    assert {text[result.start : result.end] for result in found} == {value}


@pytest.mark.parametrize(
    "text", ["parcel no. 601-44-9182", "tag 000-41-7733", "ref 666-12-1234", "912-30-4481"]
)
def test_a_numbering_of_its_own_is_left(text: str) -> None:
    assert SocialSecurityRecognizer().analyze(text) == []
