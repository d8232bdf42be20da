"""Colour profiles (ICC.1:2022) without the texts that they bear: only what makes colours of numbers stays."""

import struct

from redact.formats.pdf.objects import NotUnderstoodError

_COLOUR = frozenset(
    b"A2B0 A2B1 A2B2 B2A0 B2A1 B2A2 D2B0 D2B1 D2B2 D2B3 B2D0 B2D1 B2D2 B2D3 gamt rXYZ gXYZ bXYZ rTRC gTRC "
    b"bTRC kTRC wtpt bkpt chad lumi".split()
)
"""Tags that decide about colours (clause 9)."""
_KINDS = frozenset([b"XYZ_", b"curv", b"para", b"mft1", b"mft2", b"mAB_", b"mBA_", b"sf32", b"mpet"])
_PARAMETERS = (1, 3, 4, 5, 7)
"""Numbers of a parametric curve by its kind (10.18)."""
_TEXT = b"desc\0\0\0\0\0\0\0\1\0" + bytes(78)
"""An empty description, which version 2 requires; an empty text of version 4 is read as well."""
_HEADER, _ENTRY = 128, 12


def clean_profile(data: bytes) -> bytes:
    """Return a profile with its colours and empty texts; raises ``NotUnderstoodError`` for what is none."""
    if len(data) < _HEADER + 4 or data[36:40] != b"acsp":
        raise NotUnderstoodError("a colour profile is malformed")
    (count,) = struct.unpack_from(">I", data, _HEADER)
    if count > 100 or len(data) < _HEADER + 4 + _ENTRY * count:
        raise NotUnderstoodError("a colour profile is malformed")
    kept: list[tuple[bytes, bytes]] = [(b"desc", _TEXT), (b"cprt", b"text\0\0\0\0\0\0\0\0")]
    for position in range(_HEADER + 4, _HEADER + 4 + _ENTRY * count, _ENTRY):
        name, offset, length = struct.unpack_from(">4sII", data, position)
        body = data[offset : offset + length]
        if name in _COLOUR and body[:4].replace(b" ", b"_") in _KINDS:
            kept.append((name, _without_rest(body)))
    return _assembled(_header(data), kept)


def _without_rest(body: bytes) -> bytes:
    """Return a value without what stands behind it, where its kind says where it ends (clause 10)."""
    kind = body[:4]
    if kind == b"XYZ ":
        return body[:20]
    if kind == b"curv" and len(body) >= 12:
        return body[: 12 + 2 * struct.unpack_from(">I", body, 8)[0]]
    if kind == b"para" and len(body) >= 12:
        function = struct.unpack_from(">H", body, 8)[0]
        return body[: 12 + 4 * _PARAMETERS[function]] if function < len(_PARAMETERS) else body
    return body


def _header(data: bytes) -> bytes:
    """Return the header without makers, models, dates and identifiers (7.2)."""
    empty = bytes(4)
    return b"".join(
        [empty, empty, data[8:24], bytes(12), b"acsp", empty, data[44:48], bytes(16), data[64:80], bytes(48)]
    )


def _assembled(header: bytes, tags: list[tuple[bytes, bytes]]) -> bytes:
    start = _HEADER + 4 + _ENTRY * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    places: dict[bytes, int] = {}
    for name, value in tags:
        if value not in places:  # curves of several channels are often one
            places[value] = start + len(body)
            body += value + b"\0" * (-len(value) % 4)
        table += struct.pack(">4sII", name, places[value], len(value))
    return struct.pack(">I", start + len(body)) + header[4:] + table + body
