"""How far a disclosure reaches around the cue that gave it away.

The finding is the smallest phrase that discloses the fact, so a cue carries along its noun phrase, its verb,
or the clause that tells what happened, and stops before the next thought.
"""

from recognizers.lexicon import Left, Right
from recognizers.tokens import Tokens
from recognizers.word_classes import vocabulary

_LONGEST = 32
"""Most tokens that a finding takes in on either side of its cue."""


def widen(tokens: Tokens, start: int, end: int, left: Left, right: Right) -> tuple[int, int]:
    """Widen the tokens ``start:end`` as the modes say, within their sentence."""
    first, last = tokens.sentence(start)
    first, last = max(first, start - _LONGEST), max(end, min(last, end + _LONGEST))
    begin = _left(tokens, start, first, left)
    stop = _right(tokens, end, last, right)
    loose = vocabulary()["loose"]
    while begin < start and (not tokens.is_word(begin) or tokens.words[begin] in loose):
        begin += 1
    while stop > end and (
        not (tokens.is_word(stop - 1) or tokens.words[stop - 1] in "%)") or tokens.words[stop - 1] in loose
    ):
        stop -= 1
    return begin, stop


def _left(tokens: Tokens, start: int, first: int, mode: Left) -> int:
    if mode == "cue":
        return start
    words = tokens.words
    if mode in ("clause", "sentence"):
        openers = vocabulary()["openers"]
        while start > first:
            if mode == "clause" and (tokens.breaks(start - 1) or words[start - 1] in openers):
                break
            start -= 1
        return start
    function, determiners, verbs = (vocabulary()[name] for name in ("function", "determiners", "verbs"))
    steps = 0
    at = start
    while at > first and steps < 3 and tokens.is_word(at - 1) and words[at - 1] not in function:
        at -= 1
        steps += 1
    if steps < 3 and (
        at == first or not tokens.is_word(at - 1) or words[at - 1] in determiners or words[at - 1] in verbs
    ):
        start = at
    if start > first and words[start - 1] in determiners:
        start -= 1
    if mode == "verb":
        steps = 0
        while (
            start > first
            and steps < 5
            and (words[start - 1] in verbs or words[start - 1] in determiners)
            and not (words[start - 1] == "'s" and words[start - 2] not in vocabulary()["subjects"])
        ):
            start -= 1
            steps += 1
    return start


def _right(tokens: Tokens, end: int, last: int, mode: Right) -> int:
    if mode == "cue":
        return end
    words = tokens.words
    if mode == "sentence":
        return last
    openers, function = vocabulary()["openers"], vocabulary()["function"]
    if mode == "noun":
        steps = 0
        while end < last and steps < 4 and tokens.is_word(end) and words[end] not in function:
            end += 1
            steps += 1
        return end
    while end < last:
        word = words[end]
        if tokens.breaks(end) and not (word == "." and end + 1 < last and words[end + 1][0].isdigit()):
            break
        if mode == "phrase" and (word in openers or word in vocabulary()["finite"]):
            break
        if mode == "clause" and word in vocabulary()["turns"]:
            break
        end += 1
    return end
