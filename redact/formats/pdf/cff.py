"""Compact fonts (Adobe Technical Note 5176) without the names and notices that they bear.

They are overwritten in their places, so that no offset changes.
"""

from itertools import pairwise

from redact.formats.pdf.objects import NotUnderstoodError

_STANDARD_STRINGS = 391
_TOLD = frozenset([0, 1, 2, 3, 4, 0x0C00, 0x0C15, 0x0C16, 0x0C26])
"""Operators of a Top DICT with texts: version, notice, names, weight, copyright, PostScript, base font, and
the name of a CID font (tables 9 and 10)."""
_COLLECTIONS = frozenset(b"Adobe Identity Japan1 GB1 CNS1 Korea1 KR".split())


def clean_cff(data: bytes) -> bytes:
    """Return a font set in which names and notices are letters without meaning.

    Raises ``NotUnderstoodError`` for what is none.
    """
    if len(data) < 4:
        raise NotUnderstoodError("a font file is cut short")
    made = bytearray(data)
    names, position = _index(data, data[2])
    tops, position = _index(data, position)
    strings, _ = _index(data, position)
    places = list(names)
    for start, end in tops:
        places += [strings[sid] for sid in _told(data[start:end]) if 0 <= sid < len(strings)]
    for start, end in places:
        if data[start:end] not in _COLLECTIONS:
            made[start:end] = b"F" * (end - start)
    return bytes(made)


def _index(data: bytes, position: int) -> tuple[list[tuple[int, int]], int]:
    """Return where each object of an INDEX begins and ends, and where the INDEX does (5)."""
    count = int.from_bytes(data[position : position + 2], "big")
    if not count:
        return [], position + 2
    size = data[position + 2] if position + 2 < len(data) else 0
    start = position + 3
    base = start + (count + 1) * size - 1
    if not 1 <= size <= 4 or base >= len(data):
        raise NotUnderstoodError("a font file is malformed")
    offsets = [
        base + int.from_bytes(data[start + i * size : start + (i + 1) * size], "big")
        for i in range(count + 1)
    ]
    if offsets != sorted(offsets) or offsets[-1] > len(data):
        raise NotUnderstoodError("a font file is malformed")
    return list(pairwise(offsets)), offsets[-1]


def _told(top: bytes) -> list[int]:
    """Return the numbers of the strings that a Top DICT bears as texts, the font's own from 0 (4)."""
    found: list[int] = []
    operands: list[int] = []
    position = 0
    while position < len(top):
        first = top[position]
        position += 1
        if first <= 21:
            operator = first
            if first == 12 and position < len(top):
                operator, position = 0x0C00 | top[position], position + 1
            if operator in _TOLD:
                found += [operand - _STANDARD_STRINGS for operand in operands[-1:]]
            if operator == 0x0C1E:  # registry and ordering of a CID font
                found += [operand - _STANDARD_STRINGS for operand in operands[:2]]
            operands = []
        elif first in (28, 29):
            length = 2 if first == 28 else 4
            operands.append(int.from_bytes(top[position : position + length], "big", signed=True))
            position += length
        elif first == 30:  # a decimal number ends in a half byte of 15
            while position < len(top) and top[position] & 0xF != 0xF and top[position] >> 4 != 0xF:
                position += 1
            position += 1
            operands.append(0)
        elif 32 <= first <= 246:
            operands.append(first - 139)
        elif 247 <= first <= 254 and position < len(top):
            sign = 1 if first <= 250 else -1
            operands.append(sign * ((first - (247 if sign > 0 else 251)) * 256 + top[position] + 108))
            position += 1
        else:
            raise NotUnderstoodError("a font file is malformed")
    return found
