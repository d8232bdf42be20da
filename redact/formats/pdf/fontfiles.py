"""Font programs: what is copied of an embedded font, without the tables that hold names, notices and the
like."""

import re
import struct
from typing import NamedTuple

from redact.formats.pdf.cff import clean_cff
from redact.formats.pdf.objects import NotUnderstoodError, decoded, get, name_of, number

_TABLES = frozenset(
    b"glyf,loca,head,hhea,hmtx,maxp,fpgm,prep,cmap,post,OS/2,vhea,vmtx,VORG,cvt ,CFF ".split(b",")
)
"""Tables that decide how glyphs look and are found; others hold names, layout features or anything at all."""
_TOLD = re.compile(
    rb"/(Notice|Copyright|FullName|FamilyName|Weight|version)\s*\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)",
    re.S,
)
_SFNT = (b"\0\1\0\0", b"true", b"OTTO")


class Program(NamedTuple):
    """The font program of a descriptor."""

    key: str
    """``FontFile``, ``FontFile2`` or ``FontFile3``."""
    data: bytes
    lengths: dict[str, int]
    subtype: str | None


def program_of(descriptor: object) -> Program | None:
    """Return the cleaned program of a font descriptor, None where it has none.

    Raises ``NotUnderstoodError`` for a broken one.
    """
    key = next((k for k in ("FontFile", "FontFile2", "FontFile3") if get(descriptor, k) is not None), None)
    if key is None:
        return None
    source = get(descriptor, key)
    data = decoded(source)
    lengths = {}
    subtype = name_of(get(source, "Subtype"))
    if data[:4] in _SFNT:
        data = clean_sfnt(data)
        lengths = {"Length1": len(data)}
    elif key == "FontFile3" and data[:1] == b"\1":
        data = clean_cff(data)
    else:
        for name in ("Length1", "Length2", "Length3"):
            if get(source, name) is not None:
                lengths[name] = int(number(get(source, name)))
        if key == "FontFile" and "Length1" in lengths:
            cleaned = clean_type1(data)
            lengths["Length1"] += len(cleaned) - len(data)
            data = cleaned
    known = key == "FontFile3" and subtype in ("Type1C", "CIDFontType0C", "OpenType")
    return Program(key, data, lengths, subtype if known else None)


def clean_type1(data: bytes) -> bytes:
    """Return a Type 1 font without the comments, notices and names in its clear text.

    One whose clear text does not end as it should is returned as it is. Source: Adobe Type 1 Font Format, 2.
    """
    end = data.find(b"eexec")
    if not data.startswith(b"%!") or end < 0:
        return data
    clear = _TOLD.sub(rb"/\1 ()", data[:end])
    clear = re.sub(rb"/FontName\s*/[^\s/()<>\[\]{}%]+", b"/FontName /F", clear)
    return b"%!FontType1-1.0: F\n" + re.sub(rb"%[^\r\n]*[\r\n]*", b"", clear) + data[end:]


def clean_sfnt(data: bytes) -> bytes:
    """Return a TrueType or OpenType font with the tables that are needed to show it (OpenType 1.9, 4.5)."""
    count = int.from_bytes(data[4:6], "big")
    tables = []
    for position in range(12, 12 + 16 * count, 16):
        entry = data[position : position + 16]
        if len(entry) < 16:
            raise NotUnderstoodError("a font file is cut short")
        tag, checksum, offset, length = struct.unpack(">4sIII", entry)
        if tag in _TABLES:
            table = data[offset : offset + length]
            tables.append((tag, checksum, clean_cff(table) if tag == b"CFF " else table))
    if not tables:
        raise NotUnderstoodError("a font file has no glyphs")
    power = len(tables).bit_length() - 1
    header = data[:4] + struct.pack(
        ">HHHH", len(tables), 16 << power, power, 16 * len(tables) - (16 << power)
    )
    offset, directory, body = 12 + 16 * len(tables), b"", b""
    for tag, checksum, table in tables:
        directory += struct.pack(">4sIII", tag, checksum, offset + len(body), len(table))
        body += table + b"\0" * (-len(table) % 4)
    return header + directory + body
