"""Leads: where an expensive pattern can begin, told by a cheap one, so that it need not be tried everywhere.

A pattern that ignores case, or begins with one of many words, is tried at each character of a text. In the
text in lower case the same words are found several times as fast, as the first characters that they can have
are known. What is found does not change: wherever the pattern begins, its lead does.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

_SMALL = str.maketrans("\u0130\u0131\u017f\u212a", "iisk")
"""What ``re.IGNORECASE`` holds equal to a letter of ASCII and ``str.lower`` does not."""


@lru_cache(maxsize=4)
def lowered(text: str) -> str:
    """Return ``text`` in lower case, each character at its place."""
    return text.lower() if text.isascii() else text.translate(_SMALL).lower()


@dataclass(frozen=True, slots=True)
class Led:
    """A pattern with its lead."""

    pattern: re.Pattern[str]
    lead: re.Pattern[str]
    """Matches in lower case wherever ``pattern`` can begin, and takes no character there at which another
    match can begin."""

    def finditer(self, text: str) -> Iterator["re.Match[str]"]:
        """Yield the matches of the pattern, as its own ``finditer`` does."""
        done = 0
        for begin in self.lead.finditer(lowered(text)):
            if begin.start() >= done and (match := self.pattern.match(text, begin.start())):
                yield match
                done = match.end()

    def search(self, text: str) -> "re.Match[str] | None":
        """Return the first match of the pattern."""
        return next(self.finditer(text), None)


def led(pattern: str, lead: str, flags: int = 0) -> Led:
    """Return ``pattern`` with its lead, which is written in lower case."""
    return Led(re.compile(pattern, flags), re.compile(lead))


def begun(words: Iterable[str], after: str = "") -> str:
    """Return a lead to any of ``words``, plain and in lower case, where the pattern ``after`` follows."""
    return "|".join(f"{word[0]}(?={re.escape(word[1:])}{after})" for word in words)


def caseless(pattern: str) -> Led:
    """Return a pattern, written in lower case, that ignores case: it leads itself.

    Raises ``ValueError`` where a letter of it is a capital.
    """
    bare = re.sub(r"\\.|\(\?P|A-Z", "", pattern)
    if bare != bare.lower():
        raise ValueError("a pattern that ignores case is written in lower case")
    return Led(re.compile(pattern, re.IGNORECASE), re.compile(pattern))
