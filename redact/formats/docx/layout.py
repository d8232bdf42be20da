"""The text of a clean story, and the removal of what is cut from it."""

from collections.abc import Iterable, Mapping

from lxml import etree

from redact.formats.docx.elements import run_of, text_element
from redact.formats.docx.properties import LevelText
from redact.formats.docx.vocabulary import W
from redact.formats.markup import local
from redact.formats.passage import Cut, Passage, Slot, split
from redact.formats.tables import lay_out

_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def text_of(story: etree._Element) -> Passage:
    """Return the text of a clean story; its slots are the elements of runs."""
    passage = Passage()
    _blocks(story, passage)
    return passage


def _blocks(parent: etree._Element, passage: Passage) -> None:
    for block in parent:
        if block.tag == W + "p":
            _runs(block, passage)
            passage.add("\n")
        elif block.tag == W + "tbl":
            _table(block, passage)


def _runs(paragraph: etree._Element, passage: Passage) -> None:
    for run in paragraph.iterchildren(W + "r"):
        for element in run:
            passage.add(_shown(element), element)


def _shown(element: etree._Element) -> str:
    return element.text or "" if element.tag == W + "t" else _CHARACTERS.get(local(element), "")


def _table(table: etree._Element, passage: Passage) -> None:
    rows: list[list[Passage]] = []
    for row in table.iterchildren(W + "tr"):
        cells: list[Passage] = []
        for cell in row.iterchildren(W + "tc"):
            text = Passage()
            blocks = [block for block in cell if block.tag in (W + "p", W + "tbl")]
            if len(blocks) == 1 and blocks[0].tag == W + "p":
                _runs(blocks[0], text)
            else:
                _blocks(cell, text)
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            width = 1 if span is None else int(span.get(W + "val", "1"))
            cells += [text, *(Passage() for _ in range(min(width, 64) - 1))]
        rows.append(cells)
    marked = table.find(f"{W}tr/{W}trPr/{W}tblHeader")
    passage.extend(lay_out(rows, True if marked is not None else None))


def remove(cuts: Mapping[Slot, Iterable[Cut]]) -> None:
    """Take what is cut out of the runs of clean stories, and put a black box with the marking there."""
    for element, found in cuts.items():
        if isinstance(element, LevelText):
            element.cut(found)
        elif isinstance(element, etree._Element):
            _replace(element, found)


def _replace(element: etree._Element, cuts: Iterable[Cut]) -> None:
    run = element.getparent()
    paragraph = None if run is None else run.getparent()
    if run is None or paragraph is None:
        raise ValueError("a slot outside of a run")
    properties = run.find(W + "rPr")
    # A clean run holds one element, so what is left of it takes the run's place.
    position = paragraph.index(run)
    paragraph.remove(run)
    for piece, marking in split(_shown(element), cuts):
        made = box(piece) if marking else run_of(properties, text_element(piece))
        paragraph.insert(position, made)
        position += 1


def box(marking: str) -> etree._Element:
    """Return a run that shows ``marking`` in white on black, in brackets."""
    clean = etree.Element(W + "rPr")
    etree.SubElement(clean, W + "color", {W + "val": "FFFFFF"})
    etree.SubElement(clean, W + "sz", {W + "val": "16"})
    etree.SubElement(clean, W + "shd", {W + "val": "clear", W + "color": "auto", W + "fill": "000000"})
    return run_of(clean, text_element(f"[{marking}]"))
