"""Word documents: a value planted in any place of the package is gone from what is written."""

import io
import zipfile

import docx
import pytest

from redact.document import Span
from redact.errors import FormatError
from redact.formats import format_of
from redact.formats.docx import Docx
from redact.formats.interface import Replacement
from redact.redaction import Redaction
from tests.formats.planted_docx import PNG, drawing, field, p, package, part, planted_document, run
from tests.formats.planting import MARKING, left, unread, write

NOT_SEARCHED = {"font", "thumbnail"}
"""Dropped unread: they cannot be read, or only look like something."""
SPELT_OTHERWISE = {"symbols", "no-break hyphens"}
"""Before the release, the raw search does not see these: they are elements, not text."""


def test_every_place_is_searched() -> None:
    data, planted = planted_document()
    document = Docx().read(data, "a.docx")
    assert document.obstacles == ()
    assert set(unread(document, planted)) == NOT_SEARCHED


@pytest.mark.parametrize("visible_only", [False, True])
def test_nothing_planted_is_left_and_the_file_still_opens(visible_only: bool) -> None:
    data, planted = planted_document()
    # The search would find nearly all of them before.
    assert set(planted.values) - set(left(data, planted)) == SPELT_OTHERWISE
    written = write(Docx(), data, "a.docx", visible_only=visible_only)
    assert left(written.data, planted) == []
    text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(written.data)).paragraphs)
    assert f"SSN [{MARKING}]" in text
    assert "picture:1: Withheld" in text


def test_no_reader_of_the_format_finds_what_is_gone() -> None:
    data, planted = planted_document()
    written = write(Docx(), data, "a.docx")
    for reading in Docx().reread(written.data):
        assert not [place for place, value in planted.values.items() if value in reading.text]
    # The same readers do find them before.
    kinds = {reading.kind: reading.text for reading in Docx().reread(data)}
    assert planted("body") in kinds["text"] and planted("table cell") in kinds["text"]
    assert planted("split runs") in kinds["raw"] and planted("custom xml") in kinds["raw"]


def test_what_is_written_is_the_same_every_time_and_reads_the_same_again() -> None:
    data, _ = planted_document()
    written = write(Docx(), data, "a.docx").data
    assert write(Docx(), data, "a.docx").data == written
    again = Docx().read(written, "a.docx")
    assert {s.locator.partition(":")[0] for s in again.segments} <= {
        *("body", "header", "footer", "footnote", "endnote", "numbering", "settings", "field-codes")
    }
    assert Docx().write(written, again, []).data == written


def test_segments_show_what_a_reader_sees_in_order() -> None:
    data, v = planted_document()
    document = Docx().read(data, "a.docx")
    visible = {s.locator: s.text for s in document.segments if s.visible}
    body = visible["body"]
    assert f"SSN {v('split runs')}\n" in body
    assert f"Name: Someone\nSSN: {v('table cell')}\n" in body
    assert f"SSN {v('merged paragraphs')}\n" in body
    for place in (
        "deletion",
        "moved from",
        "hidden run",
        "hidden row",
        "field code",
        "comment",
        "link target",
    ):
        assert not any(v(place) in text for text in visible.values())
    for place in (
        "insertion",
        "field result",
        "list selected",
        "link text",
        "text box",
        "word art",
        "ruby text",
    ):
        assert v(place) in body
    assert v("header") in visible["header:1"] and v("footer") in visible["footer:1"]
    assert v("footnote") in visible["footnote:2"] and v("endnote") in visible["endnote:2"]


def test_words_of_the_format_are_not_read_as_text() -> None:
    empty = io.BytesIO()
    docx.Document().save(empty)
    (settings,) = (
        s.text for s in Docx().read(empty.getvalue(), "a.docx").segments if s.locator == "settings"
    )
    assert "bestFit" not in settings and "accent1" not in settings and "dark1" not in settings


def test_the_black_box_bears_the_marking_and_text_around_it_keeps_its_look() -> None:
    data = package(p(run("before 900-11-2222 after", "<w:b/>")))
    written = write(Docx(), data, "a.docx").data
    runs = docx.Document(io.BytesIO(written)).paragraphs[0].runs
    assert [r.text for r in runs] == ["before ", f"[{MARKING}]", " after"]
    assert [r.bold for r in runs] == [True, None, True]
    shading = runs[1]._r.rPr.xpath("w:shd")[0]
    assert shading.get(shading.nsmap and f"{{{shading.nsmap['w']}}}fill") == "000000"


def test_page_numbers_and_marks_of_notes_stay() -> None:
    data, _ = planted_document()
    with zipfile.ZipFile(io.BytesIO(write(Docx(), data, "a.docx").data)) as archive:
        header = archive.read("word/header1.xml").decode()
        body = archive.read("word/document.xml").decode()
    assert " PAGE " in header and header.count("fldChar ") == 3
    assert 'footnoteReference w:id="2"' in body
    assert 'w:type="default"' in body and 'w:type="first"' in body


def test_a_released_picture_is_put_back_in_its_place() -> None:
    data, planted = planted_document()
    assert [(m.locator, m.name, m.data) for m in Docx().read(data, "a").members] == [
        ("picture:1", "image1.png", PNG)
    ]
    written = write(Docx(), data, "a", members={"picture:1": Replacement(PNG, ".png")}).data
    assert len(docx.Document(io.BytesIO(written)).inline_shapes) == 1
    assert left(written, planted) == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<w:altChunk r:id='x'/>", "unknown-altChunk"),
        (p("<m:oMath><m:r><m:t>900-11-2222</m:t></m:r></m:oMath>"), "unknown-oMath"),
        (p("<w:r><w:object><o:OLEObject r:id='x'/></w:object></w:r>"), "embedded-object"),
        (p("<w:r><w:object><w:control r:id='x'/></w:object></w:r>"), "control"),
        (
            p(drawing("<c:chart r:id='x'/>", uri="http://schemas.openxmlformats.org/drawingml/2006/chart")),
            "drawing",
        ),
        (p("<w:unheardOf><w:r><w:t>900-11-2222</w:t></w:r></w:unheardOf>"), "unknown"),
        (p("<w:r><w:fldChar w:fldCharType='begin'/></w:r>" + run("x")), "malformed-field"),
        (p("<w:r><w:fldChar w:fldCharType='end'/></w:r>"), "malformed-field"),
        (p(field(" EQ \\f(1,2) ")), "field"),
    ],
)
def test_what_cannot_be_rewritten_withholds_the_document(body: str, code: str) -> None:
    data = package(body)
    document = Docx().read(data, "a.docx")
    assert [o.code for o in document.obstacles] == [code]
    with pytest.raises(FormatError):
        Docx().write(data, document, [])


def test_macros_withhold_the_document() -> None:
    macro = package(p(run("x")), parts={"word/vbaProject.bin": b"\0"})
    enabled = package(p(run("x")), main_type="application/vnd.ms-word.document.macroEnabled.main+xml")
    for data in (macro, enabled):
        assert [o.code for o in Docx().read(data, "a.docx").obstacles] == ["macros"]


BOMB = (
    "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>"
    + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9))
    + "]>"
)


def archive_with(*entries: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 nothing more",
        archive_with(("word/document.xml", b"<w:document")),
        archive_with(("word/document.xml", b"")),
        archive_with(("word/../../etc/passwd", b"x")),
        archive_with(("/word/document.xml", b"x")),
        archive_with(("word/a.xml", b"x"), ("WORD/A.XML", b"x")),
        archive_with(("word/bomb.xml", b"\0" * 60_000_000)),
        archive_with(*((f"word/{n}.xml", b"") for n in range(6000))),
        package(p(run("x")))[:-200],
    ],
    ids=[
        "no zip",
        "no xml",
        "empty part",
        "traversal",
        "absolute",
        "two names",
        "bomb",
        "many parts",
        "cut off",
    ],
)
def test_hostile_packages_are_refused(data: bytes) -> None:
    with pytest.raises(FormatError):
        Docx().read(data, "a.docx")


@pytest.mark.parametrize("head", [BOMB, "<!DOCTYPE x SYSTEM 'file:///etc/passwd'>"])
def test_entities_are_refused(head: str) -> None:
    text = part("document", "<w:body/>").replace("?>", "?>" + head, 1)
    with pytest.raises(FormatError):
        Docx().read(package("", parts={"word/document.xml": text}), "a.docx")


def test_content_tells_the_format_whatever_the_name() -> None:
    assert isinstance(format_of(package(p(run("x"))), "report.txt"), Docx)


def test_redactions_of_an_unknown_place_are_refused() -> None:
    data = package(p(run("some text")))
    document = Docx().read(data, "a.docx")
    for redaction in (Redaction("body", Span(0, 99), "X"), Redaction("nowhere", Span(0, 1), "X")):
        with pytest.raises(FormatError):
            Docx().write(data, document, [redaction])
