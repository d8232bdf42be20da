"""Font programs: what is copied of an embedded font, without the tables that hold names, notices and the
like."""

import re
import struct

import pikepdf

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


def clean_font_file(target: pikepdf.Pdf, key: str, source: object) -> pikepdf.Object:
    """Return the font program of a descriptor's ``key``; raises ``NotUnderstoodError`` for a broken one."""
    data = decoded(source)
    lengths = {}
    if data[:4] in _SFNT:
        data = clean_sfnt(data)
        lengths = {"Length1": len(data)}
    else:
        for name in ("Length1", "Length2", "Length3"):
            if get(source, name) is not None:
                lengths[name] = int(number(get(source, name)))
        if key == "FontFile" and "Length1" in lengths:
            cleaned = clean_type1(data)
            lengths["Length1"] += len(cleaned) - len(data)
            data = cleaned
    made = target.make_stream(data)
    for name, length in lengths.items():
        made["/" + name] = length
    subtype = name_of(get(source, "Subtype"))
    if key == "FontFile3" and subtype in ("Type1C", "CIDFontType0C", "OpenType"):
        made["/Subtype"] = pikepdf.Name("/" + subtype)
    return made


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
            tables.append((tag, checksum, data[offset : offset + length]))
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
