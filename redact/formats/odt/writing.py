"""Writing an OpenDocument text anew."""

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape

from redact.formats.interface import Replacement, Written
from redact.formats.odt import MIMETYPE
from redact.formats.odt.reading import Opened
from redact.formats.package import PICTURE_TYPES, Package
from redact.formats.tree import Node, Text, markup

_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        **{name: name for name in ("office", "text", "table", "style", "meta", "manifest")},
        **{"draw": "drawing", "fo": "xsl-fo-compatible", "svg": "svg-compatible"},
    }.items()
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_BOX = ('<text:span text:style-name="Redaction">', "</text:span>")
_BLACK = (
    '<style:style style:name="Redaction" style:family="text">'
    '<style:text-properties fo:color="#ffffff" fo:background-color="#000000"/></style:style>'
)


def write(opened: Opened, members: Mapping[str, Replacement]) -> Written:
    """Return the package of a document whose redactions are made."""
    pictures: dict[str, str] = {}
    media: dict[str, bytes] = {}
    for member in opened.content.members:
        replacement = members.get(member.locator, Replacement(None))
        if replacement.data is not None and replacement.suffix.lower() in PICTURE_TYPES:
            pictures[member.locator] = f"Pictures/picture{len(media) + 1}{replacement.suffix.lower()}"
            media[pictures[member.locator]] = replacement.data
    for root in (opened.body, opened.header, opened.footer):
        if root is not None:
            _place(root, pictures, members)
    body = markup(opened.body, _BOX, spell=_spell)
    xlink = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
    content = (
        f'{_HEAD}<office:document-content {_NAMES} {xlink} office:version="1.3"><office:automatic-styles>'
        f"{_BLACK}"
        f"</office:automatic-styles><office:body>{body}</office:body></office:document-content>"
    )
    margins = "".join(
        markup(margin, _BOX, spell=_spell) for margin in (opened.header, opened.footer) if margin is not None
    )
    styles = (
        f'{_HEAD}<office:document-styles {_NAMES} {xlink} office:version="1.3"><office:automatic-styles>'
        f"{_BLACK}"
        '<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="8.5in"'
        ' fo:page-height="11in" fo:margin="1in"/></style:page-layout></office:automatic-styles>'
        '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Page">'
        f"{margins}</style:master-page></office:master-styles></office:document-styles>"
    )
    parts = {"content.xml": content.encode(), "styles.xml": styles.encode(), **media}
    kinds = {"/": MIMETYPE.decode(), "content.xml": "text/xml", "styles.xml": "text/xml"}
    kinds |= {name: PICTURE_TYPES["." + name.rpartition(".")[2]] for name in media}
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in kinds.items()
    )
    manifest = f'{_HEAD}<manifest:manifest {_NAMES} manifest:version="1.3">{entries}</manifest:manifest>'
    head = {"mimetype": MIMETYPE, "META-INF/manifest.xml": manifest.encode()}
    return Written(Package.write({**head, **parts}), tuple(opened.content.notes))


def _place(node: Node, pictures: Mapping[str, str], members: Mapping[str, Replacement]) -> None:
    for number, child in enumerate(node.children):
        if isinstance(child, Text):
            continue
        _place(child, pictures, members)
        if child.tag == "picture":
            locator = child.attributes["member"]
            if locator in pictures:
                image = Node("draw:image", {"xlink:href": pictures[locator], "xlink:type": "simple"})
                size = {"text:anchor-type": "as-char", "svg:width": "4in", "svg:height": "3in"}
                node.children[number] = Node("draw:frame", size, [image])
            else:
                notice = f"{locator}: {members.get(locator, Replacement(None)).notice}"
                node.children[number] = Text(notice, [(notice, True)])


def _spell(text: str) -> str:
    spelt = re.sub(" {2,}", lambda found: f' <text:s text:c="{len(found[0]) - 1}"/>', escape(text))
    return spelt.replace("\t", "<text:tab/>").replace("\n", "<text:line-break/>")
