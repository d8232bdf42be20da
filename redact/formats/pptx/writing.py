"""Writing a presentation anew with python-pptx: plain slides with text, tables and released pictures."""

import io
from collections.abc import Iterable, Mapping
from typing import Any

from redact.formats.interface import Replacement, Written
from redact.formats.package import PICTURE_TYPES, Package
from redact.formats.passage import Cut, Slot, split
from redact.formats.pptx.reading import Paragraph, Presentation, Shape, Slide

_BLANK_LAYOUT = 6
"""Place of the blank layout in the template of python-pptx."""


def write(
    presentation: Presentation, cuts: Mapping[Slot, list[Cut]], members: Mapping[str, Replacement]
) -> Written:
    """Return the presentation without what is cut."""
    import pptx
    from pptx.util import Emu

    made = pptx.Presentation()
    made.slide_width, made.slide_height = (Emu(size) for size in presentation.size)
    for slide in presentation.slides:
        _write_slide(made.slides.add_slide(made.slide_layouts[_BLANK_LAYOUT]), slide, cuts, members)
    buffer = io.BytesIO()
    made.save(buffer)
    parts = dict(Package.read(buffer.getvalue()).parts)
    notes = list(presentation.content.notes)
    return Written(Package.write(parts), tuple(notes))


def _write_slide(
    target: Any, slide: Slide, cuts: Mapping[Slot, list[Cut]], members: Mapping[str, Replacement]
) -> None:
    for shape in slide.shapes:
        if shape.picture:
            _write_picture(target, shape, members.get(shape.picture, Replacement(None)))
        elif shape.rows:
            columns = max(len(row) for row in shape.rows)
            table = target.shapes.add_table(len(shape.rows), columns, *shape.frame).table
            for r, row in enumerate(shape.rows):
                for c, cell in enumerate(row):
                    _write_paragraphs(table.cell(r, c).text_frame, cell, cuts)
        else:
            frame = target.shapes.add_textbox(*shape.frame).text_frame
            frame.word_wrap = True
            _write_paragraphs(frame, shape.paragraphs, cuts)
    if any(paragraph.runs for paragraph in slide.notes):
        _write_paragraphs(target.notes_slide.notes_text_frame, slide.notes, cuts)


def _write_picture(target: Any, shape: Shape, member: Replacement) -> None:
    if member.data is not None and member.suffix.lower() in PICTURE_TYPES:
        target.shapes.add_picture(io.BytesIO(member.data), *shape.frame).name = "Picture"
        return
    frame = target.shapes.add_textbox(*shape.frame).text_frame
    frame.word_wrap = True
    _black(frame.paragraphs[0].add_run(), f"[{shape.picture}: {member.notice}]")


def _write_paragraphs(frame: Any, paragraphs: Iterable[Paragraph], cuts: Mapping[Slot, list[Cut]]) -> None:
    from pptx.util import Pt

    for number, paragraph in enumerate(paragraphs):
        target = frame.paragraphs[0] if not number else frame.add_paragraph()
        target.level = paragraph.level
        for run in paragraph.runs:
            for piece, marking in split(run.text, cuts.get(run, ())):
                made = target.add_run()
                if marking:
                    _black(made, f"[{piece}]")
                    continue
                made.text = piece.replace("\n", "\v")
                made.font.bold = run.bold or None
                if run.size and 100 <= run.size <= 400_000:
                    made.font.size = Pt(run.size / 100)


def _black(run: Any, text: str) -> None:
    """Set ``text`` in white on black."""
    from lxml import etree
    from pptx.oxml.ns import qn

    run.text = text
    properties = run._r.get_or_add_rPr()
    for name, colour in (("a:solidFill", "FFFFFF"), ("a:highlight", "000000")):
        etree.SubElement(etree.SubElement(properties, qn(name)), qn("a:srgbClr"), val=colour)
