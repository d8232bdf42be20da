"""Stretches: a long text is worked on in parts, so that memory does not grow with it.

However a text is cut, nothing that stands across a seam may be lost: parts overlap, or see a margin of what
stands around them, or end where no word does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

LENGTH = 100_000
"""Characters of a stretch."""
OVERLAP = 2_000
"""Characters that two stretches share which overlap."""
_SPACE = re.compile(r"\s")


class Text(Protocol):
    """A text, or what stands for one that is too long to be characters all at once."""

    def __len__(self) -> int: ...

    def __getitem__(self, stretch: slice, /) -> str: ...


@dataclass(frozen=True, slots=True)
class Stretch:
    """The characters ``start:end`` of a text, which are seen with what stands around them."""

    begin: int
    """First character that is seen."""
    start: int
    end: int
    after: int
    """One past the last character that is seen."""


def overlapping(length: int) -> Iterator[tuple[int, int]]:
    """Yield half-open ranges that cover a text of ``length`` characters and overlap."""
    start = 0
    while start + LENGTH < length:
        yield start, start + LENGTH
        start += LENGTH - OVERLAP
    if length:
        yield start, length


def adjoining(length: int, margin: int) -> Iterator[Stretch]:
    """Yield stretches that cover a text of ``length`` characters, each character once, and see ``margin``
    characters on either side."""
    for start in range(0, length, LENGTH):
        end = min(start + LENGTH, length)
        yield Stretch(max(0, start - margin), start, end, min(end + margin, length))


def at_lines(text: Text) -> Iterator[str]:
    """Yield ``text`` in parts that overlap and begin and end with a line if they can, else with a word."""
    start = 0
    while start + LENGTH < len(text):
        end = _cut(text, start + LENGTH)
        yield text[start:end]
        start = _cut(text, end - OVERLAP)
    yield text[start : len(text)]


def at_spaces(text: Text, start: int = 0, end: int | None = None) -> Iterator[str]:
    """Yield ``text``, or its characters ``start:end``, in parts one after the other that begin where words
    do."""
    end = len(text) if end is None else end
    while start < end:
        part, size = text[start : min(end, start + LENGTH)], LENGTH
        while start + len(part) < end:
            following = text[start + size : min(end, start + 2 * size)]
            if space := _SPACE.search(following):
                part += following[: space.start()]
                break
            part, size = part + following, 2 * size
        yield part
        start += len(part)


def lines(text: Text) -> Iterator[str]:
    """Yield the lines of ``text``, as ``str.splitlines`` knows them."""
    begun = ""
    for stretch in adjoining(len(text), 0):
        parts = (begun + text[stretch.start : stretch.end]).splitlines(keepends=True)
        # What ends a line may go on in the next stretch.
        begun = parts.pop()
        for line in parts:
            yield from line.splitlines()
    yield from begun.splitlines()


def _cut(text: Text, at: int) -> int:
    """Return the last place, at most an overlap before ``at``, where a line begins, or else a word."""
    start = max(0, at - OVERLAP)
    before = text[start:at]
    found = before.rfind("\n") + 1 or before.rfind(" ") + 1
    return start + found if found else at
