"""Digits as records show them: damaged by scanning, spaced out, or spoken as words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from recognizers.leads import led

LOOKALIKES = str.maketrans("OoQDlIi|!SsBZzqg", "0000111115582299")
"""Letters that scanning puts in the place of one digit."""
_ALTERNATIVES = {"B": "83", "E": "3", "b": "68", "G": "6", "g": "9", "q": "9", "D": "0"}

_UNITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SPANISH = ["cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"]
_SPOKEN = {word: str(value) for value, word in enumerate(_UNITS)}
_SPOKEN |= {word: str(value) for value, word in enumerate(_SPANISH)}
_SPOKEN |= {word: str(value) for value, word in enumerate(_TEENS, 10)}
_SPOKEN |= {"oh": "0", "o": "0", "ought": "0", "nought": "0", "aught": "0", "niner": "9", "hundred": "00"}
_SPOKEN |= {"thousand": "000"}
_TEN = {word: str(value) for value, word in enumerate(_TENS, 2)}
_TIMES = {"double": 2, "triple": 3}
_WORD = re.compile(r"[a-z]+|\d+", re.IGNORECASE)
_WORDS = "|".join(sorted([*_SPOKEN, *_TEN, *_TIMES], key=len, reverse=True))
_GAP = r"(?:[ ,.;\u2026-]{1,5}|[,. ]{0,3}\n[ ]{0,8}(?:\d{1,2}[ ]{1,4})?)"
_FILLER = rf"(?:(?:uh|um|er|eh|and|then|dash|hyphen|space|y|guion){_GAP})?"
SPOKEN = led(
    rf"\b(?:{_WORDS})\b(?:{_GAP}{_FILLER}{_FILLER}(?:(?:{_WORDS})\b|\d{{1,4}}\b)){{1,30}}",
    rf"(?:{_WORDS})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SpokenNumber:
    """A number said in words: characters ``start:end`` and the digits that they say."""

    start: int
    end: int
    digits: str


def undamaged(text: str) -> str:
    """Read every character that scanning may have made of a digit as that digit; same length."""
    return text.translate(LOOKALIKES)


def only_digits(text: str) -> str:
    """Keep the digits of ``text``, lookalike letters read as digits, and drop all else."""
    return "".join(character for character in text.translate(LOOKALIKES) if character.isdigit())


def readings(text: str, most: int = 64) -> Iterator[str]:
    """Yield the numbers that damaged ``text`` may show, the likeliest first, at most ``most`` of them."""
    choices = []
    for character in text:
        if character in _ALTERNATIVES:
            choices.append(_ALTERNATIVES[character])
        elif (digit := character.translate(LOOKALIKES)).isdigit():
            choices.append(digit)
    found = [""]
    for choice in choices:
        found = [prefix + digit for prefix in found for digit in choice][:most]
    yield from found


def damaged(text: str) -> bool:
    """Tell whether a letter stands among the digits of ``text``."""
    return any(character.isalpha() for character in text)


def spoken_numbers(text: str) -> Iterator[SpokenNumber]:
    """Yield the numbers of two or more words in ``text``."""
    for match in SPOKEN.finditer(text):
        yield SpokenNumber(match.start(), match.end(), _said(match[0]))


def _said(words: str) -> str:
    digits, times, tens = "", 1, ""
    for word in _WORD.findall(words.lower()):
        if word in _TIMES:
            times = _TIMES[word]
            continue
        if word in _TEN:
            digits += tens + ("0" if tens else "")
            tens = _TEN[word]
            continue
        value = word if word.isdigit() else _SPOKEN.get(word, "")
        if not value:
            continue
        if tens:
            digits += tens + (value if len(value) == 1 and value != "0" else "0" + value)
            tens = ""
        elif value in ("00", "000") and not digits:
            digits += value
        else:
            digits += value * times
        times = 1
    return digits + (tens + "0" if tens else "")
