"""What the places of things tell: widths of boxes, gaps, identifiers; and pages that the program makes
itself."""

import re
from dataclasses import replace
from io import BytesIO
from itertools import combinations

import pikepdf
import pytest

from redact.document import Span
from redact.errors import FormatError
from redact.formats.pdf import PdfFormat, numbered, region_locator, slip_sheet, verify
from redact.formats.pdf.intake import read_model
from redact.formats.pdf.pdfium import opened
from redact.formats.pdf.selection import select
from redact.redaction import Redaction
from tests.formats.pdf import papers
from tests.formats.pdf.checks import MARKING, readers_of, redactions
from tests.formats.pdf.hiding import PLACES, base

STRICT = PdfFormat(use_ocr=False, inspected=True, strict=True)
PLAIN = PdfFormat(use_ocr=False, inspected=True)


def place_of(data: bytes, word: str) -> float:
    """Where PDFium finds a word, in points from the left."""
    with opened(data) as pages:
        characters = pages.characters(0)
    text = "".join(c.text for c in characters)
    return characters[text.index(word)].box.x0


def written(reader: PdfFormat, name: str) -> bytes:
    data = papers.paper(papers.line(f"The witness {name} spoke to him."))
    document = reader.read(data, "x.pdf")
    return reader.write(data, document, redactions(document, name)).data


def test_the_words_beside_a_box_do_not_move() -> None:
    data = papers.paper(papers.line("The witness Quillfeather spoke to him."))
    assert abs(place_of(data, "spoke") - place_of(written(PLAIN, "Quillfeather"), "spoke")) < 0.05


def test_strict_mode_makes_names_of_different_width_leave_the_same_gap() -> None:
    places = {name: place_of(written(STRICT, name), "spoke") for name in ("Miller", "Garcia", "Wilson")}
    assert max(places.values()) - min(places.values()) < 0.05
    exact = {name: place_of(written(PLAIN, name), "spoke") for name in places}
    assert max(exact.values()) - min(exact.values()) > 1


def test_strict_mode_covers_no_other_word_on_a_page_that_becomes_an_image_and_says_so() -> None:
    """Found by a pair of hiding places: nothing moves in an image, so no box may be widened for a move."""
    pdf = base("Quillfeather")
    PLACES["names of a font"](pdf, "Quillfeather")
    data = papers.saved(pdf)
    document = STRICT.read(data, "x.pdf")
    out = STRICT.write(data, document, redactions(document, "Quillfeather"))
    assert any("made an image" in note for note in out.notes)
    assert any("as wide as what was removed" in note for note in out.notes)
    with opened(out.data) as pages:
        assert "spoke" in pages.text(0)


def test_a_box_alone_on_its_line_is_widened_to_whole_ems() -> None:
    widths = set()
    for name in ("Miller", "Garcia", "Wilson", "Moore"):
        data = papers.paper(papers.line(name))
        document = PLAIN.read(data, "x.pdf")
        raw = PLAIN.reread(PLAIN.write(data, document, redactions(document, name)).data)
        boxes = re.findall(
            r"([\d.]+) [\d.]+ re f", next(r.text for r in raw if r.reader == "decoded streams")
        )
        widths.add(boxes[0])
    assert len(widths) <= 2


def test_a_marking_that_does_not_fit_stands_at_the_foot_of_the_page() -> None:
    data = papers.paper(papers.line("Unit 7 of 9"))
    document = PLAIN.read(data, "x.pdf")
    out = PLAIN.write(data, document, [Redaction("page:1", Span(5, 6), MARKING)])
    with opened(out.data) as pages:
        assert f"1: {MARKING}" in pages.text(0)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_page_that_becomes_an_image_says_at_its_foot_what_its_numbers_mean(turned: int) -> None:
    pdf = papers.new(papers.line("Unit 7 of 9") + b"1 2 3 unknown")
    pdf.pages[0].obj["/Rotate"] = turned
    data = papers.saved(pdf)
    document = PLAIN.read(data, "x.pdf")
    out = PLAIN.write(data, document, redactions(document, "7"))
    assert any("made an image" in note for note in out.notes)
    with opened(out.data) as pages:
        assert f"1: {MARKING}" in pages.text(0)
        assert all(c.box.x0 > 0 and c.box.y0 > 0 for c in pages.characters(0) if not c.generated)


def test_a_region_of_a_page_is_blackened_with_what_it_holds() -> None:
    data = papers.paper(papers.line("Quillfeather", y=700) + papers.line("stays", y=600))
    document = PLAIN.read(data, "x.pdf")
    region = Redaction(region_locator(1, 60, 75, 200, 110), Span(0, 1), MARKING)
    out = PLAIN.write(data, document, [region])
    assert readers_of(out.data, "Quillfeather") == []
    with opened(out.data) as pages:
        assert "stays" in pages.text(0)
    with pytest.raises(FormatError):
        PLAIN.write(
            data, document, [Redaction(region_locator(1, 5000, 5000, 5001, 5001), Span(0, 1), MARKING)]
        )


def test_text_under_a_box_of_an_earlier_redaction_is_reported_and_left_out() -> None:
    data = papers.paper(
        papers.line("Quillfeather", y=700) + b"0 g 70 696 100 16 re f " + papers.line("a", y=9)
    )
    assert [o.code for o in verify(data).observations] == ["text-under-box"]
    document = PLAIN.read(data, "x.pdf")
    assert not document.segment("page:1/unseen").visible
    out = PLAIN.write(data, document, [])
    assert readers_of(out.data, "Quillfeather") == []
    assert verify(out.data).clean


def test_letters_removed_one_by_one_are_reported() -> None:
    gaps = b" ".join(b"[%d] TJ" % n for n in (-778, -556, -222))
    data = papers.paper(b"BT /F0 12 Tf 72 700 Td (A) Tj " + gaps + b" (B) Tj ET")
    assert [o.code for o in verify(data).observations] == ["spelling-gaps"]


def test_files_made_of_the_same_source_share_no_identifier() -> None:
    identifiers = []
    for name in ("spoke", "witness"):
        data = papers.paper(papers.line("The witness spoke."))
        document = PLAIN.read(data, "x.pdf")
        out = PLAIN.write(data, document, redactions(document, name)).data
        with pikepdf.open(BytesIO(out)) as pdf:
            identifiers.append(bytes(pdf.trailer["/ID"][0]))
    assert identifiers[0] != identifiers[1]


def test_a_slip_sheet_says_why_and_bates_numbers_count_the_pages() -> None:
    sheet = slip_sheet("Record 3 of request PRR-2026-0142", ["Gov. 54956.9: pending litigation."], pages=4)
    out = numbered(papers.paper(papers.line("one"), papers.line("two")), "PRR-", 41)
    with opened(sheet) as pages:
        assert "4 pages" in pages.text(0) and "54956.9" in pages.text(0)
    with opened(out) as pages:
        assert "PRR-000041" in pages.text(0) and "PRR-000042" in pages.text(1)


ONE, OTHER = MARKING, "Gov. 7927.705"


@pytest.mark.parametrize(
    ("line", "markings", "labels"),
    [
        ("Ann met Miller Garcia there", {"Miller": ONE, "Garcia": ONE}, [ONE]),
        ("Ann met Miller and Garcia there", {"Miller": ONE, "Garcia": ONE}, [ONE, ONE]),
        ("Ann met Miller Garcia there", {"Miller": ONE, "Garcia": OTHER}, [ONE, OTHER]),
        ("Ann met Li Wu there", {"Li": ONE, "Wu": ONE}, [ONE]),
        ("Ann met Li Wu there", {"Li": ONE, "Wu": OTHER}, ["1", "2", f"1: {ONE}", f"2: {OTHER}"]),
        ("Quillfeather Quillfeather", {"Quillfeather": ONE}, [ONE]),
    ],
)
def test_removed_words_side_by_side_bear_a_label_each_that_can_be_read(
    line: str, markings: dict[str, str], labels: list[str]
) -> None:
    data = papers.paper(papers.line(line))
    document = PLAIN.read(data, "x.pdf")
    chosen = [replace(r, marking=m) for word, m in markings.items() for r in redactions(document, word)]
    out = PLAIN.write(data, document, chosen)
    with opened(out.data) as pages:
        text = pages.text(0)
    assert sorted(re.findall(r"\d: Gov\. [\d.]+|Gov\. [\d.]+|\b[12]\b", text)) == sorted(labels)
    model = read_model(data, (), False, True)
    boxes = select(model.pages[0], chosen).boxes
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))


def test_a_box_inside_of_a_region_leaves_its_marking_on_the_region() -> None:
    data = papers.paper(papers.line("The witness Miller spoke"))
    document = PLAIN.read(data, "x.pdf")
    region = Redaction(region_locator(1, 60, 60, 400, 110), Span(0, 1), OTHER)
    out = PLAIN.write(data, document, [*redactions(document, "Miller"), region])
    with opened(out.data) as pages:
        assert pages.text(0).strip() == f"{OTHER}; {ONE}"


def test_no_box_is_joined_over_a_word_that_stays() -> None:
    """Two sizes of type: a box around both words would cover what stands above the smaller one."""
    words = papers.line("Miller", x=72, size=40) + papers.line("Garcia", x=195, size=20)
    data = papers.paper(words + papers.line("stays", x=195, y=722, size=10))
    document = PLAIN.read(data, "x.pdf")
    out = PLAIN.write(data, document, redactions(document, "Miller", "Garcia"))
    with opened(out.data) as pages:
        drawn = pages.render(0, 2)[2 * 62 : 2 * 70, 2 * 195 : 2 * 220].min(axis=2)
        assert "stays" in pages.text(0)
    assert (drawn > 200).mean() > 0.5
