"""JPEG 2000 (ISO/IEC 15444-1, annexes A and I) without comments, metadata and what stands behind it."""

import struct

from redact.formats.pdf.objects import NotUnderstoodError

_BOXES = frozenset([b"jP  ", b"ftyp", b"jp2h", b"jp2c"])
_HEADER_BOXES = frozenset([b"ihdr", b"bpcc", b"colr", b"pclr", b"cmap", b"cdef"])
_START, _COMMENT, _TILE, _DATA, _END = 0xFF4F, 0xFF64, 0xFF90, 0xFF93, 0xFFD9


def clean_jpeg2000(data: bytes) -> bytes:
    """Return a file or bare codestream with only what decides about pixels.

    Raises ``NotUnderstoodError`` for what is neither.
    """
    if data[:2] == struct.pack(">H", _START):
        return _codestream(data)
    kept, seen = b"", set()
    for kind, body in _boxes(data):
        if kind not in _BOXES or kind in seen:
            continue
        seen.add(kind)
        if kind == b"jp2h":
            body = b"".join(_box(inner, part) for inner, part in _boxes(body) if _kept(inner, part))
        elif kind == b"jp2c":
            body = _codestream(body)
        kept += _box(kind, body[:4] if kind == b"jP  " else body)
    if b"jp2c" not in seen:
        raise NotUnderstoodError("a JPEG 2000 is malformed")
    return kept


def _kept(kind: bytes, body: bytes) -> bool:
    """Whether a box of the header stays: not so a colour profile, in the place of which PDF has its own."""
    return kind in _HEADER_BOXES and not (kind == b"colr" and body[:1] != b"\1")


def _boxes(data: bytes) -> list[tuple[bytes, bytes]]:
    found, position = [], 0
    while position + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, position)
        start = position + 8
        if length == 1:
            if position + 16 > len(data):
                break
            (length,) = struct.unpack_from(">Q", data, start)
            start += 8
        end = position + length if length else len(data)
        if end < start or end > len(data):
            break
        found.append((kind, data[start:end]))
        position = end
    return found


def _box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", len(body) + 8, kind) + body


def _codestream(data: bytes) -> bytes:
    """Return a codestream without comments in its headers and bytes behind its end."""
    if data[:2] != struct.pack(">H", _START):
        raise NotUnderstoodError("a JPEG 2000 is malformed")
    kept, position = [data[:2]], 2
    left: int | None = None
    tiles = False
    while position + 2 <= len(data):
        (marker,) = struct.unpack_from(">H", data, position)
        if marker == _END:
            return b"".join([*kept, data[position : position + 2]])
        if marker == _DATA:
            if left is None:  # the last tile goes on to the end
                end = data.rfind(struct.pack(">H", _END))
                if end < position:
                    raise NotUnderstoodError("a JPEG 2000 is malformed")
            else:
                end = left
            kept.append(data[position:end])
            position = end
            continue
        if position + 4 > len(data):
            break
        (length,) = struct.unpack_from(">H", data, position + 2)
        segment = data[position : position + 2 + length]
        if marker == _TILE:
            (size,) = struct.unpack_from(">I", segment, 6)
            left, tiles = (position + size if size else None), True
        if marker == _COMMENT and tiles:
            raise NotUnderstoodError("a JPEG 2000 has comments in its tiles")
        if marker != _COMMENT:
            kept.append(segment)
        position += 2 + length
    raise NotUnderstoodError("a JPEG 2000 is malformed")
