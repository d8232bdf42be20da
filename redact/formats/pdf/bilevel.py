"""Pictures in black and white as fax machines (ITU-T T.4, T.6) and JBIG2 (ITU-T T.88) code them, without what
stands between or behind their pixels."""

import struct
from io import BytesIO

from PIL import Image

from redact.formats.pdf.objects import NotUnderstoodError

_EXTENSION, _END_OF_PAGE, _END_OF_FILE = 62, 49, 51


def faxed(image: Image.Image) -> bytes:
    """Return a picture in black and white in Group 4, one run of bytes without any header."""
    with BytesIO() as out:
        image.convert("1").save(out, "TIFF", compression="group4", tiffinfo={278: image.height})
        with Image.open(out) as tiff:
            starts, lengths = tiff.tag_v2[273], tiff.tag_v2[279]  # type: ignore[attr-defined]
        if len(starts) != 1:
            raise NotUnderstoodError("a picture cannot be written")
        return out.getvalue()[starts[0] : starts[0] + lengths[0]]


def clean_jbig2(data: bytes) -> bytes:
    """Return the segments of an embedded JBIG2 stream without comments and without bytes behind the last.

    Raises ``NotUnderstoodError`` where they cannot be told apart (7.2).
    """
    kept, position = b"", 0
    while position < len(data):
        start = position
        try:
            position, kind = _header(data, position)
            (length,) = struct.unpack_from(">I", data, position - 4)
        except (struct.error, IndexError):
            break
        if length == 0xFFFFFFFF or position + length > len(data):
            raise NotUnderstoodError("a picture is malformed")
        position += length
        if kind != _EXTENSION:
            kept += data[start:position]
        if kind in (_END_OF_PAGE, _END_OF_FILE):
            break
    if not kept:
        raise NotUnderstoodError("a picture is malformed")
    return kept


def _header(data: bytes, position: int) -> tuple[int, int]:
    """Return where the header of a segment ends, and the segment's kind."""
    (number,) = struct.unpack_from(">I", data, position)
    flags, count = data[position + 4], data[position + 5] >> 5
    position += 6
    if count == 7:
        (long,) = struct.unpack_from(">I", data, position - 1)
        count = long & 0x1FFFFFFF
        position += 3 + (count + 8) // 8
    size = 1 if number <= 256 else 2 if number <= 65536 else 4
    position += count * size + (4 if flags & 0x40 else 1) + 4
    if position > len(data):
        raise IndexError
    return position, flags & 63
