"""XML as it comes in: parsed without entities, document types or network, and told as text."""

import html
import re
from collections.abc import Iterator

from lxml import etree

from redact.errors import FormatError

MOST_TAGS = 4_000_000
"""Of one XML file: a tree of that many takes some 500 MB."""

_BLOCK_END = re.compile(r"</(?:[\w.-]+:)?(?:p|h|tc|table-cell|c|v|si|row|tr|td|th|li|div)>")
_TAG = re.compile(r"<[^>]*>")
_PLAIN_VALUE = re.compile(
    r"[-+]?\d{0,8}(\.\d{0,8})?[a-zA-Z%]{0,2}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8}|\{?[0-9A-Fa-f-]{36}\}?"
    r"|true|false|[a-z]+([A-Z][a-z]*)+|(application|text|image|video|audio)/[a-z.+-]+|[a-z]{2}-[A-Z]{2}"
    r"|(accent|light|dark|background|text|bg|tx|lt|dk)\d|hyperlink"
    r"|([A-Z][a-z]+ ){1,3}Placeholder \d{1,4}"
)
"""Values that say nothing: short numbers, measures, colours, revision numbers, GUIDs, words of programs,
types, languages, names that programs give."""
_SPEAKS = re.compile(r"[\s@_]|\d{3}")
_OF_LOOKS = re.compile(r"typeface|panose|font-|style-name|page-name|^uri$")
"""Names of attributes that name fonts, styles and vocabularies."""
_VOCABULARY_ADDRESS = re.compile(
    r"https?://(schemas\.(openxmlformats|microsoft)\.(org|com)|purl\.oclc\.org|www\.w3\.org|purl\.org)/\S*"
)


def parse_xml(data: bytes) -> etree._Element:
    """Return the root of an XML file.

    Raises ``FormatError`` where it is malformed, declares a document type (entities, external files), has
    more than ``MOST_TAGS`` or is deeper than 256 levels or has a text of more than 10 MB.
    """
    if data.count(b"<") > MOST_TAGS:
        raise FormatError("It has more elements than are read here: split it.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        raise FormatError("It holds malformed XML: save it anew.") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise FormatError("It holds XML with a document type declaration, which is not read here.")
    return root


def recover_xml(data: bytes) -> etree._Element | None:
    """Return the root of what can be made of malformed XML, to search it, or None if that is nothing."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        return None


def serialize(root: etree._Element) -> bytes:
    """Return the bytes of an XML file, in UTF-8 with its declaration."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace; empty for a comment or processing instruction."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def remarks(root: etree._Element) -> Iterator[str]:
    """Yield the comments and processing instructions around and inside ``root``."""
    outside = [*root.itersiblings(preceding=True), *root.itersiblings()]
    for node in [*outside, *root.iter(etree.Comment, etree.ProcessingInstruction)]:
        yield node.text or ""


def untagged(text: str) -> str:
    """Return XML or HTML without tags: paragraphs, cells and rows on lines of their own, runs joined."""
    return html.unescape(_TAG.sub("", _BLOCK_END.sub("\n", text)))


def told(root: etree._Element) -> str:
    """Return all that an XML file says, a line each: ``name: text`` of elements and attributes, comments.

    Values that say nothing (short numbers, colours, revision numbers) are left out.
    """
    lines: list[str] = []
    for element in root.iter():
        if not isinstance(element.tag, str):
            lines.append(element.text or "")
        else:
            name = local(element)
            for key, value in element.attrib.items():
                lines += _line(str(key).rpartition("}")[2] if key != "val" else name, str(value))
            lines += _line(name, element.text)
        lines += _line("", element.tail)
    lines += [note for note in remarks(root) if note not in lines]
    return "\n".join(line for line in lines if line.strip())


def spoken(root: etree._Element) -> str:
    """Return the attributes that may say something of somebody, a line each: ``name: value``.

    Words of a vocabulary stand alone and have no digits; those are left out.
    """
    lines = (
        line
        for element in root.iter()
        for name, value in ((str(key).rpartition("}")[2], str(v)) for key, v in element.attrib.items())
        if _SPEAKS.search(value) and not _OF_LOOKS.search(name)
        for line in _line(name, value)
    )
    return "\n".join(dict.fromkeys(lines))


def _line(name: str, value: str | None) -> list[str]:
    value = (value or "").strip()
    if name in ("id", "creationId") and value.isdecimal():
        return []
    if not value or _PLAIN_VALUE.fullmatch(value) or _VOCABULARY_ADDRESS.fullmatch(value):
        return []
    return [f"{name}: {value}" if name else value]
