"""Words, sentences and clauses of a record, by small rules and in linear time.

Records are not prose: a clause ends at a cell border, a dash or a line break as often as at a full stop.
A hyphen inside a word only joins (``low-income`` is two words), so that spelling variants meet.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache

from recognizers.word_classes import vocabulary

_TOKEN = re.compile(
    r"(?<![^\W_])(?:[A-Za-z]\.){2,}"
    r"|[^\W_]+(?='(?:s|m|re|ve|ll|d)\b)|'(?:s|m|re|ve|ll|d)\b|[^\W_]+(?:'[^\W_]+)*"
    r"|\n(?:[ \t]*\n)*|([^\w\s]|_)\1*|(?<=\S)(?:\t| {3})"
)
_CLOSERS = "\"')]}"
CLAUSE_MARKS = frozenset(',;:()[]{}"|/\u2022\u2026\u00b7\u2192<>=\t!?\u2610\u2611\u2612\u00a7#*')
"""Tokens that end a clause wherever they stand."""


BLANK_LINE = "\n\n"
"""The token of one or more blank lines."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one text, in parallel tuples."""

    text: str = field(repr=False)
    words: tuple[str, ...] = field(repr=False)
    """Lower-case words and single punctuation marks; wide gaps stand as tabs."""
    starts: tuple[int, ...] = field(repr=False)
    ends: tuple[int, ...] = field(repr=False)
    sentences: tuple[int, ...] = field(repr=False)
    """Index of the first token of each sentence, rising."""

    def sentence(self, index: int) -> tuple[int, int]:
        """Half-open range of the tokens in the sentence of token ``index``."""
        at = bisect_right(self.sentences, index)
        end = self.sentences[at] if at < len(self.sentences) else len(self.words)
        return self.sentences[at - 1], end

    def surface(self, index: int) -> str:
        """The token as it is written, an abbreviation without its full stops."""
        surface = self.text[self.starts[index] : self.ends[index]]
        return surface.replace(".", "") if len(surface) > 1 else surface

    def is_word(self, index: int) -> bool:
        """Whether the token is a word or number rather than a mark."""
        return self.words[index][-1].isalnum()

    def breaks(self, index: int) -> bool:
        """Whether a clause ends at this token."""
        word = self.words[index]
        if word == "-":
            before = self.starts[index] - 1
            return before < 0 or self.text[before].isspace()
        return word in CLAUSE_MARKS


@lru_cache(maxsize=4)
def tokenize(text: str) -> Tokens:
    """Cut ``text`` (in normal form) into tokens and sentences."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    sentences = [0]
    pending = False
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        word = _word(match[0])
        if (
            word == "-"
            and start > 0
            and end < len(text)
            and text[start - 1].isalnum()
            and text[end].isalnum()
        ):
            continue
        if pending and word[0] not in _CLOSERS + "\n":
            sentences.append(len(words))
            pending = False
        words.append(word)
        starts.append(start)
        ends.append(end)
        if word[0] == "\n":
            pending = pending or word == BLANK_LINE or _line_ends(text, start)
        elif word in ".!?":
            pending = pending or _stops(text, end, words)
    return Tokens(text, tuple(words), tuple(starts), tuple(ends), tuple(sentences))


def _word(surface: str) -> str:
    """The word in lower case without the stops of an abbreviation; one mark for a row of the same mark."""
    if surface[0].isalnum() or surface[0] == "'":
        return surface.lower().replace(".", "")
    if surface[0] == "\n":
        return BLANK_LINE if surface.count("\n") > 1 else "\n"
    return "\t" if surface.isspace() else surface[0]


def _stops(text: str, end: int, words: list[str]) -> bool:
    following = text[end : end + 2]
    if following[:1] in _CLOSERS and following:
        following = following[1:]
    if following and not following[0].isspace():
        return False
    if words[-1] != ".":
        return True
    before = words[-2] if len(words) > 1 else ""
    if len(before) == 1 or before in vocabulary()["abbreviations"]:
        return False
    rest = text[end : end + 4].lstrip(_CLOSERS + " ")
    return not rest[:1].islower()


def _line_ends(text: str, newline: int) -> bool:
    following = text[newline + 1 : newline + 3].lstrip(" >\t")
    if not following or following[0] == "\n":
        return True
    line_start = text.rfind("\n", max(0, newline - 200), newline) + 1
    return newline - line_start < 55 or not following[0].islower()
