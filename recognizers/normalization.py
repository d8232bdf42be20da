"""Unicode normalisation with a map back to the original characters.

Records hide numbers from patterns without meaning to: full-width digits, non-breaking hyphens, zero-width
spaces, soft hyphens. Patterns run on the normalised text; findings are reported on the original.
"""

import unicodedata
from array import array
from dataclasses import dataclass, field
from functools import lru_cache

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
    return unicodedata.normalize("NFKC", character)


@lru_cache(maxsize=8)
def normalize(text: str) -> NormalizedText:
    """Bring ``text`` to normal form: NFKC, plain dashes, quotes, spaces and digits, nothing invisible.

    Combining marks are composed into their letter where Unicode has one and dropped otherwise, so that
    ``é`` is one letter however it was typed.
    """
    if text.isascii() and "\r" not in text and text.isprintable():
        return NormalizedText(text)
    parts: list[str] = []
    starts, ends = array("l"), array("l")
    index, length = 0, len(text)
    while index < length:
        start = index
        character = text[index]
        index += 1
        if character == "\r" and index < length and text[index] == "\n":
            index += 1
        while index < length and unicodedata.combining(text[index]):
            character = unicodedata.normalize("NFC", character + text[index])[:1]
            index += 1
        form = _normal_form(character)
        parts.append(form)
        for _ in form:
            starts.append(start)
            ends.append(index)
    return NormalizedText("".join(parts), starts, ends)
