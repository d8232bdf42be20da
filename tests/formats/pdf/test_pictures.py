"""Pictures under a box lose their pixels there and nowhere else; pages stay pages, not images of pages."""

import zlib
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object
from PIL import Image

from redact.document import Span
from redact.formats.pdf import PdfFormat, region_locator
from redact.formats.pdf.imagepixels import stencil_bits
from redact.redaction import Redaction
from tests.formats.pdf import papers
from tests.formats.pdf.checks import MARKING

READER = PdfFormat(use_ocr=False, inspected=True)
WIDTH, HEIGHT = 64, 16


def with_picture(data: bytes, **keys: object) -> bytes:
    """A page with one picture of 128 by 32 points, 72 points from the left and 60 from the top."""
    pdf = papers.new(b"q 128 0 0 32 72 700 cm /X Do Q " + papers.line("stays", y=300))
    image = pdf.make_stream(data, Type=Name.XObject, Subtype=Name.Image, Width=WIDTH, Height=HEIGHT)
    for key, value in keys.items():
        image["/" + key] = pdf.make_stream(*value) if isinstance(value, tuple) else value
    pdf.pages[0].obj["/Resources"]["/XObject"] = Dictionary(X=image)
    return papers.saved(pdf)


def group_4(image: Image.Image) -> bytes:
    """A picture in black and white as fax machines send it (ITU-T T.6)."""
    out = BytesIO()
    image.save(out, "TIFF", compression="group4")
    with Image.open(out) as tiff:
        [start], [length] = tiff.tag_v2[273], tiff.tag_v2[279]
    return out.getvalue()[start : start + length]


def left_half_removed(data: bytes) -> dict[str, bytes]:
    """The pixels of the picture, and of its stencil, as written once the left half of it was under a box."""
    document = READER.read(data, "x.pdf")
    region = Redaction(region_locator(1, 72, 60, 136, 92), Span(0, 1), MARKING)
    written = READER.write(data, document, [region])
    assert not [note for note in written.notes if "image" in note]
    with pikepdf.open(BytesIO(written.data)) as pdf:
        [image] = pdf.pages[0].obj["/Resources"]["/XObject"].values()
        streams = {"picture": image, "stencil": image if "/ImageMask" in image else image.get("/Mask")}
        return {name: pixels_of(stream) for name, stream in streams.items() if stream is not None}


def pixels_of(stream: Object) -> bytes:
    """The samples of a picture; faxes are decoded by another library than that which writes them."""
    return stencil_bits(stream).tobytes() if "/K" in stream.get("/DecodeParms", {}) else stream.read_bytes()


def halves(bits: bytes) -> tuple[set[int], set[int]]:
    """The bytes of each half of a picture of one bit a pixel, but for those at the edge of the box."""
    rows = [bits[i : i + WIDTH // 8] for i in range(0, len(bits), WIDTH // 8)]
    return {b for row in rows for b in row[:3]}, {b for row in rows for b in row[5:]}


PATTERN = bytes([0x5A]) * (WIDTH // 8 * HEIGHT)


@pytest.mark.parametrize(("decode", "unpainted"), [(None, 0xFF), ([0, 1], 0xFF), ([1, 0], 0x00)])
def test_a_stencil_is_not_painted_under_a_box(decode: list[int] | None, unpainted: int) -> None:
    keys = {"Decode": Array(decode)} if decode else {}
    pixels = left_half_removed(with_picture(PATTERN, ImageMask=True, BitsPerComponent=1, **keys))
    assert halves(pixels["stencil"]) == ({unpainted}, {0x5A})


def test_a_picture_behind_a_stencil_is_black_under_a_box_and_its_stencil_tells_nothing() -> None:
    mask = {"Type": Name.XObject, "Subtype": Name.Image, "Width": WIDTH, "Height": HEIGHT}
    mask |= {"ImageMask": True, "BitsPerComponent": 1}
    data = with_picture(
        b"\xc8" * WIDTH * HEIGHT,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
        Mask=(PATTERN, Dictionary({"/" + k: v for k, v in mask.items()})),
    )
    pixels = left_half_removed(data)
    assert halves(pixels["stencil"]) == ({0x00}, {0x5A})
    assert set(pixels["picture"][:24]) == {0} and set(pixels["picture"][40:64]) == {0xC8}


@pytest.mark.parametrize("decode", [None, [0, 1], [1, 0]])
def test_a_soft_mask_stays_grey_and_lets_nothing_through_under_a_box(decode: list[int] | None) -> None:
    mask = {"Type": Name.XObject, "Subtype": Name.Image, "Width": WIDTH, "Height": HEIGHT}
    mask |= {
        "ColorSpace": Name.DeviceGray,
        "BitsPerComponent": 8,
        **({"Decode": Array(decode)} if decode else {}),
    }
    data = with_picture(
        b"\xc8" * WIDTH * HEIGHT,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
        SMask=(b"\x40" * WIDTH * HEIGHT, Dictionary({"/" + k: v for k, v in mask.items()})),
    )
    region = Redaction(region_locator(1, 72, 60, 136, 92), Span(0, 1), MARKING)
    written = READER.write(data, READER.read(data, "x.pdf"), [region])
    with pikepdf.open(BytesIO(written.data)) as pdf:
        [image] = pdf.pages[0].obj["/Resources"]["/XObject"].values()
        assert image["/SMask"]["/ColorSpace"] == Name.DeviceGray  # else poppler shows no picture at all
        row = image["/SMask"].read_bytes()[:WIDTH]
    assert set(row[:24]) == {0} and set(row[40:]) == {0xBF if decode == [1, 0] else 0x40}


def test_a_compressed_jpeg_stays_a_jpeg() -> None:
    jpeg = BytesIO()
    Image.new("L", (WIDTH, HEIGHT), 200).save(jpeg, "JPEG")
    data = with_picture(b"", ColorSpace=Name.DeviceGray, BitsPerComponent=8)
    with pikepdf.open(BytesIO(data)) as pdf:
        image = pdf.pages[0].obj["/Resources"]["/XObject"]["/X"]
        image.write(zlib.compress(jpeg.getvalue()), filter=Array([Name.FlateDecode, Name.DCTDecode]))
        data = papers.saved(pdf, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    written = READER.write(data, READER.read(data, "x.pdf"), [])
    assert written.notes == ()
    with pikepdf.open(BytesIO(written.data)) as pdf:
        [image] = pdf.pages[0].obj["/Resources"]["/XObject"].values()
        assert image["/Filter"] == Name.DCTDecode


def test_a_stencil_that_was_faxed_is_not_painted_under_a_box() -> None:
    fax = group_4(Image.frombytes("1", (WIDTH, HEIGHT), PATTERN))
    parameters = Dictionary(K=-1, Columns=WIDTH, Rows=HEIGHT, BlackIs1=True)
    keys = {"ImageMask": True, "BitsPerComponent": 1, "Filter": Name.CCITTFaxDecode}
    pixels = left_half_removed(with_picture(fax, DecodeParms=parameters, **keys))
    assert halves(pixels["stencil"]) == ({0xFF}, {0x5A})


@pytest.mark.parametrize(
    ("space", "pixel", "decode", "seen"),
    [
        (Name.DeviceGray, b"\xc8", [1, 0], (0x37, 0x37, 0x37)),
        (Name.DeviceRGB, b"\xc8\x64\x32", [1, 0, 1, 0, 1, 0], (0x37, 0x9B, 0xCD)),
        (Name.DeviceCMYK, b"\x00\x00\x00\xff", None, (35, 31, 32)),  # what PDFium makes of pure black
    ],
    ids=["grey", "colours", "inks"],
)
def test_pixels_outside_of_a_box_look_as_they_did_whatever_their_colours(
    space: Name, pixel: bytes, decode: list[int] | None, seen: tuple[int, int, int]
) -> None:
    keys = {"Decode": Array(decode)} if decode else {}
    data = with_picture(pixel * WIDTH * HEIGHT, ColorSpace=space, BitsPerComponent=8, **keys)
    row = left_half_removed(data)["picture"][: 3 * WIDTH]
    assert set(row[: 3 * 24]) == {0}
    assert all(abs(row[3 * 50 + channel] - value) <= 1 for channel, value in enumerate(seen))


def test_a_picture_of_run_lengths_or_with_broken_data_leaves_its_page_a_page() -> None:
    runs = b"\x81\xc8" * (WIDTH * HEIGHT // 128) + b"\x80"
    for data, kind in ((runs, Name.RunLengthDecode), (b"no deflated data", Name.FlateDecode)):
        made = with_picture(data, ColorSpace=Name.DeviceGray, BitsPerComponent=8, Filter=kind)
        written = READER.write(made, READER.read(made, "x.pdf"), [])
        assert written.notes == ()
        assert all("stays" in r.text for r in READER.reread(written.data) if r.kind == "text")


def test_a_picture_that_no_reader_can_decompress_stays_one_that_holds_nothing() -> None:
    """Some readers draw it black and others not at all, so any pixels would look different in one."""
    broken = b"no deflated data, but about Quillfeather"
    made = with_picture(broken, ColorSpace=Name.DeviceGray, BitsPerComponent=8, Filter=Name.FlateDecode)
    written = READER.write(made, READER.read(made, "x.pdf"), [])
    with pikepdf.open(BytesIO(written.data)) as pdf:
        [image] = pdf.pages[0].obj["/Resources"]["/XObject"].values()
        assert image.read_raw_bytes() == b"\0\0"
        assert (image["/Width"], image["/Height"]) == (WIDTH, HEIGHT)
    assert left_half_removed(made)["picture"][: WIDTH // 2] == bytes(WIDTH // 2)


@pytest.mark.parametrize("content", [b" Q Q ", b" q Q Q "])
def test_one_state_restored_too_often_is_no_reason_to_make_an_image(content: bytes) -> None:
    data = papers.paper(papers.line("before", y=700) + content + papers.line("after", y=600))
    written = READER.write(data, READER.read(data, "x.pdf"), [])
    assert written.notes == ()
    texts = [r.text for r in READER.reread(written.data) if r.kind == "text"]
    assert len(texts) >= 3 and all("before" in text and "after" in text for text in texts)


def test_a_font_whose_name_is_no_text_is_read() -> None:
    pdf = papers.new(papers.line("Quillfeather"))
    data = papers.saved(pdf, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert b"/BaseFont /Helvetica" in data
    data = data.replace(
        b"/BaseFont /Helvetica\n",
        b"/BaseFont /#cb#ce#cc#e5 /FirstChar 0 /LastChar 255 /Widths [%s]\n" % (b"500 " * 256),
    )
    assert "Quillfeather" in READER.read(data, "x.pdf").segment("page:1").text
