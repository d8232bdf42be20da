"""Images: copied by allow-list, and overwritten in their pixels where a box lies over them."""

from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name

from redact.formats.pdf.geometry import Box
from redact.formats.pdf.interpreter import Picture
from redact.formats.pdf.objects import NotUnderstoodError, decoded, filters, get, items, name_of, number

if TYPE_CHECKING:
    from redact.formats.pdf.resources import Copier

MAX_PIXELS = 100_000_000
_NUMBERS = ("Width", "Height", "BitsPerComponent", "SMaskInData")
_PARAMETERS = frozenset(
    (
        "Predictor Colors BitsPerComponent Columns EarlyChange K EndOfLine EncodedByteAlign Rows "
        "EndOfBlock BlackIs1 DamagedRowsBeforeError ColorTransform"
    ).split()  # noqa: SIM905
)
_LOSSLESS = frozenset(["FlateDecode", "LZWDecode", "RunLengthDecode", "ASCII85Decode", "ASCIIHexDecode"])


def copy_image(
    copier: "Copier", source: object, picture: Picture | None, regions: list[Box]
) -> pikepdf.Object:
    """Return a copy of an image; raises ``NotUnderstoodError`` where it cannot be copied, or overwritten in
    ``regions``."""
    if not isinstance(source, pikepdf.Stream):
        raise NotUnderstoodError("an image is missing")
    if regions:
        raise NotUnderstoodError("an image is under a box")
    width, height = int(number(get(source, "Width"))), int(number(get(source, "Height")))
    if width * height > MAX_PIXELS or width < 1 or height < 1:
        raise NotUnderstoodError("an image has an absurd size")
    names = filters(source)
    raw = source.read_raw_bytes()
    if names == ["DCTDecode"]:
        made = copier.target.make_stream(clean_jpeg(raw), Filter=Name.DCTDecode)
    elif set(names) <= _LOSSLESS:
        made = copier.target.make_stream(decoded(source, 4 * MAX_PIXELS))
    elif names and names[-1] in ("CCITTFaxDecode", "JBIG2Decode", "JPXDecode") and len(names) == 1:
        made = copier.target.make_stream(raw, Filter=Name("/" + names[0]))
    else:
        raise NotUnderstoodError("an image has an unknown filter")
    parameters = get(source, "DecodeParms")
    if isinstance(parameters, pikepdf.Array):
        parameters = parameters[0] if len(parameters) == 1 else None
    if "/Filter" in made and isinstance(parameters, pikepdf.Dictionary):
        made["/DecodeParms"] = Dictionary({"/" + k: v for k, v in items(parameters) if k in _PARAMETERS})
        shared = get(parameters, "JBIG2Globals")
        if shared is not None:
            made["/DecodeParms"]["/JBIG2Globals"] = copier.target.make_stream(decoded(shared))
    made["/Type"], made["/Subtype"] = Name.XObject, Name.Image
    for key in _NUMBERS:
        if get(source, key) is not None:
            made["/" + key] = int(number(get(source, key)))
    for key in ("ImageMask", "Interpolate"):
        if isinstance(get(source, key), bool):
            made["/" + key] = get(source, key)
    for key in ("Decode", "Matte"):
        value = get(source, key)
        if isinstance(value, pikepdf.Array):
            made["/" + key] = Array([number(item) for item in value])
    if get(source, "ColorSpace") is not None:
        made["/ColorSpace"] = copier.colour_space(get(source, "ColorSpace"))
    for key in ("SMask", "Mask"):
        value = get(source, key)
        if isinstance(value, pikepdf.Array) and key == "Mask":
            made["/Mask"] = Array([int(number(item)) for item in value])
        elif isinstance(value, pikepdf.Stream):
            if (
                get(value, "SMask") is not None
                or get(value, "Mask") is not None
                or name_of(get(value, "Subtype")) != "Image"
            ):
                raise NotUnderstoodError("the mask of an image is malformed")
            made["/" + key] = copier.resource_image(value)
    return made


def clean_jpeg(data: bytes) -> bytes:
    """Return a JPEG without comments, application data and trailing bytes; raises ``NotUnderstoodError`` for
    no JPEG.

        Kept are APP0 of JFIF, APP2 with a colour profile and APP14 of Adobe, which decide how colours are read.
    """
    if data[:2] != b"\xff\xd8":
        raise NotUnderstoodError("a JPEG is malformed")
    kept, position = [b"\xff\xd8"], 2
    while True:
        while data[position : position + 2] == b"\xff\xff":
            position += 1
        if data[position : position + 1] != b"\xff" or position + 4 > len(data):
            raise NotUnderstoodError("a JPEG is malformed")
        marker = data[position + 1]
        length = int.from_bytes(data[position + 2 : position + 4], "big")
        segment = data[position : position + 2 + length]
        body = segment[4:]
        wanted = (
            (marker == 0xE0 and body.startswith(b"JFIF\0"))
            or (marker == 0xE2 and body.startswith(b"ICC_PROFILE\0"))
            or (marker == 0xEE and body.startswith(b"Adobe"))
        )
        if marker == 0xE0 and wanted:
            segment = b"\xff\xe0\x00\x10" + body[:12] + b"\0\0"  # without its thumbnail
        if wanted or not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            kept.append(segment)
        position += 2 + length
        if marker == 0xDA:
            end = data.rfind(b"\xff\xd9")
            if end < position:
                raise NotUnderstoodError("a JPEG is malformed")
            scan = _scan_end(data, position)
            kept.append(data[position:scan])
            if data[scan : scan + 2] == b"\xff\xd9":
                kept.append(b"\xff\xd9")
                return b"".join(kept)
            position = scan


def _scan_end(data: bytes, position: int) -> int:
    """Return where the entropy-coded data ends: at the next marker that is no restart and no stuffed byte."""
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
