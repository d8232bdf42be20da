"""Bookmarks and links survive where a page prints what they say; nothing else of them does."""

from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from redact.document import Span
from redact.formats.pdf import PdfFormat, verify
from redact.redaction import Redaction
from tests.formats.pdf import papers
from tests.formats.pdf.checks import MARKING, readers_of, redactions

READER = PdfFormat(use_ocr=False, inspected=True)
WORD = "Quillfeather"
FIRST = papers.lines(["1. Findings", f"2. About {WORD}", "See https://example.org/report for more."])
SECOND = papers.lines(["3. Annex"])


def book() -> pikepdf.Pdf:
    """Two pages, with bookmarks for what they print and for what they do not, and links of all kinds."""
    pdf = papers.new(FIRST, SECOND)
    with pdf.open_outline() as outline:
        parent = OutlineItem("1. Findings", 0)
        parent.children.append(OutlineItem("3. Annex", 1))
        outline.root.extend([parent, OutlineItem(f"2. About {WORD}", 0), OutlineItem("A secret title", 0)])
    targets = {
        "page": Dictionary(Dest=Array([pdf.pages[1].obj, Name.Fit])),
        "printed": Dictionary(A=Dictionary(S=Name.URI, URI=String("https://example.org/report"))),
        "unprinted": Dictionary(A=Dictionary(S=Name.URI, URI=String(f"https://example.org/?q={WORD}"))),
        "script": Dictionary(A=Dictionary(S=Name.JavaScript, JS=String("1"))),
    }
    links = []
    for position, target in enumerate(targets.values()):
        target["/Type"], target["/Subtype"] = Name.Annot, Name.Link
        target["/Contents"] = String("told aside")
        target["/Rect"] = Array([72, 300 - 20 * position, 200, 312 - 20 * position])
        links.append(pdf.make_indirect(target))
    pdf.pages[0].obj["/Annots"] = Array(links)
    return pdf


def titles(items: list[OutlineItem]) -> list[object]:
    return [each for item in items for each in (item.title, titles(item.children)) if each]


def kept(data: bytes) -> tuple[list[object], list[str]]:
    """The titles of bookmarks, nested, and what the links of the first page lead to."""
    with pikepdf.open(BytesIO(data)) as pdf:
        with pdf.open_outline() as outline:
            found = titles(list(outline.root))
        links = pdf.pages[0].obj.get("/Annots", Array())
        assert all(
            set(link.keys()) <= {"/Type", "/Subtype", "/Rect", "/Border", "/Dest", "/A"} for link in links
        )
        return found, ["page" if "/Dest" in link else str(link["/A"]["/URI"]) for link in links]


@pytest.mark.parametrize(
    ("removed", "bookmarks"),
    [((), ["1. Findings", ["3. Annex"], f"2. About {WORD}"]), ((WORD,), ["1. Findings", ["3. Annex"]])],
)
def test_what_is_printed_on_its_page_is_kept(removed: tuple[str, ...], bookmarks: list[object]) -> None:
    data = papers.saved(book())
    document = READER.read(data, "x.pdf")
    chosen = [r for r in redactions(document, *removed) if r.locator.startswith("page:")]
    written = READER.write(data, document, chosen).data
    assert kept(written) == (bookmarks, ["page", "https://example.org/report"])
    assert bool(readers_of(written, WORD)) != bool(removed)
    assert readers_of(written, "secret title") == readers_of(written, "told aside") == []
    assert verify(written, use_ocr=False).clean


def test_a_redaction_in_a_bookmark_leaves_none() -> None:
    data = papers.saved(book())
    document = READER.read(data, "x.pdf")
    title = next(s for s in document.segments if s.locator.startswith("outline:"))
    written = READER.write(data, document, [Redaction(title.locator, Span(0, 2), MARKING)]).data
    assert kept(written) == ([], [])
