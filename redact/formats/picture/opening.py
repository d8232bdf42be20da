"""Opening pictures that may mean harm: one decoder, bounded sizes, pixels on white; and what is no pixel."""

import re
from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageOps, TiffImagePlugin

from redact.errors import FormatError

MOST_PIXELS = 60_000_000
"""Pixels of the largest page: some 28 inches square at 300 dpi."""
LONGEST_SIDE = 30_000
MOST_PAGES = 500
LARGEST_WHOLE = 600_000_000
"""Bytes of the pixels of all pages together."""
LARGEST_METADATA = 4 * 2**20
"""Bytes of metadata that are searched."""

_PRINTED = re.compile(r"[^\x00-\x1f\x7f-\x9f]{4,}")
_OPAQUE = {"1": "1", "L": "L", "RGB": "RGB", "P": "RGB", "CMYK": "RGB", "YCbCr": "RGB"}
_THROUGH = frozenset({"LA", "PA", "RGBA", "La", "RGBa"})


def frames(data: bytes, kind: str) -> Iterator[Image.Image]:
    """Yield the pages of a picture, upright and without transparency, in mode ``1``, ``L`` or ``RGB``.

    Nothing but their resolution is left in the ``info`` of each.
    ``kind`` names the only decoder that is asked: ``png``, ``jpeg`` or ``tiff``. Raises ``FormatError``
    before pixels are decoded where they are too many.
    """
    whole = 0
    with _opened(data, kind) as image:
        for number in range(count(image)):
            try:
                image.seek(number)
            except Exception:  # decoders raise many kinds of errors
                raise _damaged() from None
            whole += _size(image)
            if whole > LARGEST_WHOLE:
                raise FormatError("The picture has more pixels than are read here: split it.")
            try:
                image.load()
                upright = ImageOps.exif_transpose(image)
            except Exception:  # as above
                raise _damaged() from None
            yield _opaque(upright)


def count(image: Image.Image) -> int:
    """Return how many pages an open picture has; raises ``FormatError`` where they are too many."""
    try:
        pages = int(getattr(image, "n_frames", 1))
    except Exception:  # as above
        raise _damaged() from None
    if not 1 <= pages <= MOST_PAGES:
        raise FormatError(f"The picture has more than {MOST_PAGES} pages: split it.")
    if pages > 1 and not isinstance(image, TiffImagePlugin.TiffImageFile):
        raise FormatError("The picture has further pictures behind the first: save the one that is meant.")
    return pages


def metadata(data: bytes, kind: str) -> str:
    """Return all that a picture says beside its pixels, of every page: comments, EXIF, XMP and the like."""
    found: list[str] = []
    with _opened(data, kind) as image:
        for number in range(count(image)):
            try:
                image.seek(number)
                exif = image.getexif()
                values: list[object] = [value for key, value in image.info.items() if key not in _NO_TEXT]
                values += [*getattr(image, "text", {}), *exif.values()]
                values += [
                    part for kind, part in getattr(image, "applist", ()) if kind not in _TOLD_ELSEWHERE
                ]
                values += [exif.get_ifd(tag) for tag in (0x8769, 0x8825, 0xA005)]
                if isinstance(image, TiffImagePlugin.TiffImageFile):
                    values += [value for tag, value in image.tag_v2.items() if tag not in _STRIPS]
            except Exception:  # as above
                raise _damaged() from None
            found += (text for value in values for text in _texts(value))
    said = "\n".join(dict.fromkeys(found))
    if len(said) > LARGEST_METADATA:
        raise FormatError("The picture has more metadata than are read here: save it without them.")
    return said


def beside_pixels(data: bytes, kind: str) -> str:
    """Return the bytes of a picture that are not its pixels, each as one character.

    Read without the library that wrote them; of TIFF, where pixels lie anywhere, the values of all tags.
    """
    if kind == "tiff":
        return metadata(data, kind)
    _, pixels = (_png_parts if kind == "png" else _jpeg_parts)(data)
    kept, position = [], 0
    for start, stop in pixels:
        kept.append(data[position:start])
        position = stop
    return b"".join([*kept, data[position:]]).decode("latin-1")


def goes_on(data: bytes, kind: str) -> bool:
    """Whether more than a picture is in the file: bytes behind its end, or the beginning of a PDF."""
    if b"%PDF-" in data[:1024]:
        return True
    if kind == "tiff":
        return b"PK\x05\x06" in data[-65_557:]
    end, _ = (_png_parts if kind == "png" else _jpeg_parts)(data)
    return bool(data[end:].strip(b"\0\r\n "))


_TOLD_ELSEWHERE = frozenset({"APP0", "APP1", "APP2", "APP14", "COM"})
"""Parts of a JPEG that Pillow takes apart, or with colours alone."""
_NO_TEXT = frozenset({"compression", "icc_profile"})
"""What Pillow tells of a picture's form and its colours."""
_STRIPS = frozenset({273, 279, 324, 325, 34675})
"""Tags of TIFF with the places of pixels and the colour profile: numbers that say nothing."""


def _opened(data: bytes, kind: str) -> Image.Image:
    try:
        image = Image.open(BytesIO(data), formats=[kind.upper()])
    except Exception:  # decoders raise many kinds of errors, a bomb's among them
        raise _damaged() from None
    try:
        _size(image)
    except FormatError:
        image.close()
        raise
    return image


def _size(image: Image.Image) -> int:
    """Return the bytes that a page's pixels take; raises ``FormatError`` where they are too many."""
    width, height = image.size
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise FormatError("The picture has more pixels than are read here: make it smaller.")
    return width * height * len(image.getbands())


def _opaque(image: Image.Image) -> Image.Image:
    """Return the pixels as they look on white paper, and nothing else."""
    if image.mode in _THROUGH or "transparency" in image.info:
        seen = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        made = Image.alpha_composite(paper, seen).convert("RGB")
    elif image.mode in _OPAQUE:
        made = image.convert(_OPAQUE[image.mode])
    else:
        raise FormatError("The picture has unusual colours: save it with 8 bits for each.")
    if made is image:
        made = image.copy()
    made.info = _resolution(image.info.get("dpi"))
    return made


def _resolution(dpi: object) -> dict[str | tuple[int, int], object]:
    """Return the dots per inch across and down, which keep the shape of a fax, if they make sense."""
    if not isinstance(dpi, tuple) or len(dpi) != 2:
        return {}
    try:
        across, down = float(dpi[0]), float(dpi[1])
    except (TypeError, ValueError, ZeroDivisionError):
        return {}
    within = 10 <= across <= 5_000 and 10 <= down <= 5_000
    return {"dpi": (round(across), round(down))} if within else {}


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, bytes):
        # Without its null bytes UTF-16 reads as what it says.
        yield from _PRINTED.findall(value.replace(b"\0", b"").decode("utf-8", "replace"))
    elif isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from (*_texts(key), *_texts(inner))
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from _texts(inner)


def _png_parts(data: bytes) -> tuple[int, list[tuple[int, int]]]:
    """Return where a PNG ends, and where its pixels stand (PNG, third edition, 5.3)."""
    pixels: list[tuple[int, int]] = []
    position = 8
    while True:
        length = int.from_bytes(data[position : position + 4], "big")
        kind, body = data[position + 4 : position + 8], position + 8
        position = body + length + 4
        if len(kind) < 4 or position > len(data):
            raise _damaged()
        if kind == b"IDAT":
            pixels.append((body, position))
        if kind == b"IEND":
            return position, pixels


def _jpeg_parts(data: bytes) -> tuple[int, list[tuple[int, int]]]:
    """Return where a JPEG ends, and where its pixels stand (ITU-T T.81, annex B)."""
    pixels: list[tuple[int, int]] = []
    position = 2
    while True:
        marker = data[position : position + 2]
        if marker == b"\xff\xd9":
            return position + 2, pixels
        if len(marker) < 2 or marker[0] != 0xFF:
            raise _damaged()
        if marker[1] == 0xFF:
            position += 1
            continue
        position += 2 + max(2, int.from_bytes(data[position + 2 : position + 4], "big"))
        if marker[1] == 0xDA:
            start = position
            found = _MARKER.search(data, position)
            if found is None:
                raise _damaged()
            position = found.start()
            pixels.append((start, position))


_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]", re.DOTALL)
"""What ends pixels in a JPEG: a marker that is no restart and no stuffed byte."""


def _damaged() -> FormatError:
    return FormatError("The picture is damaged or of an unusual kind: open it and save it anew.")
