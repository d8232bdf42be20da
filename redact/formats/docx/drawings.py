"""Drawings of a document: text boxes give their text, pictures become members, the rest is refused."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from redact.document import Member
from redact.formats.docx.properties import is_default_name
from redact.formats.docx.vocabulary import W
from redact.formats.drawingml import A, R
from redact.formats.markup import local, told
from redact.formats.ooxml import OpenPackage
from redact.formats.passage import Content

if TYPE_CHECKING:
    from redact.formats.docx.story import Story

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
V = "{urn:schemas-microsoft-com:vml}"
PICTURE = "{urn:redact}picture"
"""Where a picture stands in a clean story: ``member`` is its locator, ``cx`` and ``cy`` its size."""

_KNOWN_GRAPHICS = frozenset(
    f"http://schemas.{owner}/{kind}"
    for owner, kind in (
        ("openxmlformats.org/drawingml/2006", "picture"),
        ("microsoft.com/office/word/2010", "wordprocessingShape"),
        ("microsoft.com/office/word/2010", "wordprocessingGroup"),
        ("microsoft.com/office/word/2010", "wordprocessingCanvas"),
    )
)
_DEFAULT_SIZE = 914_400
"""An inch in EMU (ECMA-376, part 1, 20.1.2.1)."""
_LARGEST_SIZE = 10_000_000


@dataclass(slots=True)
class Drawings:
    """The drawings of all stories of a document."""

    package: OpenPackage
    content: Content
    pictures: dict[str, str] = field(default_factory=dict)
    """Locator of the member by name of the part."""

    def rebuild(
        self, source: etree._Element, story: "Story", boxes: list[etree._Element]
    ) -> list[etree._Element]:
        """Return where the pictures of a drawing stand, and put the text of its boxes into ``boxes``."""
        self._say_attributes(source, story)
        self._refuse(source)
        found: list[etree._Element] = []
        texts = 0
        for element in _outermost(source, W + "txbxContent"):
            boxes += story.boxed(element)
            texts += 1
        for path in source.iter(V + "textpath"):
            art = etree.Element(W + "txbxContent")
            run = etree.SubElement(etree.SubElement(art, W + "p"), W + "r")
            etree.SubElement(run, W + "t").text = path.get("string", "")
            boxes += story.boxed(art)
            texts += 1
        inside = {e for box in source.iter(W + "txbxContent") for e in box.iter()}
        for element in source.iter(A + "blip", V + "imagedata", V + "fill"):
            if element not in inside:
                picture = self._picture(element, source, story)
                found += [] if picture is None else [picture]
        if not found and not texts:
            self.content.note("Drawn shapes without text are left out.")
        return found

    def forget(self, source: etree._Element, story: "Story") -> None:
        """Say what a drawing holds that is not written."""
        story.say("deleted", told(source))

    def _picture(
        self, element: etree._Element, source: etree._Element, story: "Story"
    ) -> etree._Element | None:
        id = element.get(R + "embed") or element.get(R + "id") or ""
        relation = story.relations.get(id)
        if not id and element.tag == V + "fill":
            return None
        if relation is None or relation.external or relation.target not in self.package.parts:
            self.content.note("A picture that is not in the file itself is left out.")
            return None
        locator = self.pictures.get(relation.target)
        if locator is None:
            locator = f"picture:{len(self.pictures) + 1}"
            self.pictures[relation.target] = locator
            name = posixpath.basename(relation.target)
            self.content.members.append(Member(locator, name, self.package.parts[relation.target]))
        cx, cy = _size(source)
        return etree.Element(PICTURE, member=locator, cx=str(cx), cy=str(cy))

    def _say_attributes(self, source: etree._Element, story: "Story") -> None:
        for element in source.iter():
            name = local(element)
            for key, value in element.attrib.items():
                text = str(value)
                attribute = str(key).rpartition("}")[2]
                if attribute in ("descr", "title", "alt") or (
                    attribute == "name" and not is_default_name(text) and name in ("docPr", "cNvPr")
                ):
                    story.say("alt-text", text)
                elif attribute in ("href", "src", "tooltip"):
                    story.say("links", text)
                elif str(key).startswith(R) and story.relations.get(text) is not None:
                    relation = story.relations[text]
                    if relation.external:
                        story.say("links", relation.target)

    def _refuse(self, source: etree._Element) -> None:
        for data in source.iter(A + "graphicData"):
            if data.get("uri") not in _KNOWN_GRAPHICS:
                self.content.obstruct(
                    "drawing", "It holds a chart, diagram or the like: replace it by a picture or a table."
                )
        names = {local(e) for e in source.iter()}
        if "OLEObject" in names or "objectEmbed" in names or "objectLink" in names:
            self.content.obstruct("embedded-object", "It holds an embedded file: submit that on its own.")
        if "control" in names:
            self.content.obstruct("control", "It holds a form control: replace it by text.")
        if "contentPart" in names:
            self.content.obstruct("ink", "It holds handwriting: review it by hand.")


def _outermost(source: etree._Element, tag: str) -> Iterator[etree._Element]:
    for child in source:
        if child.tag == tag:
            yield child
        else:
            yield from _outermost(child, tag)


def _size(source: etree._Element) -> tuple[int, int]:
    for extent in source.iter(WP + "extent"):
        sizes = [extent.get("cx", ""), extent.get("cy", "")]
        if all(size.isdecimal() and 0 < int(size) <= _LARGEST_SIZE for size in sizes):
            return int(sizes[0]), int(sizes[1])
    return _DEFAULT_SIZE, _DEFAULT_SIZE
