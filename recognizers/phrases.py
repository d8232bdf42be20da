"""Findings from phrases: the lexicons' cues, weighed by who is meant and widened to what they disclose."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from recognizers.context import People, people
from recognizers.extent import widen
from recognizers.fields import field_hits
from recognizers.lexicon import Match, matches
from recognizers.recognizer import Hit, TextRecognizer
from recognizers.tokens import Tokens, tokenize

_UNCHECKED = re.compile(r"(?:\u2610|\[ {0,2}\]|\( {0,2}\)|__) {0,2}\Z")
_CHECKED = re.compile(r"(?:[\u2611\u2612\u2713\u2714]|[\[(] ?[xX\u2713\u2022] ?[\])]) {0,2}\Z")
_JOINTS = frozenset(", and & / or plus w with + -".split())


class PhraseRecognizer(TextRecognizer):
    """A recognizer whose findings come from the lexicons of phrases and of form fields."""

    def find(self, text: str) -> Iterable[Hit]:
        """Yield the hits of this recognizer's entities in ``text``, which is in normal form."""
        return (hit for hit in phrase_hits(text) if hit.entity in self.ENTITIES)


@lru_cache(maxsize=4)
def phrase_hits(text: str) -> tuple[Hit, ...]:
    """Find every contextual fact that the lexicons know in ``text``, in one pass for all entities."""
    tokens = tokenize(text)
    who = people(text)
    hits = [*_cue_hits(tokens, who), *field_hits(text)]
    return tuple(_merged(text, hits))


def _cue_hits(tokens: Tokens, who: People) -> Iterator[Hit]:
    for match in matches(tokens):
        if not _means_somebody(tokens, who, match):
            continue
        cue = match.cue
        start, end = widen(tokens, match.start, match.end, cue.left, cue.right)
        yield Hit(cue.entity, tokens.starts[start], tokens.ends[end - 1], cue.score, cue.name, cue.who)


def _means_somebody(tokens: Tokens, who: People, match: Match) -> bool:
    offset = tokens.starts[match.start]
    before = tokens.text[max(0, offset - 8) : offset]
    if _UNCHECKED.search(before):
        return False
    if match.cue.who == "anyone" or _CHECKED.search(before):
        return True
    if who.policy(match.start):
        return False
    if match.cue.who == "subject":
        return who.subject(match.start)
    return who.near(match.start, match.end)


def _merged(text: str, hits: Iterable[Hit]) -> Iterator[Hit]:
    """Join hits of one entity that overlap or that only a comma or an ``and`` keeps apart."""
    last: dict[str, Hit] = {}
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        before = last.get(hit.entity)
        if before is not None and (
            hit.start <= before.end
            or hit.start - before.end < 7
            and all(part in _JOINTS for part in text[before.end : hit.start].replace(",", " , ").split())
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
