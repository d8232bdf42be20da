"""Copies a font into the new file with only the codes that are still shown.

Mappings of removed characters would spell them, so encodings, widths, CMaps and ToUnicode are written anew
for the codes in use. Names are replaced, except those that say which standard font a reader has to put in
the place of one that is not embedded.
"""

import re
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name

from redact.formats.pdf.emit import emit
from redact.formats.pdf.fonts import Code, Font, glyph_text
from redact.formats.pdf.objects import NotUnderstoodError, decoded, dictionary, get, name_of, number, numbers

if TYPE_CHECKING:
    from redact.formats.pdf.resources import Copier

_DESCRIPTOR_KEYS = (
    "Flags ItalicAngle Ascent Descent Leading CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth"
)
_DESCRIPTOR = _DESCRIPTOR_KEYS.split()
_FAMILIES = """
Helvetica Times Courier Arial ArialMT ArialNarrow ArialBlack ArialUnicodeMS TimesNewRoman
TimesNewRomanPS TimesNewRomanPSMT CourierNew CourierNewPSMT CourierNewPS Verdana Tahoma Calibri
Cambria Georgia Garamond Palatino PalatinoLinotype Bookman BookAntiqua CenturyGothic
CenturySchoolbook ComicSansMS Consolas Impact LucidaConsole LucidaSansUnicode TrebuchetMS SegoeUI
Symbol ZapfDingbats Wingdings Webdings Ryumin-Light GothicBBB-Medium HeiseiMin-W3 HeiseiKakuGo-W5
KozMinPro-Regular KozGoPro-Medium MS-Mincho MS-Gothic MS-PMincho MS-PGothic STSong-Light
STHeiti-Regular STSongStd-Light SimSun SimSun-ExtB NSimSun SimHei MSung-Light MHei-Medium
MSungStd-Light MingLiU PMingLiU HYSMyeongJo-Medium HYGothic-Medium HYSMyeongJoStd-Medium Batang
Gulim Dotum
"""
_STANDARD = re.compile(
    rf"(?:{'|'.join(_FAMILIES.split())})"
    r"(?:[-,](?:Roman|Regular|Bold|Italic|Oblique|BoldItalic|BoldOblique|BoldMT|ItalicMT|BoldItalicMT))?"
)


def copy_font(copier: "Copier", made: pikepdf.Object, font: Font, used: set[bytes], label: str) -> None:
    """Fill the empty dictionary ``made`` with ``font``, for the codes ``used``."""
    source = font.source
    kind = name_of(get(source, "Subtype")) or ""
    made["/Type"], made["/Subtype"] = Name.Font, Name("/" + kind)
    codes = _shown(font, used)
    if font.composite:
        _copy_composite(copier, made, font, codes, label)
    else:
        _copy_simple(copier, made, font, codes, label, kind)
    texts = {code.data: code.text for code in codes if code.text is not None}
    if font.to_unicode is not None:
        texts = {data: text for data in texts if (text := _mapped(font, data)) is not None}
        if texts:
            made["/ToUnicode"] = copier.target.make_stream(_to_unicode(texts))


def _mapped(font: Font, data: bytes) -> str | None:
    if font.to_unicode is None:
        return None
    found = font.to_unicode.text(data)
    return found if found is not None or len(data) > 1 else font.to_unicode.text(b"\0" + data)


def _shown(font: Font, used: set[bytes]) -> list[Code]:
    if not font.composite:
        return [font.simple[data[0]] for data in sorted(used)]
    return [font.codes[data] for data in sorted(used)]


def _copy_simple(
    copier: "Copier", made: pikepdf.Object, font: Font, codes: list[Code], label: str, kind: str
) -> None:
    source = font.source
    bytes_used = [code.data[0] for code in codes]
    if isinstance(get(source, "Widths"), pikepdf.Array) and bytes_used:
        low, high = min(bytes_used), max(bytes_used)
        made["/FirstChar"], made["/LastChar"] = low, high
        shown = {code.data[0]: code.width * 1000 for code in codes}
        if font.matrix is not None:
            shown = {byte: width / 1000 / font.matrix[0] for byte, width in shown.items()}
        made["/Widths"] = Array([_rounded(shown.get(byte, 0)) for byte in range(low, high + 1)])
    if kind == "Type3":
        _copy_type3(copier, made, font, bytes_used)
    else:
        name = _name(font, source, label)
        made["/BaseFont"] = Name("/" + name)
        descriptor = dictionary(source, "FontDescriptor")
        if descriptor is not None:
            made["/FontDescriptor"] = _descriptor(copier, descriptor, name)
    encoding = get(source, "Encoding")
    base = name_of(encoding) or name_of(get(encoding, "BaseEncoding"))
    differences = Array()
    for byte in bytes_used:
        if byte in font.glyph_names:
            name = font.glyph_names[byte]
            if glyph_text(name) is None and copier.words.in_name(name):
                continue  # if it was seen, the page looks different now, and becomes an image
            differences.append(byte)
            differences.append(Name("/" + (_procedure_name(name, byte) if kind == "Type3" else name)))
    if len(differences):
        made["/Encoding"] = Dictionary(Type=Name.Encoding, Differences=differences)
        if base is not None:
            made["/Encoding"]["/BaseEncoding"] = Name("/" + base)
    elif base is not None and kind != "Type3":
        made["/Encoding"] = Name("/" + base)


def _copy_type3(copier: "Copier", made: pikepdf.Object, font: Font, used: list[int]) -> None:
    source = font.source
    made["/FontMatrix"] = Array(numbers(get(source, "FontMatrix"), 6))
    box = get(source, "FontBBox")
    made["/FontBBox"] = Array(
        [number(item) for item in box] if isinstance(box, pikepdf.Array) else [0, 0, 0, 0]
    )
    if "/Widths" not in made:
        made["/FirstChar"], made["/LastChar"], made["/Widths"] = 0, 0, Array([0])
    procedures, resources = Dictionary(), Dictionary()
    names: dict[str, str] = {}
    for position, byte in enumerate(used):
        name = font.glyph_names.get(byte)
        procedure = get(get(source, "CharProcs"), name) if name is not None else None
        if name is None or procedure is None:
            continue
        unit = copier.procedure_unit(font, procedure)
        content = emit(unit, {}, copier, copier.inline)
        data = content.data
        for category, entries in content.resources.items():
            if "/" + category not in resources:
                resources["/" + category] = Dictionary()
            target = resources["/" + category]
            for old, value in entries.items():
                new = f"{old}x{position}"
                target["/" + new] = value
                names[old] = new
                data = re.sub(rb"(?<=/)%s(?=[\s/])" % old.encode(), new.encode(), data)
        procedures["/" + _procedure_name(name, byte)] = copier.target.make_stream(data)
    made["/CharProcs"], made["/Resources"] = procedures, resources
    made["/Encoding"] = Dictionary(Type=Name.Encoding, Differences=Array())


def _procedure_name(name: str, code: int) -> str:
    """Return the name of a glyph if it says what it stands for, or else one of our own."""
    return name if glyph_text(name) is not None else f"g{code}"


def _copy_composite(
    copier: "Copier", made: pikepdf.Object, font: Font, codes: list[Code], label: str
) -> None:
    source = font.source
    descendant = get(source, "DescendantFonts")[0]  # type: ignore[index]
    kind = name_of(get(descendant, "Subtype"))
    if kind not in ("CIDFontType0", "CIDFontType2"):
        raise NotUnderstoodError("a composite font is of an unknown kind")
    name = _name(font, descendant, label)
    made["/BaseFont"] = Name("/" + name)
    encoding = get(source, "Encoding")
    if isinstance(encoding, pikepdf.Stream):
        made["/Encoding"] = _encoding_cmap(copier, codes, font.vertical)
    else:
        made["/Encoding"] = Name("/" + (name_of(encoding) or ""))
    inner = Dictionary(Type=Name.Font, Subtype=Name("/" + kind), BaseFont=Name("/" + name))
    info = get(descendant, "CIDSystemInfo")
    ordering = f"{get(info, 'Registry')}-{get(info, 'Ordering')}"
    registry, _, order = ordering.partition("-")
    if ordering not in ("Adobe-Japan1", "Adobe-GB1", "Adobe-CNS1", "Adobe-Korea1", "Adobe-KR"):
        registry, order = "Adobe", "Identity"
    supplement = get(info, "Supplement")
    inner["/CIDSystemInfo"] = Dictionary(
        Registry=pikepdf.String(registry),
        Ordering=pikepdf.String(order),
        Supplement=int(number(supplement)) if supplement is not None else 0,
    )
    inner["/DW"] = _rounded(font.default_width * 1000)
    widths = Array()
    cids = sorted({code.cid for code in codes})
    for cid in cids:
        if cid in font.widths:
            widths.append(cid)
            widths.append(Array([_rounded(font.widths[cid] * 1000)]))
    if len(widths):
        inner["/W"] = widths
    if font.vertical:
        high, down = font.default_vertical
        inner["/DW2"] = Array([_rounded(high * 1000), _rounded(down * 1000)])
        vertical = Array()
        for cid in cids:
            if cid in font.vertical_metrics:
                vertical.append(cid)
                vertical.append(Array([_rounded(value * 1000) for value in font.vertical_metrics[cid]]))
        if len(vertical):
            inner["/W2"] = vertical
    glyphs = get(descendant, "CIDToGIDMap")
    if isinstance(glyphs, pikepdf.Stream):
        mapping = decoded(glyphs)
        kept = bytearray(2 * (cids[-1] + 1) if cids else 0)
        for cid in cids:
            kept[2 * cid : 2 * cid + 2] = mapping[2 * cid : 2 * cid + 2].ljust(2, b"\0")
        inner["/CIDToGIDMap"] = copier.target.make_stream(bytes(kept))
    elif name_of(glyphs) == "Identity":
        inner["/CIDToGIDMap"] = Name.Identity
    descriptor = dictionary(descendant, "FontDescriptor")
    if descriptor is not None:
        inner["/FontDescriptor"] = _descriptor(copier, descriptor, name)
    made["/DescendantFonts"] = Array([copier.target.make_indirect(inner)])


def _name(font: Font, source: object, label: str) -> str:
    """Return a font name that is no text of the document: a standard one, or one of our own."""
    if font.embedded:
        return f"AAAAAA+{label}"
    name = (name_of(get(source, "BaseFont")) or "").split("+")[-1]
    if _STANDARD.fullmatch(name):
        return name
    flags = int(number(get(get(source, "FontDescriptor"), "Flags") or 0))
    bold, italic = (
        "bold" in name.lower(),
        bool(flags & 64) or "italic" in name.lower() or "oblique" in name.lower(),
    )
    if flags & 2 and not flags & 1:
        return "Times-" + (
            "BoldItalic" if bold and italic else "Bold" if bold else "Italic" if italic else "Roman"
        )
    style = ("Bold" if bold else "") + ("Oblique" if italic else "")
    return ("Courier" if flags & 1 else "Helvetica") + ("-" + style if style else "")


def _descriptor(copier: "Copier", source: pikepdf.Dictionary, name: str) -> pikepdf.Object:
    made = Dictionary(Type=Name.FontDescriptor, FontName=Name("/" + name))
    for key in _DESCRIPTOR:
        if get(source, key) is not None:
            made["/" + key] = _rounded(number(get(source, key)))
    box = get(source, "FontBBox")
    if isinstance(box, pikepdf.Array) and len(box) == 4:
        made["/FontBBox"] = Array([number(item) for item in box])
    program = copier.program(source)
    if program is not None:
        stream = made["/" + program.key] = copier.target.make_stream(program.data)
        for key, length in program.lengths.items():
            stream["/" + key] = length
        if program.subtype is not None:
            stream["/Subtype"] = Name("/" + program.subtype)
    return copier.target.make_indirect(made)


def _rounded(value: float) -> int | float:
    value = round(value, 5)
    return int(value) if value == int(value) else value


def _to_unicode(texts: dict[bytes, str]) -> bytes:
    """Return a ToUnicode CMap (9.10.3) of single codes."""
    lines = [
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        b"/CMapType 2 def /CMapName /U def",
    ]
    lines += _code_spaces(list(texts))
    entries = [
        b"<%s> <%s>" % (code.hex().encode(), text.encode("utf-16-be", "surrogatepass").hex().encode())
        for code, text in texts.items()
    ]
    lines += _sections(entries, b"bfchar")
    return b"\n".join([*lines, b"endcmap CMapName currentdict /CMap defineresource pop end end"])


def _encoding_cmap(copier: "Copier", codes: list[Code], vertical: bool) -> pikepdf.Object:
    lines = [b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap"]
    lines.append(b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> def")
    lines.append(b"/CMapName /C def /CMapType 1 def /WMode %d def" % vertical)
    lines += _code_spaces([code.data for code in codes])
    lines += _sections([b"<%s> %d" % (code.data.hex().encode(), code.cid) for code in codes], b"cidchar")
    lines.append(b"endcmap CMapName currentdict /CMap defineresource pop end end")
    made = copier.target.make_stream(b"\n".join(lines))
    made["/Type"], made["/CMapName"], made["/WMode"] = Name.CMap, Name.C, int(vertical)
    made["/CIDSystemInfo"] = Dictionary(
        Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
    )
    return made


def _code_spaces(codes: list[bytes]) -> list[bytes]:
    """Return the code space: for each length of codes, the range around those in use."""
    lengths = sorted({len(code) for code in codes} or {1})
    ranges = []
    for length in lengths:
        same = [code for code in codes if len(code) == length] or [b"\0" * length]
        low = bytes(min(code[i] for code in same) for i in range(length))
        high = bytes(max(code[i] for code in same) for i in range(length))
        if len(lengths) == 1:
            low, high = b"\0" * length, b"\xff" * length
        ranges.append(b"<%s> <%s>" % (low.hex().encode(), high.hex().encode()))
    return [b"%d begincodespacerange" % len(ranges), *ranges, b"endcodespacerange"]


def _sections(entries: list[bytes], kind: bytes) -> list[bytes]:
    lines = []
    for start in range(0, len(entries), 100):
        part = entries[start : start + 100]
        lines += [b"%d begin%s" % (len(part), kind), *part, b"end" + kind]
    return lines
