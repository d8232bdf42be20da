"""No text, however odd, costs a recognizer of identifiers more than linear time."""

import random
import time

import pytest

from recognizers.births import BirthRecognizer
from recognizers.contact import ContactRecognizer
from recognizers.reading import read
from tests.recognizers.test_battery import structured

QUARTER = 250_000
"""Characters of each text in the fast suite; the slow suite takes a megabyte."""
PATTERNS = {
    "dots": ".",
    "digits": "7",
    "spaces": " ",
    "letters": "a",
    "capitals": "A",
    "hyphens": "-",
    "line ends": "\n",
    "spaced digits": "1 ",
    "hyphened digits": "1-",
    "damaged digits": "lO ",
    "licences": "A1 ",
    "rosters": "A  TX  B12345  ",
    "number words": "one two ",
    "at signs": "a@",
    "quotes": "\"'",
    "bars": "a|",
    "angles": "<",
    "secrets": "password is ",
    "cues alone": "ssn ",
    "headings": "name,ssn,dob,acct\n",
    "brackets": "[](){}",
}


def texts(length: int) -> dict[str, str]:
    rng = random.Random(11)
    made = {name: pattern * (length // len(pattern)) for name, pattern in PATTERNS.items()}
    words = ["the", "account", "door", "code", "was", "4417", "Mr", "of", "in", "ssn", "card", "license"]
    made["words and cues"] = " ".join(rng.choice(words) for _ in range(length // 5))
    made["mixed digits"] = "".join(rng.choice("0123456789 -./") for _ in range(length))
    made["mixed"] = "".join(rng.choice("0aO. -lS\n") for _ in range(length))
    return made


def seconds(text: str) -> float:
    begin = time.process_time()
    read(text).cues  # noqa: B018
    for recognizer in [*structured(), BirthRecognizer(), ContactRecognizer()]:
        for _ in recognizer.find(text):
            pass
    return time.process_time() - begin


@pytest.mark.parametrize("name", texts(8))
def test_a_small_odd_text_is_quick(name: str) -> None:
    assert seconds(texts(20_000)[name]) < 2.0


@pytest.mark.parametrize("name", ["cues alone", "headings", "secrets", "words and cues"])
def test_many_cues_take_no_more_than_linear_time(name: str) -> None:
    few, many = seconds(texts(15_000)[name]), seconds(texts(60_000)[name])
    assert many < 7 * few + 0.5


@pytest.mark.slow
@pytest.mark.parametrize("name", texts(8))
def test_a_megabyte_takes_no_more_than_linear_time(name: str) -> None:
    quarter, whole = seconds(texts(QUARTER)[name]), seconds(texts(4 * QUARTER)[name])
    assert whole < 60.0
    assert whole < 8 * quarter + 2.0
