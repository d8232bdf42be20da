"""Home and mailing addresses of private people, told from offices, businesses and stretches of road."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from recognizers.address_shapes import shapes
from recognizers.name_lexicon import english_words, fold, given_names, surnames, words_of
from recognizers.read_twice import SecondReader
from recognizers.recognizer import Hit, TextRecognizer
from recognizers.weighing import weights

HOME_ADDRESS = "HOME_ADDRESS"
KINDS = ("neither", HOME_ADDRESS)
"""What a place with the shape of an address can be, in the order of the weights."""
_REPORTED = 0.4
_CITATION = re.compile(
    r"\d{1,4} (?:U\. ?S\.|S\. ?Ct|L\. ?Ed|F\. ?Supp|F\. ?\dd|F\.? ?App|Fed\. ?Reg|Stat\.|Cal\.|Ops?\."
    r"|P\. ?\dd|A\. ?\dd|N\.[EW]\."
    r"|S\.[EW]\.|So\. ?\dd|C\.F\.R|Wash\. ?\dd|Ill\. ?\dd|Wn\.)"
)
"""Volume and reporter of a law citation, which reads like a house number and a street."""
_CONFIRMED = 0.25
"""How sure of nothing a second reader may be where it confirms what the shape makes an address."""
_SCORE = 0.7
"""Least score of what is confirmed."""
_NOTHING = 0.7
"""How sure a second reader must be that a place discloses nothing, so that it is not reported."""
_BLOCK = re.compile(r"\d[ ]{1,2}(?:blk|block)\b", re.IGNORECASE)
"""A block of houses, which is nobody's address."""
_REACH = 200
"""Characters on either side of a place that are looked at, within its line."""


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of text that has the shape of an address."""

    start: int
    end: int
    shape: str


def places(text: str) -> list[Place]:
    """Return the stretches of ``text`` that have the shape of an address, in order, none overlapping."""
    found = [
        Place(match.start(), _end(text, match), shape)
        for shape, pattern in shapes().items()
        for match in pattern.finditer(text)
    ]
    found = [place for place in found if not _CITATION.match(text, place.start)]
    kept: list[Place] = []
    for place in sorted(found, key=lambda p: (p.start, -p.end)):
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return kept


def _end(text: str, match: re.Match[str]) -> int:
    """Leave out what follows the address proper: white space, a comma, a name after the comma."""
    value = match[0].rstrip(" ,\n(;")
    head, comma, town = value.rpartition(", ")
    words = [fold(word) for word in town.split(" ")]
    if comma and len(words) < 3 and words[0] in given_names() and words[0] not in english_words():
        value = head
    if value.endswith(".") and len(value.rsplit(" ", 1)[-1]) > len("Blvd."):
        value = value[:-1]
    return match.start() + len(value)


def evidence(text: str, place: Place) -> Iterator[str]:
    """Yield what speaks for or against ``place`` being a private person's address."""
    value = text[place.start : place.end]
    reach = max(0, place.start - _REACH)
    line = max(reach, text.rfind("\n", reach, place.start) + 1)
    stop = text.find("\n", place.end, place.end + _REACH)
    before, after = text[line : place.start], text[place.end : stop if stop >= 0 else place.end + _REACH]
    yield place.shape
    words = [w.lower() for w in re.findall(r"[^\W\d_]+", value)]
    suffixes = words_of("suffixes", "addresses")
    plain = words_of("plain_suffixes", "addresses")
    if any(word in plain for word in words[1:]):
        yield f"{place.shape}, with a street suffix"
    elif any(word in suffixes for word in words[1:]):
        yield f"{place.shape}, with a rarer suffix"
    else:
        yield f"{place.shape}, without a suffix"
    if re.search(r"#|\b(?:apt|unit|spc|space|upper|lower|rear|depto)\b", value, re.IGNORECASE):
        yield "with a unit"
    if re.search(r"\b(?:ste|suite|floor|room|rm)\b", value, re.IGNORECASE):
        yield "with a suite"
    if re.search(r"\b[A-Z]{2}\b\.?,? +\d{5}", value):
        yield "with a postal code"
    elif re.search(r"\d{5}(?:-\d{4})?\Z", value):
        yield "ends in five digits"
    if words and all(word in english_words() or word in suffixes for word in words):
        yield "only plain words"
    if any(word in {"percent", "days", "am", "pm", "hours", "items", "minutes", "years"} for word in words):
        yield "a quantity"
    if words and words[0] in _COUNTED:
        yield "something counted"
    near = re.findall(r"[^\W\d_]+(?:['/][^\W\d_]+)*", before[-70:].lower())
    for name in ("home", "public"):
        entries = words_of(name, "addresses")
        for distance, word in enumerate(reversed(near[-6:])):
            if word in entries or (
                distance < 5
                and f"{near[-distance - 2] if len(near) > distance + 1 else ''} {word}" in entries
            ):
                yield f"after a {name} word" if distance < 2 else f"after a {name} word, further off"
                if distance == 1 and near[-1] in {"at", "to", "in", "is", "en"}:
                    yield f"after a {name} word and a preposition"
                break
        following = re.findall(r"[^\W\d_]+", after[:50].lower())[:5]
        if any(word in entries for word in following):
            yield f"before a {name} word"
        if any(word in entries for word in words):
            yield f"holds a {name} word"
    previous = text[max(0, line - _REACH) : line].rstrip("\n").rsplit("\n", 1)[-1]
    if not before.strip() and previous:
        name_like = [fold(w) for w in re.findall(r"[^\W\d_]+", previous)]
        if any(word in given_names() and word not in english_words() for word in name_like[:6]):
            yield "below a name"
        if len(previous) < 45:
            yield "below a short line"
    if near:
        yield f"after {near[-1]}" if near[-1] in _PREPOSITIONS else "after another word"
    stripped = before.rstrip()
    yield (
        f"after {stripped[-1]}"
        if stripped and not stripped[-1].isalnum()
        else "after a letter"
        if stripped
        else "at the start of a line"
    )
    if re.search(r"[:=]\s*\Z", before):
        label = re.findall(r"[^\W\d_/]+", before.rsplit("  ", 1)[-1].lower())
        if any(word in words_of("home", "addresses") for word in label):
            yield "label home"
        elif any(word in words_of("public", "addresses") for word in label):
            yield "label public"
        else:
            yield "label, unknown"
    names = [fold(w) for w in re.findall(r"\b[A-ZÀ-Ý][\w'’À-ÿ-]+", before[-60:])]
    if any(word in given_names() and word not in english_words() for word in names):
        yield "after a given name"
    elif any(word in surnames() and word not in english_words() for word in names):
        yield "after a surname"
    if re.search(
        r"\b(?:DOB|SSN|phone|ph|cell|tel|dob|ssn)\b|\d{3}[-. ]\d{4}", before[-80:] + " " + after[:60]
    ):
        yield "beside personal data"
    if re.match(r"\W{0,3}(?:block|blk)\b", after, re.IGNORECASE) or re.search(
        r"\bblock\b|\bblk\b", value, re.IGNORECASE
    ):
        yield "a block"
    if re.match(r" (?:and|&|at|@|x|/) [A-Z0-9]", after):
        yield "an intersection"
    if after[:1] and not after[0].isspace():
        yield f"before {after[0] if not after[0].isalnum() else 'a letter'}"
    elif not after.strip():
        yield "at the end of a line"
    elif after.startswith("  "):
        yield "before a wide gap"


_PREPOSITIONS = frozenset(
    ("at", "in", "on", "to", "of", "from", "near", "by", "is", "and", "the", "a", "en", "de", "for", "with")
)
_COUNTED = english_words() - given_names() - surnames()


class AddressRecognizer(TextRecognizer):
    """Finds home and mailing addresses by their shape and by what stands around them."""

    ENTITIES = (HOME_ADDRESS,)

    def __init__(self, second_reader: SecondReader | None = None) -> None:
        """Take one who is asked, if given, whether a place with the shape of an address discloses one."""
        super().__init__()
        self._second_reader = second_reader

    def find(self, text: str) -> Iterator[Hit]:
        """Yield a hit for each place that is likelier than not a private person's address."""
        weighed = weights("address")
        for place in places(text):
            found = list(evidence(text, place))
            _, score = weighed.probabilities(found)
            if score < _REPORTED or _BLOCK.search(text, place.start, place.end):
                continue
            if self._second_reader:
                nothing = self._second_reader(text, place.start, place.end)
                if nothing >= _NOTHING:
                    continue
                if nothing < _CONFIRMED:
                    score = max(score, _SCORE)
            cue = weighed.weightiest(found, 1)
            yield Hit(HOME_ADDRESS, place.start, place.end, score, place.shape, cue)
