"""Reading a Word package: which parts are stories, which are only searched, and which stand in the way."""

import re
from dataclasses import dataclass, field

from lxml import etree

from redact.errors import FormatError
from redact.formats.docx.drawings import Drawings
from redact.formats.docx.elements import flat
from redact.formats.docx.layout import text_of
from redact.formats.docx.properties import Properties
from redact.formats.docx.story import Story
from redact.formats.docx.vocabulary import STYLE_NAMES, W, words
from redact.formats.drawingml import R
from redact.formats.markup import remarks
from redact.formats.ooxml import OpenPackage, all_said, choose_alternatives, is_xml
from redact.formats.passage import Content

_UNDERSTOOD = words(
    """
    wps wpg wpc wp14 w14 w15 w16 w16se w16cex v
    """
)
_TEXTS = frozenset(W + name for name in ("t", "delText", "instrText", "delInstrText"))
_NOT_SAID = re.compile(
    r"word/(theme/.*|fontTable|webSettings|styles\w*|numbering)\.xml|.*\.rels|\[Content_Types\]\.xml"
)
"""Parts that are neither written as they are nor searched: all they hold is looks."""
_USUAL_NAME = re.compile(
    r"(word|docProps|customXml|_rels|word/_rels|word/media|word/theme|word/fonts|word/embeddings|customXml/_rels)/"
    r"[A-Za-z]+\d{0,3}(\.xml)?\.(xml|rels|png|jpe?g|gif|emf|wmf|bmp|tiff?|odttf|bin)|_rels/\.rels|\[Content_Types\]\.xml"
)
_NUMBER_OF_NOTES = {"footnote": "footnotes", "endnote": "endnotes"}


@dataclass(slots=True)
class Opened:
    """A Word document as it was read: its clean parts, and what it says."""

    content: Content
    body: etree._Element
    """The clean ``w:document``."""
    margins: list[tuple[str, etree._Element]] = field(default_factory=list)
    """Clean headers and footers, each with ``header`` or ``footer``."""
    sections: list[tuple[etree._Element, list[tuple[str, int]]]] = field(default_factory=list)
    """Clean section properties, each with its headers and footers: which pages, and place in ``margins``."""
    notes: dict[str, etree._Element] = field(default_factory=dict)
    """Clean parts of notes by kind."""
    styles: etree._Element | None = None
    numbering: etree._Element | None = None
    even_and_odd: bool = False
    """Whether even pages have headers and footers of their own."""

    @classmethod
    def of(cls, data: bytes) -> "Opened":
        """Open a Word package; raises ``FormatError`` where it is malformed, hostile or too large."""
        return _Reader(OpenPackage.read(data)).opened()


class _Reader:
    def __init__(self, package: OpenPackage) -> None:
        self.package = package
        self.content = Content()
        self.said: dict[str, list[str]] = {}
        self.drawings = Drawings(package, self.content)
        self.main = package.main()
        self.read: set[str] = {self.main}
        """Parts that need not be said on the side."""

    def opened(self) -> Opened:
        content = self.content
        root = self._parse(self.main)
        opened = Opened(content, etree.Element(W + "document"))
        self._refuse_active_parts()
        if root.tag != W + "document":
            content.obstruct("strict", "It is a Word document of a rare kind: save it as an ordinary .docx.")
            return opened
        styles, numbering, settings = (self._single(kind) for kind in ("styles", "numbering", "settings"))
        properties = Properties.of(styles, self._single("theme"))
        if styles is not None:
            opened.styles = properties.clean_styles(styles)
            self.said["style-names"] = [
                name.get(W + "val", "")
                for style in styles.iter(W + "style")
                for name in (*style.findall(W + "name"), *style.findall(W + "aliases"))
                if style.get(W + "customStyle")
                and name.get(W + "val") not in {*STYLE_NAMES, f"Style {style.get(W + 'styleId')}"}
            ]
        opened.even_and_odd = settings is not None and settings.find(W + "evenAndOddHeaders") is not None
        sources = {kind: self._notes_source(kind) for kind in _NUMBER_OF_NOTES}
        numbers = {kind: _numbers(source) for kind, source in sources.items()}

        story = self._story(properties, self.main)
        story.notes = numbers
        body = root.find(W + "body")
        if body is None:
            raise FormatError("It is a Word document without a body: save it anew.")
        opened.body = story.rebuild(body, "body")
        content.add("body", text_of(opened.body))
        self._margins(opened, story, properties)
        for kind, source in sources.items():
            if source is not None:
                self._notes(opened, kind, source, numbers[kind], properties)
        if numbering is not None:
            opened.numbering = properties.clean_numbering(numbering, content)
        self._say_the_rest()
        return opened

    def _parse(self, part: str) -> etree._Element:
        """Return a part without comments and alternatives; what goes is said."""
        root = self.package.xml(part)
        self.said.setdefault("markup-comments", []).extend(remarks(root))
        etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
        for branch in choose_alternatives(root, _UNDERSTOOD):
            self.said.setdefault("alternatives", []).extend([flat(branch), *_attributes_that_speak(branch)])
        for element in root.iter():
            for text in (element.tail, None if element.tag in _TEXTS else element.text):
                if text and text.strip() and element.tag.startswith(W):
                    self.said.setdefault("stray-text", []).append(text)
            for key, where in _SAID:
                value = element.get(W + key)
                if value and (where != "names" or element.tag == W + "bookmarkStart"):
                    lines = self.said.setdefault(where, [])
                    lines += [value] if value not in lines else []
        return root

    def _single(self, kind: str) -> etree._Element | None:
        for relation in self.package.relations(self.main).values():
            if relation.kind == kind and not relation.external and relation.target in self.package.parts:
                return self.package.xml(relation.target)
        return None

    def _story(self, properties: Properties, part: str) -> Story:
        return Story(self.content, properties, self.package.relations(part), self.drawings, self.said)

    def _notes_source(self, kind: str) -> tuple[str, etree._Element] | None:
        for relation in self.package.relations(self.main).values():
            if relation.kind == _NUMBER_OF_NOTES[kind] and relation.target in self.package.parts:
                self.read.add(relation.target)
                return relation.target, self._parse(relation.target)
        return None

    def _margins(self, opened: Opened, story: Story, properties: Properties) -> None:
        places: dict[str, int] = {}
        counts = {"header": 0, "footer": 0}
        for source, copy in story.sections:
            references: list[tuple[str, int]] = []
            for reference in source:
                kind = etree.QName(reference).localname.removesuffix("Reference")
                relation = story.relations.get(reference.get(R + "id", ""))
                if kind not in counts or relation is None or relation.target not in self.package.parts:
                    continue
                part = relation.target
                if part not in places:
                    self.read.add(part)
                    margin = self._story(properties, part).rebuild(self._parse(part), _ROOTS[kind])
                    places[part] = len(opened.margins)
                    opened.margins.append((kind, margin))
                    counts[kind] += 1
                    self.content.add(f"{kind}:{counts[kind]}", text_of(margin))
                pages = reference.get(W + "type", "default")
                references.append((pages if pages in ("first", "even") else "default", places[part]))
            opened.sections.append((copy, references))

    def _notes(
        self,
        opened: Opened,
        kind: str,
        source: tuple[str, etree._Element],
        numbers: dict[str, str],
        properties: Properties,
    ) -> None:
        part, root = source
        shown = {e.get(W + "id") for e in opened.body.iter(f"{W}{kind}Reference")}
        clean = etree.Element(f"{W}{_NUMBER_OF_NOTES[kind]}", nsmap={"w": W[1:-1], "r": R[1:-1]})
        story = self._story(properties, part)
        for note in root.findall(W + kind):
            special = note.get(W + "type") in ("separator", "continuationSeparator")
            number = note.get(W + "id", "") if special else numbers.get(note.get(W + "id", ""))
            if special and not re.fullmatch(r"-?[01]", number or ""):
                continue
            if not special and number not in shown:
                story.say("notes-without-reference", flat(note))
                continue
            made = story.rebuild(note, kind)
            made.set(W + "id", number or "")
            if special:
                made.set(W + "type", note.get(W + "type", ""))
            clean.append(made)
            self.content.add(f"{kind}:{number}{'/separator' if special else ''}", text_of(made))
        opened.notes[kind] = clean

    def _refuse_active_parts(self) -> None:
        kinds = self.package.types.values()
        if any("macroEnabled" in kind or "vbaProject" in kind or "vbaData" in kind for kind in kinds) or any(
            "vbaproject" in name.lower() for name in self.package.parts
        ):
            self.content.obstruct("macros", "It holds macros: save it as a .docx without them.")
        if any(name.startswith("_xmlsignatures/") for name in self.package.parts):
            self.content.note("A digital signature is left out: it does not hold for a redacted document.")

    def _say_the_rest(self) -> None:
        content = self.content
        for where, lines in self.said.items():
            content.hide(where, "\n".join(lines))
        content.hide("package", self.package.package.remarks)
        media = [n for n in self.package.parts if n.startswith(("word/media/", "word/embeddings/"))]
        if any(name not in self.drawings.pictures for name in media):
            content.note("Embedded files and pictures that no text shows are left out.")
        content.hide("part-names", "\n".join(n for n in self.package.parts if not _USUAL_NAME.fullmatch(n)))
        links = [
            relation.target
            for name in self.package.parts
            for relation in self.package.relations(name).values()
            if relation.external and relation.target not in self.said.get("links", ())
        ]
        content.hide("external-targets", "\n".join(links))
        others = [
            name for name in self.package.parts if name not in self.read and not _NOT_SAID.fullmatch(name)
        ]
        for number, name in enumerate((n for n in others if is_xml(self.package, n)), 1):
            where = _WHERE.get(name, f"part:{number}")
            try:
                comments = [e for e in self.package.xml(name) if e.tag == W + "comment"]
            except FormatError:
                content.note("A damaged part of the file is left out.")
                comments = []
            for place, comment in enumerate(comments, 1):
                lines = [comment.get(W + "author", ""), comment.get(W + "initials", ""), flat(comment)]
                content.hide(f"{where}/comment:{place}", "\n".join(lines))
            if not comments:
                content.hide(where, all_said(self.package, name))


_SAID = (("author", "authors"), ("original", "deleted"), ("name", "names"))
"""Attributes that say something in any element, and where; a name is said of bookmarks."""
_WHERE = {
    "docProps/core.xml": "meta:core",
    "docProps/app.xml": "meta:app",
    "docProps/custom.xml": "meta:custom",
    "word/settings.xml": "settings",
    "word/comments.xml": "comments",
    "word/people.xml": "people",
    "word/glossary/document.xml": "glossary",
}
_ROOTS = {"header": "hdr", "footer": "ftr"}


def _numbers(source: tuple[str, etree._Element] | None) -> dict[str, str]:
    """Return the written number of each note by its own; 0 and 1 are left to the separators."""
    if source is None:
        return {}
    notes = [e for e in source[1] if e.get(W + "type", "normal") == "normal"]
    return {e.get(W + "id", ""): str(number) for number, e in enumerate(notes, 2)}


def _attributes_that_speak(branch: etree._Element) -> list[str]:
    return [
        str(value)
        for element in branch.iter()
        for key, value in element.attrib.items()
        if str(key) in ("alt", "title", "descr", "href", "string", "name")
    ]
