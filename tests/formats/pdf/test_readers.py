"""Each reader of what was written reads by itself whatever way text is shown."""

import pytest
from pikepdf import Array, Dictionary, Name

from redact.errors import FormatError
from redact.formats.pdf import PdfFormat, poppler
from redact.formats.pdf.miner import text_as_drawn
from redact.formats.pdf.reread import reread
from tests.formats.pdf import papers
from tests.formats.pdf.hiding import form

TEXTS = {
    "a string": (papers.line("The witness spoke."), ["The", "witness", "spoke."]),
    "an array": (b"BT /F0 12 Tf 72 700 Td [(wit) -20 (ness) -900 (spoke)] TJ ET", ["witness", "spoke"]),
    "hexadecimal": (b"BT /F0 12 Tf 72 700 Td <7769746e657373> Tj ET", ["witness"]),
    "quotes": (b"BT /F0 12 Tf 14 TL 72 700 Td (a) ' (witness) ' ET", ["a", "witness"]),
    "letter by letter": (
        b"BT /F0 12 Tf 1 0 0 1 72 700 Tm (w) Tj 1 0 0 1 80.7 700 Tm (it) Tj ET",
        ["wit"],
    ),
    "two lines": (papers.lines(["the", "witness"]), ["the", "witness"]),
    "turned": (b"BT /F0 12 Tf 0 1 -1 0 300 300 Tm (the witness) Tj ET", ["the", "witness"]),
    "stretched": (b"BT /F0 12 Tf 50 Tz 72 700 Td (wit) Tj (ness) Tj ET", ["witness"]),
    "in a saved state": (b"q 2 0 0 2 0 0 cm " + papers.line("witness", x=30, y=300) + b" Q", ["witness"]),
}


def readings(data: bytes) -> dict[str, list[str]]:
    return {each.reader: each.text.split() for each in reread(data) if each.kind == "text"}


@pytest.fixture(params=[True, False], ids=["as installed", "without poppler"])
def readers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The readers that are expected, poppler being taken away or not."""
    if not request.param:
        monkeypatch.setattr(poppler, "program", lambda: None)
    return ["pdfium", "pypdf", "poppler" if poppler.program() else "pdfminer"]


@pytest.mark.parametrize(("content", "words"), TEXTS.values(), ids=TEXTS)
def test_three_readers_read_the_same_words(readers: list[str], content: bytes, words: list[str]) -> None:
    found = readings(papers.paper(content))
    assert found == dict.fromkeys(readers, words)


def test_three_readers_go_into_forms(readers: list[str]) -> None:
    pdf = papers.new()
    inner = form(pdf, papers.line("inner", y=600))
    outer = form(pdf, papers.line("outer", y=620) + b"/X Do")
    outer["/Resources"]["/XObject"] = Dictionary(X=inner)
    page = pdf.pages[0].obj
    page["/Resources"]["/XObject"] = Dictionary(O=outer)
    page["/Contents"] = Array([pdf.make_stream(papers.line("page")), pdf.make_stream(b"/O Do")])
    assert readings(papers.saved(pdf)) == {name: ["page", "outer", "inner"] for name in readers}


def test_letters_set_apart_are_joined_as_one_word_is_looked_for() -> None:
    assert text_as_drawn(papers.paper(b"5 Tc " + papers.line("witness"))).split() == list("witness")


def test_a_form_that_draws_itself_does_not_hang_the_reader() -> None:
    pdf = papers.new()
    form_object = form(pdf, papers.line("once") + b"/X Do")
    form_object["/Resources"]["/XObject"] = Dictionary(X=form_object)
    pdf.pages[0].obj["/Resources"]["/XObject"] = Dictionary(X=form_object)
    pdf.pages[0].obj["/Contents"] = pdf.make_stream(b"/X Do")
    assert text_as_drawn(papers.saved(pdf)).split() == ["once"]


@pytest.mark.parametrize("data", [b"", b"no PDF", papers.paper()[:200]])
def test_what_cannot_be_read_again_is_no_proof(data: bytes) -> None:
    with pytest.raises(FormatError):
        list(PdfFormat().reread(data))


def test_numbers_of_objects_are_no_text_of_the_document() -> None:
    pdf = papers.new()
    pdf.Root["/Extra"] = Array([pdf.make_indirect(Dictionary(Type=Name.Foo)) for _ in range(4500)])
    data = papers.saved(pdf, object_stream_mode=papers.pikepdf.ObjectStreamMode.generate)
    raw = next(each.text for each in reread(data) if each.reader == "decoded streams")
    assert "4417" not in raw.replace("\n", " ").split()
