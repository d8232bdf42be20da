"""Rich Text Format (.rtf, version 1.9.1): rebuilt from text, tables, headers and plain character looks."""

from collections.abc import Iterable, Mapping, Sequence

from redact.document import Document
from redact.formats.interface import NO_MEMBERS, Reading, Replacement, Written
from redact.formats.passage import require_same
from redact.formats.rtf.reading import Opened
from redact.formats.rtf.writing import write
from redact.redaction import Redaction


class Rtf:
    """Rich text. What is written has no history, comments, properties, fields or looks beyond plain ones."""

    name = "rtf"
    suffix = ".rtf"

    def recognizes(self, data: bytes, name: str) -> bool:
        """Whether it begins as rich text does."""
        return data[:64].lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{\\rt")

    def read(self, data: bytes, name: str) -> Document:
        """Read the body, headers and footers; raises ``FormatError``."""
        return Opened.of(data).content.document(name, self.name, data)

    def write(
        self,
        data: bytes,
        document: Document,
        redactions: Sequence[Redaction],
        members: Mapping[str, Replacement] = NO_MEMBERS,
    ) -> Written:
        """Write the text anew, white on black where something is removed."""
        require_same(data, document)
        opened = Opened.of(data)
        return write(opened, opened.content.cuts(redactions))

    def reread(self, data: bytes) -> Iterable[Reading]:
        """Read the text with striprtf, and the file as it is."""
        from striprtf.striprtf import rtf_to_text

        source = data.decode("ascii")
        yield Reading("striprtf", str(rtf_to_text(source)))  # type: ignore[no-untyped-call]
        yield Reading("characters", source, "raw")
