"""Matters discussed in closed session: positions, authority, votes and advice, where a record tells them.

The subjects of a closed session are public (its agenda must name them, Gov. Code 54954.5); what was said
is not (Gov. Code 54963). So a sentence counts only where the record speaks from inside the room, and where it
shows two signs of a position: a sum or a count of votes, a word of bargaining, an opinion or an instruction,
secrecy.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from recognizers.leads import Led, caseless
from recognizers.read_twice import ReadTwice
from recognizers.recognizer import Hit
from recognizers.record_types import record_type
from recognizers.tokens import Tokens, tokenize
from recognizers.word_classes import table

_AMOUNT = re.compile(
    r"\$ ?\d[\d,.]*(?: ?(?:k|m|million|mil)\b)?|\b\d[\d.,]* ?(?:k|m|million|mil|percent|pct)\b|\b\d[\d.]*%"
    r"|\b\d\.\d{1,2}\b(?!\()|\b[1-9]{1,2}00,000\b|\b(?:a|half a|two|three) million\b",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"(?<![-–][FSu] )(?<![-–](?:Fri|Sat|Sun|Thu) )\b\d ?- ?\d(?=[\s.,;)\"]|$)"
    r"|\b(?:one|two|three|four|five|six) (?:to (?:one|two|three|four)|votes for|in favor)\b"
    r"|\b(?:one|two|three|four|five|six) of (?:you|us|them)\b"
    r"|\b(?:two|three|four|five) (?:members|votes|solid|directors|commissioners)\b",
    re.IGNORECASE,
)
_TELLING = 3
"""Sentences with two signs that make a record one that speaks from inside the room."""
_LONGEST_SPEAKER = 6
"""Most tokens that name who speaks in a sentence."""
_SPEAKERS = frozenset({"attorney", "counsel", "chair", "mayor", "manager", "member", "negotiator"})
_SHORTEST = 5
"""Fewest tokens of a sentence that tells something."""
_SCORES = {2: 0.6, 3: 0.75, 4: 0.8}
_MINUTES = {2: 0.85, 3: 0.9, 4: 0.95}
"""Scores in what is as a whole the record of a closed session: one by the number of signs."""


@dataclass(frozen=True, slots=True)
class _Lexicon:
    inside: Led
    """The record speaks of a closed session from inside."""
    public: re.Pattern[str]
    """The sentence is read out or posted in public."""
    signs: dict[str, frozenset[str]]
    """Words of each kind of sign."""
    said: frozenset[str]
    """Verbs after which a sentence tells what was said."""


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    lexicon = table("closed_session")
    inside, public = (rf"\b(?:{'|'.join(lexicon[name])})" for name in ("inside", "public"))
    return _Lexicon(
        caseless(inside),
        re.compile(public, re.IGNORECASE),
        {name: frozenset(words.split()) for name, words in lexicon["classes"].items()},
        frozenset(lexicon["said"].split()),
    )


class ClosedSessionRecognizer(ReadTwice):
    """Finds sentences that disclose what a closed session discussed or decided."""

    ENTITIES = ("CLOSED_SESSION",)

    def first(self, text: str) -> Iterable[Hit]:
        """Yield the hits in ``text``, which is in normal form."""
        if _lexicon().inside.search(text) is None:
            return ()
        tokens = tokenize(text)
        found = [
            (first, last, signs)
            for first, last in _sentences(tokens)
            if (signs := _shown(tokens, first, last))
        ]
        telling = sum(len(signs) > 1 for _, _, signs in found)
        minutes = record_type(text) == "closed_session_minutes"
        wanted = 2 if minutes or telling >= _TELLING else 3
        scores = _MINUTES if minutes else _SCORES
        return [_hit(tokens, *sentence, scores) for sentence in found if len(sentence[2]) >= wanted]


def _sentences(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """The sentences that are long enough to tell something, without their marks at either end."""
    for first, last in pairwise((*tokens.sentences, len(tokens.words))):
        while first < last and not tokens.is_word(first):
            first += 1
        while first < last and not tokens.is_word(last - 1):
            last -= 1
        if last - first >= _SHORTEST:
            yield first, last


def _shown(tokens: Tokens, first: int, last: int) -> tuple[str, ...]:
    """The signs of a position in a sentence; none where it is a heading or read out in public."""
    sentence = tokens.text[tokens.starts[first] : tokens.ends[last - 1]]
    if _heading(sentence) or _lexicon().public.search(sentence):
        return ()
    words = frozenset(tokens.words[first:last])
    signs = [name for name, members in _lexicon().signs.items() if words & members]
    signs += [name for name, sign in (("amount", _AMOUNT), ("count", _COUNT)) if sign.search(sentence)]
    if not {"bargain", "count", "secret"} & set(signs) and len(signs) < 2:
        return ()
    return tuple(signs)


def _heading(sentence: str) -> bool:
    """Whether words in capitals go on in small letters, as those of headings do."""
    first, _, rest = sentence.partition(" ")
    capitals = sum(character.isupper() for character in sentence)
    small = sum(character.islower() for character in sentence)
    return bool(rest) and first.isupper() and 0 < small < capitals / 2


def _hit(tokens: Tokens, first: int, last: int, signs: tuple[str, ...], scores: dict[int, float]) -> Hit:
    return Hit(
        "CLOSED_SESSION",
        tokens.starts[_told_from(tokens, first, last)],
        tokens.ends[last - 1],
        scores[min(4, len(signs))],
        "position",
        ", ".join(signs),
    )


def _told_from(tokens: Tokens, first: int, last: int) -> int:
    """First token of what a sentence tells: its verb where only who speaks, an official, stands before it."""
    said = _lexicon().said
    for at in range(first, min(first + _LONGEST_SPEAKER, last - _SHORTEST)):
        word = tokens.words[at]
        if at > first and word in said:
            return at
        if word not in ("the", ".") and not tokens.surface(at)[0].isupper() and word not in _SPEAKERS:
            break
    return first
