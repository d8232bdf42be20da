"""Words whose letters are set apart, along a line or one below the other, as who reads them puts them
together."""

import math
import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from redact.formats.pdf.pagetext import Owner, PageText

_LETTERS = re.compile(r"(?<!\S)[^\W_](?:[ \t]*[ \t\n][ \t]*[^\W_](?!\S)){3,}(?!\S)")
_PIECES = re.compile(r"(?<!\S)[^\W\d_]{1,3}(?:[ \t]+[^\W\d_]{1,3}(?!\S)){2,}")
_WIDER, _EVEN, _LONG = 1.6, 0.12, 6
"""How much wider than most steps between its letters that between two words is; how much the steps of letters
of different width differ at most where each has the same room; letters from which that is no chance."""
_Letter = tuple[str, tuple[Owner, ...]]


def spaced_words(text: PageText) -> PageText:
    """Return each word of four letters and more that stand apart in ``text`` as one, on a line of its own."""
    characters: list[str] = []
    owners: list[tuple[Owner, ...]] = []
    apart = [word for match in _LETTERS.finditer(text.text) for word in _words(text, match)]
    even = [word for match in _PIECES.finditer(text.text) for word in _words(text, match) if _is_even(word)]
    for character, found in (letter for word in [*apart, *even] for letter in [*word, ("\n", ())]):
        characters.append(character)
        owners.append(found)
    return PageText("".join(characters), tuple(owners))


def _words(text: PageText, match: re.Match[str]) -> Iterator[list[_Letter]]:
    """Yield letters by word: cut where the next stands much further away than letters mostly do."""
    places = [place for place in range(*match.span()) if not text.text[place].isspace()]
    letters = [(text.text[place], text.owners[place]) for place in places]
    steps = _steps(letters)
    usual = median(steps)
    word = letters[:1]
    for letter, step in zip(letters[1:], steps, strict=True):
        if step > _WIDER * usual:
            yield word
            word = []
        word.append(letter)
    yield word


def _is_even(word: list[_Letter]) -> bool:
    """Whether the letters of a long word all have the same room."""
    steps = _steps(word)
    return len(word) >= _LONG and max(steps) - min(steps) < _EVEN * median(steps)


def _steps(letters: list[_Letter]) -> list[float]:
    """Return how far each letter begins from the one before it."""
    begins = [(owners[0].box.x0, owners[0].box.y0) if owners else (0.0, 0.0) for _, owners in letters]
    return [math.dist(first, second) for first, second in pairwise(begins)]
