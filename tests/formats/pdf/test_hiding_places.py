"""A word that hides in any place of a PDF, or in two at once, is not recoverable from what is written."""

import random
from io import BytesIO
from itertools import combinations

import pikepdf
import pytest
from PIL import Image

from redact.errors import FormatError
from redact.formats.ocr import engine, read_words
from redact.formats.pdf import PdfFormat
from redact.formats.pdf.pdfium import opened
from tests.formats.pdf import papers
from tests.formats.pdf.checks import readers_of, redactions
from tests.formats.pdf.hiding import PLACES, ROWS, base
from tests.formats.pdf.hiding_deeper import BYTES, DEEPER
from tests.formats.pdf.hiding_files import WHOLE, Made, made

WORD, OTHER = "Quillfeather", "Featherquill"
NARROWER = "Thornfield"
"""A word as wide as the other in whole steps of strict mode, and not in points."""
ALL = sorted(PLACES | WHOLE)
PIXELS = "pixels of an image"
GAP = "gap between words that stay"
DISAGREED = "page that its count leaves out"
"""Programs count different pages, so the file is withheld whatever else it holds."""
PAIRS = list(combinations(ALL, 2))
SAMPLE = random.Random(5).sample([pair for pair in PAIRS if PIXELS not in pair], 30)
INSPECTED = PdfFormat(use_ocr=False, inspected=True)
needs_ocr = pytest.mark.skipif(engine() is None, reason="no OCR engine")


def reader_for(file: Made, *, use_ocr: bool = False, strict: bool = False) -> PdfFormat:
    """A reader that opens a file; without OCR, as after a person has looked at its pictures."""
    return PdfFormat(file.passwords, use_ocr=use_ocr, inspected=not use_ocr, strict=strict)


def recoverable(*names: str, use_ocr: bool = False) -> list[str] | None:
    """Which readers still find the word that hid in places; None if the file is withheld."""
    file = made(WORD, dict.fromkeys(names, WORD))
    return left_in(file.data, reader_for(file, use_ocr=use_ocr), file.name, look=use_ocr)


def left_in(data: bytes, reader: PdfFormat, name: str = "x.pdf", *, look: bool = False) -> list[str] | None:
    """Which readers find the word in what is written; None if the file is withheld.

    ``look`` reads its pages and pictures by OCR too; those that became images always are.
    """
    try:
        document = reader.read(data, name)
        if document.obstacles:
            return None
        written = reader.write(data, document, redactions(document, WORD))
    except FormatError:
        return None
    found = readers_of(written.data, WORD)
    if WORD.lower() in repr((written.notes, written.problems)).lower():
        found.append("notes")
    if engine() is not None and (look or any("made an image" in note for note in written.notes)):
        found += seen_in(written.data)
    return found


def seen_in(data: bytes) -> list[str]:
    """Where OCR reads the word: on the pages, and in the pictures with nothing drawn over them."""
    pictures = {}
    with opened(data) as pages:
        for number in range(len(pages)):
            pictures[f"page {number + 1}"] = Image.fromarray(pages.render(number, 2)[:, :, ::-1])
    with pikepdf.open(BytesIO(data)) as pdf:
        for value in pdf.objects:
            if isinstance(value, pikepdf.Stream) and value.get("/Subtype") == "/Image":
                pictures[f"picture {value.objgen[0]}"] = pikepdf.PdfImage(value).as_pil_image()
    return [
        place
        for place, picture in pictures.items()
        if picture.width > 60 and WORD.lower() in "".join(w.text for w in read_words(picture)).lower()
    ]


@pytest.mark.parametrize("name", sorted(DEEPER))
def test_a_word_is_not_recoverable_from_any_place_that_an_adversary_thought_of(name: str) -> None:
    pdf = base(WORD)
    DEEPER[name](pdf, WORD)
    assert left_in(papers.saved(pdf), INSPECTED) == []


@pytest.mark.parametrize("name", sorted(BYTES))
def test_a_word_is_not_recoverable_from_between_the_objects(name: str) -> None:
    data = papers.saved(base(WORD), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    changed = BYTES[name](data, WORD)
    assert changed != data
    assert left_in(changed, INSPECTED) == []


@pytest.mark.parametrize("name", sorted({*ALL} - {PIXELS, DISAGREED}))
def test_a_word_is_not_recoverable_from_any_place(name: str) -> None:
    assert recoverable(name) == []


@needs_ocr
def test_a_word_in_pixels_is_found_by_ocr_and_overwritten() -> None:
    assert len(seen_in(made("x", {PIXELS: WORD}).data)) == 2  # the page, and the picture by itself
    assert recoverable(PIXELS, use_ocr=True) == []


def test_a_word_in_pixels_is_withheld_where_no_one_can_read_it() -> None:
    file = made(WORD, {PIXELS: WORD})
    assert left_in(file.data, PdfFormat(use_ocr=False)) is None


@pytest.mark.parametrize("mended", [(), ("behind a password",), ("form field",)], ids=" ".join)
def test_a_file_is_withheld_whose_pages_programs_count_differently(mended: tuple[str, ...]) -> None:
    """Also if the count is right in the copy that is decrypted, or has its fields drawn, for other eyes."""
    assert recoverable(*mended, DISAGREED) is None


def leak(pair: tuple[str, str]) -> str | None:
    """What is wrong with what is written of a file in which a word hides in two places."""
    found = recoverable(*pair, use_ocr=PIXELS in pair)
    if found != (None if DISAGREED in pair else []):
        return f"{pair}: {found}"
    return None


@pytest.mark.parametrize("pair", SAMPLE, ids=" and ".join)
def test_a_word_is_not_recoverable_from_some_two_places(pair: tuple[str, str]) -> None:
    assert leak(pair) is None


@pytest.mark.slow
@pytest.mark.parametrize("first", sorted({*ALL} - {PIXELS}))
def test_a_word_is_not_recoverable_from_any_two_places(first: str) -> None:
    leaks = [leak(pair) for pair in PAIRS if pair[0] == first and PIXELS not in pair]
    assert not any(leaks), [*filter(None, leaks)]


@pytest.mark.slow
@needs_ocr
@pytest.mark.parametrize("other", sorted({*ALL} - {PIXELS}))
def test_a_word_is_not_recoverable_from_pixels_and_another_place(other: str) -> None:
    assert leak((PIXELS, other)) is None


@pytest.mark.slow
@pytest.mark.parametrize("other", sorted({*ALL} - {GAP, DISAGREED}))
def test_in_strict_mode_no_gap_tells_the_width_of_a_word_that_hides_elsewhere_too(other: str) -> None:
    places, told = [], []
    for word in (WORD, NARROWER):
        file = made(word, {GAP: word, other: word})
        reader = reader_for(file, strict=True)
        document = reader.read(file.data, file.name)
        written = reader.write(file.data, document, redactions(document, word))
        with opened(written.data) as pages:
            shown = pages.characters(0)
        start = "".join(character.text for character in shown).index("thither")
        places.append(shown[start].box.x0)
        notes = "; ".join(written.notes)
        told.append("page 1 was made an image" in notes and "as wide as what was removed" in notes)
    assert abs(places[0] - places[1]) < 0.05 or all(told)


def test_the_places_cover_every_row_of_the_checklist() -> None:
    assert set(ROWS.values()) == set(range(1, 30))


@pytest.mark.parametrize("name", ALL)
def test_a_place_holds_the_word_that_it_is_given(name: str) -> None:
    assert made("x", {name: WORD}, plain=True) != made("x", {name: OTHER}, plain=True)


@pytest.mark.slow
def test_no_place_takes_the_word_out_of_another() -> None:
    def file(one: str, other: str) -> Made:
        return made("x", {first: one, second: other}, plain=True)

    for first, second in PAIRS:
        both = file(WORD, WORD)
        assert both not in (file(WORD, OTHER), file(OTHER, WORD)), (first, second)


def test_unseen_text_of_a_glyph_procedure_goes_with_its_glyph() -> None:
    """Found by mutation: a procedure that shows text too small to be seen, and so not as it is spelt."""
    pdf = base(WORD)
    PLACES["glyph procedure"](pdf, WORD)
    fonts = pdf.pages[0].obj["/Resources"]["/Font"]
    type3 = next(font for font in fonts.values() if font["/Subtype"] == "/Type3")
    type3["/FontMatrix"] = [0.001, 0, 0, 0.00001, 0, 0]
    data = papers.saved(pdf)
    document = INSPECTED.read(data, "x.pdf")
    assert (
        readers_of(INSPECTED.write(data, document, redactions(document, "spoke")).data, "Quillfeather") != []
    )
    assert readers_of(INSPECTED.write(data, document, redactions(document, WORD)).data, WORD) == []
