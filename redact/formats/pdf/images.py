"""Images: copied by allow-list, and overwritten in their pixels where a box lies over them."""

import math
import zlib
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw

from redact.formats.pdf.bilevel import clean_jbig2
from redact.formats.pdf.drawing import Picture
from redact.formats.pdf.geometry import Box, Matrix, apply
from redact.formats.pdf.imagepixels import LOSSLESS, MAX_PIXELS, opened_image, size_of, stencil_bits
from redact.formats.pdf.imagewriting import bits_of, is_lossy, unwrapped, with_pixels
from redact.formats.pdf.inlineimages import compression, plain_length
from redact.formats.pdf.jpeg2000 import clean_jpeg2000
from redact.formats.pdf.jpegs import clean_jpeg
from redact.formats.pdf.objects import NotUnderstoodError, decoded, filters, get, items, name_of, number
from redact.formats.pdf.operands import Name as PdfName
from redact.formats.pdf.operators import Instruction

if TYPE_CHECKING:
    from redact.formats.pdf.resources import Copier

_NUMBERS = ("Width", "Height", "BitsPerComponent", "SMaskInData")
_PARAMETER_NAMES = (
    "Predictor Colors BitsPerComponent Columns EarlyChange K EndOfLine EncodedByteAlign Rows EndOfBlock "
    "BlackIs1 DamagedRowsBeforeError ColorTransform"
)
_PARAMETERS = frozenset(_PARAMETER_NAMES.split())
_CLEANED = {"DCTDecode": clean_jpeg, "JPXDecode": clean_jpeg2000, "JBIG2Decode": clean_jbig2}
"""What takes out of coded pixels all that is none of them, by the filter."""
_CODECS = frozenset([*_CLEANED, "CCITTFaxDecode"])


def copy_image(copier: "Copier", source: object) -> pikepdf.Object:
    """Return a copy of an image; raises ``NotUnderstoodError`` where it cannot be copied."""
    if not isinstance(source, pikepdf.Stream):
        raise NotUnderstoodError("an image is missing")
    size_of(source)
    try:
        made = _undecodable(copier) if _never_begins(source) else _data(copier, source)
    except NotUnderstoodError:
        if get(source, "ImageMask") is True or isinstance(get(source, "Mask"), pikepdf.Array):
            raise
        made = with_pixels(copier, source, opened_image(source))
    else:
        _describe(copier, source, made)
    for key in ("SMask", "Mask"):
        value = get(source, key)
        if isinstance(value, pikepdf.Array) and key == "Mask":
            made["/Mask"] = Array([int(number(item)) for item in value])
        elif isinstance(value, pikepdf.Stream):
            nested = get(value, "SMask") is not None or get(value, "Mask") is not None
            if nested or name_of(get(value, "Subtype")) != "Image":
                raise NotUnderstoodError("the mask of an image is malformed")
            made["/" + key] = copier.resource_image(value)
    return made


def _describe(copier: "Copier", source: pikepdf.Stream, made: pikepdf.Object) -> None:
    """Copy what says how the data of an image are read."""
    made["/Type"], made["/Subtype"] = Name.XObject, Name.Image
    for key in _NUMBERS:
        if get(source, key) is not None:
            made["/" + key] = int(number(get(source, key)))
    for key in ("ImageMask", "Interpolate"):
        value = get(source, key)
        if isinstance(value, bool):
            made["/" + key] = value
    for key in ("Decode", "Matte"):
        value = get(source, key)
        if isinstance(value, pikepdf.Array):
            made["/" + key] = Array([number(item) for item in value])
    if get(source, "ColorSpace") is not None:
        made["/ColorSpace"] = copier.colours.space(get(source, "ColorSpace"))


def _data(copier: "Copier", source: pikepdf.Stream) -> pikepdf.Object:
    """Return a stream with the image's data, without what a reader of pixels never sees."""
    names = filters(source)
    raw = source.read_raw_bytes()
    if len(names) > 1 and names[-1] in _CODECS and set(names[:-1]) <= LOSSLESS:
        raw, names = unwrapped(raw, names), names[-1:]
    if names == ["CCITTFaxDecode"]:
        return _fax(copier, source)
    if len(names) == 1 and names[0] in _CLEANED:
        made = copier.copied(_CLEANED[names[0]](raw))
        made["/Filter"] = Name("/" + names[0])
    elif set(names) <= LOSSLESS:
        plain = decoded(source, 4 * MAX_PIXELS)
        expected = _expected(source)
        if names != ["FlateDecode"] or len(plain) != expected or not _ends(raw):
            return copier.target.make_stream(plain[:expected])
        made = copier.target.make_stream(raw, Filter=Name.FlateDecode)
    else:
        raise NotUnderstoodError("an image has an unknown filter")
    parameters = get(source, "DecodeParms")
    if isinstance(parameters, pikepdf.Array):
        parameters = parameters[-1] if len(parameters) else None
    if isinstance(parameters, pikepdf.Dictionary):
        kept = Dictionary({"/" + k: v for k, v in items(parameters) if k in _PARAMETERS})
        shared = get(parameters, "JBIG2Globals")
        if shared is not None:
            kept["/JBIG2Globals"] = copier.copied(clean_jbig2(decoded(shared)))
        made["/DecodeParms"] = kept
    return made


def _fax(copier: "Copier", source: pikepdf.Stream) -> pikepdf.Object:
    """Return a faxed picture coded anew, so that nothing stands behind its pixels."""
    return bits_of(copier, source, stencil_bits(source))


def clean_inline(copier: "Copier", instruction: Instruction) -> Instruction | None:
    """Return an inline image with nothing behind its pixels, None for one that is not compressed."""
    entries, data = instruction.operands
    if not isinstance(entries, dict) or not isinstance(data, bytes):
        raise NotUnderstoodError("an inline image is malformed")
    names = compression(entries)
    if not names:
        return None
    if names == ["DCTDecode"]:
        return Instruction("BI", [entries, clean_jpeg(data)])
    if not set(names) <= LOSSLESS:
        if copier.words.in_bytes(data):
            raise NotUnderstoodError("something that it is drawn with spells what is removed")
        return None
    parameters = entries.get("DP", entries.get("DecodeParms"))
    if parameters is not None and (len(names) > 1 or not isinstance(parameters, dict)):
        raise NotUnderstoodError("an inline image is compressed in an unusual way")
    with pikepdf.new() as holder:
        source = holder.make_stream(data, Filter=Array([Name("/" + name) for name in names]))
        if isinstance(parameters, dict):
            numbers = {
                "/" + k: int(v) for k, v in parameters.items() if isinstance(v, float) and k in _PARAMETERS
            }
            source["/DecodeParms"] = Array([Dictionary(numbers)])
        pixels = decoded(source)
    try:
        pixels = pixels[: plain_length(entries)]
    except NotUnderstoodError:  # a colour space that is a resource
        if copier.words.in_bytes(pixels):
            raise
    left_out = ("F", "Filter", "DP", "DecodeParms", "L", "Length")
    kept = {key: value for key, value in entries.items() if key not in left_out}
    return Instruction("BI", [kept | {"F": PdfName("Fl")}, zlib.compress(pixels, 9)])


def _never_begins(source: pikepdf.Stream) -> bool:
    """Whether not one byte of an image's compressed data can be decompressed."""
    if filters(source) != ["FlateDecode"]:
        return False
    try:
        return not zlib.decompressobj().decompress(source.read_raw_bytes(), 1)
    except zlib.error:
        return True


def _undecodable(copier: "Copier") -> pikepdf.Object:
    """Return image data that no reader can decompress, and that hold nothing.

    Some draw such a picture black and others leave it out, so any other data would look different in one.
    """
    return copier.target.make_stream(b"\0\0", Filter=Name.FlateDecode)


def _expected(source: pikepdf.Stream) -> int | None:
    """Return the bytes of the pixels of an image, None where its colour space does not tell."""
    width, height = size_of(source)
    if get(source, "ImageMask") is True:
        return (width + 7) // 8 * height
    space = get(source, "ColorSpace")
    family = name_of(space[0]) if isinstance(space, pikepdf.Array) and len(space) else name_of(space)
    channels = {"DeviceGray": 1, "CalGray": 1, "Indexed": 1, "Separation": 1, "DeviceRGB": 3, "CalRGB": 3}
    channels |= {"Lab": 3, "DeviceCMYK": 4}
    count = channels.get(family or "")
    if family == "ICCBased" and isinstance(space, pikepdf.Array):
        count = int(number(get(space[1], "N")))
    if count is None or get(source, "BitsPerComponent") is None:
        return None
    return (width * count * int(number(get(source, "BitsPerComponent"))) + 7) // 8 * height


def _ends(raw: bytes) -> bool:
    """Whether nothing stands behind compressed data."""
    inflater = zlib.decompressobj()
    try:
        while raw and not inflater.eof:
            inflater.decompress(raw, 1 << 22)
            raw = inflater.unconsumed_tail
    except zlib.error:
        return False
    return inflater.eof and not inflater.unused_data.strip(b"\r\n")


def overwritten(copier: "Copier", picture: Picture, regions: list[Box]) -> pikepdf.Object:
    """Return an image with ``regions`` of the page overwritten in its pixels and in those of its masks."""
    source = picture.source
    if source is None:
        raise NotUnderstoodError("an inline image is under a box")
    if get(source, "ImageMask") is True:
        return _stencil(copier, source, picture.matrix, regions, painted=False)
    if isinstance(get(source, "Mask"), pikepdf.Array):
        raise NotUnderstoodError("an image with a transparent colour is under a box")
    if get(source, "SMaskInData") not in (None, 0):
        raise NotUnderstoodError("an image of an unusual kind is under a box")
    made = _painted(copier, source, picture.matrix, regions)
    soft, hard = get(source, "SMask"), get(source, "Mask")
    if isinstance(soft, pikepdf.Stream):
        grey = _painted(copier, soft, picture.matrix, regions, grey=True)
        made["/SMask"] = copier.target.make_indirect(grey)
    if isinstance(hard, pikepdf.Stream):
        stencil = _stencil(copier, hard, picture.matrix, regions, painted=True)
        made["/Mask"] = copier.target.make_indirect(stencil)
    return made


def _stencil(
    copier: "Copier", source: pikepdf.Stream, matrix: Matrix, regions: list[Box], *, painted: bool
) -> pikepdf.Object:
    """Return a stencil mask (8.9.6.2) with ``regions`` of the page all painted, or all left out."""
    width, height = size_of(source)
    if get(source, "ImageMask") is not True:
        raise NotUnderstoodError("a stencil of an unusual kind is under a box")
    decode = get(source, "Decode")
    inverted = isinstance(decode, pikepdf.Array) and number(decode[0]) == 1
    image = stencil_bits(source)
    draw = ImageDraw.Draw(image)
    for region in regions:
        draw.polygon(_corners(matrix, region, image.size), fill=int(painted == inverted))
    made = bits_of(copier, source, image)
    made["/Type"], made["/Subtype"] = Name.XObject, Name.Image
    made["/Width"], made["/Height"], made["/BitsPerComponent"] = width, height, 1
    made["/ImageMask"] = True
    if inverted:
        made["/Decode"] = Array([1, 0])
    return made


def _painted(
    copier: "Copier", source: pikepdf.Stream, matrix: Matrix, regions: list[Box], *, grey: bool = False
) -> pikepdf.Object:
    """Return an image with ``regions`` of the page in black; ``grey`` for a soft mask, which has no colours
    (11.6.5.2) whatever it was decoded as."""
    image = opened_image(source)
    if grey and image.mode == "RGB":
        image = image.convert("L")
    if get(source, "BitsPerComponent") == 1 and image.mode == "L" and _is_black_or_white(image):
        image = image.convert("1", dither=Image.Dither.NONE)
    draw = ImageDraw.Draw(image)
    lossy = is_lossy(source)
    for region in regions:
        corners = _corners(matrix, region, image.size)
        if not (lossy and _plain(image, corners)):  # an edge in it would cost bytes, and hide nothing
            draw.polygon(corners, fill=0)
    return with_pixels(copier, source, image)


def _is_black_or_white(image: Image.Image) -> bool:
    return not any(image.histogram()[1:255])


def _plain(image: Image.Image, corners: list[tuple[float, float]]) -> bool:
    """Whether all pixels around a polygon are of one colour, and so tell nothing."""
    across, down = zip(*corners, strict=True)
    left, top = max(0, math.floor(min(across))), max(0, math.floor(min(down)))
    right, bottom = min(image.width, math.ceil(max(across)) + 1), min(image.height, math.ceil(max(down)) + 1)
    if left >= right or top >= bottom:
        return True
    ranges = image.crop((left, top, right, bottom)).getextrema()
    return all(low == high for low, high in (ranges if isinstance(ranges[0], tuple) else [ranges]))


def _corners(matrix: Matrix, region: Box, size: tuple[int, int]) -> list[tuple[float, float]]:
    """Return a region of the page as a polygon in pixels, one pixel wider on every side."""
    a, b, c, d, e, f = matrix
    determinant = a * d - b * c
    if abs(determinant) < 1e-9:
        raise NotUnderstoodError("an image has no area")
    inverse = (d / determinant, -b / determinant, -c / determinant, a / determinant)
    width, height = size
    found = []
    grown = region.grown(0.75)
    for x, y in ((grown.x0, grown.y0), (grown.x1, grown.y0), (grown.x1, grown.y1), (grown.x0, grown.y1)):
        u, v = apply((*inverse, 0.0, 0.0), x - e, y - f)
        found.append((u * width, (1 - v) * height))
    return found
