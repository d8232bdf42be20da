"""Writing a Word package anew from clean parts."""

from collections.abc import Mapping

from lxml import etree

from redact.formats.docx.drawings import PICTURE, WP
from redact.formats.docx.layout import box
from redact.formats.docx.reading import Opened
from redact.formats.docx.vocabulary import W
from redact.formats.drawingml import A, R, add_picture
from redact.formats.interface import Replacement, Written
from redact.formats.markup import serialize
from redact.formats.ooxml import CONTENT_TYPES, content_types, relationships
from redact.formats.package import PICTURE_TYPES, Package

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"


def write(opened: Opened, members: Mapping[str, Replacement]) -> Written:
    """Return the package of a document whose redactions are made."""
    return _Writer(opened, members).written()


class _Writer:
    def __init__(self, opened: Opened, members: Mapping[str, Replacement]) -> None:
        self.opened = opened
        self.members = members
        self.notes = list(opened.content.notes)
        self.types: dict[str, str] = {}
        self.parts: dict[str, bytes] = {}
        self.media: dict[str, str] = {}
        """Name of the part in ``word/`` by locator of the member."""

    def written(self) -> Written:
        opened = self.opened
        main: list[tuple[str, str]] = []
        for number, (kind, margin) in enumerate(opened.margins):
            self._add(f"{kind}{number + 1}.xml", margin, kind)
            main.append((kind, f"{kind}{number + 1}.xml"))
        for section, references in opened.sections:
            for pages, place in reversed(references):
                kind = opened.margins[place][0]
                reference = etree.Element(
                    f"{W}{kind}Reference", {W + "type": pages, R + "id": f"rId{place + 1}"}
                )
                section.insert(0, reference)
        for part, root in (("styles", opened.styles), ("numbering", opened.numbering)):
            if root is not None:
                self._add(f"{part}.xml", root, part)
                main.append((part, f"{part}.xml"))
        for kind, root in opened.notes.items():
            self._add(f"{kind}s.xml", root, f"{kind}s")
            main.append((f"{kind}s", f"{kind}s.xml"))
        self._add("settings.xml", self._settings(), "settings")
        main.append(("settings", "settings.xml"))
        document = etree.Element(W + "document", nsmap={"w": W[1:-1], "r": R[1:-1]})
        document.append(opened.body)
        self._add("document.xml", document, "document.main", main)
        head = {
            CONTENT_TYPES: content_types(self.types, {s[1:]: kind for s, kind in PICTURE_TYPES.items()}),
            "_rels/.rels": relationships([("rId1", _OFFICE + "officeDocument", "word/document.xml")]),
        }
        return Written(Package.write({**head, **dict(sorted(self.parts.items()))}), tuple(self.notes))

    def _add(
        self, name: str, root: etree._Element, kind: str, relations: list[tuple[str, str]] | None = None
    ) -> None:
        relations = relations or []
        self._place_pictures(root, relations)
        self.parts[f"word/{name}"] = serialize(root)
        self.types[f"word/{name}"] = f"{_WORD}{kind}+xml"
        if relations:
            self.parts[f"word/_rels/{name}.rels"] = relationships(
                [(f"rId{n}", _OFFICE + relation, target) for n, (relation, target) in enumerate(relations, 1)]
            )

    def _place_pictures(self, root: etree._Element, relations: list[tuple[str, str]]) -> None:
        for number, placeholder in enumerate(list(root.iter(PICTURE)), 1):
            locator = placeholder.get("member", "")
            member = self.members.get(locator, Replacement(None))
            run = placeholder.getparent()
            paragraph = None if run is None else run.getparent()
            if run is None or paragraph is None:
                raise ValueError("a picture outside of a run")
            if member.data is None or member.suffix.lower() not in PICTURE_TYPES:
                paragraph.replace(run, box(f"{locator}: {member.notice}"))
                continue
            if locator not in self.media:
                self.media[locator] = f"media/picture{len(self.media) + 1}{member.suffix.lower()}"
                self.parts[f"word/{self.media[locator]}"] = member.data
            relations.append(("image", self.media[locator]))
            size = (placeholder.get("cx", ""), placeholder.get("cy", ""))
            run.replace(placeholder, _inline(f"rId{len(relations)}", number, size))

    def _settings(self) -> etree._Element:
        settings = etree.Element(W + "settings", nsmap={"w": W[1:-1]})
        if self.opened.even_and_odd:
            etree.SubElement(settings, W + "evenAndOddHeaders")
        for kind in self.opened.notes:
            separators = etree.SubElement(settings, f"{W}{kind}Pr")
            for note in self.opened.notes[kind]:
                if note.get(W + "type") is not None:
                    etree.SubElement(separators, W + kind, {W + "id": note.get(W + "id", "")})
        compat = etree.SubElement(settings, W + "compat")
        etree.SubElement(
            compat,
            W + "compatSetting",
            {
                W + "name": "compatibilityMode",
                W + "uri": "http://schemas.microsoft.com/office/word",
                W + "val": "15",
            },
        )
        return settings


def _inline(relation: str, number: int, size: tuple[str, str]) -> etree._Element:
    """Return a picture in line with the text (ECMA-376, part 1, 20.4.2.8)."""
    drawing = etree.Element(W + "drawing", nsmap={"wp": WP[1:-1], "a": A[1:-1], "pic": _PIC[1:-1]})
    inline = etree.SubElement(drawing, WP + "inline")
    extent = {"cx": size[0], "cy": size[1]}
    etree.SubElement(inline, WP + "extent", extent)
    etree.SubElement(inline, WP + "docPr", id=str(number), name=f"Picture {number}")
    data = etree.SubElement(etree.SubElement(inline, A + "graphic"), A + "graphicData", uri=_PIC[1:-1])
    add_picture(data, _PIC, number, relation, extent)
    return drawing
