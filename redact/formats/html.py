"""HTML: rebuilt from what carries text and structure; scripts, comments, attributes are only searched."""

import re
from collections.abc import Iterable, Mapping, Sequence
from html.parser import HTMLParser

from lxml import etree
from lxml import html as lxml_html

from redact.document import Document, Obstacle
from redact.formats.interface import NO_MEMBERS, Reading, Replacement, Written
from redact.formats.markup import remarks, untagged
from redact.formats.passage import Content, Passage, require_same
from redact.formats.tables import lay_out
from redact.formats.text import decode
from redact.formats.tree import Node, Text, markup, remove
from redact.redaction import Redaction

_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt"),
        *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li"),
        *(
            "main",
            "nav",
            "ol",
            "p",
            "pre",
            "section",
            "table",
            "tbody",
            "td",
            "tfoot",
            "th",
            "thead",
            "title",
        ),
        *("tr", "ul", "fieldset", "legend", "details", "summary"),
    }
)
_INLINE = frozenset(
    {
        *(
            "a",
            "abbr",
            "b",
            "big",
            "br",
            "cite",
            "code",
            "del",
            "em",
            "font",
            "i",
            "ins",
            "kbd",
            "mark",
            "q",
            "s",
        ),
        *("samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr"),
    }
)
_RENAMED = {
    **dict.fromkeys(("font", "a", "big"), "span"),
    **dict.fromkeys(("form", "center", "textarea", "select", "option", "button"), "div"),
    **dict.fromkeys(("template", "noscript"), "div"),
}
_SAID_ONLY = frozenset(
    {"script", "style", "object", "applet", "embed", "link", "meta", "base", "source", "track"}
)
_VOID = frozenset({"br", "hr", "wbr"})
_NUMBERS = frozenset({"colspan", "rowspan", "start"})
_SPOKEN = frozenset(
    {"alt", "title", "href", "src", "content", "value", "placeholder", "label", "srcdoc", "summary"}
)
_SAYING = ("data-", "aria-", "on")
_SPEAKS = re.compile(r"[\s@_]|\d{3}")
"""What in a value may say something of somebody, which a word of a vocabulary does not."""
_CSS_TEXT = re.compile(r"['\"(]|/\*|--")
"""Where style holds more than words of CSS."""
_BOX = ('<span style="background:#000;color:#fff">', "</span>")
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_LOOKS_LIKE = re.compile(
    rb"\s*(<!--.{0,5000}?-->\s*|<\?xml[^>]*>\s*)*<(!doctype\s+html|html|head|body)\b", re.I | re.S
)
_DEEPEST = 200
MOST_PLACES = 400_000
"""Tags and attributes of one page."""
LARGEST = 20 * 2**20
"""Characters of one page."""


class Html:
    """HTML pages: text and tables kept; looks, links, scripts and pictures left out."""

    name = "html"
    suffix = ".html"

    def recognizes(self, data: bytes, name: str) -> bool:
        """Whether it begins as an HTML page does, or is text that is named as one."""
        start = data[:8000].removeprefix(b"\xef\xbb\xbf")
        if _LOOKS_LIKE.match(start):
            return True
        return name.lower().endswith((".html", ".htm", ".xhtml")) and not isinstance(decode(data), Obstacle)

    def read(self, data: bytes, name: str) -> Document:
        """Read the page as one segment, and what is not written as hidden ones."""
        return _open(data)[0].document(name, self.name, data)

    def write(
        self,
        data: bytes,
        document: Document,
        redactions: Sequence[Redaction],
        members: Mapping[str, Replacement] = NO_MEMBERS,
    ) -> Written:
        """Write the page anew, in UTF-8."""
        require_same(data, document)
        content, page = _open(data)
        remove(content.cuts(redactions))
        return Written(page_of(page).encode(), tuple(content.notes))

    def reread(self, data: bytes) -> Iterable[Reading]:
        """Read the text with the parser of the standard library, and the page as it is."""
        text = data.decode("utf-8")
        reader = _TextReader()
        reader.feed(text)
        reader.close()
        yield Reading("html.parser", "".join(reader.parts))
        yield Reading("characters", text, "raw")


def page_of(body: Node) -> str:
    """Return a whole page around a body that was rebuilt."""
    inner = markup(body, _BOX, _VOID)
    return f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head>{inner}</html>\n'


def take_in(source: str, content: Content, locator: str) -> Node:
    """Take an HTML page into ``content``, its text at ``locator``; return its body for ``page_of``."""
    if source.count("<") + source.count("=") > MOST_PLACES or len(source) > LARGEST:
        content.obstruct("too-large", "It holds more HTML than is read here: split it.", locator)
        return Node("body")
    # Programs put more behind the end, which browsers show and lxml does not.
    source = re.sub(r"</(?:body|html)\s*>", "", source, flags=re.I).rstrip()
    try:
        # A declared encoding means nothing any more for characters.
        root = lxml_html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", source) or "<p></p>")
    except (etree.LxmlError, ValueError, AssertionError):
        body = Node("body")
        content.obstruct("malformed", "It holds HTML that cannot be read: save it anew.", locator)
        return body
    reader = _TextReader()
    reader.feed(source)
    reader.close()
    if _letters("".join(map(str, root.itertext()))) < _letters("".join(reader.parts)):
        # Parsers stop at what is too deep or too broken, without a word.
        content.obstruct("malformed", "It holds HTML that readers read differently: save it anew.", locator)
    said: dict[str, list[str]] = {}
    said["comments"] = list(remarks(root))
    for element in root.iter():
        _say(element, said)
    for where, lines in said.items():
        content.hide(f"{locator}:{where}", "\n".join(lines))
    body = Node("body")
    _rebuild(root, body, content, locator, preformatted=False, depth=0)
    passage = Passage()
    _lay_out(body, passage)
    content.add(locator, passage)
    return body


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _open(data: bytes) -> tuple[Content, Node]:
    content = Content()
    source = _characters(data)
    if isinstance(source, Obstacle):
        content.obstacles.append(source)
        return content, Node("body")
    return content, take_in(source, content, "page")


def _characters(data: bytes) -> str | Obstacle:
    found = decode(data)
    declared = _DECLARED.search(data[:4096])
    if declared and (isinstance(found, Obstacle) or found.encoding == "cp1252"):
        try:
            text = data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            return Obstacle(
                "encoding", "Its characters are not in the encoding that it declares: save it anew."
            )
        found = decode(text.encode())
    return found if isinstance(found, Obstacle) else found.text


def _say(element: etree._Element, said: dict[str, list[str]]) -> None:
    if element.tag in _SAID_ONLY:
        said.setdefault("scripts", []).append(element.text or "")
    for key, value in element.attrib.items():
        name = str(key)
        speaks = _CSS_TEXT if name == "style" else _SPEAKS
        if len(value) < 100_000 and (
            name in _SPOKEN or name.startswith(_SAYING) or speaks.search(str(value))
        ):
            told = untagged(str(value)) if name == "srcdoc" else str(value)
            said.setdefault("attributes", []).append(f"{name.removeprefix('data-')}: {told}")


def _rebuild(
    source: etree._Element, parent: Node, content: Content, locator: str, *, preformatted: bool, depth: int
) -> None:
    if depth > _DEEPEST:
        content.obstruct("malformed", "It holds HTML that is nested too deeply: save it anew.", locator)
        return
    name = source.tag if isinstance(source.tag, str) else ""
    node = parent
    preformatted = preformatted or name == "pre"
    if name in _SAID_ONLY or not name:
        pass
    elif name in ("img", "svg", "canvas", "video", "audio", "picture", "iframe", "frame"):
        if (source.get("src") or "").startswith("data:") or name in ("svg", "canvas"):
            content.obstruct("picture", "It holds a picture, which cannot be searched: review it.", locator)
        else:
            content.note("Pictures that are only referred to are left out.")
    else:
        if name == "input":
            _add_text(parent, source.get("value") or "" if source.get("type") != "hidden" else "", False)
        if (name in _BLOCKS or name in _INLINE or name in _RENAMED) and name not in ("html", "body"):
            numbers = {key: source.get(key) or "" for key in _NUMBERS}
            kept = {key: value for key, value in numbers.items() if re.fullmatch(r"[1-9]\d{0,3}", value)}
            node = Node(_RENAMED.get(name, name), kept)
            if name == "title":
                node.tag = "h1"
            parent.children.append(node)
        _add_text(node, source.text or "", preformatted)
        for child in source:
            _rebuild(child, node, content, locator, preformatted=preformatted, depth=depth + 1)
            _add_text(node, child.tail or "", preformatted)


def _add_text(node: Node, text: str, preformatted: bool) -> None:
    shown = text if preformatted else re.sub(r"[ \t\r\n\f]+", " ", text)
    before = node.children[-1] if node.children else None
    if not preformatted and isinstance(before, Text) and before.text.endswith(" "):
        shown = shown.lstrip(" ")
    if shown:
        node.children.append(Text(shown))


def _lay_out(node: Node, passage: Passage) -> None:
    for child in node.children:
        if isinstance(child, Text):
            passage.add(child.text, child)
        elif child.tag == "table":
            passage.add("\n")
            passage.extend(lay_out(_grid(child)))
        else:
            if child.tag in ("br", "hr"):
                passage.add("\n")
            _lay_out(child, passage)
            if child.tag in _BLOCKS:
                passage.add("\n")


def _grid(table: Node) -> list[list[Passage]]:
    rows: list[list[Passage]] = []
    for child in table.children:
        if isinstance(child, Node) and child.tag == "tr":
            row: list[Passage] = []
            for cell in child.children:
                text = Passage()
                if isinstance(cell, Text):
                    text.add(cell.text, cell)
                    row += [text] if text else []
                    continue
                _lay_out(cell, text)
                row += [
                    text,
                    *(Passage() for _ in range(min(int(cell.attributes.get("colspan", "1")), 64) - 1)),
                ]
            rows.append(row)
        elif isinstance(child, Node) and child.tag in ("thead", "tbody", "tfoot"):
            rows += _grid(child)
        elif isinstance(child, Text):
            stray = Passage()
            stray.add(child.text, child)
            rows += [[stray]] if stray else []
        else:
            inner = Passage()
            _lay_out(child, inner)
            rows.append([inner])
    return rows


class _TextReader(HTMLParser):
    """All text of a page, blocks on lines of their own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS or tag == "br":
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")
