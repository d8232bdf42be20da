"""Properties of paragraphs, runs and tables: copied by allow-list, styles and fonts under safe names."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from redact.formats.docx.vocabulary import FONTS, PROPERTIES, STYLE_NAMES, W, allowed, plain_level, words
from redact.formats.markup import local
from redact.formats.passage import Content, Cut, Passage, cut

_STYLE_REFERENCES = words(
    """
    pStyle rStyle tblStyle basedOn next link styleLink numStyleLink
    """
)
_FONT_ATTRIBUTES = ("ascii", "hAnsi", "cs", "eastAsia")
_OFF = frozenset({"0", "false", "off"})
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def toggled(properties: etree._Element | None, name: str) -> bool | None:
    """Return whether a toggle property is on or off, or None where it is not given."""
    found = None if properties is None else properties.find(W + name)
    return None if found is None else found.get(W + "val", "1") not in _OFF


@dataclass(slots=True)
class Properties:
    """What the properties of one document refer to: its styles and fonts."""

    styles: dict[str, str] = field(default_factory=dict)
    """Written style id by the document's own."""
    hiding: frozenset[str] = frozenset()
    """The document's own ids of styles that hide their text."""
    theme: dict[str, str] = field(default_factory=dict)
    """Font by theme, ``major`` and ``minor``."""

    @classmethod
    def of(cls, styles: etree._Element | None, theme: etree._Element | None) -> "Properties":
        """Gather them from the parts of styles and theme."""
        found = cls()
        if theme is not None:
            for name in ("major", "minor"):
                latin = theme.find(f".//{_A}{name}Font/{_A}latin")
                if latin is not None:
                    found.theme[name] = latin.get("typeface", "")
        if styles is not None:
            elements = [e for e in styles.iter(W + "style") if e.get(W + "styleId")]
            found.styles = {e.get(W + "styleId", ""): f"s{number}" for number, e in enumerate(elements, 1)}
            found.hiding = _hiding(elements)
        return found

    def hides(self, run: etree._Element, paragraph: etree._Element | None) -> bool:
        """Whether a run is hidden text, by itself or by its style or its paragraph's."""
        properties = run.find(W + "rPr")
        direct = toggled(properties, "vanish")
        if direct is not None:
            return direct
        referring = [] if properties is None else properties.findall(W + "rStyle")
        if paragraph is not None:
            referring += paragraph.findall(f"{W}pPr/{W}pStyle")
        return any(e.get(W + "val", "") in self.hiding for e in referring)

    def clean(self, element: etree._Element) -> etree._Element:
        """Return a copy of a properties element with what is allowed of it."""
        copy = etree.Element(element.tag, nsmap={"w": W[1:-1]})
        self._copy_attributes(element, copy)
        for child in element:
            if isinstance(child.tag, str) and child.tag.startswith(W) and local(child) in PROPERTIES:
                copy.append(self.clean(child))
        return copy

    def _copy_attributes(self, element: etree._Element, copy: etree._Element) -> None:
        name = local(element)
        if name in _STYLE_REFERENCES:
            style = self.styles.get(element.get(W + "val", ""))
            if style:
                copy.set(W + "val", style)
        elif name == "rFonts":
            for attribute in _FONT_ATTRIBUTES:
                theme = element.get(f"{W}{'cstheme' if attribute == 'cs' else attribute + 'Theme'}", "")[:5]
                font = self.theme.get(theme) or element.get(W + attribute, "")
                if font in FONTS:
                    copy.set(W + attribute, font)
        else:
            for key, value in element.attrib.items():
                if str(key).startswith(W) and allowed(str(value)):
                    copy.set(key, value)

    def clean_styles(self, root: etree._Element) -> etree._Element:
        """Return the part of styles with what is allowed of it; styles are renamed, save built-in ones."""
        clean = etree.Element(W + "styles", nsmap={"w": W[1:-1]})
        defaults = root.find(W + "docDefaults")
        if defaults is not None:
            clean.append(self.clean(defaults))
        for style in root.iter(W + "style"):
            id = self.styles.get(style.get(W + "styleId", ""))
            if id is None:
                continue
            copy = self.clean(style)
            copy.set(W + "styleId", id)
            names = [e.get(W + "val", "") for e in style.findall(W + "name")]
            name = names[0] if names and names[0] in STYLE_NAMES else f"Style {id}"
            copy.insert(0, etree.Element(W + "name", {W + "val": name}))
            clean.append(copy)
        return clean

    def clean_numbering(self, root: etree._Element, content: Content) -> etree._Element:
        """Return the part of numbering with what is allowed of it.

        Text of a level that is more than numbers and bullets is taken into ``content`` at ``numbering``.
        """
        clean = etree.Element(W + "numbering", nsmap={"w": W[1:-1]})
        passage = Passage()
        for tag in ("abstractNum", "num"):
            for element in root.findall(W + tag):
                copy = self.clean(element)
                for level, source in zip(copy.iter(W + "lvl"), element.iter(W + "lvl"), strict=True):
                    for text in source.findall(W + "lvlText"):
                        value = text.get(W + "val", "")
                        kept = etree.SubElement(level, W + "lvlText", {W + "val": value})
                        if not plain_level(value):
                            passage.add(value, LevelText(kept))
                            passage.add("\n")
                    for pending in ("lvlJc", "pPr", "rPr"):
                        for late in level.findall(W + pending):
                            level.append(late)
                clean.append(copy)
        content.add("numbering", passage)
        return clean


@dataclass(frozen=True, slots=True)
class LevelText:
    """The text of a numbering level, such as ``Section %1``."""

    element: etree._Element

    def cut(self, cuts: Iterable[Cut]) -> None:
        """Replace what is cut by its marking."""
        self.element.set(W + "val", cut(self.element.get(W + "val", ""), cuts))


def _hiding(styles: list[etree._Element]) -> frozenset[str]:
    by_id = {style.get(W + "styleId", ""): style for style in styles}

    def lineage(style: etree._Element | None) -> Iterator[etree._Element]:
        seen: set[str] = set()
        while style is not None and style.get(W + "styleId", "") not in seen:
            seen.add(style.get(W + "styleId", ""))
            yield style
            based = style.find(W + "basedOn")
            style = None if based is None else by_id.get(based.get(W + "val", ""))

    def hides(style: etree._Element) -> bool:
        stated = (toggled(ancestor.find(W + "rPr"), "vanish") for ancestor in lineage(style))
        return next((state for state in stated if state is not None), False)

    return frozenset(id for id, style in by_id.items() if hides(style))


_DEFAULT_NAME = re.compile(r"[A-Za-z ]{1,24} ?\d{0,6}")


def is_default_name(name: str) -> bool:
    """Whether a drawing's name is one that programs give, such as ``Picture 3``."""
    return _DEFAULT_NAME.fullmatch(name) is not None and name.rstrip("0123456789 ") in {
        *(
            "Picture",
            "Text Box",
            "Textbox",
            "Rectangle",
            "Shape",
            "Image",
            "Graphic",
            "Group",
            "Straight Connector",
        ),
        *("Oval", "Line", "Chart", "Diagram", "Freeform", "Table", "Object"),
    }
