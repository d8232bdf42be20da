"""Which numbers an authority can have issued: published examples, and the edges of each range."""

import pytest

from recognizers import validity

CARDS = {
    "4111111111111111": "visa",
    "4222222222222": "visa",
    "5555555555554444": "mastercard",
    "2223003122003222": "mastercard",
    "2720992593319364": "mastercard",
    "378282246310005": "amex",
    "6011111111111117": "discover",
    "30569309025904": "diners",
    "3530111333300000": "jcb",
    "6250941006528599": "unionpay",
    "6304000000000000": "maestro",
}
NOT_CARDS = [
    "4111111111111112",
    "2721000000000004",
    "0000000000000000",
    "9405511899561234560",
    "411111111111111",
]


@pytest.mark.parametrize(("digits", "network"), CARDS.items())
def test_published_test_cards(digits: str, network: str) -> None:
    assert validity.card(digits)
    assert validity.card_network(digits) == network


@pytest.mark.parametrize("digits", NOT_CARDS)
def test_no_cards(digits: str) -> None:
    assert not validity.card(digits)


@pytest.mark.parametrize(
    ("digits", "issued"),
    [
        ("001010001", True),
        ("899999999", True),
        ("772480000", False),
        ("000121234", False),
        ("666121234", False),
        ("900121234", False),
        ("512001234", False),
        ("078051120", True),
        ("51212345", False),
    ],
)
def test_ssn(digits: str, issued: bool) -> None:
    assert validity.ssn(digits) is issued


@pytest.mark.parametrize(
    ("digits", "issued"),
    [
        ("900500000", True),
        ("999881234", True),
        ("912901234", True),
        ("912931234", False),
        ("912661234", False),
        ("812501234", False),
    ],
)
def test_itin(digits: str, issued: bool) -> None:
    assert validity.itin(digits) is issued


@pytest.mark.parametrize(
    ("digits", "issued"),
    [
        ("121000248", True),
        ("322271627", True),
        ("121000249", False),
        ("000000000", False),
        ("991000248", False),
    ],
)
def test_routing(digits: str, issued: bool) -> None:
    assert validity.routing(digits) is issued


@pytest.mark.parametrize(
    ("value", "issued"),
    [
        ("1EG4TE5MK73", True),
        ("1eg4te5mk72", True),
        ("0EG4TE5MK73", False),
        ("1SG4TE5MK73", False),
        ("1EG4TE5MK7", False),
    ],
)
def test_medicare(value: str, issued: bool) -> None:
    assert validity.medicare(value) is issued


def test_check_digits_of_the_icao_specimen() -> None:
    assert validity.travel_check("L898902C3", "6")
    assert validity.travel_check("740812", "2")
    assert not validity.travel_check("L898902C3", "5")
