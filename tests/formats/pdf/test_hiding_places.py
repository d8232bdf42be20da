"""A word that hides in any place of a PDF, or in two at once, is not recoverable from what is written."""

from itertools import combinations

import pikepdf
import pytest

from redact.errors import FormatError
from redact.formats.ocr import engine
from redact.formats.pdf import PdfFormat
from tests.formats.pdf import papers
from tests.formats.pdf.checks import FORMAT, readers_of, redactions
from tests.formats.pdf.hiding import PLACES, ROWS, base
from tests.formats.pdf.hiding_deeper import BYTES, DEEPER

WORD = "Quillfeather"
PIXELS = {"pixels of an image"}
INSPECTED = PdfFormat(use_ocr=False, inspected=True)


def recoverable(names: tuple[str, ...], reader: PdfFormat) -> list[str] | None:
    """Which readers still find the word that hid in places; None if the file is withheld."""
    pdf = base(WORD)
    for name in names:
        PLACES[name](pdf, WORD)
    return left_in(papers.saved(pdf), reader)


def left_in(data: bytes, reader: PdfFormat) -> list[str] | None:
    """Which readers find the word in what is written; None if the file is withheld."""
    try:
        document = reader.read(data, "x.pdf")
        if document.obstacles:
            return None
        return readers_of(reader.write(data, document, redactions(document, WORD)).data, WORD)
    except FormatError:
        return None


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


@pytest.mark.parametrize("name", sorted(PLACES.keys() - PIXELS))
def test_a_word_is_not_recoverable_from_any_place(name: str) -> None:
    assert recoverable((name,), INSPECTED) == []


@pytest.mark.skipif(engine() is None, reason="no OCR engine")
@pytest.mark.parametrize("name", sorted(PIXELS))
def test_a_word_in_pixels_is_found_by_ocr_and_overwritten(name: str) -> None:
    assert recoverable((name,), FORMAT) == []


@pytest.mark.parametrize("name", sorted(PIXELS))
def test_a_word_in_pixels_is_withheld_where_no_one_can_read_it(name: str) -> None:
    assert recoverable((name,), PdfFormat(use_ocr=False)) is None


@pytest.mark.slow
@pytest.mark.parametrize("first", sorted(PLACES.keys() - PIXELS))
def test_a_word_is_not_recoverable_from_any_two_places(first: str) -> None:
    for one, other in combinations(sorted(PLACES.keys() - PIXELS), 2):
        if one == first:
            assert not recoverable((one, other), INSPECTED), (one, other)


@pytest.mark.slow
@pytest.mark.skipif(engine() is None, reason="no OCR engine")
@pytest.mark.parametrize("other", sorted(PLACES.keys() - PIXELS))
def test_a_word_is_not_recoverable_from_pixels_and_another_place(other: str) -> None:
    for name in sorted(PIXELS):
        assert not recoverable((name, other), FORMAT)


def test_the_places_cover_the_checklist() -> None:
    # 24 encryption and 29 parsers that disagree stand in test_obstacles, 26 and 28 in test_channels.
    assert set(range(1, 30)) - set(ROWS.values()) == {24, 26, 28, 29}


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
