"""Values of mixed letters and digits, as they stand behind a cue."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from recognizers.digits import LOOKALIKES
from recognizers.reading import REACH, Reading, Slot

_SIGN = r"(?:[0-9A-Zl]|(?<=[A-Z0-9])o(?=[0-9A-Z]))"
# The longest run, without a possessive quantifier: before 3.11.5 Python gives characters back inside of one.
_GROUP = rf"(?:{_SIGN}{{18}}|{_SIGN}{{1,17}}(?![0-9A-Z]))(?![a-z])"
_NO_TIME = r"(?![0-9OlI]{1,4}[:/]|[0-9OlI]{4}[ ]|[0-9]{1,4}[-.][0-9]{1,2}[-.])"
"""Where a line breaks, the number does not go on with the time or date that opens the next entry."""
_TIGHT = re.compile(
    rf"(?<![A-Za-z0-9$])[#]?(?P<value>{_GROUP}(?:(?:[ ]?-[ ]?(?:\n[ ]{{0,40}}{_NO_TIME})?|[ ]?[.][ ]?|[ ])"
    rf"{_GROUP}){{0,10}})"
)
_LOOSE = re.compile(
    rf"(?<![A-Za-z0-9$])[#]?(?P<value>{_GROUP}(?:(?:[ ]{{0,3}}[-.][ ]{{0,3}}|[ ]{{1,2}}"
    rf"|[ ]?\n[ ]{{0,80}}{_NO_TIME}){_GROUP}){{0,14}})"
)
_PART = re.compile(r"[0-9A-Zlo]+")
_WORDS = frozenset(
    {
        "DOB",
        "SSN",
        "SS",
        "NO",
        "IS",
        "OLD",
        "ID",
        "DL",
        "SO",
        "OIL",
        "BIO",
        "PO",
        "BOX",
        "IOU",
        "ISO",
        "SOS",
        "LB",
        "LBS",
        "OZ",
        "II",
        "III",
    }
)


@dataclass(frozen=True, slots=True)
class Value:
    """A value found: characters ``start:end`` and its letters and digits alone, as they are."""

    start: int
    end: int
    compact: str

    @property
    def digits(self) -> int:
        """How many of its characters are digits or may be digits after scanning."""
        return sum(character.isdigit() for character in self.compact.translate(LOOKALIKES))

    @property
    def clear_digits(self) -> int:
        """How many of its characters are digits for certain."""
        return sum(character.isdigit() for character in self.compact)


def shape(reading: Reading) -> "re.Pattern[str]":
    """Give the pattern of values that fits the spacing of the text."""
    return _LOOSE if reading.spread else _TIGHT


def trimmed(match: "re.Match[str]", most: int) -> Value | None:
    """Cut from a match what is no part of the value: words behind it, and digits beyond ``most``."""
    start = match.start("value")
    parts: list[re.Match[str]] = []
    count = 0
    for part in _PART.finditer(match["value"]):
        token = part[0]
        number = sum(character.isdigit() for character in token.translate(LOOKALIKES))
        word = not any(character.isdigit() for character in token)
        if word and (
            token in _WORDS
            or token in ("US", "USA")
            or (len(token) > (4 if not parts else 3))
            or (parts and number < len(token) and len(token) > 1)
        ):
            if parts:
                break
            if token not in ("US", "USA"):
                return None
            continue
        if parts and count + len(token) > most + 2 and count >= 4:
            break
        count += len(token)
        parts.append(part)
    while (
        parts
        and parts[-1][0].isalpha()
        and (number_of(parts[-1][0]) < len(parts[-1][0]) and len(parts[-1][0]) > 1)
    ):
        parts.pop()
    if not parts:
        return None
    return Value(start + parts[0].start(), start + parts[-1].end(), "".join(part[0] for part in parts))


def _blank(value: Value) -> bool:
    """Tell whether a value is a filler such as ``00-00-00``: six or more of one digit."""
    return len(value.compact) > 5 and len(set(value.compact)) == 1


def number_of(token: str) -> int:
    """Count the characters of ``token`` that are or may be digits."""
    return sum(character.isdigit() for character in token.translate(LOOKALIKES))


def find_values(
    reading: Reading,
    roles: frozenset[str],
    accept: Callable[[Value, Slot], bool],
    most: int,
    passing: frozenset[str] = frozenset(),
    reach: int = REACH,
    below: bool = True,
) -> Iterator[tuple[Value, Slot]]:
    """Yield the values that are accepted in the slots of cues of ``roles``; see ``Reading.find``."""

    def fits(match: "re.Match[str]", slot: Slot) -> bool:
        value = trimmed(match, most)
        return value is not None and not _blank(value) and accept(value, slot)

    def extent(match: "re.Match[str]") -> tuple[int, int]:
        value = trimmed(match, most)
        return (value.start, value.end) if value else match.span()

    for match, slot in reading.find(shape(reading), roles, fits, passing, reach, below, extent):
        value = trimmed(match, most)
        if value:
            yield value, slot
