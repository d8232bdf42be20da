"""Reading a presentation: what stands on each slide and where, and all else that the package holds."""

import posixpath
import re
from dataclasses import dataclass, field

from lxml import etree

from redact.document import Member
from redact.errors import FormatError
from redact.formats.markup import local, remarks, spoken, told
from redact.formats.ooxml import OpenPackage, all_said, choose_alternatives, is_xml
from redact.formats.passage import Content, Passage
from redact.formats.tables import lay_out

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"
_UNDERSTOOD = frozenset({"a14", "p14", "p15"})
_NOT_SAID = re.compile(r"ppt/(theme/.*|tableStyles|viewProps|presProps)\.xml|.*\.rels|\[Content_Types\]\.xml")
_LARGEST = 100_000_000


@dataclass(eq=False, slots=True)
class Run:
    """A run of text; a slot of passages."""

    text: str = field(repr=False)
    size: int | None = None
    """Hundredths of a point."""
    bold: bool = False


@dataclass(slots=True)
class Paragraph:
    """Runs of one paragraph, and its level in a list."""

    runs: list[Run]
    level: int = 0


@dataclass(slots=True)
class Shape:
    """A shape on a slide: its frame in EMU, and its text, cells or picture."""

    frame: tuple[int, int, int, int]
    paragraphs: list[Paragraph] = field(default_factory=list)
    rows: list[list[list[Paragraph]]] = field(default_factory=list)
    picture: str = ""
    """Locator of the member."""


@dataclass(slots=True)
class Slide:
    """A slide: its shapes in order, and its notes."""

    shapes: list[Shape] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)


@dataclass(slots=True)
class Presentation:
    """A presentation as it was read."""

    content: Content
    size: tuple[int, int] = (9_144_000, 6_858_000)
    slides: list[Slide] = field(default_factory=list)

    @classmethod
    def of(cls, data: bytes) -> "Presentation":
        """Open a presentation; raises ``FormatError`` where it is malformed, hostile or too large."""
        return _Reader(OpenPackage.read(data)).presentation()


class _Reader:
    def __init__(self, package: OpenPackage) -> None:
        self.package = package
        self.content = Content()
        self.said: dict[str, list[str]] = {}
        self.read: set[str] = set()
        self.pictures: dict[str, str] = {}

    def presentation(self) -> Presentation:
        made, main = Presentation(self.content), self.package.main()
        root = self._xml(main)
        kinds = (*self.package.types.values(), *self.package.parts)
        if any("macroEnabled" in kind or "vbaProject" in kind for kind in kinds):
            self.content.obstruct("macros", "It holds macros: save it as a .pptx without them.")
        if root.tag != P + "presentation":
            self.content.obstruct("strict", "It is a presentation of a rare kind: save it as a plain .pptx.")
            return made
        self._say("presentation", told(root))
        size = root.find(P + "sldSz")
        if size is not None:
            made.size = (_number(size.get("cx")) or made.size[0], _number(size.get("cy")) or made.size[1])
        relations = self.package.relations(main)
        for number, listed in enumerate(root.iter(P + "sldId"), 1):
            relation = relations.get(listed.get(R + "id", ""))
            if relation is None or relation.target not in self.package.parts:
                raise FormatError("A slide of the presentation is missing: save it anew.")
            made.slides.append(self._slide(relation.target, number, made.size))
        self._say_the_rest()
        return made

    def _xml(self, part: str) -> etree._Element:
        self.read.add(part)
        root = self.package.xml(part)
        self._say("markup-comments", "\n".join(remarks(root)))
        etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
        for branch in choose_alternatives(root, _UNDERSTOOD):
            self._say("alternatives", told(branch))
        self._say("attributes", spoken(root))
        return root

    def _say(self, where: str, text: str) -> None:
        if text.strip():
            self.said.setdefault(where, []).append(text)

    def _background(self, root: etree._Element, part: str) -> str:
        background = root.find(f"{P}cSld/{P}bg")
        return "" if background is None else self._picture(background, part)

    def _slide(self, part: str, number: int, size: tuple[int, int]) -> Slide:
        root, slide = self._xml(part), Slide()
        if root.get("show") in ("0", "false"):
            self.content.note("Hidden slides are shown.")
        relations = self.package.relations(part)
        layouts = [r.target for r in relations.values() if r.kind == "slideLayout"]
        masters = [
            relation.target
            for layout in layouts
            for relation in self.package.relations(layout).values()
            if relation.kind == "slideMaster"
        ]
        backgrounds = [(name, self._xml(name)) for name in (*layouts, *masters)]
        frames = _frames([background for _, background in backgrounds])
        behind = next((s for name, r in ((part, root), *backgrounds) if (s := self._background(r, name))), "")
        if behind:
            slide.shapes.append(Shape((0, 0, *size), picture=behind))
        for name, background in reversed(backgrounds):
            self._shapes(background, name, slide, {}, number, static=True)
        self._shapes(root, part, slide, frames, number)
        passage = Passage()
        for shape in slide.shapes:
            _add_paragraphs(shape.paragraphs, passage)
            if shape.rows:
                passage.extend(lay_out([[_cell(cell) for cell in row] for row in shape.rows]))
        self.content.add(f"slide:{number}", passage)
        for relation in relations.values():
            if relation.kind == "notesSlide" and relation.target in self.package.parts:
                for noted in self._xml(relation.target).iter(P + "sp"):
                    place = noted.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
                    if place is None or place.get("type") not in ("sldNum", "sldImg"):
                        slide.notes += self._paragraphs(noted)
        notes = Passage()
        _add_paragraphs(slide.notes, notes)
        self.content.add(f"slide:{number}/notes", notes)
        return slide

    def _shapes(
        self,
        root: etree._Element,
        part: str,
        slide: Slide,
        frames: dict[tuple[str, str], tuple[int, int, int, int]],
        number: int,
        static: bool = False,
    ) -> None:
        locator = f"slide:{number}"
        for element in root.iter(P + "sp", P + "graphicFrame", P + "pic", P + "contentPart"):
            kind = local(element)
            place = element.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
            if static and place is not None:
                continue
            frame = _frame(element) or (frames.get(_key(place)) if place is not None else None)
            shape = Shape(frame or (457_200, 457_200, 8_229_600, 1_143_000))
            if kind == "sp":
                shape.paragraphs = self._paragraphs(element)
                filled = element.find(P + "spPr")
                if filled is not None and (fill := self._picture(filled, part)):
                    slide.shapes.append(Shape(shape.frame, picture=fill))
            elif kind == "pic":
                shape.picture = self._picture(element, part)
            elif [data.get("uri") for data in element.iter(A + "graphicData")] == [TABLE]:
                rows = (row.findall(A + "tc") for row in element.iter(A + "tr"))
                shape.rows = [[self._paragraphs(cell) for cell in row] for row in rows]
            else:
                self.content.obstruct(
                    "drawing",
                    "It holds a chart, diagram, embedded file or such: replace it by text.",
                    locator,
                )
            if shape.picture or shape.rows or any(p.runs for p in shape.paragraphs):
                slide.shapes.append(shape)

    def _paragraphs(self, element: etree._Element) -> list[Paragraph]:
        made: list[Paragraph] = []
        for source in element.iter(A + "p"):
            runs: list[Run] = []
            for child in source:
                properties = child.find(A + "rPr")
                size = None if properties is None else _number(properties.get("sz"))
                bold = properties is not None and properties.get("b") in ("1", "true")
                if child.tag in (A + "r", A + "fld"):
                    runs.append(Run("".join(t.text or "" for t in child.iter(A + "t")), size, bold))
                elif child.tag == A + "br":
                    runs.append(Run("\n"))
                elif local(child) not in ("pPr", "endParaRPr") and any(True for _ in child.itertext()):
                    self.content.obstruct("unknown", "A text is of a kind that is not read: make it plain.")
            properties = source.find(A + "pPr")
            level = _number(properties.get("lvl")) if properties is not None else None
            made.append(Paragraph([run for run in runs if run.text], min(level or 0, 8)))
        return made

    def _picture(self, element: etree._Element, part: str) -> str:
        """Return the locator of the picture that an element shows, nothing where it shows none."""
        relations = self.package.relations(part)
        blips = list(element.iter(A + "blip"))
        for blip in blips:
            relation = relations.get(blip.get(R + "embed", ""))
            if relation is not None and relation.target in self.package.parts:
                if relation.target not in self.pictures:
                    locator = f"picture:{len(self.pictures) + 1}"
                    self.pictures[relation.target] = locator
                    name = posixpath.basename(relation.target)
                    self.content.members.append(Member(locator, name, self.package.parts[relation.target]))
                return self.pictures[relation.target]
        if blips:
            self.content.note("A picture that is not in the file itself is left out.")
        return ""

    def _say_the_rest(self) -> None:
        for name in self.package.parts:
            for relation in self.package.relations(name).values():
                if relation.external:
                    self._say("links", relation.target)
        kept_out = [name for name in self.package.parts if name not in self.pictures]
        if any(name.startswith(("ppt/media/", "ppt/embeddings/")) for name in kept_out):
            self.content.note("Sound, film, embedded files and pictures that no slide shows are left out.")
        for where, lines in self.said.items():
            self.content.hide(where, "\n".join(dict.fromkeys(lines)))
        self.content.hide("package", self.package.package.remarks)
        others = [n for n in self.package.parts if n not in self.read and not _NOT_SAID.fullmatch(n)]
        self.content.hide("part-names", "\n".join(n for n in others if re.search(r"\d{3}", n)))
        for number, name in enumerate(others, 1):
            if is_xml(self.package, name):
                self.content.hide(f"part:{number}", all_said(self.package, name))


def _add_paragraphs(paragraphs: list[Paragraph], passage: Passage) -> None:
    for paragraph in paragraphs:
        for run in paragraph.runs:
            passage.add(run.text, run)
        if paragraph.runs:
            passage.add("\n")


def _cell(paragraphs: list[Paragraph]) -> Passage:
    passage = Passage()
    for number, paragraph in enumerate(paragraphs):
        passage.add("\n" if number else "")
        for run in paragraph.runs:
            passage.add(run.text, run)
    return passage


def _number(value: str | None) -> int | None:
    return int(value) if value and re.fullmatch(r"-?\d{1,9}", value) and abs(int(value)) < _LARGEST else None


def _frame(element: etree._Element) -> tuple[int, int, int, int] | None:
    for transform in element.iter(A + "xfrm", P + "xfrm"):
        place, size = transform.find(A + "off"), transform.find(A + "ext")
        if place is not None and size is not None:
            x, y = _number(place.get("x")), _number(place.get("y"))
            width, height = _number(size.get("cx")), _number(size.get("cy"))
            if x is not None and y is not None and width is not None and height is not None:
                return x, y, abs(width), abs(height)
    return None


def _key(place: etree._Element | None) -> tuple[str, str]:
    if place is None:
        return "", ""
    kind = place.get("type", "body")
    return {"ctrTitle": "title", "subTitle": "body", "obj": "body"}.get(kind, kind), place.get("idx", "0")


def _frames(backgrounds: list[etree._Element]) -> dict[tuple[str, str], tuple[int, int, int, int]]:
    """Return where placeholders stand that say so in the layout or its master only."""
    frames: dict[tuple[str, str], tuple[int, int, int, int]] = {}
    for background in backgrounds:
        for shape in background.iter(P + "sp"):
            place, frame = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph"), _frame(shape)
            if place is not None and frame is not None:
                frames.setdefault(_key(place), frame)
    return frames
