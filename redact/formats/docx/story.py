"""Stories: the body, headers, footers, notes and comments of a document, told as what a reader sees.

A story is rebuilt from nothing but known elements: insertions are accepted and deletions dropped, hidden text
goes, fields become their results, links and content controls their contents, text boxes bordered paragraphs.
All text that goes that way is said on the side, so that it is searched.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from redact.formats.docx.drawings import Drawings
from redact.formats.docx.elements import (
    border,
    field_mark,
    field_start,
    flat,
    form_value,
    local_key,
    run_of,
    symbol,
    text_element,
)
from redact.formats.docx.properties import Properties, toggled
from redact.formats.docx.vocabulary import FIELDS_KEPT, FIELDS_SILENT, W, words
from redact.formats.drawingml import R
from redact.formats.markup import local, told
from redact.formats.ooxml import Relation
from redact.formats.passage import Content

_TRANSPARENT = words(
    """
    ins moveTo smartTag customXml hyperlink dir bdo sdtContent
    """
)
_DELETED = frozenset({"del", "moveFrom"})
_NOTE_REFERENCES = frozenset({"footnoteReference", "endnoteReference"})
_KEPT_IN_RUNS = words(
    """
    tab br cr noBreakHyphen separator continuationSeparator footnoteRef endnoteRef
    """
)
_DROPPED = words(
    """
    bookmarkStart bookmarkEnd commentRangeStart commentRangeEnd commentReference annotationRef proofErr
    permStart permEnd moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd
    customXmlInsRangeStart customXmlInsRangeEnd customXmlDelRangeStart customXmlDelRangeEnd
    customXmlMoveFromRangeStart customXmlMoveFromRangeEnd customXmlMoveToRangeStart
    customXmlMoveToRangeEnd lastRenderedPageBreak softHyphen rPr pPr tblPr tblGrid trPr tcPr tblPrEx
    sdtPr sdtEndPr customXmlPr smartTagPr sectPr
    """
)


@dataclass(slots=True)
class Field:
    """A complex field that is open: its code, and whether its result has begun."""

    code: str = ""
    in_result: bool = False
    form: etree._Element | None = None

    @property
    def word(self) -> str:
        """What kind of field it is, such as ``PAGE``."""
        return (self.code.split() or [""])[0].upper()


@dataclass(slots=True)
class Story:
    """The rebuilding of one story."""

    content: Content
    properties: Properties
    relations: dict[str, Relation]
    drawings: Drawings
    said: dict[str, list[str]]
    """Texts that are not written, by where they stood: ``deleted``, ``hidden-text``, ``links`` and so on."""
    notes: dict[str, dict[str, str]] = field(default_factory=dict)
    """Written number of each footnote and endnote, by kind and own number."""
    sections: list[tuple[etree._Element, etree._Element]] = field(default_factory=list)
    """The document's own section properties, each with its clean copy."""
    fields: list[Field] = field(default_factory=list)

    def rebuild(self, source: etree._Element, tag: str) -> etree._Element:
        """Return a new element ``tag`` with the clean blocks of ``source``."""
        clean = etree.Element(W + tag, nsmap={"w": W[1:-1], "r": R[1:-1]})
        clean.extend(self._blocks(source))
        if self.fields:
            self.content.obstruct("malformed-field", "A field of the document never ends: save it anew.")
            self.fields.clear()
        return clean

    def say(self, where: str, text: str) -> None:
        """Take in text that is not written."""
        if text.strip() and text not in self.said.setdefault(where, []):
            self.said[where].append(text)

    def _blocks(self, parent: etree._Element) -> list[etree._Element]:
        blocks: list[etree._Element] = []
        open_paragraph: etree._Element | None = None
        for child in self._children(parent):
            name = local(child)
            if name == "p":
                paragraph, boxes, deleted_mark = self._paragraph(child)
                if open_paragraph is not None:
                    open_paragraph.extend(e for e in paragraph if e.tag != W + "pPr")
                    paragraph = open_paragraph
                else:
                    blocks.append(paragraph)
                open_paragraph = paragraph if deleted_mark else None
                blocks += boxes
            elif name == "tbl":
                table = self._table(child)
                blocks += [] if table is None else [table]
            elif name == "sectPr":
                blocks.append(self._section(child))
            elif name in _DELETED:
                self.say("deleted", flat(child))
            elif name not in _DROPPED:
                self._unknown(child)
        return blocks

    def _children(self, parent: etree._Element) -> Iterable[etree._Element]:
        """Yield the children of ``parent``, and those of elements that only wrap others."""
        for child in parent:
            name = local(child)
            if name == "sdt":
                for properties in child.findall(W + "sdtPr"):
                    self.say("controls", told(properties))
                for inner in child.findall(W + "sdtContent"):
                    yield from self._children(inner)
            elif name in _TRANSPARENT:
                if name == "hyperlink":
                    self._say_link(child)
                elif name in ("smartTag", "customXml"):
                    self.say("controls", "\n".join(map(str, child.attrib.values())))
                    for properties in child.findall(f"{W}{name}Pr"):
                        self.say("controls", told(properties))
                yield from self._children(child)
            elif name:
                yield child

    def _say_link(self, link: etree._Element) -> None:
        relation = self.relations.get(link.get(R + "id", ""))
        if relation is not None and relation.external:
            self.say("links", relation.target)
        for key, value in link.attrib.items():
            if local_key(key) in ("anchor", "tooltip", "docLocation", "tgtFrame"):
                self.say("links", str(value))

    def _paragraph(self, source: etree._Element) -> tuple[etree._Element, list[etree._Element], bool]:
        clean = etree.Element(W + "p")
        properties = source.find(W + "pPr")
        deleted_mark = False
        if properties is not None:
            copy = self.properties.clean(properties)
            for section in properties.findall(W + "sectPr"):
                copy.append(self._section(section))
            if len(copy):
                clean.append(copy)
            marks = properties.findall(f"{W}rPr/{W}del") + properties.findall(f"{W}rPr/{W}moveFrom")
            deleted_mark = bool(marks)
        if any(True for _ in source.iter(W + "del", W + "moveFrom")):
            self.say("deleted", flat(source, without=frozenset({"ins", "moveTo"})))
        boxes: list[etree._Element] = []
        for child in self._children(source):
            self._inline(child, source, clean, boxes)
        return clean, boxes, deleted_mark

    def _inline(
        self,
        child: etree._Element,
        source: etree._Element,
        clean: etree._Element,
        boxes: list[etree._Element],
    ) -> None:
        name = local(child)
        if name == "r":
            self._run(child, source, clean, boxes)
        elif name == "fldSimple":
            simple = Field(child.get(W + "instr", ""), in_result=True)
            self.say("field-codes", simple.code)
            kept = simple.word in FIELDS_KEPT and self._in_view()
            clean.extend(field_start(simple.word, with_result=True) if kept else [])
            for inner in self._children(child):
                self._inline(inner, source, clean, boxes)
            clean.extend([field_mark("end")] if kept else [])
        elif name in _DELETED:
            for drawing in child.iter(W + "drawing", W + "pict", W + "object"):
                self.drawings.forget(drawing, self)
        elif name == "ruby":
            for part in (*child.findall(W + "rubyBase"), *child.findall(W + "rt")):
                for inner in self._children(part):
                    self._inline(inner, source, clean, boxes)
        elif name not in _DROPPED:
            self._unknown(child)

    def _in_view(self) -> bool:
        return all(open_field.in_result for open_field in self.fields)

    def _run(
        self,
        source: etree._Element,
        paragraph: etree._Element,
        clean: etree._Element,
        boxes: list[etree._Element],
    ) -> None:
        if self.properties.hides(source, paragraph):
            self.say("hidden-text", flat(paragraph))
            self.content.note("Hidden text is left out.")
            for drawing in source.iter(W + "drawing", W + "pict", W + "object"):
                self.drawings.forget(drawing, self)
            # Fields may begin or end in hidden text.
            for mark in source.iter(W + "fldChar", W + "instrText"):
                self._field(mark, etree.Element(W + "p"), None)
            return
        properties = source.find(W + "rPr")
        copy = None if properties is None else self.properties.clean(properties)
        for child in source:
            name = local(child)
            if name in ("fldChar", "instrText", "delInstrText"):
                self._field(child, clean, copy)
            elif name == "delText":
                self.say("deleted", child.text or "")
            elif name in ("drawing", "pict", "object"):
                if self._in_view():
                    made = self.drawings.rebuild(child, self, boxes)
                    clean.extend(run_of(copy, element) for element in made)
                else:
                    self.drawings.forget(child, self)
            elif name == "t" and not self._in_view():
                self.say("field-codes", child.text or "")
            elif name in _NOTE_REFERENCES:
                number = self.notes.get(name.removesuffix("Reference"), {}).get(child.get(W + "id", ""))
                if self._in_view() and number is not None:
                    clean.append(run_of(copy, etree.Element(W + name, {W + "id": number})))
            elif name in _KEPT_IN_RUNS or name in ("t", "sym", "ptab"):
                if self._in_view():
                    clean.append(run_of(copy, self._atom(child)))
            elif name and name not in _DROPPED:
                self._unknown(child)

    def _atom(self, source: etree._Element) -> etree._Element:
        """Return the clean copy of an element of a run."""
        name = local(source)
        if name == "t":
            return text_element(source.text or "")
        if name == "sym":
            return text_element(symbol(source))
        if name == "ptab":
            return etree.Element(W + "tab")
        copy = etree.Element(W + name)
        if name == "br" and source.get(W + "type") in ("page", "column"):
            copy.set(W + "type", source.get(W + "type", ""))
        return copy

    def _field(self, mark: etree._Element, clean: etree._Element, properties: etree._Element | None) -> None:
        if local(mark) != "fldChar":
            if self.fields and not self.fields[-1].in_result:
                self.fields[-1].code += mark.text or ""
            self.say("field-codes", mark.text or "")
            return
        kind = mark.get(W + "fldCharType")
        if kind == "begin":
            self.fields.append(Field(form=mark.find(W + "ffData")))
            for data in mark:
                self.say("controls", told(data))
            return
        if not self.fields or kind not in ("separate", "end"):
            self.content.obstruct(
                "malformed-field", "A field of the document ends before it begins: save it anew."
            )
            return
        open_field = self.fields[-1]
        outer_in_view = all(outer.in_result for outer in self.fields[:-1])
        kept = open_field.word in FIELDS_KEPT and outer_in_view
        if kind == "separate":
            open_field.in_result = True
            clean.extend(field_start(open_field.word, with_result=True) if kept else [])
            return
        self.fields.pop()
        self.say("field-codes", open_field.code)
        if kept:
            clean.extend([] if open_field.in_result else field_start(open_field.word, with_result=False))
            clean.append(field_mark("end"))
        elif outer_in_view and open_field.word in ("FORMCHECKBOX", "FORMDROPDOWN"):
            clean.append(run_of(properties, text_element(form_value(open_field.form))))
        elif outer_in_view and not open_field.in_result and open_field.word not in FIELDS_SILENT:
            self.content.obstruct(
                "field", "A field shows text that is not in the file: update or unlink its fields."
            )

    def _table(self, source: etree._Element) -> etree._Element | None:
        clean = etree.Element(W + "tbl")
        for name in ("tblPr", "tblGrid"):
            for element in source.findall(W + name):
                clean.append(self.properties.clean(element))
        for described in source.findall(f"{W}tblPr/*"):
            if local(described) in ("tblCaption", "tblDescription"):
                self.say("alt-text", described.get(W + "val", ""))
        if clean.find(W + "tblGrid") is None:
            clean.append(etree.Element(W + "tblGrid"))
        rows = 0
        for child in self._children(source):
            if local(child) == "tr":
                row = self._row(child)
                rows += row is not None
                clean.extend([] if row is None else [row])
            elif local(child) in _DELETED:
                self.say("deleted", flat(child))
            elif local(child) not in _DROPPED:
                self._unknown(child)
        return clean if rows else None

    def _row(self, source: etree._Element) -> etree._Element | None:
        properties = source.find(W + "trPr")
        if properties is not None and properties.find(W + "del") is not None:
            self.say("deleted", flat(source))
            return None
        if toggled(properties, "hidden"):
            self.say("hidden-text", flat(source))
            return None
        clean = etree.Element(W + "tr")
        if properties is not None:
            clean.append(self.properties.clean(properties))
        for child in self._children(source):
            if local(child) == "tc":
                clean.append(self._cell(child))
            elif local(child) not in _DROPPED:
                self._unknown(child)
        return clean

    def _cell(self, source: etree._Element) -> etree._Element:
        clean = etree.Element(W + "tc")
        properties = source.find(W + "tcPr")
        if properties is not None:
            clean.append(self.properties.clean(properties))
        if properties is not None and properties.find(W + "cellDel") is not None:
            self.say("deleted", flat(source))
        else:
            clean.extend(self._blocks(source))
        if not len(clean) or clean[-1].tag != W + "p":
            clean.append(etree.Element(W + "p"))
        return clean

    def _section(self, source: etree._Element) -> etree._Element:
        copy = self.properties.clean(source)
        self.sections.append((source, copy))
        return copy

    def _unknown(self, element: etree._Element) -> None:
        reason = "A part of the text is of a kind that is not read here: convert it to plain paragraphs."
        self.say("unknown", told(element))
        self.content.obstruct(
            f"unknown-{local(element)}"[:40] if local(element) in _NAMED else "unknown", reason
        )

    def boxed(self, source: etree._Element) -> list[etree._Element]:
        """Return the blocks of a text box as bordered paragraphs."""
        fields, self.fields = self.fields, []
        blocks = self._blocks(source)
        if self.fields:
            self.content.obstruct("malformed-field", "A field of a text box never ends: save it anew.")
        self.fields = fields
        for block in blocks:
            if block.tag == W + "p":
                border(block)
        return blocks


_NAMED = frozenset({"altChunk", "subDoc", "oMath", "oMathPara", "contentPart", "control"})
