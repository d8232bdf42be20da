"""Archives (.zip): each file is a member."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from redact.document import Document, Member
from redact.formats import package
from redact.formats.email.writing import safe_name
from redact.formats.interface import NO_MEMBERS, Reading, Replacement, Written
from redact.formats.package import Package
from redact.formats.passage import Content, Passage, cut, require_same
from redact.redaction import Redaction

_OFFICE = ("[Content_Types].xml", "mimetype", "META-INF/manifest.xml")


class Zip:
    """Zip archives. Names of folders and files are searched; remarks of the archive are left out."""

    name = "zip"
    suffix = ".zip"

    def recognizes(self, data: bytes, name: str) -> bool:
        """Whether it is a zip package that is no document of an office program."""
        parts = package.names(data)
        return bool(parts) and not any(office in parts for office in _OFFICE)

    def read(self, data: bytes, name: str) -> Document:
        """Read the names; each file is a member."""
        return _open(data).document(name, self.name, data)

    def write(
        self,
        data: bytes,
        document: Document,
        redactions: Sequence[Redaction],
        members: Mapping[str, Replacement] = NO_MEMBERS,
    ) -> Written:
        """Write the members in their order, a notice in place of each that is withheld."""
        require_same(data, document)
        cuts = _open(data).cuts(redactions)
        parts: dict[str, bytes] = {}
        for number, member in enumerate(document.members):
            replacement = members.get(member.locator, Replacement(None))
            path = PurePosixPath(cut(member.name, cuts.get(number, ())))
            ending = replacement.suffix if replacement.data is not None else ".withheld.txt"
            folders = [safe_name(folder, "") for folder in path.parts[:-1]]
            name = safe_name(path.name, ending)
            target = "/".join([*folders, name])
            if target.casefold() in {taken.casefold() for taken in parts}:
                target = "/".join([*folders, f"{number + 1}-{name}"])
            notice = f"{member.locator}: {replacement.notice}\n".encode()
            parts[target] = notice if replacement.data is None else replacement.data
        return Written(Package.write(parts))

    def reread(self, data: bytes) -> Iterable[Reading]:
        """Read each file with its format, and all of them as they are."""
        from redact.formats import format_of

        for number, (name, part) in enumerate(Package.read(data).parts.items(), 1):
            for reading in format_of(part, name).reread(part):
                yield Reading(f"entry {number}, {reading.reader}", reading.text, reading.kind)
        yield Reading("names", "\n".join(package.names(data)))
        yield Reading("decoded parts", package.raw(data), "raw")


def _open(data: bytes) -> Content:
    content = Content()
    found = Package.read(data)
    passage = Passage()
    for number, (name, part) in enumerate(found.parts.items()):
        passage.add(f"entry {number + 1}: ")
        passage.add(name, number)
        passage.add("\n")
        content.members.append(Member(f"entry:{number + 1}", name, part))
    content.add("names", passage)
    content.hide("remarks", found.remarks)
    if found.goes_on:
        content.obstruct(
            "trailing-data", "More than the files of its list is in it: unpack it and pack them anew."
        )
    return content
