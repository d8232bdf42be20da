"""Pages that the program itself makes, such as slip sheets; numbers and stamps on those of others."""

import math
from collections.abc import Iterable, Sequence
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name

from redact.errors import FormatError
from redact.formats.pdf.boxes import encode, text_width
from redact.formats.pdf.marking import ASIDE, END
from redact.formats.pdf.operands import decimal, serialize_operand
from redact.formats.pdf.rebuild import save

_WIDTH, _HEIGHT, _LEFT, _SIZE = 612, 792, 72, 12


def slip_sheet(title: str, reasons: Sequence[str], pages: int = 1) -> bytes:
    """Return a PDF of one page that stands for a withheld record of ``pages`` pages and says why.

    ``title`` must not be taken from the record.
    """
    return sheet([title, "", f"This record of {pages} page{'s' * (pages != 1)} is withheld.", "", *reasons])


def sheet(lines: Sequence[str]) -> bytes:
    """Return a PDF of one page that says ``lines``, the first of them larger."""
    content, top = [b"BT"], _HEIGHT - 108.0
    for position, line in enumerate(part for text in lines for part in _wrapped(text)):
        size = _SIZE + 4 * (position == 0)
        content.append(b"/F %d Tf 1 0 0 1 %d %s Tm %s Tj" % (
            size, _LEFT, decimal(top - 18 * position), serialize_operand(encode(line)),
        ))  # fmt: skip
    target = pikepdf.new()
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, _WIDTH, _HEIGHT]),
        Resources=Dictionary(Font=Dictionary(F=_helvetica(target))),
        Contents=target.make_stream(b"\n".join([*content, b"ET"])),
    )
    target.pages.append(pikepdf.Page(target.make_indirect(page)))
    return save(target)


def numbered(data: bytes, prefix: str, first: int, digits: int = 6) -> bytes:
    """Return a written PDF with a Bates number in the lower right corner of each page, as it is displayed.

    ``data`` must come from ``PdfFormat.write``. Raises ``FormatError`` if it is no such file.
    """
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            font = _helvetica(pdf)
            for offset, page in enumerate(pdf.pages):
                _number(pdf, page.obj, f"{prefix}{first + offset:0{digits}d}", font)
            return save(pdf)
    except (pikepdf.PdfError, KeyError, ValueError, TypeError) as error:
        raise FormatError(f"this PDF cannot be numbered ({type(error).__name__})") from None


def stamped(data: bytes, line: str) -> bytes:
    """Return a written PDF with ``line`` at the head of each page and in grey across it, as it is displayed.

    ``data`` must come from ``PdfFormat.write``. Raises ``FormatError`` if it is no such file.
    """
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            font = _helvetica(pdf)
            thin = pdf.make_indirect(Dictionary(Type=Name.ExtGState, ca=_THIN, CA=_THIN))
            for page in pdf.pages:
                _stamp(pdf, page.obj, line, font, thin)
            return save(pdf)
    except (pikepdf.PdfError, KeyError, ValueError, TypeError) as error:
        raise FormatError(f"this PDF cannot be stamped ({type(error).__name__})") from None


_THIN = 0.15
"""How much of what is written across a page covers what stands below."""


def _stamp(
    pdf: pikepdf.Pdf, page: pikepdf.Object, line: str, font: pikepdf.Object, thin: pikepdf.Object
) -> None:
    x0, y0, x1, y1 = (float(value) for value in page.get("/CropBox", page["/MediaBox"]))
    turned = int(page.get("/Rotate", 0)) % 360
    # From the page as it is displayed, its lower left corner being the origin.
    displayed = {
        0: (1, 0, 0, 1, x0, y0),
        90: (0, 1, -1, 0, x1, y0),
        180: (-1, 0, 0, -1, x1, y1),
        270: (0, -1, 1, 0, x0, y1),
    }[turned]
    width, height = (y1 - y0, x1 - x0) if turned in (90, 270) else (x1 - x0, y1 - y0)
    long, diagonal = text_width(line), math.hypot(width, height)
    head, across = min(8.0, 0.95 * width / long), 0.8 * diagonal / long
    cos, sin = width / diagonal, height / diagonal
    left, bottom = width / 2 - cos * across * long / 2, height / 2 - sin * across * long / 2
    said = serialize_operand(encode(line))
    for kind, name, value in (("/Font", "/Stamp", font), ("/ExtGState", "/Stamp", thin)):
        if kind not in page["/Resources"]:
            page["/Resources"][kind] = Dictionary()
        page["/Resources"][kind][name] = value
    text = b"BT 0 g 0 Tr 0 Tc 0 Tw 0 Ts 100 Tz /Stamp %s Tf %s Tm %s Tj ET"
    drawn = b"q %s cm %s /Stamp gs %s Q\n" % (
        _numbers(displayed),
        text
        % (_numbers((head,)), _numbers((1, 0, 0, 1, (width - head * long) / 2, height - 1.5 * head)), said),
        text % (_numbers((across,)), _numbers((cos, sin, -sin, cos, left, bottom)), said),
    )
    if "/StructParents" in page:
        drawn = b"\n".join([ASIDE, drawn + END, b""])
    page["/Contents"] = pdf.make_stream(page["/Contents"].read_bytes() + drawn)


def _numbers(values: Iterable[float]) -> bytes:
    return b" ".join(decimal(round(value, 4)) for value in values)


def _number(pdf: pikepdf.Pdf, page: pikepdf.Object, text: str, font: pikepdf.Object) -> None:
    x0, y0, x1, y1 = (float(value) for value in page.get("/CropBox", page["/MediaBox"]))
    width, size = text_width(text) * 8, 8
    turned = int(page.get("/Rotate", 0))
    matrix = {
        0: (1, 0, 0, 1, x1 - 18 - width, y0 + 12),
        90: (0, 1, -1, 0, x1 - 12, y1 - 18 - width),
        180: (-1, 0, 0, -1, x0 + 18 + width, y1 - 12),
        270: (0, -1, 1, 0, x0 + 12, y0 + 18 + width),
    }[turned]
    if "/Font" not in page["/Resources"]:
        page["/Resources"]["/Font"] = Dictionary()
    page["/Resources"]["/Font"]["/Bates"] = font
    numbers = b" ".join(decimal(round(value, 2)) for value in matrix)
    label = b"q BT 0 g 0 Tr 0 Tc 0 Tw 0 Ts 100 Tz /Bates %d Tf %s Tm %s Tj ET Q\n" % (
        size,
        numbers,
        serialize_operand(encode(text)),
    )
    if "/StructParents" in page:
        label = b"\n".join([ASIDE, label + END, b""])
    page["/Contents"] = pdf.make_stream(page["/Contents"].read_bytes() + label)


def _helvetica(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    )


def _wrapped(text: str) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and text_width(longer) * _SIZE > _WIDTH - 2 * _LEFT:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line]
