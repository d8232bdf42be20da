"""OpenDocument text (.odt, ISO/IEC 26300): rebuilt from text, lists, tables and notes."""

from collections.abc import Iterable, Mapping, Sequence

from redact.document import Document
from redact.formats import package
from redact.formats.interface import NO_MEMBERS, Reading, Replacement, Written
from redact.formats.package import Package
from redact.formats.passage import require_same
from redact.redaction import Redaction

MIMETYPE = b"application/vnd.oasis.opendocument.text"


class Odt:
    """OpenDocument texts. What is written has no history, comments, properties or looks."""

    name = "odt"
    suffix = ".odt"

    def recognizes(self, data: bytes, name: str) -> bool:
        """Whether it is a package that begins with the type of an OpenDocument text."""
        return data.startswith(b"PK") and data[30:].startswith(b"mimetype" + MIMETYPE + b"PK")

    def read(self, data: bytes, name: str) -> Document:
        """Read the body and the margins of pages; raises ``FormatError``."""
        from redact.formats.odt.reading import Opened

        return Opened.of(data).content.document(name, self.name, data)

    def write(
        self,
        data: bytes,
        document: Document,
        redactions: Sequence[Redaction],
        members: Mapping[str, Replacement] = NO_MEMBERS,
    ) -> Written:
        """Write the text anew with a black span in place of each span."""
        from redact.formats.odt.reading import Opened
        from redact.formats.odt.writing import write
        from redact.formats.tree import remove

        require_same(data, document)
        opened = Opened.of(data)
        remove(opened.content.cuts(redactions))
        return write(opened, members)

    def reread(self, data: bytes) -> Iterable[Reading]:
        """Read the parts without their tags, and as they are."""
        from redact.formats.markup import untagged

        parts = Package.read(data).parts
        text = "\n".join(untagged(parts[name].decode()) for name in ("content.xml", "styles.xml"))
        yield Reading("without tags", text)
        yield Reading("decoded parts", package.raw(data), "raw")
