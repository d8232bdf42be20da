"""Fonts as the text operators need them: strings into codes, with the characters and the exact advance of
each.

Source: ISO 32000-2, 9.6 (simple fonts), 9.7 (composite fonts), 9.10 (extraction of text). What PDF leaves to
the font program comes from tables: see ``standardfonts``.
"""

import re
import unicodedata
from dataclasses import dataclass, field

import pikepdf
from pdfminer.cmapdb import CMapDB
from pdfminer.encodingdb import name2unicode
from pdfminer.pdfexceptions import PDFException

from redact.formats.pdf.cmaps import CMap, parse_cmap, predefined
from redact.formats.pdf.geometry import Matrix
from redact.formats.pdf.objects import NotUnderstoodError, decoded, dictionary, get, name_of, number, numbers
from redact.formats.pdf.standardfonts import (
    ENCODINGS,
    SYMBOLIC,
    dingbat,
    encoded_texts,
    standard_widths,
    symbolic_texts,
)

ASCENT, DESCENT = 0.75, -0.22
_GLYPH_NUMBER = re.compile(r"(?:g|gid|cid|glyph|c|index|a|G|C|H)\d+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Code:
    """One character code of a font."""

    data: bytes
    text: str | None
    """The characters that it stands for, None if nothing tells."""
    width: float
    """How far it moves, in units of the font size: to the right, or downward (negative) in vertical
    writing."""
    space: bool
    """Whether word spacing applies: the single-byte code 32 (9.3.3)."""
    origin: tuple[float, float] = (0.0, 0.0)
    """For vertical writing, from the horizontal to the vertical origin."""
    breadth: float = 0.0
    """The horizontal width, which differs from ``width`` in vertical writing."""
    cid: int = 0


@dataclass(eq=False)
class Font:
    """A font resource, read once and shared by every place that uses it."""

    source: pikepdf.Object = field(repr=False)
    composite: bool = False
    vertical: bool = False
    ascent: float = ASCENT
    descent: float = DESCENT
    simple: list[Code] = field(default_factory=list, repr=False)
    cmap: CMap | None = field(default=None, repr=False)
    to_unicode: CMap | None = field(default=None, repr=False)
    widths: dict[int, float] = field(default_factory=dict, repr=False)
    default_width: float = 1.0
    vertical_metrics: dict[int, tuple[float, float, float]] = field(default_factory=dict, repr=False)
    default_vertical: tuple[float, float] = (0.88, -1.0)
    collection: object = None
    matrix: Matrix | None = None
    """The font matrix of a Type 3 font, None for all others."""
    glyph_names: dict[int, str] = field(default_factory=dict, repr=False)
    """Names by code, from ``Differences``."""
    used: set[bytes] = field(default_factory=set, repr=False)
    """Codes that are still shown after excision; filled by the rebuild."""
    codes: dict[bytes, Code] = field(default_factory=dict, repr=False)
    embedded: bool = False
    descriptor: pikepdf.Dictionary | None = field(default=None, repr=False)

    def decode(self, data: bytes) -> list[Code]:
        """Cut a string into codes; raises ``NotUnderstoodError`` if it does not come out even."""
        if not self.composite:
            table = self.simple
            return [table[byte] for byte in data]
        if self.cmap is None:
            raise NotUnderstoodError("a font has no encoding")
        known = self.codes
        found = []
        for code in self.cmap.split(data):
            entry = known.get(code)
            if entry is None:
                entry = known[code] = self._composite_code(code)
            found.append(entry)
        return found

    def _composite_code(self, code: bytes) -> Code:
        if self.cmap is None:
            raise NotUnderstoodError("a font has no encoding")
        cid = self.cmap.cid(code)
        text = readable(self.to_unicode.text(code)) if self.to_unicode else None
        if text is None and self.collection is not None:
            try:
                text = readable(self.collection.get_unichr(cid))  # type: ignore[attr-defined]
            except KeyError:
                text = None
        breadth = self.widths.get(cid, self.default_width)
        space = code == b" "
        if not self.vertical:
            return Code(code, text, breadth, space, breadth=breadth, cid=cid)
        down, x, y = self.vertical_metrics.get(
            cid, (self.default_vertical[1], breadth / 2, self.default_vertical[0])
        )
        return Code(code, text, down, space, (x, y), breadth, cid)


def readable(text: str | None) -> str | None:
    """Return ``text`` if it says something: not empty, no replacement, private or unassigned character."""
    if not text or any(unicodedata.category(c) in ("Co", "Cn", "Cs") or c == "\ufffd" for c in text):
        return None
    return text if not all(unicodedata.category(c) == "Cc" for c in text) or text in "\t\n\r " else None


def load_font(source: object) -> Font:
    """Read a font dictionary; raises ``NotUnderstoodError`` for what is not handled."""
    if not isinstance(source, pikepdf.Dictionary):
        raise NotUnderstoodError("a font is missing")
    kind = name_of(get(source, "Subtype"))
    unicode_map = get(source, "ToUnicode")
    to_unicode = parse_cmap(decoded(unicode_map)) if isinstance(unicode_map, pikepdf.Stream) else None
    if kind == "Type0":
        return _composite(source, to_unicode)
    if kind in ("Type1", "MMType1", "TrueType", "Type3"):
        return _simple(source, kind, to_unicode)
    raise NotUnderstoodError("a font is of an unknown kind")


def _composite(source: pikepdf.Dictionary, to_unicode: CMap | None) -> Font:
    descendants = get(source, "DescendantFonts")
    if not isinstance(descendants, pikepdf.Array) or len(descendants) != 1:
        raise NotUnderstoodError("a composite font has no descendant")
    descendant = descendants[0]
    if not isinstance(descendant, pikepdf.Dictionary):
        raise NotUnderstoodError("a composite font has no descendant")
    encoding = get(source, "Encoding")
    if isinstance(encoding, pikepdf.Stream):
        parent = get(encoding, "UseCMap")
        if isinstance(parent, pikepdf.Stream):
            base: CMap | None = parse_cmap(decoded(parent))
        else:
            base = predefined(name_of(parent) or "") if parent is not None else None
        cmap = parse_cmap(decoded(encoding), base)
        if get(encoding, "WMode") is not None:
            cmap.vertical = number(get(encoding, "WMode")) == 1
    else:
        cmap = predefined(name_of(encoding) or "")
    font = Font(source, composite=True, vertical=cmap.vertical, cmap=cmap, to_unicode=to_unicode)
    if get(descendant, "DW") is not None:
        font.default_width = number(get(descendant, "DW")) / 1000
    _read_widths(font, get(descendant, "W"))
    if cmap.vertical:
        if get(descendant, "DW2") is not None:
            high, down = numbers(get(descendant, "DW2"), 2)
            font.default_vertical = (high / 1000, down / 1000)
        _read_vertical(font, get(descendant, "W2"))
    info = get(descendant, "CIDSystemInfo")
    ordering = f"{get(info, 'Registry')}-{get(info, 'Ordering')}"
    if ordering in ("Adobe-Japan1", "Adobe-GB1", "Adobe-CNS1", "Adobe-Korea1"):
        try:
            font.collection = CMapDB.get_unicode_map(ordering, cmap.vertical)
        except (PDFException, OSError, KeyError):
            font.collection = None
    _read_descriptor(font, dictionary(descendant, "FontDescriptor"))
    return font


def _read_widths(font: Font, value: object) -> None:
    for first, widths in _metric_runs(value, 1):
        for offset, (width,) in enumerate(widths):
            font.widths[first + offset] = width / 1000


def _read_vertical(font: Font, value: object) -> None:
    for first, metrics in _metric_runs(value, 3):
        for offset, (down, x, y) in enumerate(metrics):
            font.vertical_metrics[first + offset] = (down / 1000, x / 1000, y / 1000)


def _metric_runs(value: object, size: int) -> list[tuple[int, list[tuple[float, ...]]]]:
    """Read ``c [w1 w2 ...]`` and ``cfirst clast w`` (9.7.4.3)."""
    if value is None:
        return []
    if not isinstance(value, pikepdf.Array):
        raise NotUnderstoodError("the widths of a font are malformed")
    entries, found, position = list(value), list[tuple[int, list[tuple[float, ...]]]](), 0
    while position < len(entries):
        first = int(number(entries[position]))
        following = entries[position + 1] if position + 1 < len(entries) else None
        if isinstance(following, pikepdf.Array):
            flat = [number(item) for item in following]
            found.append((first, [tuple(flat[i : i + size]) for i in range(0, len(flat) - size + 1, size)]))
            position += 2
        else:
            last = int(number(following))
            if not 0 <= first <= last <= 0xFFFF or position + 2 + size > len(entries):
                raise NotUnderstoodError("the widths of a font are malformed")
            metrics = tuple(number(item) for item in entries[position + 2 : position + 2 + size])
            found.append((first, [metrics] * (last - first + 1)))
            position += 2 + size
    return found


def _simple(source: pikepdf.Dictionary, kind: str, to_unicode: CMap | None) -> Font:
    font = Font(source, to_unicode=to_unicode)
    descriptor = dictionary(source, "FontDescriptor")
    base_name = (name_of(get(source, "BaseFont")) or "").split("+")[-1]
    scale = 0.001
    if kind == "Type3":
        matrix = numbers(get(source, "FontMatrix"), 6)
        font.matrix = (matrix[0], matrix[1], matrix[2], matrix[3], matrix[4], matrix[5])
        scale = matrix[0]
        if matrix[1] or not scale:
            raise NotUnderstoodError("a Type 3 font is slanted")
    _read_descriptor(font, descriptor)
    texts = _encoding(font, source, kind, base_name, descriptor)
    widths = _simple_widths(source, base_name, texts, descriptor, kind)
    for byte in range(256):
        data = bytes([byte])
        text = to_unicode.text(data) or to_unicode.text(b"\0" + data) if to_unicode else None
        width = widths.get(byte, 0.0) * scale
        font.simple.append(
            Code(data, readable(text) or texts.get(byte), width, byte == 32, breadth=width, cid=byte)
        )
    if kind == "Type3":
        _read_type3_extent(font, source)
    return font


def _encoding(
    font: Font, source: pikepdf.Dictionary, kind: str, base_name: str, descriptor: pikepdf.Dictionary | None
) -> dict[int, str]:
    """Return the characters of a simple font's codes, as far as its encoding tells."""
    value = get(source, "Encoding")
    base = name_of(value) or name_of(get(value, "BaseEncoding"))
    symbolic = descriptor is not None and int(number(get(descriptor, "Flags") or 0)) & 4
    texts: dict[int, str] = {}
    if base is not None and base in ENCODINGS:
        texts = dict(encoded_texts(base))
    elif base_name in SYMBOLIC or kind == "Type3":
        texts = dict(symbolic_texts(base_name)) if kind != "Type3" else {}
    elif base is not None:
        raise NotUnderstoodError("a font has an unknown encoding")
    elif not (symbolic and font.embedded):
        texts = dict(encoded_texts("WinAnsiEncoding" if kind == "TrueType" else "StandardEncoding"))
    code = 0
    differences = get(value, "Differences")
    for item in differences if isinstance(differences, pikepdf.Array) else []:
        name = name_of(item)
        if name is None:
            code = int(number(item))
            continue
        font.glyph_names[code] = name
        text = dingbat(name) if base_name == "ZapfDingbats" else glyph_text(name)
        if text is None:
            texts.pop(code, None)
        else:
            texts[code] = text
        code += 1
    return texts


def glyph_text(name: str) -> str | None:
    """Return the characters of a glyph name by the Adobe Glyph List, None for a name that says nothing."""
    if _GLYPH_NUMBER.fullmatch(name):
        return None
    try:
        return readable(name2unicode(name))
    except (KeyError, ValueError, OverflowError):
        return None


def _simple_widths(
    source: pikepdf.Dictionary,
    base_name: str,
    texts: dict[int, str],
    descriptor: pikepdf.Dictionary | None,
    kind: str,
) -> dict[int, float]:
    standard = standard_widths(base_name, texts) if kind != "Type3" else None
    found = standard or {}
    value = get(source, "Widths")
    if isinstance(value, pikepdf.Array):
        missing = number(get(descriptor, "MissingWidth") or 0)
        if missing or standard is None:
            found = dict.fromkeys(range(256), missing)
        first = int(number(get(source, "FirstChar")))
        found.update({first + i: number(width) for i, width in enumerate(value) if 0 <= first + i < 256})
    elif standard is None:
        raise NotUnderstoodError("a font has no widths")
    return found


def _read_descriptor(font: Font, descriptor: pikepdf.Dictionary | None) -> None:
    if descriptor is None:
        return
    font.descriptor = descriptor
    font.embedded = any(get(descriptor, key) is not None for key in ("FontFile", "FontFile2", "FontFile3"))
    ascent, descent = get(descriptor, "Ascent"), get(descriptor, "Descent")
    if ascent is not None:
        font.ascent = min(max(number(ascent) / 1000, 0.68), 1.0)
    if descent is not None:
        font.descent = max(min(-abs(number(descent)) / 1000, -0.18), -0.35)


def _read_type3_extent(font: Font, source: pikepdf.Dictionary) -> None:
    box = get(source, "FontBBox")
    if font.matrix is None or not isinstance(box, pikepdf.Array) or len(box) != 4:
        return
    low, high = sorted((number(box[1]) * font.matrix[3], number(box[3]) * font.matrix[3]))
    if 0.05 < high - low < 20:
        font.ascent, font.descent = high, low
