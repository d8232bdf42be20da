"""Unicode normalisation with a map back to the original characters.

Records hide numbers from patterns without meaning to: full-width digits, non-breaking hyphens, zero-width
spaces, soft hyphens. Patterns run on the normalised text; findings are reported on the original.
"""

import re
import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from recognizers.stretches import Text, at_lines

_INVISIBLE = {"Cf", "Mn", "Me"}
_KEPT_CONTROLS = "\n\t\f"
_REPLACED = {
    "\r": "\n",
    "\v": "\n",
    "\x85": "\n",
    "\u2028": "\n",
    "\u2029": "\n",
    "\u00a0": " ",
    "\u2018": "'",
    "\u2019": "'",
    "\u201a": "'",
    "\u201b": "'",
    "\u2032": "'",
    "\u00b4": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u201e": '"',
    "\u2033": '"',
    "\u2212": "-",
    "\u2043": "-",
    "\u30fb": ".",
    "\u2044": "/",
    "\u2215": "/",
}
_SPECIAL = re.compile(r"\r\n|[^\n\t\f -~]")
"""Every character that may not stand for itself; printable ASCII, line feed, tab and form feed do."""


@dataclass(frozen=True, slots=True)
class NormalizedText:
    """A text in normal form and where each of its characters came from."""

    text: str = field(repr=False)
    """The normalised text."""
    _starts: "array[int] | None" = field(repr=False, default=None)
    _ends: "array[int] | None" = field(repr=False, default=None)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Map the half-open range ``start:end`` of the normalised text to the original text.

        Raises ``ValueError`` for an empty range: it stands for no character.
        """
        if start >= end:
            raise ValueError("an empty range of characters has no place in the original text")
        if self._starts is None or self._ends is None:
            return start, end
        return self._starts[start], self._ends[end - 1]


@lru_cache(maxsize=4096)
def _normal_form(character: str) -> str:
    """Give the normal form of one character; it may be empty or longer than one."""
    if character in _REPLACED:
        return _REPLACED[character]
    category = unicodedata.category(character)
    if category in _INVISIBLE or (category == "Cc" and character not in _KEPT_CONTROLS):
        return ""
    if category == "Pd":
        return "-"
    if category == "Zs":
        return " "
    if category == "Nd":
        return str(unicodedata.digit(character))
    form = unicodedata.normalize("NFKC", character)
    return form if form == character else "".join(_normal_form(part) for part in form)


@lru_cache(maxsize=8)
def normalize(text: str) -> NormalizedText:
    """Bring ``text`` to normal form: NFKC, plain dashes, quotes, spaces and digits, nothing invisible.

    Combining marks are composed into their letter where Unicode has one and dropped otherwise, so that
    ``é`` is one letter however it was typed. Text of printable ASCII is returned as it is.
    """
    parts: list[str] = []
    starts, ends = array("l"), array("l")
    done, changed = 0, False
    for match in _SPECIAL.finditer(text):
        start, end = match.span()
        if start < done:
            continue
        character = match[0][-1]
        if unicodedata.combining(character) and start > done:
            start, character = start - 1, text[start - 1]
            end = start + 1
        while end < len(text) and unicodedata.combining(text[end]):
            character = unicodedata.normalize("NFC", character + text[end])[:1]
            end += 1
        form = _normal_form(character)
        if form == text[start:end]:
            continue
        changed = True
        parts += (text[done:start], form)
        starts.extend(range(done, start))
        ends.extend(range(done + 1, start + 1))
        starts.extend([start] * len(form))
        ends.extend([end] * len(form))
        done = end
    if not changed:
        return NormalizedText(text)
    parts.append(text[done:])
    starts.extend(range(done, len(text)))
    ends.extend(range(done + 1, len(text) + 1))
    return NormalizedText("".join(parts), starts, ends)


def normalized(text: Text) -> Iterator[str]:
    """Yield ``text`` in normal form, in parts that overlap: for a search that only asks whether something
    stands there."""
    return (normalize(part).text for part in at_lines(text))
