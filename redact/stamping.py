"""Stamping: the line that a controlled copy bears, wherever its format has a place for it."""

import io
from typing import Any, Literal, TypeAlias

from redact.formats.package import Package
from redact.formats.text import stamped as text_stamped

Where: TypeAlias = Literal["every page", "head of every page", "first line", "cover sheet"]
COVER: Where = "cover sheet"
"""The format has no place for a stamp: a page goes with the copy."""


def stamped(format: str, data: bytes, stamp: str) -> tuple[bytes, Where]:
    """Return a written document of a format with ``stamp`` on it, and where that stands.

    A PDF bears it on every page, a Word document at the head of every page, a text as its first line. Where
    a line more would break what a file is (a table, data, mail, a picture), the file stays as it is and a
    page must go with it. Raises ``FormatError`` where a PDF cannot be stamped.
    """
    if format == "pdf":
        # The libraries of PDF are loaded only where a PDF is.
        from redact.formats.pdf import stamped as pdf_stamped

        return pdf_stamped(data, stamp), "every page"
    if format == "docx":
        return _docx(data, stamp), "head of every page"
    if format in ("text", "markdown"):
        return text_stamped(data, stamp), "first line"
    return data, COVER


def _docx(data: bytes, stamp: str) -> bytes:
    import docx

    document = docx.Document(io.BytesIO(data))
    even = document.settings.odd_and_even_pages_header_footer
    begun = set[str]()
    for section in document.sections:
        heads: dict[str, Any] = {"usual": section.header}
        if section.different_first_page_header_footer:
            heads["first"] = section.first_page_header
        if even:
            heads["even"] = section.even_page_header
        for kind, head in heads.items():
            # A head that is that of the section before shows the stamp already.
            if kind not in begun or not head.is_linked_to_previous:
                head.paragraphs[0].insert_paragraph_before(stamp)
                begun.add(kind)
    saved = io.BytesIO()
    document.save(saved)
    return Package.write(Package.read(saved.getvalue()).parts)
