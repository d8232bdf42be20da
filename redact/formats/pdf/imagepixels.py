"""The pixels of an image: as pikepdf and Pillow decode them, or else as PDFium does, which knows all filters
and colour spaces of PDF (ISO 32000-2, 8.6 and 8.9)."""

from io import BytesIO

import pikepdf
from PIL import Image

from redact.formats.pdf.objects import NotUnderstoodError, decoded, filters, get, number
from redact.formats.pdf.pdfium import opened

MAX_PIXELS = 60_000_000
LOSSLESS = frozenset(["FlateDecode", "LZWDecode", "RunLengthDecode", "ASCII85Decode", "ASCIIHexDecode"])
_LEFT_OUT = ("SMask", "Mask", "OC", "Metadata", "ImageMask", "Alternates", "OPI", "StructParent")
_PAINTABLE = ("1", "L", "RGB")


def size_of(source: pikepdf.Stream) -> tuple[int, int]:
    """Return the width and height of an image in pixels; raises ``NotUnderstoodError`` for absurd ones."""
    width, height = int(number(get(source, "Width"))), int(number(get(source, "Height")))
    if width * height > MAX_PIXELS or width < 1 or height < 1:
        raise NotUnderstoodError("an image has an absurd size")
    return width, height


def opened_image(source: pikepdf.Stream) -> Image.Image:
    """Return an image's pixels, its masks not applied: in black and white, in grey or in red, green and blue.

    Raises ``NotUnderstoodError`` where it cannot be decoded.
    """
    size_of(source)
    if get(source, "Decode") is None:
        try:
            image = pikepdf.PdfImage(source).as_pil_image(apply_mask=False)
            image.load()
        except Exception:  # decoders of many formats, with as many errors
            return _as_pdfium_decodes(source)
        if image.mode == "P":
            return image.convert("RGB")
        if image.mode in _PAINTABLE:
            return image
    return _as_pdfium_decodes(source)


def pixels_of(source: pikepdf.Stream) -> list[Image.Image]:
    """Return an image and its masks as grey pictures, for a reader to look at each by itself."""
    found = [opened_image(source).convert("L")]
    for key in ("SMask", "Mask"):
        mask = get(source, key)
        if isinstance(mask, pikepdf.Stream):
            found.append(opened_image(mask).convert("L"))
    return found


def stencil_bits(source: pikepdf.Stream) -> Image.Image:
    """Return the samples of a stencil mask (8.9.6.2) in black and white, its ``Decode`` not applied."""
    width, height = size_of(source)
    if not set(filters(source)) <= LOSSLESS:
        return _as_pdfium_decodes(source, plain=True)
    length = (width + 7) // 8 * height
    data = decoded(source, 4 * MAX_PIXELS)
    if len(data) < length:
        raise NotUnderstoodError("a stencil has too few pixels")
    return Image.frombytes("1", (width, height), data[:length])


def _as_pdfium_decodes(source: pikepdf.Stream, *, plain: bool = False) -> Image.Image:
    """Return the pixels of an image that is alone on a page; ``plain`` ones as stored, whatever they mean."""
    try:
        with pikepdf.new() as holder, BytesIO() as out:
            image = holder.copy_foreign(source)
            for key in (*_LEFT_OUT, *(["Decode"] if plain else [])):
                if get(image, key) is not None:
                    del image["/" + key]
            if plain or get(source, "ImageMask") is True:
                image["/ColorSpace"], image["/BitsPerComponent"] = pikepdf.Name.DeviceGray, 1
            page = holder.add_blank_page(page_size=(72, 72)).obj
            page["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
            page["/Contents"] = holder.make_stream(b"q 72 0 0 72 0 0 cm /I Do Q")
            holder.save(out)
            with opened(out.getvalue()) as rendering:
                pixels = rendering.image(0)
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise NotUnderstoodError("an image cannot be decoded") from error
    if pixels.size != size_of(source):
        raise NotUnderstoodError("an image cannot be decoded")
    return (
        pixels.convert("1", dither=Image.Dither.NONE)
        if get(source, "BitsPerComponent") == 1 and pixels.mode == "L"
        else pixels
    )
