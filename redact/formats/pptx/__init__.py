"""PowerPoint presentations (.pptx, ECMA-376): text, tables and pictures in their places, on plain slides."""

import io
from collections.abc import Iterable, Mapping, Sequence

from redact.document import Document
from redact.formats import package
from redact.formats.interface import NO_MEMBERS, Reading, Replacement, Written
from redact.formats.passage import require_same
from redact.redaction import Redaction


class Pptx:
    """PowerPoint presentations. Hidden slides become visible; comments, looks and properties are left out."""

    name = "pptx"
    suffix = ".pptx"

    def recognizes(self, data: bytes, name: str) -> bool:
        """Whether it is an office package with a presentation inside."""
        parts = package.names(data)
        return "[Content_Types].xml" in parts and any(part.startswith("ppt/") for part in parts)

    def read(self, data: bytes, name: str) -> Document:
        """Read each slide and its notes as a segment; raises ``FormatError``."""
        from redact.formats.pptx.reading import Presentation

        return Presentation.of(data).content.document(name, self.name, data)

    def write(
        self,
        data: bytes,
        document: Document,
        redactions: Sequence[Redaction],
        members: Mapping[str, Replacement] = NO_MEMBERS,
    ) -> Written:
        """Write plain slides anew with a black run in place of each span."""
        from redact.formats.pptx.reading import Presentation
        from redact.formats.pptx.writing import write

        require_same(data, document)
        presentation = Presentation.of(data)
        return write(presentation, presentation.content.cuts(redactions), members)

    def reread(self, data: bytes) -> Iterable[Reading]:
        """Read the text with python-pptx, and every part of the package as it is."""
        import pptx
        from pptx.oxml.ns import qn

        lines: list[str] = []
        for slide in pptx.Presentation(io.BytesIO(data)).slides:
            shown = [slide, slide.notes_slide] if slide.has_notes_slide else [slide]
            for part in shown:
                for paragraph in part._element.iter(qn("a:p")):
                    lines.append("".join(text.text or "" for text in paragraph.iter(qn("a:t"))))
        yield Reading("python-pptx", "\n".join(lines))
        yield Reading("decoded parts", package.raw(data), "raw")
