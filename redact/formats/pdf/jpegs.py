"""JPEG files (ITU-T T.81, annex B) without what a reader of pixels never sees."""

from redact.formats.pdf.objects import NotUnderstoodError


def clean_jpeg(data: bytes) -> bytes:
    """Return a JPEG without comments, application data and trailing bytes.

    Kept are APP0 of JFIF and APP14 of Adobe, which decide how colours are read in PDF; profiles do not, for
    PDF has its own.
    Raises ``NotUnderstoodError`` for what is no JPEG.
    """
    if data[:2] != b"\xff\xd8":
        raise NotUnderstoodError("a JPEG is malformed")
    kept, position = [b"\xff\xd8"], 2
    while True:
        while data[position : position + 2] == b"\xff\xff":
            position += 1
        marker = data[position + 1] if position + 1 < len(data) else 0
        if data[position : position + 1] != b"\xff" or not marker:
            raise NotUnderstoodError("a JPEG is malformed")
        if marker == 0xD9:
            return b"".join([*kept, b"\xff\xd9"])
        length = int.from_bytes(data[position + 2 : position + 4], "big")
        segment = data[position : position + 2 + length]
        if length < 2 or len(segment) < 2 + length:
            raise NotUnderstoodError("a JPEG is malformed")
        kept += _kept_segment(marker, segment)
        position += 2 + length
        if marker == 0xDA:
            end = _scan_end(data, position)
            kept.append(data[position:end])
            position = end


def _kept_segment(marker: int, segment: bytes) -> list[bytes]:
    body = segment[4:]
    if marker == 0xE0 and body.startswith(b"JFIF\0"):
        return [b"\xff\xe0\x00\x10" + body[:12].ljust(12, b"\0") + b"\0\0"]  # without its thumbnail
    if marker == 0xEE and body.startswith(b"Adobe"):
        return [b"\xff\xee\x00\x0e" + body[:12].ljust(12, b"\0")]
    return [segment] if 0xC0 <= marker <= 0xDF else []


def _scan_end(data: bytes, position: int) -> int:
    """Return where entropy-coded data ends: at a marker that is no restart and no stuffed byte."""
    while True:
        position = data.find(b"\xff", position)
        if position < 0 or position + 1 >= len(data):
            raise NotUnderstoodError("a JPEG is malformed")
        following = data[position + 1]
        if following == 0 or 0xD0 <= following <= 0xD7:
            position += 2
        elif following == 0xFF:
            position += 1
        else:
            return position
