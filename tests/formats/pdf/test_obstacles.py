"""What is not handled is named, and never passed through."""

import pytest
from pikepdf import Array, Dictionary, Encryption, Name

from redact.errors import ConfigurationError, FormatError
from redact.formats.pdf import PdfFormat
from tests.formats.pdf import papers
from tests.formats.pdf.checks import readers_of, redact

BLIND = PdfFormat(use_ocr=False)
INSPECTED = PdfFormat(use_ocr=False, inspected=True)
TEXT = papers.line("Quillfeather was here")

BROKEN = {
    "an unknown operator": TEXT + b" 1 2 quill",
    "a missing operand": TEXT + b" BT /F0 Tf (A) Tj ET",
    "an unfinished string": TEXT + b" BT /F0 12 Tf (A",
    "a stray bracket": TEXT + b" ]",
    "a number that readers differ on": TEXT + b" BT 1-2 3 Td ET",
    "a font that is not there": TEXT + b" BT /F9 12 Tf (A) Tj ET",
    "a form that is not there": TEXT + b"/X Do",
    "text outside of a text object": TEXT + b" /F0 12 Tf (A) Tj",
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_page_that_is_not_understood_is_an_obstacle_where_nothing_can_look_at_it(content: bytes) -> None:
    data = papers.paper(content)
    document = BLIND.read(data, "x.pdf")
    if document.obstacles:
        assert [o.code for o in document.obstacles] == ["not-read"]
        with pytest.raises(FormatError):
            BLIND.write(data, document, [])
    else:  # it can be read, and only not be written as it is
        assert "made an image" in BLIND.write(data, document, []).notes[0]


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_page_that_is_not_understood_becomes_an_image_with_its_boxes_burnt_in(content: bytes) -> None:
    written = redact(papers.paper(content), "Quillfeather", reader=INSPECTED)
    assert any("made an image" in note for note in written.notes)
    assert readers_of(written.data, "Quillfeather") == []
    texts = [r.text for r in BLIND.reread(written.data) if r.kind == "text"]
    assert all("here" in text for text in texts)


SIZES = {
    "no width": ("/MediaBox", [0, 0, 0, 792]),
    "no height": ("/MediaBox", [0, 5, 612, 5]),
    "cropped to nothing": ("/CropBox", [10, 10, 10, 10]),
    "cropped beside the page": ("/CropBox", [900, 0, 1000, 792]),
}


@pytest.mark.parametrize(("key", "box"), SIZES.values(), ids=SIZES)
def test_a_page_without_a_size_is_not_understood_and_leaks_nothing(key: str, box: list[int]) -> None:
    pdf = papers.new(TEXT)
    pdf.pages[0].obj[key] = Array(box)
    data = papers.saved(pdf)
    try:
        written = redact(data, "Quillfeather", reader=INSPECTED)
    except FormatError:  # the file is withheld
        return
    assert readers_of(written.data, "Quillfeather") == []


def test_an_encrypted_file_is_an_obstacle_without_its_password() -> None:
    data = papers.saved(papers.new(papers.line("Secret")), encryption=Encryption(user="u", owner="o"))
    assert [o.code for o in BLIND.read(data, "x.pdf").obstacles] == ["encrypted"]
    document = PdfFormat(passwords=["wrong", "u"]).read(data, "x.pdf")
    assert document.obstacles == () and "Secret" in document.segment("page:1").text


def test_the_passwords_of_a_site_are_read_from_the_file_that_it_names(tmp_path, monkeypatch) -> None:
    data = papers.saved(papers.new(papers.line("Secret")), encryption=Encryption(user="u", owner="o"))
    monkeypatch.setenv("REDACT_PDF_PASSWORDS", str(tmp_path / "passwords"))
    with pytest.raises(ConfigurationError):
        BLIND.read(data, "x.pdf")
    for lines, obstacles in (("wrong\n", ["encrypted"]), ("wrong\nu\n", [])):
        (tmp_path / "passwords").write_text(lines)
        assert [o.code for o in BLIND.read(data, "x.pdf").obstacles] == obstacles


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"%PDF-1.7\nquill\n%%EOF", b"not a PDF at all" * 50])
def test_what_is_no_pdf_raises_a_format_error_without_its_text(data: bytes) -> None:
    with pytest.raises(FormatError) as caught:
        BLIND.read(data, "x.pdf")
    assert "quill" not in str(caught.value)


def test_a_form_that_draws_itself_ends() -> None:
    pdf = papers.new(b"/X Do")
    form = pdf.make_stream(b"/X Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    form["/Resources"] = Dictionary(XObject=Dictionary(X=form))
    pdf.pages[0].obj["/Resources"]["/XObject"] = Dictionary(X=form)
    assert [o.code for o in BLIND.read(papers.saved(pdf), "x.pdf").obstacles] == ["not-read"]


def test_an_unapplied_redaction_mark_is_an_obstacle() -> None:
    pdf = papers.new(TEXT)
    mark = Dictionary(Type=Name.Annot, Subtype=Name.Redact, Rect=Array([72, 690, 172, 712]))
    pdf.pages[0].obj["/Annots"] = Array([pdf.make_indirect(mark)])
    assert [o.code for o in BLIND.read(papers.saved(pdf), "x.pdf").obstacles] == ["redaction-marks"]
