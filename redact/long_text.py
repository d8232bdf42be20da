"""Long texts: characters that stay in the bytes that spell them, and are made as they are asked for.

Python takes up to four bytes for each character of a text, if only one of its characters needs that many. A
long text is kept as its file spells it instead, of which most take one.
"""

from array import array
from bisect import bisect_right
from typing import Any

LONG = 1_000_000
"""Bytes from which on a text is kept as they are."""
_BLOCK = 4_096
"""Bytes, about, that are made characters at a time."""


class LongText:
    """An immutable text of which stretches can be had: ``len(text)`` and ``text[start:end]``."""

    __slots__ = ("_begins", "_data", "_encoding", "_firsts", "_length")

    def __init__(self, data: bytes, encoding: str) -> None:
        """Take a text as bytes of ``encoding``: ``utf-8``, ``utf-16-le``, ``utf-16-be`` or one that has a
        byte for each character. Raises ``UnicodeDecodeError`` where they are not of that encoding."""
        self._data, self._encoding = data, encoding
        self._begins, self._firsts = array("Q"), array("Q")
        """Where each block begins, in bytes and in characters."""
        self._length = 0
        begin = 0
        while begin < len(data):
            end = _boundary(data, encoding, begin + _BLOCK)
            self._begins.append(begin)
            self._firsts.append(self._length)
            self._length += len(data[begin:end].decode(encoding))
            begin = end
        self._begins.append(len(data))

    def __repr__(self) -> str:
        return f"<LongText: {self._length} characters>"

    def __reduce__(self) -> tuple[Any, ...]:
        return LongText, (self._data, self._encoding)

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, stretch: slice) -> str:
        start, end, step = stretch.indices(self._length)
        if start >= end or step != 1:
            if step != 1:
                raise ValueError("a stretch of a text has no step")
            return ""
        block = bisect_right(self._firsts, start) - 1
        after = bisect_right(self._firsts, end - 1)
        text = self._data[self._begins[block] : self._begins[after]].decode(self._encoding)
        first = self._firsts[block]
        return text[start - first : end - first]

    def __str__(self) -> str:
        return self[:]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, LongText):
            return NotImplemented
        return (self._encoding, self._data) == (other._encoding, other._data)

    def __hash__(self) -> int:
        return hash((self._encoding, self._data))


def _boundary(data: bytes, encoding: str, at: int) -> int:
    """The first place from ``at`` on where a character begins."""
    if encoding == "utf-8":
        while at < len(data) and data[at] & 0xC0 == 0x80:
            at += 1
    elif encoding.startswith("utf-16"):
        high = at + (1 if encoding == "utf-16-le" else 0)
        if high < len(data) and data[high] & 0xFC == 0xDC:
            at += 2
    return min(at, len(data))
