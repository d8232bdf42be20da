"""Office Open XML packages (ECMA-376, part 2): parts, their content types and relationships."""

import posixpath
from dataclasses import dataclass, field

from lxml import etree

from redact.errors import FormatError
from redact.formats.markup import local, parse_xml, recover_xml, serialize, told, untagged
from redact.formats.package import Package

CONTENT_TYPES = "[Content_Types].xml"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
OFFICE_DOCUMENT = "officeDocument"
_PARAGRAPHS = frozenset({"p", "si", "is", "text"})
_TEXTS = frozenset({"t", "delText", "instrText", "delInstrText"})


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship of a part: to another part, or to something outside."""

    id: str
    kind: str
    """The last step of its type's address, such as ``image``."""
    target: str = field(repr=False)
    """Name of the part, or the address outside."""
    external: bool


@dataclass(frozen=True, slots=True)
class OpenPackage:
    """A package with its content types."""

    package: Package
    types: dict[str, str] = field(repr=False)
    """Content type by part."""

    @classmethod
    def read(cls, data: bytes) -> "OpenPackage":
        """Unpack an office file; raises ``FormatError`` where it is no sound package."""
        package = Package.read(data)
        if CONTENT_TYPES not in package.parts:
            raise FormatError("It is an office file without a list of its parts: save it anew.")
        root = parse_xml(package.parts[CONTENT_TYPES])
        defaults = {
            e.get("Extension", "").lower(): e.get("ContentType", "") for e in root.iter(_TYPES + "Default")
        }
        overrides = {
            e.get("PartName", "").lstrip("/"): e.get("ContentType", "")
            for e in root.iter(_TYPES + "Override")
        }
        types = {
            name: overrides.get(name) or defaults.get(name.rpartition(".")[2].lower(), "")
            for name in package.parts
        }
        return cls(package, types)

    @property
    def parts(self) -> "dict[str, bytes]":
        """Bytes by part."""
        return dict(self.package.parts)

    def xml(self, name: str) -> etree._Element:
        """Return the root of an XML part; raises ``FormatError`` if it is missing or malformed."""
        if name not in self.package.parts:
            raise FormatError("A part of the office file is missing: save it anew.")
        return parse_xml(self.package.parts[name])

    def relations(self, name: str) -> dict[str, Relation]:
        """Return the relationships of a part by id; of the package itself for an empty name."""
        folder, base = posixpath.split(name)
        source = posixpath.join(folder, "_rels", f"{base}.rels")
        if source not in self.package.parts:
            return {}
        found = {}
        for element in parse_xml(self.package.parts[source]).iter(_RELATIONS + "Relationship"):
            external = element.get("TargetMode") == "External"
            target = element.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = element.get("Type", "").rpartition("/")[2]
            found[element.get("Id", "")] = Relation(element.get("Id", ""), kind, target, external)
        return found

    def main(self) -> str:
        """Return the name of the main part; raises ``FormatError`` if there is not exactly one."""
        mains = [r.target for r in self.relations("").values() if r.kind == OFFICE_DOCUMENT]
        if len(mains) != 1 or mains[0] not in self.package.parts:
            raise FormatError("It is an office file without a main part: save it anew.")
        return mains[0]


def all_said(package: OpenPackage, name: str) -> str:
    """Return all that a part says that is not written: texts and attributes, and paragraphs with their runs
    joined. A malformed part, as old drawings are, is read as far as that goes."""
    try:
        root = package.xml(name)
    except FormatError:
        recovered = recover_xml(package.parts[name])
        if recovered is None:
            return untagged(package.parts[name].decode("utf-8", "replace"))
        root = recovered
    joined = (
        "".join(text.text or "" for text in paragraph.iter() if local(text) in _TEXTS)
        for paragraph in root.iter()
        if local(paragraph) in _PARAGRAPHS
    )
    return "\n".join([told(root), *filter(None, joined)])


def is_xml(package: OpenPackage, name: str) -> bool:
    """Whether a part is XML, whatever its type says."""
    start = package.parts[name][:100].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")
    return start.startswith(b"<")


def content_types(types: dict[str, str], defaults: dict[str, str]) -> bytes:
    """Return the list of content types of a new package: by part, and by ending."""
    root = etree.Element(_TYPES + "Types", nsmap={None: _TYPES[1:-1]})  # type: ignore[dict-item]
    for ending, kind in {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        **defaults,
    }.items():
        etree.SubElement(root, _TYPES + "Default", Extension=ending, ContentType=kind)
    for name, kind in types.items():
        etree.SubElement(root, _TYPES + "Override", PartName=f"/{name}", ContentType=kind)
    return serialize(root)


def relationships(relations: list[tuple[str, str, str]]) -> bytes:
    """Return the relationships of a new part: id, full type and target of each."""
    root = etree.Element(_RELATIONS + "Relationships", nsmap={None: _RELATIONS[1:-1]})  # type: ignore[dict-item]
    for id, kind, target in relations:
        etree.SubElement(root, _RELATIONS + "Relationship", Id=id, Type=kind, Target=target)
    return serialize(root)


def choose_alternatives(root: etree._Element, understood: frozenset[str]) -> list[etree._Element]:
    """Put the content of one branch in place of every choice between alternatives (ECMA-376, part 3).

    The first branch whose required prefixes are all ``understood`` is taken, else the fallback. Returns
    the branches that were not taken.
    """
    discarded: list[etree._Element] = []
    while (choice := root.find(f".//{MC}AlternateContent")) is not None:
        branches = [e for e in choice if e.tag in (MC + "Choice", MC + "Fallback")]
        taken = next((e for e in branches if set((e.get("Requires") or "").split()) <= understood), None)
        discarded += [e for e in branches if e is not taken]
        parent = choice.getparent()
        if parent is None:
            raise FormatError("It is an office file with a part that only offers alternatives.")
        position = parent.index(choice)
        parent.remove(choice)
        for offset, child in enumerate(list(taken) if taken is not None else []):
            parent.insert(position + offset, child)
    return discarded
