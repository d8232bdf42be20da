"""Findings from phrases: the lexicons' cues, weighed by who is meant and widened to what they disclose."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from recognizers.context import People, people
from recognizers.extent import widen
from recognizers.fields import field_hits
from recognizers.lexicon import BEARER, NAME, Match, matches
from recognizers.read_twice import ReadTwice
from recognizers.recognizer import Hit
from recognizers.tokens import Tokens, tokenize

_UNCHECKED = re.compile(r"(?:\u2610|\[ {0,2}\]|\( {0,2}\)|__) {0,2}\Z")
_CHECKED = re.compile(r"(?:[\u2611\u2612\u2713\u2714]|[\[(] ?[xX\u2713\u2022] ?[\])]) {0,2}\Z")
_LONGEST_NOTE = 16
"""Most tokens of a sentence that counts as a note."""
_CELLS = frozenset("|\t:=")
_LIST = 3
"""Fewest words of a kind in a row that are a list and tell of nobody."""
_LIST_MARKS = frozenset({",", "/", "and", "or"})
_LIST_GAP = 3
"""Most tokens between two words of a list: one word that no lexicon knows may stand there."""
_BORNE = frozenset({"DISABILITY_STATUS", "HEALTH_INFORMATION", "IMMIGRATION_STATUS", "SEXUAL_ORIENTATION"})
"""Entities whose words may stand before those who bear them: ``deaf callers``."""
_LETTERS = 4
"""Most letters of an abbreviation that a number may hold."""
_NUMBERED = re.compile(r"-\d{2}")
_NUMBERING = re.compile(r"\d-\Z")
_BRIDGE = 24
"""Most characters between two hits of one entity in one clause that are joined."""
_BREAK = re.compile(r"[.;|\n\t()\"]|  |\b(?:he|she|they|who|his|her)\b")


class PhraseRecognizer(ReadTwice):
    """A recognizer whose findings come from the lexicons of phrases and of form fields."""

    def first(self, text: str) -> Iterable[Hit]:
        """Yield the hits of this recognizer's entities in ``text``, which is in normal form."""
        return (hit for hit in phrase_hits(text) if hit.entity in self.ENTITIES)


@lru_cache(maxsize=4)
def phrase_hits(text: str) -> tuple[Hit, ...]:
    """Find every contextual fact that the lexicons know in ``text``, in one pass for all entities."""
    tokens = tokenize(text)
    who = people(text)
    hits = [*_cue_hits(tokens, who), *field_hits(tokens)]
    return tuple(_merged(text, hits))


def _cue_hits(tokens: Tokens, who: People) -> Iterator[Hit]:
    for match in _unlisted(tokens, matches(tokens)):
        if not _means_somebody(tokens, who, match):
            continue
        cue = match.cue
        match = replace(match, end=match.end - match.phrase.count(NAME) - match.phrase.count(BEARER))
        start, end = _fragment(tokens, who, match) or widen(
            tokens, match.start, match.end, cue.left, cue.right
        )
        yield Hit(cue.entity, tokens.starts[start], tokens.ends[end - 1], cue.score, cue.name, match.phrase)


def _unlisted(tokens: Tokens, found: Iterable[Match]) -> Iterator[Match]:
    """Leave out the words of a list of three or more of their kind: ``Somali, Karen and Hmong``."""
    row: list[Match] = []
    inner: list[Match] = []
    for match in found:
        if row and match.cue is row[-1].cue and match.end <= row[-1].end:
            inner.append(match)
            continue
        if row and not (match.cue is row[-1].cue and _goes_on(tokens, row[-1].end, match.start)):
            yield from (*row, *inner) if len(row) < _LIST else ()
            row, inner = [], []
        if match.cue.right == "cue" and match.cue.who == "stated":
            row.append(match)
        else:
            yield match
    yield from (*row, *inner) if len(row) < _LIST else ()


def _goes_on(tokens: Tokens, end: int, start: int) -> bool:
    return 0 < start - end <= _LIST_GAP and not set(tokens.words[end:start]).isdisjoint(_LIST_MARKS)


def _fragment(tokens: Tokens, who: People, match: Match) -> tuple[int, int] | None:
    """The whole sentence of ``match`` where it is a note without subject: all of it tells the fact."""
    first, last = tokens.sentence(match.start)
    if match.cue.right in ("cue",) or last - first > _LONGEST_NOTE or who.person_between(first, last):
        return None
    if any(tokens.words[at] in _CELLS for at in range(first, last)):
        return None
    while last > match.end and not tokens.is_word(last - 1):
        last -= 1
    while first < match.start and not tokens.is_word(first):
        first += 1
    return first, last


def _coded(tokens: Tokens, match: Match) -> bool:
    """Whether letters are part of a number: ``DM-24-0117``, ``case 24-DM``."""
    start, end = tokens.starts[match.start], tokens.ends[match.start]
    return (
        match.end - match.start == 1
        and end - start <= _LETTERS
        and bool(
            _NUMBERED.match(tokens.text, end) or _NUMBERING.search(tokens.text, max(0, start - 3), start)
        )
    )


def _means_somebody(tokens: Tokens, who: People, match: Match) -> bool:
    offset = tokens.starts[match.start]
    before = tokens.text[max(0, offset - 8) : offset]
    if _UNCHECKED.search(before):
        return False
    if _CHECKED.search(before):
        return True
    if match.cue.who == "ticked":
        return False
    if who.policy(match.start) or who.anybody(match.start):
        return False
    if who.institution(match.start, match.end) or who.offered(match.start, match.end):
        return False
    if (match.cue.entity in _BORNE and who.plural(match.start, match.end)) or _coded(tokens, match):
        return False
    if who.mentions("sayings", match.start):
        return False
    if match.cue.unless and who.mentions(match.cue.unless, match.start):
        return False
    if match.cue.near and not who.about(match.cue.near, match.start):
        return False
    if match.cue.who == "stated" and not who.stated(match.start, match.end):
        return False
    if match.cue.who == "anyone":
        return True
    if match.cue.who == "subject":
        return who.subject(match.start, match.end)
    return who.near(match.start, match.end)


def _merged(text: str, hits: Iterable[Hit]) -> Iterator[Hit]:
    """Join hits of one entity that overlap or that only a comma or an ``and`` keeps apart."""
    last: dict[str, Hit] = {}
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        before = last.get(hit.entity)
        if before is not None and (
            hit.start <= before.end
            or (hit.start - before.end < _BRIDGE and _BREAK.search(text, before.end, hit.start) is None)
        ):
            best = max(before, hit, key=lambda one: one.score)
            last[hit.entity] = Hit(
                hit.entity, before.start, max(before.end, hit.end), best.score, best.pattern, best.cue
            )
            continue
        if before is not None:
            yield before
        last[hit.entity] = hit
    yield from last.values()
