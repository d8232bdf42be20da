"""Inline images in content streams (ISO 32000-2, 8.9.7), whose data end where their size says, or else
where the stream goes on as one."""

import re

from redact.formats.pdf.lexemes import END, KEYWORDS, SPACE, next_lexeme, read_operand
from redact.formats.pdf.objects import NotUnderstoodError
from redact.formats.pdf.operands import Name, Operand
from redact.formats.pdf.operators import SIGNATURES

_FILTERS = {
    "AHx": "ASCIIHexDecode", "A85": "ASCII85Decode", "LZW": "LZWDecode", "Fl": "FlateDecode",
    "RL": "RunLengthDecode", "CCF": "CCITTFaxDecode", "DCT": "DCTDecode",
}  # fmt: skip
_IMAGE_END = re.compile(SPACE + rb"EI" + END)
_CHANNELS = {
    "DeviceGray": 1,
    "G": 1,
    "DeviceRGB": 3,
    "RGB": 3,
    "DeviceCMYK": 4,
    "CMYK": 4,
    "I": 1,
    "Indexed": 1,
}


def inline_image(data: bytes, position: int) -> tuple[list[Operand], int]:
    """Return the dictionary and the data of an inline image whose ``BI`` ends at a position, and its end."""
    entries: dict[str, Operand] = {}
    while True:
        lexed = next_lexeme(data, position)
        if lexed is None:
            raise NotUnderstoodError("an inline image does not end")
        kind, value, position = lexed
        if kind == "word" and value == b"ID":
            break
        key, position = read_operand(data, kind, value, position, 0)
        lexed = next_lexeme(data, position)
        if not isinstance(key, Name) or lexed is None or key in entries:
            raise NotUnderstoodError("an inline image is malformed")
        entries[key], position = read_operand(data, *lexed, 0)
    position += 1  # one white-space character ends ID
    length = _raw_length(entries)
    if length is not None:
        match = _IMAGE_END.match(data, position + length)
        if match is None and data[position + length : position + length + 2] == b"EI":
            match = re.compile(rb"EI" + END).match(data, position + length)
        if match is None:
            raise NotUnderstoodError("an inline image does not end")
        return [entries, data[position : position + length]], match.end()
    for match in _IMAGE_END.finditer(data, position):
        if _resumes(data, match.end()):
            return [entries, data[position : match.start()]], match.end()
    raise NotUnderstoodError("an inline image does not end")


def compression(entries: dict[str, Operand]) -> list[str]:
    """Return the filters of an inline image by their full names, in the order of decoding."""
    value = entries.get("F", entries.get("Filter"))
    listed = value if isinstance(value, list) else [] if value is None else [value]
    return [_FILTERS.get(str(name), str(name)) for name in listed]


def _raw_length(entries: dict[str, Operand]) -> int | None:
    """Return the bytes of an uncompressed inline image, None for a compressed one."""
    return None if compression(entries) else plain_length(entries)


def plain_length(entries: dict[str, Operand]) -> int:
    """Return the bytes of an inline image's pixels; raises ``NotUnderstoodError`` if they are not known."""
    width, height = entries.get("W", entries.get("Width")), entries.get("H", entries.get("Height"))
    if not isinstance(width, float) or not isinstance(height, float):
        raise NotUnderstoodError("an inline image has no size")
    if entries.get("IM", entries.get("ImageMask")) is True:
        return int((width + 7) // 8 * height)
    bits, space = (
        entries.get("BPC", entries.get("BitsPerComponent")),
        entries.get("CS", entries.get("ColorSpace")),
    )
    if isinstance(space, list) and space and isinstance(space[0], Name):
        space = space[0]
    if not isinstance(bits, float) or not isinstance(space, Name) or space not in _CHANNELS:
        raise NotUnderstoodError("an inline image has an unknown colour space")
    return int((width * bits * _CHANNELS[space] + 7) // 8 * height)


def _resumes(data: bytes, position: int) -> bool:
    """Whether instructions follow, so that ``EI`` was not a chance pair of bytes inside of an image."""
    for _ in range(6):
        try:
            lexed = next_lexeme(data, position)
        except NotUnderstoodError:
            return False
        if lexed is None:
            return True
        kind, value, position = lexed
        if kind == "word":
            return value in KEYWORDS or value.decode("ascii") in SIGNATURES
    return True
