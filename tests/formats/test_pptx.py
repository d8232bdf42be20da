"""PowerPoint presentations: every place that a presentation can hide a value in."""

import io
import zipfile

import pptx
import pytest
from lxml import etree
from pptx.util import Emu

from redact.formats import format_of
from redact.formats.interface import Replacement
from redact.formats.package import Package
from redact.formats.pptx import Pptx
from tests.formats.planted_docx import PNG
from tests.formats.planting import MARKING, Planted, left, unread, write

PLACE = (Emu(500_000), Emu(600_000), Emu(4_000_000), Emu(800_000))
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def planted_presentation() -> tuple[bytes, Planted]:
    v = Planted()

    def value(place: str) -> str:
        return f"SSN {v(place)}"

    made = pptx.Presentation()
    first = made.slides.add_slide(made.slide_layouts[0])
    first.shapes.title.text = value("title")
    box = first.shapes.add_textbox(*PLACE)
    box.name = value("shape name")
    paragraph = box.text_frame.paragraphs[0]
    for piece in ("SSN ", v("split runs")[:3], v("split runs")[3:]):
        paragraph.add_run().text = piece
    paragraph.runs[0].hyperlink.address = f"mailto:{v('link')}@example.org"
    table = first.shapes.add_table(2, 3, *PLACE).table
    for r, row in enumerate([["Name", "SSN", "Note"], ["Someone", v("cell"), "x"]]):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    group = first.shapes.add_group_shape()
    group.shapes.add_textbox(*PLACE).text_frame.text = value("group")
    first.shapes.add_picture(io.BytesIO(PNG), *PLACE)._element.nvPicPr.cNvPr.set("descr", value("alt text"))
    first.notes_slide.notes_text_frame.text = value("notes")
    hidden = made.slides.add_slide(made.slide_layouts[6])
    hidden._element.set("show", "0")
    hidden.shapes.add_textbox(*PLACE).text_frame.text = value("hidden slide")
    layout = made.slide_layouts[0].shapes._spTree
    static = made.slides.add_slide(made.slide_layouts[6]).shapes.add_textbox(*PLACE)
    static.text_frame.text = value("layout text")
    layout.append(static._element)
    made.core_properties.author = value("author")
    made.core_properties.comments = value("property comment")
    buffer = io.BytesIO()
    made.save(buffer)
    parts = dict(Package.read(buffer.getvalue()).parts)
    parts["ppt/comments/comment1.xml"] = f"<c><text>{value('comment')}</text></c>".encode()
    parts["ppt/commentAuthors.xml"] = f"<c name='{value('comment author')}'/>".encode()
    parts["ppt/slideMasters/slideMaster9.xml"] = (
        f"<m {A}><a:p><a:r><a:t>SSN {v('unused master')[:4]}</a:t></a:r>"
        f"<a:r><a:t>{v('unused master')[4:]}</a:t></a:r></a:p></m>"
    ).encode()
    parts["ppt/tags/tag1.xml"] = f"<t val='{value('tag')}'/>".encode()
    parts["customXml/item1.xml"] = f"<t>{value('custom xml')}<!-- {value('custom comment')} --></t>".encode()
    return Package.write(parts), v


def test_every_place_is_searched_and_nothing_is_left() -> None:
    data, planted = planted_presentation()
    assert isinstance(format_of(data, "a.zip"), Pptx)
    document = Pptx().read(data, "a.pptx")
    assert document.obstacles == ()
    assert unread(document, planted) == []
    written = write(Pptx(), data, "a.pptx")
    assert left(written.data, planted) == []
    assert write(Pptx(), data, "a.pptx").data == written.data
    for reading in Pptx().reread(written.data):
        assert not [place for place, value in planted.values.items() if value in reading.text]
    assert "Hidden slides are shown." in written.notes


def test_slides_keep_their_text_tables_and_notes() -> None:
    data, v = planted_presentation()
    segments = {s.locator: s.text for s in Pptx().read(data, "a.pptx").segments}
    assert f"Name: Someone\nSSN: {v('cell')}\n" in segments["slide:1"]
    assert v("layout text") in segments["slide:1"] and v("notes") in segments["slide:1/notes"]
    made = pptx.Presentation(io.BytesIO(write(Pptx(), data, "a.pptx").data))
    assert len(made.slides) == 3
    first = made.slides[0]
    texts = [shape.text_frame.text for shape in first.shapes if shape.has_text_frame]
    assert texts.count(f"SSN [{MARKING}]") == 4 and "[picture:1: Withheld]" in texts
    assert first.notes_slide.notes_text_frame.text == f"SSN [{MARKING}]"
    (table,) = [shape.table for shape in first.shapes if shape.has_table]
    assert [table.cell(1, c).text for c in range(3)] == ["Someone", f"[{MARKING}]", "x"]


def test_a_released_picture_takes_its_place() -> None:
    data, planted = planted_presentation()
    written = write(Pptx(), data, "a.pptx", members={"picture:1": Replacement(PNG, ".png")}).data
    pictures = [s for s in pptx.Presentation(io.BytesIO(written)).slides[0].shapes if s.shape_type == 13]
    assert [(p.left, p.top) for p in pictures] == [PLACE[:2]]
    assert left(written, planted) == []


def test_pictures_behind_a_slide_and_in_a_shape_are_members_in_their_places() -> None:
    made, buffer = pptx.Presentation(), io.BytesIO()
    slide = made.slides.add_slide(made.slide_layouts[6])
    box = slide.shapes.add_textbox(*PLACE)
    box.text_frame.text = "x"
    blips = []
    for number in range(2):
        _, id = slide.part.get_or_add_image_part(io.BytesIO(PNG + bytes([number])))
        r = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        blips.append(f'<a:blipFill {A} xmlns:r="{r}"><a:blip r:embed="{id}"/></a:blipFill>')
    p = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    behind = etree.fromstring(f"<p:bg {p}><p:bgPr>{blips[0]}</p:bgPr></p:bg>")
    slide._element.cSld.insert(0, behind)
    box._element.spPr.append(etree.fromstring(blips[1]))
    made.save(buffer)
    document = Pptx().read(buffer.getvalue(), "a.pptx")
    assert [m.data for m in document.members] == [PNG + b"\0", PNG + b"\1"]
    members = {m.locator: Replacement(PNG + m.locator.encode(), ".png") for m in document.members}
    written = Pptx().write(buffer.getvalue(), document, [], members).data
    again = pptx.Presentation(io.BytesIO(written))
    shapes = list(again.slides[0].shapes)
    assert [s.image.blob for s in shapes[:2]] == [PNG + b"picture:1", PNG + b"picture:2"]
    assert (shapes[0].width, shapes[0].height) == (again.slide_width, again.slide_height)
    assert (shapes[1].left, shapes[1].top) == PLACE[:2] and shapes[2].text_frame.text == "x"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"drawingml/2006/table", b"drawingml/2006/chart", "drawing"),
        (b"<a:p><a:r>", b"<a:p><a:new><a:t>900-11-2222</a:t></a:new><a:r>", "unknown"),
    ],
)
def test_what_cannot_be_rewritten_withholds_the_presentation(old: bytes, new: bytes, code: str) -> None:
    data, _ = planted_presentation()
    parts = dict(Package.read(data).parts)
    slide = parts["ppt/slides/slide1.xml"]
    assert old in slide
    parts["ppt/slides/slide1.xml"] = slide.replace(old, new)
    assert code in [o.code for o in Pptx().read(Package.write(parts), "a").obstacles]


def test_macros_withhold_the_presentation() -> None:
    data, _ = planted_presentation()
    parts = dict(Package.read(data).parts)
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace(b"presentationml.presentation.main", b"macroEnabled.main")
    assert "macros" in [o.code for o in Pptx().read(Package.write(parts), "a").obstacles]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
