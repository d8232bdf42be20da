"""Whether a word that was removed from a PDF is still in what a reader of text, or of raw data, finds."""

import inspect
import re
from collections.abc import Iterator
from io import BytesIO
from itertools import accumulate

import pikepdf
import pypdf.constants
from pdfminer.glyphlist import glyphname2unicode

from benchmarks.occurrences import folded
from redact.document import Document
from redact.formats.pdf.tags import KINDS
from redact.redaction import Redaction

GLYPHS = frozenset(name.lower() for name in glyphname2unicode)
"""What fonts call their glyphs; font programs hold these names without a slash before them."""
DRAWING = """
BaseFont BaseEncoding CIDFontType0 CIDFontType2 CIDSystemInfo CIDToGIDMap CapHeight CharProcs Coords
DescendantFonts Descent Ascent Differences Domain Encoding Extend FirstChar Flags FontBBox FontDescriptor
FontFile FontFile2 FontFile3 FontMatrix FontName Form Functions FunctionType ICCBased Identity-H
Identity Image Indexed ItalicAngle LastChar Leading Matrix Ordering PatternType Registry Separation
ShadingType StemV ToUnicode TrueType Type0 Type1 Type1C Type3 CIDFontType0C WinAnsiEncoding
MacRomanEncoding Widths WhitePoint CalRGB CalGray CMapName CMapType DeviceN Alternate BitsPerSample Encode
Order Range Bounds Function Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn
HardLight SoftLight Difference Exclusion Saturation Luminosity Alpha Background AntiAlias PaintType TilingType
Length1 Length2 Length3 MissingWidth XHeight StemH AvgWidth MaxWidth BitsPerFlag BitsPerCoordinate
BitsPerComponent VerticesPerRow Decode Isolated Knockout Transparency
"""
TAGGING = """
First Extends ObjStm StructTreeRoot StructElem StructParents StructParent ParentTree ParentTreeNextKey RoleMap
MarkInfo Marked MCID MCR OBJR Artifact Tabs Lang ActualText RowSpan ColSpan Scope Column ListNumbering
"""
NAMES = frozenset(
    value[1:]
    for _, group in inspect.getmembers(pypdf.constants, inspect.isclass)
    for value in vars(group).values()
    if isinstance(value, str) and value.startswith("/")
) | frozenset([*DRAWING.split(), *TAGGING.split(), *KINDS])
"""Names that ISO 32000-2 gives to keys, types and filters: pypdf's, those of clauses 8 and 9 on colours,
functions and fonts, and those of 7.5.7, 14.7 and 14.8 on object streams and tags. They are in any file,
whatever its document says."""
_NAME = "|".join(sorted(map(re.escape, NAMES), key=len, reverse=True))
SYNTAX = re.compile(
    rf"(?m:^/?(?:{_NAME})$)|/(?:{_NAME})(?![^\s/<>()\[\]{{}}%])"
    r"|\b(?:true|false|null)\b|\b(?:end)?(?:stream|obj|cmap|codespacerange|bfchar|bfrange)\b|\b(?:trailer|startxref)\b"
)
"""Whole names, written with their slash or alone on a line, and operators of PDF (clauses 7.3 and 7.5)."""
GLYPH_NAME = re.compile(r"/([A-Za-z]+?)(?:[bB]igg?)?(?![^\s/<>()\[\]{}%])")
"""A name that can be a glyph's, without the sizes that the fonts of TeX have of it."""
SHORTEST = 5
"""Letters and digits of a removed word from which its reappearance is no chance."""


def chance(document: Document, redactions: list[Redaction]) -> str:
    """Return what stays, folded and joined over what goes: a word that stands in it is there by chance."""
    kept = []
    for segment in document.segments:
        start = 0
        for redaction in sorted(r.span for r in redactions if r.locator == segment.locator):
            kept.append(segment.text[start : redaction.start])
            start = redaction.end
        kept.append(segment.text[start:] + "\n")
    return folded("".join(kept))[0]


def notices(data: bytes) -> str:
    """Return what the fonts and colour profiles of a file hold, raw and decoded, in small letters.

    Their makers' credits and descriptions are theirs, not the document's.
    """
    parts: list[str] = []
    with pikepdf.open(BytesIO(data)) as pdf:
        for value in pdf.objects:
            if isinstance(value, pikepdf.Stream):
                # A profile tells its number of colours; its signature is that of ICC.1:2022, 7.2.
                if isinstance(value.get("/N"), int) and value.read_bytes()[36:40] == b"acsp":
                    parts += _both(value)
            elif isinstance(value, pikepdf.Dictionary):
                for key in ("/FontFile", "/FontFile2", "/FontFile3"):
                    program = value.get(key)
                    if isinstance(program, pikepdf.Stream):
                        parts += _both(program)
    return "\n".join(parts).lower()


def _both(stream: pikepdf.Stream) -> tuple[str, str]:
    return stream.read_raw_bytes().decode("latin-1"), stream.read_bytes().decode("latin-1")


def without_names(text: str) -> str:
    """Return raw data without ``SYNTAX`` and without the names of glyphs that stand by themselves."""
    return GLYPH_NAME.sub(lambda m: " " if m[1] in glyphname2unicode else m[0], SYNTAX.sub(" ", text))


def remaining_raw(text: str, words: set[str], own: str) -> set[str]:
    """Return the words that are still in raw data, ``without_names``, oftener than in fonts and profiles
    (``own``), in one of the encodings that a file has: a byte or two a character, or hexadecimal digits.

    The names of glyphs are none of the document's words.
    """
    return {
        word
        for word in words - GLYPHS
        if any(form in text and text.count(form) > own.count(form) for form in _forms(word))
    }


def _forms(word: str) -> Iterator[str]:
    yield word
    for encoding in ("utf-16-be", "utf-16-le"):
        yield word.encode(encoding).decode("latin-1")
    for encoding in ("utf-8", "utf-16-be"):
        yield word.encode(encoding).hex()


def remaining(text: str, words: set[str]) -> set[str]:
    """Return the words that are still in what a reader of text found.

    Ends of lines that happen to join to one do not count, unless a hyphen or a soft hyphen joins them; nor
    do words of a line that join to one without beginning and ending where it does ("individual specific" and
    "individuals"), nor a glyph's name that a reader prints for lack of its character ("/Equal3").
    """
    joined = re.sub(r"[-\u00ad\u2010\ufffe\x02]\s*\n\s*", "", text)
    named = re.sub(r"/([A-Za-z]+)\d*", lambda m: " " if m[1].lower() in GLYPHS else m[0], joined)
    lines = [[folded(part)[0] for part in line.split()] for line in named.splitlines()]
    whole = "\n".join(map("".join, lines))
    return {word for word in words if word in whole and any(_stands(word, line) for line in lines)}


def _stands(word: str, parts: list[str]) -> bool:
    if any(word in part for part in parts):
        return True
    starts = [0, *accumulate(map(len, parts))]
    whole = "".join(parts)
    return any(whole.startswith(word, start) and start + len(word) in starts for start in starts)
