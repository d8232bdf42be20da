"""What is not handled is named, and never passed through."""

import pytest
from pikepdf import Array, Dictionary, Encryption, Name

from redact.errors import FormatError
from redact.formats.pdf import PdfFormat
from tests.formats.pdf import papers
from tests.formats.pdf.checks import FORMAT

BROKEN = {
    "an unknown operator": b"BT /F0 12 Tf (A) Tj ET 1 2 quill",
    "a missing operand": b"BT /F0 Tf (A) Tj ET",
    "an unfinished string": b"BT /F0 12 Tf (A",
    "a stray bracket": b"BT /F0 12 Tf (A) Tj ] ET",
    "a number that readers differ on": b"BT /F0 12 Tf 1-2 3 Td (A) Tj ET",
    "a font that is not there": b"BT /F9 12 Tf (A) Tj ET",
    "a form that is not there": b"/X Do",
    "more Q than q": b"Q Q BT /F0 12 Tf (A) Tj ET",
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_page_that_is_not_understood_is_an_obstacle(content: bytes) -> None:
    data = papers.paper(content)
    document = FORMAT.read(data, "x.pdf")
    assert [o.code for o in document.obstacles] == ["page-not-understood"]
    with pytest.raises(FormatError):
        FORMAT.write(data, document, [])


def test_an_encrypted_file_is_an_obstacle_without_its_password() -> None:
    data = papers.saved(papers.new(papers.line("Secret")), encryption=Encryption(user="u", owner="o"))
    assert [o.code for o in FORMAT.read(data, "x.pdf").obstacles] == ["encrypted"]
    document = PdfFormat(passwords=["wrong", "u"]).read(data, "x.pdf")
    assert document.obstacles == () and "Secret" in document.segment("page:1").text


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"%PDF-1.7\nquill\n%%EOF", b"not a PDF at all" * 50])
def test_what_is_no_pdf_raises_a_format_error_without_its_text(data: bytes) -> None:
    with pytest.raises(FormatError) as caught:
        FORMAT.read(data, "x.pdf")
    assert "quill" not in str(caught.value)


def test_a_form_that_draws_itself_ends() -> None:
    pdf = papers.new(b"/X Do")
    form = pdf.make_stream(b"/X Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    form["/Resources"] = Dictionary(XObject=Dictionary(X=form))
    pdf.pages[0].obj["/Resources"]["/XObject"] = Dictionary(X=form)
    assert [o.code for o in FORMAT.read(papers.saved(pdf), "x.pdf").obstacles] == ["page-not-understood"]
