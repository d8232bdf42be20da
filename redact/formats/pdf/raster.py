"""A page as an image: the fallback for what cannot be written as it is, with the boxes burnt into the
pixels."""

from io import BytesIO

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from redact.formats.pdf.boxes import Mark, at_the_foot, draw
from redact.formats.pdf.drawing import Glyph
from redact.formats.pdf.geometry import Box
from redact.formats.pdf.operands import decimal
from redact.formats.pdf.pages import Page
from redact.formats.pdf.pagetext import PageText
from redact.formats.pdf.pdfium import Pixels, Rendering
from redact.formats.pdf.selection import Cut

DPI = 200


def raster_page(
    target: pikepdf.Pdf,
    rendering: Rendering,
    page: Page,
    cut: Cut,
    removed: set[Glyph],
    label: pikepdf.Object,
) -> pikepdf.Dictionary:
    """Return a page that is one image of the old one, with its surviving text laid invisibly over it."""
    marks = cut.marks
    pixels = rendering.render(page.number - 1, DPI / 72)
    width, height = page.size
    scale = pixels.shape[1] / width
    shown = [Mark(page.to_display(m.box), m.marking, (m.direction - page.rotate) % 360) for m in marks]
    for mark in shown:
        box = mark.box.grown(1 / scale)
        rows = slice(max(0, int(box.y0 * scale)), int(box.y1 * scale) + 2)
        columns = slice(max(0, int(box.x0 * scale)), int(box.x1 * scale) + 2)
        pixels[rows, columns] = 0
    upright = [
        Mark(Box(m.box.x0, height - m.box.y1, m.box.x1, height - m.box.y0), m.marking, m.direction)
        for m in shown
    ]
    boxes = [mark.box for mark in marks]
    words, codes = _hidden_text(page, boxes, removed, height)
    content = b"q %s 0 0 %s 0 0 cm /I Do Q\n" % (decimal(round(width, 3)), decimal(round(height, 3)))
    fonts = Dictionary(Marking=label)
    if words:
        content += b"BT 3 Tr\n" + b"\n".join(words) + b"\nET\n"
        fonts["/T"] = _glyphless_font(target, codes)
    if upright:
        legend = at_the_foot([line.marking for line in cut.legend], Box(0, 0, width, height))
        content += draw(upright, legend, "Marking")
    return Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, round(width, 3), round(height, 3)]),
        Resources=Dictionary(XObject=Dictionary(I=_image(target, pixels)), Font=fonts),
        Contents=target.make_stream(content),
    )


def _hidden_text(
    page: Page, boxes: list[Box], removed: set[Glyph], height: float
) -> tuple[list[bytes], set[str]]:
    """Return the words that stay, each stretched over its place, and the characters that they use."""
    found: list[bytes] = []
    used: set[str] = set()
    for word, box in _words(page.texts.get("", PageText()), boxes, removed):
        shown = page.to_display(box)
        size = max(shown.height * 0.9, 1.0)
        stretch = min(max(100 * shown.width / (0.5 * size * len(word)), 1), 3000)
        used |= set(word)
        place = (shown.x0, height - shown.y1 + 0.2 * size)
        found.append(
            b"/T %s Tf %s Tz 1 0 0 1 %s %s Tm <%s> Tj"
            % (
                decimal(round(size, 2)),
                decimal(round(stretch, 1)),
                decimal(round(place[0], 2)),
                decimal(round(place[1], 2)),
                word.encode("utf-16-be", "ignore").hex().encode("ascii"),
            )
        )
    return found, used


def _words(text: PageText, boxes: list[Box], removed: set[Glyph]) -> list[tuple[str, Box]]:
    found: list[tuple[str, Box]] = []
    word, around = "", list[Box]()
    for character, owners in zip([*text.text, " "], [*text.owners, ()], strict=True):
        if character.isspace() or not owners:
            if word:
                found.append((word, _around(around)))
            word, around = "", []
            continue
        gone = any(owner in removed for owner in owners if isinstance(owner, Glyph))
        gone = gone or any(box.contains(*owner.box.middle) for owner in owners for box in boxes)
        if not gone and ord(character) < 0x10000:
            word += character
            around += [owner.box for owner in owners]
    return found


def _around(boxes: list[Box]) -> Box:
    return Box(
        min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes)
    )


def _glyphless_font(target: pikepdf.Pdf, used: set[str]) -> pikepdf.Object:
    """Return a font without glyphs whose codes are UTF-16 units, for text that is searched and not seen."""
    entries = [b"<%04x> <%04x>" % (ord(c), ord(c)) for c in sorted(used)]
    lines = [b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def /CMapName /U def"]
    lines += [b"1 begincodespacerange <0000> <ffff> endcodespacerange"]
    for start in range(0, len(entries), 100):
        part = entries[start : start + 100]
        lines += [b"%d beginbfchar" % len(part), *part, b"endbfchar"]
    lines.append(b"endcmap CMapName currentdict /CMap defineresource pop end end")
    system = Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/Glyphless"),
        Flags=4,
        FontBBox=Array([0, -200, 500, 900]),
        ItalicAngle=0,
        Ascent=900,
        Descent=-200,
        CapHeight=700,
        StemV=80,
    )
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name("/Glyphless"),
        CIDSystemInfo=system,
        DW=500,
        CIDToGIDMap=Name.Identity,
        FontDescriptor=target.make_indirect(descriptor),
    )
    return target.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name("/Glyphless"),
            Encoding=Name("/Identity-H"),
            ToUnicode=target.make_stream(b"\n".join(lines)),
            DescendantFonts=Array([target.make_indirect(descendant)]),
        )
    )


def _image(target: pikepdf.Pdf, pixels: Pixels) -> pikepdf.Object:
    """Return pixels as an image: grey where they have no colour, as JPEG unless they are black on white."""
    spread = pixels.max(axis=2).astype(np.int16) - pixels.min(axis=2)
    image = Image.fromarray(np.ascontiguousarray(pixels[:, :, ::-1]))
    if int((spread > 24).sum()) < 50:
        image = image.convert("L")
        grey = np.asarray(image)
        if float(((grey > 40) & (grey < 215)).mean()) < 0.02:
            image = image.point(lambda value: 255 if value > 150 else 0).convert("1")
    if image.mode == "1":
        made = target.make_stream(image.tobytes())
    else:
        buffer = BytesIO()
        image.save(buffer, "JPEG", quality=80)
        made = target.make_stream(buffer.getvalue(), Filter=Name.DCTDecode)
    made["/Type"], made["/Subtype"] = Name.XObject, Name.Image
    made["/Width"], made["/Height"] = image.size
    made["/BitsPerComponent"] = 1 if image.mode == "1" else 8
    made["/ColorSpace"] = Name.DeviceRGB if image.mode == "RGB" else Name.DeviceGray
    return made
