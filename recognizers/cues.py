"""Cues: the words of our lexicon that say what kind of number stands beside, below or after them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate

import ahocorasick

from recognizers.word_classes import table

_CONFUSED = {"0": "o", "1": "l", "i": "l", "|": "l", "!": "l", "5": "s", "$": "s", "8": "b"}
_WIDE = 12
"""More characters than this between two letters of a cue are no damage but other words."""
_GLUE = re.compile(r"[ ]{0,3}-?[ ]{0,3}|-\n[ ]{0,4}")
"""What scanning may put between two letters of one word."""
_BETWEEN = re.compile(r"[ .,'/&_#:\n-]{0,8}")
"""What may stand where the lexicon has a space."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue found in a text: characters ``start:end``, what it announces, and its form in our lexicon."""

    start: int
    end: int
    role: str
    """Table of the lexicon: ``ssn``, ``card``, ``other`` and so on."""
    name: str
    weak: bool


@dataclass(frozen=True, slots=True)
class _Entry:
    role: str
    name: str
    weak: bool
    breaks: frozenset[int]
    """Positions in the folded cue before which the lexicon has a space, stop or hyphen."""
    length: int


def _fold(character: str) -> str:
    plain = unicodedata.normalize("NFD", character.lower())[:1]
    plain = _CONFUSED.get(plain, plain)
    return plain if plain.isalnum() or plain == "#" else ""


@cache
def _table() -> dict[int, str]:
    return {code: _fold(chr(code)) for code in range(0x250)}


def fold(text: str) -> str:
    """Fold letters that scanning confuses into one; drop all but letters, digits and ``#``."""
    return text.translate(_table())


def _entry(role: str, name: str, weak: bool) -> tuple[str, _Entry]:
    folded, breaks = "", set()
    for word in re.split(r"[ /'.-]", name):
        if folded:
            breaks.add(len(folded))
        folded += fold(word)
    return folded, _Entry(role, name, weak, frozenset(breaks), len(folded))


@cache
def _automaton() -> ahocorasick.Automaton:
    entries: dict[str, _Entry] = {}
    for role, cues in table("identifier_cues").items():
        for strength in ("cues", "weak"):
            for name in cues.get(strength, ()):
                folded, entry = _entry(role, name, strength == "weak")
                known = entries.get(folded, entry)
                entries[folded] = replace(known, breaks=known.breaks | entry.breaks)
    automaton = ahocorasick.Automaton()
    for folded, entry in entries.items():
        automaton.add_word(folded, entry)
        if "m" in folded:
            places = accumulate((2 if letter == "m" else 1 for letter in folded), initial=0)
            moved = dict(enumerate(places))
            damaged = folded.replace("m", "rn")
            breaks = frozenset(moved[index] for index in entry.breaks)
            automaton.add_word(damaged, replace(entry, breaks=breaks, length=len(damaged)))
    automaton.make_automaton()
    return automaton


def _stands(text: str, places: list[int], entry: _Entry) -> bool:
    """Tell whether the characters at ``places`` are the cue as a word of its own, not letters of others."""
    start, end = places[0], places[-1] + 1
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isalpha() or (before.isdigit() and (entry.length < 4 or text[start].isdigit())):
        return False
    if after.isalpha() and text[end - 1] != "#":
        return False
    if text[end - 1].isdigit() and (
        after.isdigit() or (len(places) > 1 and places[-1] - places[-2] > 1 and not entry.name[-1].isdigit())
    ):
        return False
    if end - start > entry.length + _WIDE:
        return False
    if entry.name.endswith("/") and "/" not in text[end : end + 3]:
        return False
    if entry.name == "medi-cal" and text[start:end] in ("medical", "Medical", "MEDICAL"):
        return False
    if not any(character.isalpha() for character in text[start:end]) and not entry.name[0].isdigit():
        return False
    inner = broken = 0
    loose: set[str] = set()
    for index in range(1, len(places)):
        gap = text[places[index - 1] + 1 : places[index]]
        if index in entry.breaks:
            if not _BETWEEN.fullmatch(gap):
                return False
        elif gap:
            if entry.length < 5 and not (gap == "." or gap == ". "):
                return False
            if gap not in (".", ". ") and not _GLUE.fullmatch(gap):
                return False
            loose.add(gap)
            broken += 1
        else:
            inner += 1
    if entry.length < 5 and len(loose) > 1:
        return False
    return not broken or broken <= 2 or broken >= inner


def find_cues(text: str) -> list[Cue]:
    """Find the cues in ``text`` (normal form), the longest where several overlap, in order."""
    folded = fold(text)
    if len(folded) == len(text):
        places: list[int] | range = range(len(text))
    else:
        table = _table()
        places = [index for index, character in enumerate(text) if table.get(ord(character), "x")]
    found: list[tuple[int, int, _Entry]] = []
    for last, entry in _automaton().iter(folded):
        first = last - entry.length + 1
        if _stands(text, list(places[first : last + 1]), entry):
            found.append((places[first], places[last] + 1, entry))
    return list(_longest(found))


def _longest(found: list[tuple[int, int, _Entry]]) -> Iterator[Cue]:
    found.sort(key=lambda hit: (hit[0], -hit[1]))
    done = 0
    for start, end, entry in found:
        if start >= done:
            yield Cue(start, end, entry.role, entry.name, entry.weak)
            done = end
