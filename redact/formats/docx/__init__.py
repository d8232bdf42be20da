"""Word documents (.docx, ECMA-376 transitional): rebuilt from what is known, all hidden places searched."""

import io
from collections.abc import Iterable, Mapping, Sequence

from redact.document import Document
from redact.formats import package
from redact.formats.interface import NO_MEMBERS, Reading, Replacement, Written
from redact.formats.passage import require_same
from redact.redaction import Redaction


class Docx:
    """Word documents. What is written has no history, comments, properties, custom XML or macros."""

    name = "docx"
    suffix = ".docx"

    def recognizes(self, data: bytes, name: str) -> bool:
        """Whether it is an office package with a Word document inside."""
        parts = package.names(data)
        return "[Content_Types].xml" in parts and any(part.startswith("word/") for part in parts)

    def read(self, data: bytes, name: str) -> Document:
        """Read the document; its pictures are its members."""
        from redact.formats.docx.reading import Opened

        return Opened.of(data).content.document(name, self.name, data)

    def write(
        self,
        data: bytes,
        document: Document,
        redactions: Sequence[Redaction],
        members: Mapping[str, Replacement] = NO_MEMBERS,
    ) -> Written:
        """Rebuild the document with a black box, marking inside, in place of each span."""
        from redact.formats.docx.layout import remove
        from redact.formats.docx.reading import Opened
        from redact.formats.docx.writing import write

        require_same(data, document)
        opened = Opened.of(data)
        remove(opened.content.cuts(redactions))
        return write(opened, members)

    def reread(self, data: bytes) -> Iterable[Reading]:
        """Read it with python-docx, and every part of the package as it is."""
        import docx
        from docx.oxml.ns import qn
        from docx.text.paragraph import Paragraph

        document = docx.Document(io.BytesIO(data))
        stories = [document.element.body]
        for section in document.sections:
            headers = (section.header, section.first_page_header, section.even_page_header)
            footers = (section.footer, section.first_page_footer, section.even_page_footer)
            stories += [margin._element for margin in (*headers, *footers)]
        lines = [Paragraph(p, document).text for story in stories for p in story.iter(qn("w:p"))]
        yield Reading("python-docx", "\n".join(lines))
        yield Reading("decoded parts", package.raw(data), "raw")
