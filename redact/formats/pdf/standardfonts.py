"""What is known of fonts that need not be embedded: the characters of their codes, and how far each moves.

Source: ISO 32000-2, 9.6.2.2 (standard fonts) and annex D (encodings). Glyph names come from pdfminer, widths
of the standard fonts from pypdf, which names the glyphs of ZapfDingbats by their numbers in its metrics.
"""

from collections.abc import Mapping
from functools import cache

from pdfminer.encodingdb import EncodingDB
from pypdf._codecs import charset_encoding
from pypdf._codecs.core_font_metrics import CORE_FONT_METRICS

ENCODINGS = frozenset(["WinAnsiEncoding", "MacRomanEncoding", "StandardEncoding"])
SYMBOLIC = frozenset(["Symbol", "ZapfDingbats"])
"""Standard fonts with an encoding of their own."""
_ALIASES = {
    "ArialMT": "Helvetica",
    "Arial-BoldMT": "Helvetica-Bold",
    "Arial-ItalicMT": "Helvetica-Oblique",
    "Arial-BoldItalicMT": "Helvetica-BoldOblique",
    "Helvetica,Bold": "Helvetica-Bold",
    "TimesNewRomanPSMT": "Times-Roman",
    "TimesNewRomanPS-BoldMT": "Times-Bold",
    "TimesNewRomanPS-ItalicMT": "Times-Italic",
    "TimesNewRomanPS-BoldItalicMT": "Times-BoldItalic",
    "CourierNewPSMT": "Courier",
    "CourierNewPS-BoldMT": "Courier-Bold",
}
_OTHER_KEYS = {"\xa0": " ", "\xad": "-", "\u03bc": "\xb5"}
"""Characters whose metrics stand under another: the space, hyphen and mu that are drawn for them."""
_DINGBATS = {
    33: (
        "1 2 202 3 4 5 119 118 117 11 12 13 14 15 16 105 17 18 19 20 21 22 23 24 25 26 27 28 6 7 8 9 10 29 "
        "30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 "
        "63 64 65 66 67 68 69 70 71 72 73 74 203 75 204 76 77 78 79 81 82 83 84 97 98 99 100"
    ),
    128: "89 90 93 94 91 92 205 85 206 86 87 88 95 96",
    161: (
        "101 102 103 104 106 107 108 112 111 110 109 120 121 122 123 124 125 126 127 128 129 130 131 132 133 "
        "134 135 136 137 138 139 140 141 142 143 144 145 146 147 148 149 150 151 152 153 154 155 156 157 158 "
        "159 160 161 163 164 196 165 192 166 167 168 169 170 171 172 173 162 174 175 176 177 178 179 193 180 "
        "199 181 200 182"
    ),
    241: "201 183 184 197 185 194 198 186 195 187 188 189 190 191",
}
"""Numbers of the glyphs of ZapfDingbats, called ``a1`` to ``a206``, by runs of codes (annex D.6)."""


def standard_widths(font_name: str, texts: Mapping[int, str]) -> dict[int, float] | None:
    """Return the widths of a standard font's codes, in thousandths of its size; None for any other font.

    ``texts`` has the characters of the codes.
    """
    standard = _ALIASES.get(font_name, font_name)
    metrics = CORE_FONT_METRICS.get(standard)
    if metrics is None:
        return None
    widths = metrics.character_widths
    if standard == "ZapfDingbats":
        numbers = dict(_dingbats().values())
        found = {code: widths[chr(numbers[text])] for code, text in texts.items() if text in numbers}
        return {32: 278.0} | {code: float(width) for code, width in found.items()}
    fixed = 600 if standard.startswith("Courier") else 0
    return {
        code: float(widths.get(_OTHER_KEYS.get(text, text), widths.get(text, fixed)))
        for code, text in texts.items()
    }


@cache
def _dingbats() -> dict[int, tuple[str, int]]:
    """Return the character and the number of the glyph of each code of ZapfDingbats."""
    texts = charset_encoding["/ZapfDingbats"]
    return {
        code: (texts[code], int(number))
        for first, numbers in _DINGBATS.items()
        for code, number in enumerate(numbers.split(), first)
    }


@cache
def encoded_texts(name: str) -> dict[int, str]:
    """Return the characters of the codes of one of ``ENCODINGS``."""
    if name == "WinAnsiEncoding":
        found = {b: bytes([b]).decode("cp1252", "ignore") for b in range(32, 256)}
        found[127] = ""
        return {b: text or "\u2022" for b, text in found.items()}  # annex D.2: unused codes are bullets
    return {code: text for code, text in EncodingDB.encodings[name].items() if text}


@cache
def symbolic_texts(font_name: str) -> dict[int, str]:
    """Return the characters of the codes of one of ``SYMBOLIC`` in its own encoding, {} for other fonts."""
    if font_name not in SYMBOLIC:
        return {}
    return {code: text for code, text in enumerate(charset_encoding["/" + font_name]) if text}


def dingbat(name: str) -> str | None:
    """Return the character of a glyph name of ZapfDingbats, such as ``a12``; None for other names."""
    return next((text for text, number in _dingbats().values() if name == f"a{number}"), None)
