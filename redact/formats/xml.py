"""XML: elements and attributes kept, comments and processing instructions left out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from redact.document import Document
from redact.errors import FormatError
from redact.formats.interface import NO_MEMBERS, Reading, Replacement, Written
from redact.formats.markup import local, parse_xml, remarks, serialize, untagged
from redact.formats.passage import Content, Cut, Passage, cut, require_same
from redact.redaction import Redaction

MOST_PLACES = 1_000_000
"""Tags and attributes of one file."""
_TELLING_NAME = re.compile(r"\d{2}|[A-Z][a-z]+_[A-Z][a-z]+")
"""What in the name of an element may be a value rather than a name."""


@dataclass(frozen=True, slots=True)
class Place:
    """Text of an element, text after it, or an attribute; a slot of passages."""

    element: etree._Element
    attribute: str = field(repr=False)
    """``.text``, ``.tail``, or the attribute's name."""

    def read(self) -> str:
        """Return its text."""
        if self.attribute == ".text":
            return self.element.text or ""
        if self.attribute == ".tail":
            return self.element.tail or ""
        return self.element.get(self.attribute) or ""

    def cut(self, cuts: Iterable[Cut]) -> None:
        """Replace what is cut by its marking."""
        text = cut(self.read(), cuts)
        if self.attribute == ".text":
            self.element.text = text or None
        elif self.attribute == ".tail":
            self.element.tail = text or None
        else:
            self.element.set(self.attribute, text)


class Xml:
    """XML without a document type."""

    name = "xml"
    suffix = ".xml"

    def recognizes(self, data: bytes, name: str) -> bool:
        """Whether it declares itself as XML, or is named so and begins with a tag."""
        start = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            start = data[:400].decode("utf-16", "replace").lstrip("\ufeff").encode("utf-8", "replace")
        return start.startswith(b"<?xml") or (
            start.startswith(b"<") and name.lower().endswith((".xml", ".svg"))
        )

    def read(self, data: bytes, name: str) -> Document:
        """Read texts and attributes as one segment; raises ``FormatError`` if it is malformed or unsafe."""
        return _open(data)[0].document(name, self.name, data)

    def write(
        self,
        data: bytes,
        document: Document,
        redactions: Sequence[Redaction],
        members: Mapping[str, Replacement] = NO_MEMBERS,
    ) -> Written:
        """Write the tree anew in UTF-8; raises ``FormatError`` where a name itself would have to go."""
        require_same(data, document)
        content, root = _open(data)
        if any(redaction.locator == "names" for redaction in redactions):
            raise FormatError("A name of an element is itself to be removed, which would break the file.")
        for slot, cuts in content.cuts(redactions).items():
            if isinstance(slot, Place):
                slot.cut(cuts)
        return Written(serialize(root))

    def reread(self, data: bytes) -> Iterable[Reading]:
        """Read the file without its tags, and as it is."""
        text = data.decode("utf-8", "replace")
        yield Reading("without tags", untagged(text))
        yield Reading("characters", text, "raw")


def _open(data: bytes) -> tuple[Content, etree._Element]:
    if data.count(b"<") + data.count(b"=") > MOST_PLACES:
        raise FormatError("It has more elements than are read here: split it.")
    root = parse_xml(data)
    content = Content()
    content.hide("comments", "\n".join(remarks(root)))
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    root = etree.fromstring(etree.tostring(root))
    names = {local(element) for element in root.iter()} | {str(key) for e in root.iter() for key in e.attrib}
    names |= {address for e in root.iter() for pair in e.nsmap.items() for address in map(str, pair)}
    content.hide("names", "\n".join(sorted(name for name in names if _TELLING_NAME.search(name))))
    passage = Passage()
    _lay_out(root, passage, inline=False)
    content.add("values", passage)
    return content, root


def _lay_out(element: etree._Element, passage: Passage, *, inline: bool) -> None:
    inline = inline or any((child.tail or "").strip() for child in element)
    name = local(element)
    for key in element.attrib:
        place = Place(element, str(key))
        if place.read():
            passage.add(f"{str(key).rpartition('}')[2]}: ")
            passage.add(place.read(), place)
            passage.add("\n")
    text = Place(element, ".text")
    if not inline and text.read().strip():
        passage.add(f"{name}: ")
    if text.read().strip() or inline:
        passage.add(text.read(), text)
    for child in element:
        if not inline:
            passage.add("\n")
        _lay_out(child, passage, inline=inline)
        tail = Place(child, ".tail")
        if tail.read().strip() or inline:
            passage.add(tail.read(), tail)
    if not inline:
        passage.add("\n")
