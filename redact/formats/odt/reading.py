"""Reading an OpenDocument text: what a reader sees becomes a new tree, all else is told on the side."""

import posixpath
import re
from dataclasses import dataclass, field

from lxml import etree

from redact.document import Member
from redact.errors import FormatError
from redact.formats.markup import local, parse_xml, remarks, spoken, told
from redact.formats.package import Package
from redact.formats.passage import Content, Passage
from redact.formats.tables import lay_out
from redact.formats.tree import Node, Text

_NS = "{urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TEXT, TABLE, STYLE, DRAW, MANIFEST = (
    f"{_NS}{name}:1.0}}" for name in ("office", "text", "table", "style", "drawing", "manifest")
)
HREF = "{http://www.w3.org/1999/xlink}href"
_KEPT = {
    **{f"{TEXT}{name}": f"text:{name}" for name in ("p", "h", "span", "list", "list-item", "list-header")},
    **{f"{TEXT}{name}": f"text:{name}" for name in ("note", "note-citation", "note-body", "page-number")},
    **{
        f"{TABLE}{name}": f"table:{name}"
        for name in ("table", "table-row", "table-cell", "covered-table-cell")
    },
    **{f"{TABLE}{name}": f"table:{name}" for name in ("table-column", "table-header-rows", "table-rows")},
}
_NUMBERS = frozenset(
    {
        f"{TABLE}{name}"
        for name in ("number-columns-spanned", "number-rows-spanned", "number-columns-repeated")
    }
    | {f"{TEXT}outline-level"}
)
_HIDDEN = frozenset({f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph"})
_DROPPED = frozenset(
    {f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{OFFICE}annotation-end", f"{TEXT}soft-page-break"}
    | {
        f"{TEXT}{name}"
        for name in ("sequence-decls", "variable-decls", "user-field-decls", "dde-connection-decls")
    }
    | {f"{OFFICE}forms", f"{OFFICE}event-listeners", f"{OFFICE}scripts", f"{OFFICE}settings"}
    | {f"{TEXT}{name}-source" for name in ("table-of-content", "alphabetical-index", "illustration-index")}
    | {
        f"{TEXT}{name}-source"
        for name in ("table-index", "object-index", "user-index", "bibliography", "section")
    }
)
_OF_LOOKS = frozenset(
    {"style-name", "outline-level", "anchor-type", "z-index", "width", "height", "x", "y", "rel-width", "c"}
    | {"value-type", "note-class", "id", "continue-numbering", "type", "show", "actuate", "protected"}
    | {f"number-{kind}" for kind in ("columns-spanned", "rows-spanned", "columns-repeated")}
)
"""Attributes that say nothing of anybody."""
_DEEPEST = 100


@dataclass(slots=True)
class Opened:
    """An OpenDocument text as it was read."""

    content: Content
    body: Node = field(default_factory=lambda: Node("office:text"))
    header: Node | None = None
    footer: Node | None = None

    @classmethod
    def of(cls, data: bytes) -> "Opened":
        """Open a package; raises ``FormatError`` where it is malformed, hostile or too large."""
        return _Reader(Package.read(data)).opened()


class _Reader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.content = Content()
        self.said: dict[str, list[str]] = {}
        self.hiding: set[str] = set()
        self.pictures: dict[str, str] = {}

    def opened(self) -> Opened:
        opened, parts = Opened(self.content), self.package.parts
        if "META-INF/manifest.xml" in parts and b"encryption-data" in parts["META-INF/manifest.xml"]:
            raise FormatError("It is under a password: submit it without one.")
        if any(name.startswith(("Basic/", "Scripts/")) for name in parts):
            self.content.obstruct("macros", "It holds macros: save it without them.")
        roots = [self._xml(name) for name in ("content.xml", "styles.xml")]
        self.hiding = {
            style.get(f"{STYLE}name", "")
            for root in roots
            for style in root.iter(f"{STYLE}style")
            for properties in style.findall(f"{STYLE}text-properties")
            if properties.get(f"{TEXT}display") == "none"
        }
        body = roots[0].find(f"{OFFICE}body/{OFFICE}text")
        if body is None:
            raise FormatError("It is an OpenDocument text without a body: save it anew.")
        self._rebuild(body, opened.body, 0)
        _hoist(opened.body, opened.body)
        self._add("body", opened.body)
        self._margins(roots[1], opened)
        for root in roots:
            self._say_styles(root)
        self._say_the_rest()
        return opened

    def _say_styles(self, root: etree._Element) -> None:
        """Say what styles hold that is not written, such as the words before a number."""
        for styles in (*root.iter(f"{OFFICE}styles", f"{OFFICE}automatic-styles", f"{OFFICE}master-styles"),):
            self._say("styles", spoken(styles))
            for element in styles.iter():
                if not any(
                    str(e.tag).startswith(STYLE) for e in element.iterancestors(f"{STYLE}master-page")
                ):
                    self._say("styles", (element.text or "").strip())

    def _xml(self, name: str) -> etree._Element:
        if name not in self.package.parts:
            raise FormatError("A part of the document is missing: save it anew.")
        root = parse_xml(self.package.parts[name])
        self._say("markup-comments", "\n".join(remarks(root)))
        etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
        return root

    def _say(self, where: str, text: str) -> None:
        if text.strip() and text not in self.said.setdefault(where, []):
            self.said[where].append(text)

    def _add(self, locator: str, node: Node) -> None:
        passage = Passage()
        _lay_out(node, passage)
        self.content.add(locator, passage)

    def _margins(self, styles: etree._Element, opened: Opened) -> None:
        for number, margin in enumerate(styles.iter(), 1):
            name = local(margin)
            if str(margin.tag).startswith(STYLE) and re.fullmatch(r"(header|footer)(-left|-first)?", name):
                node = Node(f"style:{name[:6]}")
                self._rebuild(margin, node, 0)
                _hoist(node, node)
                if name == "header" and opened.header is None:
                    opened.header = node
                    self._add("header", node)
                elif name == "footer" and opened.footer is None:
                    opened.footer = node
                    self._add("footer", node)
                else:
                    passage = Passage()
                    _lay_out(node, passage)
                    self.content.hide(f"margin:{number}", passage.text)
                    self.content.note("Headers and footers of other page styles are left out.")

    def _rebuild(self, source: etree._Element, target: Node, depth: int) -> None:
        if depth > _DEEPEST:
            raise FormatError("It is nested too deeply: save it anew.")
        after: list[Node | Text] = []
        self._append(target, source.text)
        for child in source:
            self._child(child, target, after, depth)
            self._append(target, child.tail)
        if after:
            # Text boxes follow the paragraph that they hang on, so they are set apart by the caller.
            target.children += [Node("boxes", {}, after)]

    def _append(self, target: Node, text: str | None) -> None:
        if target.tag in ("text:p", "text:h", "text:span", "text:note-citation", "text:page-number", "box"):
            target.children += [Text(re.sub(r"[ \t\r\n]+", " ", text))] if text else []
        else:
            self._say("not-shown", text or "")

    def _child(self, child: etree._Element, target: Node, after: list["Node | Text"], depth: int) -> None:
        tag = str(child.tag)
        self._say_attributes(child)
        if self._is_hidden(child):
            self._say("hidden-text", _flat(child))
            self.content.note("Hidden text is left out.")
        elif tag in _DROPPED:
            self._say("deleted-and-comments", f"{told(child)}\n{_flat(child)}")
        elif tag == f"{TEXT}s":
            count = child.get(f"{TEXT}c", "1")
            target.children.append(Text(" " * (int(count) if re.fullmatch(r"\d{1,4}", count) else 1)))
        elif tag in (f"{TEXT}tab", f"{TEXT}line-break"):
            target.children.append(Text("\t" if tag.endswith("tab") else "\n"))
        elif tag.startswith(DRAW):
            self._drawing(child, target, after, depth)
        elif tag in _KEPT:
            numbers = {key: child.get(key, "") for key in _NUMBERS}
            if re.fullmatch(r"\d{4,}", numbers[f"{TABLE}number-columns-repeated"]):
                raise FormatError("It holds a table of more columns than are read here.")
            kept = {
                ("table:" if key.startswith(TABLE) else "text:") + key.rpartition("}")[2]: value
                for key, value in numbers.items()
                if re.fullmatch(r"[1-9]\d{0,2}", value)
            }
            if tag == f"{TEXT}note":
                kind = child.get(f"{TEXT}note-class")
                kept["text:note-class"] = "endnote" if kind == "endnote" else "footnote"
            node = Node(_KEPT[tag], kept)
            target.children.append(node)
            self._rebuild(child, node, depth + 1)
            if node.tag in ("text:p", "text:h"):
                _hoist(node, target)
        elif tag.startswith((TEXT, OFFICE, TABLE)):
            self._rebuild(child, target, depth + 1)
        elif local(child) in ("title", "desc"):
            self._say("alt-text", "".join(map(str, child.itertext())))
        elif "".join(map(str, child.itertext())).strip():
            self.content.obstruct(
                "unknown", "A part of the text is of a kind that is not read here: simplify it."
            )

    def _drawing(self, child: etree._Element, target: Node, after: list["Node | Text"], depth: int) -> None:
        name = local(child)
        if name in ("object", "object-ole", "applet", "plugin", "floating-frame", "control"):
            self.content.obstruct(
                "embedded-object", "It holds an embedded file, chart or control: submit it alone."
            )
        elif name == "image":
            href = posixpath.normpath(child.get(HREF, ""))
            if href not in self.package.parts:
                self.content.note("A picture that is not in the file itself is left out.")
                return
            if href not in self.pictures:
                self.pictures[href] = f"picture:{len(self.pictures) + 1}"
                member = Member(self.pictures[href], posixpath.basename(href), self.package.parts[href])
                self.content.members.append(member)
            after.append(Node("text:p", {}, [Node("picture", {"member": self.pictures[href]})]))
        else:
            if name not in ("frame", "text-box"):
                self.content.note("Drawn shapes are left out, their text is kept.")
            box = Node("box")
            self._rebuild(child, box, depth + 1)
            _hoist(box, box)
            after += [node for node in box.children if isinstance(node, Node)]
            if any(isinstance(node, Text) and node.text.strip() for node in box.children):
                self.content.obstruct("unknown", "A drawing holds text that is not read here: simplify it.")

    def _is_hidden(self, child: etree._Element) -> bool:
        styled = child.get(f"{TEXT}style-name") in self.hiding and child.get(f"{TEXT}style-name") is not None
        return styled or child.tag in _HIDDEN or child.get(f"{TEXT}display") in ("none", "condition")

    def _say_attributes(self, child: etree._Element) -> None:
        for key, value in child.attrib.items():
            name = str(key).rpartition("}")[2]
            if name not in _OF_LOOKS:
                self._say("attributes", f"{name}: {value!s}")

    def _say_the_rest(self) -> None:
        for where, lines in self.said.items():
            self.content.hide(where, "\n".join(lines))
        self.content.hide("package", self.package.remarks)
        kept_out = [name for name in self.package.parts if name not in self.pictures]
        if any(name.startswith(("Pictures/", "Object")) for name in kept_out):
            self.content.note("Embedded files and pictures that no text shows are left out.")
        self.content.hide("part-names", "\n".join(n for n in self.package.parts if re.search(r"\d{3}", n)))
        for number, (name, part) in enumerate(self.package.parts.items(), 1):
            if name not in ("content.xml", "styles.xml") and part[:100].lstrip(
                b"\xef\xbb\xbf \r\n"
            ).startswith(b"<"):
                root = parse_xml(part)
                # The names of settings are those of the program, and read like somebody's.
                own = "\n".join(map(str, root.itertext())) if name.endswith("settings.xml") else told(root)
                self.content.hide(f"part:{number}", re.sub(r"^(true|false|-?\d{0,8})\n", "", own, flags=re.M))


def _hoist(paragraph: Node, target: Node) -> None:
    """Move the text boxes of a paragraph behind it."""
    boxes: list[Node | Text] = []

    def take(node: Node) -> None:
        for child in list(node.children):
            if isinstance(child, Node):
                take(child)
                if child.tag == "boxes":
                    node.children.remove(child)
                    boxes.extend(child.children)

    take(paragraph)
    target.children += boxes


def _flat(element: etree._Element) -> str:
    paragraphs = list(element.iter(f"{TEXT}p", f"{TEXT}h")) or [element]
    return "\n".join("".join(map(str, p.itertext())) for p in paragraphs)


def _lay_out(node: Node, passage: Passage) -> None:
    for child in node.children:
        if isinstance(child, Text):
            passage.add(child.text, child)
        elif child.tag == "table:table":
            passage.extend(lay_out(_rows(child)))
        elif child.tag == "text:note":
            passage.add(" (")
            _lay_out(child, passage)
            passage.add(") ")
        else:
            _lay_out(child, passage)
            if child.tag in ("text:p", "text:h"):
                passage.add("\n")
            elif child.tag == "text:note-citation":
                passage.add(". ")


def _rows(table: Node) -> list[list[Passage]]:
    rows: list[list[Passage]] = []
    for child in table.children:
        if isinstance(child, Node) and child.tag in ("table:table-header-rows", "table:table-rows"):
            rows += _rows(child)
        elif isinstance(child, Node) and child.tag == "table:table-row":
            row: list[Passage] = []
            for cell in child.children:
                text = Passage()
                if isinstance(cell, Node):
                    inner = [c for c in cell.children if isinstance(c, Node)]
                    _lay_out(inner[0] if len(inner) == 1 and inner[0].tag == "text:p" else cell, text)
                    row.append(text)
            rows.append(row)
    return rows
