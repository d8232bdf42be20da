"""Pixels written again in the way that they were coded, so that they lose and weigh as little as can be."""

from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile, get_sampling

from redact.formats.pdf.bilevel import faxed
from redact.formats.pdf.imagepixels import MAX_PIXELS
from redact.formats.pdf.objects import decoded, filters

if TYPE_CHECKING:
    from redact.formats.pdf.resources import Copier

_LOSSY = frozenset(["DCTDecode", "JPXDecode"])
_BILEVEL = frozenset(["CCITTFaxDecode", "JBIG2Decode"])


def is_lossy(source: pikepdf.Stream) -> bool:
    """Whether the pixels of an image are coded with loss."""
    return not _LOSSY.isdisjoint(filters(source))


def with_pixels(copier: "Copier", source: pikepdf.Stream, image: Image.Image) -> pikepdf.Object:
    """Return an image of pixels, coded as those of ``source`` are."""
    if image.mode == "1":
        made = bits_of(copier, source, image)
    elif filters(source)[-1:] == ["JPXDecode"]:
        made = copier.target.make_stream(_as_jpeg_2000(source, image), Filter=Name.JPXDecode)
    elif is_lossy(source):
        made = copier.target.make_stream(_as_jpeg(source, image), Filter=Name.DCTDecode)
    else:  # compressed when the file is saved
        made = copier.target.make_stream(image.tobytes())
    made["/Type"], made["/Subtype"] = Name.XObject, Name.Image
    made["/Width"], made["/Height"] = image.size
    made["/BitsPerComponent"] = 1 if image.mode == "1" else 8
    made["/ColorSpace"] = Name.DeviceRGB if image.mode == "RGB" else Name.DeviceGray
    return made


def bits_of(copier: "Copier", source: pikepdf.Stream, image: Image.Image) -> pikepdf.Object:
    """Return a stream of pixels in black and white: as a fax if those of ``source`` are coded as bits."""
    if not _BILEVEL.isdisjoint(filters(source)):
        made: pikepdf.Object = copier.target.make_stream(faxed(image), Filter=Name.CCITTFaxDecode)
        made["/DecodeParms"] = Dictionary(K=-1, Columns=image.width, Rows=image.height, BlackIs1=True)
        return made
    return copier.target.make_stream(image.tobytes())


def unwrapped(raw: bytes, names: list[str]) -> bytes:
    """Return coded pixels without the compression around them; that has no parameters, or cannot be
    undone."""
    with pikepdf.new() as holder:
        outer = Array([Name("/" + name) for name in names[:-1]])
        return decoded(holder.make_stream(raw, Filter=outer), 4 * MAX_PIXELS)


def _as_jpeg(source: pikepdf.Stream, image: Image.Image) -> bytes:
    """Return an image as JPEG, with the tables of the JPEG that it was, so that the rest changes least."""
    names = filters(source)
    raw = source.read_raw_bytes()
    with Image.open(BytesIO(unwrapped(raw, names) if len(names) > 1 else raw)) as old, BytesIO() as buffer:
        if isinstance(old, JpegImageFile) and old.quantization and old.mode == image.mode:
            tables = {"qtables": old.quantization, "subsampling": get_sampling(old)}
            image.save(buffer, "JPEG", progressive=True, **tables)
        else:
            image.save(buffer, "JPEG", quality=90, subsampling=0, optimize=True)
        return buffer.getvalue()


def _as_jpeg_2000(source: pikepdf.Stream, image: Image.Image) -> bytes:
    """Return an image as JPEG 2000 at the rate at which it was."""
    rate = len(image.tobytes()) / max(1, len(source.read_raw_bytes()))
    with BytesIO() as buffer:
        image.save(
            buffer, "JPEG2000", quality_mode="rates", quality_layers=[max(1.0, rate)], irreversible=True
        )
        return buffer.getvalue()
