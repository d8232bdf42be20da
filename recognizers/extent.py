"""How far a disclosure reaches around the cue that gave it away.

The finding is the smallest phrase that discloses the fact, so a cue carries along its noun phrase, its verb,
or the clause that tells what happened, and stops before the next thought.
"""

import re
from bisect import bisect_left, bisect_right

from recognizers.lexicon import Left, Right
from recognizers.tokens import Tokens
from recognizers.word_classes import vocabulary

_REST = re.compile(r"(?<=\d)/\d{1,4}(?![\d/])")
"""The rest of a number that goes on after a stroke: ``BP 148 | /92``."""
_COMPLETION = 10
"""Most tokens that completing a finding takes in after it."""
_VERBS = 6
"""Most tokens that completing a finding takes in before it."""
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


def complete(tokens: Tokens, start: int, end: int) -> tuple[int, int]:
    """Complete the characters ``start:end``, which tell a fact, to the phrase that they begin or end in.

    To the left that is the verb with its determiner (``has | COPD``); to the right the rest of the clause,
    where the words break off in its middle or a preposition or number goes on with them (``functions at |
    about age 11``, ``cut off | on May 2``).
    """
    words, classes = tokens.words, vocabulary()
    first = bisect_right(tokens.ends, start)
    last = bisect_left(tokens.starts, end) - 1
    if not first <= last < len(words):
        return start, end
    low, high = tokens.sentence(first)[0], tokens.sentence(last)[1]
    begin = first
    while begin > max(low, first - _VERBS) and (
        words[begin - 1] in classes["verbs"] or words[begin - 1] in classes["determiners"]
    ):
        begin -= 1
    while begin < first and (words[begin] in classes["loose"] or words[begin] == "'s"):
        begin += 1
    stop = last + 1
    broken = last > first and words[last] in classes["function"]
    if stop < high and (broken or words[stop] in classes["joining"] or words[stop][0].isdigit()):
        stop = _clause_end(tokens, stop, min(high, stop + _COMPLETION), last + 1)
    whole = _REST.match(tokens.text, max(end, tokens.ends[stop - 1]))
    return min(start, tokens.starts[begin]), whole.end() if whole else max(end, tokens.ends[stop - 1])


def _clause_end(tokens: Tokens, at: int, last: int, least: int) -> int:
    """The end of the clause of token ``at``, at most ``last`` and without loose words after ``least``."""
    turns, loose = vocabulary()["turns"], vocabulary()["loose"]
    while at < last and not tokens.breaks(at) and tokens.words[at] not in turns and tokens.words[at] != ".":
        at += 1
    while at > least and (not tokens.is_word(at - 1) or tokens.words[at - 1] in loose):
        at -= 1
    return at


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
