"""Sought names: who is named in a request is looked for in the text of all its documents."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from recognizers.name_lexicon import is_common, is_public_after, name_words
from recognizers.normalization import normalize
from redact.document import Segment, Span
from redact.finding import Finding

PERSON = "PERSON"
PATTERN = "name found elsewhere in the request"
"""Pattern name of a finding that was made because the same person is named elsewhere."""
Name = tuple[str, ...]
"""Folded words in the order of speech."""
_WORD = re.compile(r"[^\W\d_]+(?:['’`](?![sS]\b)[^\W\d_]+)*")
_REPEATED = 0.75
"""Score of a name that was found because the same person is named elsewhere."""
_LONGEST = 6
"""Most words of a name that is looked for."""
_STRETCH = 100_000
"""Characters that are searched for known names at a time."""
_MARGIN = 2_000
"""Characters at the end of a stretch that are left to the next one, so that no name lies across a seam."""


class Sought:
    """The names that are looked for, each with the number of a person. Never prints them."""

    def __init__(self) -> None:
        self._numbers: dict[Name, int] = {}
        self._lengths: dict[str, list[int]] = {}
        """Words of the names that begin with a word, most first."""

    def __repr__(self) -> str:
        return f"<Sought: {len(self._numbers)} names of a request>"

    def seek(self, name: Name, number: int) -> None:
        """Look for a name in every document, unless it is too common or too long for that."""
        if not (1 < len(name) <= _LONGEST or (len(name) == 1 and is_telling(name[0]))):
            return
        # Of several who are called so the first: a name is looked for once, however many have it.
        self._numbers.setdefault(name, number)
        lengths = self._lengths.setdefault(name[0], [])
        if len(name) not in lengths:
            lengths.append(len(name))
            lengths.sort(reverse=True)

    def find(self, here: Mapping[str, int], segment: Segment) -> Iterator[Finding]:
        """Yield the places where a known name stands; takes time linear in the text, and bounded memory."""
        if not here and not self._numbers:
            return
        start = 0
        while start < len(segment.text):
            stretch = segment.text[start : start + _STRETCH]
            margin = _MARGIN if start + _STRETCH < len(segment.text) else 0
            places, following = self._in_stretch(here, stretch, margin)
            for span, number in places:
                place = Span(start + span.start, start + span.end)
                yield Finding(segment.locator, place, PERSON, _REPEATED, "People", PATTERN, subject=number)
            start += following

    def _in_stretch(
        self, here: Mapping[str, int], stretch: str, margin: int
    ) -> tuple[list[tuple[Span, int]], int]:
        """Return where known names stand in a stretch of text, and where the next stretch begins."""
        normal = normalize(stretch)
        text = normal.text
        words = list(_WORD.finditer(text))
        folded = [_folded(word[0]) for word in words]
        places: list[tuple[Span, int]] = []
        following = bisect_left(words, len(text) - margin, key=re.Match.start)
        after = 0
        for at, first in enumerate(folded[:following]):
            if at < after or not (first in self._lengths or first in here):
                continue
            length, number = self._longest_form(text, folded, words, at)
            if not length and first in here and is_telling(first):
                length, number = 1, here[first]
            start, end = words[at].start(), words[at + max(length, 1) - 1].end()
            if length == 1 and not _stands_as_name(text, start, end):
                length = 0
            if length:
                places.append((Span(*normal.original(start, end)), number))
            after = at + max(length, 1)
        following = max(following, after)
        return places, normal.original(*words[following].span())[0] if following < len(words) else len(
            stretch
        )

    def _longest_form(
        self, text: str, folded: list[str], words: list["re.Match[str]"], at: int
    ) -> tuple[int, int]:
        for length in self._lengths.get(folded[at], ()):
            name = tuple(folded[at : at + length])
            if len(name) < length or (number := self._numbers.get(name)) is None:
                continue
            pieces = words[at : at + length]
            gaps = [text[a.end() : b.start()] for a, b in pairwise(pieces)]
            if all(len(gap) <= 3 and gap.count("\n") <= 1 for gap in gaps) and (
                any(m[0][0].isupper() for m in pieces) or not all(map(is_common, name))
            ):
                return length, number
        return 0, 0


@lru_cache(maxsize=2**16)
def _folded(word: str) -> str:
    """Return a word as names have it; empty if none can."""
    return next(iter(name_words(word)), "")


def is_telling(word: str) -> bool:
    """Whether a single word may be looked for elsewhere."""
    return len(word) > 2 and not is_common(word)


def _stands_as_name(text: str, start: int, end: int) -> bool:
    """Whether a single word is capitalised and not the beginning of a street, company or the like."""
    return text[start].isupper() and not is_public_after(text, end)
